//! Answers as the rules see them: typed, flat, and with the unanswered already settled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One answered value. Whole numbers stay 64-bit signed: read as unsigned they could not be divided or compared with a
/// decimal in CEL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Decimal(f64),
    /// Text, an option's code, or a date as `2026-11-24`.
    Text(String),
    /// A repeat.
    List(Vec<Value>),
    /// One entry of a repeating group.
    Group(BTreeMap<String, Value>),
}

/// How a question reads when nobody answered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// A yes-no question reads `false`.
    No,
    /// A repeat reads `[]`.
    Empty,
    /// Anything else is absent: a condition must ask `has(answers.…)` first.
    Absent,
}

/// The linkIds that a form can answer, and how each reads when it was not. It is what a condition may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(BTreeMap<String, Unanswered>);

impl Vocabulary {
    /// The vocabulary of a form, from its questions' linkIds (those inside repeating groups too).
    pub fn new<K: Into<String>>(questions: impl IntoIterator<Item = (K, Unanswered)>) -> Self {
        Vocabulary(questions.into_iter().map(|(id, unanswered)| (id.into(), unanswered)).collect())
    }

    /// How the question reads when unanswered, or `None` for a linkId that the form does not have.
    #[must_use]
    pub fn get(&self, link_id: &str) -> Option<Unanswered> {
        self.0.get(link_id).copied()
    }
}

/// All answers by linkId, groups that do not repeat flattened away.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Value>);

impl Answers {
    /// Reads the answers of a declaration (`{linkId: value}`, a group an object, a repeat an array) and fills in what the
    /// vocabulary says of the unanswered. Null counts as unanswered.
    ///
    /// ```
    /// use pratique_core::rules::{Answers, Unanswered, Value, Vocabulary};
    /// let form = Vocabulary::new([("contact_case", Unanswered::No), ("symptoms", Unanswered::Empty)]);
    /// let json = serde_json::json!({"exposure": {"contact_case": true}});
    /// let answers = Answers::read(json.as_object().unwrap(), &form);
    /// assert_eq!(answers.get("contact_case"), Some(&Value::Bool(true)));
    /// assert_eq!(answers.get("symptoms"), Some(&Value::List(vec![])));
    /// ```
    #[must_use]
    pub fn read(json: &serde_json::Map<String, Json>, form: &Vocabulary) -> Self {
        let mut flat = flatten(json, entry);
        for (id, unanswered) in &form.0 {
            match unanswered {
                Unanswered::No => drop(flat.entry(id.clone()).or_insert(Value::Bool(false))),
                Unanswered::Empty => {
                    let answered = flat.remove(id).unwrap_or(Value::List(Vec::new()));
                    // One answer to a question that may have several is a list of one, whoever sent it.
                    let list = if matches!(answered, Value::List(_)) { answered } else { Value::List(vec![answered]) };
                    flat.insert(id.clone(), list);
                }
                Unanswered::Absent => {}
            }
        }
        Answers(flat)
    }

    /// The value of one question.
    #[must_use]
    pub fn get(&self, link_id: &str) -> Option<&Value> {
        self.0.get(link_id)
    }

    /// The same with these among the answers to a question that may have several, each once: what the desk found beside what
    /// the person said.
    #[must_use]
    pub fn and(mut self, link_id: &str, found: &[String]) -> Self {
        if let Some(Value::List(given)) = self.0.get_mut(link_id) {
            for code in found.iter().map(|code| Value::Text(code.clone())) {
                if !given.contains(&code) {
                    given.push(code);
                }
            }
        }
        self
    }

    /// All answers in the order of their linkIds.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }
}

/// Objects dissolve into their parent; `item` reads one item of a repeat. An explicit stack, since the input's nesting is a
/// stranger's.
fn flatten(json: &serde_json::Map<String, Json>, item: fn(&Json) -> Option<Value>) -> BTreeMap<String, Value> {
    let mut flat = BTreeMap::new();
    let mut groups = vec![json];
    while let Some(group) = groups.pop() {
        for (id, value) in group {
            let value = match value {
                Json::Object(inner) => {
                    groups.push(inner);
                    continue;
                }
                Json::Array(items) => Some(Value::List(items.iter().filter_map(item).collect())),
                other => scalar(other),
            };
            flat.extend(value.map(|value| (id.clone(), value)));
        }
    }
    flat
}

/// One entry of a repeat. A repeat inside a repeating group keeps its plain values only: no form of ours goes deeper, and
/// the cost of a condition stays bounded.
fn entry(json: &Json) -> Option<Value> {
    if let Json::Object(group) = json { Some(Value::Group(flatten(group, scalar))) } else { scalar(json) }
}

fn scalar(json: &Json) -> Option<Value> {
    match json {
        Json::Bool(truth) => Some(Value::Bool(*truth)),
        Json::Number(number) => number.as_i64().map(Value::Int).or_else(|| number.as_f64().map(Value::Decimal)),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: &Json) -> Answers {
        let form = Vocabulary::new([
            ("contact_case", Unanswered::No),
            ("symptoms", Unanswered::Empty),
            ("temperature_c", Unanswered::Absent),
        ]);
        Answers::read(json.as_object().unwrap(), &form)
    }

    #[test]
    fn groups_dissolve_and_the_unanswered_read_as_the_form_says() {
        let answers = read(&json!({"health": {"inner": {"temperature_c": 38}}, "symptoms": null}));
        assert_eq!(answers.get("temperature_c"), Some(&Value::Int(38)));
        assert_eq!(answers.get("contact_case"), Some(&Value::Bool(false)));
        assert_eq!(answers.get("symptoms"), Some(&Value::List(vec![])));
        assert_eq!(answers.get("health"), None);
    }

    #[test]
    fn one_answer_to_a_repeat_is_a_list_of_one() {
        assert_eq!(
            read(&json!({"symptoms": "fever"})).get("symptoms"),
            Some(&Value::List(vec![Value::Text("fever".into())]))
        );
    }

    #[test]
    fn a_number_beyond_64_bits_is_a_decimal() {
        assert_eq!(read(&json!({"n": u64::MAX})).get("n"), Some(&Value::Decimal(u64::MAX as f64)));
    }

    #[test]
    fn entries_of_a_repeating_group_keep_their_fields() {
        let answers = read(&json!({"visited": [{"visited_country": "ITA", "when": {"visited_to": "2026-11-20"}}]}));
        let Some(Value::List(stays)) = answers.get("visited") else { panic!("no list") };
        let Value::Group(stay) = &stays[0] else { panic!("no group") };
        assert_eq!(stay["visited_to"], Value::Text("2026-11-20".into()));
    }
}
