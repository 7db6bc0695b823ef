//! Care of a PostgreSQL database: backup into and restore from the portable file, and what it says of itself.

use deadpool_postgres::Transaction;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use tokio::sync::mpsc;
use tokio_postgres::IsolationLevel;
use tokio_postgres::types::ToSql;

use super::connection::record;
use super::{Postgres, columns, failure};
use crate::backup::Files;
use crate::dialect::Dialect;
use crate::doctor::Health;
use crate::error::StoreError;
use crate::plan::Sheet;
use crate::sqlite;
use crate::statement::{KEPT, KEPT_APART, PERSON_KEY, TOMBSTONE, Write};
use crate::value::{Record, Value};

/// How many rows travel at once.
const CHUNK: i32 = 500;

/// What durability hangs on, as it is in force for a new connection.
const SETTINGS: [&str; 5] =
    ["fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names", "wal_level"];

type Chunks = mpsc::Sender<Result<Vec<Record>, StoreError>>;

impl Postgres {
    /// Reads every table in one snapshot and writes the portable file.
    pub(crate) async fn back_up(&self, files: Files) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let snapshot = snapshot.start().await.map_err(failure)?;
        for (path, tables) in [(&files.main, KEPT), (&files.keys, KEPT_APART)] {
            let mut file = Connection::open(path).map_err(|e| StoreError::backup(path, e))?;
            file.execute_batch("BEGIN").map_err(sqlite::failure)?;
            for table in tables {
                file = dump(&snapshot, file, table).await?;
            }
            file.execute_batch("COMMIT").map_err(sqlite::failure)?;
        }
        Ok(())
    }

    /// Writes a mebibyte that does not compress, and takes it back.
    pub(crate) async fn room(&self) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let trial = client.transaction().await.map_err(failure)?;
        let insert = "INSERT INTO body (owner, part, sealed) SELECT '\\x00', 0, string_agg(decode(md5(n::text), 'hex'), '') \
            FROM generate_series(1, 65536) AS n";
        trial.batch_execute(insert).await.map_err(failure)?;
        trial.rollback().await.map_err(failure)
    }

    /// Takes the portable file in, in one transaction.
    pub(crate) async fn restore(&self, files: Files) -> Result<(), StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await.map_err(failure)?;
        let mut sources: Vec<_> = KEPT.iter().map(|table| (files.main.clone(), *table)).collect();
        if files.keys.exists() {
            sources.extend([&PERSON_KEY, &TOMBSTONE].map(|table| (files.keys.clone(), table)));
        }
        for (path, table) in sources {
            let (sender, mut chunks) = mpsc::channel(2);
            let reading = tokio::task::spawn_blocking(move || read_table(&path, table, &sender));
            while let Some(chunk) = chunks.recv().await {
                insert(&transaction, table, &chunk?).await?;
            }
            reading.await.map_err(|lost| StoreError::Bug(lost.to_string()))?;
        }
        let shredded = "DELETE FROM person_key WHERE person IN (SELECT person FROM tombstone)";
        transaction.execute(shredded, &[]).await.map_err(failure)?;
        transaction.commit().await.map_err(failure)
    }

    pub(crate) async fn health(&self) -> Result<Health, StoreError> {
        let client = self.client().await?;
        let mut settings = Vec::new();
        for name in SETTINGS {
            let row = client.query_one("SELECT current_setting($1)", &[&name]).await.map_err(failure)?;
            settings.push((name.to_owned(), row.try_get(0).map_err(failure)?));
        }
        let version = client.query_one("SELECT current_setting('server_version')", &[]).await.map_err(failure)?;
        let version = version.try_get(0).map_err(failure)?;
        // The lanes raise synchronous_commit themselves; what the server does with a flush is the server's.
        let durable = settings.iter().take(2).all(|(_, value): &(String, String)| value == "on");
        Ok(Health { engine: "PostgreSQL", version, settings, durable })
    }
}

/// Takes the file and gives it back: a SQLite connection may move to another thread, but not be shared with one.
async fn dump(snapshot: &Transaction<'_>, file: Connection, table: &Write) -> Result<Connection, StoreError> {
    let statement = snapshot.prepare(&table.dump("")).await.map_err(failure)?;
    let portal = snapshot.bind(&statement, &[]).await.map_err(failure)?;
    loop {
        let rows = snapshot.query_portal(&portal, CHUNK).await.map_err(failure)?;
        if rows.is_empty() {
            return Ok(file);
        }
        let records = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        keep(&file, table, &records)?;
    }
}

fn keep(file: &Connection, table: &Write, records: &[Record]) -> Result<(), StoreError> {
    let mut statement = file.prepare_cached(&Dialect::Sqlite.write(table)).map_err(sqlite::failure)?;
    for Record(values) in records {
        statement.execute(params_from_iter(values.iter().map(Value::as_cell))).map_err(sqlite::failure)?;
    }
    Ok(())
}

fn read_table(path: &std::path::Path, table: &'static Write, chunks: &Chunks) {
    if let Err(error) = read_chunks(path, table, chunks) {
        // If nobody listens any more, the restore has failed already.
        let _ = chunks.blocking_send(Err(error));
    }
}

fn read_chunks(path: &std::path::Path, table: &Write, chunks: &Chunks) -> Result<(), StoreError> {
    let failed = |e: rusqlite::Error| StoreError::backup(path, e);
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let mut statement = file.prepare(&table.dump("")).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    let mut chunk = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        chunk.push(sqlite::record(row, table.width())?);
        if chunk.len() == CHUNK as usize && chunks.blocking_send(Ok(std::mem::take(&mut chunk))).is_err() {
            return Ok(());
        }
    }
    let _ = chunks.blocking_send(Ok(chunk));
    Ok(())
}

async fn insert(transaction: &Transaction<'_>, table: &'static Write, chunk: &[Record]) -> Result<(), StoreError> {
    let cells = chunk.iter().flat_map(|Record(values)| values.iter().map(Value::as_cell)).collect();
    let columns = columns(&Sheet { write: table, cells });
    let columns: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| &**column as &(dyn ToSql + Sync)).collect();
    transaction.execute(&Dialect::Postgres.write(table), &columns).await.map(drop).map_err(failure)
}
