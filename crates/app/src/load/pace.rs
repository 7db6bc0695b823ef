//! Who asks when: at a fixed rate, or so many clients each as fast as it can.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use serde_json::json;
use tokio::sync::Semaphore;

use super::crowd::Crowd;
use super::line::{Heard, Line, Target};
use super::tally::Tally;
use crate::rng::Rng;

/// Connections that requests at a fixed rate are spread over: when all of them wait, the next request waits, and its latency counts.
const LINES: u32 = 128;
/// After the last intended start, what is still under way is waited for so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// So many a second, whatever became of those before.
    Rate(f64),
    /// So many clients, each of which asks again once it is answered.
    Clients(u32),
}

/// From when on, how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) clock: Instant,
    pub(super) warm: Duration,
    pub(super) lasting: Duration,
}

impl Window {
    fn end(&self) -> Duration {
        self.warm + self.lasting
    }

    fn counts(&self, intended: Duration) -> bool {
        (self.warm..self.end()).contains(&intended)
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Declare,
    Scan(Arc<str>),
}

/// Runs one kind of request through a window.
pub(super) async fn drive(pace: Pace, deed: Deed, target: &Arc<Target>, crowd: &Arc<Crowd>, window: Window) -> Tally {
    let starts = Arc::new(Starts::new(pace, window));
    let lines = match pace {
        Pace::Rate(_) => LINES,
        Pace::Clients(count) => count,
    };
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..lines {
        let (starts, target, crowd, deed) = (Arc::clone(&starts), Arc::clone(target), Arc::clone(crowd), deed.clone());
        running.spawn(async move { client(&starts, &target, &crowd, &deed).await });
    }
    let clock = starts.tick();
    let mut tally = Tally::default();
    while let Some(Ok(one)) = running.join_next().await {
        tally.add(one);
    }
    if let Some(clock) = clock {
        // It ends with its last start, before the clients do.
        let _ = clock.join();
    }
    tally.never_begun(starts.left());
    tally
}

/// Intended starts, in their order.
struct Starts {
    pace: Pace,
    window: Window,
    due: Semaphore,
    taken: AtomicU64,
}

impl Starts {
    fn new(pace: Pace, window: Window) -> Self {
        Starts { pace, window, due: Semaphore::new(0), taken: AtomicU64::new(0) }
    }

    /// How many starts a window has at a rate, and when the n-th is.
    fn all(&self) -> u64 {
        match self.pace {
            Pace::Rate(rate) => (self.window.end().as_secs_f64() * rate).ceil() as u64,
            Pace::Clients(_) => 0,
        }
    }

    fn at(&self, n: u64, rate: f64) -> Duration {
        Duration::from_secs_f64(n as f64 / rate)
    }

    /// A thread that releases each start when its time has come: the runtime's own timers tick in milliseconds.
    fn tick(self: &Arc<Self>) -> Option<std::thread::JoinHandle<()>> {
        let Pace::Rate(rate) = self.pace else { return None };
        let starts = Arc::clone(self);
        Some(std::thread::spawn(move || {
            for n in 0..starts.all() {
                std::thread::sleep(starts.at(n, rate).saturating_sub(starts.window.clock.elapsed()));
                starts.due.add_permits(1);
            }
            // Whoever waits for more is let go.
            starts.due.add_permits(LINES as usize);
        }))
    }

    /// The next intended start, once it has come; `None` at the end.
    async fn next(&self) -> Option<Duration> {
        let Pace::Rate(rate) = self.pace else {
            let now = self.window.clock.elapsed();
            return (now < self.window.end()).then_some(now);
        };
        self.due.acquire().await.ok()?.forget();
        if self.window.clock.elapsed() > self.window.end() + PATIENCE {
            return None;
        }
        let n = self.taken.fetch_add(1, Ordering::Relaxed);
        (n < self.all()).then(|| self.at(n, rate))
    }

    /// Starts that nobody came to.
    fn left(&self) -> u64 {
        self.all().saturating_sub(self.taken.load(Ordering::Relaxed))
    }
}

async fn client(starts: &Starts, target: &Target, crowd: &Crowd, deed: &Deed) -> Tally {
    let (mut line, mut tally, window) = (Line::to(target), Tally::default(), starts.window);
    let Ok(rng) = Rng::from_machine() else { return tally };
    while let Some(intended) = starts.next().await {
        let heard = match deed {
            Deed::Declare => declare(&mut line, crowd).await,
            Deed::Scan(station) => scan(&mut line, crowd, station, &rng).await,
        };
        let now = window.clock.elapsed();
        if window.counts(intended) {
            tally.count(heard, now.saturating_sub(intended), now <= window.end());
        }
    }
    tally
}

async fn declare(line: &mut Line<'_>, crowd: &Crowd) -> Result<Heard, String> {
    let person = crowd.somebody();
    let heard = line.declare(&crowd.number(person), crowd.declaration(person)).await?;
    if heard.is_good() {
        crowd.given(person, &heard.body);
    }
    Ok(heard)
}

async fn scan(line: &mut Line<'_>, crowd: &Crowd, station: &str, rng: &Rng) -> Result<Heard, String> {
    let (person, pass) = crowd.presented().ok_or_else(|| "nobody to scan".to_owned())?;
    let id = rng.id(crate::clock::Clock::System.now()).to_string();
    let body = json!({"scan_id": id, "station": station, "pass": pass, "mrz": crowd.zone(person)}).to_string();
    line.scan(&id, Bytes::from(body)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(pace: Pace, warm_s: u64, lasting_s: u64) -> Arc<Starts> {
        let window = Window {
            clock: crate::clock::Clock::System.stopwatch(),
            warm: Duration::from_secs(warm_s),
            lasting: Duration::from_secs(lasting_s),
        };
        Arc::new(Starts::new(pace, window))
    }

    #[test]
    fn a_rate_says_every_start_beforehand() {
        let starts = starts(Pace::Rate(4.0), 1, 2);
        assert_eq!(starts.all(), 12);
        assert_eq!(starts.at(6, 4.0), Duration::from_millis(1500));
        let counted = (0..12).filter(|n| starts.window.counts(starts.at(*n, 4.0))).count();
        assert_eq!(counted, 8, "the first second is to get warm");
        assert_eq!(starts.left(), 12);
    }

    #[tokio::test]
    async fn nobody_starts_before_the_time_and_a_late_one_keeps_its_intended_start() {
        let starts = starts(Pace::Rate(100.0), 0, 1);
        let ticking = starts.tick().unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        for n in 0..100 {
            let intended = starts.next().await.unwrap();
            assert_eq!(intended, Duration::from_millis(10 * n));
            assert!(starts.window.clock.elapsed() >= intended);
        }
        assert_eq!(starts.next().await, None);
        ticking.join().unwrap();
    }
}
