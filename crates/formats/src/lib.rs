//! Bytes to values and back. Pure: no clock, no randomness, no I/O.

pub mod fhir;
