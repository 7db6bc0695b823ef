//! A whole server for a test: on each engine, with a clock that the test moves, over real HTTP. Every answer is held against
//! the OpenAPI document.

#![allow(
    dead_code,
    clippy::unwrap_used,
    missing_docs,
    reason = "shared by tests that each use a part; a test fails by panicking"
)]

pub mod contract;
pub mod course;
pub mod log;
pub mod people;
pub mod post;
pub mod secrecy;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use pratique::actions::{staff, turn_key};
use pratique::app::{App, Config, Load, Traffic};
use pratique::caller::Caller;
use pratique::clock::Clock;
use pratique::house::House;
use pratique::keys::Root;
use pratique::rng::Rng;
use pratique::serve::{ServeError, serve_until};
use pratique_core::access::{Grant, Role};
use pratique_store::testing::{Folder, fresh_postgres};
use pratique_store::{Location, Store};
use reqwest::Method;
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The engines that every test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Memory,
    File,
    Postgres,
}

/// Eight in the morning in Beijing, six hours before CA938 is due.
pub const MORNING: &str = "2026-11-24T00:00:00Z";

/// A running server.
pub struct Place {
    pub app: Arc<App>,
    pub clock: Clock,
    pub location: Location,
    pub folder: Folder,
    pub address: SocketAddr,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<Result<(), ServeError>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The JSON, wherever it is; a test that expects another status says which it got.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request being put together.
pub struct Call<'a> {
    place: &'a Place,
    method: Method,
    path: String,
    request: reqwest::RequestBuilder,
}

impl Call<'_> {
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn proof(self, proof: &str) -> Self {
        self.header("pratique-proof", proof)
    }

    pub fn once(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub fn body(mut self, kind: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", kind).body(body);
        self
    }

    pub async fn send(self) -> Answer {
        let answer = self.request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let answer = Answer { status, headers, bytes: answer.bytes().await.unwrap().to_vec() };
        contract::hold(&self.method, &self.path, &answer);
        secrecy::hold("", &answer.headers);
        answer
    }
}

impl Place {
    /// A fresh server with keys, its clock standing at [`MORNING`].
    pub async fn open(on: On) -> Self {
        Self::open_with(on, Traffic::unlimited()).await
    }

    /// The same behind TLS, as far as the server knows: its cookies and headers are those of a port's.
    pub async fn open_secure(on: On) -> Self {
        Self::open_as(on, Traffic::unlimited(), true).await
    }

    /// The same with limits by address.
    pub async fn open_with(on: On, traffic: Traffic) -> Self {
        Self::open_as(on, traffic, false).await
    }

    /// The same with limits of the whole server.
    pub async fn open_under(on: On, load: Load) -> Self {
        Self::open_by(on, Chosen { load, ..Chosen::default() }).await
    }

    async fn open_as(on: On, traffic: Traffic, secure: bool) -> Self {
        Self::open_by(on, Chosen { traffic, secure, ..Chosen::default() }).await
    }

    async fn open_by(on: On, chosen: Chosen) -> Self {
        log::start();
        let folder = Folder::new();
        let location = match on {
            On::Memory => Location::Memory,
            On::File => Location::Sqlite(folder.path("pratique.db")),
            On::Postgres => fresh_postgres().await,
        };
        Self::open_at(location, folder, chosen, None).await
    }

    /// Another installation under the same root key, into which a backup is restored first.
    pub async fn open_from(on: On, backup: &std::path::Path) -> Self {
        let folder = Folder::new();
        let location = match on {
            On::Postgres => fresh_postgres().await,
            _ => Location::Sqlite(folder.path("pratique.db")),
        };
        Self::open_at(location, folder, Chosen::default(), Some(backup)).await
    }

    async fn open_at(location: Location, folder: Folder, chosen: Chosen, backup: Option<&std::path::Path>) -> Self {
        if location != Location::Memory {
            Store::migrate(&location, 1).await.unwrap();
        }
        if let Some(backup) = backup {
            let store = Store::open(&location, pratique_store::testing::opening(8)).await.unwrap();
            store.restore(backup, 2, "test").await.unwrap();
            store.close().await.unwrap();
        }
        let clock = Clock::standing_at(at(MORNING));
        let app = app(&location, &clock, folder.root().to_owned(), chosen).await;
        turn_key::provide(&app, &Caller::System("test")).await.unwrap();
        let (ready, listening) = oneshot::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve_until(
            Arc::clone(&app),
            "127.0.0.1:0".parse::<SocketAddr>().unwrap(),
            move |address| ready.send(address).unwrap(),
            async move { drop(stopped.await) },
        );
        let served = tokio::spawn(serving);
        let address = listening.await.unwrap();
        let client = reqwest::Client::new();
        Place { app, clock, location, folder, address, client, stop: Some(stop), served }
    }

    /// What another process beside this one opens; there is none beside a store in memory.
    pub async fn another_process(&self) -> Option<Arc<App>> {
        match self.location {
            Location::Memory => None,
            _ => {
                let chosen = Chosen { traffic: Traffic::default(), ..Chosen::default() };
                Some(app(&self.location, &self.clock, self.folder.root().to_owned(), chosen).await)
            }
        }
    }

    /// A token for somebody with this role.
    pub async fn token(&self, name: &str, role: Role) -> String {
        self.token_for(name, role, None).await
    }

    pub async fn token_for(&self, name: &str, role: Role, organisation: Option<&str>) -> String {
        let grant = Grant { role, port: "CNPEK".into(), organisation: organisation.map(str::to_owned) };
        staff::add_with_token(&self.app, &Caller::System("test"), name, grant).await.unwrap()
    }

    pub fn set(&self, time: &str) {
        self.clock.set(at(time));
    }

    pub fn call(&self, method: &str, path: &str) -> Call<'_> {
        let method: Method = method.parse().unwrap();
        let request = self.client.request(method.clone(), format!("http://{}{path}", self.address));
        Call { place: self, method, path: path.split('?').next().unwrap().to_owned(), request }
    }

    pub fn get(&self, path: &str) -> Call<'_> {
        self.call("GET", path)
    }

    /// A POST of JSON under the API.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        let call = self.call("POST", &format!("/api/v1{path}")).json(body);
        if token.is_empty() { call.send().await } else { call.token(token).send().await }
    }

    /// Stops the server and waits until it has ended.
    pub async fn stop(mut self) -> (Location, Folder) {
        drop(self.stop.take());
        (&mut self.served).await.unwrap().unwrap();
        (self.location, self.folder)
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// How a test's server is set up, where it is not as most are.
struct Chosen {
    traffic: Traffic,
    load: Load,
    secure: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Chosen { traffic: Traffic::unlimited(), load: Load::unlimited(), secure: false }
    }
}

async fn app(location: &Location, clock: &Clock, data: PathBuf, chosen: Chosen) -> Arc<App> {
    let Chosen { traffic, load, secure } = chosen;
    let webhook_hosts = vec!["127.0.0.1".into()];
    let (database, opened_by) = (location.clone(), "test".into());
    let config = Config { database, data, secure, traffic, load, webhook_hosts, opened_by };
    let (root, house) = (Root::of([7; 32]), House::built_in().unwrap());
    App::open(config, clock.clone(), Rng::from_machine().unwrap(), root, house).await.unwrap()
}

/// A UUID of the test's own.
pub fn uuid() -> String {
    Rng::from_machine().unwrap().id(at(MORNING)).to_string()
}

/// Runs each test on each engine, under a name that says which.
macro_rules! on_every_engine {
    ($($(#[$note:meta])* async fn $name:ident($place:ident: Place) $body:block)*) => {
        $(
            $(#[$note])*
            mod $name {
                #[allow(unused_imports, reason = "not every test needs all of its file's names")]
                use super::*;
                async fn run($place: Place) $body
                #[tokio::test(flavor = "multi_thread")]
                async fn in_memory() { run(Place::open(On::Memory).await).await }
                #[tokio::test(flavor = "multi_thread")]
                async fn on_disk() { run(Place::open(On::File).await).await }
                #[tokio::test(flavor = "multi_thread")]
                async fn on_postgres() { run(Place::open(On::Postgres).await).await }
            }
        )*
    };
}
pub(crate) use on_every_engine;
