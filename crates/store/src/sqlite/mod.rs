//! The SQLite engine: one writer connection, two readers that never go through it.

mod care;
mod connection;
mod fallen;
mod lane;
mod migrate;
mod readers;
pub(crate) mod reserve;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::Connection;

pub(crate) use connection::{failure, open_file, private, query, record};
pub(crate) use fallen::Fallen;
pub(crate) use lane::Lane;
use readers::Readers;
use reserve::Reserve;

use crate::dialect::sqlite_text;
use crate::error::StoreError;
use crate::value::{Record, Value};

/// WAL lets any number read beside the writer; two readers fill two cores.
const READERS: usize = 2;

/// A connection that a writer's thread and rare maintenance share.
pub(crate) type Shared = Arc<Mutex<Connection>>;

/// An open SQLite database.
#[derive(Debug, Clone)]
pub(crate) struct Sqlite {
    pub(crate) writer: Shared,
    /// `None` in memory, where the one connection reads as well: a database in memory has no second one.
    readers: Option<Arc<Readers>>,
    pub(crate) path: Option<PathBuf>,
    pub(crate) fallen: Fallen,
    pub(crate) reserve: Arc<OnceLock<Reserve>>,
}

impl Sqlite {
    pub(crate) fn in_memory() -> Result<Self, StoreError> {
        let writer = Arc::new(Mutex::new(connection::open_memory()?));
        Ok(Sqlite { writer, readers: None, path: None, fallen: Fallen::new(), reserve: Arc::default() })
    }

    pub(crate) fn in_file(path: PathBuf) -> Result<Self, StoreError> {
        let named = path.clone();
        Self::opened(path).map_err(|error| error.of_file(&named))
    }

    fn opened(path: PathBuf) -> Result<Self, StoreError> {
        let (fallen, mut writer) = (Fallen::new(), open_file(&path)?);
        connection::watch_checkpoints(&mut writer, fallen.clone())?;
        let writer = Arc::new(Mutex::new(writer));
        let readers = Readers::open(&path, READERS)?;
        Ok(Sqlite { writer, readers: Some(Arc::new(readers)), path: Some(path), fallen, reserve: Arc::default() })
    }

    /// Runs one read for each set of parameters, all in one snapshot.
    pub(crate) async fn read(&self, sql: &'static str, sets: Vec<Vec<Value>>) -> Result<Vec<Vec<Record>>, StoreError> {
        self.with_reader(move |connection| {
            let text = sqlite_text(sql);
            if let [set] = sets.as_slice() {
                return Ok(vec![query(connection, text, set)?]);
            }
            let snapshot = connection.unchecked_transaction().map_err(failure)?;
            let found = sets.iter().map(|set| query(&snapshot, text, set)).collect();
            snapshot.finish().map_err(failure)?;
            found
        })
        .await
    }

    /// Runs reads of different kinds on one connection, each in a snapshot of its own.
    pub(crate) async fn read_each(
        &self,
        asks: Vec<(&'static str, Vec<Value>)>,
    ) -> Result<Vec<Vec<Record>>, StoreError> {
        let run = |connection: &mut Connection, asks: Vec<(&'static str, Vec<Value>)>| {
            asks.iter().map(|(sql, set)| query(connection, sqlite_text(sql), set)).collect()
        };
        self.with_reader(move |connection| run(connection, asks)).await
    }

    /// Runs one small write that is no part of a change, in its own transaction.
    pub(crate) async fn step(&self, sql: &'static str, set: Vec<Value>) -> Result<Vec<Record>, StoreError> {
        self.with_writer(move |connection| {
            connection.execute_batch("BEGIN IMMEDIATE").map_err(failure)?;
            let done = query(connection, sqlite_text(sql), &set)
                .and_then(|found| connection.execute_batch("COMMIT").map_err(failure).map(|()| found));
            roll_back_if_open(connection);
            done
        })
        .await
    }

    /// Lends the writer's connection to rare work (migration, restore), between two batches.
    pub(crate) async fn with_writer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (writer, fallen) = (Arc::clone(&self.writer), self.fallen.clone());
        blocking(move || {
            let mut writer = lock(&writer);
            fallen.check()?;
            fallen.seen(work(&mut writer))
        })
        .await
        .map_err(|error| self.named(error))
    }

    /// What is damaged is this file, unless it was said to be another one.
    fn named(&self, error: StoreError) -> StoreError {
        match &self.path {
            Some(path) => error.of_file(path),
            None => error,
        }
    }

    /// Lends a reader; in memory the one connection.
    pub(crate) async fn with_reader<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match &self.readers {
            Some(readers) => readers.lend(work).await.map_err(|error| self.named(error)),
            None => self.with_writer(work).await,
        }
    }
}

/// A panic elsewhere must not close the store: SQLite's own state is whole between two calls.
pub(crate) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A full disk or a failed read may have ended the transaction already; then there is nothing to roll back to.
pub(crate) fn roll_back_if_open(connection: &Connection) {
    if !connection.is_autocommit() {
        // If even this fails, the next BEGIN says so to its own callers.
        let _ = connection.execute_batch("ROLLBACK");
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(lost) => Err(StoreError::Bug(format!("a reader's thread ended: {lost}"))),
    }
}
