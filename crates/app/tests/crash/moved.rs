//! F8: the machine's clock jumps under a running server. Passes are not issued, everything else goes on by the time that the server
//! has counted on, and all of it ends by itself when the clock is right again.

use std::time::{Duration, Instant};

use pratique::rng::Rng;
use pratique_store::testing::Folder;
use reqwest::Response;
use serde_json::{Value, json};

use super::browser::Browser;
use super::layer::{Layer, Order};
use super::ledger::{Deed, Kind, Ledger};
use super::load::{Door, Heard, declaration, number};
use super::place::{Engine, PASSWORD, Place, Server};
use super::rig::{door, set_up};

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Everybody who is there, and what they hold.
struct Port {
    place: Place,
    _folder: Folder,
    server: Server,
    door: Door,
    ledger: Ledger,
    supervisor: Browser,
}

impl Port {
    async fn open() -> Self {
        let folder = Folder::new();
        let path = folder.root();
        let mut place = Place::open(Engine::Sqlite, path);
        place.layer = Some(Layer::new(&path.join("orders"), &place.data(), None));
        let server = place.serve(None);
        server.ready(None).await;
        let setup = set_up(&place, path, || ());
        place.person("zhao", "supervisor");
        let door = door(&server, &setup, &Rng::from_machine().unwrap()).await;
        let supervisor = Browser::signed_in(&server.address, "zhao", PASSWORD).await;
        let ledger = Ledger::open(path);
        Port { place, _folder: folder, server, door, ledger, supervisor }
    }

    fn moves(&self, by_ms: i64) {
        self.place.layer.as_ref().unwrap().tell(Order::Clock, by_ms);
    }

    fn deed(&self, kind: Kind, person: u64, method: &str, path: &str, body: Value) -> Deed {
        let proof = (kind == Kind::Amend).then(|| number(person));
        let key = format!("moved-{kind:?}-{person}");
        Deed { kind, person, key, method: method.into(), path: path.into(), proof, body }
    }

    fn declares(&self, person: u64) -> Deed {
        self.deed(Kind::Declare, person, "POST", "/declarations", declaration(person, &self.door.flight, "31A"))
    }

    fn amends(&self, person: u64, code: &str) -> Deed {
        let body = declaration(person, &self.door.flight, "31B");
        self.deed(Kind::Amend, person, "PUT", &format!("/declarations/{code}"), body)
    }

    async fn done(&self, deed: &Deed) -> String {
        let Heard::Done(one) = self.door.make(deed).await else { panic!("{deed:?}") };
        one.answer
    }

    /// A deed's answer, whatever it is.
    async fn raw(&self, deed: &Deed) -> Response {
        let url = format!("{}/api/v1{}", self.door.address, deed.path);
        let mut request = self.door.client.request(deed.method.parse().unwrap(), url);
        if let Some(proof) = &deed.proof {
            request = request.header("pratique-proof", proof);
        }
        request.header("idempotency-key", &deed.key).json(&deed.body).send().await.unwrap()
    }

    async fn is_held_up(&self, deed: &Deed) {
        let answer = self.raw(deed).await;
        let after = answer.headers().get("retry-after").map(|v| v.to_str().unwrap().to_owned());
        assert_eq!((answer.status().as_u16(), after.as_deref()), (503, Some("60")));
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "clock-in-doubt");
    }

    /// What the health page says of the clock.
    async fn clock(&self) -> Value {
        let ready = reqwest::get(format!("{}/readyz", self.server.address)).await.unwrap();
        assert_eq!(ready.status(), 200, "scans go on");
        let ready: Value = ready.json().await.unwrap();
        ready["checks"].as_array().unwrap().iter().find(|check| check["name"] == "clock").unwrap()["ok"].clone()
    }

    /// A pass is scanned: what the officer is advised, as somebody is told who stands there.
    async fn scan(&self, code: &str) -> (Value, Value) {
        let scan_id = format!("01930000-0000-7000-a000-{:012x}", self.ledger.next_person());
        let body = json!({"scan_id": scan_id, "station": "T3D-L01", "code": code});
        let url = format!("{}/api/v1/checkpoint/scans", self.door.address);
        let answer = self.door.client.post(url).bearer_auth(&self.door.token).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "a token and a scan do not hang on the clock");
        let seen: Value = answer.json().await.unwrap();
        (seen["advice"].clone(), seen["pass"]["verdict"].clone())
    }

    /// Until the server has found out, or what it found out is over.
    async fn until(&self, ok: bool) {
        let began = Instant::now();
        while self.clock().await != ok {
            assert!(began.elapsed() < Duration::from_secs(5), "nobody looks at the clock");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn doctor_says(&self, jumped: bool) {
        let began = Instant::now();
        loop {
            let said = self.place.ended(&["doctor"]).1;
            if said.contains("it jumped under a running server") == jumped {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(10), "{said}");
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }
}

/// The clock jumps by so much, and back.
async fn jump(port: &mut Port, by_ms: i64) {
    let person = port.ledger.next_person();
    let declare = port.declares(person);
    let before = port.done(&declare).await;
    let code = serde_json::from_str::<Value>(&before).unwrap()["code"].as_str().unwrap().to_owned();
    let seen = port.scan(&code).await;
    assert_eq!(seen, (json!("clear"), json!("valid")));

    port.moves(by_ms);
    let next = port.declares(port.ledger.next_person());
    let amend = port.amends(person, &code);
    for deed in [&next, &amend] {
        port.is_held_up(deed).await;
    }
    assert_eq!(port.clock().await, false);
    assert_eq!(port.scan(&code).await, seen, "a pass is as good as it was");
    assert_eq!(port.done(&declare).await, before, "what was answered is answered again");
    let page = port.supervisor.get("/supervision").await;
    assert!(page.status == 200 && page.text.contains("clock jumped"), "{}: {}", page.status, page.text);
    let mut browser = Browser::begin(&port.server.address).await;
    browser.filled(&port.door.flight, &number(port.ledger.next_person() + 500_000)).await;
    let kept = browser.fill("/declare/check", &[("/attested", "true")]).await;
    assert_eq!((kept.status, kept.retry_after.as_deref()), (503, Some("60")), "{}", kept.text);
    assert!(
        kept.text.contains("We cannot make a pass just now") && kept.text.contains("name=\"/attested\" value=\"true\"")
    );

    port.moves(0);
    port.until(true).await;
    for deed in [&next, &amend] {
        port.done(deed).await;
    }
    let sent = browser.send(&kept, "/declare/check", &[]).await;
    assert!(sent.status == 303 && sent.leads.starts_with("/pass/"), "{sent:?}");
    let page = port.supervisor.get("/supervision").await;
    assert!(page.status == 200 && !page.text.contains("clock jumped"), "{}", page.status);
}

pub async fn a_jump_holds_up_passes_alone() {
    let mut port = Port::open().await;
    for by_ms in [HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS] {
        jump(&mut port, by_ms).await;
    }
    port.doctor_says(false).await;
    // A step that a time service makes is followed.
    port.moves(20_000);
    port.done(&port.declares(port.ledger.next_person())).await;
    port.moves(0);
    port.done(&port.declares(port.ledger.next_person())).await;
    assert!(port.clock().await == true);
}

pub async fn an_administrator_says_that_it_is_right() {
    let port = Port::open().await;
    for by_ms in [-2 * HOUR_MS, 3 * HOUR_MS] {
        port.moves(by_ms);
        let deed = port.declares(port.ledger.next_person());
        port.is_held_up(&deed).await;
        port.until(false).await;
        port.doctor_says(true).await;
        port.place.run(&["clock", "confirm", "--at", "CNPEK"]);
        port.until(true).await;
        port.done(&deed).await;
        port.doctor_says(false).await;
    }
    port.place.run(&["audit", "verify"]);
}
