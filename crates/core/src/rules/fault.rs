//! What is wrong with a pack's file, in words for the person who wrote it.

use std::fmt;

/// One thing to mend in a pack: where it stands and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fault {
    /// The place, as its writer would name it: `rules.toml, rule fever-exposed`, `areas.csv, line 7`.
    pub at: String,
    /// What is wrong and what to do about it.
    pub words: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(at: impl Into<String>, words: impl Into<String>) -> Self {
        Fault { at: at.into(), words: words.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.words)
    }
}
