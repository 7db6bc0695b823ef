//! Bytes to a form, with every fault and where it is.

mod bounds;
mod condition;
mod item;
mod option;
mod text;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Questionnaire;
use super::fault::Fault;
use super::item::Item;

/// A form of more bytes than this is refused unread.
const BYTES_MAX: usize = 1 << 20;
/// Items in one form, faults.md F20's 500 fields.
const ITEMS_MAX: usize = 500;
/// Groups in groups.
const DEPTH_MAX: usize = 8;
/// Options of one question.
const OPTIONS_MAX: usize = 500;
/// No more faults than this are told at once.
const FAULTS_MAX: usize = 100;

impl Questionnaire {
    /// Reads a FHIR R4 Questionnaire in JSON.
    ///
    /// # Errors
    /// Every fault found (at most 100): what cannot be asked as its author meant is refused, not guessed at.
    pub fn parse(bytes: &[u8]) -> Result<Questionnaire, Vec<Fault>> {
        let mut reader = Reader::default();
        let form = reader.form(bytes);
        match form {
            Some(form) if reader.faults.is_empty() => Ok(form),
            _ => Err(reader.faults),
        }
    }
}

/// What is known while a form is read in its order.
#[derive(Default)]
struct Reader {
    faults: Vec<Fault>,
    /// The language of the plain texts (`Questionnaire.language`).
    language: String,
    items: usize,
    /// The items before this one: itself without children, and the repeating groups it stands in.
    before: HashMap<String, (Item, Vec<String>)>,
    /// The repeating groups that the reader is in.
    rows: Vec<String>,
}

/// Where the reader is.
#[derive(Clone, Copy)]
struct Place<'a> {
    pointer: &'a str,
    link_id: Option<&'a str>,
}

impl Reader {
    fn form(&mut self, bytes: &[u8]) -> Option<Questionnaire> {
        let top = Place { pointer: "", link_id: None };
        if bytes.len() > BYTES_MAX {
            self.fault(top, "the form is larger than 1 MiB: split it");
            return None;
        }
        let value = match serde_json::from_slice(bytes) {
            Ok(Value::Object(value)) => value,
            Ok(_) => {
                self.fault(top, "a form is a JSON object");
                return None;
            }
            Err(error) => {
                self.fault(top, format!("this is not JSON: {error}"));
                return None;
            }
        };
        if value.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
            self.fault(top, "resourceType must be \"Questionnaire\" (FHIR R4)");
            return None;
        }
        self.refuse_modifiers(&value, top);
        self.language = self.string(&value, "language", top).unwrap_or_else(|| "en".to_owned());
        Some(Questionnaire {
            url: self.string(&value, "url", top).unwrap_or_default(),
            version: self.string(&value, "version", top).unwrap_or_default(),
            title: self.text(&value, "title", top),
            items: self.children(&value, top, 1),
        })
    }

    fn fault(&mut self, at: Place, message: impl Into<String>) {
        if self.faults.len() < FAULTS_MAX {
            let link_id = at.link_id.map(str::to_owned);
            self.faults.push(Fault { pointer: at.pointer.to_owned(), link_id, message: message.into() });
        }
    }

    /// A modifier changes the meaning of what holds it, so FHIR forbids to read on without knowing it (R4 extensibility).
    fn refuse_modifiers(&mut self, object: &Map<String, Value>, at: Place) {
        if object.contains_key("modifierExtension") {
            self.fault(at, "modifierExtension is not known here: take it out");
        }
    }

    fn string(&mut self, object: &Map<String, Value>, key: &str, at: Place) -> Option<String> {
        self.typed(object, key, at, "a string", |value| value.as_str().map(str::to_owned))
    }

    fn boolean(&mut self, object: &Map<String, Value>, key: &str, at: Place) -> bool {
        self.typed(object, key, at, "true or false", Value::as_bool).unwrap_or(false)
    }

    fn typed<T>(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        at: Place,
        words: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = object.get(key)?;
        let read = read(value);
        if read.is_none() {
            self.fault(at, format!("{key} must be {words}"));
        }
        read
    }

    /// The objects of an array; nothing where the key is missing.
    fn objects<'v>(&mut self, object: &'v Map<String, Value>, key: &str, at: Place) -> Vec<&'v Map<String, Value>> {
        let Some(value) = object.get(key) else { return Vec::new() };
        let objects: Option<Vec<_>> =
            value.as_array().and_then(|values| values.iter().map(Value::as_object).collect::<Option<_>>());
        if objects.is_none() {
            self.fault(at, format!("{key} must be an array of objects"));
        }
        objects.unwrap_or_default()
    }
}

/// The extensions with this address.
fn extensions<'v>(object: &'v Map<String, Value>, url: &str) -> impl Iterator<Item = &'v Map<String, Value>> {
    let all = object.get("extension").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    all.filter(move |extension| extension.get("url").and_then(Value::as_str) == Some(url))
}

/// `value[x]` (or `answer[x]`): the type and the value.
fn choice_of_type<'v>(object: &'v Map<String, Value>, prefix: &str) -> Option<(&'v str, &'v Value)> {
    object.iter().find_map(|(key, value)| {
        let value_type = key.strip_prefix(prefix)?;
        value_type.starts_with(|c: char| c.is_ascii_uppercase()).then_some((value_type, value))
    })
}
