//! The traveller's pages as a browser without scripts meets them: over real HTTP, with cookies, one form after another.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]

mod support;

#[path = "traveller/browser.rs"]
mod browser;
#[path = "traveller/declare.rs"]
mod declare;
#[path = "traveller/equal.rs"]
mod equal;
#[path = "traveller/guard.rs"]
mod guard;
#[path = "traveller/kept.rs"]
mod kept;
#[path = "traveller/kiosk.rs"]
mod kiosk;
#[path = "traveller/later.rs"]
mod later;
#[path = "traveller/own_pass.rs"]
mod own_pass;
#[path = "traveller/rights.rs"]
mod rights;
#[path = "traveller/scripted.rs"]
mod scripted;
