//! Bytes to values and back. Pure: no clock, no I/O, no ambient randomness; instants, seeds and nonces are arguments.
//!
//! One format owns one module, and every decoder has a fuzz target in `fuzz/`. ARCHITECTURE.md has the map.

pub mod fhir;
pub mod instrument;
pub mod label;
mod lines;
pub mod manifest_csv;
pub mod mrz;
pub mod pass;
pub mod paxlst;
pub mod qr;
pub mod schedule_csv;
pub mod trust;
