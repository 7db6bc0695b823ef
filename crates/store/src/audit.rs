//! The hash-chained audit: one chain a writer, so that no two writers ever wait for each other's head.
//!
//! Canonical bytes of a record, hashed with SHA-256 (FIPS 180-4); numbers are big-endian:
//!
//! ```text
//! "pratique-audit-1" 0x00 | writer 16 | n u64 | prev 32 | at_ms i64
//!   | actor | action | subject: 0x00, or 0x01 and 16 bytes | detail         texts: length u32, then UTF-8
//! ```
//!
//! Every part has a fixed length or says its own, so that no two records share their bytes.

use pratique_core::id::Id;
use sha2::{Digest, Sha256};

use crate::change::AuditEntry;
use crate::error::StoreError;
use crate::value::Record;

/// The action of the record that opens a chain: opening is itself on record.
pub const CHAIN_OPENED: &str = "audit.chain-opened";

/// Stands before the first record of a chain.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// One record of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whose chain.
    pub writer: Id,
    /// Its number there, from 1, without gaps.
    pub n: i64,
    /// What it says.
    pub entry: AuditEntry,
    /// The hash of the record before it; zeroes for the first.
    pub prev: [u8; 32],
    /// The hash of this record.
    pub hash: [u8; 32],
}

/// The newest record of one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) n: i64,
    pub(crate) hash: [u8; 32],
}

impl Link {
    fn new(writer: Id, before: Head, entry: AuditEntry) -> Self {
        let mut link = Link { writer, n: before.n + 1, entry, prev: before.hash, hash: BEGINNING };
        link.hash = link.computed_hash();
        link
    }

    /// The hash that this record should have.
    #[must_use]
    pub fn computed_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"pratique-audit-1\0");
        hash.update(self.writer.0);
        hash.update(self.n.to_be_bytes());
        hash.update(self.prev);
        hash.update(self.entry.at_ms.to_be_bytes());
        text(&mut hash, &self.entry.actor);
        text(&mut hash, &self.entry.action);
        match &self.entry.subject {
            None => hash.update([0]),
            Some(id) => {
                hash.update([1]);
                hash.update(id.0);
            }
        }
        text(&mut hash, &self.entry.detail);
        hash.finalize().into()
    }
}

fn text(hash: &mut Sha256, text: &str) {
    // A text of 4 GiB cannot come in: the largest request is 5 MiB.
    hash.update(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    hash.update(text);
}

/// Links what was accepted to the chain's head. `opened_by` is who opens the chain if it has no record yet.
pub(crate) fn link<'a>(
    writer: Id,
    head: Option<Head>,
    opened_by: &str,
    entries: impl IntoIterator<Item = &'a AuditEntry>,
) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for entry in entries {
        let before = match (links.last(), head) {
            (Some(last), _) => last.head(),
            (None, Some(head)) => head,
            (None, None) => {
                let opening = opening(entry.at_ms, opened_by);
                links.push(Link::new(writer, Head { n: 0, hash: BEGINNING }, opening));
                links[0].head()
            }
        };
        links.push(Link::new(writer, before, entry.clone()));
    }
    links
}

fn opening(at_ms: i64, opened_by: &str) -> AuditEntry {
    let detail = format!("pratique {}", env!("CARGO_PKG_VERSION"));
    AuditEntry { at_ms, actor: opened_by.to_owned(), action: CHAIN_OPENED.to_owned(), subject: None, detail }
}

impl Link {
    pub(crate) fn head(&self) -> Head {
        Head { n: self.n, hash: self.hash }
    }
}

impl Link {
    /// Reads what `statement::AUDIT_RANGE` found.
    pub(crate) fn read(mut record: Record) -> Result<Self, StoreError> {
        let entry = AuditEntry {
            at_ms: record.int(2)?,
            actor: record.text(3)?,
            action: record.text(4)?,
            subject: record.maybe_id(5)?,
            detail: record.text(6)?,
        };
        Ok(Link { writer: record.id(0)?, n: record.int(1)?, entry, prev: record.array(7)?, hash: record.array(8)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::id;

    fn entry(actor: &str, action: &str, detail: &str) -> AuditEntry {
        AuditEntry { at_ms: 1, actor: actor.into(), action: action.into(), subject: Some(id(1)), detail: detail.into() }
    }

    /// Computed apart, by Python's hashlib over the layout above: it must never change, or old audits stop verifying.
    #[test]
    fn the_canonical_bytes_stay_what_they_are() {
        let writer = Id([7; 16]);
        let link = Link::new(writer, Head { n: 41, hash: [9; 32] }, entry("officer", "look", "{}"));
        let hexadecimal: String = link.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal, "6955ff7f093f60140a2b46d38e6dd52a4500f0543250648d2497e1204b24e977");
    }

    #[test]
    fn a_chain_begins_with_the_record_of_its_opening() {
        let entries = [entry("a", "b", "c")];
        let links = link(id(5), None, "server", &entries);
        assert_eq!((links.len(), links[0].entry.action.as_str(), links[0].prev), (2, CHAIN_OPENED, BEGINNING));
        assert_eq!((links[1].n, links[1].prev), (2, links[0].hash));
    }

    proptest! {
        #[test]
        fn moving_a_letter_from_one_text_to_the_next_changes_the_hash(text in "[a-c]{2,6}", at in 1..2_usize) {
            let (left, right) = text.split_at(at);
            let split = Link::new(id(1), Head { n: 0, hash: BEGINNING }, entry(left, right, ""));
            let joined = Link::new(id(1), Head { n: 0, hash: BEGINNING }, entry(&text, "", ""));
            prop_assert_ne!(split.hash, joined.hash);
        }
    }
}
