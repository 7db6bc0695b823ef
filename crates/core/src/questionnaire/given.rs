//! What a person gave, by question: answers may stand inside their group or, linkIds being unique, directly beside it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::error::{Code, FieldError, Problem};
use super::fault::token;
use super::item::Item;
use super::kind::Kind;

/// The answers of one scope (the whole form, or one row of a repeating group), by linkId, with where each stood.
pub(super) struct Given<'a> {
    found: HashMap<&'a str, (String, &'a Value)>,
}

impl<'a> Given<'a> {
    /// Gathers the answers of these items and of the groups among them; repeating groups are scopes of their own.
    pub fn gather(items: &[Item], answers: &'a Map<String, Value>, at: &str, errors: &mut Vec<FieldError>) -> Self {
        let mut given = Given { found: HashMap::new() };
        given.add(items, answers, at, errors);
        given
    }

    fn add(&mut self, items: &[Item], answers: &'a Map<String, Value>, at: &str, errors: &mut Vec<FieldError>) {
        for (link_id, value) in answers {
            let pointer = format!("{at}/{}", token(link_id));
            let Some(item) = find(items, link_id) else {
                errors.push(Problem::from(Code::UnknownQuestion).at(&pointer, link_id));
                continue;
            };
            if item.kind == Kind::Group && !item.repeats {
                match value {
                    Value::Object(inner) => self.add(&item.children, inner, &pointer, errors),
                    blank if is_blank(blank) => {}
                    _ => errors
                        .push(Problem::with(Code::WrongType, "expected", Kind::Group.name()).at(&pointer, link_id)),
                }
            } else if item.kind == Kind::Display && !is_blank(value) {
                errors.push(Problem::from(Code::NotAQuestion).at(&pointer, link_id));
            } else {
                self.put(link_id, pointer, value, errors);
            }
        }
    }

    /// A blank answer gives way to another.
    fn put(&mut self, link_id: &'a str, pointer: String, value: &'a Value, errors: &mut Vec<FieldError>) {
        match self.get(link_id) {
            Some(_) if is_blank(value) => {}
            Some(_) => errors.push(Problem::from(Code::GivenTwice).at(&pointer, link_id)),
            None => {
                self.found.insert(link_id, (pointer, value));
            }
        }
    }

    /// Where the answer stands and what it is; nothing if it is blank or missing.
    pub fn get(&self, link_id: &str) -> Option<(&str, &'a Value)> {
        self.get_even_blank(link_id).filter(|(_, value)| !is_blank(value))
    }

    /// The same, also where what was given is blank: the rows of a repeating group that wait to be filled in.
    pub fn get_even_blank(&self, link_id: &str) -> Option<(&str, &'a Value)> {
        self.found.get(link_id).map(|(pointer, value)| (pointer.as_str(), *value))
    }
}

/// The item with this linkId among these and in the groups that do not repeat.
fn find<'i>(items: &'i [Item], link_id: &str) -> Option<&'i Item> {
    items.iter().find_map(|item| {
        if item.link_id == link_id {
            return Some(item);
        }
        if item.is_rows() { None } else { find(&item.children, link_id) }
    })
}

/// Whether nothing was said: a page sends an empty text for a field left empty, and an empty row for a row left empty.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
