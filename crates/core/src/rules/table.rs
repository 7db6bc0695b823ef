//! TOML as the JSON that serde reads: so that a date may be written bare or quoted, and a table with a mistake in it does
//! not hide the mistakes of the next one.

use serde_json::Value;

use super::Fault;

/// A pack's file is some kilobytes; this keeps a wrong file from being parsed at all.
const BYTES_MAX: usize = 256 * 1024;

/// The whole document as JSON, or the one fault that keeps it from being TOML.
pub(crate) fn parse_toml(file: &str, text: &str) -> Result<serde_json::Map<String, Value>, Fault> {
    if text.len() > BYTES_MAX {
        return Err(Fault::new(file, format!("the file is larger than {BYTES_MAX} bytes")));
    }
    let table: toml::Table = toml::from_str(text).map_err(|error| Fault::new(file, error.to_string()))?;
    Ok(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
}

/// One TOML value as JSON; dates and times become their text, numbers that JSON lacks (`inf`, `nan`) become null.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
    }
}
