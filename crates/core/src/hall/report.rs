//! What the model says, over several seeds: the answer first, then flights, stations by quarter of an hour, the laboratory.

use serde::Serialize;

use super::clock::{HORIZON_MS, QUARTER_MS, words};
use super::engine::{self, Day};
use super::interval::{Share, Spread, quantile};
use super::laboratory::{Laboratory, Run, Tested};
use super::people::{self, Crowd};
use super::quarters::{Quarter, Series};
use super::scenario::Scenario;
use super::station::Station;

/// The answer, in one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Flights that land.
    pub flights: usize,
    /// People on them.
    pub people: u64,
    /// Runs.
    pub runs: u32,
    /// The first run's seed; the others follow it.
    pub seed: u64,
    /// The promise: minutes from on block until the last person is through.
    pub within_min: f64,
    /// The share of flights that must keep it.
    pub promised_share: f64,
    /// The share of flights that kept it, over all runs.
    pub kept: Share,
    /// Whether that is enough.
    pub is_kept: bool,
    /// Minutes from on block until the last person of a flight is through, over flights and runs.
    pub through_min: Spread,
    /// The flight that takes longest.
    pub slowest: String,
    /// The station that costs people the most time in its queue; none where nobody waits.
    pub longest_queue: Option<Station>,
    /// People who were never through, as a mean over the runs: a station that closes while they wait.
    pub never_through: f64,
}

/// One flight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlightReport {
    /// Its name.
    pub flight: String,
    /// On block as planned.
    pub on_block: String,
    /// People.
    pub passengers: u32,
    /// Minutes from on block until the last one is through.
    pub through_min: Spread,
    /// Minutes from the first one in the hall until the last one is through.
    pub hall_min: Spread,
    /// How often the promise was kept.
    pub kept: Share,
    /// When the last of its results is released: the median of the runs, and the time that it is later than in one of twenty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_by: Option<[String; 2]>,
}

/// One station.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StationReport {
    /// Which.
    pub station: Station,
    /// The most posts that are ever open.
    pub posts_most: u32,
    /// Wait over all people and runs, in seconds: median.
    pub wait_s_p50: i64,
    /// One in twenty waits longer.
    pub wait_s_p95: i64,
    /// The longest.
    pub wait_s_max: i64,
    /// By quarter of an hour.
    pub quarters: Vec<Quarter>,
}

/// The laboratory.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LaboratoryReport {
    /// Samples, as a mean over the runs.
    pub samples: f64,
    /// Plates.
    pub plates: f64,
    /// Share of a plate's places that held a sample.
    pub filled: f64,
    /// Minutes from swab to result.
    pub result_min: Spread,
    /// By quarter of an hour; who waits is a sample, a post is an instrument.
    pub quarters: Vec<Quarter>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The answer.
    pub answer: Answer,
    /// Flights, in the scenario's order.
    pub flights: Vec<FlightReport>,
    /// Stations, in the order of the way.
    pub stations: Vec<StationReport>,
    /// The laboratory, where there is one.
    pub laboratory: Option<LaboratoryReport>,
}

/// How a flight went in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// From on block until the last person was through; until the model's end for whoever never was.
    pub through_ms: i64,
    /// From the first person in the hall.
    pub hall_ms: i64,
}

/// How each flight went; nothing for one without people.
#[must_use]
pub fn passages(crowd: &Crowd, day: &Day) -> Vec<Option<Passage>> {
    let mut spans: Vec<Option<(i64, i64)>> = vec![None; crowd.on_block_ms.len()];
    for (person, left) in crowd.people.iter().zip(&day.left_ms) {
        let left = left.unwrap_or(HORIZON_MS);
        let span = spans[person.flight].get_or_insert((person.enters_ms, left));
        *span = (span.0.min(person.enters_ms), span.1.max(left));
    }
    let passage = |(span, on_block): (&Option<(i64, i64)>, &i64)| {
        span.map(|(first, last)| Passage { through_ms: last - on_block, hall_ms: last - first })
    };
    spans.iter().zip(&crowd.on_block_ms).map(passage).collect()
}

/// A day's swabs, each with its flight, in the order of time.
#[must_use]
pub fn swabs(crowd: &Crowd, day: &Day) -> Vec<(i64, usize)> {
    let taken = day.visits.iter().filter(|visit| visit.station == Station::Sampling);
    let mut all: Vec<_> =
        taken.filter_map(|visit| Some((visit.ended_ms?, crowd.people[visit.person].flight))).collect();
    all.sort_unstable();
    all
}

#[derive(Default)]
struct Gathered {
    passages: Vec<Vec<Passage>>,
    results: Vec<Vec<i64>>,
    stations: [Series; 4],
    never: u64,
    laboratory: Series,
    tested: Vec<i64>,
    plates: u32,
}

/// Runs a scenario with `runs` seeds from `seed` on.
#[must_use]
pub fn simulate(scenario: &Scenario, seed: u64, runs: u32) -> Report {
    let (flights, posts) = (scenario.landings.len(), scenario.posts());
    let none = || vec![Vec::new(); flights];
    let mut all = Gathered { results: none(), passages: vec![Vec::new(); flights], ..Gathered::default() };
    for nth in 0..runs {
        let crowd = people::draw(scenario, seed.wrapping_add(u64::from(nth)));
        let day = engine::run(&crowd.people, &posts);
        all.take(scenario, &crowd, &day);
    }
    all.report(scenario, seed, runs)
}

impl Gathered {
    fn take(&mut self, scenario: &Scenario, crowd: &Crowd, day: &Day) {
        for (flight, passage) in passages(crowd, day).into_iter().enumerate() {
            self.passages[flight].extend(passage);
        }
        self.never += day.left_ms.iter().filter(|left| left.is_none()).count() as u64;
        for station in Station::ALL {
            let visits = || day.visits.iter().filter(move |visit| visit.station == station);
            let waits: Vec<_> = visits().map(|visit| (visit.came_ms, visit.began_ms)).collect();
            let work = visits().filter_map(|visit| Some((visit.began_ms?, visit.ended_ms.unwrap_or(HORIZON_MS))));
            let posts = &scenario.desk(station).posts;
            self.stations[station.index()].add(&waits, work, |from| posts.open_ms(from));
        }
        if let Some(laboratory) = &scenario.laboratory {
            self.take_swabs(laboratory, &swabs(crowd, day));
        }
    }

    fn take_swabs(&mut self, laboratory: &Laboratory, swabs: &[(i64, usize)]) {
        let times: Vec<i64> = swabs.iter().map(|(at, _)| *at).collect();
        let (tested, runs): (Vec<Tested>, Vec<Run>) = laboratory.test(&times);
        let mut last: Vec<Option<i64>> = vec![None; self.results.len()];
        for (one, (_, flight)) in tested.iter().zip(swabs) {
            last[*flight] = last[*flight].max(Some(one.result_ms));
            self.tested.push(one.result_ms - one.swab_ms);
        }
        self.results.iter_mut().zip(last).for_each(|(all, last)| all.extend(last));
        self.plates += runs.len() as u32;
        let waits: Vec<_> = tested.iter().map(|one| (one.ready_ms, Some(one.run_ms))).collect();
        let work = runs.iter().map(|run| (run.began_ms, run.ended_ms));
        self.laboratory.add(&waits, work, |_| i64::from(laboratory.instruments) * QUARTER_MS);
    }

    fn report(mut self, scenario: &Scenario, seed: u64, runs: u32) -> Report {
        let flights: Vec<_> =
            (0..scenario.landings.len()).map(|flight| self.flight(scenario, flight, runs as usize)).collect();
        let stations: Vec<_> = Station::ALL.into_iter().map(|station| self.station(scenario, station)).collect();
        let laboratory = scenario.laboratory.as_ref().map(|laboratory| self.laboratory(laboratory, runs));
        let answer = self.answer(scenario, &flights, seed, runs);
        Report { answer, flights, stations, laboratory }
    }

    fn answer(&self, scenario: &Scenario, flights: &[FlightReport], seed: u64, runs: u32) -> Answer {
        let through: Vec<i64> = self.passages.iter().flatten().map(|passage| passage.through_ms).collect();
        let kept = kept_share(&through, scenario.within_ms());
        let slowest = flights.iter().max_by(|a, b| a.through_min.p95.total_cmp(&b.through_min.p95));
        let cost = |station: &Station| self.stations[station.index()].waits_ms().iter().sum::<i64>();
        let longest = Station::ALL.into_iter().max_by_key(cost).filter(|station| cost(station) > 0);
        Answer {
            flights: flights.len(),
            people: scenario.passengers(),
            runs,
            seed,
            within_min: scenario.promise.within_min,
            promised_share: scenario.promise.share,
            kept: Share::seen(kept, runs as usize),
            is_kept: kept >= scenario.promise.share,
            through_min: Spread::of_minutes(through),
            slowest: slowest.map(|flight| flight.flight.clone()).unwrap_or_default(),
            longest_queue: longest,
            never_through: (self.never as f64 * 10.0 / f64::from(runs.max(1))).round() / 10.0,
        }
    }

    fn flight(&mut self, scenario: &Scenario, at: usize, runs: usize) -> FlightReport {
        let (landing, passages) = (&scenario.landings[at], &self.passages[at]);
        let through: Vec<i64> = passages.iter().map(|passage| passage.through_ms).collect();
        let results = &mut self.results[at];
        results.sort_unstable();
        FlightReport {
            flight: landing.flight.clone(),
            on_block: words(landing.on_block_ms),
            passengers: landing.passengers,
            kept: Share::seen(kept_share(&through, scenario.within_ms()), runs),
            through_min: Spread::of_minutes(through),
            hall_min: Spread::of_minutes(passages.iter().map(|passage| passage.hall_ms).collect()),
            results_by: (!results.is_empty()).then(|| [0.5, 0.95].map(|q| words(quantile(results, q)))),
        }
    }

    fn station(&self, scenario: &Scenario, station: Station) -> StationReport {
        let series = &self.stations[station.index()];
        let waits = series.waits_ms();
        let wait = |q| (quantile(&waits, q) + 500) / 1_000;
        StationReport {
            station,
            posts_most: scenario.desk(station).posts.most(),
            wait_s_p50: wait(0.5),
            wait_s_p95: wait(0.95),
            wait_s_max: wait(1.0),
            quarters: series.quarters(),
        }
    }

    fn laboratory(&mut self, laboratory: &Laboratory, runs: u32) -> LaboratoryReport {
        let mean = |count: f64| (count * 10.0 / f64::from(runs.max(1))).round() / 10.0;
        let places = f64::from(self.plates) * f64::from(laboratory.plate);
        LaboratoryReport {
            samples: mean(self.tested.len() as f64),
            plates: mean(f64::from(self.plates)),
            filled: (self.tested.len() as f64 * 1_000.0 / places.max(1.0)).round() / 1_000.0,
            result_min: Spread::of_minutes(std::mem::take(&mut self.tested)),
            quarters: self.laboratory.quarters(),
        }
    }
}

/// The share of flights through in time; all, where nobody flew.
#[must_use]
pub fn kept_share(through_ms: &[i64], within_ms: i64) -> f64 {
    let kept = through_ms.iter().filter(|through| **through <= within_ms).count();
    if through_ms.is_empty() { 1.0 } else { kept as f64 / through_ms.len() as f64 }
}
