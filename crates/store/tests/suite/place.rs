//! Where a test runs: an engine with a fresh store, and the changes that tests make.

use pratique_core::id::Id;
use pratique_store::testing::{Folder, fresh_postgres, id, opening};
use pratique_store::{AuditEntry, Change, Claim, Entry, Event, Kind, Location, Outcome, RowWrite, Store, StoredAnswer};

/// The engines that every test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Memory,
    File,
    Postgres,
}

/// A fresh store.
pub struct Place {
    pub location: Location,
    pub store: Store,
    pub folder: Folder,
}

impl Place {
    pub async fn new(on: On) -> Self {
        let folder = Folder::new();
        let location = match on {
            On::Memory => Location::Memory,
            On::File => Location::Sqlite(folder.path("pratique.db")),
            On::Postgres => fresh_postgres().await,
        };
        if on != On::Memory {
            Store::migrate(&location, 1).await.unwrap();
        }
        let store = Store::open(&location, opening(1)).await.unwrap();
        Place { location, store, folder }
    }

    /// What another process beside the first one opens; there is none beside a store in memory.
    pub async fn another_process(&self, n: u64) -> Option<Store> {
        match self.location {
            Location::Memory => None,
            _ => Some(Store::open(&self.location, opening(n)).await.unwrap()),
        }
    }
}

/// Runs each test on each engine, under a name that says which.
macro_rules! on_every_engine {
    ($($(#[$note:meta])* async fn $name:ident($place:ident: Place) $body:block)*) => {
        $(
            $(#[$note])*
            mod $name {
                use super::*;
                async fn run($place: Place) $body
                #[tokio::test(flavor = "multi_thread")]
                async fn in_memory() { run(Place::new(On::Memory).await).await }
                #[tokio::test(flavor = "multi_thread")]
                async fn on_disk() { run(Place::new(On::File).await).await }
                #[tokio::test(flavor = "multi_thread")]
                async fn on_postgres() { run(Place::new(On::Postgres).await).await }
            }
        )*
    };
}
pub(crate) use on_every_engine;

pub fn audited(action: &str) -> Vec<AuditEntry> {
    vec![AuditEntry {
        at_ms: 1000,
        actor: "officer 7".into(),
        action: action.into(),
        subject: Some(id(7)),
        detail: "{}".into(),
    }]
}

/// A change that only says who made it.
pub fn change() -> Change {
    Change { label: "test", audit: audited("test"), ..Change::default() }
}

pub fn row(id: Id, expected: i64, state: &str) -> RowWrite {
    RowWrite { kind: Kind(1), id, expected, state: state.into() }
}

pub fn write(id: Id, expected: i64, state: &str) -> Change {
    Change { rows: vec![row(id, expected, state)], ..change() }
}

pub fn claim(key: &[u8], holder: Id) -> Claim {
    Claim { key: key.to_vec(), holder, detail: format!("held by {holder}") }
}

pub fn entry(list: &str, sort: i64, n: u64) -> Entry {
    Entry { list: list.into(), sort, id: id(n) }
}

pub fn event(subject: Id, seq: i64, body: &str) -> Event {
    Event { subject, seq, kind: "Declared".into(), at_ms: 1000 + seq, body: body.into() }
}

pub fn answer(key: u8, body: u8, bytes: &[u8]) -> StoredAnswer {
    StoredAnswer {
        key: [key; 32],
        body_hash: [body; 32],
        status: 201,
        bytes: bytes.to_vec(),
        person: Some(id(9)),
        expires_ms: 5000,
    }
}

pub async fn applied(store: &Store, change: Change) {
    assert_eq!(store.apply(change).await, Ok(Outcome::Applied));
}
