//! What can be asked of the store. Reads never go through a writer.

use std::ops::Range;

use pratique_core::id::Id;

use crate::change::{Body, Event, Kind, StoredAnswer};
use crate::error::StoreError;
use crate::look;
use crate::statement as sql;
use crate::store::Store;
use crate::value::{Record, Value};

/// A guarded row as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its identifier.
    pub id: Id,
    /// What it holds.
    pub kind: Kind,
    /// Its version: hand it back as `RowWrite::expected`.
    pub version: i64,
    /// Its state, JSON.
    pub state: String,
}

/// Who holds a claimed key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The holder.
    pub holder: Id,
    /// What the holder left to be told.
    pub detail: String,
}

/// Where a page of a list ended; hand it back to get the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The last entry's place.
    pub sort: i64,
    /// The last entry's id.
    pub id: Id,
}

/// Which way a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Lowest `sort` first.
    Ascending,
    /// Highest `sort` first.
    Descending,
}

/// Reads of different kinds that are made together: one hop, one round trip.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Guarded rows.
    pub rows: &'a [Id],
    /// Claimed keys.
    pub claims: &'a [Vec<u8>],
    /// Lists, of which only the newest entry is read.
    pub lists: &'a [String],
}

/// What was found, each where it was asked for.
#[derive(Debug, Default)]
pub struct Glance {
    /// Guarded rows.
    pub rows: Vec<Option<Row>>,
    /// Who holds the claimed keys.
    pub claims: Vec<Option<Held>>,
    /// The newest entries.
    pub lists: Vec<Option<Cursor>>,
}

impl Store {
    /// Reads of different kinds together. Each sees what was committed as it ran: what must hold together is judged at the write.
    ///
    /// # Errors
    /// What the engine says; so for every read here.
    pub async fn glance(&self, asked: Asked<'_>) -> Result<Glance, StoreError> {
        let newest = |list: &String| {
            let from = [Value::Int(i64::MIN), Value::Int(i64::MAX), Value::Bytes(Vec::new()), Value::Int(1)];
            [Value::Text(list.clone())].into_iter().chain(from).collect()
        };
        let rows = asked.rows.iter().map(|id| (sql::ROW, vec![Value::id(*id)]));
        let claims = asked.claims.iter().map(|key| (sql::CLAIM_HELD, vec![Value::Bytes(key.clone())]));
        let lists = asked.lists.iter().map(|list| (sql::ENTRIES_DOWN, newest(list)));
        let mut found = self.engine.read_each(rows.chain(claims).chain(lists).collect()).await?.into_iter();
        let rows = asked.rows.iter().zip(found.by_ref()).map(|(id, found)| first(found, |record| row(*id, record)));
        let rows = rows.collect::<Result<_, _>>()?;
        let claims = found.by_ref().take(asked.claims.len()).map(|found| first(found, held));
        let claims = claims.collect::<Result<_, _>>()?;
        Ok(Glance { rows, claims, lists: found.map(|found| first(found, cursor)).collect::<Result<_, _>>()? })
    }

    /// One guarded row.
    ///
    /// # Errors
    /// What the engine says; so for every read here.
    pub async fn row(&self, id: Id) -> Result<Option<Row>, StoreError> {
        let found = self.engine.read(sql::ROW, vec![Value::id(id)]).await?;
        first(found, |record| row(id, record))
    }

    /// Several guarded rows in one snapshot, each where its id was asked for.
    pub async fn rows(&self, ids: &[Id]) -> Result<Vec<Option<Row>>, StoreError> {
        let sets = ids.iter().map(|id| vec![Value::id(*id)]).collect();
        let found = self.engine.read_many(sql::ROW, sets).await?;
        ids.iter().zip(found).map(|(id, found)| first(found, |record| row(*id, record))).collect()
    }

    /// One sealed body.
    pub async fn body(&self, owner: Id, part: i64) -> Result<Option<Body>, StoreError> {
        let found = self.engine.read(sql::BODY_PART, vec![Value::id(owner), Value::Int(part)]).await?;
        first(found, |record| body(owner, record))
    }

    /// The sealed body with the owner's highest part.
    pub async fn latest_body(&self, owner: Id) -> Result<Option<Body>, StoreError> {
        let found = self.engine.read(sql::BODY_LATEST, vec![Value::id(owner)]).await?;
        first(found, |record| body(owner, record))
    }

    /// All sealed bodies of an owner, by part.
    pub async fn bodies(&self, owner: Id) -> Result<Vec<Body>, StoreError> {
        let found = self.engine.read(sql::BODY_PARTS, vec![Value::id(owner)]).await?;
        found.into_iter().map(|record| body(owner, record)).collect()
    }

    /// Who holds a claimed key.
    pub async fn claim(&self, key: &[u8]) -> Result<Option<Held>, StoreError> {
        let found = self.engine.read(sql::CLAIM_HELD, vec![Value::Bytes(key.to_vec())]).await?;
        first(found, held)
    }

    /// The stored answer under a key.
    pub async fn answer(&self, key: [u8; 32]) -> Result<Option<StoredAnswer>, StoreError> {
        let found = self.engine.read(sql::ANSWER_GIVEN, vec![Value::Bytes(key.to_vec())]).await?;
        first(found, |record| look::answer(key, record))
    }

    /// A page of a list: entries with `sort` in `range`, those after `after` in the order asked for, at most `limit`.
    pub async fn entries(
        &self,
        list: &str,
        range: Range<i64>,
        after: Option<Cursor>,
        limit: u32,
        order: Order,
    ) -> Result<Vec<Cursor>, StoreError> {
        // No identifier is shorter than sixteen bytes, so that the empty one stands before all others of its place.
        let start = |sort| [Value::Int(sort), Value::Bytes(Vec::new())];
        let page = |from: [Value; 2], end: i64| {
            let [sort, id] = after.map_or(from, |cursor| [Value::Int(cursor.sort), Value::id(cursor.id)]);
            vec![Value::Text(list.to_owned()), Value::Int(end), sort, id, Value::Int(i64::from(limit))]
        };
        let found = match order {
            Order::Ascending => self.engine.read(sql::ENTRIES_UP, page(start(range.start), range.end)).await?,
            Order::Descending => self.engine.read(sql::ENTRIES_DOWN, page(start(range.end), range.start)).await?,
        };
        found.into_iter().map(cursor).collect()
    }

    /// How many entries of a list have their `sort` in `range`.
    pub async fn count(&self, list: &str, range: Range<i64>) -> Result<u64, StoreError> {
        Ok(self.count_many(&[(list, range)]).await?.pop().unwrap_or_default())
    }

    /// How many entries each of several lists has in its range, in one snapshot.
    pub async fn count_many(&self, lists: &[(&str, Range<i64>)]) -> Result<Vec<u64>, StoreError> {
        let set = |(list, range): &(&str, Range<i64>)| {
            vec![Value::Text((*list).to_owned()), Value::Int(range.start), Value::Int(range.end)]
        };
        let found = self.engine.read_many(sql::ENTRY_COUNT, lists.iter().map(set).collect()).await?;
        found.into_iter().map(count).collect()
    }

    /// A subject's events in their order.
    pub async fn events(&self, subject: Id) -> Result<Vec<Event>, StoreError> {
        let found = self.engine.read(sql::EVENTS, vec![Value::id(subject)]).await?;
        found
            .into_iter()
            .map(|mut record| {
                let (seq, kind, at_ms) = (record.int(0)?, record.text(1)?, record.int(2)?);
                Ok(Event { subject, seq, kind, at_ms, body: record.text(3)? })
            })
            .collect()
    }

    /// A person's wrapped data key; none if there never was one, or the person was shredded.
    pub async fn person_key(&self, person: Id) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.person_keys(&[person]).await?.pop().flatten())
    }

    /// Several persons' wrapped data keys, each where its person was asked for.
    pub async fn person_keys(&self, persons: &[Id]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let sets = persons.iter().map(|person| vec![Value::id(*person)]).collect();
        let found = self.engine.read_many(sql::PERSON_KEY_OF, sets).await?;
        found.into_iter().map(|found| first(found, |mut record| record.bytes(0))).collect()
    }

    /// Wrapped data keys of the persons after `after`, in the order of their ids: for wrapping all of them anew.
    pub async fn person_keys_after(&self, after: Option<Id>, limit: u32) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        let after = after.map_or(Value::Bytes(Vec::new()), Value::id);
        let found = self.engine.read(sql::PERSON_KEYS_AFTER, vec![after, Value::Int(i64::from(limit))]).await?;
        found.into_iter().map(|mut record| Ok((record.id(0)?, record.bytes(1)?))).collect()
    }

    /// When a person was shredded, epoch milliseconds.
    pub async fn shredded_ms(&self, person: Id) -> Result<Option<i64>, StoreError> {
        let found = self.engine.read(sql::IS_SHREDDED, vec![Value::id(person)]).await?;
        first(found, |mut record| record.int(0))
    }

    /// A number that grows whenever keys or users change; servers poll it.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        let found = self.engine.read(sql::GENERATION, Vec::new()).await?;
        first(found, |mut record| record.int(0))?.ok_or_else(|| StoreError::Bug("the generation row is gone".into()))
    }
}

fn first<T>(found: Vec<Record>, read: impl FnOnce(Record) -> Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    found.into_iter().next().map(read).transpose()
}

fn row(id: Id, mut record: Record) -> Result<Row, StoreError> {
    Ok(Row { id, kind: Kind(record.int(0)?), version: record.int(1)?, state: record.text(2)? })
}

fn held(mut record: Record) -> Result<Held, StoreError> {
    Ok(Held { holder: record.id(0)?, detail: record.text(1)? })
}

fn cursor(mut record: Record) -> Result<Cursor, StoreError> {
    Ok(Cursor { sort: record.int(0)?, id: record.id(1)? })
}

fn body(owner: Id, mut record: Record) -> Result<Body, StoreError> {
    Ok(Body { owner, part: record.int(0)?, person: record.maybe_id(1)?, sealed: record.bytes(2)? })
}

fn count(found: Vec<Record>) -> Result<u64, StoreError> {
    let counted = first(found, |mut record| record.int(0))?.unwrap_or_default();
    u64::try_from(counted).map_err(|_| StoreError::Bug(format!("a count of {counted}")))
}
