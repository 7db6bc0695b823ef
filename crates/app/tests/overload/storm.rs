//! Everybody comes at once after an outage, and again when they are told to (faults.md F16).

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::ALONE;
use crate::flood::{FAR, MIX, capacity};
use crate::port::{Ask, Port, may_hold};

/// As many come at once as the server works on in so many seconds.
const BACKLOG_S: f64 = 5.0;
/// Beside them come so many of those that it can work on: whoever keeps to Retry-After comes spread, and goodput shows nothing where
/// too few ask.
const EVERYDAY: f64 = 0.7;
/// Goodput is looked at over so long.
const SPAN_S: usize = 3;

/// Somebody with one thing to do, who keeps to what they are told; when it was done, and how often they asked.
async fn until_done(port: Arc<Port>, ask: Ask, together: Arc<Barrier>) -> (Instant, u32) {
    together.wait().await;
    for tries in 1.. {
        let wait_s = match port.told(ask).await {
            Ok(told) if matches!(told.status, 200 | 201 | 409) => return (Instant::now(), tries),
            Ok(told) => told.retry_s.unwrap_or_else(|| panic!("without a word when to come again: {told:?}")),
            Err(_) => 1,
        };
        tokio::time::sleep(Duration::from_secs(wait_s)).await;
    }
    unreachable!("they come again until it is done")
}

/// Those who come as on any day, so many a second, until told to stop: when each was done.
async fn everyday(port: Arc<Port>, per_s: f64, stop: Arc<AtomicBool>) -> Vec<Instant> {
    let mut asked = JoinSet::new();
    for ask in MIX.iter().cycle() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let port = Arc::clone(&port);
        asked.spawn(async move { matches!(port.told(*ask).await, Ok(told) if told.status < 300).then(Instant::now) });
        tokio::time::sleep(Duration::from_secs_f64(1.0 / per_s)).await;
    }
    asked.join_all().await.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f16_after_an_outage_everybody_comes_at_once_and_the_work_goes_on() {
    let _alone = ALONE.lock().await;
    if !may_hold(8_192) {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr().write_all(b"skipped: this process may not hold enough connections\n");
        return;
    }
    let mut port = Port::far(&FAR).await;
    let held = Arc::new(port);
    let before = capacity(&held, MIX, Duration::from_secs(3)).await;
    port = Arc::into_inner(held).unwrap();
    port.restart(&FAR);
    let port = Arc::new(port);

    let crowd = (before * BACKLOG_S).clamp(300.0, 5_000.0) as usize;
    let together = Arc::new(Barrier::new(crowd + 1));
    let mut waiting = JoinSet::new();
    for n in 0..crowd {
        waiting.spawn(until_done(Arc::clone(&port), MIX[n % MIX.len()], Arc::clone(&together)));
    }
    together.wait().await;
    let (from, stop) = (Instant::now(), Arc::new(AtomicBool::new(false)));
    let everyday = tokio::spawn(everyday(Arc::clone(&port), EVERYDAY * before, Arc::clone(&stop)));
    let crowd_done = tokio::time::timeout(Duration::from_secs(90), waiting.join_all()).await;
    let over = from.elapsed();
    stop.store(true, Ordering::Relaxed);
    let mut done = everyday.await.unwrap();
    let after = capacity(&port, MIX, Duration::from_secs(3)).await;

    let crowd_done = crowd_done.unwrap_or_else(|_| panic!("some of {crowd} are not done after {over:?}"));
    done.extend(crowd_done.iter().map(|(at, _)| *at));
    let mut crowd_at: Vec<_> = crowd_done.iter().map(|(at, _)| at.duration_since(from).as_secs() as usize).collect();
    crowd_at.sort_unstable();
    let most_done = crowd_at[crowd * 7 / 10];
    let tries: u32 = crowd_done.iter().map(|(_, tries)| tries).sum();
    let mut by_second = vec![0.0; over.as_secs() as usize];
    for at in done {
        if let Some(second) = by_second.get_mut(at.duration_since(from).as_secs() as usize) {
            *second += 1.0;
        }
    }
    println!(
        "{before:.0} a second before, {after:.0} after; {crowd} at once, {tries} tries, over in {over:?}: {by_second:?}"
    );
    // Others work on this machine too: what it could do when it could least is what it is held to.
    let could = before.min(after);
    let spans: Vec<f64> = by_second.windows(SPAN_S).map(|span| span.iter().sum::<f64>() / SPAN_S as f64).collect();
    let back = spans.iter().position(|goodput| *goodput >= 0.8 * could);
    let back = back.unwrap_or_else(|| panic!("never back to 80 % of {could:.0}: {spans:?}"));
    assert!(back + SPAN_S <= 30, "back only after {back} s");
    // As long as there is enough to do.
    let busy = spans.get(back..most_done.saturating_sub(SPAN_S)).unwrap_or_default();
    assert!(busy.iter().all(|goodput| *goodput >= 0.4 * could), "a second collapse: {spans:?}");
    assert!(tries < 8 * crowd as u32, "{tries} tries of {crowd}: they come again too often");
}
