//! The assessment: what the rules say of one person's entry.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::condition::Bound;
use super::{Areas, Facts, Rule, RuleSet, Tier};
use crate::language::Text;

/// Which pack, in which version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVersion {
    /// The pack's id, `respiratory`.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// One reason for a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's id, or [`CUT`].
    pub rule: String,
    /// The tier that this reason alone asks for.
    pub tier: Tier,
    /// What the officer reads.
    pub text: Text,
}

/// The id of the reason that is given when the facts were longer than the bounds. No rule can have it.
pub const CUT: &str = "pratique:cut";

/// The tier of an entry with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The worst tier among the reasons; green without any.
    pub tier: Tier,
    /// Every rule that hit, worst first, then in the order of the rule set.
    pub reasons: Vec<Reason>,
    /// The version of the rule set.
    pub rules_version: String,
    /// The pack it came from.
    pub pack: PackVersion,
}

/// Runs every rule in force today. Not a failure is lost: a rule that cannot be judged, and facts that had to be cut, are
/// amber with a reason of their own (security.md, OWASP ASVS V16.5.3: an error is never green).
#[must_use]
pub fn assess(facts: &Facts, rules: &RuleSet, areas: &Areas, today: Date) -> Assessment {
    let mut bound = Bound::new(facts, areas, today);
    for term in &rules.terms {
        bound.settle(&term.id, &term.means);
    }
    let mut reasons: Vec<Reason> =
        rules.rules.iter().filter(|rule| rule.in_force(today)).filter_map(|rule| judge(rule, &bound)).collect();
    if bound.is_cut() {
        reasons.push(Reason { rule: CUT.to_owned(), tier: Tier::Amber, text: cut() });
    }
    // A stable sort: within a tier the rule set's own order remains.
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.tier));
    let tier = reasons.first().map_or(Tier::Green, |reason| reason.tier);
    Assessment { tier, reasons, rules_version: rules.version.clone(), pack: rules.pack.clone() }
}

fn judge(rule: &Rule, bound: &Bound) -> Option<Reason> {
    match rule.when.holds(bound) {
        Ok(true) => Some(Reason { rule: rule.id.clone(), tier: rule.tier, text: rule.reason.clone() }),
        Ok(false) => None,
        Err(unjudged) => Some(Reason { rule: rule.id.clone(), tier: Tier::Amber, text: not_judged(rule, &unjudged.0) }),
    }
}

fn not_judged(rule: &Rule, why: &str) -> Text {
    Text(BTreeMap::from([
        ("en".to_owned(), format!("The rule {} could not be judged ({why}). Please read the declaration.", rule.id)),
        ("zh-Hans".to_owned(), format!("规则 {} 无法判断（{why}）。请人工核对申报内容。", rule.id)),
    ]))
}

fn cut() -> Text {
    Text(BTreeMap::from([
        ("en".to_owned(), "The declaration is longer than the rules can read. Please read it in full.".to_owned()),
        ("zh-Hans".to_owned(), "申报内容过长，规则未能全部读取。请人工核对全部内容。".to_owned()),
    ]))
}
