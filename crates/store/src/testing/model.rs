//! The naive store: one change after the other, nothing clever. What the real one must agree with.

use std::collections::{BTreeMap, BTreeSet};

use pratique_core::id::Id;

use crate::change::{Change, Entry, Outcome};

/// Body hash, status, bytes and person of an answer.
pub type Given = ([u8; 32], u16, Vec<u8>, Option<Id>);

/// A store as a reader of `Change`'s documentation would write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// Version and state of each row.
    pub rows: BTreeMap<Id, (i64, String)>,
    /// Each body by its owner and part.
    pub bodies: BTreeMap<(Id, i64), Vec<u8>>,
    /// Holder and detail of each claim.
    pub claims: BTreeMap<Vec<u8>, (Id, String)>,
    /// Every answer by its key.
    pub answers: BTreeMap<[u8; 32], Given>,
    /// Every list entry.
    pub entries: BTreeSet<Entry>,
    /// Events by subject and number.
    pub events: BTreeMap<(Id, i64), String>,
}

impl Model {
    /// Applies one change, or refuses it whole.
    pub fn apply(&mut self, change: &Change) -> Outcome {
        let mut next = self.clone();
        let outcome = next.attempt(change);
        if outcome == Outcome::Applied {
            *self = next;
        }
        outcome
    }

    fn attempt(&mut self, change: &Change) -> Outcome {
        if let Some(answer) = &change.answer {
            match self.answers.get(&answer.key) {
                Some((hash, ..)) if *hash != answer.body_hash => return Outcome::KeyReused,
                Some((_, status, bytes, person)) => {
                    return Outcome::Repeat { status: *status, bytes: bytes.clone(), person: *person };
                }
                None => {}
            }
        }
        for key in &change.release {
            self.claims.remove(key);
        }
        for claim in &change.claims {
            if let Some((holder, detail)) = self.claims.get(&claim.key) {
                return Outcome::Taken { key: claim.key.clone(), holder: *holder, detail: detail.clone() };
            }
        }
        for row in &change.rows {
            let found = self.rows.get(&row.id).map_or(0, |(version, _)| *version);
            if found != row.expected {
                return Outcome::Conflict { id: row.id, found };
            }
        }
        for row in &change.gone {
            let found = self.rows.get(&row.id).map_or(0, |(version, _)| *version);
            if found != row.expected {
                return Outcome::Conflict { id: row.id, found };
            }
        }
        self.write(change);
        Outcome::Applied
    }

    fn write(&mut self, change: &Change) {
        for row in &change.rows {
            self.rows.insert(row.id, (row.expected + 1, row.state.clone()));
        }
        for row in &change.gone {
            self.rows.remove(&row.id);
            self.bodies.retain(|(owner, _), _| *owner != row.id);
        }
        self.bodies.retain(|(owner, _), _| !change.bodies_gone.contains(owner));
        for body in &change.bodies {
            self.bodies.insert((body.owner, body.part), body.sealed.clone());
        }
        for claim in &change.claims {
            self.claims.insert(claim.key.clone(), (claim.holder, claim.detail.clone()));
        }
        for entry in &change.remove {
            self.entries.remove(entry);
        }
        self.entries.extend(change.put.iter().cloned());
        for event in &change.events {
            self.events.insert((event.subject, event.seq), event.body.clone());
        }
        if let Some(answer) = &change.answer {
            let kept = (answer.body_hash, answer.status, answer.bytes.clone(), answer.person);
            self.answers.insert(answer.key, kept);
        }
    }
}
