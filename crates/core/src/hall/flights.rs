//! Who lands when: one flight as the model takes it, and a day that grows.

use serde::Deserialize;

use super::clock::{MINUTE_MS, time_of_day};
use super::scenario::{BadScenario, Scenario, Shares, rate};
use crate::flight::Designator;

/// More than any aircraft carries.
pub const PASSENGERS_MAX: u32 = 1_000;
/// A flight more lands this long after the one that it is modelled on: growth comes in the same waves.
const GROWTH_GAP_MS: i64 = 10 * MINUTE_MS;

/// A flight of a scenario's file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlightLine {
    flight: String,
    on_block: String,
    passengers: u32,
    #[serde(default)]
    declared: Option<f64>,
    #[serde(default)]
    referred: Option<f64>,
    #[serde(default)]
    sampled: Option<f64>,
    #[serde(default)]
    off_per_min: Option<f64>,
}

/// One flight that lands.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// What it is called.
    pub flight: String,
    /// On block as planned, since midnight.
    pub on_block_ms: i64,
    /// Everybody who passes the hall.
    pub passengers: u32,
    /// Shares of them.
    pub shares: Shares,
    /// How fast they leave the aircraft.
    pub off_per_min: f64,
}

impl FlightLine {
    pub(super) fn check(&self, scenario: &Scenario, field: &str) -> Result<Landing, BadScenario> {
        let at = |name: &str| format!("{field}.{name}");
        let flight: Designator = self.flight.parse().map_err(|e| BadScenario::at(at("flight"), format!("{e}")))?;
        let usual = &scenario.people;
        let shares = Shares {
            declared: self.declared.unwrap_or(usual.declared),
            referred: self.referred.unwrap_or(usual.referred),
            sampled: self.sampled.unwrap_or(usual.sampled),
        };
        shares.check(field)?;
        let off_per_min = self.off_per_min.unwrap_or(scenario.arrival.off_per_min);
        rate(off_per_min, &at("off_per_min"))?;
        let landing = Landing {
            flight: flight.to_string(),
            on_block_ms: time_of_day(&self.on_block, &at("on_block"))?,
            passengers: self.passengers,
            shares,
            off_per_min,
        };
        landing.check_size(&at("passengers"))?;
        Ok(landing)
    }
}

impl Landing {
    /// A flight of which no more is known: what the scenario assumes holds for it.
    #[must_use]
    pub fn usual(scenario: &Scenario, flight: String, on_block_ms: i64, passengers: u32) -> Self {
        let (shares, off_per_min) = (scenario.people, scenario.arrival.off_per_min);
        Landing { flight, on_block_ms, passengers, shares, off_per_min }
    }

    pub(super) fn check_size(&self, field: &str) -> Result<(), BadScenario> {
        if self.passengers > PASSENGERS_MAX {
            let why = format!("{} people are in no aircraft; write at most {PASSENGERS_MAX}", self.passengers);
            return Err(BadScenario::at(field, why));
        }
        Ok(())
    }
}

/// The same day with more flights: `factor` 1.33 lands a third more, spread evenly over the day, each ten minutes after the
/// flight that it is modelled on. What remains of a whole flight lands as a smaller one after the last.
#[must_use]
pub fn grown(landings: &[Landing], factor: f64) -> Vec<Landing> {
    let (mut all, mut owed) = (landings.to_vec(), 0.0);
    let copy = |of: &Landing, passengers: u32| Landing {
        flight: format!("{}+", of.flight),
        on_block_ms: of.on_block_ms + GROWTH_GAP_MS,
        passengers,
        ..of.clone()
    };
    for landing in landings {
        owed += factor - 1.0;
        while owed >= 1.0 {
            all.push(copy(landing, landing.passengers));
            owed -= 1.0;
        }
    }
    if let Some(last) = landings.last() {
        let passengers = (owed * f64::from(last.passengers)).round() as u32;
        all.extend((passengers > 0).then(|| copy(last, passengers)));
    }
    all.sort_by_key(|landing| landing.on_block_ms);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::scenario::tests::GOOD;

    #[test]
    fn a_third_more_flights_are_a_third_more_people() {
        let scenario = Scenario::parse(GOOD).unwrap();
        let of = |count: i64| -> Vec<Landing> {
            (0..count).map(|at| Landing::usual(&scenario, format!("CA{at}"), at * 30 * MINUTE_MS, 150)).collect()
        };
        let people = |landings: &[Landing]| landings.iter().map(|landing| landing.passengers).sum::<u32>();
        let day = grown(&of(12), 4.0 / 3.0);
        assert_eq!((day.len(), people(&day)), (16, 2_400));
        assert!(day.is_sorted_by_key(|landing| landing.on_block_ms));
        let one = grown(&of(1), 1.33);
        assert_eq!((one.len(), one[1].passengers, one[1].flight.as_str()), (2, 50, "CA0+"));
        assert_eq!(grown(&of(3), 1.0), of(3));
    }
}
