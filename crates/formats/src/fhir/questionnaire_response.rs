//! A FHIR R4 QuestionnaireResponse, read in two steps: the document alone, then against the form that it answers.
//!
//! The first step needs no form (the document says which one it answers) and keeps the type of each `value[x]`; the second
//! refuses types that the form's questions do not take and gives the plain answers that the engine checks like any others.

use pratique_core::questionnaire::{Code, Fault, FieldError, Item, Kind, Questionnaire};
use serde_json::{Map, Value};

/// A response of more bytes than this is refused unread.
const BYTES_MAX: usize = 1 << 20;
/// Items and answers in one response.
const ENTRIES_MAX: usize = 5_000;
/// No more faults than this are told at once.
const FAULTS_MAX: usize = 100;
/// R4 value set questionnaire-answers-status.
const STATES: [&str; 5] = ["in-progress", "completed", "amended", "entered-in-error", "stopped"];
/// The system of ISO 3166 codes in FHIR.
const ISO_3166: &str = "urn:iso:std:iso:3166";

/// A response, structurally sound, not yet held against a form.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionnaireResponse {
    /// The canonical address of the form, without its version.
    pub questionnaire: Option<String>,
    /// The version of the form, where the address names one.
    pub version: Option<String>,
    /// `in-progress`, `completed`, `amended`, `entered-in-error` or `stopped`.
    pub status: String,
    /// The outermost items.
    pub items: Vec<ResponseItem>,
}

/// One item of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseItem {
    /// The form's item that it answers.
    pub link_id: String,
    /// The answers, with their types.
    pub answers: Vec<TypedValue>,
    /// The items that it holds, directly or under its answers.
    pub items: Vec<ResponseItem>,
}

/// One answer as FHIR types it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedValue {
    /// The type of `value[x]`: `Boolean`, `Coding`, `String`, …
    pub value_type: String,
    /// The value as it stands there.
    pub value: Value,
}

impl QuestionnaireResponse {
    /// Reads the document.
    ///
    /// # Errors
    /// Every structural fault (at most 100), with where it is.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader { faults: Vec::new(), entries: 0 };
        let response = reader.response(bytes);
        match response {
            Some(response) if reader.faults.is_empty() => Ok(response),
            _ => Err(reader.faults),
        }
    }

    /// The answers in the contract's JSON, for [`check`](pratique_core::questionnaire::check) of the same form.
    ///
    /// An unknown linkId is passed on as such, so that one place judges it.
    ///
    /// # Errors
    /// Answers whose type the question does not take, and codings that are not of the question's options.
    pub fn answers(&self, form: &Questionnaire) -> Result<Map<String, Value>, Vec<FieldError>> {
        let mut errors = Vec::new();
        let answers = fields(&self.items, form, "", &mut errors);
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }
}

struct Reader {
    faults: Vec<Fault>,
    entries: usize,
}

impl Reader {
    fn response(&mut self, bytes: &[u8]) -> Option<QuestionnaireResponse> {
        if bytes.len() > BYTES_MAX {
            self.fault("", None, "the response is larger than 1 MiB");
            return None;
        }
        let value: Value = match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(error) => {
                self.fault("", None, format!("this is not JSON: {error}"));
                return None;
            }
        };
        if value.get("resourceType").and_then(Value::as_str) != Some("QuestionnaireResponse") {
            self.fault("", None, "resourceType must be \"QuestionnaireResponse\" (FHIR R4)");
            return None;
        }
        let status = value.get("status").and_then(Value::as_str).unwrap_or_default();
        if !STATES.contains(&status) {
            self.fault("/status", None, format!("status must be one of {}", STATES.join(", ")));
        }
        let canonical = value.get("questionnaire").and_then(Value::as_str);
        let (url, version) = match canonical.and_then(|canonical| canonical.split_once('|')) {
            Some((url, version)) => (Some(url), Some(version)),
            None => (canonical, None),
        };
        Some(QuestionnaireResponse {
            questionnaire: url.map(str::to_owned),
            version: version.map(str::to_owned),
            status: status.to_owned(),
            items: self.items(&value, ""),
        })
    }

    /// The items of an object. serde_json reads no deeper than 128 levels, which bounds this recursion.
    fn items(&mut self, object: &Value, at: &str) -> Vec<ResponseItem> {
        let mut items = Vec::new();
        for (pointer, value) in self.entries(object, "item", at) {
            let Some(link_id) = value.get("linkId").and_then(Value::as_str).filter(|link_id| !link_id.is_empty())
            else {
                self.fault(&pointer, None, "an item needs a linkId");
                continue;
            };
            let mut item =
                ResponseItem { link_id: link_id.to_owned(), answers: Vec::new(), items: self.items(value, &pointer) };
            for (pointer, answer) in self.entries(value, "answer", &pointer) {
                self.answer(answer, &pointer, &mut item);
            }
            items.push(item);
        }
        items
    }

    fn answer(&mut self, answer: &Value, at: &str, item: &mut ResponseItem) {
        let values: Vec<_> = answer.as_object().into_iter().flatten().filter_map(typed).collect();
        let inner = self.items(answer, at);
        match values.as_slice() {
            [value] => item.answers.push(value.clone()),
            // An answer of items alone is what a group wrongly written as a question looks like; the form will tell.
            [] if !inner.is_empty() => {}
            _ => self.fault(at, Some(&item.link_id), "an answer needs exactly one value[x]"),
        }
        item.items.extend(inner);
    }

    fn entries<'v>(&mut self, object: &'v Value, key: &str, at: &str) -> Vec<(String, &'v Value)> {
        let values = match object.get(key) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(_) => {
                self.fault(&format!("{at}/{key}"), None, format!("{key} must be an array"));
                return Vec::new();
            }
        };
        self.entries += values.len();
        if self.entries > ENTRIES_MAX {
            self.fault(at, None, format!("the response has more than {ENTRIES_MAX} items and answers"));
            return Vec::new();
        }
        values.iter().enumerate().map(|(n, value)| (format!("{at}/{key}/{n}"), value)).collect()
    }

    fn fault(&mut self, pointer: &str, link_id: Option<&str>, message: impl Into<String>) {
        if self.faults.len() < FAULTS_MAX {
            let link_id = link_id.map(str::to_owned);
            self.faults.push(Fault { pointer: pointer.to_owned(), link_id, message: message.into() });
        }
    }
}

/// A `value[x]` of an answer.
fn typed((key, value): (&String, &Value)) -> Option<TypedValue> {
    let value_type = key.strip_prefix("value").filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))?;
    Some(TypedValue { value_type: value_type.to_owned(), value: value.clone() })
}

/// These items as fields of an object of answers.
fn fields(items: &[ResponseItem], form: &Questionnaire, at: &str, errors: &mut Vec<FieldError>) -> Map<String, Value> {
    let mut fields: Map<String, Value> = Map::new();
    for response in items {
        let pointer = format!("{at}/{}", token(&response.link_id));
        let Some(item) = form.find(&response.link_id) else {
            // Null is no answer, but the engine still sees the linkId and says that it is unknown.
            fields.insert(response.link_id.clone(), Value::Null);
            continue;
        };
        let mut values = if item.kind == Kind::Group {
            if !response.answers.is_empty() {
                errors.push(error(Code::WrongType, &pointer, item));
            }
            vec![Value::Object(self::fields(&response.items, form, &pointer, errors))]
        } else {
            if let Some(inner) = response.items.first() {
                errors.push(error(Code::UnknownQuestion, &format!("{pointer}/{}", token(&inner.link_id)), item));
            }
            values(response, item, &pointer, errors)
        };
        // FHIR repeats a repeating group as items, and a repeating question as answers; both become one array.
        if let Some(Value::Array(before)) = fields.get_mut(&response.link_id) {
            before.append(&mut values);
        } else if !values.is_empty() {
            fields.insert(response.link_id.clone(), Value::Array(values));
        }
    }
    for (link_id, value) in &mut fields {
        let single = form.find(link_id).is_some_and(|item| !item.repeats);
        // More than one stays an array, which the engine refuses by count.
        if let (true, Value::Array(values)) = (single, &mut *value)
            && values.len() == 1
        {
            *value = values.remove(0);
        }
    }
    fields
}

/// The values of one question, each of a type that it takes.
fn values(response: &ResponseItem, item: &Item, at: &str, errors: &mut Vec<FieldError>) -> Vec<Value> {
    let mut values = Vec::new();
    for (n, answer) in response.answers.iter().enumerate() {
        match value(answer, item) {
            Ok(value) => values.push(value),
            Err(code) => errors.push(error(code, &format!("{at}/{n}"), item)),
        }
    }
    values
}

fn value(answer: &TypedValue, item: &Item) -> Result<Value, Code> {
    if item.kind == Kind::Display {
        return Err(Code::NotAQuestion);
    }
    if !item.takes_fhir_type(&answer.value_type) {
        return Err(Code::WrongType);
    }
    if answer.value_type != "Coding" {
        return Ok(answer.value.clone());
    }
    let refusal = if item.kind == Kind::Country { Code::NotACountry } else { Code::NotAnOption };
    let code = answer.value.get("code").and_then(Value::as_str).ok_or(refusal)?;
    let system = answer.value.get("system").and_then(Value::as_str);
    let expected = match item.kind {
        Kind::Country => Some(ISO_3166),
        // Own words come as a string; a coding claims to be one of the options.
        _ if !item.options.is_empty() => item.option(code).ok_or(refusal)?.system.as_deref(),
        _ => None,
    };
    match (system, expected) {
        (Some(system), Some(expected)) if system != expected => Err(refusal),
        _ => Ok(Value::from(code)),
    }
}

/// One reference token of an RFC 6901 pointer, escaped (section 3).
fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn error(code: Code, pointer: &str, item: &Item) -> FieldError {
    let params = match code {
        Code::WrongType => [("expected", item.kind.name().to_owned())].into(),
        _ => [].into(),
    };
    FieldError { pointer: pointer.to_owned(), link_id: item.link_id.clone(), code, params }
}
