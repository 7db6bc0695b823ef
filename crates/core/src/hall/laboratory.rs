//! The laboratory behind the hall: couriers, plates, instruments. It has no chance in it and gives nothing back to the hall, so
//! a day's swabs go through it in one pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::Deserialize;

use super::clock::of_minutes;
use super::posts::POSTS_MAX;
use super::scenario::BadScenario;

/// A laboratory as a scenario's file has it; times in minutes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaboratoryForm {
    instruments: u32,
    run_min: f64,
    #[serde(default)]
    prepare_min: f64,
    #[serde(default)]
    review_min: f64,
    #[serde(default = "wells")]
    wells: u32,
    #[serde(default = "controls")]
    controls: u32,
    #[serde(default = "alone")]
    pool: u32,
    courier_every_min: f64,
    #[serde(default)]
    courier_takes_min: f64,
    #[serde(default = "fill_wait")]
    fill_wait_min: f64,
}

fn wells() -> u32 {
    96
}

fn controls() -> u32 {
    3
}

fn alone() -> u32 {
    1
}

fn fill_wait() -> f64 {
    30.0
}

/// A laboratory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laboratory {
    /// Instruments, each with one plate at a time.
    pub instruments: u32,
    /// Samples on a plate: its wells less the controls, times the samples of a pool.
    pub plate: u32,
    /// A run on an instrument.
    pub run_ms: i64,
    /// From receipt until a sample can be plated.
    pub prepare_ms: i64,
    /// From the end of a run until two people have released its results.
    pub review_ms: i64,
    /// A courier leaves the booths this often, counted from midnight.
    pub courier_every_ms: i64,
    /// And takes this long.
    pub courier_takes_ms: i64,
    /// The longest that a sample waits for its plate to fill, while an instrument is free.
    pub fill_wait_ms: i64,
}

impl LaboratoryForm {
    pub(super) fn check(&self) -> Result<Laboratory, BadScenario> {
        let minutes = |name: &str, value: f64, least: f64| match (least..=1_440.0).contains(&value) {
            true => Ok(of_minutes(value)),
            false => {
                let why = format!("{value} does not fit; write minutes from {least} to 1440");
                Err(BadScenario::at(format!("laboratory.{name}"), why))
            }
        };
        let count = |name: &str, value: u32, span: std::ops::RangeInclusive<u32>| match span.contains(&value) {
            true => Ok(value),
            false => {
                let why = format!("{value} does not fit; write a number from {} to {}", span.start(), span.end());
                Err(BadScenario::at(format!("laboratory.{name}"), why))
            }
        };
        let wells = count("wells", self.wells, 1..=1_536)?;
        let controls = count("controls", self.controls, 0..=wells - 1)?;
        Ok(Laboratory {
            instruments: count("instruments", self.instruments, 1..=POSTS_MAX)?,
            plate: (wells - controls) * count("pool", self.pool, 1..=10)?,
            run_ms: minutes("run_min", self.run_min, 1.0)?,
            prepare_ms: minutes("prepare_min", self.prepare_min, 0.0)?,
            review_ms: minutes("review_min", self.review_min, 0.0)?,
            courier_every_ms: minutes("courier_every_min", self.courier_every_min, 1.0)?,
            courier_takes_ms: minutes("courier_takes_min", self.courier_takes_min, 0.0)?,
            fill_wait_ms: minutes("fill_wait_min", self.fill_wait_min, 0.0)?,
        })
    }
}

/// One sample on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// When it was taken.
    pub swab_ms: i64,
    /// When it can be plated.
    pub ready_ms: i64,
    /// When its run began.
    pub run_ms: i64,
    /// When its result was released.
    pub result_ms: i64,
}

/// One plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// When it began.
    pub began_ms: i64,
    /// When it ended.
    pub ended_ms: i64,
    /// Samples on it.
    pub samples: u32,
}

impl Laboratory {
    /// Tests a day's swabs, given in the order of time.
    #[must_use]
    pub fn test(&self, swabs_ms: &[i64]) -> (Vec<Tested>, Vec<Run>) {
        let ready: Vec<i64> = swabs_ms.iter().map(|swab| self.received_ms(*swab) + self.prepare_ms).collect();
        let mut free: BinaryHeap<Reverse<i64>> = (0..self.instruments).map(|_| Reverse(i64::MIN)).collect();
        let (mut tested, mut runs) = (Vec::with_capacity(ready.len()), Vec::new());
        while let Some(&first) = ready.get(tested.len()) {
            let from = tested.len();
            let full = ready.get(from + self.plate as usize - 1).copied().unwrap_or(i64::MAX);
            let Some(Reverse(instrument)) = free.pop() else { break };
            let began_ms = instrument.max(full.min(first + self.fill_wait_ms));
            let ended_ms = began_ms + self.run_ms;
            let plate = ready[from..].iter().take(self.plate as usize).take_while(|ready| **ready <= began_ms);
            tested.extend(plate.zip(&swabs_ms[from..]).map(|(ready_ms, swab_ms)| Tested {
                swab_ms: *swab_ms,
                ready_ms: *ready_ms,
                run_ms: began_ms,
                result_ms: ended_ms + self.review_ms,
            }));
            runs.push(Run { began_ms, ended_ms, samples: (tested.len() - from) as u32 });
            free.push(Reverse(ended_ms));
        }
        (tested, runs)
    }

    /// When the courier who takes this swab is at the laboratory.
    fn received_ms(&self, swab_ms: i64) -> i64 {
        let round = -(-swab_ms).div_euclid(self.courier_every_ms);
        round * self.courier_every_ms + self.courier_takes_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::clock::MINUTE_MS;

    fn laboratory() -> Laboratory {
        let text = "instruments = 2\nrun_min = 90\ncourier_every_min = 60\ncourier_takes_min = 10\nreview_min = 20";
        toml::from_str::<LaboratoryForm>(text).unwrap().check().unwrap()
    }

    #[test]
    fn two_thousand_samples_a_day_are_twenty_two_plates() {
        let swabs: Vec<i64> = (0..2_000).map(|at| at * 30_000).collect();
        let at_once = Laboratory { fill_wait_ms: 24 * 60 * MINUTE_MS, ..laboratory() };
        let (tested, runs) = at_once.test(&swabs);
        assert_eq!((laboratory().plate, runs.len(), tested.len()), (93, 22, 2_000));
        assert_eq!(runs.iter().map(|run| run.samples).sum::<u32>(), 2_000);
    }

    #[test]
    fn a_sample_goes_with_the_next_courier_and_waits_for_a_full_plate_only_so_long() {
        let (tested, runs) = laboratory().test(&[5 * MINUTE_MS, 60 * MINUTE_MS, 61 * MINUTE_MS]);
        let minutes = |ms: i64| ms / MINUTE_MS;
        let told: Vec<_> =
            tested.iter().map(|t| (minutes(t.ready_ms), minutes(t.run_ms), minutes(t.result_ms))).collect();
        assert_eq!(told, [(70, 100, 210), (70, 100, 210), (130, 160, 270)]);
        assert_eq!(runs.iter().map(|run| run.samples).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn no_instrument_has_two_plates_and_no_plate_too_many() {
        let swabs: Vec<i64> = (0..1_500).map(|at| at * 4_000).collect();
        let (tested, runs) = laboratory().test(&swabs);
        assert!(tested.iter().all(|t| t.swab_ms <= t.ready_ms && t.ready_ms <= t.run_ms));
        for run in &runs {
            let at_once = runs.iter().filter(|other| (other.began_ms..other.ended_ms).contains(&run.began_ms)).count();
            assert!(at_once <= 2 && run.samples <= 93, "{at_once} {run:?}");
        }
    }
}
