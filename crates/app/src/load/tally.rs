//! What was counted: every latency of an answer that was good, and errors by their code.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::line::Heard;
use super::pace::Pace;

/// Counts of one kind of request.
#[derive(Debug, Default)]
pub struct Tally {
    /// Microseconds, all of them: a run of an hour at thousands a second is some megabytes, and no percentile is guessed.
    latencies_us: Vec<u32>,
    in_window: u64,
    errors: BTreeMap<String, u64>,
}

/// What is told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// What was asked for a second; none for clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_a_second: Option<f64>,
    /// Clients; none at a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clients: Option<u32>,
    /// Requests that were begun in the window and answered well.
    pub done: u64,
    /// Of those, answered within the window, a second.
    pub a_second: f64,
    /// Latency of those that were done, from the intended start.
    pub p50_ms: f64,
    /// The same.
    pub p90_ms: f64,
    /// The same.
    pub p99_ms: f64,
    /// The same.
    pub p999_ms: f64,
    /// The longest.
    pub max_ms: f64,
    /// All others, by status and code.
    pub errors: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts a request.
    pub fn count(&mut self, heard: Result<Heard, String>, latency: Duration, in_window: bool) {
        match heard {
            Ok(heard) if heard.is_good() => {
                self.latencies_us.push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
                self.in_window += u64::from(in_window);
            }
            Ok(heard) => *self.errors.entry(heard.code()).or_default() += 1,
            Err(why) => *self.errors.entry(why).or_default() += 1,
        }
    }

    /// Counts requests that never found a connection.
    pub fn never_begun(&mut self, count: u64) {
        if count > 0 {
            *self.errors.entry("never begun: all connections were waiting".to_owned()).or_default() += count;
        }
    }

    /// Takes another's counts in.
    pub fn add(&mut self, other: Tally) {
        self.latencies_us.extend(other.latencies_us);
        self.in_window += other.in_window;
        for (code, count) in other.errors {
            *self.errors.entry(code).or_default() += count;
        }
    }

    /// The figures of a window.
    #[must_use]
    pub fn figures(mut self, pace: Pace, lasting: Duration) -> Figures {
        self.latencies_us.sort_unstable();
        let at = |share: f64| percentile_ms(&self.latencies_us, share);
        let (asked_a_second, clients) = match pace {
            Pace::Rate(rate) => (Some(rate), None),
            Pace::Clients(count) => (None, Some(count)),
        };
        Figures {
            asked_a_second,
            clients,
            done: self.latencies_us.len() as u64,
            a_second: self.in_window as f64 / lasting.as_secs_f64(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: at(1.0),
            errors: self.errors,
        }
    }
}

/// The smallest of the sorted values that so great a share of all is no greater than (nearest rank); 0 of none.
fn percentile_ms(sorted_us: &[u32], share: f64) -> f64 {
    let rank = (sorted_us.len() as f64 * share).ceil() as usize;
    sorted_us.get(rank.saturating_sub(1)).map_or(0.0, |us| f64::from(*us) / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;

    fn heard(status: u16) -> Result<Heard, String> {
        Ok(Heard { status, body: Bytes::new() })
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let us: Vec<u32> = (1..=1000).map(|ms| ms * 1000).collect();
        assert_eq!([0.5, 0.99, 0.999, 1.0].map(|share| percentile_ms(&us, share)), [500.0, 990.0, 999.0, 1000.0]);
        assert_eq!(percentile_ms(&[7000], 0.5), 7.0);
        assert_eq!(percentile_ms(&[], 0.99), 0.0);
    }

    #[test]
    fn an_answer_after_the_window_has_a_latency_but_is_no_throughput() {
        let mut tally = Tally::default();
        tally.count(heard(201), Duration::from_millis(10), true);
        tally.count(heard(201), Duration::from_millis(4000), false);
        tally.count(heard(503), Duration::from_millis(1), true);
        tally.count(Err("no answer in time".to_owned()), Duration::from_secs(15), false);
        tally.never_begun(2);
        let figures = tally.figures(Pace::Rate(1.0), Duration::from_secs(2));
        assert_eq!((figures.done, figures.a_second, figures.max_ms), (2, 0.5, 4000.0));
        assert_eq!(figures.errors.values().copied().collect::<Vec<_>>(), [1, 2, 1]);
        assert!(figures.errors.contains_key("503"));
    }
}
