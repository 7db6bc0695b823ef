//! A scenario: what a planner assumes, as a TOML file (docs/PLANNER.md describes every field).

use serde::Deserialize;

use super::clock::of_minutes;
use super::flights::{FlightLine, Landing};
use super::laboratory::{Laboratory, LaboratoryForm};
use super::posts::{Posts, PostsForm};
use super::schedule::Schedule;
use super::service::Service;
use super::station::Station;
use crate::language::Text;

/// More people in a day than any terminal has.
pub const PEOPLE_MAX: u64 = 200_000;
/// More flights than that.
pub const FLIGHTS_MAX: usize = 2_000;

/// What is wrong with a scenario: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", if field.is_empty() { String::new() } else { format!("{field}: ") })]
pub struct BadScenario {
    /// The field, as `flight[2].passengers`; empty where the file as a whole is meant.
    pub field: String,
    /// Why, and what to do.
    pub why: String,
}

impl BadScenario {
    /// A fault at a field.
    pub fn at(field: impl Into<String>, why: impl Into<String>) -> Self {
        BadScenario { field: field.into(), why: why.into() }
    }
}

/// What is promised to passengers.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Minutes from on block within which the last person of a flight is through the hall.
    pub within_min: f64,
    /// The share of flights for which it must hold.
    #[serde(default = "usual_share")]
    pub share: f64,
    /// Minutes from the swab within which its result is released.
    #[serde(default)]
    pub result_within_min: Option<f64>,
}

/// Nineteen flights of twenty.
fn usual_share() -> f64 {
    0.95
}

/// How people come from the aircraft to the hall.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Standard deviation of on block against the schedule, in minutes.
    #[serde(default)]
    pub spread_min: f64,
    /// Minutes from on block until the first person is off.
    pub first_off_min: f64,
    /// People off the aircraft in a minute.
    pub off_per_min: f64,
    /// The walk to the hall.
    pub walk: Service,
}

/// Shares of people, 0 to 1, each of all on board.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Declared before they land.
    pub declared: f64,
    /// Amber or red: referred to inquiry.
    pub referred: f64,
    /// Swabbed.
    pub sampled: f64,
}

/// One station.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Its posts by time of day.
    pub posts: Posts,
    /// How long one person takes.
    pub service: Service,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskForm {
    posts: PostsForm,
    service: Service,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioForm {
    name: Text,
    #[serde(default)]
    about: Text,
    promise: Promise,
    arrival: Arrival,
    people: Shares,
    kiosk: DeskForm,
    lane: DeskForm,
    inquiry: DeskForm,
    sampling: DeskForm,
    #[serde(default)]
    laboratory: Option<LaboratoryForm>,
    #[serde(default, rename = "flight")]
    flights: Vec<FlightLine>,
    #[serde(default)]
    schedule: Option<Schedule>,
}

/// A scenario that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: Text,
    /// What it shows and where its figures come from.
    pub about: Text,
    /// What is promised.
    pub promise: Promise,
    /// From the aircraft to the hall.
    pub arrival: Arrival,
    /// Shares of people, where a flight says nothing else.
    pub people: Shares,
    /// The stations, in the order of [`Station::ALL`].
    pub desks: [Desk; 4],
    /// The laboratory, where there is one.
    pub laboratory: Option<Laboratory>,
    /// The flights.
    pub landings: Vec<Landing>,
    /// A schedule to be read from a file beside the scenario ([`Scenario::take_schedule`]).
    pub schedule: Option<Schedule>,
}

impl Scenario {
    /// Reads a scenario's file. If it names a schedule, that file is the caller's to read.
    ///
    /// # Errors
    /// [`BadScenario`], naming the field.
    pub fn parse(text: &str) -> Result<Self, BadScenario> {
        let form: ScenarioForm = toml::from_str(text)
            .map_err(|e| BadScenario::at("", format!("the scenario cannot be read: {}", e.to_string().trim_end())))?;
        let desk = |form: &DeskForm, station: Station| {
            let name = station.name();
            form.service.check(&format!("{name}.service"))?;
            Ok(Desk { posts: form.posts.check(&format!("{name}.posts"))?, service: form.service })
        };
        let desks = [
            desk(&form.kiosk, Station::Kiosk)?,
            desk(&form.lane, Station::Lane)?,
            desk(&form.inquiry, Station::Inquiry)?,
            desk(&form.sampling, Station::Sampling)?,
        ];
        let mut scenario = Scenario {
            laboratory: form.laboratory.as_ref().map(LaboratoryForm::check).transpose()?,
            landings: Vec::new(),
            schedule: form.schedule,
            name: form.name,
            about: form.about,
            promise: form.promise,
            arrival: form.arrival,
            people: form.people,
            desks,
        };
        scenario.check()?;
        let read = form.flights.iter().enumerate().map(|(at, line)| line.check(&scenario, &format!("flight[{at}]")));
        scenario.landings = read.collect::<Result<_, _>>()?;
        if scenario.landings.is_empty() && scenario.schedule.is_none() {
            let why = "nobody lands: add a [[flight]] with `flight`, `on_block` and `passengers`, or a [schedule]";
            return Err(BadScenario::at("flight", why));
        }
        scenario.check_size()?;
        Ok(scenario)
    }

    fn check(&self) -> Result<(), BadScenario> {
        let promise = &self.promise;
        minutes(promise.within_min, "promise.within_min", 1.0)?;
        share(promise.share, "promise.share")?;
        promise.result_within_min.map_or(Ok(()), |result| minutes(result, "promise.result_within_min", 1.0))?;
        minutes(self.arrival.spread_min, "arrival.spread_min", 0.0)?;
        minutes(self.arrival.first_off_min, "arrival.first_off_min", 0.0)?;
        rate(self.arrival.off_per_min, "arrival.off_per_min")?;
        self.arrival.walk.check("arrival.walk")?;
        self.people.check("people")
    }

    /// The flights that are to land instead of the scenario's own.
    ///
    /// # Errors
    /// [`BadScenario`], if they are too many.
    pub fn landing(mut self, landings: Vec<Landing>) -> Result<Self, BadScenario> {
        self.landings = landings;
        self.check_size()?;
        Ok(self)
    }

    /// Adds the flights of the schedule that the scenario names, now that its file was read.
    ///
    /// # Errors
    /// [`BadScenario`], naming the line.
    pub fn take_schedule(mut self, csv: &[u8]) -> Result<Self, BadScenario> {
        if let Some(schedule) = self.schedule.take() {
            self.landings.extend(schedule.read(csv, &self)?);
            self.check_size()?;
        }
        Ok(self)
    }

    fn check_size(&self) -> Result<(), BadScenario> {
        if self.landings.len() > FLIGHTS_MAX || self.passengers() > PEOPLE_MAX {
            let why = format!(
                "{} flights with {} people are more than the {FLIGHTS_MAX} and {PEOPLE_MAX} that the model takes; split the day",
                self.landings.len(),
                self.passengers()
            );
            return Err(BadScenario::at("flight", why));
        }
        Ok(())
    }

    /// Everybody on all flights.
    #[must_use]
    pub fn passengers(&self) -> u64 {
        self.landings.iter().map(|landing| u64::from(landing.passengers)).sum()
    }

    /// The promise, in milliseconds.
    #[must_use]
    pub fn within_ms(&self) -> i64 {
        of_minutes(self.promise.within_min)
    }

    /// A station as assumed.
    #[must_use]
    pub fn desk(&self, station: Station) -> &Desk {
        &self.desks[station.index()]
    }

    /// The same, to be changed.
    pub fn desk_mut(&mut self, station: Station) -> &mut Desk {
        &mut self.desks[station.index()]
    }

    /// The posts of all stations.
    #[must_use]
    pub fn posts(&self) -> [Posts; 4] {
        Station::ALL.map(|station| self.desk(station).posts.clone())
    }
}

impl Shares {
    /// Are they shares?
    ///
    /// # Errors
    /// [`BadScenario`], naming the field under `field`.
    pub fn check(&self, field: &str) -> Result<(), BadScenario> {
        let all = [("declared", self.declared), ("referred", self.referred), ("sampled", self.sampled)];
        all.into_iter().try_for_each(|(name, value)| share(value, &format!("{field}.{name}")))
    }
}

fn share(value: f64, field: &str) -> Result<(), BadScenario> {
    match (0.0..=1.0).contains(&value) {
        true => Ok(()),
        false => Err(BadScenario::at(field, format!("{value} is no share; write 0 for nobody, 1 for everybody"))),
    }
}

fn minutes(value: f64, field: &str, least: f64) -> Result<(), BadScenario> {
    match (least..=1_440.0).contains(&value) {
        true => Ok(()),
        false => Err(BadScenario::at(field, format!("{value} does not fit; write minutes from {least} to 1440"))),
    }
}

/// People a minute, through a door.
pub(super) fn rate(value: f64, field: &str) -> Result<(), BadScenario> {
    match (0.1..=600.0).contains(&value) {
        true => Ok(()),
        false => Err(BadScenario::at(field, format!("{value} does not fit; write people a minute, from 0.1 to 600"))),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A scenario whose parts tests replace.
    pub const GOOD: &str = r#"
name = { en = "One flight" }
promise = { within_min = 60 }
arrival = { first_off_min = 5, off_per_min = 20, walk = { mean_s = 120 } }
people = { declared = 0.5, referred = 1, sampled = 1 }
kiosk = { posts = 10, service = { mean_s = 90 } }
lane = { posts = 6, service = { mean_s = 20 } }
inquiry = { posts = 22, service = { mean_s = 300 } }
sampling = { posts = 26, service = { mean_s = 120 } }
[laboratory]
instruments = 4
run_min = 90
courier_every_min = 30
[[flight]]
flight = "CA746"
on_block = "08:00"
passengers = 154
"#;

    #[test]
    fn what_a_flight_does_not_say_is_the_scenarios() {
        let scenario = Scenario::parse(&GOOD.replace("passengers = 154", "passengers = 154\nsampled = 0.25")).unwrap();
        let landing = &scenario.landings[0];
        assert_eq!((landing.shares.declared, landing.shares.sampled, landing.off_per_min), (0.5, 0.25, 20.0));
        assert_eq!((scenario.promise.share, scenario.passengers()), (0.95, 154));
    }

    #[test]
    fn every_fault_names_its_field_and_what_to_do() {
        for (from, to, field) in [
            ("within_min = 60", "within_min = 0", "promise.within_min"),
            ("declared = 0.5", "declared = 50", "people.declared"),
            ("off_per_min = 20", "off_per_min = 0", "arrival.off_per_min"),
            ("posts = 22", "posts = 0", "inquiry.posts"),
            ("mean_s = 20 ", "mean_s = -20 ", "lane.service.mean_s"),
            ("\"08:00\"", "\"8 o'clock\"", "flight[0].on_block"),
            ("CA746", "746", "flight[0].flight"),
            ("= 154", "= 9000", "flight[0].passengers"),
            ("run_min = 90", "run_min = 0", "laboratory.run_min"),
            ("instruments = 4", "instruments = 0", "laboratory.instruments"),
        ] {
            let bad = Scenario::parse(&GOOD.replace(from, to)).unwrap_err();
            assert_eq!(bad.field, field, "{bad}");
            assert!(bad.why.contains("write") || bad.why.contains("must"), "{bad}");
        }
        let told = |from: &str, to: &str| Scenario::parse(&GOOD.replace(from, to)).unwrap_err().to_string();
        assert!(told("posts = 22", "posts = \"many\"").contains("a number of posts, or a list of shifts"));
        assert!(told("mean_s = 20 ", "men_s = 20 ").contains("men_s"));
        let flights = &GOOD[GOOD.find("[[flight]]").unwrap()..];
        assert!(told(flights, "").contains("nobody lands"));
    }
}
