//! One thing that a check found.

use std::fmt;

/// Where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the repository's root, with `/`.
    pub path: String,
    /// Counted from 1; 0 if the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
}

impl Finding {
    /// A finding at a line of a file.
    pub fn at(path: &str, line: usize, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { path: path.into(), line, what: what.into(), cure: cure.into() }
    }

    /// A finding about a file as a whole.
    pub fn file(path: &str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self::at(path, 0, what, cure)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, what, cure } = self;
        match line {
            0 => write!(f, "{path}: {what}: {cure}"),
            _ => write!(f, "{path}:{line}: {what}: {cure}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_line_fault_and_cure() {
        assert_eq!(Finding::at("a.rs", 7, "too long", "split it").to_string(), "a.rs:7: too long: split it");
        assert_eq!(Finding::file("a.rs", "is dead", "remove it").to_string(), "a.rs: is dead: remove it");
    }
}
