//! Every command as a real process, from outside: what goes in, what comes out, and the exit code.

mod care;
mod demo;
mod filters;
mod people;
mod process;
mod server;
