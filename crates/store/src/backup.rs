//! Backup and restore: one portable file for both engines, and the keys of persons in another one.
//!
//! The file is a SQLite database with the store's own tables. The keys lie in `FILE.keys`, so that they can be thrown
//! away after seven days while the file is kept: a shredded person then stays shredded in every old backup.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::change::{AuditEntry, Change};
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::schema;
use crate::sqlite::private;
use crate::statement as sql;
use crate::store::Store;

/// The two files of a backup.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    pub(crate) main: PathBuf,
    pub(crate) keys: PathBuf,
}

impl Files {
    pub(crate) fn at(path: &Path) -> Self {
        Files { main: path.to_owned(), keys: added(path, ".keys") }
    }

    /// What is written first, and renamed when it is whole.
    fn parts(&self) -> Self {
        Files { main: added(&self.main, ".part"), keys: added(&self.keys, ".part") }
    }

    /// What is wrong with a part, as of the file that was asked for.
    fn whole(&self, error: StoreError) -> StoreError {
        let parts = self.parts();
        let (main, keys) = (parts.main.display().to_string(), parts.keys.display().to_string());
        match error {
            StoreError::Backup { path, why } if path == main => StoreError::backup(&self.main, why),
            StoreError::Backup { path, why } if path == keys => StoreError::backup(&self.keys, why),
            other => other,
        }
    }
}

fn added(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

impl Store {
    /// Writes a consistent copy of the store to `path`, beside a running server, and the keys of persons to `path.keys`.
    /// On record.
    ///
    /// # Errors
    /// `Backup` if a file is there already or cannot be written; what the engine says.
    pub async fn backup(&self, path: &Path, now_ms: i64, actor: &str) -> Result<(), StoreError> {
        let files = Files::at(path);
        for file in [&files.main, &files.keys] {
            if file.exists() {
                return Err(StoreError::backup(file, "it exists already; name another one"));
            }
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(StoreError::backup(path, "there is no such folder; make it first, or name another place"));
        }
        self.noted(now_ms, actor, "store.backed-up").await?;
        let parts = files.parts();
        let written = match make_files(&parts, now_ms) {
            Ok(()) => self.engine.back_up(parts.clone()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            for part in [&parts.main, &parts.keys] {
                // What could not be written may not be there either.
                let _ = fs::remove_file(part);
            }
            return Err(files.whole(error));
        }
        rename(&parts.keys, &files.keys)?;
        rename(&parts.main, &files.main)
    }

    /// Takes a backup into this empty store, whichever engine made it; persons' keys too if `path.keys` is there, but
    /// never those of shredded persons. On record.
    ///
    /// # Errors
    /// `NotEmpty`; `Schema` or `Backup` if the file does not fit; what the engine says. Nothing was taken in then.
    pub async fn restore(&self, path: &Path, now_ms: i64, actor: &str) -> Result<(), StoreError> {
        let files = Files::at(path);
        let found = backup_version(&files.main)?;
        if files.keys.exists() {
            backup_version(&files.keys)?;
        }
        if !(schema::TABLES_SINCE..=schema::needed()).contains(&found) {
            return Err(StoreError::Schema { found, needed: schema::needed() });
        }
        for (table, count) in sql::COUNTS {
            let held = self.engine.read(count, Vec::new()).await?.pop().map_or(Ok(0), |mut record| record.int(0))?;
            if held > 0 {
                return Err(StoreError::NotEmpty(format!("{held} rows in {table}")));
            }
        }
        let main = files.main.clone();
        // The store was found empty just now: rows that do not go in are rows that no backup holds.
        self.engine.restore(files).await.map_err(|error| match error {
            StoreError::Contended(why) | StoreError::Damaged { why, .. } => damaged(&main, why),
            other => other,
        })?;
        self.noted(now_ms, actor, "store.restored").await
    }

    async fn noted(&self, at_ms: i64, actor: &str, action: &'static str) -> Result<(), StoreError> {
        let (actor, action) = (actor.to_owned(), action.to_owned());
        let audit = vec![AuditEntry { at_ms, actor, action, subject: None, detail: String::new() }];
        self.apply(Change { label: "store-care", audit, generation: true, ..Change::default() }).await.map(drop)
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|e| StoreError::backup(to, e))
}

/// Makes the two files with their empty tables, for their owner's eyes only.
fn make_files(files: &Files, now_ms: i64) -> Result<(), StoreError> {
    for path in [&files.main, &files.keys] {
        let failed = |e: &dyn std::fmt::Display| StoreError::backup(path, e);
        let _ = fs::remove_file(path);
        private(path).map_err(|e| failed(&e))?;
        let db = Connection::open(path).map_err(|e| failed(&e))?;
        db.execute_batch(&Dialect::Sqlite.ddl(schema::SCHEMA_TABLE)).map_err(|e| failed(&e))?;
        for (version, text) in schema::missing(0) {
            db.execute_batch(&Dialect::Sqlite.ddl(text)).map_err(|e| failed(&e))?;
            db.execute("INSERT INTO schema_version (version, at_ms) VALUES (?1, ?2)", [version, now_ms])
                .map_err(|e| failed(&e))?;
        }
    }
    Ok(())
}

/// The version of a backup's file, which is read through first: what is damaged is not taken in, not even in part.
fn backup_version(path: &Path) -> Result<i64, StoreError> {
    let failed = |e: rusqlite::Error| damaged(path, e);
    let db = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(failed)?;
    if found != "ok" {
        return Err(damaged(path, found.lines().last().unwrap_or_default()));
    }
    db.query_row("SELECT MAX(version) FROM schema_version", [], |row| row.get(0)).map_err(failed)
}

fn damaged(path: &Path, why: impl std::fmt::Display) -> StoreError {
    StoreError::backup(path, format!("it is damaged, or no backup of Pratique ({why}); take another copy of it"))
}
