//! Look, **judge**, write: what becomes of each change of a batch, decided from what one look saw. Pure.

use std::collections::HashMap;

use pratique_core::id::Id;

use crate::change::{Change, Outcome, StoredAnswer};

/// What one look at the store saw of everything that a batch names. Missing means: it is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) versions: HashMap<Id, i64>,
    pub(crate) claims: HashMap<Vec<u8>, (Id, String)>,
    pub(crate) answers: HashMap<[u8; 32], StoredAnswer>,
}

/// Settles the changes in their order, each as if those accepted before it were written already.
///
/// A repeat is found first (whoever was answered once gets the same answer, whatever happened since), then a taken
/// key (final, and it names its holder), then a conflict (read and decide again).
pub(crate) fn judge(changes: &[Change], mut seen: Seen) -> Vec<Outcome> {
    changes
        .iter()
        .map(|change| {
            let outcome = seen.settle(change);
            if outcome == Outcome::Applied {
                seen.take_in(change);
            }
            outcome
        })
        .collect()
}

impl Seen {
    fn settle(&self, change: &Change) -> Outcome {
        self.repeated(change)
            .or_else(|| self.taken(change))
            .or_else(|| self.conflict(change))
            .unwrap_or(Outcome::Applied)
    }

    fn repeated(&self, change: &Change) -> Option<Outcome> {
        let asked = change.answer.as_ref()?;
        let given = self.answers.get(&asked.key)?;
        Some(if given.body_hash == asked.body_hash {
            Outcome::Repeat { status: given.status, bytes: given.bytes.clone(), person: given.person }
        } else {
            Outcome::KeyReused
        })
    }

    fn taken(&self, change: &Change) -> Option<Outcome> {
        change.claims.iter().filter(|claim| !change.release.contains(&claim.key)).find_map(|claim| {
            let (holder, detail) = self.claims.get(&claim.key)?;
            Some(Outcome::Taken { key: claim.key.clone(), holder: *holder, detail: detail.clone() })
        })
    }

    fn conflict(&self, change: &Change) -> Option<Outcome> {
        change.rows.iter().find_map(|row| {
            let found = self.versions.get(&row.id).copied().unwrap_or(0);
            (found != row.expected).then_some(Outcome::Conflict { id: row.id, found })
        })
    }

    fn take_in(&mut self, change: &Change) {
        for row in &change.rows {
            self.versions.insert(row.id, row.expected + 1);
        }
        for key in &change.release {
            self.claims.remove(key);
        }
        for claim in &change.claims {
            self.claims.insert(claim.key.clone(), (claim.holder, claim.detail.clone()));
        }
        for key in &change.forget {
            self.answers.remove(key);
        }
        if let Some(answer) = &change.answer {
            self.answers.insert(answer.key, answer.clone());
        }
    }
}
