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
        let written = change.rows.iter().map(|row| (row.id, row.expected));
        written.chain(change.gone.iter().map(|row| (row.id, row.expected))).find_map(|(id, expected)| {
            let found = self.versions.get(&id).copied().unwrap_or(0);
            (found != expected).then_some(Outcome::Conflict { id, found })
        })
    }

    fn take_in(&mut self, change: &Change) {
        for row in &change.rows {
            self.versions.insert(row.id, row.expected + 1);
        }
        for row in &change.gone {
            self.versions.remove(&row.id);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::change::{AuditEntry, Claim, Kind, RowWrite};
    use crate::testing::id;
    use crate::testing::model::{Given, Model};

    fn row(n: u64, expected: i64) -> RowWrite {
        RowWrite { kind: Kind(1), id: id(n), expected, state: format!("{n} after {expected}") }
    }

    fn claim(key: u8, holder: u64) -> Claim {
        Claim { key: vec![key], holder: id(holder), detail: holder.to_string() }
    }

    fn answer(key: u8, body: u8, bytes: u8) -> StoredAnswer {
        let (key, body_hash) = ([key; 32], [body; 32]);
        StoredAnswer { key, body_hash, status: 201, bytes: vec![bytes], person: None, expires_ms: 0 }
    }

    fn audited() -> Vec<AuditEntry> {
        let (actor, action, detail) = ("a".into(), "b".into(), String::new());
        vec![AuditEntry { at_ms: 0, actor, action, subject: None, detail }]
    }

    /// So few rows, keys and answers that changes get in each other's way.
    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let rows = prop::collection::btree_map(0..4_u64, 0..4_i64, 0..3);
        let claims = prop::collection::btree_set(0..3_u8, 0..3);
        let release = prop::collection::vec(0..3_u8, 0..2);
        let asked = prop::option::of((0..3_u8, 0..2_u8));
        let one = (rows, claims, release, asked, any::<u8>()).prop_map(|(rows, claims, release, asked, salt)| Change {
            rows: rows.into_iter().map(|(n, expected)| row(n, expected)).collect(),
            claims: claims.into_iter().map(|key| claim(key, u64::from(salt))).collect(),
            release: release.into_iter().map(|key| vec![key]).collect(),
            answer: asked.map(|(key, body)| answer(key, body, salt)),
            audit: audited(),
            ..Change::default()
        });
        prop::collection::vec(one, 0..80)
    }

    /// What a look at the naive model sees.
    fn look(model: &Model) -> Seen {
        let given = |(key, (body_hash, status, bytes, person)): (&[u8; 32], &Given)| {
            let (bytes, person) = (bytes.clone(), *person);
            (*key, StoredAnswer { key: *key, body_hash: *body_hash, status: *status, bytes, person, expires_ms: 0 })
        };
        Seen {
            versions: model.rows.iter().map(|(id, (version, _))| (*id, *version)).collect(),
            claims: model.claims.clone().into_iter().collect(),
            answers: model.answers.iter().map(given).collect(),
        }
    }

    proptest! {
        #[test]
        fn a_batch_is_settled_as_if_its_changes_came_one_after_the_other(before in changes(), batch in changes()) {
            let mut model = Model::default();
            for change in &before {
                model.apply(change);
            }
            let settled = judge(&batch, look(&model));
            let one_by_one: Vec<Outcome> = batch.iter().map(|change| model.apply(change)).collect();
            prop_assert_eq!(settled, one_by_one);
        }

        #[test]
        fn cutting_a_batch_in_two_changes_no_outcome(batch in changes(), at in any::<prop::sample::Index>()) {
            let whole = judge(&batch, Seen::default());
            let (first, second) = batch.split_at(if batch.is_empty() { 0 } else { at.index(batch.len()) });
            let mut between = Seen::default();
            let mut halves = judge(first, Seen::default());
            for (change, _) in first.iter().zip(&halves).filter(|(_, outcome)| **outcome == Outcome::Applied) {
                between.take_in(change);
            }
            halves.extend(judge(second, between));
            prop_assert_eq!(whole, halves);
        }

        #[test]
        fn nobody_holds_a_key_twice(batch in changes()) {
            let mut held = std::collections::HashSet::new();
            for (change, outcome) in batch.iter().zip(judge(&batch, Seen::default())) {
                if outcome == Outcome::Applied {
                    change.release.iter().for_each(|key| { held.remove(key); });
                    for claim in &change.claims {
                        prop_assert!(held.insert(claim.key.clone()));
                    }
                }
            }
        }
    }

    #[test]
    fn whoever_was_answered_is_answered_again_even_when_the_pass_is_used_and_the_row_has_moved() {
        let again = Change {
            rows: vec![row(1, 0)],
            claims: vec![claim(1, 1)],
            answer: Some(answer(1, 1, 9)),
            audit: audited(),
            ..Change::default()
        };
        let settled = judge(&[again.clone(), again], Seen::default());
        assert_eq!(settled, [Outcome::Applied, Outcome::Repeat { status: 201, bytes: vec![9], person: None }]);
    }
}
