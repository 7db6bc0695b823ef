//! The traveller's pages as plain values, each with its template in `templates/traveller/`.

mod asks;
mod check;
mod companions;
mod find;
mod held;
mod later;
mod notice;
mod pass;
mod questions;
mod start;
mod withdraw;

pub use check::{Check, CheckRow, CheckSection, check_sections};
pub use companions::{CompanionRow, Companions, name_of};
pub use find::Find;
pub use held::{HeldPage, LookLine};
pub use later::{Later, Resume};
pub use notice::{Notice, Privacy};
pub use pass::{CompanionPass, PassPage};
pub use questions::{Questions, faults};
pub use start::{PortPick, Start};
pub use withdraw::Withdraw;
