//! How many were sent away: for the log, for the figures, and for how long the next ones are told to stay away.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::class::Class;
use crate::clock::Clock;

/// Requests that were sent away, by class.
pub const SHED: &str = "pratique_shed_total";
/// Over so long it is counted how many came and how many were done.
const COUNTED: Duration = Duration::from_secs(10);
/// Those who were sent away come again within so many seconds at most: longer is longer than a person waits.
const SPREAD_S: (u64, u64) = (2, 30);
/// So often the log says that requests are sent away.
const SAID: Duration = Duration::from_secs(5);

/// What was counted.
#[derive(Debug)]
pub struct Told {
    clock: Clock,
    counts: Mutex<Counts>,
}

#[derive(Debug)]
struct Counts {
    since: Instant,
    done: u64,
    away: u64,
    /// The same of the span before.
    before: (u64, u64),
    /// Since the log last said it: when, and how many of each class.
    said: Option<Instant>,
    unsaid: [u64; Class::COUNTED.len()],
}

impl Told {
    /// Nothing yet.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        let counts = Counts {
            since: clock.stopwatch(),
            done: 0,
            away: 0,
            before: (0, 0),
            said: None,
            unsaid: [0; Class::COUNTED.len()],
        };
        Told { clock: clock.clone(), counts: Mutex::new(counts) }
    }

    fn count(&self, count: impl FnOnce(&mut Counts, Instant)) {
        let now = self.clock.stopwatch();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(counts.since) >= COUNTED {
            let recent = now.duration_since(counts.since) < COUNTED * 2;
            counts.before = if recent { (counts.done, counts.away) } else { (0, 0) };
            (counts.since, counts.done, counts.away) = (now, 0, 0);
        }
        count(&mut counts, now);
    }

    /// One was done.
    pub fn done(&self) {
        self.count(|counts, _| counts.done += 1);
    }

    /// One was sent away. The log says so at once, and then how many more there were; never a line for each.
    pub fn sent_away(&self, class: Class) {
        metrics::counter!(SHED, "class" => class.name()).increment(1);
        self.count(|counts, now| {
            counts.away += 1;
            if let Some(place) = Class::COUNTED.iter().position(|counted| *counted == class) {
                counts.unsaid[place] += 1;
            }
            if counts.said.is_none_or(|said| now.duration_since(said) >= SAID) {
                let [lane, desk, bulk, declare, later] = counts.unsaid;
                tracing::warn!(
                    later,
                    declare,
                    bulk,
                    desk,
                    lane,
                    "more requests than can be worked on: some were sent away"
                );
                counts.said = Some(now);
                counts.unsaid = Default::default();
            }
        });
    }

    /// Within how many seconds those who are sent away now should come again: as many as it takes to work on all who lately
    /// were, so that whoever keeps to it finds room, and they do not all come in the same second (faults.md F16). `per_s_min` is
    /// what is done a second at least, where nothing was counted yet.
    #[must_use]
    pub fn spread_s(&self, per_s_min: f64) -> u64 {
        let mut spread_s = SPREAD_S.0;
        self.count(|counts, now| {
            let (done, away) = (counts.done + counts.before.0, counts.away + counts.before.1);
            let before = if counts.before == (0, 0) { Duration::ZERO } else { COUNTED };
            let span_s = (now.duration_since(counts.since) + before).as_secs_f64().max(1.0);
            let per_s = (done as f64 / span_s).max(per_s_min);
            spread_s = ((away as f64 / per_s) as u64).clamp(SPREAD_S.0, SPREAD_S.1);
        });
        spread_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_are_sent_away_the_longer_they_are_told_to_stay() {
        let told = Told::new(&Clock::System);
        assert_eq!(told.spread_s(10.0), 2);
        (0..100).for_each(|_| told.done());
        (0..1_000).for_each(|_| told.sent_away(Class::Later));
        assert_eq!(told.spread_s(10.0), 10, "a hundred were done in a second");
        assert_eq!(told.spread_s(200.0), 5, "where more is possible they come sooner");
        (0..100_000).for_each(|_| told.sent_away(Class::Later));
        assert_eq!(told.spread_s(10.0), 30);
    }
}
