//! A rule set: `rules.toml` read and judged.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value as Json;

use super::condition::bounds::{RULE_SET_STEPS_MAX, RULES_MAX};
use super::example::Example;
use super::{Condition, Fault, PackVersion, Tier, Unanswered, Vocabulary, condition, parse_toml};
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
}

/// All rules of a pack, with the examples that prove them.
#[derive(Debug)]
pub struct RuleSet {
    /// The version that every assessment names.
    pub version: String,
    /// The pack it belongs to; empty until the pack is known.
    pub pack: PackVersion,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    pub(super) examples: Vec<Example>,
}

const FILE: &str = "rules.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    tier: Tier,
    when: String,
    reason: Text,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

const KEYS: [&str; 6] = ["id", "tier", "when", "reason", "valid_from", "valid_to"];

impl RuleSet {
    /// Reads `rules.toml`.
    ///
    /// # Errors
    /// Every fault of every rule and example: unknown keys, conditions out of bounds, reasons that are missing.
    pub fn parse(toml: &str) -> Result<Self, Vec<Fault>> {
        let mut table = parse_toml(FILE, toml).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let version =
            table.remove("version").and_then(|version| version.as_str().map(str::to_owned)).unwrap_or_default();
        if version.trim().is_empty() {
            faults.push(Fault::new(FILE, "write version = \"…\" at the top: every assessment names it"));
        }
        let (rows, cases) = (rows(&mut table, "rule", &mut faults), rows(&mut table, "example", &mut faults));
        for key in table.keys() {
            faults.push(Fault::new(FILE, format!("unknown key `{key}`: there is version, [[rule]] and [[example]]")));
        }
        if rows.is_empty() || rows.len() > RULES_MAX {
            faults.push(Fault::new(FILE, format!("a rule set has 1 to {RULES_MAX} rules, this one {}", rows.len())));
        }
        let rules =
            rows.into_iter().take(RULES_MAX).enumerate().filter_map(|(n, row)| rule(n, row, &mut faults)).collect();
        let examples =
            cases.into_iter().enumerate().filter_map(|(n, case)| Example::read(n, case, &mut faults)).collect();
        let set = RuleSet { version, pack: PackVersion::default(), rules, examples };
        faults.extend(set.faults());
        if faults.is_empty() { Ok(set) } else { Err(faults) }
    }

    /// What the rules ask that the form does not: a linkId it does not have, a question taken as yes or no that is not one.
    #[must_use]
    pub fn lint(&self, form: &Vocabulary) -> Vec<Fault> {
        self.rules.iter().flat_map(|rule| lint(rule, form)).collect()
    }

    /// Reasons that do not stand in every one of these languages.
    #[must_use]
    pub fn missing_languages(&self, languages: &[String]) -> Vec<Fault> {
        let missing = |rule: &Rule, language: &String| {
            let words = format!("the reason is missing in {language}: every language of the pack needs it");
            (!has(&rule.reason, language)).then(|| Fault::new(place(&rule.id), words))
        };
        self.rules
            .iter()
            .flat_map(|rule| languages.iter().filter_map(move |language| missing(rule, language)))
            .collect()
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for rule in &self.rules {
            if !seen.insert(&rule.id) {
                faults.push(Fault::new(place(&rule.id), "two rules have this id"));
            }
        }
        let steps: u64 = self.rules.iter().map(|rule| rule.when.steps()).sum();
        if steps > RULE_SET_STEPS_MAX {
            let words = format!("all conditions together could take {steps} steps, {RULE_SET_STEPS_MAX} are allowed");
            faults.push(Fault::new(FILE, words));
        }
        faults
    }
}

/// Whether a text stands in exactly this language.
pub(crate) fn has(text: &Text, language: &str) -> bool {
    text.0.get(language).is_some_and(|words| !words.trim().is_empty())
}

fn place(id: &str) -> String {
    format!("{FILE}, rule {id}")
}

fn rows(table: &mut serde_json::Map<String, Json>, key: &str, faults: &mut Vec<Fault>) -> Vec<Json> {
    match table.remove(key) {
        Some(Json::Array(rows)) => rows,
        None => Vec::new(),
        Some(_) => {
            faults.push(Fault::new(FILE, format!("`{key}` must be written [[{key}]], once for each")));
            Vec::new()
        }
    }
}

/// Reads one rule, or says all that is wrong with it.
fn rule(number: usize, row: Json, faults: &mut Vec<Fault>) -> Option<Rule> {
    let id = row.get("id").and_then(Json::as_str).map_or_else(|| format!("number {}", number + 1), str::to_owned);
    let before = faults.len();
    let mut fault = |words: String| faults.push(Fault::new(place(&id), words));
    for key in row.as_object().into_iter().flat_map(serde_json::Map::keys).filter(|key| !KEYS.contains(&key.as_str())) {
        fault(format!(
            "unknown key `{key}`. A rule can refer a person to an officer and nothing else: it cannot quarantine, order or \
             decide. Its keys are {}",
            KEYS.join(", ")
        ));
    }
    if let Some(tier) = row.get("tier").filter(|tier| !matches!(tier.as_str(), Some("amber" | "red"))) {
        fault(format!(
            "tier {tier}: a rule's tier is \"amber\" or \"red\"; who is hit by no rule is green, and no rule quarantines"
        ));
    }
    let condition = match row.get("when").and_then(Json::as_str).map(Condition::compile) {
        Some(Ok(condition)) => Some(condition),
        Some(Err(error)) => {
            fault(error.to_string());
            None
        }
        None => None,
    };
    if faults.len() > before {
        return None;
    }
    finish(&id, row, condition?, faults)
}

fn finish(id: &str, row: Json, when: Condition, faults: &mut Vec<Fault>) -> Option<Rule> {
    let row: RuleRow = match serde_json::from_value(row) {
        Ok(row) => row,
        Err(error) => {
            faults.push(Fault::new(place(id), error.to_string()));
            return None;
        }
    };
    if row.id.is_empty()
        || row.id.len() > 40
        || !row.id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    {
        faults.push(Fault::new(place(id), "an id has 1 to 40 of a-z, 0-9 and -"));
    }
    if !has(&row.reason, "en") {
        faults.push(Fault::new(place(id), "the reason is missing in en, which everybody falls back to"));
    }
    if matches!((row.valid_from, row.valid_to), (Some(from), Some(to)) if to < from) {
        faults.push(Fault::new(place(id), "valid_to lies before valid_from"));
    }
    debug_assert_eq!(row.when, when.source());
    let (tier, reason, valid_from, valid_to) = (row.tier, row.reason, row.valid_from, row.valid_to);
    Some(Rule { id: row.id, tier, when, reason, valid_from, valid_to })
}

fn lint(rule: &Rule, form: &Vocabulary) -> Vec<Fault> {
    let fault = |words: String| Fault::new(place(&rule.id), words);
    let unknown = |id: &&String| form.get(id).is_none();
    let stay_field = |id: &&String| condition::STAY.contains(&id.as_str());
    let questions = rule.when.questions().iter().filter(unknown);
    let fields = rule.when.entry_fields().iter().filter(unknown).filter(|id| !stay_field(id));
    let mut faults: Vec<Fault> =
        questions.chain(fields).map(|id| fault(format!("the form has no question with the linkId `{id}`"))).collect();
    for id in rule.when.yes_no_questions() {
        if matches!(form.get(id), Some(Unanswered::Empty | Unanswered::Absent)) {
            faults.push(fault(format!("`answers.{id}` is not a yes-no question: compare it with something")));
        }
    }
    faults
}
