//! The arrival hall as a discrete-event model: flights come in, people queue at kiosk, lane, inquiry desk and sampling booth,
//! swabs go to the laboratory. A planner asks it who is through by when, and what it takes to keep a promise.
//!
//! All chance is in [`people`], drawn from a seed that is handed in: every person carries the time that they will take at each
//! station. The hall itself ([`engine`]) and the laboratory ([`laboratory`]) have no chance in them. So the same seed gives the
//! same day to the last byte, and two plans are compared on the same people (common random numbers).

pub mod clock;
pub mod engine;
pub mod erlang;
pub mod flights;
pub mod interval;
pub mod laboratory;
pub mod people;
pub mod plan;
pub mod posts;
pub mod quarters;
pub mod report;
pub mod scenario;
pub mod schedule;
pub mod service;
pub mod station;

pub use flights::Landing;
pub use plan::{Plan, plan};
pub use posts::Posts;
pub use report::{Report, simulate};
pub use scenario::{BadScenario, Scenario};
pub use station::Station;
