//! What one declaration stands in: the port, its pack, the flight and its times, now.

use jiff::Timestamp;
use pratique_core::field::FieldError;
use pratique_core::flight::{Flight, FlightId, Standing, Window};
use pratique_core::port::Port;

use crate::app::App;
use crate::failure::Failure;
use crate::house::InForce;

/// The port, its pack, the flight and its times: what one declaration stands in.
#[derive(Debug)]
pub struct Setting<'a> {
    /// The port.
    pub port: &'a Port,
    /// The pack in force there.
    pub in_force: &'a InForce,
    /// The flight's name.
    pub flight_id: FlightId,
    /// The flight, if the schedule has it.
    pub flight: Option<Flight>,
    /// The times that it sets.
    pub window: Window,
    /// Now.
    pub now: Timestamp,
    /// When the declaration was made: now, or at the time on its paper.
    pub made: Timestamp,
}

impl<'a> Setting<'a> {
    /// Reads the flight and puts the setting together.
    ///
    /// # Errors
    /// An unknown port, or the store's.
    pub async fn of(app: &'a App, port: &str, flight_id: FlightId, now: Timestamp) -> Result<Self, Failure> {
        let flight = crate::lookups::flight::read(app, &flight_id).await?.map(|(flight, _)| flight);
        Setting::with(app, port, flight_id, flight, now)
    }

    /// The same where the flight was read already.
    ///
    /// # Errors
    /// An unknown port.
    pub fn with(
        app: &'a App,
        port: &str,
        flight_id: FlightId,
        flight: Option<Flight>,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let port = app.house.port(port).ok_or_else(|| Failure::field("/port", "not-a-port"))?;
        let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
        let window = window(port, &flight_id, flight.as_ref())?;
        Ok(Setting { port, in_force, flight_id, flight, window, now, made: now })
    }

    /// What is wrong with an arrival so long ago that the pass would be over before it is shown: nearly always a slip of the keys. A
    /// flight that came late, or that is still expected, is not over.
    #[must_use]
    pub fn over(&self) -> Option<FieldError> {
        (self.made > self.window.valid_until).then(|| FieldError::new("/trip/date", "trip-over"))
    }

    /// A declaration made then counts under the schedule as it stands.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.flight.is_some() && self.window.standing(self.made, false) != Standing::Early
    }
}

/// The times that a flight sets; for one that is not on the schedule, those of the traveller's own date.
///
/// # Errors
/// A date outside the calendar.
pub fn window(port: &Port, id: &FlightId, flight: Option<&Flight>) -> Result<Window, Failure> {
    match flight {
        Some(flight) => Ok(flight.window()),
        None => Window::of_day(id.date, &port.zone()).ok_or_else(|| Failure::field("/trip/date", "not-a-date")),
    }
}
