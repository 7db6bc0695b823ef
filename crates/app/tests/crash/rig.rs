//! Load, kill, start, compare; again and again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use pratique::rng::Rng;
use serde_json::{Value, json};

use super::ledger::{Acknowledged, Ledger, Person, Setup};
use super::load::{Door, Heard, client, number};
use super::place::{Engine, Place, Server};

/// Clients at once: enough that commits are shared.
const CLIENTS: usize = 16;
/// Restarted, the server is ready within so much (faults.md, F1).
const READY_MAX: Duration = Duration::from_secs(2);
/// The points of `store/src/crash.rs`; PostgreSQL has no `written`.
const POINTS: [&str; 4] = ["judged", "committed", "answered", "written"];

/// How the next kill is done.
#[derive(Debug)]
enum Kill {
    /// SIGKILL after so long.
    After(Duration),
    /// The server dies by itself at this point.
    At(String),
    /// PostgreSQL is killed, and the server lives on.
    Postgres(Duration),
}

impl Kill {
    /// The turns are fixed, the moments random.
    fn next(engine: Engine, turn: u32, rng: &Rng) -> Self {
        let [a, b] = rng.bytes::<2>();
        let moment = Duration::from_millis(20 + 2 * u64::from(a));
        match turn % 6 {
            5 if engine == Engine::Postgres => Kill::Postgres(moment),
            0 | 2 | 4 => Kill::After(moment),
            _ => {
                let points = if engine == Engine::Sqlite { &POINTS[..] } else { &POINTS[..3] };
                Kill::At(format!("{}:{}", points[usize::from(a) % points.len()], 1 + b % 40))
            }
        }
    }
}

/// Runs the rig in this folder for so many kills.
pub async fn run(engine: Engine, folder: &Path, kills: u32) {
    let mut place = Place::open(engine, folder);
    let ledger = Arc::new(Ledger::open(folder));
    let rng = Rng::from_machine().unwrap();
    let mut server = place.serve(None);
    server.ready(None).await;
    let setup = set_up(&place, folder, || ());
    server.kill();
    let (before, mut ready) = (ledger.count(), Vec::new());
    for turn in 0..kills {
        let kill = Kill::next(engine, turn, &rng);
        let from = ledger.count();
        let crash_at = if let Kill::At(point) = &kill { Some(point.as_str()) } else { None };
        server = place.serve(crash_at);
        ready.push(server.ready(None).await);
        // One for each turn: the view of a flight shows the first 5,000 people.
        let Some(flight) = fly(&server, &setup, &rng).await else {
            assert!(matches!(kill, Kill::At(_)), "nobody killed it, and it does not answer");
            continue;
        };
        let door = Door::new(&server.address, &setup.token, flight.clone());
        under_load(&door, &ledger, killed(&kill, &mut server, &mut place)).await;
        if matches!(kill, Kill::Postgres(_)) {
            ready.push(server.ready(Some(Instant::now())).await);
        } else {
            server = place.serve(None);
            ready.push(server.ready(None).await);
        }
        let door = Door::new(&server.address, &setup.token, flight.clone());
        compare(&door, &ledger, from).await;
        server.kill();
        if turn % 20 == 19 {
            place.run(&["audit", "verify"]);
        }
    }
    server = place.serve(None);
    server.ready(None).await;
    let nowhere = (String::new(), String::new());
    whole(&Door::new(&server.address, &setup.token, nowhere), &setup, &ledger).await;
    server.kill();
    place.run(&["audit", "verify"]);
    ready.sort_unstable();
    let (median, last) = (ready[ready.len() / 2], ready[ready.len() - 1]);
    println!(
        "{engine:?}: {kills} kills, {} writes acknowledged ({} before), 0 lost, 0 doubled; ready again in {median:?} (median), {last:?} (longest)",
        ledger.count() - before,
        before,
    );
    assert!(ledger.count() - before > kills as usize * 4, "hardly anything was written between the kills");
    assert!(median <= READY_MAX, "ready again only after {median:?}");
}

/// People who work there, made once for the folder, one command each.
pub fn set_up(place: &Place, folder: &Path, after_each: impl Fn()) -> Setup {
    let path = folder.join("setup.json");
    if let Ok(text) = std::fs::read_to_string(&path) {
        return serde_json::from_str(&text).unwrap();
    }
    let add = |name: &str, role: &str| {
        let added = place.run(&["user", "add", name, "--role", role, "--at", "CNPEK", "--token"]);
        let added: Value = serde_json::from_str(added.trim()).unwrap();
        after_each();
        added["token"].as_str().unwrap().to_owned()
    };
    let setup = Setup { token: add("lane", "officer"), planner: add("plans", "planner") };
    std::fs::write(path, serde_json::to_string(&setup).unwrap()).unwrap();
    setup
}

/// A flight that is due in some hours, so that whoever declares is ready at once; none if the server died of it.
pub async fn fly(server: &Server, setup: &Setup, rng: &Rng) -> Option<(String, String)> {
    let due = Timestamp::now() + SignedDuration::from_hours(6);
    let date = due.in_tz("Asia/Shanghai").unwrap().date().to_string();
    let number = format!("CA{}", 1_000 + u16::from_le_bytes(rng.bytes()) % 9_000);
    let flight = json!({"origin": "LHR", "scheduled_arrival": due.to_string(), "category": "international"});
    let url = format!("{}/api/v1/flights/{number}-{date}-CNPEK", server.address);
    let put = reqwest::Client::new().put(url).bearer_auth(&setup.planner).json(&flight).send().await.ok()?;
    assert!(put.status().is_success(), "{}", put.text().await.unwrap());
    Some((number, date))
}

/// The door of a server that answers, for a flight of its own.
pub async fn door(server: &Server, setup: &Setup, rng: &Rng) -> Door {
    let flight = fly(server, setup, rng).await.unwrap();
    Door::new(&server.address, &setup.token, flight)
}

/// Lets the clients work until `killed` is over.
pub async fn under_load(door: &Door, ledger: &Arc<Ledger>, killed: impl Future<Output = ()>) {
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| tokio::spawn(client(door.clone(), Arc::clone(ledger), Arc::clone(&stop)))).collect();
    killed.await;
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
}

async fn killed(kill: &Kill, server: &mut Server, place: &mut Place) {
    match kill {
        Kill::After(moment) => {
            tokio::time::sleep(*moment).await;
            server.kill();
        }
        Kill::At(_) => {
            // A point that is not passed so often in this time is as good a moment as any.
            for _ in 0..60 {
                if server.is_dead() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            server.kill();
        }
        Kill::Postgres(moment) => {
            tokio::time::sleep(*moment).await;
            let postgres = place.postgres.as_mut().unwrap();
            postgres.kill();
            tokio::task::block_in_place(|| postgres.start_again());
        }
    }
}

/// Everything acknowledged since `from`, and some of all before, is answered again with the same bytes; what was in doubt is
/// made again until it is done, and then counts.
pub async fn compare(door: &Door, ledger: &Ledger, from: usize) {
    for deed in ledger.take_doubts() {
        let Heard::Done(one) = door.make(&deed).await else { panic!("{deed:?} is still in doubt with everything up") };
        ledger.acknowledge(one);
    }
    let all = ledger.since(from).into_iter().chain(ledger.sample(20));
    let again = |one: Acknowledged| async move {
        let Heard::Done(again) = door.make(&one.deed).await else {
            panic!("{:?} was acknowledged and is not answered", one.deed)
        };
        assert_eq!((again.status, &again.answer), (one.status, &one.answer), "{:?} is answered otherwise", one.deed);
    };
    stream::iter(all).for_each_concurrent(CLIENTS, again).await;
}

/// Everybody who ever was told that they declared is there, once, and cleared if so it was said; and nobody else.
pub async fn whole(door: &Door, setup: &Setup, ledger: &Ledger) {
    let mut flights: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let people = ledger.people();
    for told in people.values() {
        let counted = flights.entry(told.flight.clone()).or_default();
        *counted = (counted.0 + 1, counted.1 + u64::from(told.is_cleared));
    }
    let there = |(person, told): (u64, Person)| async move {
        let url = format!("{}/api/v1/declarations/{}", door.address, told.code);
        let mut answer = door.client.get(&url).header("pratique-proof", number(person)).send().await.unwrap();
        // With sixteen looking up at once there may be no room for a moment.
        while answer.status() == 503 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            answer = door.client.get(&url).header("pratique-proof", number(person)).send().await.unwrap();
        }
        assert!(answer.status().is_success(), "{told:?} is lost: {}", answer.status());
        let held: Value = answer.json().await.unwrap();
        assert_eq!(held["state"] == "cleared", told.is_cleared, "{told:?}: {held}");
    };
    stream::iter(people).for_each_concurrent(CLIENTS, there).await;
    for (flight, counted) in flights {
        let url = format!("{}/api/v1/flights/{flight}/readiness", door.address);
        let answer = door.client.get(url).bearer_auth(&setup.planner).send().await.unwrap();
        let balance = answer.json::<Value>().await.unwrap()["balance"].clone();
        let stored = (balance["unlisted"].as_u64().unwrap(), balance["cleared"].as_u64().unwrap());
        assert_eq!(stored, counted, "declared and cleared on {flight}, as stored and as told: {balance}");
    }
}
