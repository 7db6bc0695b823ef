//! Flights from a schedule in CSV, of the very form that the port imports (docs/PLANNER.md), with one column more if wanted:
//! `passengers`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::clock::DAY_MS;
use super::flights::Landing;
use super::scenario::{BadScenario, Scenario};
use crate::flight::{Category, Flight, FlightRow, Status};

/// A schedule as a scenario names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The file, beside the scenario's.
    pub file: String,
    /// The day that is played; the file may hold others.
    pub date: Date,
    /// The port's time zone.
    pub time_zone: String,
    /// People on a flight of a category, where the line does not say; a category that is not named does not pass the hall.
    pub passengers: BTreeMap<Category, u32>,
}

impl Schedule {
    /// The day's flights out of the file.
    ///
    /// # Errors
    /// [`BadScenario`], naming the line.
    pub fn read(&self, csv: &[u8], scenario: &Scenario) -> Result<Vec<Landing>, BadScenario> {
        let zone = TimeZone::get(&self.time_zone).map_err(|_| {
            let why = format!("{:?} is not in the time zone database; write it as Asia/Shanghai", self.time_zone);
            BadScenario::at("schedule.time_zone", why)
        })?;
        let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(csv);
        let headers = reader.headers().cloned().unwrap_or_default();
        let mut landings = Vec::new();
        for (at, record) in reader.records().enumerate() {
            let field = format!("{} line {}", self.file, at + 2);
            let record = record.map_err(|e| BadScenario::at(&field, format!("not a line of CSV: {e}")))?;
            let row = FlightRow::of(&headers, &record);
            let flight = flight(&row, &zone).map_err(|why| BadScenario::at(&field, why))?;
            let typed = row.passengers.as_deref().map(str::parse::<u32>).transpose();
            let typed = typed.map_err(|_| BadScenario::at(&field, "passengers: write a whole number, as in 154"))?;
            let landing = self.landing(&flight, typed, &zone, scenario);
            landing.iter().try_for_each(|landing| landing.check_size(&field))?;
            landings.extend(landing);
        }
        if landings.is_empty() {
            let why = format!("no flight of {} with people on it is in {}", self.date, self.file);
            return Err(BadScenario::at("schedule.date", why));
        }
        landings.sort_by_key(|landing| landing.on_block_ms);
        Ok(landings)
    }

    fn landing(&self, flight: &Flight, typed: Option<u32>, zone: &TimeZone, scenario: &Scenario) -> Option<Landing> {
        let passengers = typed.or_else(|| self.passengers.get(&flight.category).copied())?;
        of_flight(flight, self.date, zone, passengers, scenario)
    }
}

fn flight(row: &FlightRow, zone: &TimeZone) -> Result<Flight, String> {
    let told = |faults: Vec<crate::field::FieldError>| {
        let line =
            |fault: &crate::field::FieldError| format!("{}: {}", fault.pointer.trim_start_matches('/'), fault.code);
        faults.iter().map(line).collect::<Vec<_>>().join("; ")
    };
    // The port plays no part here; the id has a place for one.
    let id = row.id("XXXXX", zone).map_err(told)?;
    row.form.check(id, zone, true, Timestamp::MAX).map_err(told)
}

/// A flight of the port's schedule as the hall sees it: none if it does not come, or not on that day.
#[must_use]
pub fn of_flight(
    flight: &Flight,
    date: Date,
    zone: &TimeZone,
    passengers: u32,
    scenario: &Scenario,
) -> Option<Landing> {
    let at = flight.actual_arrival.unwrap_or(flight.scheduled_arrival);
    let midnight = date.to_zoned_datetime(zone.clone()).ok()?.timestamp();
    let on_block_ms = at.as_millisecond() - midnight.as_millisecond();
    let comes = !matches!(flight.status, Status::Cancelled | Status::Diverted);
    let name = flight.id.designator.to_string();
    (comes && passengers > 0 && (0..DAY_MS).contains(&on_block_ms))
        .then(|| Landing::usual(scenario, name, on_block_ms, passengers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::scenario::tests::GOOD;

    const SCHEDULE: &str = r#"
[schedule]
file = "day.csv"
date = "2026-11-24"
time_zone = "Asia/Shanghai"
passengers = { international = 200, hmt = 150 }
"#;
    const CSV: &str = "flight,date,origin,scheduled_arrival,category,status,passengers\n\
        CA938,2026-11-24,LHR,2026-11-24T14:05,international,,\n\
        CA112,,HKG,2026-11-24T01:00:00Z,hmt,,90\n\
        CK261,2026-11-24,FRA,2026-11-24T03:00,cargo,,\n\
        CA840,2026-11-24,VIE,2026-11-24T05:00,international,cancelled,\n\
        CA841,2026-11-25,VIE,2026-11-25T05:00,international,,\n";

    fn read(csv: &str) -> Result<Scenario, BadScenario> {
        let flights = GOOD.find("[[flight]]").unwrap();
        Scenario::parse(&format!("{}{SCHEDULE}", &GOOD[..flights])).unwrap().take_schedule(csv.as_bytes())
    }

    #[test]
    fn a_schedule_gives_the_days_flights_with_people_on_them() {
        let landings = read(CSV).unwrap().landings;
        let told: Vec<_> = landings.iter().map(|l| (l.flight.as_str(), l.on_block_ms / 60_000, l.passengers)).collect();
        assert_eq!(told, [("CA112", 9 * 60, 90), ("CA938", 14 * 60 + 5, 200)]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let bad = |from: &str, to: &str| read(&CSV.replace(from, to)).unwrap_err().to_string();
        assert_eq!(bad("T14:05", "T25:05"), "day.csv line 2: scheduled_arrival: not-a-time");
        assert!(bad(",90", ",many").starts_with("day.csv line 3: passengers"));
        assert!(bad("2026-11-24", "2026-12-24").contains("date"));
    }
}
