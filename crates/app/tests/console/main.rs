//! The staff's pages from outside, over real HTTP: what an officer, a medical officer, a planner and an airline see and do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its own functions too"
)]

mod browser;
mod departments;
mod desk;
mod desk_samples;
mod flight_samples;
mod flights;
mod hall;
mod headers;
mod inbox_samples;
mod kept;
mod laboratory;
mod laboratory_samples;
mod lane;
mod lane_samples;
mod lock;
mod owed;
mod paper;
mod paper_samples;
mod plain;
mod replay;
mod roles;
mod samples;
mod sign_in;
mod spot;
mod supervision;
mod supervision_samples;
#[path = "../support/mod.rs"]
mod support;
