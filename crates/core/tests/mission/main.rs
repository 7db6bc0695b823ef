//! The whole mission over random days: samples, tests, orders, handovers, contacts and the desk, in whatever order people work.
#![expect(clippy::unwrap_used, reason = "a test's own helpers may fail the test")]

mod day;
mod deeds;
mod invariants;
mod loops;
mod plays;
