//! The API's operations as its own document describes them, and bodies that fit but for one thing.

use serde_json::{Map, Value, json};

use crate::support::contract::DOCUMENT;
use crate::values::{Dice, of_another_kind};

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    pub method: String,
    pub path: String,
    /// The kind of body that it takes, and its schema.
    pub body: Option<(String, Value)>,
    /// The names of what it takes in the address's query.
    pub query: Vec<String>,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let content = operation["requestBody"]["content"].as_object();
            let body = content.and_then(|kinds| kinds.iter().next());
            let body = body.map(|(kind, described)| (kind.clone(), described["schema"].clone()));
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let query =
                parameters.iter().filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap().to_owned());
            all.push(Operation { method: method.to_uppercase(), path: path.clone(), body, query: query.collect() });
        }
    }
    all
}

fn resolved(schema: &Value) -> Value {
    let one = |of: &str| schema[of].as_array().and_then(|all| all.iter().find(|s| s["type"] != "null")).cloned();
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap());
    }
    if let Some(inner) = one("oneOf").or_else(|| one("allOf")).or_else(|| one("anyOf")) {
        return resolved(&inner);
    }
    let mut schema = schema.clone();
    // "string or nothing" is a string here.
    if let Some(kind) = schema["type"].as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null")) {
        schema["type"] = kind.clone();
    }
    schema
}

/// A value of the schema's kind.
fn plausible(schema: &Value, depth: usize) -> Value {
    let schema = resolved(schema);
    if let Some(example) = schema.get("example").or_else(|| schema["enum"].get(0)) {
        return example.clone();
    }
    match schema["type"].as_str() {
        Some("object") if depth < 5 => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            Value::Object(properties.iter().map(|(name, inner)| (name.clone(), plausible(inner, depth + 1))).collect())
        }
        Some("array") if depth < 5 => json!([plausible(&schema["items"], depth + 1)]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ => json!("x"),
    }
}

/// A body in which one thing is of another kind than described: nobody may take it.
pub fn bent(schema: &Value, dice: &Dice) -> Value {
    let mut body = plausible(schema, 0);
    let described = resolved(schema);
    match body.as_object_mut() {
        Some(members) if !members.is_empty() => bend(members, &described, dice),
        _ => body = of_another_kind(&described, dice),
    }
    body
}

fn bend(members: &mut Map<String, Value>, described: &Value, dice: &Dice) {
    let known: Vec<String> =
        members.keys().filter(|name| described["properties"].get(name).is_some()).cloned().collect();
    let name = dice.of(&known);
    let inner = resolved(&described["properties"][name]);
    let deeper = inner["properties"].is_object() && dice.below(2) == 0;
    match members.get_mut(name).and_then(Value::as_object_mut).filter(|inside| deeper && !inside.is_empty()) {
        Some(inside) => bend(inside, &inner, dice),
        None => {
            members.insert(name.clone(), of_another_kind(&inner, dice));
        }
    }
}
