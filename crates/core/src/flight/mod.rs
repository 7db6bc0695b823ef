//! Flights: what is known of one arrival at this port, and the 24-hour rule that hangs on it.

pub mod balance;
mod designator;
pub mod inspection;
pub mod manifest;
mod schedule;
mod window;

pub use balance::{Balance, Whereabouts};
pub use designator::{Designator, FlightId, is_carrier};
pub use inspection::{Inspection, InspectionForm};
pub use manifest::Manifest;
pub use schedule::{Category, Flight, FlightForm, Status};
pub use window::{COUNTING_H, Standing, VALID_AFTER_ARRIVAL_H, Window};
