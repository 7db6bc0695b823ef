//! Care of a SQLite database: backup, restore, and what it says of itself.

use std::sync::Arc;

use rusqlite::Connection;

use super::connection::Durability;
use super::reserve::Reserve;
use super::{Sqlite, failure, open_file, roll_back_if_open};
use crate::backup::Files;
use crate::doctor::Health;
use crate::error::StoreError;
use crate::statement::{KEPT, KEPT_APART, PERSON_KEY, Write};

impl Sqlite {
    /// Copies table by table in one read transaction, so that neither a key nor a half-written batch ever reaches the
    /// main file, and the writer is not held up.
    pub(crate) async fn back_up(&self, files: Files) -> Result<(), StoreError> {
        match self.path.clone() {
            None => self.with_writer(move |db| back_up(db, &files)).await,
            Some(path) => super::blocking(move || back_up(&open_file(&path)?, &files)).await,
        }
    }

    pub(crate) async fn restore(&self, files: Files) -> Result<(), StoreError> {
        self.with_writer(move |db| {
            let keys = files.keys.exists();
            attached(db, &files, keys, |db| {
                db.execute_batch("BEGIN IMMEDIATE").map_err(failure)?;
                copy(db, "main_file.", "main.", KEPT)?;
                if keys {
                    copy(db, "keys_file.", "main.", &[&PERSON_KEY])?;
                    let also = "INSERT INTO main.tombstone SELECT person, at_ms FROM keys_file.tombstone WHERE TRUE ON CONFLICT DO NOTHING";
                    db.execute(also, []).map_err(failure)?;
                }
                db.execute("DELETE FROM main.person_key WHERE person IN (SELECT person FROM main.tombstone)", [])
                    .map_err(failure)?;
                db.execute_batch("COMMIT").map_err(failure)
            })
        })
        .await
    }

    /// Keeps so much room beside the file; whether there was that much.
    pub(crate) async fn reserve(&self, bytes: u64) -> Result<bool, StoreError> {
        let (Some(path), reserve) = (self.path.clone(), Arc::clone(&self.reserve)) else { return Ok(true) };
        super::blocking(move || {
            let kept = Reserve::open(&path, bytes)?;
            // Asked for twice, the first one stays.
            Ok(!reserve.get_or_init(|| kept).is_given())
        })
        .await
    }

    /// Writes a mebibyte into the log and takes it back: a small cache makes the engine write before a commit.
    pub(crate) async fn room(&self) -> Result<(), StoreError> {
        let reserve = Arc::clone(&self.reserve);
        self.with_writer(move |db| {
            reserve.get().map_or(Ok(()), Reserve::take_again)?;
            let cache: i64 = db.pragma_query_value(None, "cache_size", |row| row.get(0)).map_err(failure)?;
            db.pragma_update(None, "cache_size", 8).map_err(failure)?;
            let tried = db.execute_batch(
                "BEGIN IMMEDIATE; INSERT INTO body (owner, part, sealed) VALUES (x'00', 0, zeroblob(1048576))",
            );
            roll_back_if_open(db);
            db.pragma_update(None, "cache_size", cache).map_err(failure)?;
            tried.map_err(failure)
        })
        .await
    }

    pub(crate) async fn health(&self) -> Result<Health, StoreError> {
        let on_disk = self.path.is_some();
        self.with_writer(move |db| {
            let Durability { journal_mode, synchronous } = Durability::of(db)?;
            // 2 is FULL, 3 is EXTRA (SQLite, PRAGMA synchronous).
            let durable = on_disk && journal_mode == "wal" && synchronous >= 2;
            let settings = vec![("journal_mode".into(), journal_mode), ("synchronous".into(), synchronous.to_string())];
            Ok(Health { engine: "SQLite", version: rusqlite::version().to_owned(), settings, durable })
        })
        .await
    }
}

fn back_up(db: &Connection, files: &Files) -> Result<(), StoreError> {
    attached(db, files, true, |db| {
        db.execute_batch("BEGIN").map_err(failure)?;
        copy(db, "main.", "main_file.", KEPT)?;
        copy(db, "main.", "keys_file.", KEPT_APART)?;
        db.execute_batch("COMMIT").map_err(failure)
    })
}

fn copy(db: &Connection, from: &str, to: &str, tables: &[&Write]) -> Result<(), StoreError> {
    for table in tables {
        let text = format!("INSERT INTO {to}{} ({}) {}", table.table, table.names().join(", "), table.dump(from));
        db.execute(&text, []).map_err(failure)?;
    }
    Ok(())
}

/// Attaches the backup's files for the time of the work.
fn attached(
    db: &Connection,
    files: &Files,
    keys: bool,
    work: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let attach = |path: &std::path::Path, name: &str| {
        let text = path.to_str().ok_or_else(|| StoreError::backup(path, "its name is not UTF-8"))?;
        db.execute(&format!("ATTACH DATABASE ?1 AS {name}"), [text]).map_err(|e| StoreError::backup(path, e))
    };
    let done = attach(&files.main, "main_file")
        .and_then(|_| if keys { attach(&files.keys, "keys_file") } else { Ok(0) })
        .and_then(|_| work(db));
    roll_back_if_open(db);
    for name in ["main_file", "keys_file"] {
        // One that was never attached cannot be detached, and need not be.
        let _ = db.execute_batch(&format!("DETACH DATABASE {name}"));
    }
    done
}
