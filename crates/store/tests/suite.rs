//! One suite for every engine: SQLite in memory, SQLite on disk, and a PostgreSQL that it starts itself.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the whole crate is a test, not only its test functions")]

#[path = "suite/place.rs"]
mod place;

#[path = "suite/audit.rs"]
mod audit;
#[path = "suite/backup.rs"]
mod backup;
#[path = "suite/batches.rs"]
mod batches;
#[path = "suite/changes.rs"]
mod changes;
#[path = "suite/claims.rs"]
mod claims;
#[path = "suite/faults.rs"]
mod faults;
#[path = "suite/law.rs"]
mod law;
#[path = "suite/lists.rs"]
mod lists;
#[path = "suite/neighbours.rs"]
mod neighbours;
#[path = "suite/outbox.rs"]
mod outbox;
#[path = "suite/schema.rs"]
mod schema;
#[path = "suite/torn.rs"]
mod torn;
