//! The one writer of a SQLite database: look, judge, write, one commit.

use std::sync::{Arc, OnceLock};

use pratique_core::id::Id;
use rusqlite::{Connection, params_from_iter};

use super::reserve::Reserve;
use super::{Fallen, Shared, Sqlite, failure, lock, query, roll_back_if_open};
use crate::audit::{Head, Link, link};
use crate::change::{Change, Outcome};
use crate::crash;
use crate::dialect::{Dialect, sqlite_text};
use crate::error::StoreError;
use crate::judge::{Seen, judge};
use crate::look;
use crate::plan::{Plan, plan};
use crate::statement as sql;
use crate::value::Value;

/// The writer's end of the batcher.
#[derive(Debug)]
pub(crate) struct Lane {
    connection: Shared,
    fallen: Fallen,
    reserve: Arc<OnceLock<Reserve>>,
    writer: Id,
    opened_by: String,
    /// The chain's newest record once it is known; read again after any error.
    head: Option<Option<Head>>,
    /// The text of each write, made once.
    texts: Vec<String>,
}

impl Lane {
    pub(crate) fn new(sqlite: &Sqlite, writer: Id, opened_by: String) -> Self {
        let texts = sql::WRITES.iter().map(|write| Dialect::Sqlite.write(write)).collect();
        let (connection, fallen, reserve) = (sqlite.writer.clone(), sqlite.fallen.clone(), sqlite.reserve.clone());
        Lane { connection, fallen, reserve, writer, opened_by, head: None, texts }
    }

    /// One batch. With one writer, under BEGIN IMMEDIATE, what the look saw stays true: no savepoints are needed.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> Result<Vec<Outcome>, StoreError> {
        let shared = Shared::clone(&self.connection);
        let connection = lock(&shared);
        self.fallen.check()?;
        self.has_room_for(changes)?;
        let done = connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(failure)
            .and_then(|()| self.batch(&connection, changes));
        let done = self.fallen.seen(done);
        if let (Err(StoreError::DiskFull(_)), Some(reserve)) = (&done, self.reserve.get()) {
            // The batcher tries again, and each change alone: what must not wait then finds room.
            reserve.give();
        }
        roll_back_if_open(&connection);
        match done {
            Ok((outcomes, head)) => {
                self.head = Some(head);
                Ok(outcomes)
            }
            Err(error) => {
                self.head = None;
                Err(error)
            }
        }
    }

    /// What may wait does, while the reserve is given to what may not.
    fn has_room_for(&self, changes: &[Change]) -> Result<(), StoreError> {
        match self.reserve.get().is_some_and(Reserve::is_given) && changes.iter().any(|change| change.yields) {
            true => Err(StoreError::DiskFull("what room is left is kept for scans and decisions".into())),
            false => Ok(()),
        }
    }

    fn batch(&self, db: &Connection, changes: &[Change]) -> Result<(Vec<Outcome>, Option<Head>), StoreError> {
        let head = match self.head {
            Some(head) => head,
            None => look::head(query(db, sqlite_text(sql::AUDIT_HEAD), &[Value::id(self.writer)])?)?,
        };
        let outcomes = judge(changes, Self::look(db, changes)?);
        let accepted: Vec<&Change> =
            changes.iter().zip(&outcomes).filter(|(_, o)| **o == Outcome::Applied).map(|(change, _)| change).collect();
        if accepted.is_empty() {
            return Ok((outcomes, head));
        }
        let links = link(self.writer, head, &self.opened_by, accepted.iter().flat_map(|change| &change.audit));
        let plan = plan(&accepted, &links);
        crash::point("judged");
        self.write(db, &plan)?;
        crash::point("written");
        db.execute_batch("COMMIT").map_err(failure)?;
        if plan.shreds {
            empty_the_log(db);
        }
        Ok((outcomes, links.last().map(Link::head)))
    }

    fn look(db: &Connection, changes: &[Change]) -> Result<Seen, StoreError> {
        let named = look::named(changes);
        let mut seen = Seen::default();
        for id in named.rows {
            if let Some(mut record) = query(db, sqlite_text(sql::VERSION), &[Value::id(id)])?.pop() {
                seen.versions.insert(id, record.int(0)?);
            }
        }
        for key in named.claims {
            if let Some(mut record) = query(db, sqlite_text(sql::CLAIM_HELD), &[Value::Bytes(key.to_vec())])?.pop() {
                seen.claims.insert(key.to_vec(), (record.id(0)?, record.text(1)?));
            }
        }
        for key in named.answers {
            if let Some(record) = query(db, sqlite_text(sql::ANSWER_GIVEN), &[Value::Bytes(key.to_vec())])?.pop() {
                seen.answers.insert(*key, look::answer(*key, record)?);
            }
        }
        Ok(seen)
    }

    fn write(&self, db: &Connection, plan: &Plan<'_>) -> Result<(), StoreError> {
        for sheet in &plan.sheets {
            let mut statement = db.prepare_cached(&self.texts[sheet.write.n]).map_err(failure)?;
            for row in sheet.cells.chunks(sheet.write.width()) {
                statement.execute(params_from_iter(row)).map_err(failure)?;
            }
        }
        if plan.generation {
            db.execute(sql::GENERATION_NEXT, []).map_err(failure)?;
        }
        Ok(())
    }
}

/// A shredded key must not live on in the write-ahead log. A reader in the way leaves the rest to the next checkpoint.
fn empty_the_log(db: &Connection) {
    if let Err(error) = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log could not be emptied after a shredding");
    }
}
