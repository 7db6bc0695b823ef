//! Flights: what is known of one arrival at this port, and the 24-hour rule that hangs on it.

mod designator;
mod schedule;
mod window;

pub use designator::{Designator, FlightId, is_carrier};
pub use schedule::{Category, Flight, FlightForm, Status};
pub use window::{COUNTING_H, Standing, VALID_AFTER_ARRIVAL_H, Window};
