//! The only SQL: one batching write path on SQLite and PostgreSQL, guarded rows, a hash-chained audit.
//!
//! The store knows nothing of journeys. An action ends in a [`Change`], which [`Store::apply`] writes whole or not at
//! all: **look** (`look.rs`) at everything the batch names, **judge** (`judge.rs`, pure) each change, **write**
//! (`plan.rs`, pure, and the engine's lane) what was accepted, in one durable commit. `docs/adr/0001-the-store.md` says why.

mod audit;
mod backup;
mod batcher;
mod change;
mod check;
mod crash;
mod dialect;
mod doctor;
mod engine;
mod error;
mod judge;
mod location;
mod look;
mod outbox;
mod plan;
mod postgres;
mod reads;
mod schema;
mod sqlite;
mod statement;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod value;
mod verify;

pub use audit::{CHAIN_OPENED, Link};
pub use change::{
    AuditEntry, Body, Change, Claim, Entry, Event, Kind, OutboxRow, Outcome, RowGone, RowWrite, StoredAnswer,
};
pub use doctor::Facts;
pub use error::StoreError;
pub use location::Location;
pub use outbox::Leased;
pub use reads::{Asked, Cursor, Glance, Held, Order, Row};
pub use store::{Opening, Store};
pub use verify::{AuditReport, Broken, ChainHead, Checkpoint};
