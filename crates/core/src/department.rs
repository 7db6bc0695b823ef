//! A department that a port hands people over to, and the purpose for which it may know of them (the article's four: on-site
//! quarantine, contact tracing, joint prevention and control, designated hospitals).

use serde::{Deserialize, Serialize};

use crate::language::Text;

/// What a department needs people's data for. It is the purpose, and not the department's name, that says what it may see:
/// ports cut their departments differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To take people in, watch over them, and report how it ended.
    Isolation,
    /// To find whom an ill person was near.
    Tracing,
    /// To prepare the district that somebody travels on to.
    JointPrevention,
    /// To treat them.
    Treatment,
}

impl Purpose {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Isolation => "isolation",
            Purpose::Tracing => "tracing",
            Purpose::JointPrevention => "joint-prevention",
            Purpose::Treatment => "treatment",
        }
    }
}

/// A department as the port's file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its code, e.g. `contact-tracing`: what `user add --for` takes.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// What it may know people for.
    pub purpose: Purpose,
}

/// Is this the code of a department: small letters and digits, words joined by hyphens?
#[must_use]
pub fn is_code(code: &str) -> bool {
    let fits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    code.len() <= 40 && code.split('-').all(fits)
}
