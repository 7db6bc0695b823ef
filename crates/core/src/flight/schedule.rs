//! One flight as the port's schedule has it, and the form in which a flight is handed in.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{FlightId, Window};
use crate::field::{FieldError, named};

/// Clocks differ: an actual arrival may lie so many minutes ahead of ours.
const AHEAD_MIN_MAX: i64 = 10;
/// No flight arrives more than so many hours before its schedule.
const EARLY_H_MAX: i64 = 24;

/// Flight categories, as the bulletin counts them (product.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// International passenger flight.
    International,
    /// Passenger flight from Hong Kong, Macao or Taiwan.
    Hmt,
    /// Cargo flight: crew alone.
    Cargo,
    /// Domestic leg of an international itinerary.
    DomesticTransfer,
    /// Private flight.
    Private,
}

impl Category {
    /// All, in the order of the bulletin.
    pub const ALL: [Category; 5] =
        [Category::International, Category::Hmt, Category::Cargo, Category::DomesticTransfer, Category::Private];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Category::International => "international",
            Category::Hmt => "hmt",
            Category::Cargo => "cargo",
            Category::DomesticTransfer => "domestic-transfer",
            Category::Private => "private",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == text.trim())
    }
}

/// Where the flight is. Later issues add the inspection and the disembarking between `landed` and the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// On the schedule.
    Scheduled,
    /// In the air.
    Airborne,
    /// On block: it has an actual arrival.
    Landed,
    /// Will not fly.
    Cancelled,
    /// Went to another port.
    Diverted,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 5] =
        [Status::Scheduled, Status::Airborne, Status::Landed, Status::Cancelled, Status::Diverted];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::Airborne => "airborne",
            Status::Landed => "landed",
            Status::Cancelled => "cancelled",
            Status::Diverted => "diverted",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == text.trim())
    }
}

/// A flight as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flight {
    /// Its id.
    pub id: FlightId,
    /// Where it comes from, IATA code of three letters.
    pub origin: String,
    /// Scheduled arrival.
    pub scheduled_arrival: Timestamp,
    /// Actual arrival (on block), once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_arrival: Option<Timestamp>,
    /// Its category.
    pub category: Category,
    /// Where it is.
    pub status: Status,
}

impl Flight {
    /// The times that it sets for declarations.
    #[must_use]
    pub fn window(&self) -> Window {
        Window::of(self.scheduled_arrival, self.actual_arrival)
    }

    /// When it came to this port, as the bulletin counts it: its actual arrival, once that is known. What is only scheduled has
    /// not come; what was cancelled or went to another port never does, whatever arrival was written down for it.
    #[must_use]
    pub fn came_at(&self) -> Option<Timestamp> {
        match self.status {
            Status::Cancelled | Status::Diverted => None,
            Status::Scheduled | Status::Airborne | Status::Landed => self.actual_arrival,
        }
    }
}

/// A flight as somebody hands it in: every value still text, from JSON, a CSV row or the console's form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlightForm {
    /// IATA code of the origin.
    #[serde(default)]
    pub origin: Option<String>,
    /// RFC 3339 instant, or a local time at the port (`2026-11-24T14:05`).
    #[serde(default)]
    pub scheduled_arrival: Option<String>,
    /// The same, once known.
    #[serde(default)]
    pub actual_arrival: Option<String>,
    /// Category name.
    #[serde(default)]
    pub category: Option<String>,
    /// Status name; derived from the actual arrival when left out.
    #[serde(default)]
    pub status: Option<String>,
}

impl FlightForm {
    /// Checks the form into a flight; all faults at once. The id's date must be the scheduled arrival's local date, unless the
    /// flight is `known` already: then it keeps its name when it moves past midnight.
    pub fn check(&self, id: FlightId, zone: &TimeZone, known: bool, now: Timestamp) -> Result<Flight, Vec<FieldError>> {
        let mut faults = Vec::new();
        let origin = self.origin.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
        if origin.len() != 3 || !origin.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.push(FieldError::new("/origin", if origin.is_empty() { "required" } else { "not-an-airport" }));
        }
        let scheduled = instant(self.scheduled_arrival.as_deref(), "/scheduled_arrival", zone, &mut faults);
        if scheduled.is_none() && !faults.iter().any(|f| f.pointer == "/scheduled_arrival") {
            faults.push(FieldError::new("/scheduled_arrival", "required"));
        }
        let actual_arrival = instant(self.actual_arrival.as_deref(), "/actual_arrival", zone, &mut faults);
        if let Some(actual) = actual_arrival {
            faults.extend(impossible(actual, scheduled, now).map(|code| FieldError::new("/actual_arrival", code)));
        }
        let category = named(
            self.category.as_deref(),
            (Category::parse, Category::ALL.map(Category::name)),
            "/category",
            &mut faults,
        );
        if category.is_none() && !faults.iter().any(|f| f.pointer == "/category") {
            faults.push(FieldError::new("/category", "required"));
        }
        let status =
            named(self.status.as_deref(), (Status::parse, Status::ALL.map(Status::name)), "/status", &mut faults);
        if let Some(scheduled) = scheduled.filter(|_| !known)
            && scheduled.to_zoned_datetime(zone.clone()).date() != id.date
        {
            let local = scheduled.to_zoned_datetime(zone.clone()).date();
            faults.push(FieldError::new("/scheduled_arrival", "other-date-than-id").with("date", local));
        }
        let (Some(scheduled_arrival), Some(category), true) = (scheduled, category, faults.is_empty()) else {
            return Err(faults);
        };
        let status = status.unwrap_or(if actual_arrival.is_some() { Status::Landed } else { Status::Scheduled });
        Ok(Flight { id, origin, scheduled_arrival, actual_arrival, category, status })
    }
}

/// An arrival that has not happened yet, or one so long before the schedule that it is another flight's.
fn impossible(actual: Timestamp, scheduled: Option<Timestamp>, now: Timestamp) -> Option<&'static str> {
    let too_early = |scheduled: Timestamp| actual < scheduled - SignedDuration::from_hours(EARLY_H_MAX);
    match scheduled {
        _ if actual - SignedDuration::from_mins(AHEAD_MIN_MAX) > now => Some("time-in-future"),
        Some(scheduled) if too_early(scheduled) => Some("too-long-before-schedule"),
        _ => None,
    }
}

/// An instant from RFC 3339, or from a local time at the port. A local time that a clock change skips or doubles is taken as
/// RFC 5545 (3.3.5) does: the offset before the gap, the first of two.
fn instant(text: Option<&str>, pointer: &str, zone: &TimeZone, faults: &mut Vec<FieldError>) -> Option<Timestamp> {
    let text = text.map(str::trim).filter(|t| !t.is_empty())?;
    let local =
        || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned_datetime(zone.clone()).ok().map(|z| z.timestamp());
    let found = text.parse::<Timestamp>().ok().or_else(local).filter(is_plausible);
    if found.is_none() {
        faults.push(FieldError::new(pointer, "not-a-time"));
    }
    found
}

/// Years 2000 to 2199: what lies outside is a typing mistake, and arithmetic on it could leave the calendar.
fn is_plausible(at: &Timestamp) -> bool {
    (946_684_800..7_258_118_400).contains(&at.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> FlightForm {
        FlightForm {
            origin: Some("cdg".into()),
            scheduled_arrival: Some("2026-11-24T06:00:00Z".into()),
            category: Some("international".into()),
            ..FlightForm::default()
        }
    }

    fn now() -> Timestamp {
        "2026-11-24T06:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_arrival_that_cannot_be_is_told() {
        for (actual, code) in [
            ("2026-11-24T06:09:00Z", None),
            ("2026-11-24T06:11:00Z", Some("time-in-future")),
            ("2026-11-23T06:00:00Z", None),
            ("2026-11-23T05:59:00Z", Some("too-long-before-schedule")),
        ] {
            let form = FlightForm { actual_arrival: Some(actual.into()), ..form() };
            let told = form.check("CA938-2026-11-24-CNPEK".parse().unwrap(), &beijing(), false, now()).err();
            let told = told.map(|faults| (faults[0].pointer.clone(), faults[0].code.clone()));
            assert_eq!(told, code.map(|code| ("/actual_arrival".to_owned(), code.to_owned())), "{actual}");
        }
    }

    fn beijing() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn a_local_time_is_the_ports() {
        let id: FlightId = "CA938-2026-11-24-CNPEK".parse().unwrap();
        let local = FlightForm { scheduled_arrival: Some("2026-11-24T14:00".into()), ..form() };
        assert_eq!(local.check(id.clone(), &beijing(), false, now()), form().check(id, &beijing(), false, now()));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let bad =
            FlightForm { category: Some("bus".into()), actual_arrival: Some("soon".into()), ..FlightForm::default() };
        let faults = bad.check("CA938-2026-11-24-CNPEK".parse().unwrap(), &beijing(), false, now()).unwrap_err();
        let told: Vec<_> = faults.iter().map(|f| (f.pointer.as_str(), f.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("/origin", "required"),
                ("/scheduled_arrival", "required"),
                ("/actual_arrival", "not-a-time"),
                ("/category", "not-an-option")
            ]
        );
    }

    #[test]
    fn the_ids_date_is_the_local_date_of_a_new_flight_and_stays_when_it_moves() {
        let other_day: FlightId = "CA938-2026-11-25-CNPEK".parse().unwrap();
        assert_eq!(
            form().check(other_day.clone(), &beijing(), false, now()).unwrap_err()[0].code,
            "other-date-than-id"
        );
        assert!(form().check(other_day, &beijing(), true, now()).is_ok());
    }

    #[test]
    fn an_actual_arrival_means_landed() {
        let landed = FlightForm { actual_arrival: Some("2026-11-24T05:50:00Z".into()), ..form() };
        let flight = landed.check("CA938-2026-11-24-CNPEK".parse().unwrap(), &beijing(), false, now()).unwrap();
        assert_eq!(flight.status, Status::Landed);
    }
}
