//! What no engine shall see: changes that are malformed in themselves, refused before they meet their neighbours.

use std::collections::HashSet;
use std::hash::Hash;

use pratique_core::id::Id;

use crate::change::Change;
use crate::error::StoreError;

impl Change {
    /// Refuses a change that no store could apply, so that it cannot spoil the batch it would travel in.
    ///
    /// # Errors
    /// `StoreError::Malformed` if a text holds NUL (PostgreSQL refuses 0x00), a key stands twice, a version is
    /// negative, or no audit entry says who did it.
    pub fn check(&self) -> Result<(), StoreError> {
        if self.audit.is_empty() {
            return Err(self.malformed("it has no audit entry; say who did what"));
        }
        if self.texts().any(|text| text.contains('\0')) {
            return Err(self.malformed("a text holds a NUL character; refuse it where it was read"));
        }
        if self.rows.iter().any(|row| row.expected < 0 || row.expected == i64::MAX) {
            return Err(self.malformed("a row's expected version is out of range"));
        }
        if self.gone.iter().any(|row| row.expected < 1 || row.expected == i64::MAX) {
            return Err(self.malformed("a row that ceases to be has no version"));
        }
        let once = all_once(self.touched().into_iter())
            && all_once(self.claims.iter().map(|claim| &claim.key))
            && all_once(self.bodies.iter().map(|body| (body.owner, body.part)))
            && all_once(self.events.iter().map(|event| (event.subject, event.seq)))
            && all_once(self.outbox.iter().map(|row| row.id))
            && all_once(self.person_keys.iter().map(|(person, _)| person));
        if once { Ok(()) } else { Err(self.malformed("a row, claim, body, event, message or person key stands twice")) }
    }

    /// Every row that is written or ceases to be.
    pub(crate) fn touched(&self) -> Vec<Id> {
        self.rows.iter().map(|row| row.id).chain(self.gone.iter().map(|row| row.id)).collect()
    }

    fn malformed(&self, why: &str) -> StoreError {
        StoreError::Malformed { label: self.label, why: why.to_owned() }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().map(|row| row.state.as_str());
        let claims = self.claims.iter().map(|claim| claim.detail.as_str());
        let lists = self.put.iter().chain(&self.remove).map(|entry| entry.list.as_str());
        let events = self.events.iter().flat_map(|event| [event.kind.as_str(), event.body.as_str()]);
        let audit = self.audit.iter().flat_map(|a| [a.actor.as_str(), a.action.as_str(), a.detail.as_str()]);
        let topics = self.outbox.iter().map(|row| row.topic.as_str());
        rows.chain(claims).chain(lists).chain(events).chain(audit).chain(topics)
    }
}

fn all_once<T: Eq + Hash>(keys: impl ExactSizeIterator<Item = T>) -> bool {
    let count = keys.len();
    // Most changes hold one of each: no set is made for them.
    count < 2 || keys.collect::<HashSet<_>>().len() == count
}
