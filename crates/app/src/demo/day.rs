//! The demo's flights as they stand now: those of the last twelve hours have come, those of the next twelve are due.

use jiff::{SignedDuration, Timestamp, ToSpan};
use pratique_core::flight::{FlightForm, FlightId};
use pratique_core::port::Port;

use super::flights::{GONE, LINES, Line, Turn};
use crate::failure::Failure;

/// Hours before and after now that the day spans: at noon, today from midnight to midnight.
const SPAN_H: i64 = 12;
/// An aircraft that is due within so many hours is in the air.
const AIRBORNE_H: i64 = 8;

/// One flight of the day.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its line in the table.
    pub line: &'static Line,
    /// Its id.
    pub id: FlightId,
    /// Scheduled arrival.
    pub scheduled: Timestamp,
    /// When it comes or came; never, for one that was cancelled or diverted.
    pub arrives: Option<Timestamp>,
}

/// All flights of the day, by their scheduled arrival, and the one of three days before.
///
/// # Errors
/// A clock outside the calendar.
pub fn flights(port: &Port, now: Timestamp) -> Result<Vec<Planned>, Failure> {
    let earliest = now - SignedDuration::from_hours(SPAN_H);
    let first_day = earliest.to_zoned_datetime(port.zone()).date();
    let mut day = Vec::new();
    for line in LINES {
        let today = planned(line, port, first_day)?;
        day.push(if today.scheduled >= earliest {
            today
        } else {
            planned(line, port, first_day.saturating_add(1.day()))?
        });
    }
    let long_ago = now.to_zoned_datetime(port.zone()).date().saturating_sub(4.days());
    day.push(planned(&GONE, port, long_ago)?);
    day.sort_by_key(|flight| flight.scheduled);
    Ok(day)
}

fn planned(line: &'static Line, port: &Port, date: jiff::civil::Date) -> Result<Planned, Failure> {
    let midnight = date.to_zoned_datetime(port.zone()).map_err(Failure::bug)?.timestamp();
    let scheduled = midnight + SignedDuration::from_mins(line.due_min);
    let arrives = match line.turn {
        Turn::Comes(late_min) => Some(scheduled + SignedDuration::from_mins(late_min)),
        Turn::Unscheduled => Some(scheduled),
        Turn::Cancelled | Turn::Diverted => None,
    };
    let designator = line.designator.parse().map_err(Failure::bug)?;
    Ok(Planned { line, id: FlightId { designator, date, port: port.code.clone() }, scheduled, arrives })
}

impl Planned {
    /// How long ago it came; `None` for one that has not come.
    #[must_use]
    pub fn since(&self, now: Timestamp) -> Option<SignedDuration> {
        let arrived = self.arrives.filter(|at| *at <= now)?;
        Some(now.duration_since(arrived))
    }

    /// A day before anybody declares for it, by which answers are true.
    #[must_use]
    pub fn told_on(&self) -> jiff::civil::Date {
        self.id.date.saturating_sub(2.days())
    }

    /// The earlier of scheduled and actual arrival, from which the 24 hours are counted.
    #[must_use]
    pub fn reference(&self) -> Timestamp {
        self.arrives.map_or(self.scheduled, |at| at.min(self.scheduled))
    }

    /// What the schedule says of it the day before.
    #[must_use]
    pub fn first_form(&self) -> Option<FlightForm> {
        (self.line.turn != Turn::Unscheduled).then(|| FlightForm {
            origin: Some(self.line.origin.to_owned()),
            scheduled_arrival: Some(self.scheduled.to_string()),
            category: Some(self.line.category.name().to_owned()),
            ..FlightForm::default()
        })
    }

    /// What is known of it now, if that is more; and since when.
    #[must_use]
    pub fn later_form(&self, now: Timestamp) -> Option<(FlightForm, Timestamp)> {
        let form = self.first_form()?;
        let status = |status: &str| Some(status.to_owned());
        match (self.line.turn, self.arrives) {
            (Turn::Cancelled, _) => {
                let at = self.scheduled - SignedDuration::from_hours(13);
                Some((FlightForm { status: status("cancelled"), ..form }, at))
            }
            (Turn::Diverted, _) if self.scheduled < now => {
                let at = self.scheduled - SignedDuration::from_mins(35);
                Some((FlightForm { status: status("diverted"), ..form }, at))
            }
            (_, Some(at)) if at <= now => {
                Some((FlightForm { actual_arrival: Some(at.to_string()), status: status("landed"), ..form }, at))
            }
            (_, Some(at)) if at < now + SignedDuration::from_hours(AIRBORNE_H) => {
                let left = at - SignedDuration::from_hours(AIRBORNE_H);
                Some((FlightForm { status: status("airborne"), ..form }, left))
            }
            _ => None,
        }
    }
}
