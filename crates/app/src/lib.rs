//! The application: what the one binary `pratique` is made of. ARCHITECTURE.md has the map of its rooms.

pub mod actions;
pub mod app;
pub mod assets;
pub mod caller;
pub mod channels;
pub mod clock;
pub mod commands;
pub mod demo;
pub mod dossier;
pub mod failure;
pub mod house;
pub mod keys;
pub mod ledger;
pub mod lookups;
pub mod once;
pub mod page;
pub mod proofs;
pub mod reasons;
pub mod rng;
pub mod serve;
pub mod setting;
pub mod verdict;
pub mod webhook;
pub mod words;
pub mod work;
