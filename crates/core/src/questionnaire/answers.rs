//! Answers that a form has accepted.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Questionnaire;
use super::error::FieldError;
use super::walk::{object, walk};

/// No more errors than this are told at once: a body of nonsense is not worth a longer answer.
const ERRORS_MAX: usize = 100;

/// Accepted answers in their one canonical shape: linkId to value, groups as objects, repeats as arrays, texts in NFC,
/// countries in alpha-3, nothing blank, nothing that was not asked.
///
/// It is read back from where it was stored as it was written: the form of that day accepted it, today's need not.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(Map<String, Value>);

/// Accepts the answers to a form, or says by field what is wrong.
///
/// `today` is the date at the port: limits such as "not after today" are counted from it. Children of a group that does not
/// repeat may stand in the group's object or beside it. Answers to questions that are not enabled are left out of the
/// result without an error, since a person who changed their mind has done nothing wrong; a linkId that the form does not
/// have is an error.
///
/// # Errors
/// Every wrong, missing or unknown answer, first those that belong nowhere, then in the form's order; at most 100.
pub fn check(form: &Questionnaire, answers: &Map<String, Value>, today: Date) -> Result<Answers, Vec<FieldError>> {
    let walked = walk(form, answers, today);
    let mut found: Vec<&FieldError> = walked.stray.iter().collect();
    walked.visible.iter().for_each(|shown| shown.errors_within(&mut found));
    if !found.is_empty() {
        return Err(found.into_iter().take(ERRORS_MAX).cloned().collect());
    }
    match object(&walked.visible) {
        Some(Value::Object(fields)) => Ok(Answers(fields)),
        _ => Ok(Answers::default()),
    }
}

impl Answers {
    /// The canonical JSON.
    #[must_use]
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The answer to a question, wherever its group stands; a repeating group's rows by the group's linkId.
    #[must_use]
    pub fn get(&self, link_id: &str) -> Option<&Value> {
        find(&self.0, link_id)
    }

    /// Every answer by its linkId, the groups that do not repeat left out: the shape that rules read.
    #[must_use]
    pub fn flattened(&self) -> Map<String, Value> {
        let mut flat = Map::new();
        flatten(&self.0, &mut flat);
        flat
    }
}

/// Only groups are objects, and linkIds are unique, so the first that is found is the one.
fn find<'a>(fields: &'a Map<String, Value>, link_id: &str) -> Option<&'a Value> {
    fields.get(link_id).or_else(|| fields.values().filter_map(Value::as_object).find_map(|inner| find(inner, link_id)))
}

fn flatten(fields: &Map<String, Value>, into: &mut Map<String, Value>) {
    for (link_id, value) in fields {
        match value {
            Value::Object(inner) => flatten(inner, into),
            value => {
                into.insert(link_id.clone(), value.clone());
            }
        }
    }
}
