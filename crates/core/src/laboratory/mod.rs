//! The laboratory: labels of tubes, plates with their controls, and what a run of an instrument says of each well.

pub mod assay;
pub mod call;
pub mod ct;
pub mod label;
pub mod plate;
pub mod run;
pub mod well;

pub use assay::Assay;
pub use ct::Ct;
pub use label::Label;
pub use plate::{Plate, PlateRefusal};
pub use well::Well;
