//! Connections to SQLite: how they are set, how they bind and read, what their errors mean.

use std::path::Path;
use std::time::Duration;

use rusqlite::hooks::Wal;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params_from_iter};

use super::Fallen;
use crate::error::StoreError;
use crate::value::{Cell, Record, Value};

/// How long a writer waits for another process to finish its commit.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// What the engine says it really does for durability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Durability {
    pub(crate) journal_mode: String,
    pub(crate) synchronous: i64,
}

pub(crate) fn open_memory() -> Result<Connection, StoreError> {
    prepared(Connection::open_in_memory().map_err(failure)?)
}

/// Opens or makes a file. WAL with FULL: what was answered survives a power cut (NORMAL may roll an acknowledged commit
/// back). `secure_delete` overwrites what is deleted, so that a shredded key is gone from the file.
pub(crate) fn open_file(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        // Another process may make it in this instant: then it is there, which is all that is wanted.
        let _ = private(path);
    }
    let connection = prepared(Connection::open(path).map_err(failure)?)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(failure)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failure)?;
    Ok(connection)
}

/// The log becomes so many pages long before they go into the file (SQLite's own number).
const LOG_PAGES: i32 = 1_000;

/// As SQLite's own checkpoints, which are silent about a sync that failed.
pub(crate) fn watch_checkpoints(connection: &mut Connection, fallen: Fallen) -> Result<(), StoreError> {
    let after_commit = move |log: &mut Wal, pages: i32| {
        if pages >= LOG_PAGES
            && let Err(error) = log.checkpoint()
            && let error @ StoreError::NotSynced(_) = failure(error)
        {
            fallen.remember(error);
        }
        // A reader in the way, or a full disk, leaves the pages to the next checkpoint.
        Ok(())
    };
    connection.wal_hook(Some(after_commit)).map_err(failure)
}

/// Makes an empty file for its owner's eyes only; SQLite gives `-wal` and `-shm` the same rights.
#[cfg(unix)]
pub(crate) fn private(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
pub(crate) fn private(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)
}

pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = prepared(Connection::open_with_flags(path, flags).map_err(failure)?)?;
    // A reader opens the file for writing, since WAL readers must write to its -shm file, and then gives writing up.
    connection.pragma_update(None, "query_only", true).map_err(failure)?;
    Ok(connection)
}

fn prepared(connection: Connection) -> Result<Connection, StoreError> {
    connection.busy_timeout(BUSY_WAIT).map_err(failure)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "secure_delete", true).map_err(failure)?;
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(failure)?;
    Ok(connection)
}

impl Durability {
    pub(crate) fn of(connection: &Connection) -> Result<Self, StoreError> {
        let journal_mode = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(failure)?;
        let synchronous = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(failure)?;
        Ok(Durability { journal_mode, synchronous })
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(n) => ValueRef::Integer(*n),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Runs one statement of the store, prepared once, and reads all that it finds.
pub(crate) fn query(connection: &Connection, text: &str, set: &[Value]) -> Result<Vec<Record>, StoreError> {
    let mut statement = connection.prepare_cached(text).map_err(failure)?;
    let width = statement.column_count();
    let mut rows = statement.query(params_from_iter(set.iter().map(Value::as_cell))).map_err(failure)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(failure)? {
        found.push(record(row, width)?);
    }
    Ok(found)
}

pub(crate) fn record(row: &rusqlite::Row<'_>, width: usize) -> Result<Record, StoreError> {
    let values = (0..width).map(|at| match row.get_ref(at).map_err(failure)? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(n) => Ok(Value::Int(n)),
        ValueRef::Text(text) => {
            String::from_utf8(text.to_vec()).map(Value::Text).map_err(|e| StoreError::Bug(e.to_string()))
        }
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => Err(StoreError::Bug("a real number in a table without any".into())),
    });
    values.collect::<Result<_, StoreError>>().map(Record)
}

/// What SQLite's error means to a caller.
pub(crate) fn failure(error: rusqlite::Error) -> StoreError {
    let Some(code) = error.sqlite_error_code() else { return StoreError::Bug(error.to_string()) };
    let why = error.to_string();
    match code {
        _ if matches!(
            error.sqlite_extended_error_code(),
            Some(ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC)
        ) =>
        {
            StoreError::NotSynced(why)
        }
        ErrorCode::DiskFull => StoreError::DiskFull(why),
        ErrorCode::SystemIoFailure => StoreError::Io(why),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged { file: String::new(), why },
        ErrorCode::OutOfMemory => StoreError::NoMemory(why),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen | ErrorCode::ReadOnly => {
            StoreError::unavailable(why)
        }
        ErrorCode::ConstraintViolation => StoreError::Contended(why),
        _ => StoreError::Bug(why),
    }
}
