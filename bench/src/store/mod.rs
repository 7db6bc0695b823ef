//! What the write path costs: durable changes of 64 callers beside a bare loop that writes the same rows 64 at a time, and beside
//! one transaction a change. All three take turns, and only their ratios inside one round mean anything.

mod bare;
mod changes;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use pratique_core::id::Id;
use pratique_store::testing::Durable;
use pratique_store::{Location, Opening, Outcome, Store};

use crate::place::Engine;
use crate::run::Run;
use crate::table::{Line, Pairs, median};
use changes::{Work, declare, scan};

const CALLERS: u64 = 64;
/// Journeys that scans move about in, for the store and for the bare loop each.
const SEEDED: u64 = 312 * CALLERS;
/// Connections of "one transaction a change": SQLite has one writer, and PostgreSQL did best with so many.
const SINGLES: u8 = 32;

/// Declarations and scans on one engine.
pub async fn measure(run: &Run, engine: Engine, postgres: Option<&Durable>) -> Vec<Line> {
    let folder = run.folder.join("store");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (location, bare) = places(&folder, engine, postgres, run.started_s);
    for place in [&location, &bare] {
        Store::migrate(place, 0).await.expect("a migrated store");
    }
    let opening = Opening { writer: changes::id(u64::MAX), opened_by: "measurement".into() };
    let store = Store::open(&location, opening).await.expect("an open store");
    let mut loops = bare::Bare::open(&bare, 0).await;
    let mut singles = Vec::new();
    for n in 1..=if engine == Engine::Sqlite { 1 } else { SINGLES } {
        singles.push(bare::Bare::open(&bare, n).await);
    }
    let counter = Arc::new(AtomicU64::new(1));
    seed(&store, &mut loops, &counter).await;
    let mut versions = Versions { store: vec![1; SEEDED as usize], bare: vec![1; SEEDED as usize] };
    let mut lines = Vec::new();
    for work in [Work::Declare, Work::Scan] {
        let (mut batch, mut single, mut p50, mut p99) = (Pairs::default(), Pairs::default(), Vec::new(), Vec::new());
        for round in 0..run.rounds {
            // Who goes first changes, so that nobody always meets the warmer disk.
            let mut order = ["store", "loop", "single"];
            order.rotate_left(round % 3);
            let (mut through, mut looped, mut one) = (Through::default(), 0.0, 0.0);
            for who in order {
                match who {
                    "store" => through = callers(run, &store, work, &counter, &mut versions.store).await,
                    "loop" => looped = bare_loop(run, &mut loops, work, &counter, &mut versions.bare).await,
                    _ => one = one_each(run, &mut singles, work, &counter, &mut versions.bare).await,
                }
            }
            batch.add(through.a_second, looped);
            single.add(through.a_second, one);
            p50.push(through.p50_ms);
            p99.push(through.p99_ms);
        }
        lines.extend(told(engine, work, &batch, &single, [median(&p50), median(&p99)]));
    }
    let _ = std::fs::remove_dir_all(&folder);
    lines
}

fn told(engine: Engine, work: Work, batch: &Pairs, single: &Pairs, [p50, p99]: [f64; 2]) -> [Line; 2] {
    let (of_loop, of_single) = if engine == Engine::Sqlite { (0.75, 2.5) } else { (0.80, 4.0) };
    let name =
        format!("store {}, {}, {CALLERS} callers", if work == Work::Scan { "scan" } else { "declare" }, engine.name());
    let first = Line::pairs(&name, "a second", batch, "raw loop, 64 a commit");
    let ours = format!("{}; p50 / p99 {p50:.1} / {p99:.1} ms", first.ours);
    let second = Line::pairs(name, "a second", single, "one transaction each");
    [Line { ours, ..first }.at_least(of_loop), second.at_least(of_single)]
}

/// The databases of a run on PostgreSQL, which nobody needs after it.
pub fn databases(run: i64) -> [String; 2] {
    ["store", "bare"].map(|name| format!("{name}{run}"))
}

fn places(folder: &std::path::Path, engine: Engine, postgres: Option<&Durable>, run: i64) -> (Location, Location) {
    let file = |name: &str| Location::Sqlite(PathBuf::from(folder).join(format!("{name}-{run}.db")));
    match (engine, postgres) {
        (Engine::Postgres, Some(server)) => {
            let [store, bare] = databases(run);
            (server.database(&store), server.database(&bare))
        }
        _ => (file("store"), file("bare")),
    }
}

struct Versions {
    store: Vec<i64>,
    bare: Vec<i64>,
}

async fn seed(store: &Store, bare: &mut bare::Bare, counter: &AtomicU64) {
    for n in 0..SEEDED / CALLERS {
        let changes: Vec<_> =
            (0..CALLERS).map(|k| (n * CALLERS + k, counter.fetch_add(1, Ordering::Relaxed))).collect();
        let mut asked = Vec::new();
        for (journey, serial) in &changes {
            let (store, change) = (store.clone(), declare(changes::journey(0, *journey), *serial));
            asked.push(tokio::spawn(async move { store.apply(change).await.unwrap() }));
        }
        for outcome in asked {
            assert_eq!(outcome.await.unwrap(), Outcome::Applied);
        }
        let batch =
            changes.iter().map(|(j, _)| declare(changes::journey(1, *j), counter.fetch_add(1, Ordering::Relaxed)));
        bare.write(&batch.collect::<Vec<_>>()).await;
    }
}

#[derive(Default)]
struct Through {
    a_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

async fn callers(run: &Run, store: &Store, work: Work, counter: &Arc<AtomicU64>, versions: &mut [i64]) -> Through {
    let (started, window) = (Instant::now(), run.store_window);
    let share = versions.len() / CALLERS as usize;
    let mut asked = Vec::new();
    for (caller, own) in versions.chunks(share).take(CALLERS as usize).enumerate() {
        let (store, counter, mut own) = (store.clone(), Arc::clone(counter), own.to_vec());
        asked.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while started.elapsed() < window {
                let serial = counter.fetch_add(1, Ordering::Relaxed);
                let at = changes::scatter(serial) as usize % own.len();
                let change = change(work, 0, (caller * share + at) as u64, serial, own[at]);
                let asked = Instant::now();
                assert_eq!(store.apply(change).await.unwrap(), Outcome::Applied);
                waits.push(asked.elapsed());
                own[at] += i64::from(work == Work::Scan);
            }
            (waits, own)
        }));
    }
    let mut waits = Vec::new();
    for (own, caller) in versions.chunks_mut(share).zip(asked) {
        let (waited, moved) = caller.await.unwrap();
        waits.extend(waited);
        own.copy_from_slice(&moved);
    }
    let took = started.elapsed().as_secs_f64();
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    Through { a_second: waits.len() as f64 / took, p50_ms: at(0.5), p99_ms: at(0.99) }
}

async fn bare_loop(run: &Run, bare: &mut bare::Bare, work: Work, counter: &AtomicU64, versions: &mut [i64]) -> f64 {
    let (started, window, mut done) = (Instant::now(), run.store_window, 0);
    while started.elapsed() < window {
        let mut batch = Vec::new();
        let first = counter.fetch_add(CALLERS, Ordering::Relaxed);
        let from = changes::scatter(first) as usize % (versions.len() - CALLERS as usize);
        for k in 0..CALLERS {
            // Spread over the table as the callers' scans are, and no row twice in a batch.
            let at = (from + k as usize * (versions.len() / CALLERS as usize)) % versions.len();
            batch.push(change(work, 1, at as u64, first + k, versions[at]));
            versions[at] += i64::from(work == Work::Scan);
        }
        bare.write(&batch).await;
        done += CALLERS;
    }
    done as f64 / started.elapsed().as_secs_f64()
}

/// Each change in a transaction of its own, on as many connections as there are.
async fn one_each(run: &Run, singles: &mut [bare::Bare], work: Work, counter: &AtomicU64, versions: &mut [i64]) -> f64 {
    let (started, share) = (Instant::now(), versions.len() / singles.len());
    let each = singles.iter_mut().zip(versions.chunks_mut(share)).enumerate().map(|(n, (bare, own))| async move {
        let mut done = 0_u64;
        while started.elapsed() < run.store_window {
            let serial = counter.fetch_add(1, Ordering::Relaxed);
            let at = changes::scatter(serial) as usize % own.len();
            bare.write(&[change(work, 1, (n * share + at) as u64, serial, own[at])]).await;
            own[at] += i64::from(work == Work::Scan);
            done += 1;
        }
        done
    });
    let done: u64 = futures_util::future::join_all(each).await.into_iter().sum();
    done as f64 / started.elapsed().as_secs_f64()
}

fn change(work: Work, side: u8, journey: u64, serial: u64, version: i64) -> pratique_store::Change {
    match work {
        Work::Declare => declare(fresh(serial), serial),
        Work::Scan => scan(changes::journey(side, journey), version, serial),
    }
}

fn fresh(serial: u64) -> Id {
    changes::id(1 << 40 | serial)
}
