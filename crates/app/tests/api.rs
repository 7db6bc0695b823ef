//! The API over real HTTP, on every engine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]

mod support;

#[path = "api/bad_input.rs"]
mod bad_input;
#[path = "api/booth.rs"]
mod booth;
#[path = "api/checkpoint.rs"]
mod checkpoint;
#[path = "api/declarations.rs"]
mod declarations;
#[path = "api/departments.rs"]
mod departments;
#[path = "api/desk.rs"]
mod desk;
#[path = "api/document.rs"]
mod document;
#[path = "api/elsewhere.rs"]
mod elsewhere;
#[path = "api/feed.rs"]
mod feed;
#[path = "api/flights.rs"]
mod flights;
#[path = "api/guide.rs"]
mod guide;
#[path = "api/laboratory.rs"]
mod laboratory;
#[path = "api/limits.rs"]
mod limits;
#[path = "api/manifests.rs"]
mod manifests;
#[path = "api/operations.rs"]
mod operations;
#[path = "api/other_birth_date.rs"]
mod other_birth_date;
#[path = "api/paper.rs"]
mod paper;
#[path = "api/random_days.rs"]
mod random_days;
#[path = "api/rescans.rs"]
mod rescans;
#[path = "api/rights.rs"]
mod rights;
#[path = "api/same_person.rs"]
mod same_person;
#[path = "api/sampling.rs"]
mod sampling;
#[path = "api/secrecy.rs"]
mod secrecy;
#[path = "api/story.rs"]
mod story;
#[path = "api/supervision.rs"]
mod supervision;
#[path = "api/telling.rs"]
mod telling;
#[path = "api/tracing.rs"]
mod tracing;
#[path = "api/wechat.rs"]
mod wechat;
