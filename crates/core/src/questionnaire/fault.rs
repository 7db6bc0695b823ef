//! What is wrong with a form or a response as a document.

use std::fmt;

use serde::Serialize;

/// One fault of a document: where it is and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where, as an RFC 6901 pointer into the document.
    pub pointer: String,
    /// The item it belongs to, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_id: Option<String>,
    /// What is wrong and what to do, in English: it is for the author of the document.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.link_id {
            Some(link_id) => write!(f, "{link_id} (at {}): {}", self.pointer, self.message),
            None => write!(f, "at {:?}: {}", self.pointer, self.message),
        }
    }
}

impl std::error::Error for Fault {}

/// One reference token of an RFC 6901 pointer, escaped (section 3: `~` and `/`).
pub(super) fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
