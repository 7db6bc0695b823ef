//! A term: a medical notion that several rules use, defined once (`fever` is 37.3 °C, or the word).

use serde_json::Value as Json;

use super::{Condition, Fault, condition_of};

/// A named condition. Rules and later terms read it as `term.fever`.
#[derive(Debug)]
pub struct Term {
    /// Its name: a CEL identifier, `a-z` and `_`.
    pub id: String,
    /// What it means.
    pub means: Condition,
}

impl Term {
    /// Reads one `[[term]]`, or says what is wrong with it.
    pub(super) fn read(row: &Json, faults: &mut Vec<Fault>) -> Option<Self> {
        let id = row.get("id").and_then(Json::as_str).unwrap_or_default();
        let place = at(id);
        let keys_are_right = row.as_object().is_some_and(|row| row.len() == 2);
        if !keys_are_right || id.is_empty() || !id.bytes().all(|c| c.is_ascii_lowercase() || c == b'_') {
            faults.push(Fault::new(place, "a term has an id of a-z and _, and `means`, a condition; nothing else"));
            return None;
        }
        let means = condition_of(row, "means").map_err(|words| faults.push(Fault::new(place, words))).ok()?;
        Some(Term { id: id.to_owned(), means })
    }
}

/// Where a term stands, for a fault.
pub(super) fn at(id: &str) -> String {
    format!("rules.toml, term {id}")
}
