//! What an action wants written, as data: one `Change`, all of it or none of it.

use pratique_core::id::Id;

/// What a guarded row holds: a small number that the app gives a meaning to (journey, flight, user, key…).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind(pub i64);

/// Everything one action writes. Nothing of it is visible before all of it is durable.
///
/// Order inside one change: claims are released before they are taken, entries removed before they are put. A row is either
/// written or gone.
///
/// ```
/// use pratique_store::{AuditEntry, Change, Kind, RowWrite};
/// # let id: pratique_core::id::Id = "0190a5f2-7c31-7d4e-8f00-0123456789ab".parse().unwrap();
/// let change = Change {
///     label: "declare",
///     rows: vec![RowWrite { kind: Kind(1), id, expected: 0, state: "{}".into() }],
///     audit: vec![AuditEntry { at_ms: 0, actor: "traveller".into(), action: "declare".into(), subject: Some(id), detail: String::new() }],
///     ..Change::default()
/// };
/// assert!(change.check().is_ok());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The action's name; conflicts are counted by it.
    pub label: &'static str,
    /// Guarded rows, each with the version it was decided on.
    pub rows: Vec<RowWrite>,
    /// Rows that cease to be, with all their bodies: what was only for a while (drafts, sessions). Never what has a history.
    pub gone: Vec<RowGone>,
    /// Owners whose sealed bodies all cease to be, while the row stays: what was theirs cannot be opened any more, and goes.
    pub bodies_gone: Vec<Id>,
    /// Immutable sealed bodies.
    pub bodies: Vec<Body>,
    /// Unique keys taken ("this pass, this stage, once"). A key that is held answers `Outcome::Taken`.
    pub claims: Vec<Claim>,
    /// Claim keys given back. Giving back what nobody holds is no error.
    pub release: Vec<Vec<u8>>,
    /// List entries put; an entry that is there already stays.
    pub put: Vec<Entry>,
    /// List entries removed; one that is not there is no error.
    pub remove: Vec<Entry>,
    /// Events appended to their subject's log: ids, codes and verdicts, never a name or an answer.
    pub events: Vec<Event>,
    /// Who did what; at least one for every write.
    pub audit: Vec<AuditEntry>,
    /// Messages to be delivered under a lease.
    pub outbox: Vec<OutboxRow>,
    /// Wrapped data keys of new persons.
    pub person_keys: Vec<(Id, Vec<u8>)>,
    /// Data keys wrapped anew (key rotation). Apart from `person_keys`, so that it can never bring back a shredded key.
    pub rewrap: Vec<(Id, Vec<u8>)>,
    /// Persons whose data key is destroyed; a tombstone stays, which a restore replays.
    pub shred: Vec<Id>,
    /// The answer that a repeat of the same request gets back, byte for byte.
    pub answer: Option<StoredAnswer>,
    /// Keys of answers whose time is over (`Store::purge_answers` makes such a change).
    pub forget: Vec<[u8; 32]>,
    /// It may wait: while the disk is full it is refused, and what room is left is kept for everything else.
    pub yields: bool,
    /// Keys or users changed: servers that poll `Store::generation` see it.
    pub generation: bool,
}

/// One guarded row: written only if the store still holds the version that the action decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWrite {
    /// What the row holds; set when the row is made, never changed.
    pub kind: Kind,
    /// The row's identifier, unique over all kinds.
    pub id: Id,
    /// The version decided on; 0 means that the row must not exist. The row becomes `expected + 1`.
    pub expected: i64,
    /// The new state, JSON, small: what never changes belongs in a body.
    pub state: String,
}

/// One guarded row that ceases to be, with all its bodies: only if the store still holds the version that was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowGone {
    /// The row's identifier.
    pub id: Id,
    /// The version decided on, 1 or more.
    pub expected: i64,
}

/// A sealed body, written once and never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The row it belongs to.
    pub owner: Id,
    /// Which of the owner's bodies: (owner, part) is unique, the highest part is the latest.
    pub part: i64,
    /// The person whose data key seals it.
    pub person: Option<Id>,
    /// The bytes as sealed.
    pub sealed: Vec<u8>,
}

/// A key that only one may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The key; make it of whole parts with fixed lengths or separators.
    pub key: Vec<u8>,
    /// Who holds it.
    pub holder: Id,
    /// What the next one who asks is told (where, when, by whom), JSON.
    pub detail: String,
}

/// One entry of a list: what a screen shows, or a blind index (`doc:` and the keyed hash in hexadecimal).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The list's name.
    pub list: String,
    /// Where in the list; mostly epoch milliseconds.
    pub sort: i64,
    /// What is listed.
    pub id: Id,
}

/// One appended event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whose log it stands in.
    pub subject: Id,
    /// Its number there; (subject, seq) is unique.
    pub seq: i64,
    /// What happened.
    pub kind: String,
    /// When it was recorded, epoch milliseconds.
    pub at_ms: i64,
    /// Ids, codes and verdicts, JSON.
    pub body: String,
}

/// One line of the audit, before it is chained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, epoch milliseconds.
    pub at_ms: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// About whom or what.
    pub subject: Option<Id>,
    /// Codes and versions, never content.
    pub detail: String,
}

/// A message to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The message's identifier; receivers drop repeats by it.
    pub id: Id,
    /// Where it goes.
    pub topic: String,
    /// When it was written, and from when it may be delivered, epoch milliseconds.
    pub at_ms: i64,
    /// The message; sealed if it names a person.
    pub body: Vec<u8>,
}

/// The answer to a request that carried an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Hash of route, caller and key.
    pub key: [u8; 32],
    /// Hash of the request's body: the same key with another body is refused.
    pub body_hash: [u8; 32],
    /// HTTP status.
    pub status: u16,
    /// The answer's bytes, sealed if they name a person.
    pub bytes: Vec<u8>,
    /// The person whose data key seals the bytes.
    pub person: Option<Id>,
    /// From when it may be purged, epoch milliseconds.
    pub expires_ms: i64,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written, durably.
    Applied,
    /// A row has moved on: read and decide again. Nothing was written.
    Conflict {
        /// The first row that differs.
        id: Id,
        /// Its version now; 0 if there is none, -1 if other writers kept winning the same rows.
        found: i64,
    },
    /// The same request was answered before: these are its bytes.
    Repeat {
        /// HTTP status of the first answer.
        status: u16,
        /// Bytes of the first answer, as stored.
        bytes: Vec<u8>,
        /// Whose data key seals them.
        person: Option<Id>,
    },
    /// The same idempotency key came with another body.
    KeyReused,
    /// A claimed key is held.
    Taken {
        /// The key.
        key: Vec<u8>,
        /// Who holds it.
        holder: Id,
        /// What the holder left to be told.
        detail: String,
    },
}
