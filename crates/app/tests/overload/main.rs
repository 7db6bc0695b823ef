//! More than a server can do, and callers who mean it harm (faults.md F16 to F20): over real HTTP, the heavy ones against the real
//! program. What is fast is told from what is slow within each run; no figure of any one machine stands here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]
#![allow(clippy::disallowed_methods, reason = "load beside a real server lives by the machine's clock")]

mod cap;
mod classes;
#[path = "../support/crowd.rs"]
mod crowd;
mod far;
mod flood;
mod huge;
mod port;
#[allow(dead_code, reason = "shared with the tests of commands, which use more of it")]
#[path = "../commands/process.rs"]
mod process;
mod slow;
mod storm;
#[allow(unused_macros, unused_imports, reason = "shared with tests that run on every engine")]
#[path = "../support/mod.rs"]
mod support;
mod wire;
mod words;

use tokio::sync::Mutex;

/// Those who measure do so one after another: beside each other they would measure one another.
static ALONE: Mutex<()> = Mutex::const_new(());
