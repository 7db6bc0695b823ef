//! Figures of one station by quarter of an hour, gathered over the runs.

use serde::Serialize;

use super::clock::{HORIZON_MS, QUARTER_MS, words};
use super::interval::quantile;

/// One quarter of an hour at one station.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quarter {
    /// When it begins, `08:15`; `+1 00:15` on the next day.
    pub from: String,
    /// Who joined the queue, as a mean over the runs.
    pub arrivals: f64,
    /// How many waited, over the time and the runs.
    pub waiting_mean: f64,
    /// The most that ever waited.
    pub waiting_max: u32,
    /// The wait of those who came in this quarter, in seconds: median.
    pub wait_s_p50: i64,
    /// One in twenty waited longer.
    pub wait_s_p95: i64,
    /// The longest.
    pub wait_s_max: i64,
    /// The share of the open posts' time that was work, 0 to 1.
    #[serde(rename = "use")]
    pub busy: f64,
}

#[derive(Debug, Clone, Default)]
struct Cell {
    arrivals: u64,
    waiting_ms: i64,
    waiting_max: u32,
    waits_ms: Vec<i64>,
    busy_ms: i64,
    open_ms: i64,
}

/// What is gathered.
#[derive(Debug, Clone)]
pub struct Series {
    cells: Vec<Cell>,
    runs: u32,
}

impl Default for Series {
    fn default() -> Self {
        Series { cells: vec![Cell::default(); place(HORIZON_MS) + 1], runs: 0 }
    }
}

/// Which quarter an instant lies in.
fn place(at_ms: i64) -> usize {
    usize::try_from(at_ms.clamp(0, HORIZON_MS) / QUARTER_MS).unwrap_or(0)
}

/// The parts of a span, quarter by quarter.
fn parts(from_ms: i64, to_ms: i64) -> impl Iterator<Item = (usize, i64)> {
    let (from_ms, to_ms) = (from_ms.clamp(0, HORIZON_MS), to_ms.clamp(0, HORIZON_MS));
    (place(from_ms)..=place(to_ms)).filter_map(move |at| {
        let begins = at as i64 * QUARTER_MS;
        let inside = to_ms.min(begins + QUARTER_MS) - from_ms.max(begins);
        (inside > 0).then_some((at, inside))
    })
}

impl Series {
    /// Adds one run: who came and when their turn was, when posts were at work, and how long posts are open in the quarter that
    /// begins at an instant.
    pub fn add(
        &mut self,
        waits: &[(i64, Option<i64>)],
        work: impl Iterator<Item = (i64, i64)>,
        open_ms: impl Fn(i64) -> i64,
    ) {
        self.runs += 1;
        for (came, began) in waits {
            let cell = &mut self.cells[place(*came)];
            cell.arrivals += 1;
            cell.waits_ms.push(began.unwrap_or(HORIZON_MS) - came);
        }
        self.add_queue(waits);
        let mut busy_ms = vec![0; self.cells.len()];
        work.flat_map(|(from, to)| parts(from, to)).for_each(|(at, inside)| busy_ms[at] += inside);
        for (at, (cell, busy_ms)) in self.cells.iter_mut().zip(busy_ms).enumerate() {
            cell.busy_ms += busy_ms;
            // Whoever is in front of a post when it closes is still served.
            cell.open_ms += open_ms(at as i64 * QUARTER_MS).max(busy_ms);
        }
    }

    fn add_queue(&mut self, waits: &[(i64, Option<i64>)]) {
        let waited = waits.iter().filter(|(came, began)| began.is_none_or(|began| began > *came));
        let steps = waited.flat_map(|(came, began)| [(*came, 1), (began.unwrap_or(HORIZON_MS), -1)]);
        let mut steps: Vec<(i64, i32)> = steps.collect();
        steps.sort_unstable();
        let mut waiting = 0;
        for pair in steps.windows(2) {
            waiting += pair[0].1;
            for (at, inside) in parts(pair[0].0, pair[1].0) {
                self.cells[at].waiting_ms += inside * i64::from(waiting);
                self.cells[at].waiting_max = self.cells[at].waiting_max.max(waiting.unsigned_abs());
            }
        }
    }

    /// The quarters from the first in which something happened to the last.
    #[must_use]
    pub fn quarters(&self) -> Vec<Quarter> {
        let lively = |cell: &Cell| cell.arrivals > 0 || cell.waiting_ms > 0 || cell.busy_ms > 0;
        let first = self.cells.iter().position(lively).unwrap_or(self.cells.len());
        let end = self.cells.iter().rposition(lively).map_or(first, |last| last + 1);
        (first..end).map(|at| self.quarter(at)).collect()
    }

    fn quarter(&self, at: usize) -> Quarter {
        let (cell, runs) = (&self.cells[at], f64::from(self.runs.max(1)));
        let mut waits = cell.waits_ms.clone();
        waits.sort_unstable();
        let seconds = |ms: i64| (ms + 500) / 1_000;
        let round = |x: f64, places: f64| (x * places).round() / places;
        Quarter {
            from: words(at as i64 * QUARTER_MS),
            arrivals: round(cell.arrivals as f64 / runs, 10.0),
            waiting_mean: round(cell.waiting_ms as f64 / QUARTER_MS as f64 / runs, 10.0),
            waiting_max: cell.waiting_max,
            wait_s_p50: seconds(quantile(&waits, 0.5)),
            wait_s_p95: seconds(quantile(&waits, 0.95)),
            wait_s_max: seconds(quantile(&waits, 1.0)),
            busy: round(cell.busy_ms as f64 / (cell.open_ms.max(1)) as f64, 1_000.0),
        }
    }

    /// All waits of all runs, sorted.
    #[must_use]
    pub fn waits_ms(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.cells.iter().flat_map(|cell| cell.waits_ms.iter().copied()).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::clock::MINUTE_MS;

    #[test]
    fn a_wait_over_two_quarters_is_counted_in_both() {
        let mut series = Series::default();
        // Two come at minute 10; one waits until minute 20, one is served at once and works until minute 25.
        let waits = [(10 * MINUTE_MS, Some(20 * MINUTE_MS)), (10 * MINUTE_MS, Some(10 * MINUTE_MS))];
        series.add(&waits, [(10 * MINUTE_MS, 25 * MINUTE_MS)].into_iter(), |_| QUARTER_MS);
        let told = series.quarters();
        assert_eq!(told.iter().map(|q| q.from.as_str()).collect::<Vec<_>>(), ["00:00", "00:15"]);
        assert_eq!(
            (told[0].arrivals, told[0].waiting_max, told[0].waiting_mean, told[0].wait_s_max),
            (2.0, 1, 0.3, 600)
        );
        assert_eq!((told[1].arrivals, told[1].waiting_max, told[1].busy), (0.0, 1, 0.667));
    }

    #[test]
    fn whoever_takes_a_place_as_another_leaves_it_does_not_count_twice() {
        let mut series = Series::default();
        let waits = [(0, Some(MINUTE_MS)), (MINUTE_MS, Some(2 * MINUTE_MS))];
        series.add(&waits, std::iter::empty(), |_| QUARTER_MS);
        assert_eq!(series.quarters()[0].waiting_max, 1);
    }
}
