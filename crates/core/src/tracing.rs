//! Contacts of a case on its flight, each with its evidence: who travels together, who sat near, who served. Rules find them; a
//! named person of the department ties them, and reaches them (product.md, rule 5).
//!
//! The seat rule counts rows before and behind; how many is the pack's to say, since it differs by disease and edition: two rows
//! in WHO's guide for tuberculosis and air travel [M], three in the Chinese protocols of 2020 [M].

use crate::id::Id;
use crate::journey::{Class, Journey, TestResult, test};

/// Is this the journey of a case: does the newest test of one of its samples say positive?
#[must_use]
pub fn is_case(journey: &Journey) -> bool {
    journey.samples.iter().any(|s| test::result_of(s) == Some(TestResult::Positive))
}

/// Somebody on the flight, as far as their place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aboard {
    /// Their journey.
    pub journey: Id,
    /// The declarer's journey, or their own: who has the same travels together.
    pub party: Id,
    /// The seat, as on the boarding pass.
    pub seat: Option<String>,
    /// Passenger or crew.
    pub class: Class,
}

/// Why somebody counts as a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Declared together with the case.
    SameParty,
    /// Sat so many rows away.
    Seat {
        /// Rows between the two; 0 in the same row.
        rows: u32,
    },
    /// Works on the flight: the cabin's crew meets everybody until their zone is known.
    Crew,
}

impl Rule {
    /// The stable name (`contact-rule-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Rule::SameParty => "same-party",
            Rule::Seat { .. } => "seat",
            Rule::Crew => "crew",
        }
    }

    /// Rows between the two, for the seat rule.
    #[must_use]
    pub fn rows(self) -> Option<u32> {
        match self {
            Rule::Seat { rows } => Some(rows),
            Rule::SameParty | Rule::Crew => None,
        }
    }
}

/// A contact with the strongest evidence for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Whose journey.
    pub journey: Id,
    /// Why.
    pub rule: Rule,
}

/// What the rules find, and what they cannot say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traced {
    /// Contacts, the strongest evidence first.
    pub contacts: Vec<Contact>,
    /// Who could sit near but has no seat on record: somebody must ask. Everybody on the flight, if the case's own seat is not
    /// known.
    pub unknown: Vec<Id>,
}

/// The contacts of a case among those aboard, within so many rows.
#[must_use]
pub fn trace(case: &Aboard, aboard: &[Aboard], rows_max: u32) -> Traced {
    let own = case.seat.as_deref().and_then(row);
    let mut traced = Traced::default();
    for other in aboard.iter().filter(|o| o.journey != case.journey) {
        let near = match (own, other.seat.as_deref().and_then(row)) {
            (Some(a), Some(b)) => Some(a.abs_diff(b)),
            _ => None,
        };
        let rule = match near {
            _ if other.party == case.party => Rule::SameParty,
            _ if other.class == Class::Crew => Rule::Crew,
            Some(rows) if rows <= rows_max => Rule::Seat { rows },
            Some(_) => continue,
            None => {
                traced.unknown.push(other.journey);
                continue;
            }
        };
        traced.contacts.push(Contact { journey: other.journey, rule });
    }
    traced.contacts.sort_by_key(|c| c.rule);
    traced
}

/// The row of a seat such as `31A`; none for `INF` and the like.
fn row(seat: &str) -> Option<u32> {
    let digits: String = seat.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|row| *row > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(n: u8, party: u8, seat: &str, class: Class) -> Aboard {
        let seat = Some(seat.to_owned()).filter(|s| !s.is_empty());
        Aboard { journey: Id([n; 16]), party: Id([party; 16]), seat, class }
    }

    #[test]
    fn family_crew_and_neighbours_are_found_and_who_has_no_seat_is_asked() {
        let case = at(1, 1, "31A", Class::Entering);
        let aboard = [
            case.clone(),
            at(2, 1, "12C", Class::Entering),
            at(3, 3, "33K", Class::Entering),
            at(4, 4, "34A", Class::Entering),
            at(5, 5, "", Class::Entering),
            at(6, 6, "INF", Class::Entering),
            at(7, 7, "", Class::Crew),
            at(8, 8, "31B", Class::Transit),
        ];
        let traced = trace(&case, &aboard, 2);
        let found: Vec<_> = traced.contacts.iter().map(|c| (c.journey.0[0], c.rule)).collect();
        assert_eq!(
            found,
            [(2, Rule::SameParty), (8, Rule::Seat { rows: 0 }), (3, Rule::Seat { rows: 2 }), (7, Rule::Crew)]
        );
        assert_eq!(traced.unknown, [Id([5; 16]), Id([6; 16])]);
    }

    #[test]
    fn a_case_without_a_seat_leaves_everybody_to_be_asked() {
        let case = at(1, 1, "", Class::Entering);
        let traced = trace(&case, &[at(2, 2, "31A", Class::Entering)], 3);
        assert!(traced.contacts.is_empty() && traced.unknown.len() == 1);
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_nearness_has_no_direction(
            a in 1u32..99, b in 1u32..99, rows in 0u32..5, letter in "[A-K]",
        ) {
            let (one, two) = (at(1, 1, &format!("{a}{letter}"), Class::Entering), at(2, 2, &format!("{b}A"), Class::Entering));
            let there = trace(&one, std::slice::from_ref(&two), rows).contacts.len();
            let back = trace(&two, std::slice::from_ref(&one), rows).contacts.len();
            prop_assert_eq!(there, back);
            prop_assert_eq!(there == 1, a.abs_diff(b) <= rows);
        }
    }
}
