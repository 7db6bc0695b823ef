//! Every command as a real process, from outside: what goes in, what comes out, and the exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]

mod bulletin;
mod care;
mod demo;
mod erase;
mod filters;
mod hall;
mod load;
mod people;
mod process;
mod replay;
mod server;
mod tls;
