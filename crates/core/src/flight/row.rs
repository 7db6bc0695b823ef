//! One line of a schedule in CSV, every value still text: what the port imports, and what the hall's model reads.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Designator, FlightForm, FlightId};
use crate::field::FieldError;

/// A line by its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlightRow {
    /// `flight`: carrier and number.
    pub flight: Option<String>,
    /// `date`: the scheduled arrival's at the port; follows from it where left out.
    pub date: Option<String>,
    /// `passengers`: for the hall's model alone; the port's schedule does not keep it.
    pub passengers: Option<String>,
    /// The others.
    pub form: FlightForm,
}

impl FlightRow {
    /// A record under its headers.
    #[must_use]
    pub fn of(headers: &csv::StringRecord, record: &csv::StringRecord) -> Self {
        let cell = |column: &str| {
            let at = headers.iter().position(|header| header == column)?;
            record.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let form = FlightForm {
            origin: cell("origin"),
            scheduled_arrival: cell("scheduled_arrival"),
            actual_arrival: cell("actual_arrival"),
            category: cell("category"),
            status: cell("status"),
        };
        FlightRow { flight: cell("flight"), date: cell("date"), passengers: cell("passengers"), form }
    }

    /// What the flight is called.
    ///
    /// # Errors
    /// None, or one that is no flight number.
    pub fn designator(&self) -> Result<Designator, Vec<FieldError>> {
        let fault = |code| vec![FieldError::new("/flight", code)];
        let flight = self.flight.as_deref().ok_or_else(|| fault("required"))?;
        flight.parse().map_err(|_| fault("not-a-flight"))
    }

    /// Which flight the line is about: the date is the scheduled arrival's at the port, where the line does not say it.
    ///
    /// # Errors
    /// Every field that keeps it from having a name.
    pub fn id(&self, port: &str, zone: &TimeZone) -> Result<FlightId, Vec<FieldError>> {
        let designator = self.designator()?;
        let named = |date| FlightId { designator: designator.clone(), date, port: port.to_owned() };
        let date = match &self.date {
            Some(date) => date.parse().map_err(|_| vec![FieldError::new("/date", "not-a-date")])?,
            // Checked as if known: the form says what else is wrong, and only the instant is wanted here.
            None => {
                let flight = self.form.check(named(Date::ZERO), zone, true, Timestamp::MAX)?;
                flight.scheduled_arrival.to_zoned_datetime(zone.clone()).date()
            }
        };
        Ok(named(date))
    }
}
