//! Schema versions of a SQLite database.

use rusqlite::{Connection, OptionalExtension};

use super::{Sqlite, failure, roll_back_if_open};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::schema;

impl Sqlite {
    /// Runs the missing migrations in one transaction: a crash leaves the old schema, never half of the new one.
    pub(crate) async fn migrate(&self, now_ms: i64) -> Result<(i64, i64), StoreError> {
        self.with_writer(move |db| {
            db.execute_batch("BEGIN IMMEDIATE").map_err(failure)?;
            let done = migrate(db, now_ms);
            roll_back_if_open(db);
            done
        })
        .await
    }

    pub(crate) async fn schema_version(&self) -> Result<i64, StoreError> {
        self.with_reader(|db| version(db)).await
    }
}

fn migrate(db: &Connection, now_ms: i64) -> Result<(i64, i64), StoreError> {
    let found = version(db)?;
    if found > schema::needed() {
        return Err(StoreError::Schema { found, needed: schema::needed() });
    }
    db.execute_batch(&Dialect::Sqlite.ddl(schema::SCHEMA_TABLE)).map_err(failure)?;
    for (version, text) in schema::missing(found) {
        db.execute_batch(&Dialect::Sqlite.ddl(text)).map_err(failure)?;
        db.execute("INSERT INTO schema_version (version, at_ms) VALUES (?1, ?2)", [version, now_ms])
            .map_err(failure)?;
    }
    db.execute_batch("COMMIT").map_err(failure)?;
    Ok((found, schema::needed()))
}

fn version(db: &Connection) -> Result<i64, StoreError> {
    let known = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'";
    if db.query_row(known, [], |_| Ok(())).optional().map_err(failure)?.is_none() {
        return stranger(db);
    }
    db.query_row("SELECT COALESCE(MAX(version), 0) FROM schema_version", [], |row| row.get(0)).map_err(failure)
}

/// Version 0 of a file that is empty. One that holds other tables is another program's, and nothing is written into it.
fn stranger(db: &Connection) -> Result<i64, StoreError> {
    let any = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name LIMIT 1";
    let found = db.query_row(any, [], |row| row.get::<_, String>(0)).optional().map_err(failure)?;
    let why = |table| format!("it holds the table {table} and no schema version");
    found.map_or(Ok(0), |table| Err(StoreError::Damaged { file: String::new(), why: why(table) }))
}
