//! A rule set: `rules.toml` read and judged.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::condition::bounds::{RULE_SET_STEPS_MAX, RULES_MAX, TERMS_MAX};
use super::example::Example;
use super::{Condition, Fault, PackVersion, Rule, Term, parse_toml, rule, term};

/// All rules of a pack, with the terms they use and the examples that prove them.
#[derive(Debug)]
pub struct RuleSet {
    /// The version that every assessment names.
    pub version: String,
    /// The pack it belongs to; empty until the pack is known.
    pub pack: PackVersion,
    /// The terms, each before those that use it.
    pub terms: Vec<Term>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    pub(super) examples: Vec<Example>,
}

const FILE: &str = "rules.toml";

impl RuleSet {
    /// Reads `rules.toml`.
    ///
    /// # Errors
    /// Every fault of every term, rule and example: unknown keys, conditions out of bounds, reasons that are missing.
    pub fn parse(toml: &str) -> Result<Self, Vec<Fault>> {
        let mut table = parse_toml(FILE, toml).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let version = table.remove("version").and_then(|version| version.as_str().map(str::to_owned));
        let [terms, rules, examples] = ["term", "rule", "example"].map(|key| rows(&mut table, key, &mut faults));
        faults.extend(table.keys().map(|key| {
            Fault::new(FILE, format!("unknown key `{key}`: there is version, [[term]], [[rule]] and [[example]]"))
        }));
        if rules.is_empty() || rules.len() > RULES_MAX || terms.len() > TERMS_MAX {
            let words = format!("a rule set has 1 to {RULES_MAX} rules and at most {TERMS_MAX} terms");
            return Err([faults, vec![Fault::new(FILE, words)]].concat());
        }
        let set = RuleSet {
            version: version.unwrap_or_default(),
            pack: PackVersion::default(),
            terms: terms.iter().filter_map(|row| Term::read(row, &mut faults)).collect(),
            rules: rules.into_iter().enumerate().filter_map(|(n, row)| Rule::read(n, row, &mut faults)).collect(),
            examples: examples
                .into_iter()
                .enumerate()
                .filter_map(|(n, row)| Example::read(n, row, &mut faults))
                .collect(),
        };
        faults.extend(set.faults());
        if faults.is_empty() { Ok(set) } else { Err(faults) }
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.version.trim().is_empty() {
            faults.push(Fault::new(FILE, "write version = \"…\" at the top: every assessment names it"));
        }
        let mut terms = BTreeSet::new();
        for term in &self.terms {
            faults.extend(undefined(term::at(&term.id), &term.means, &terms));
            if !terms.insert(&term.id) {
                faults.push(Fault::new(term::at(&term.id), "two terms have this id"));
            }
        }
        let mut rules = BTreeSet::new();
        for rule in &self.rules {
            faults.extend(undefined(rule::at(&rule.id), &rule.when, &terms));
            if !rules.insert(&rule.id) {
                faults.push(Fault::new(rule::at(&rule.id), "two rules have this id"));
            }
        }
        let steps: u64 = self.conditions().map(Condition::steps).sum();
        if steps > RULE_SET_STEPS_MAX {
            let words = format!("all conditions together could take {steps} steps, {RULE_SET_STEPS_MAX} are allowed");
            faults.push(Fault::new(FILE, words));
        }
        faults
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.terms.iter().map(|term| &term.means).chain(self.rules.iter().map(|rule| &rule.when))
    }
}

/// Compiles the condition that a row holds under `key`.
pub(super) fn condition_of(row: &Json, key: &str) -> Result<Condition, String> {
    let source = row.get(key).and_then(Json::as_str).ok_or_else(|| format!("`{key}` is missing: write a condition"))?;
    Condition::compile(source).map_err(|error| error.to_string())
}

/// Terms that are used before they are defined, or never are.
fn undefined(at: String, condition: &Condition, defined: &BTreeSet<&String>) -> Option<Fault> {
    let term = condition.terms().iter().find(|term| !defined.contains(term))?;
    Some(Fault::new(at, format!("`term.{term}` is not defined by a [[term]] above it")))
}

fn rows(table: &mut Map<String, Json>, key: &str, faults: &mut Vec<Fault>) -> Vec<Json> {
    match table.remove(key) {
        Some(Json::Array(rows)) => rows,
        None => Vec::new(),
        Some(_) => {
            faults.push(Fault::new(FILE, format!("`{key}` must be written [[{key}]], once for each")));
            Vec::new()
        }
    }
}
