//! Ten times as much as the server can do (faults.md F17): a fixed number of requests a second, whether the ones before were
//! answered or not, as people come.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::ALONE;
use crate::port::{Ask, Port};

/// Behind one address, as loopback is.
pub const APART: [&str; 2] = ["--network-apart", "127.0.0.0/8"];
/// The same, and with as little at once as a database that is far away answers in time.
pub const FAR: [&str; 4] = ["--network-apart", "127.0.0.0/8", "--in-flight", "8"];

/// One answer.
#[derive(Debug, Clone, Copy)]
struct Heard {
    ask: Ask,
    status: u16,
    retry_s: Option<u64>,
    took: Duration,
}

/// Asks, and waits for the whole answer.
async fn heard(port: &Port, ask: Ask) -> Heard {
    let from = Instant::now();
    let told = port.told(ask).await;
    let took = from.elapsed();
    let Ok(told) = told else { return Heard { ask, status: 0, retry_s: None, took } };
    assert!(told.status != 503 || told.body.contains("\"code\":\"overloaded\""), "{}", told.body);
    Heard { ask, status: told.status, retry_s: told.retry_s, took }
}

/// How many a second are done by a few who ask one after another: all that the server can do.
pub async fn capacity(port: &Arc<Port>, asks: &'static [Ask], time: Duration) -> f64 {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut clients = JoinSet::new();
    for n in 0..8 {
        let (port, stop, done) = (Arc::clone(port), Arc::clone(&stop), Arc::clone(&done));
        clients.spawn(async move {
            for ask in asks.iter().cycle().skip(n) {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                done.fetch_add(u64::from(heard(&port, *ask).await.status < 300), Ordering::Relaxed);
            }
        });
    }
    tokio::time::sleep(time).await;
    let done = done.load(Ordering::Relaxed) as f64 / time.as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    clients.join_all().await;
    done
}

/// So many a second of each kind, for so long.
async fn flood(port: &Arc<Port>, per_s: &[(Ask, f64)], time: Duration) -> Vec<Heard> {
    let from = Instant::now();
    let mut begun: BTreeMap<Ask, u64> = BTreeMap::new();
    let mut asked = JoinSet::new();
    while from.elapsed() < time {
        for (ask, per_s) in per_s {
            let due = (from.elapsed().as_secs_f64() * per_s) as u64;
            let begun = begun.entry(*ask).or_default();
            while *begun < due {
                let (port, ask) = (Arc::clone(port), *ask);
                asked.spawn(async move { heard(&port, ask).await });
                *begun += 1;
            }
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    asked.join_all().await
}

/// What became of a kind: how many, the part that was done, and the time within which 99 of 100 of those were.
#[derive(Debug)]
struct Fate {
    asked: usize,
    done: f64,
    p99: Duration,
}

fn fate(all: &[Heard], ask: Ask) -> Fate {
    let asked: Vec<_> = all.iter().filter(|heard| heard.ask == ask).collect();
    let mut took: Vec<_> =
        asked.iter().filter(|heard| heard.status < 300 && heard.status > 0).map(|h| h.took).collect();
    took.sort_unstable();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or(Duration::MAX);
    Fate { asked: asked.len(), done: took.len() as f64 / asked.len().max(1) as f64, p99 }
}

/// As people ask on any day.
pub const MIX: &[Ask] = &[Ask::Edit, Ask::Declare, Ask::Edit, Ask::Declare, Ask::Scan];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f17_at_ten_times_what_it_can_do_edits_go_first_and_scans_go_on() {
    let _alone = ALONE.lock().await;
    let port = Arc::new(Port::far(&FAR).await);
    capacity(&port, MIX, Duration::from_secs(1)).await;
    let can = capacity(&port, MIX, Duration::from_secs(3)).await;
    let per_s = [(Ask::Edit, 6.0 * can), (Ask::Declare, 3.8 * can), (Ask::Scan, 0.2 * can)];
    let all = flood(&port, &per_s, Duration::from_secs(12)).await;
    let over = Instant::now();
    let [edits, declared, scans] = [Ask::Edit, Ask::Declare, Ask::Scan].map(|ask| fate(&all, ask));
    let away: Vec<_> = all.iter().filter(|heard| heard.status == 503).collect();
    println!("{can:.0} a second; at ten times of it: edits {edits:?}, declarations {declared:?}, scans {scans:?}");
    println!("limit {}, shed {}", port.figure("pratique_in_flight_limit").await, away.len());

    assert!(scans.asked > 20 && scans.done > 0.99, "officers are served: {scans:?}");
    assert!(scans.p99 < Duration::from_secs(1), "and in time: {scans:?}");
    assert!(edits.done < declared.done && declared.done < scans.done, "edits go first, then declarations");
    assert!(away.len() > all.len() / 2, "or it was no overload: {} of {}", away.len(), all.len());
    assert!(all.iter().all(|heard| matches!(heard.status, 200 | 201 | 409 | 503)), "nobody is left without an answer");
    assert!(away.iter().all(|heard| heard.retry_s.is_some_and(|s| (1..=31).contains(&s))));
    for class in ["later", "declare"] {
        assert!(port.figure(&format!("pratique_shed_total{{class=\"{class}\"}}")).await > 0.0);
    }

    // Nobody is sent away any more, and soon.
    let calm = loop {
        let few =
            flood(&port, &[(Ask::Edit, 10.0), (Ask::Declare, 5.0), (Ask::Scan, 5.0)], Duration::from_secs(2)).await;
        if few.iter().all(|heard| heard.status < 300 && heard.took < Duration::from_secs(1)) {
            break over.elapsed();
        }
        assert!(over.elapsed() < Duration::from_secs(12), "no calm: {few:?}");
    };
    println!("calm again within {calm:?}");
}
