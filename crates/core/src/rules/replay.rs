//! A replay: what a draft rule set would have made of people who have come already, beside the rules in force. Both judge the same
//! facts on the same day, so that every difference is the draft's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Assessment, RuleSet, Tier};

/// One person judged by both.
#[derive(Debug, Clone, Copy)]
pub struct Twice<'a> {
    /// The day on which an officer decided on them, by the port's clock.
    pub day: Date,
    /// The hour of that, 0 to 23.
    pub hour: i8,
    /// What the rules in force say.
    pub in_force: &'a Assessment,
    /// What the draft says.
    pub draft: &'a Assessment,
}

impl Twice<'_> {
    /// Whether the draft shows this person in another colour.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.in_force.tier != self.draft.tier
    }

    /// The rules that the draft alone gives, and those that the rules in force alone give.
    #[must_use]
    pub fn reasons(&self) -> (Vec<String>, Vec<String>) {
        let ids = |assessment: &Assessment| -> BTreeSet<String> {
            assessment.reasons.iter().map(|reason| reason.rule.clone()).collect()
        };
        let (before, after) = (ids(self.in_force), ids(self.draft));
        (after.difference(&before).cloned().collect(), before.difference(&after).cloned().collect())
    }
}

/// How many people have which colour under the rules in force and under the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    by_tiers: BTreeMap<(Tier, Tier), u64>,
    /// How many are not green, hour by hour: in force, under the draft.
    referred: BTreeMap<i8, (u64, u64)>,
}

impl Moves {
    fn add(&mut self, twice: &Twice<'_>) {
        let (before, after) = (twice.in_force.tier, twice.draft.tier);
        *self.by_tiers.entry((before, after)).or_default() += 1;
        let hour = self.referred.entry(twice.hour).or_default();
        hour.0 += u64::from(before != Tier::Green);
        hour.1 += u64::from(after != Tier::Green);
    }

    fn count(&self, counts: impl Fn(Tier, Tier) -> bool) -> u64 {
        self.by_tiers.iter().filter(|((before, after), _)| counts(*before, *after)).map(|(_, people)| people).sum()
    }

    /// People, all of them.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.count(|_, _| true)
    }

    /// People of a colour under the rules in force.
    #[must_use]
    pub fn in_force(&self, tier: Tier) -> u64 {
        self.count(|before, _| before == tier)
    }

    /// People of a colour under the draft.
    #[must_use]
    pub fn draft(&self, tier: Tier) -> u64 {
        self.count(|_, after| after == tier)
    }

    /// People whom the draft makes more urgent.
    #[must_use]
    pub fn raised(&self) -> u64 {
        self.count(|before, after| after > before)
    }

    /// People whom the draft makes less urgent.
    #[must_use]
    pub fn lowered(&self) -> u64 {
        self.count(|before, after| after < before)
    }

    /// The hour of the day in which the draft refers most people, with how many the rules in force refer then, and how many the
    /// draft. The earliest of several; none where the draft refers nobody.
    #[must_use]
    pub fn busiest_hour(&self) -> Option<(i8, u64, u64)> {
        let hours = self.referred.iter().filter(|(_, (_, draft))| *draft > 0);
        hours.rev().max_by_key(|(_, (_, draft))| *draft).map(|(hour, (before, after))| (*hour, *before, *after))
    }
}

/// How many people one rule speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hits {
    /// Under the rules in force; none if they have no rule of this id.
    pub in_force: Option<u64>,
    /// Under the draft; none if it has no rule of this id.
    pub draft: Option<u64>,
}

/// A replay of some days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// All days together. Its busiest hour is that of the clock, over all days.
    pub total: Moves,
    /// Each day on which somebody came.
    pub days: BTreeMap<Date, Moves>,
    /// Each rule of either set, by its id. What could not be judged counts for the rule that could not judge it.
    pub rules: BTreeMap<String, Hits>,
}

impl Replay {
    /// Nobody yet, with a line for each rule: one that speaks of nobody is worth knowing too.
    #[must_use]
    pub fn between(in_force: &RuleSet, draft: &RuleSet) -> Self {
        let mut replay = Replay::default();
        for rule in &in_force.rules {
            replay.rules.entry(rule.id.clone()).or_default().in_force = Some(0);
        }
        for rule in &draft.rules {
            replay.rules.entry(rule.id.clone()).or_default().draft = Some(0);
        }
        replay
    }

    /// Counts a person.
    pub fn add(&mut self, twice: &Twice<'_>) {
        self.total.add(twice);
        self.days.entry(twice.day).or_default().add(twice);
        for reason in &twice.in_force.reasons {
            *self.rules.entry(reason.rule.clone()).or_default().in_force.get_or_insert(0) += 1;
        }
        for reason in &twice.draft.reasons {
            *self.rules.entry(reason.rule.clone()).or_default().draft.get_or_insert(0) += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::{Areas, Facts, assess};

    fn set(rules: &[(&str, &str, &str)]) -> RuleSet {
        let rule = |(id, tier, when): &(&str, &str, &str)| {
            format!("[[rule]]\nid = '{id}'\ntier = '{tier}'\nwhen = '''{when}'''\nreason = {{ en = 'x' }}\n")
        };
        RuleSet::parse(&format!("version = '1'\n{}", rules.iter().map(rule).collect::<String>())).unwrap()
    }

    fn in_force() -> RuleSet {
        set(&[("child", "amber", "age_y != null && age_y < 14"), ("old", "red", "age_y != null && age_y > 80")])
    }

    fn replayed(draft: &RuleSet, people: &[(Option<i64>, i8)]) -> Replay {
        let (before, day) = (in_force(), jiff::civil::date(2026, 11, 24));
        let mut replay = Replay::between(&before, draft);
        for (age_y, hour) in people {
            let facts = Facts { age_y: *age_y, ..Facts::default() };
            let judged = |rules: &RuleSet| assess(&facts, rules, &Areas::default(), day);
            replay.add(&Twice { day, hour: *hour, in_force: &judged(&before), draft: &judged(draft) });
        }
        replay
    }

    #[test]
    fn it_says_who_moves_by_which_rule_and_when_it_is_felt() {
        let draft = set(&[("child", "amber", "age_y != null && age_y < 6"), ("unknown", "red", "age_y == null")]);
        let told =
            replayed(&draft, &[(Some(3), 9), (Some(9), 9), (Some(90), 14), (None, 15), (None, 15), (Some(30), 8)]);
        let total = &told.total;
        assert_eq!(Tier::ALL.map(|tier| total.in_force(tier)), [3, 2, 1]);
        assert_eq!(Tier::ALL.map(|tier| total.draft(tier)), [3, 1, 2]);
        assert_eq!((total.raised(), total.lowered()), (2, 2));
        assert_eq!(total.busiest_hour(), Some((15, 0, 2)));
        let hits = |in_force, draft| Hits { in_force, draft };
        let expected =
            [("child", hits(Some(2), Some(1))), ("old", hits(Some(1), None)), ("unknown", hits(None, Some(2)))];
        assert_eq!(told.rules, expected.map(|(id, hits)| (id.to_owned(), hits)).into());
        assert_eq!(told.days.keys().map(|day| day.day()).collect::<Vec<_>>(), [24]);
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_the_same_rules_move_nobody(people in proptest::collection::vec((proptest::option::of(0..120_i64), 0..24_i8), 0..40)) {
            let told = replayed(&in_force(), &people);
            prop_assert_eq!(told.total.people(), people.len() as u64);
            prop_assert_eq!((told.total.raised(), told.total.lowered()), (0, 0));
            prop_assert!(told.rules.values().all(|hits| hits.in_force == hits.draft));
            let each: u64 = told.days.values().map(Moves::people).sum();
            prop_assert_eq!(each, people.len() as u64);
            for tier in Tier::ALL {
                prop_assert_eq!(told.total.in_force(tier), told.total.draft(tier));
            }
            let referred = told.total.people() - told.total.draft(Tier::Green);
            prop_assert_eq!(told.total.busiest_hour().is_some(), referred > 0);
        }
    }
}
