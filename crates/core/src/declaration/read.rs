//! Reads loose JSON with a pointer in hand, so that every fault names its place and all faults come at once.

use serde_json::Value;

use crate::field::FieldError;
use crate::identity::name::{BadText, clean, clean_name};

/// An object being read, the pointer to it, and the faults found so far.
pub(super) struct Reader<'a> {
    value: &'a Value,
    pointer: String,
}

impl<'a> Reader<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Reader { value, pointer: String::new() }
    }

    pub(super) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// The member, if it is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.value.get(name).filter(|v| !v.is_null())
    }

    pub(super) fn child(&self, name: &str) -> Reader<'a> {
        Reader { value: self.value.get(name).unwrap_or(&Value::Null), pointer: self.at(name) }
    }

    /// An object member; nothing at all reads as an empty one. Where something else stands that alone is told, and not that
    /// every one of its members is missing.
    pub(super) fn object(&self, name: &str, faults: &mut Vec<FieldError>) -> Option<Reader<'a>> {
        let child = self.child(name);
        child.is_object(faults).then_some(child)
    }

    /// Is this an object, or nothing at all?
    pub(super) fn is_object(&self, faults: &mut Vec<FieldError>) -> bool {
        let fits = self.value.is_object() || self.value.is_null();
        if !fits {
            faults.push(FieldError::new(self.pointer.clone(), "not-an-object"));
        }
        fits
    }

    /// The elements of a list member; an absent list is empty.
    pub(super) fn list(&self, name: &str, faults: &mut Vec<FieldError>) -> Vec<Reader<'a>> {
        match self.get(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let pointer = self.at(name);
                let reader = |(at, value)| Reader { value, pointer: format!("{pointer}/{at}") };
                items.iter().enumerate().map(reader).collect()
            }
            Some(_) => {
                faults.push(FieldError::new(self.at(name), "not-a-list"));
                Vec::new()
            }
        }
    }

    /// A text member, cleaned; empty is absent.
    pub(super) fn text(&self, name: &str, chars_max: usize, faults: &mut Vec<FieldError>) -> Option<String> {
        let text = match self.get(name)? {
            Value::String(text) => text,
            _ => {
                faults.push(FieldError::new(self.at(name), "wrong-type").with("expected", "text"));
                return None;
            }
        };
        match clean(text, chars_max) {
            Ok(text) if text.is_empty() => None,
            Ok(text) => Some(text),
            Err(bad) => {
                faults.push(bad_text(self.at(name), bad, chars_max));
                None
            }
        }
    }

    /// A part of a name.
    pub(super) fn name(&self, name: &str, faults: &mut Vec<FieldError>) -> Option<String> {
        let text = self.text(name, crate::identity::name::NAME_CHARS_MAX, faults)?;
        clean_name(&text).map_err(|_| faults.push(FieldError::new(self.at(name), "not-a-name"))).ok()
    }

    /// A text member that must be there and pass `parse`; a fault with `code` otherwise.
    pub(super) fn parsed<T>(
        &self,
        name: &str,
        code: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<FieldError>,
    ) -> Option<T> {
        let before = faults.len();
        match self.text(name, 80, faults) {
            Some(text) => parse(&text).or_else(|| {
                faults.push(FieldError::new(self.at(name), code));
                None
            }),
            None if faults.len() == before => {
                faults.push(FieldError::new(self.at(name), "required"));
                None
            }
            None => None,
        }
    }

    /// This element itself as text, where a list holds plain texts.
    pub(super) fn own_text<T>(
        &self,
        code: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<FieldError>,
    ) -> Option<T> {
        let found = self.value.as_str().and_then(parse);
        if found.is_none() {
            faults.push(FieldError::new(self.pointer.clone(), code));
        }
        found
    }

    /// As [`Reader::parsed`], for a member that may be absent.
    pub(super) fn optional<T>(
        &self,
        name: &str,
        code: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<FieldError>,
    ) -> Option<T> {
        match self.get(name) {
            None => None,
            Some(Value::String(text)) if text.trim().is_empty() => None,
            Some(_) => self.parsed(name, code, parse, faults),
        }
    }
}

fn bad_text(pointer: String, bad: BadText, chars_max: usize) -> FieldError {
    match bad {
        BadText::TooLong => FieldError::new(pointer, "too-long").with("max", chars_max),
        BadText::Control => FieldError::new(pointer, "not-text"),
    }
}
