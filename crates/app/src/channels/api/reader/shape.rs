//! JSON Schema as a table: a row a member.

use serde_json::Value;

use super::prose::Prose;
use super::{list, members, prose};

/// One named shape.
#[derive(Debug)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: Prose,
    /// Its members.
    pub members: Vec<Member>,
    /// The texts that it can be, if it is one of a list.
    pub options: Vec<String>,
    /// An example.
    pub example: Option<String>,
}

/// One member of a shape.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its type in words.
    pub kind: String,
    /// It is always there.
    pub required: bool,
    /// What it is.
    pub about: Prose,
}

impl Schema {
    /// Of a schema in the document.
    pub fn of(name: &str, schema: &Value) -> Self {
        let required = list(schema, "/required");
        let member = |(name, member): (&String, &Value)| Member {
            name: name.clone(),
            kind: type_of(member),
            required: required.contains(&Value::String(name.clone())),
            about: prose(member, "/description"),
        };
        Schema {
            name: name.to_owned(),
            about: prose(schema, "/description"),
            members: members(schema, "/properties").map(member).collect(),
            options: list(schema, "/enum").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            example: schema.get("example").map(example),
        }
    }
}

/// A type in words: `text`, `list of Reason`, `Tier or null`.
pub fn type_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap_or(name).to_owned();
    }
    for several in ["/oneOf", "/anyOf"] {
        let kinds: Vec<String> = list(schema, several).iter().map(type_of).collect();
        if !kinds.is_empty() {
            return kinds.join(" or ");
        }
    }
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(|kind| one(kind, schema)).collect::<Vec<_>>().join(" or "),
        kind => one(kind, schema),
    }
}

fn one(kind: &Value, schema: &Value) -> String {
    match kind.as_str() {
        Some("array") => format!("list of {}", type_of(&schema["items"])),
        Some("string") => match schema["format"].as_str() {
            Some("date-time") => "time".to_owned(),
            Some(format) => format.to_owned(),
            None => "text".to_owned(),
        },
        Some(kind) => kind.to_owned(),
        None => "any value".to_owned(),
    }
}

/// An example, indented; a text as it is.
pub fn example(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}
