//! F5: the disk is full. Declarations are refused as such, nothing is lost and nothing half there, whatever needs no room goes on,
//! and all of it heals by itself.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pratique::rng::Rng;
use pratique_store::testing::Durable;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use super::browser::{Browser, Page};
use super::layer::{Count, Layer, Order};
use super::ledger::{Deed, Kind, Ledger};
use super::load::{Door, Heard, declaration, number};
use super::place::{Engine, PASSWORD, Place, Server};
use super::rig::{door, set_up, whole};

/// Declarations sent into a disk that fills up: what is left in its last pages is less than these need.
const SENT_MAX: u64 = 1_500;
/// People who are scanned and cleared while the disk is full.
const LANES: usize = 100;
/// Once there is room, it goes on within so much (faults.md, F5).
const HEALED_MAX: Duration = Duration::from_secs(5);

/// A place whose disk can be full: on PostgreSQL, the files of its tables.
fn place(engine: Engine, folder: &Path) -> Place {
    std::fs::create_dir_all(folder).unwrap();
    match engine {
        Engine::Sqlite => {
            let mut place = Place::open(engine, folder);
            place.layer = Some(Layer::new(&folder.join("orders"), &place.data(), None));
            place
        }
        Engine::Postgres => {
            let layer = Layer::new(&folder.join("orders"), &folder.join("pg/data/base"), None);
            let postgres = Durable::with(&folder.join("pg"), |command| layer.before(command));
            let mut place = Place::with(folder, Some(postgres));
            // The program itself has no files there.
            place.layer = Some(layer);
            place
        }
    }
}

/// Somebody's declaration, to be sent any number of times.
fn deed(person: u64, door: &Door) -> Deed {
    Deed {
        kind: Kind::Declare,
        person,
        key: format!("full-{person}"),
        method: "POST".into(),
        path: "/declarations".into(),
        proof: None,
        body: declaration(person, &door.flight, "31A"),
    }
}

/// An answer that says that the disk is full, and when to come again.
async fn is_full(answer: Response) {
    let after = answer.headers().get("retry-after").map(|v| v.to_str().unwrap().parse::<u64>().unwrap());
    let kind = answer.headers().get("content-type").map(|v| v.to_str().unwrap().to_owned());
    assert_eq!((answer.status().as_u16(), kind.as_deref()), (507, Some("application/problem+json")));
    assert!(after.is_some_and(|s| (1..=60).contains(&s)), "{after:?}");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!((&problem["code"], &problem["status"]), (&json!("disk-full"), &json!(507)), "{problem}");
}

/// Declares until there is no room: the one whom it left out.
async fn filled(door: &Door, ledger: &Ledger, place: &Place) -> Deed {
    place.layer.as_ref().unwrap().tell(Order::Room, 0);
    for _ in 0..SENT_MAX {
        let deed = deed(ledger.next_person(), door);
        let url = format!("{}/api/v1{}", door.address, deed.path);
        let answer = door.client.post(url).header("idempotency-key", &deed.key).json(&deed.body).send().await.unwrap();
        if answer.status() != 201 {
            is_full(answer).await;
            return deed;
        }
        let text = answer.text().await.unwrap();
        ledger.acknowledge(super::ledger::Acknowledged { deed, status: 201, answer: text });
    }
    panic!("the disk is never full");
}

async fn room(server: &Server) -> Value {
    let ready = reqwest::get(format!("{}/readyz", server.address)).await.unwrap();
    assert_eq!(ready.status(), 200, "a server with a full disk still reads");
    let ready: Value = ready.json().await.unwrap();
    ready["checks"].as_array().unwrap().iter().find(|check| check["name"] == "room").unwrap()["ok"].clone()
}

pub async fn is_said_and_heals(engine: Engine, folder: &Path) {
    let place = place(engine, folder);
    let ledger = Ledger::open(folder);
    let server = place.serve(None);
    server.ready(None).await;
    let setup = set_up(&place, folder, || ());
    let door = door(&server, &setup, &Rng::from_machine().unwrap()).await;
    let before = ledger.next_person();
    let Heard::Done(first) = door.make(&deed(before, &door)).await else { panic!("not even before") };
    let code = serde_json::from_str::<Value>(&first.answer).unwrap()["code"].as_str().unwrap().to_owned();
    ledger.acknowledge(first);
    let mut browser = Browser::begin(&server.address).await;
    place.person("wang", "officer");
    let mut officer = Browser::signed_in(&server.address, "wang", PASSWORD).await;
    assert_eq!(officer.fill("/checkpoint/station", &[("station", "T3D-L02")]).await.status, 303);

    let left_out = filled(&door, &ledger, &place).await;
    let layer = place.layer.as_ref().unwrap();
    assert!(layer.count(Count::Refused) > 0, "it was the layer that had no room");
    // Reading goes on, and the health page says what is the matter.
    let own = door.client.get(format!("{}/api/v1/declarations/{code}", server.address));
    assert_eq!(own.header("pratique-proof", number(before)).send().await.unwrap().status(), 200);
    assert_eq!(room(&server).await, false);
    let (worked, doctor) = place.ended(&["doctor"]);
    assert!(!worked && doctor.contains("\"check\":\"room\",\"health\":\"fail\""), "{doctor}");
    // No audit row, no clearance: an officer is told, and nobody is let through.
    let scan =
        |id: u64| json!({"scan_id": format!("01930000-0000-7000-9000-{id:012x}"), "station": "T3D-L01", "code": code});
    let scans = |id: u64| -> RequestBuilder {
        let url = format!("{}/api/v1/checkpoint/scans", server.address);
        door.client.post(url).bearer_auth(&setup.token).json(&scan(id))
    };
    is_full(until_full(&scans).await).await;
    if engine == Engine::Sqlite {
        let lane = officer.get("/checkpoint").await;
        assert!(lane.status == 200 && lane.text.contains("The storage is full."), "{}", lane.text);
        let told = officer.send(&lane, "/checkpoint/scans", &[("read", &code), ("mrz", "")]).await;
        assert!(told.status == 507 && told.text.contains("nobody is cleared by it"), "{}", told.text);
    }
    // What was typed stands on the page, to be sent again.
    let page = typed_until_full(&mut browser).await;
    assert_eq!(page.status, 507, "{}", page.text);
    assert!(page.retry_after.is_some(), "{page:?}");
    for kept in ["value=\"+8613800009999\"", "action=\"/declare/contact\"", "name=\"csrf\""] {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }

    // Room again, and nobody restarts anything.
    layer.tell(Order::Room, -1);
    let healed = Instant::now();
    while room(&server).await != true {
        assert!(healed.elapsed() < HEALED_MAX, "it does not heal");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for _ in 0..2 {
        let Heard::Done(one) = door.make(&left_out).await else { panic!("there is room") };
        ledger.acknowledge(one);
    }
    assert_eq!(browser.contact("+8613800009999").await.status, 303);
    assert_eq!(scans(900_000).send().await.unwrap().status(), 200);
    whole(&door, &setup, &ledger).await;
    drop(server);
    place.run(&["audit", "verify"]);
    assert!(place.run(&["doctor"]).contains("\"check\":\"room\",\"health\":\"ok\""));
}

/// A page of a draft, sent until there is no room for it either.
async fn typed_until_full(browser: &mut Browser) -> Page {
    for _ in 0..SENT_MAX {
        let page = browser.contact("+8613800009999").await;
        if page.status != 303 {
            return page;
        }
    }
    panic!("the disk is never full for drafts");
}

/// With a reserve, whatever cannot wait goes on, on record, while declarations are refused.
pub async fn the_reserve_keeps_the_lanes_going(folder: &Path) {
    let mut place = place(Engine::Sqlite, folder);
    place.reserve_mib = 8;
    let ledger = Ledger::open(folder);
    let server = place.serve(None);
    server.ready(None).await;
    let setup = set_up(&place, folder, || ());
    let door = door(&server, &setup, &Rng::from_machine().unwrap()).await;
    let mut declared = Vec::new();
    for _ in 0..LANES {
        let deed = deed(ledger.next_person(), &door);
        let Heard::Done(one) = door.make(&deed).await else { panic!("not even before") };
        declared.push(serde_json::from_str::<Value>(&one.answer).unwrap()["code"].clone());
        ledger.acknowledge(one);
    }
    let held = std::fs::metadata(reserve(&place)).unwrap().len();
    assert_eq!(held, 8 << 20);

    let left_out = filled(&door, &ledger, &place).await;
    assert_eq!(std::fs::metadata(reserve(&place)).unwrap().len(), 0, "the reserve is given");
    let url = |path: &str| format!("{}/api/v1/checkpoint/{path}", server.address);
    for (n, code) in declared.iter().enumerate() {
        let scan_id = format!("01930000-0000-7000-9000-{n:012x}");
        let scan = json!({"scan_id": scan_id, "station": "T3D-L01", "code": code});
        let decision = json!({"scan_id": scan_id, "decision": "clear"});
        for (path, body) in [("scans", scan), ("decisions", decision)] {
            let answer = door.client.post(url(path)).bearer_auth(&setup.token).json(&body).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path} {n}: {}", answer.text().await.unwrap());
        }
        let again = door.client.post(format!("{}/api/v1/declarations", server.address)).json(&left_out.body);
        is_full(again.send().await.unwrap()).await;
    }
    assert_eq!(room(&server).await, false);
    let (worked, doctor) = place.ended(&["doctor"]);
    assert!(!worked && doctor.contains("from the reserve"), "{doctor}");

    place.layer.as_ref().unwrap().tell(Order::Room, -1);
    let healed = Instant::now();
    while room(&server).await != true {
        assert!(healed.elapsed() < HEALED_MAX, "it does not heal");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(std::fs::metadata(reserve(&place)).unwrap().len(), held, "the reserve is taken again");
    let Heard::Done(one) = door.make(&left_out).await else { panic!("there is room") };
    ledger.acknowledge(one);
    drop(server);
    place.run(&["audit", "verify"]);
}

fn reserve(place: &Place) -> PathBuf {
    place.data().join("pratique.db-reserve")
}

/// A scan is small: the last pages may hold some more of them.
async fn until_full(scan: impl Fn(u64) -> RequestBuilder) -> Response {
    for id in 0..SENT_MAX {
        let answer = scan(id).send().await.unwrap();
        if answer.status() != 200 {
            return answer;
        }
    }
    panic!("the disk is never full for scans");
}
