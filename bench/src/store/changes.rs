//! Changes of the size that a real declaration and a real scan have.

use pratique_core::id::Id;
use pratique_store::{AuditEntry, Body, Change, Claim, Entry, Event, Kind, OutboxRow, RowWrite, StoredAnswer};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Declare,
    Scan,
}

/// Ids as real ones are: time first, then scattered.
pub fn id(n: u64) -> Id {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&scatter(n).to_be_bytes());
    Id::v7(1_700_000_000_000 + i64::try_from(n & 0xffff_ffff).unwrap(), random)
}

/// A journey that was there before: of the store (0) or of the bare loop (1).
pub fn journey(side: u8, n: u64) -> Id {
    id(u64::from(side + 1) << 50 | n)
}

/// A cheap mixing of bits (the finaliser of SplitMix64).
pub fn scatter(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn key(n: u64) -> [u8; 32] {
    let mut key = [0; 32];
    for (at, part) in key.chunks_mut(8).enumerate() {
        part.copy_from_slice(&scatter(n.wrapping_mul(4) + at as u64).to_be_bytes());
    }
    key
}

fn audit(journey: Id, serial: u64, action: &str) -> Vec<AuditEntry> {
    let at_ms = i64::try_from(serial).unwrap();
    vec![AuditEntry {
        at_ms,
        actor: "lane 4, officer 1177".into(),
        action: action.into(),
        subject: Some(journey),
        detail: "{\"tier\":\"green\",\"rules\":\"2026-11-03\"}".into(),
    }]
}

fn answer(serial: u64, bytes: usize) -> Option<StoredAnswer> {
    Some(StoredAnswer {
        key: key(serial),
        body_hash: key(!serial),
        status: 201,
        bytes: vec![0x5a; bytes],
        person: None,
        expires_ms: i64::try_from(serial).unwrap(),
    })
}

fn event(subject: Id, seq: i64, serial: u64) -> Vec<Event> {
    vec![Event {
        subject,
        seq,
        kind: "Scanned".into(),
        at_ms: i64::try_from(serial).unwrap(),
        body: format!("{{\"station\":\"lane-4\",\"serial\":{serial},\"reasons\":\"{}\"}}", "x".repeat(200)),
    }]
}

fn state(version: i64) -> String {
    format!(
        "{{\"version\":{version},\"declaration\":\"made\",\"pass\":\"issued\",\"tier\":\"green\",\"pad\":\"{}\"}}",
        "x".repeat(160)
    )
}

pub fn declare(journey: Id, serial: u64) -> Change {
    let sort = i64::try_from(serial).unwrap();
    let listed = |list: String| Entry { list, sort, id: journey };
    Change {
        label: "declare",
        rows: vec![RowWrite { kind: Kind(1), id: journey, expected: 0, state: state(1) }],
        bodies: vec![Body { owner: journey, part: 1, person: Some(journey), sealed: vec![0xa5; 900] }],
        claims: vec![Claim { key: key(serial)[..12].to_vec(), holder: journey, detail: "{}".into() }],
        put: vec![listed(format!("doc:{:016x}", scatter(serial))), listed(format!("flight:{}", serial % 40))],
        events: event(journey, 1, serial),
        audit: audit(journey, serial, "declare"),
        outbox: vec![OutboxRow { id: journey, topic: "feed".into(), at_ms: sort, body: vec![1; 120] }],
        person_keys: vec![(journey, vec![3; 60])],
        answer: answer(serial, 600),
        ..Change::default()
    }
}

pub fn scan(journey: Id, version: i64, serial: u64) -> Change {
    Change {
        label: "scan",
        rows: vec![RowWrite { kind: Kind(1), id: journey, expected: version, state: state(version + 1) }],
        events: event(journey, version + 1, serial),
        audit: audit(journey, serial, "scan"),
        answer: answer(serial, 300),
        ..Change::default()
    }
}
