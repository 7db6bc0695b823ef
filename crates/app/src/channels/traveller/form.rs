//! Form fields to the declaration's JSON. A field's name is the pointer of its value, so one mapping serves every page.
//!
//! The JSON is the contract's body of `POST /declarations`, kept as a draft: what is wrong or half done stays in it as it was
//! typed. Only what a page sent is touched; what it did not show is left alone, so that an old page, sent again, loses nothing.

use pratique_core::questionnaire::{Item, Kind, Questionnaire};
use serde_json::{Value, json};

use super::own::Look;
use super::place::{Place, Slot};
use super::{draft, typed};
use crate::page::field::OTHER;

/// What a form sent: names and values in their order, a name once for each of its values.
#[derive(Debug, Clone, Default)]
pub struct Sent(pub Vec<(String, String)>);

impl Sent {
    /// The first value under this name that is not blank.
    #[must_use]
    pub fn one(&self, name: &str) -> Option<&str> {
        self.values(name).into_iter().map(str::trim).find(|value| !value.is_empty())
    }

    /// Whether the form shows a control of this name, filled in or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(sent, _)| sent == name)
    }

    /// Whether the form shows a control of this name, or one within it.
    #[must_use]
    pub fn covers(&self, pointer: &str) -> bool {
        let within =
            |name: &str| name.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.0.iter().any(|(name, _)| within(name))
    }

    /// Every value under this name.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(sent, _)| sent == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Every name once, in order.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.0 {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// Writes what a page sent into the draft: the fields that the page owns and the declaration knows. The buttons that add or
/// remove a row do so after that.
pub fn store(body: &mut Value, form: &Questionnaire, sent: &Sent, owns: impl Fn(&str) -> bool) {
    for name in sent.names().into_iter().filter(|name| owns(name)) {
        if let Some(place) = Place::find(form, name).filter(Place::is_answered) {
            draft::put(body, &place.tokens, read(&place.slot, &sent.values(name)));
        }
    }
    draft::drop_blank_rows(body);
    let button = |name| sent.one(name).filter(|pointer| owns(pointer)).and_then(|pointer| Place::find(form, pointer));
    if let Some(place) = button("add") {
        let blank = if matches!(&place.slot, Slot::Asked(item) if item.is_rows()) { json!({}) } else { json!("") };
        draft::add_row(body, &place.tokens, blank);
    }
    if let Some(place) = button("remove") {
        draft::remove_row(body, &place.tokens);
    }
}

/// The value that was sent; nothing if it is blank.
fn read(slot: &Slot<'_>, values: &[&str]) -> Option<Value> {
    let mut filled = values.iter().copied().filter(|value| !value.trim().is_empty());
    match slot {
        Slot::Own(own) => filled.next().map(|text| match own.look {
            Look::Date(_) => json!(typed::date(text)),
            _ => json!(text.trim()),
        }),
        Slot::Asked(item) if item.repeats => {
            let answers: Vec<Value> = filled.map(|text| answer(item, text)).collect();
            (!answers.is_empty()).then_some(Value::Array(answers))
        }
        Slot::Asked(item) => one_of(item, filled).map(|text| answer(item, text)),
    }
}

/// Of an open choice come a radio button and a line. The line counts if the button says so, or if no button was pressed.
fn one_of<'v>(item: &Item, mut filled: impl Iterator<Item = &'v str>) -> Option<&'v str> {
    let first = filled.next()?;
    if item.kind == Kind::OpenChoice && first == OTHER { filled.next() } else { Some(first) }
}

fn answer(item: &Item, text: &str) -> Value {
    match item.kind {
        Kind::Date => item.value_of_field(&typed::date(text)),
        Kind::Integer | Kind::Decimal => item.value_of_field(&typed::digits(text)),
        _ => item.value_of_field(text),
    }
}
