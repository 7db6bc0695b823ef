//! Delivery of the outbox: rows claimed under a lease, never a cursor over numbers.

use pratique_core::id::Id;

use crate::error::StoreError;
use crate::statement as sql;
use crate::store::Store;
use crate::value::{Record, Value};

/// A message leased for delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The message's identifier; receivers drop repeats by it.
    pub id: Id,
    /// Where it goes.
    pub topic: String,
    /// When it was written, epoch milliseconds.
    pub at_ms: i64,
    /// How often it was leased, this time included.
    pub tries: i64,
    /// The message.
    pub body: Vec<u8>,
}

impl Store {
    /// Leases up to `limit` messages under this first word of a topic that are due at `now_ms`: slow receivers of one kind hold
    /// up no other. One that is not delivered within `lease_ms` is due again, so that a killed worker loses nothing.
    ///
    /// # Errors
    /// What the engine says; nothing is leased then. So for every call here.
    pub async fn lease(&self, topic: &str, now_ms: i64, limit: u32, lease_ms: i64) -> Result<Vec<Leased>, StoreError> {
        let (until, topics) = (now_ms.saturating_add(lease_ms), Value::Text(format!("{topic}/%")));
        let set = vec![Value::Int(until), Value::Int(now_ms), Value::Int(i64::from(limit)), topics];
        let found = self.engine.step(sql::OUTBOX_LEASE, set).await?;
        let mut leased = found.into_iter().map(leased).collect::<Result<Vec<_>, _>>()?;
        // RETURNING promises no order; receivers are served oldest first.
        leased.sort_by_key(|message| (message.at_ms, message.id));
        Ok(leased)
    }

    /// A message was delivered: it leaves the outbox.
    pub async fn delivered(&self, id: Id) -> Result<(), StoreError> {
        self.engine.step(sql::OUTBOX_DELIVERED, vec![Value::id(id)]).await.map(drop)
    }

    /// A delivery failed: the message is due again at `due_ms`.
    pub async fn put_back(&self, id: Id, due_ms: i64) -> Result<(), StoreError> {
        self.engine.step(sql::OUTBOX_PUT_BACK, vec![Value::id(id), Value::Int(due_ms)]).await.map(drop)
    }

    /// How many messages are due at `now_ms`.
    pub async fn outbox_due(&self, now_ms: i64) -> Result<i64, StoreError> {
        let mut found = self.engine.read(sql::OUTBOX_DUE, vec![Value::Int(now_ms)]).await?;
        found.pop().map_or(Ok(0), |mut record| record.int(0))
    }
}

fn leased(mut record: Record) -> Result<Leased, StoreError> {
    Ok(Leased {
        id: record.id(0)?,
        topic: record.text(1)?,
        at_ms: record.int(2)?,
        tries: record.int(3)?,
        body: record.bytes(4)?,
    })
}
