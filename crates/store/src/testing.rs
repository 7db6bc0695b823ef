//! What tests need of a store: a PostgreSQL started for them, folders that go away, a naive model. Feature `testing`.

mod folder;
pub mod model;
mod probe;
mod server;

pub use folder::Folder;
pub use server::{Durable, fresh_postgres};

use pratique_core::id::Id;

use crate::error::StoreError;
use crate::store::{Opening, Store};

/// The `n`th identifier of a test: always the same.
#[must_use]
pub fn id(n: u64) -> Id {
    let mut random = [0x5e; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    Id::v7(1_600_000_000_000, random)
}

/// An opening for the `n`th process of a test.
#[must_use]
pub fn opening(n: u64) -> Opening {
    Opening { writer: id(n << 32), opened_by: "test".to_owned() }
}

/// Bounds a SQLite file to so many pages, as a full disk would; 0 changes nothing. Answers the pages in use.
///
/// # Errors
/// What the engine says; `Bug` on PostgreSQL, which has no such bound.
pub async fn limit_pages(store: &Store, pages: i64) -> Result<i64, StoreError> {
    store.engine.limit_pages(pages).await
}

/// Prepares every statement of the store on its engine, and answers how many there are.
///
/// # Errors
/// The engine's words about the first that it does not take.
pub async fn prepare_every_statement(store: &Store) -> Result<usize, StoreError> {
    store.engine.prepare_every_statement().await
}

/// Runs any SQL beside the store's own path, as somebody with the database's password could.
///
/// # Errors
/// What the engine says.
pub async fn meddle(store: &Store, sql: &'static str) -> Result<(), StoreError> {
    store.engine.meddle(sql).await
}
