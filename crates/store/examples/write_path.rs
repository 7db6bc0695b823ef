//! What the write path costs: durable changes of 64 callers beside a bare loop that writes the same rows 64 at a time.
//!
//! ```text
//! cargo run --release -p pratique-store --example write_path [FOLDER] [ROUNDS]
//! PRATIQUE_PG_URL=postgres://… adds PostgreSQL (an empty database; it is migrated)
//! ```
//!
//! Store and bare loop take turns, and only their ratio inside one round means anything.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement that fails should stop")]

#[path = "write_path/bare.rs"]
mod bare;
#[path = "write_path/load.rs"]
mod load;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use pratique_core::id::Id;
use pratique_store::{Location, Opening, Outcome, Store};

use load::{Work, declare, scan};

const CALLERS: u64 = 64;
const WINDOW: Duration = Duration::from_secs(2);
/// Journeys that scans move about in, for the store and for the bare loop each.
const SEEDED: u64 = 312 * CALLERS;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut arguments = std::env::args().skip(1);
    let folder =
        arguments.next().unwrap_or_else(|| std::env::temp_dir().join("pratique-write-path").display().to_string());
    let rounds = arguments.next().map_or(5, |text| text.parse().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let file = format!("{folder}/store-{}.db", std::process::id());
    let bare_file = format!("{folder}/bare-{}.db", std::process::id());
    runtime.block_on(async {
        let (store, bare) = (Location::Sqlite(file.into()), Location::Sqlite(bare_file.into()));
        measure("SQLite", store, bare, rounds).await;
        if let Ok(url) = std::env::var("PRATIQUE_PG_URL") {
            let location = Location::Postgres(url);
            measure("PostgreSQL", location.clone(), location, rounds).await;
        }
    });
}

async fn measure(name: &str, location: Location, bare: Location, rounds: usize) {
    for place in [&location, &bare] {
        Store::migrate(place, 0).await.unwrap();
    }
    let opening = Opening { writer: load::id(u64::MAX), opened_by: "measurement".into() };
    let store = Store::open(&location, opening).await.unwrap();
    let mut bare = bare::Bare::open(&bare).await;
    let counter = Arc::new(AtomicU64::new(1));
    seed(&store, &mut bare, &counter).await;
    let mut versions = Versions { store: vec![1; SEEDED as usize], bare: vec![1; SEEDED as usize] };
    for work in [Work::Declare, Work::Scan] {
        let mut ratios = Vec::new();
        for round in 0..rounds {
            // Who goes first changes, so that neither always meets the warmer disk.
            let (through, loops) = if round % 2 == 0 {
                let through = callers(&store, work, &counter, &mut versions.store).await;
                (through, bare_loop(&mut bare, work, &counter, &mut versions.bare).await)
            } else {
                let loops = bare_loop(&mut bare, work, &counter, &mut versions.bare).await;
                (callers(&store, work, &counter, &mut versions.store).await, loops)
            };
            ratios.push(through.a_second / loops);
            println!(
                "{name:10} {work:?}: store {:>7.0}/s (p50 {:>5.1} ms, p99 {:>6.1} ms)   bare {loops:>7.0}/s   {:.2}",
                through.a_second,
                through.p50_ms,
                through.p99_ms,
                through.a_second / loops
            );
        }
        ratios.sort_by(f64::total_cmp);
        println!("{name:10} {work:?}: median {:.2} of the bare loop", ratios[ratios.len() / 2]);
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
            let (store, change) = (store.clone(), declare(load::journey(0, *journey), *serial));
            asked.push(tokio::spawn(async move { store.apply(change).await.unwrap() }));
        }
        for outcome in asked {
            assert_eq!(outcome.await.unwrap(), Outcome::Applied);
        }
        let batch = changes.iter().map(|(j, _)| declare(load::journey(1, *j), counter.fetch_add(1, Ordering::Relaxed)));
        bare.write(&batch.collect::<Vec<_>>()).await;
    }
}

struct Through {
    a_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

async fn callers(store: &Store, work: Work, counter: &Arc<AtomicU64>, versions: &mut [i64]) -> Through {
    let started = Instant::now();
    let share = versions.len() / CALLERS as usize;
    let mut asked = Vec::new();
    for (caller, own) in versions.chunks(share).take(CALLERS as usize).enumerate() {
        let (store, counter, mut own) = (store.clone(), Arc::clone(counter), own.to_vec());
        asked.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while started.elapsed() < WINDOW {
                let serial = counter.fetch_add(1, Ordering::Relaxed);
                let at = load::scatter(serial) as usize % own.len();
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

async fn bare_loop(bare: &mut bare::Bare, work: Work, counter: &AtomicU64, versions: &mut [i64]) -> f64 {
    let (started, mut done) = (Instant::now(), 0);
    while started.elapsed() < WINDOW {
        let mut batch = Vec::new();
        let first = counter.fetch_add(CALLERS, Ordering::Relaxed);
        let from = load::scatter(first) as usize % (versions.len() - CALLERS as usize);
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

fn change(work: Work, side: u8, journey: u64, serial: u64, version: i64) -> pratique_store::Change {
    match work {
        Work::Declare => declare(fresh(serial), serial),
        Work::Scan => scan(load::journey(side, journey), version, serial),
    }
}

fn fresh(serial: u64) -> Id {
    load::id(1 << 40 | serial)
}
