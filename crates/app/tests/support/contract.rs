//! The OpenAPI document as a judge: an answer must be one that it describes, to the last member.

use std::sync::LazyLock;

use reqwest::Method;
use serde_json::{Value, json};

use super::Answer;

/// What any operation may answer besides what it names (the document's own description says so).
const ANYWHERE: [u16; 9] = [400, 405, 413, 415, 422, 429, 500, 503, 507];

pub static DOCUMENT: LazyLock<Value> = LazyLock::new(pratique::channels::api::openapi::as_value);

/// The document's shapes, closed: what is not described is not answered.
static CLOSED: LazyLock<Value> = LazyLock::new(|| {
    let mut components = DOCUMENT["components"].clone();
    close(&mut components);
    components
});

fn close(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.get("properties").is_some_and(Value::is_object) && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".into(), false.into());
            }
            map.values_mut().for_each(close);
        }
        Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

/// The operation of a path as sent.
pub fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let parts: Vec<_> = path.split('/').collect();
    let fits = |template: &str| {
        let template: Vec<_> = template.split('/').collect();
        let part = |(t, p): (&&str, &&str)| match t.split_once('{') {
            Some(("", rest)) => rest.split_once('}').is_some_and(|(_, behind)| p.ends_with(behind) && !p.is_empty()),
            _ => t == p,
        };
        template.len() == parts.len() && template.iter().zip(&parts).all(part)
    };
    let mut found: Vec<_> = DOCUMENT["paths"].as_object()?.iter().filter(|(template, _)| fits(template)).collect();
    // An address in so many words beats one with a name in it, as in the router.
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.first().and_then(|(_, methods)| methods.get(method.to_ascii_lowercase()))
}

/// Holds an answer against the document. Addresses that it does not describe are pages.
pub fn hold(method: &Method, path: &str, answer: &Answer) {
    let Some(operation) = operation(method.as_str(), path) else { return };
    let kind = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
    let described = &operation["responses"][answer.status.to_string()];
    if described.is_null() {
        assert!(ANYWHERE.contains(&answer.status), "{method} {path} answers {}: {}", answer.status, answer.text());
        assert_eq!(kind, "application/problem+json");
        return fits(&json!({"$ref": "#/components/schemas/Problem"}), answer);
    }
    let content = described["content"].as_object();
    assert_eq!(content.is_none(), answer.bytes.is_empty(), "{method} {path} {}", answer.status);
    let Some(content) = content else { return };
    assert!(content.contains_key(&kind), "{method} {path} {}: {kind} is not described", answer.status);
    if kind.ends_with("json")
        && kind != "application/fhir+json"
        && path.starts_with("/api/v1")
        && !path.contains("questionnaires")
    {
        fits(&content[&kind]["schema"], answer);
    }
}

fn fits(schema: &Value, answer: &Answer) {
    let mut whole = schema.clone();
    whole["components"] = CLOSED.clone();
    let validator = jsonschema::validator_for(&whole).unwrap();
    let value = answer.json();
    let faults: Vec<_> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{}", answer.text());
}
