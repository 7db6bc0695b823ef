//! The store's handle: open, migrate, apply.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pratique_core::id::Id;
use tokio::sync::oneshot;

use crate::audit::Link;
use crate::batcher::Job;
use crate::change::{AuditEntry, Change, Outcome};
use crate::engine::{Engine, Lanes};
use crate::error::StoreError;
use crate::location::Location;
use crate::schema;
use crate::statement as sql;
use crate::value::Value;

/// Who opens the store: names this process's audit chains.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Fresh for each process, and random: it names the audit chain (each lane derives its own from it).
    pub writer: Id,
    /// Who stands in the record that opens the chain, such as `server` or `command line`.
    pub opened_by: String,
}

/// An open store. Cheap to clone; its lanes end with the last clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) engine: Engine,
    lanes: Arc<Lanes>,
    full: Arc<AtomicBool>,
}

impl Store {
    /// Brings the database's schema up to this program's, making it if there is none; answers the versions before and after.
    ///
    /// # Errors
    /// `Schema` if the database is newer than this program; otherwise what the engine says.
    pub async fn migrate(location: &Location, now_ms: i64) -> Result<(i64, i64), StoreError> {
        Engine::open(location).await?.migrate(now_ms).await
    }

    /// Opens a migrated database. One in memory is made on the spot.
    ///
    /// # Errors
    /// `Schema` if it must be migrated first; `Unavailable` if it cannot be reached.
    pub async fn open(location: &Location, opening: Opening) -> Result<Self, StoreError> {
        let engine = Engine::open(location).await?;
        if *location == Location::Memory {
            engine.migrate(0).await?;
        }
        fits(&engine).await?;
        let lanes = Arc::new(engine.start(opening.writer, &opening.opened_by)?);
        Ok(Store { engine, lanes, full: Arc::default() })
    }

    /// Does the database still have the schema that this program needs? Another process may have migrated it since.
    ///
    /// # Errors
    /// `Schema` if it has another; otherwise what the engine says.
    pub async fn fits(&self) -> Result<(), StoreError> {
        fits(&self.engine).await
    }

    /// Writes a change, all of it or nothing, and answers once it is durable.
    ///
    /// # Errors
    /// Nothing was written: the change is malformed, or the database cannot take it now.
    pub async fn apply(&self, change: Change) -> Result<Outcome, StoreError> {
        change.check()?;
        let (reply, settled) = oneshot::channel();
        self.lanes.send(Job { change, reply })?;
        let settled = settled.await.map_err(|_| StoreError::unavailable("its writer has ended"))?;
        if let Err(StoreError::DiskFull(_)) = &settled {
            self.full.store(true, Ordering::Relaxed);
        }
        settled
    }

    /// Whether the disk was full, and [`Store::room`] has found none since. What is small may still fit into its last pages.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Keeps so many bytes of the disk for what cannot wait (all but [`Change::yields`]), once for each store.
    ///
    /// # Errors
    /// The file cannot be made. A disk that is full already is no error: then the store begins as one that is.
    pub async fn reserve(&self, bytes: u64) -> Result<(), StoreError> {
        if !self.engine.reserve(bytes).await? {
            self.full.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Waits until the disk did not confirm a write. Nothing is written after that: whoever serves must stop.
    pub async fn fallen(&self) -> StoreError {
        self.engine.fallen().await
    }

    /// Tries whether there is room for a mebibyte, and leaves nothing of it behind.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`]; otherwise what the engine says.
    pub async fn room(&self) -> Result<(), StoreError> {
        let tried = self.engine.room().await;
        match &tried {
            Ok(()) => self.full.store(false, Ordering::Relaxed),
            Err(StoreError::DiskFull(_)) => self.full.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        tried
    }

    /// Drops up to `limit` stored answers whose time is over at `now_ms`, on record; answers how many.
    ///
    /// # Errors
    /// As `apply`.
    pub async fn purge_answers(&self, now_ms: i64, limit: u32, actor: &str) -> Result<usize, StoreError> {
        let set = vec![Value::Int(now_ms), Value::Int(i64::from(limit))];
        let found = self.engine.read(sql::ANSWERS_EXPIRED, set).await?;
        let forget = found.into_iter().map(|mut record| record.array(0)).collect::<Result<Vec<_>, _>>()?;
        let count = forget.len();
        if count > 0 {
            let detail = format!("{{\"answers\":{count}}}");
            let (actor, action) = (actor.to_owned(), "store.answers-purged".to_owned());
            let audit = vec![AuditEntry { at_ms: now_ms, actor, action, subject: None, detail }];
            self.apply(Change { label: "purge-answers", forget, audit, ..Change::default() }).await?;
        }
        Ok(count)
    }

    /// Waits until everything handed in is written, if this is the last clone; otherwise it just goes.
    ///
    /// # Errors
    /// `Bug` if the waiting thread was lost.
    pub async fn close(self) -> Result<(), StoreError> {
        let Some(lanes) = Arc::into_inner(self.lanes) else { return Ok(()) };
        tokio::task::spawn_blocking(move || lanes.finish()).await.map_err(|lost| StoreError::Bug(lost.to_string()))
    }

    /// Records of one audit chain from number `from` on, at most `limit`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_range(&self, writer: Id, from: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        let set = vec![Value::id(writer), Value::Int(from), Value::Int(i64::from(limit))];
        let found = self.engine.read(sql::AUDIT_RANGE, set).await?;
        found.into_iter().map(Link::read).collect()
    }
}

impl Store {
    /// The newest audit records about one subject, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_of(&self, subject: Id, limit: u32) -> Result<Vec<Link>, StoreError> {
        let found = self.engine.read(sql::AUDIT_OF, vec![Value::id(subject), Value::Int(i64::from(limit))]).await?;
        found.into_iter().map(Link::read).collect()
    }
}

async fn fits(engine: &Engine) -> Result<(), StoreError> {
    match (engine.schema_version().await?, schema::needed()) {
        (found, needed) if found != needed => Err(StoreError::Schema { found, needed }),
        _ => Ok(()),
    }
}
