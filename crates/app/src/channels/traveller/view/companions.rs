//! Who travels with the declarer: the list, to which one may add.

use askama::Template;
use serde_json::Value;

use crate::page::Shell;
use crate::words::Words;

/// The list of companions.
#[derive(Debug, Template)]
#[template(path = "traveller/companions.html")]
pub struct Companions {
    /// The frame.
    pub shell: Shell,
    /// Where "Back" leads.
    pub back: String,
    /// Those declared so far.
    pub companions: Vec<CompanionRow>,
    /// Whether there may be one more.
    pub room: bool,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// One companion.
#[derive(Debug)]
pub struct CompanionRow {
    /// Their place in the list.
    pub number: usize,
    /// Their name, or "Person 2".
    pub name: String,
    /// Where to change what is said of them.
    pub address: String,
    /// Whether nothing is missing.
    pub complete: bool,
}

/// What to call a companion: the name as far as it is typed, else their number.
#[must_use]
pub fn name_of(words: Words, body: &Value, number: usize) -> String {
    let name = body.pointer(&format!("/companions/{number}/traveller/name"));
    let part = |key| name.and_then(|name| name.get(key)).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let line = format!("{} {}", part("primary"), part("secondary"));
    // The declarer is the first person.
    if line.trim().is_empty() { words.count("person-number", number + 2) } else { line.trim().to_owned() }
}
