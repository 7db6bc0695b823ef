//! The draft: the body of `POST /declarations` while it is being filled in, and what is made of it when it is sent.

use pratique_core::declaration::{COMPANIONS_MAX, Content};
use serde_json::{Map, Value, json};

use super::own::{ALONE, NO_DOCUMENT};
use super::place::Token;

/// A draft of nothing yet.
#[must_use]
pub fn begin(port: &str, language: &str, notice: &str) -> Value {
    json!({"port": port, "language": language, "channel": "web", "notice": notice})
}

/// A draft to change what was declared: the same content, under the code that it amends.
///
/// # Errors
/// If the content cannot be written as JSON, which all of it can.
pub fn of_content(content: &Content, port: &str, code: &str, notice: &str) -> Result<Value, serde_json::Error> {
    let mut draft = begin(port, &content.language, notice);
    draft["amends"] = json!(code);
    draft["traveller"] = serde_json::to_value(&content.traveller)?;
    draft["trip"] = serde_json::to_value(&content.trip)?;
    draft["contact"] = serde_json::to_value(&content.contact)?;
    draft["answers"] = Value::Object(content.answers.clone());
    if content.traveller.document.is_none() {
        draft["traveller"]["document"] = json!({"type": NO_DOCUMENT});
    }
    if content.trip.seat.is_none() {
        draft["trip"]["seat_later"] = json!("true");
    }
    Ok(draft)
}

/// Whether the person said that they travel alone.
#[must_use]
pub fn is_alone(draft: &Value) -> bool {
    draft.get("party").and_then(Value::as_str) == Some(ALONE)
}

/// Whether a seat was said to be not known yet; `at` is the pointer of the seat. A seat that is given says more.
#[must_use]
pub fn is_seat_later(draft: &Value, at: &str) -> bool {
    let blank = draft.pointer(at).and_then(Value::as_str).is_none_or(|seat| seat.trim().is_empty());
    blank && draft.pointer(&format!("{at}_later")).and_then(Value::as_str) == Some("true")
}

/// The code of the declaration that the draft amends; none for a new one.
#[must_use]
pub fn amends(draft: &Value) -> Option<&str> {
    draft.get("amends").and_then(Value::as_str)
}

/// A draft at a kiosk of nothing yet.
#[must_use]
pub fn begin_at_kiosk(port: &str, language: &str, notice: &str) -> Value {
    let mut draft = begin(port, language, notice);
    draft["channel"] = json!("kiosk");
    draft
}

/// A draft that this officer makes at a lane for the person who stands there.
#[must_use]
pub fn begin_on_the_spot(port: &str, language: &str, notice: &str, officer: &str) -> Value {
    let mut draft = begin(port, language, notice);
    draft["officer"] = json!(officer);
    draft["channel"] = json!("officer");
    draft
}

/// The officer who makes it at a lane; none for anybody's own.
#[must_use]
pub fn officer(draft: &Value) -> Option<&str> {
    draft.get("officer").and_then(Value::as_str)
}

/// What a kiosk's draft turns into once it was sent: the codes of which slips are printed, until the person goes.
#[must_use]
pub fn slip(draft: &Value, codes: &[String]) -> Value {
    json!({"port": draft["port"], "language": draft["language"], "channel": "kiosk", "slip": codes})
}

/// Whether a draft was sent, and holds the codes of slips.
#[must_use]
pub fn is_slip(draft: &Value) -> bool {
    draft.get("slip").is_some()
}

/// The codes of the slips.
#[must_use]
pub fn slips(draft: &Value) -> Vec<&str> {
    draft.get("slip").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The body that is sent: as drafted, with what the pages promise to fill in. An issuing state left out is the nationality; a
/// person without a document has none; nobody has said anything where nothing was said.
#[must_use]
pub fn body(draft: &Value) -> Value {
    let mut body = draft.clone();
    if let Some(fields) = body.as_object_mut() {
        for own in ["amends", "party", "officer"] {
            fields.remove(own);
        }
    }
    if let Some(trip) = body.get_mut("trip").and_then(Value::as_object_mut) {
        trip.remove("seat_later");
    }
    settle(&mut body);
    for companion in body.get_mut("companions").and_then(Value::as_array_mut).into_iter().flatten() {
        settle(companion);
        if let Some(fields) = companion.as_object_mut() {
            fields.remove("seat_later");
        }
    }
    body
}

/// What the page shows that checks the answers, of which a form carries a mark: all of the draft but the tick on that very page, and
/// the language it is read in.
#[must_use]
pub fn shown(draft: &Value) -> String {
    let mut shown = draft.clone();
    if let Some(fields) = shown.as_object_mut() {
        for own in ["attested", "language"] {
            fields.remove(own);
        }
    }
    shown.to_string()
}

fn settle(person: &mut Value) {
    let Some(fields) = member(person, "traveller") else { return };
    let nationality = fields.get("nationality").cloned();
    let document = fields.entry("document").or_insert_with(|| json!({}));
    if document.get("type").and_then(Value::as_str) == Some(NO_DOCUMENT) {
        fields.remove("document");
    } else if let (Some(document), Some(nationality)) = (document.as_object_mut(), nationality) {
        document.entry("issuer").or_insert(nationality);
    }
}

fn member<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Map<String, Value>> {
    object(object(value)?.entry(key.to_owned()).or_insert_with(|| json!({})))
}

/// Puts a value where the tokens lead, making what is missing on the way; `None` takes away what was there.
pub fn put(root: &mut Value, tokens: &[Token], value: Option<Value>) {
    let Some((Token::Key(last), way)) = tokens.split_last() else { return };
    match value {
        Some(value) => {
            if let Some(holder) = walk(root, way).and_then(object) {
                holder.insert(last.clone(), value);
            }
        }
        None => {
            if let Some(Value::Object(holder)) = there(root, way) {
                holder.remove(last);
            }
        }
    }
}

/// What stands where the tokens lead, if anything does.
fn there<'v>(root: &'v mut Value, tokens: &[Token]) -> Option<&'v mut Value> {
    tokens.iter().try_fold(root, |at, token| match token {
        Token::Key(key) => at.get_mut(key),
        Token::Index(number) => at.get_mut(number),
    })
}

/// One place more than is shown: a page shows one even where there is none.
pub fn add_row(root: &mut Value, tokens: &[Token], blank: Value) {
    if let Some(rows) = walk(root, tokens).and_then(array) {
        let shown = rows.len().max(1);
        rows.resize(shown + 1, blank);
    }
}

/// Takes away the row that the last token counts.
pub fn remove_row(root: &mut Value, tokens: &[Token]) {
    let Some((Token::Index(number), way)) = tokens.split_last() else { return };
    if let Some(Value::Array(rows)) = there(root, way)
        && *number < rows.len()
    {
        rows.remove(*number);
    }
}

/// Takes rows in which nothing stands out of the answers, so that the rows that are shown are those that are counted.
pub fn drop_blank_rows(draft: &mut Value) {
    if let Some(answers) = draft.get_mut("answers") {
        compact(answers);
    }
    for companion in draft.get_mut("companions").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(answers) = companion.get_mut("answers") {
            compact(answers);
        }
    }
}

fn compact(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(compact),
        Value::Array(rows) => {
            rows.iter_mut().for_each(compact);
            rows.retain(|row| !is_blank(row));
        }
        _ => {}
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(rows) => rows.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        _ => false,
    }
}

/// The number of companions in the draft.
#[must_use]
pub fn companions(draft: &Value) -> usize {
    draft.get("companions").and_then(Value::as_array).map_or(0, |list| list.len().min(COMPANIONS_MAX))
}

/// Begins one companion more; their number, or nothing if there are as many as there may be.
pub fn add_companion(draft: &mut Value) -> Option<usize> {
    let number = companions(draft);
    let list = walk(draft, &[Token::Key("companions".to_owned())]).and_then(array)?;
    (number < COMPANIONS_MAX).then(|| {
        list.push(json!({"traveller": {}, "answers": {}}));
        number
    })
}

/// Takes a companion away.
pub fn remove_companion(draft: &mut Value, number: usize) {
    remove_row(draft, &[Token::Key("companions".to_owned()), Token::Index(number)]);
}

fn walk<'v>(root: &'v mut Value, tokens: &[Token]) -> Option<&'v mut Value> {
    tokens.iter().try_fold(root, |at, token| match token {
        Token::Key(key) => Some(object(at)?.entry(key.clone()).or_insert(Value::Null)),
        Token::Index(number) => {
            let rows = array(at)?;
            while rows.len() <= *number {
                rows.push(json!({}));
            }
            rows.get_mut(*number)
        }
    })
}

/// The value as an object; made one if it is none, since nothing else belongs here.
fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut()
}

fn array(value: &mut Value) -> Option<&mut Vec<Value>> {
    if !value.is_array() {
        *value = json!([]);
    }
    value.as_array_mut()
}
