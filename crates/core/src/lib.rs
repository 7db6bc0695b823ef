//! The pure heart of Pratique. No I/O, no clock, no randomness: time and random bytes are arguments.
//!
//! One concept owns one module; ARCHITECTURE.md has the map. A command goes in, events or a refusal come out.

pub mod access;
pub mod bulletin;
pub mod code;
pub mod country;
pub mod declaration;
pub mod department;
pub mod field;
pub mod flight;
pub mod hall;
pub mod id;
pub mod identity;
pub mod journey;
pub mod laboratory;
pub mod language;
mod named;
pub mod news;
pub mod notice;
pub mod pack;
pub mod paper;
pub mod port;
pub mod proposal;
pub mod questionnaire;
pub mod retention;
pub mod rules;
pub mod sharing;
pub mod supervision;
pub mod telling;
pub mod tracing;
