//! What a program sends: bounded before it is read, measured before it is parsed, and kept as the bytes that it was, because
//! an idempotency key stands for them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use pratique_core::field::FieldError;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Language, Problem};
use crate::channels::Web;
use crate::failure::{Broken, Failure};

/// The largest JSON that is read (faults.md F20).
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// The largest file that is read.
pub const FILE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// How deep JSON may be nested.
pub const DEPTH_MAX: usize = 32;
/// How many members all objects of one JSON text may have together.
pub const MEMBERS_MAX: usize = 500;

/// A JSON body.
#[derive(Debug)]
pub struct Body {
    /// As it was sent.
    pub bytes: Bytes,
    /// What it says; `Null` for nothing at all, which every form refuses by naming what is missing.
    pub value: Value,
}

impl Body {
    /// The body as one of our requests.
    ///
    /// # Errors
    /// [`Failure::Invalid`] pointing at the first member of another type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        read(&self.value)
    }
}

/// JSON as one of our requests.
///
/// # Errors
/// As [`Body::read`].
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Failure> {
    // A whole body that is missing is an object without members: the action then says which are.
    let empty = Value::Object(serde_json::Map::new());
    let value = if value.is_null() { &empty } else { value };
    // serde would read a list as the members in their order.
    if !value.is_object() {
        return Err(Failure::field("", "not-an-object"));
    }
    serde_path_to_error::deserialize(value).map_err(|e| Failure::field(&pointer(e.path()), "wrong-value"))
}

/// The members that are not text, although they should be; they are taken out, so that the rest can be checked as well.
#[must_use]
pub fn not_text(value: &mut Value, names: &[&str]) -> Vec<FieldError> {
    let Some(members) = value.as_object_mut() else { return Vec::new() };
    let wrong = |name: &&&str| members.get(**name).is_some_and(|v| !v.is_string() && !v.is_null());
    let wrong: Vec<&str> = names.iter().filter(wrong).copied().collect();
    wrong
        .into_iter()
        .map(|name| {
            members.remove(name);
            FieldError::new(format!("/{name}"), "wrong-type").with("expected", "text")
        })
        .collect()
}

/// A path in RFC 6901's form. Members of ours need no escapes; a stranger's could, so it is done.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

impl FromRequest<Arc<Web>> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let words = Language::of(&parts).0;
        let request = Request::from_parts(parts, body);
        json(request, web).await.map_err(|failure| Problem::new(failure, words))
    }
}

async fn json(request: Request, web: &Arc<Web>) -> Result<Body, Failure> {
    let is_json = is_type(&request, |kind| kind == "application/json" || kind.ends_with("+json"));
    let bytes = bounded(request, web, JSON_BYTES_MAX).await?;
    if bytes.is_empty() {
        return Ok(Body { bytes, value: Value::Null });
    }
    if !is_json {
        return Err(Failure::Unsupported("application/json"));
    }
    measure(&bytes)?;
    if let Err(e) = std::str::from_utf8(&bytes) {
        let (line, column) = place(&bytes[..e.valid_up_to()]);
        return Err(Failure::Malformed { why: Broken::Encoding, line, column });
    }
    match serde_json::from_slice(&bytes) {
        Ok(value) => Ok(Body { bytes, value }),
        // The library tells this one in words alone.
        Err(e) if e.to_string().starts_with("number out of range") => {
            Err(Failure::Malformed { why: Broken::Number, line: e.line(), column: e.column() })
        }
        Err(e) => Err(Failure::Malformed { why: Broken::Syntax, line: e.line(), column: e.column() }),
    }
}

/// Line and column, from 1, of what follows these bytes.
fn place(before: &[u8]) -> (usize, usize) {
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|b| **b != b'\n').count() + 1;
    (line, column)
}

/// A CSV file.
#[derive(Debug)]
pub struct Csv(pub Bytes);

impl FromRequest<Arc<Web>> for Csv {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let words = Language::of(&parts).0;
        let request = Request::from_parts(parts, body);
        if !is_type(&request, |kind| kind == "text/csv") {
            return Err(Problem::new(Failure::Unsupported("text/csv"), words));
        }
        bounded(request, web, FILE_BYTES_MAX).await.map(Csv).map_err(|failure| Problem::new(failure, words))
    }
}

fn is_type(request: &Request, fits: impl Fn(&str) -> bool) -> bool {
    let sent = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    fits(&sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

async fn bounded(mut request: Request, web: &Arc<Web>, bytes_max: usize) -> Result<Bytes, Failure> {
    DefaultBodyLimit::max(bytes_max).apply(&mut request);
    Bytes::from_request(request, web).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge(bytes_max),
        // The sender hung up in the middle: nobody reads this answer.
        _ => Failure::Malformed { why: Broken::Syntax, line: 0, column: 0 },
    })
}

/// Counts depth and members without building anything, so that no text makes the parser work for its sender.
fn measure(json: &[u8]) -> Result<(), Failure> {
    let (mut depth, mut members, mut in_text, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' => members += 1,
            _ => {}
        }
        if depth > DEPTH_MAX || members > MEMBERS_MAX {
            return Err(Failure::TooComplex);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_in_a_text_is_not_counted() {
        let braces = format!("{{\"a\":\"{}\\\"\"}}", "[{:".repeat(600));
        assert!(measure(braces.as_bytes()).is_ok());
    }

    #[test]
    fn depth_and_members_are_bounded() {
        let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(measure(deep(DEPTH_MAX).as_bytes()).is_ok());
        assert!(matches!(measure(deep(DEPTH_MAX + 1).as_bytes()), Err(Failure::TooComplex)));
        let wide = |n: usize| format!("{{{}}}", vec!["\"a\":1"; n].join(","));
        assert!(measure(wide(MEMBERS_MAX).as_bytes()).is_ok());
        assert!(matches!(measure(wide(MEMBERS_MAX + 1).as_bytes()), Err(Failure::TooComplex)));
    }

    proptest! {
        /// Whatever passes the measure cannot overflow the parser, and whatever is JSON is measured as it is.
        #[test]
        fn any_bytes_are_measured(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let measured = measure(&bytes).is_ok();
            prop_assert!(measured || bytes.len() > DEPTH_MAX);
        }
    }
}
