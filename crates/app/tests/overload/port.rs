//! A port as the real program serves it, with people to be looked up, changed, scanned.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::crowd::{declaration, number};
use crate::far;
use crate::process::{Place, Server};
use crate::wire::{Told, Wire};

/// What somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// A traveller looks up, or changes, their declaration.
    Edit,
    /// A traveller declares.
    Declare,
    /// An officer scans.
    Scan,
}

/// The port.
pub struct Port {
    place: Place,
    pub server: Server,
    pub client: Client,
    wire: Wire,
    token: String,
    flight: (String, String),
    people: Vec<(u64, String)>,
    next: AtomicU64,
}

/// As far as to another city.
const WAY: Duration = Duration::from_millis(3);
const PEOPLE: u64 = 24;

impl Port {
    /// A fresh one, on SQLite.
    pub async fn open(args: &[&str]) -> Self {
        Port::at(Place::new(), args).await
    }

    /// A fresh one with a database that is far away: it can do so much and no more, however fast this machine is.
    pub async fn far(args: &[&str]) -> Self {
        Port::at(Place::on(&far::database(WAY).await), args).await
    }

    async fn at(place: Place, args: &[&str]) -> Self {
        let add = |name: &str, role: &str| {
            let added = place.run(&["user", "add", name, "--role", role, "--at", "CNPEK", "--token"]).worked();
            added.line()["token"].as_str().unwrap().to_owned()
        };
        // The first command makes the store.
        place.run(&["migrate"]);
        let (token, planner) = (add("lane", "officer"), add("plans", "planner"));
        let server = Port::serve(&place, args);
        let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        let due = Timestamp::now() + SignedDuration::from_hours(6);
        let date = due.in_tz("Asia/Shanghai").unwrap().date().to_string();
        let flight = json!({"origin": "LHR", "scheduled_arrival": due.to_string(), "category": "international"});
        let url = format!("{}/api/v1/flights/CA938-{date}-CNPEK", server.address);
        let put = client.put(url).bearer_auth(planner).json(&flight).send().await.unwrap();
        assert!(put.status().is_success(), "{}", put.text().await.unwrap());
        let flight = ("CA938".to_owned(), date);
        let wire = Wire::to(&server.address);
        let mut port = Port { place, wire, server, client, token, flight, people: Vec::new(), next: AtomicU64::new(0) };
        for _ in 0..PEOPLE {
            let person = port.next.fetch_add(1, Ordering::Relaxed);
            let declared = port.declare(person).send().await.unwrap();
            assert_eq!(declared.status(), 201);
            let code = declared.json::<Value>().await.unwrap()["code"].as_str().unwrap().to_owned();
            port.people.push((person, code));
        }
        port
    }

    fn serve(place: &Place, args: &[&str]) -> Server {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--per-address", "0"];
        all.extend(args);
        place.serve(&all)
    }

    /// The server dies and comes again, at another address.
    pub fn restart(&mut self, args: &[&str]) {
        let server = Port::serve(&self.place, args);
        self.wire = Wire::to(&server.address);
        let before = std::mem::replace(&mut self.server, server);
        drop(before);
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.server.address)
    }

    fn declare(&self, person: u64) -> RequestBuilder {
        self.client.post(self.url("/declarations")).json(&declaration(person, &self.flight, "31A"))
    }

    /// The next request of a kind.
    pub fn ask(&self, ask: Ask) -> RequestBuilder {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let (person, code) = &self.people[turn as usize % self.people.len()];
        let own = self.url(&format!("/declarations/{code}"));
        match ask {
            Ask::Declare => self.declare(turn),
            Ask::Edit if turn.is_multiple_of(2) => self.client.get(own).header("pratique-proof", number(*person)),
            Ask::Edit => {
                let row = 1 + turn / 2 % 60;
                let body = declaration(*person, &self.flight, &format!("{row}A"));
                self.client.put(own).header("pratique-proof", number(*person)).json(&body)
            }
            Ask::Scan => {
                let scan = format!("01930000-0000-7000-8000-{turn:012x}");
                let body = json!({"scan_id": scan, "station": "T3D-L01", "code": code});
                self.client.post(self.url("/checkpoint/scans")).bearer_auth(&self.token).json(&body)
            }
        }
    }

    /// Asks the next of a kind, cheaply.
    pub async fn told(&self, ask: Ask) -> Result<Told, std::io::Error> {
        self.wire.send(self.ask(ask)).await
    }

    /// The server's figures, by name and labels as they are written.
    pub async fn figure(&self, name: &str) -> f64 {
        let figures = self.client.get(format!("{}/metrics", self.server.address)).send().await.unwrap();
        let figures = figures.text().await.unwrap();
        let line = figures.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        line.unwrap_or(0.0)
    }
}

/// This process may hold so many descriptors, if the system lets it.
pub fn may_hold(descriptors: u32) -> bool {
    let limit = format!("--nofile={descriptors}:");
    let raised = Command::new("prlimit").args(["--pid", &std::process::id().to_string(), &limit]).status();
    raised.is_ok_and(|status| status.success())
}
