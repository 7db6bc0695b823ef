//! All the chance there is: who comes when, what they need, and how long they will take at each station.
//!
//! A flight draws from a stream of its own, and every person draws everything, needed or not. So one flight more, one post
//! more or another share changes nothing else: two plans are tried on the same people.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal, StandardUniform};

use super::clock::MINUTE_MS;
use super::flights::Landing;
use super::scenario::Scenario;
use super::station::Station;

/// One person on their way into the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The flight, by its place among the scenario's.
    pub flight: usize,
    /// When they come into the hall.
    pub enters_ms: i64,
    /// What they will take at each station; nothing where they do not go.
    pub service_ms: [Option<i64>; 4],
}

impl Person {
    /// The first station that they go to from `from` on.
    #[must_use]
    pub fn next(&self, from: usize) -> Option<Station> {
        Station::ALL.into_iter().skip(from).find(|station| self.service_ms[station.index()].is_some())
    }
}

/// Everybody of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// When each flight came on block.
    pub on_block_ms: Vec<i64>,
    /// The people, flight by flight.
    pub people: Vec<Person>,
}

/// Draws a day's people.
#[must_use]
pub fn draw(scenario: &Scenario, seed: u64) -> Crowd {
    let mut crowd = Crowd { on_block_ms: Vec::new(), people: Vec::new() };
    for (flight, landing) in scenario.landings.iter().enumerate() {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(flight as u64);
        let on_block_ms = on_block(scenario, landing, &mut rng);
        crowd.on_block_ms.push(on_block_ms);
        for nth in 0..landing.passengers {
            let off_ms = (f64::from(nth) * MINUTE_MS as f64 / landing.off_per_min).round() as i64;
            let first_ms = (scenario.arrival.first_off_min * MINUTE_MS as f64) as i64;
            let enters_ms = on_block_ms + first_ms + off_ms + scenario.arrival.walk.draw_ms(&mut rng);
            let service_ms = services(scenario, landing, &mut rng);
            crowd.people.push(Person { flight, enters_ms, service_ms });
        }
    }
    crowd
}

/// The schedule with its spread, cut at three standard deviations; never before the day begins.
fn on_block(scenario: &Scenario, landing: &Landing, rng: &mut ChaCha8Rng) -> i64 {
    let normal: f64 = StandardNormal.sample(rng);
    let late_ms = normal.clamp(-3.0, 3.0) * scenario.arrival.spread_min * MINUTE_MS as f64;
    (landing.on_block_ms + late_ms as i64).max(0)
}

fn services(scenario: &Scenario, landing: &Landing, rng: &mut ChaCha8Rng) -> [Option<i64>; 4] {
    let shares = &landing.shares;
    Station::ALL.map(|station| {
        let chance: f64 = StandardUniform.sample(rng);
        let takes_ms = scenario.desk(station).service.draw_ms(rng);
        let goes = match station {
            Station::Kiosk => chance >= shares.declared,
            Station::Lane => true,
            Station::Inquiry => chance < shares.referred,
            Station::Sampling => chance < shares.sampled,
        };
        goes.then_some(takes_ms)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::scenario::tests::GOOD;

    #[test]
    fn the_same_seed_draws_the_same_people_and_another_does_not() {
        let scenario = Scenario::parse(GOOD).unwrap();
        assert_eq!(draw(&scenario, 3), draw(&scenario, 3));
        assert_ne!(draw(&scenario, 3), draw(&scenario, 4));
    }

    #[test]
    fn one_flight_more_or_another_share_leaves_everybody_else_as_they_were() {
        let scenario = Scenario::parse(GOOD).unwrap();
        let mut more = scenario.clone();
        more.landings.push(Landing::usual(&scenario, "CA2".into(), 0, 30));
        assert_eq!(draw(&more, 1).people[..154], draw(&scenario, 1).people);
        let mut fewer = scenario.clone();
        fewer.landings[0].shares.referred = 0.0;
        for (with, without) in draw(&scenario, 1).people.iter().zip(draw(&fewer, 1).people) {
            assert_eq!((without.service_ms[2], with.service_ms[3]), (None, without.service_ms[3]));
        }
    }

    #[test]
    fn shares_are_kept_over_many_people() {
        let mut scenario = Scenario::parse(GOOD).unwrap();
        scenario.landings = (0..40).map(|at| Landing::usual(&scenario, format!("CA{at}"), 0, 250)).collect();
        let people = draw(&scenario, 1).people;
        let undeclared = people.iter().filter(|person| person.service_ms[0].is_some()).count();
        assert!((4_850..5_150).contains(&undeclared), "{undeclared}");
        assert!(people.iter().all(|person| person.service_ms[1].is_some() && person.service_ms[2].is_some()));
    }
}
