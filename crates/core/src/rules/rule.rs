//! One rule: whom it refers, and why.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{Condition, Fault, Tier, condition_of};
use crate::language::Text;

/// One rule: whom it refers, and why.
#[derive(Debug)]
pub struct Rule {
    /// Its name in assessments and logs, `[a-z0-9-]`; never reused for another rule.
    pub id: String,
    /// Amber or red.
    pub tier: Tier,
    /// When it hits.
    pub when: Condition,
    /// What the officer reads, in every language of the pack.
    pub reason: Text,
    /// The first day it is in force, if it has one.
    pub valid_from: Option<Date>,
    /// The last day it is in force, if it has one.
    pub valid_to: Option<Date>,
}

impl Rule {
    /// Whether the rule is in force on a day.
    #[must_use]
    pub fn in_force(&self, today: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= today) && self.valid_to.is_none_or(|to| today <= to)
    }

    /// Reads one `[[rule]]`, or says all that is wrong with it.
    pub(super) fn read(number: usize, row: Json, faults: &mut Vec<Fault>) -> Option<Self> {
        let at = place(row.get("id"), number);
        let before = faults.len();
        faults.extend(overreach(&row).into_iter().map(|words| Fault::new(&at, words)));
        let when = condition_of(&row, "when").map_err(|words| faults.push(Fault::new(&at, words))).ok();
        if faults.len() > before {
            return None;
        }
        let row = serde_json::from_value(row).map_err(|error| faults.push(Fault::new(&at, error.to_string())));
        let RuleRow { id, tier, reason, valid_from, valid_to, .. } = row.ok()?;
        let rule = Rule { id, tier, when: when?, reason, valid_from, valid_to };
        faults.extend(rule.faults().into_iter().map(|words| Fault::new(&at, words)));
        Some(rule)
    }

    fn faults(&self) -> Vec<&'static str> {
        let reversed = matches!((self.valid_from, self.valid_to), (Some(from), Some(to)) if to < from);
        let checks = [
            (!is_id(&self.id), "an id has 1 to 40 of a-z, 0-9 and -"),
            (!stands_in(&self.reason, "en"), "the reason is missing in en, which everybody falls back to"),
            (reversed, "valid_to lies before valid_from"),
        ];
        checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, words)| words).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    tier: Tier,
    /// Compiled apart, so that its faults come together with those of the rest.
    #[serde(rename = "when")]
    _when: String,
    reason: Text,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

const KEYS: [&str; 6] = ["id", "tier", "when", "reason", "valid_from", "valid_to"];

/// What the row asks for that no rule can do.
fn overreach(row: &Json) -> Vec<String> {
    let keys = row.as_object().into_iter().flat_map(serde_json::Map::keys);
    let mut words: Vec<String> = keys.filter(|key| !KEYS.contains(&key.as_str())).map(|key| unknown_key(key)).collect();
    if let Some(tier) = row.get("tier").filter(|tier| !matches!(tier.as_str(), Some("amber" | "red"))) {
        words.push(format!(
            "tier {tier}: a rule's tier is \"amber\" or \"red\"; who is hit by no rule is green, and no rule quarantines"
        ));
    }
    words
}

fn unknown_key(key: &str) -> String {
    format!(
        "unknown key `{key}`. A rule can refer a person to an officer and nothing else: it cannot quarantine, order or \
         decide. Its keys are {}",
        KEYS.join(", ")
    )
}

/// Whether a text is an id of a rule.
pub(super) fn is_id(text: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(allowed)
}

/// Whether a text stands in exactly this language.
pub(crate) fn stands_in(text: &Text, language: &str) -> bool {
    text.0.get(language).is_some_and(|words| !words.trim().is_empty())
}

fn place(id: Option<&Json>, number: usize) -> String {
    id.and_then(Json::as_str).map_or_else(|| format!("rules.toml, rule number {}", number + 1), at)
}

/// Where a rule stands, for a fault.
pub(super) fn at(id: &str) -> String {
    format!("rules.toml, rule {id}")
}
