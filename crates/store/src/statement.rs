//! Every statement that the store runs on data: writes as descriptions, reads as one text for both engines.

/// A column's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Int,
    Text,
    Bytes,
}

/// What a write does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Insert,
    InsertIfAbsent,
    Update,
    Delete,
}

impl Verb {
    pub(crate) fn on_conflict(self) -> &'static str {
        if self == Verb::InsertIfAbsent { " ON CONFLICT DO NOTHING" } else { "" }
    }
}

/// One write statement: `dialect.rs` makes each engine's text of it.
#[derive(Debug)]
pub(crate) struct Write {
    /// Its place in `WRITES`; each lane keeps the prepared statement there.
    pub(crate) n: usize,
    pub(crate) table: &'static str,
    pub(crate) verb: Verb,
    /// The first `keys` columns say which row an update or a deletion means.
    pub(crate) keys: usize,
    pub(crate) columns: &'static [(&'static str, Type)],
}

impl Write {
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(name, _)| *name).collect()
    }

    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }
}

use Type::{Bytes, Int, Text};
use Verb::{Delete, Insert, InsertIfAbsent, Update};

macro_rules! writes {
    ($($name:ident = $n:literal $table:literal $verb:ident $keys:literal [$($column:literal $kind:ident),*];)*) => {
        $(pub(crate) static $name: Write =
            Write { n: $n, table: $table, verb: $verb, keys: $keys, columns: &[$(($column, $kind)),*] };)*
        /// Every write, in the order in which a batch runs them: fixed, so that two lanes never wait for each other.
        pub(crate) static WRITES: &[&Write] = &[$(&$name),*];
    };
}

writes! {
    ROW_GONE = 0 "guarded_row" Delete 1 ["id" Bytes];
    BODY_GONE = 1 "body" Delete 1 ["owner" Bytes];
    ROW_NEW = 2 "guarded_row" Insert 1 ["id" Bytes, "kind" Int, "version" Int, "state" Text];
    ROW_NEXT = 3 "guarded_row" Update 1 ["id" Bytes, "version" Int, "state" Text];
    BODY = 4 "body" Insert 2 ["owner" Bytes, "part" Int, "person" Bytes, "sealed" Bytes];
    CLAIM_RELEASE = 5 "claim" Delete 1 ["key" Bytes];
    CLAIM = 6 "claim" Insert 1 ["key" Bytes, "holder" Bytes, "detail" Text];
    ENTRY_REMOVE = 7 "entry" Delete 3 ["list" Text, "sort" Int, "id" Bytes];
    ENTRY_PUT = 8 "entry" InsertIfAbsent 3 ["list" Text, "sort" Int, "id" Bytes];
    EVENT = 9 "event" Insert 2 ["subject" Bytes, "seq" Int, "kind" Text, "at_ms" Int, "body" Text];
    OUTBOX = 10 "outbox" Insert 1 ["id" Bytes, "topic" Text, "at_ms" Int, "due_ms" Int, "tries" Int, "body" Bytes];
    PERSON_KEY = 11 "person_key" Insert 1 ["person" Bytes, "wrapped" Bytes];
    REWRAP = 12 "person_key" Update 1 ["person" Bytes, "wrapped" Bytes];
    SHRED = 13 "person_key" Delete 1 ["person" Bytes];
    TOMBSTONE = 14 "tombstone" InsertIfAbsent 1 ["person" Bytes, "at_ms" Int];
    ANSWER_FORGET = 15 "answer" Delete 1 ["key" Bytes];
    ANSWER = 16 "answer" Insert 1
        ["key" Bytes, "body_hash" Bytes, "status" Int, "bytes" Bytes, "person" Bytes, "expires_ms" Int];
    AUDIT = 17 "audit" Insert 2 ["writer" Bytes, "n" Int, "at_ms" Int, "actor" Text, "action" Text, "subject" Bytes,
        "detail" Text, "prev" Bytes, "hash" Bytes];
}

macro_rules! reads {
    ($($name:ident = $sql:expr;)*) => {
        $(pub(crate) const $name: &str = $sql;)*
        /// Every read, so that a test can prepare each of them on both engines.
        pub(crate) const READS: &[&str] = &[$($name),*];
    };
}

reads! {
    ROW = "SELECT kind, version, state FROM guarded_row WHERE id = $1";
    VERSION = "SELECT version FROM guarded_row WHERE id = $1";
    BODY_PART = "SELECT part, person, sealed FROM body WHERE owner = $1 AND part = $2";
    BODY_LATEST = "SELECT part, person, sealed FROM body WHERE owner = $1 ORDER BY part DESC LIMIT 1";
    CLAIM_HELD = "SELECT holder, detail FROM claim WHERE key = $1";
    ANSWER_GIVEN = "SELECT body_hash, status, bytes, person, expires_ms FROM answer WHERE key = $1";
    ANSWERS_EXPIRED = "SELECT key FROM answer WHERE expires_ms <= $1 ORDER BY expires_ms LIMIT $2";
    ENTRIES_UP = "SELECT sort, id FROM entry WHERE list = $1 AND sort < $2 AND (sort, id) > ($3, $4) ORDER BY sort, id LIMIT $5";
    ENTRIES_DOWN = "SELECT sort, id FROM entry WHERE list = $1 AND sort >= $2 AND (sort, id) < ($3, $4) \
        ORDER BY sort DESC, id DESC LIMIT $5";
    ENTRY_COUNT = "SELECT COUNT(*) FROM entry WHERE list = $1 AND sort >= $2 AND sort < $3";
    EVENTS = "SELECT seq, kind, at_ms, body FROM event WHERE subject = $1 ORDER BY seq";
    PERSON_KEY_OF = "SELECT wrapped FROM person_key WHERE person = $1";
    PERSON_KEYS_AFTER = "SELECT person, wrapped FROM person_key WHERE person > $1 ORDER BY person LIMIT $2";
    IS_SHREDDED = "SELECT at_ms FROM tombstone WHERE person = $1";
    GENERATION = "SELECT n FROM generation WHERE one = 1";
    AUDIT_RANGE = "SELECT writer, n, at_ms, actor, action, subject, detail, prev, hash FROM audit \
        WHERE writer = $1 AND n >= $2 ORDER BY n LIMIT $3";
    AUDIT_HEAD = "SELECT n, hash FROM audit WHERE writer = $1 ORDER BY n DESC LIMIT 1";
    AUDIT_HEADS = "SELECT a.writer, a.n, a.hash, a.at_ms FROM (SELECT writer, MAX(n) AS n FROM audit GROUP BY writer) AS h \
        JOIN audit AS a ON a.writer = h.writer AND a.n = h.n ORDER BY a.writer";
    AUDIT_OF = "SELECT writer, n, at_ms, actor, action, subject, detail, prev, hash FROM audit \
        WHERE subject = $1 ORDER BY at_ms DESC, writer, n DESC LIMIT $2";
    BODY_PARTS = "SELECT part, person, sealed FROM body WHERE owner = $1 ORDER BY part";
    OUTBOX_DUE = "SELECT COUNT(*) FROM outbox WHERE due_ms <= $1";
}

macro_rules! steps {
    ($($name:ident = $sql:expr;)*) => {
        $(pub(crate) const $name: &str = $sql;)*
        /// Writes that are no part of a change: leases and the generation.
        pub(crate) const STEPS: &[&str] = &[$($name),*];
    };
}

steps! {
    GENERATION_NEXT = "UPDATE generation SET n = n + 1 WHERE one = 1";
    OUTBOX_LEASE = "UPDATE outbox SET due_ms = $1, tries = tries + 1 WHERE id IN \
        (SELECT id FROM outbox WHERE due_ms <= $2 AND topic LIKE $4 ORDER BY due_ms LIMIT $3 /*skip locked*/) \
        RETURNING id, topic, at_ms, tries, body";
    OUTBOX_PUT_BACK = "UPDATE outbox SET due_ms = $2 WHERE id = $1";
    OUTBOX_DELIVERED = "DELETE FROM outbox WHERE id = $1";
}

/// How many rows each table holds, for `doctor`.
pub(crate) const COUNTS: &[(&str, &str)] = &[
    ("guarded_row", "SELECT COUNT(*) FROM guarded_row"),
    ("body", "SELECT COUNT(*) FROM body"),
    ("claim", "SELECT COUNT(*) FROM claim"),
    ("entry", "SELECT COUNT(*) FROM entry"),
    ("event", "SELECT COUNT(*) FROM event"),
    ("audit", "SELECT COUNT(*) FROM audit"),
    ("outbox", "SELECT COUNT(*) FROM outbox"),
    ("answer", "SELECT COUNT(*) FROM answer"),
    ("person_key", "SELECT COUNT(*) FROM person_key"),
    ("tombstone", "SELECT COUNT(*) FROM tombstone"),
];

/// What a backup's main file holds: everything but the keys of persons.
pub(crate) static KEPT: &[&Write] =
    &[&ROW_NEW, &BODY, &CLAIM, &ENTRY_PUT, &EVENT, &OUTBOX, &TOMBSTONE, &ANSWER, &AUDIT];

/// What its keys file holds. Tombstones stand in both: with an old main file and a newer keys file, the newer ones count.
pub(crate) static KEPT_APART: &[&Write] = &[&PERSON_KEY, &TOMBSTONE];

impl Write {
    /// Reads what this write writes; events in the order of their arrival.
    pub(crate) fn dump(&self, from: &str) -> String {
        let order = if self.table == "event" { "n".to_owned() } else { self.names()[..self.keys].join(", ") };
        format!("SELECT {} FROM {from}{} ORDER BY {order}", self.names().join(", "), self.table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_write_stands_where_it_says() {
        for (at, write) in WRITES.iter().enumerate() {
            assert_eq!(write.n, at, "{}", write.table);
        }
    }
}
