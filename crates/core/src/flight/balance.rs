//! A flight's balance (journey.md 6.3, I1): everybody on the manifest and everybody who came without being on it ends in exactly
//! one place, and what does not add up names what is missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journey::Disposition;

/// Where one person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// Went on, nothing owed.
    Cleared,
    /// Ended another way, or cleared by a disposition of its own.
    Ended(Disposition),
    /// Declared; somebody still has to see them, or owes something.
    Open,
    /// Did not fly, as the carrier or the supervisor says.
    NoShow,
    /// On the manifest, and nobody has seen them.
    NotFound,
}

/// The figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// On the manifest.
    pub manifest: u64,
    /// Declared or seen, and not on it.
    pub unlisted: u64,
    /// Went on.
    pub cleared: u64,
    /// Ended another way, by its name.
    pub ended: BTreeMap<String, u64>,
    /// Still to be seen, or owed something.
    pub open: u64,
    /// Did not fly.
    pub no_show: u64,
    /// On the manifest and not seen.
    pub not_found: u64,
    /// Manifest and unlisted, less all the others: other than 0, somebody is counted twice or not at all.
    pub difference: i64,
}

impl Balance {
    /// The balance of a flight: `listed` and `unlisted` people counted on one side, and where each distinct person is on the
    /// other. Two lines of a manifest that lead to one declaration therefore show as a difference.
    #[must_use]
    pub fn of(listed: u64, unlisted: u64, people: impl IntoIterator<Item = Whereabouts>) -> Self {
        let mut balance = Balance { manifest: listed, unlisted, ..Balance::default() };
        let mut found = 0_i64;
        for person in people {
            found += 1;
            match person {
                Whereabouts::Cleared | Whereabouts::Ended(Disposition::Release) => balance.cleared += 1,
                Whereabouts::Ended(Disposition::NoShow) | Whereabouts::NoShow => balance.no_show += 1,
                Whereabouts::Ended(disposition) => {
                    *balance.ended.entry(disposition.name().to_owned()).or_default() += 1;
                }
                Whereabouts::Open => balance.open += 1,
                Whereabouts::NotFound => balance.not_found += 1,
            }
        }
        balance.difference = i64::try_from(listed + unlisted).unwrap_or(i64::MAX) - found;
        balance
    }

    /// Nobody is open, nobody is looked for, and it adds up: the flight can be closed.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.open == 0 && self.not_found == 0 && self.difference == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whereabouts() -> impl Strategy<Value = Whereabouts> {
        prop_oneof![
            Just(Whereabouts::Cleared),
            prop::sample::select(Disposition::ALL.to_vec()).prop_map(Whereabouts::Ended),
            Just(Whereabouts::Open),
            Just(Whereabouts::NoShow),
            Just(Whereabouts::NotFound),
        ]
    }

    proptest! {
        /// I1: whoever is counted on one side is counted once on the other.
        #[test]
        fn everybody_ends_in_exactly_one_place(people in prop::collection::vec(whereabouts(), 0..200), unlisted in 0u64..50) {
            let all = people.len() as u64;
            let balance = Balance::of(all.saturating_sub(unlisted), all.min(unlisted), people);
            let ends = balance.cleared + balance.ended.values().sum::<u64>() + balance.open + balance.no_show + balance.not_found;
            prop_assert_eq!((ends, balance.difference), (all, 0));
            prop_assert_eq!(balance.is_settled(), balance.open + balance.not_found == 0);
        }
    }

    #[test]
    fn two_lines_that_lead_to_one_person_do_not_add_up() {
        assert_eq!(Balance::of(2, 0, [Whereabouts::Cleared]).difference, 1);
    }
}
