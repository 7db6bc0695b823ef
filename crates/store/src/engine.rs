//! The one place that knows which engine is open.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use pratique_core::id::Id;

use crate::backup::Files;
use crate::batcher::{Job, serve};
use crate::change::Change;
use crate::doctor::Health;
use crate::error::StoreError;
use crate::location::Location;
use crate::postgres::{self, Postgres};
use crate::sqlite::{self, Sqlite};
use crate::value::{Record, Value};

/// An open database.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Engine {
    /// Opens the database, whatever its schema.
    pub(crate) async fn open(location: &Location) -> Result<Self, StoreError> {
        match location {
            Location::Memory => Sqlite::in_memory().map(Engine::Sqlite),
            Location::Sqlite(path) => Sqlite::in_file(path.clone()).map(Engine::Sqlite),
            Location::Postgres(url) => Postgres::at(url).map(Engine::Postgres),
        }
    }

    /// Runs one read for each set of parameters, all in one snapshot.
    pub(crate) async fn read_many(
        &self,
        sql: &'static str,
        sets: Vec<Vec<Value>>,
    ) -> Result<Vec<Vec<Record>>, StoreError> {
        if sets.is_empty() {
            return Ok(Vec::new());
        }
        // Statements hold placeholders alone, so this names nobody; it is how two paths are held to the same work.
        tracing::trace!(sql, sets = sets.len(), "read");
        match self {
            Engine::Sqlite(sqlite) => sqlite.read(sql, sets).await,
            Engine::Postgres(postgres) => postgres.read(sql, sets).await,
        }
    }

    /// Runs reads of different kinds together, each in a snapshot of its own.
    pub(crate) async fn read_each(
        &self,
        asks: Vec<(&'static str, Vec<Value>)>,
    ) -> Result<Vec<Vec<Record>>, StoreError> {
        for (sql, _) in &asks {
            tracing::trace!(sql, sets = 1, "read");
        }
        match self {
            Engine::Sqlite(sqlite) => sqlite.read_each(asks).await,
            Engine::Postgres(postgres) => postgres.read_each(asks).await,
        }
    }

    /// Runs one read.
    pub(crate) async fn read(&self, sql: &'static str, set: Vec<Value>) -> Result<Vec<Record>, StoreError> {
        Ok(self.read_many(sql, vec![set]).await?.pop().unwrap_or_default())
    }

    /// Runs one small write that is no part of a change.
    pub(crate) async fn step(&self, sql: &'static str, set: Vec<Value>) -> Result<Vec<Record>, StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.step(sql, set).await,
            Engine::Postgres(postgres) => postgres.step(sql, set).await,
        }
    }

    /// Brings the schema up to this program's, and answers the versions before and after.
    pub(crate) async fn migrate(&self, now_ms: i64) -> Result<(i64, i64), StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.migrate(now_ms).await,
            Engine::Postgres(postgres) => postgres.migrate(now_ms).await,
        }
    }

    /// The database's schema version; 0 for an empty one.
    pub(crate) async fn schema_version(&self) -> Result<i64, StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.schema_version().await,
            Engine::Postgres(postgres) => postgres.schema_version().await,
        }
    }

    /// Starts the engine's lanes, each with an audit chain of its own.
    pub(crate) fn start(&self, writer: Id, opened_by: &str) -> Result<Lanes, StoreError> {
        match self {
            Engine::Sqlite(sqlite) => {
                let mut lane = sqlite::Lane::new(sqlite, writer, opened_by.to_owned());
                Lanes::start(vec![Box::new(move |jobs| serve(jobs, |changes| lane.apply(changes)))])
            }
            Engine::Postgres(postgres) => {
                let lane = |n: u8| -> Result<Serve, StoreError> {
                    let mut lane =
                        postgres::Lane::new(postgres.dial.clone(), writer_of(writer, n), opened_by.to_owned())?;
                    Ok(Box::new(move |jobs| serve(jobs, |changes| lane.apply(changes))))
                };
                Lanes::start((0..postgres::LANES).map(lane).collect::<Result<_, _>>()?)
            }
        }
    }

    /// Copies everything into a backup's files, which are made and empty.
    pub(crate) async fn back_up(&self, files: Files) -> Result<(), StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.back_up(files).await,
            Engine::Postgres(postgres) => postgres.back_up(files).await,
        }
    }

    /// Takes a backup's files into an empty database.
    pub(crate) async fn restore(&self, files: Files) -> Result<(), StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.restore(files).await,
            Engine::Postgres(postgres) => postgres.restore(files).await,
        }
    }

    /// What the engine says of itself.
    pub(crate) async fn health(&self) -> Result<Health, StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.health().await,
            Engine::Postgres(postgres) => postgres.health().await,
        }
    }

    /// Tries whether there is room for a mebibyte; nothing of it stays.
    pub(crate) async fn room(&self) -> Result<(), StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.room().await,
            Engine::Postgres(postgres) => postgres.room().await,
        }
    }

    /// Keeps so much room for what cannot wait; PostgreSQL's disk is not ours to keep. Answers whether it is kept.
    pub(crate) async fn reserve(&self, bytes: u64) -> Result<bool, StoreError> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.reserve(bytes).await,
            Engine::Postgres(_) => Ok(true),
        }
    }

    /// Waits until a sync has failed; for ever on PostgreSQL, which stops by itself.
    pub(crate) async fn fallen(&self) -> StoreError {
        match self {
            Engine::Sqlite(sqlite) => sqlite.fallen.wait().await,
            Engine::Postgres(_) => std::future::pending().await,
        }
    }

    /// The file that holds the data, where it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.path.as_deref(),
            Engine::Postgres(_) => None,
        }
    }
}

/// Each lane's chain is named after the process's, so that two lanes never fork one.
fn writer_of(process: Id, lane: u8) -> Id {
    let mut writer = process;
    writer.0[15] ^= lane;
    writer
}

type Serve = Box<dyn FnMut(&mpsc::Receiver<Job>) + Send>;

/// The running lanes; they end, after what was sent to them is written, when this is dropped.
#[derive(Debug)]
pub(crate) struct Lanes {
    senders: Vec<mpsc::Sender<Job>>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Lanes {
    fn start(serves: Vec<Serve>) -> Result<Self, StoreError> {
        let mut lanes = Lanes { senders: Vec::new(), threads: Vec::new() };
        for (n, mut serve) in serves.into_iter().enumerate() {
            let (sender, jobs) = mpsc::channel();
            let thread = thread::Builder::new().name(format!("store-lane-{n}"));
            let running = thread.spawn(move || serve(&jobs)).map_err(StoreError::unavailable)?;
            lanes.senders.push(sender);
            lanes.threads.push(running);
        }
        Ok(lanes)
    }

    /// Sends a job to its lane.
    pub(crate) fn send(&self, job: Job) -> Result<(), StoreError> {
        let lane = route(&job.change) % self.senders.len();
        self.senders[lane].send(job).map_err(|_| StoreError::unavailable("its writer has ended"))
    }

    /// Waits until everything sent is written.
    pub(crate) fn finish(mut self) {
        self.senders.clear();
        for thread in self.threads.drain(..) {
            // A lane that panicked has said so; there is nothing left to wait for.
            let _ = thread.join();
        }
    }
}

/// An aggregate always takes the same lane: one hot row on two lanes costs four to five times.
fn route(change: &Change) -> usize {
    let gone = change.gone.first().map(|row| row.id.0.as_slice());
    let row = change.rows.first().map(|row| row.id.0.as_slice()).or(gone);
    let claim = change.claims.first().map(|claim| claim.key.as_slice());
    let subject = change.audit.first().and_then(|entry| entry.subject.as_ref()).map(|id| id.0.as_slice());
    let key = row.or(claim).or(subject).unwrap_or_default();
    // The first bytes of an identifier are the time: fold all of them.
    key.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)))
}
