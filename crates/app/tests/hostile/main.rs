//! Ten thousand bad inputs (faults.md, F20, F22, F23): over every address of the API, every file it takes, the traveller's pages and
//! every command that reads lines. Always a 4xx with a stable code; nothing stored; nothing planted in the log; no panic.
//!
//! The generator is seeded, so a failure repeats.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]

#[allow(unused_macros, unused_imports, reason = "one engine is enough for what never gets to it")]
#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code, reason = "shared with tests that need all of it")]
#[path = "../traveller/browser.rs"]
mod browser;

#[allow(dead_code, reason = "shared with tests that need all of it")]
#[path = "../commands/process.rs"]
mod process;

mod files;
mod http;
mod lines;
mod pages;
mod shapes;
mod values;
