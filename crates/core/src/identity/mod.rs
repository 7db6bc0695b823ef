//! Who a person is, as their document and their own words say it: document, name, birth date, sex.
//!
//! Whether two records are the same person is judged in [`matching`] alone.

pub mod birth_date;
pub mod document;
pub mod likeness;
pub mod matching;
pub mod name;
pub mod spelling;
pub mod transliteration;

pub use birth_date::BirthDate;
pub use document::{Document, DocumentType};
pub use name::Name;

use serde::{Deserialize, Serialize};

/// Sex as printed in a travel document (ICAO Doc 9303-3, 4.8: `M`, `F`, or `<` for unspecified, written `X` here).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not specified.
    X,
}

impl Sex {
    /// Reads the one letter in either case; `<` is `X`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "F" | "f" => Some(Sex::F),
            "M" | "m" => Some(Sex::M),
            "X" | "x" | "<" => Some(Sex::X),
            _ => None,
        }
    }

    /// The letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Sex::F => "F",
            Sex::M => "M",
            Sex::X => "X",
        }
    }
}

/// One traveller's identity: what a declaration, a manifest row and a document have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traveller {
    /// The travel document; none for people who have no paper (journey.md 6.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// The name.
    pub name: Name,
    /// The birth date, as far as it is known.
    pub birth_date: BirthDate,
    /// Sex as in the document.
    pub sex: Sex,
    /// State code, ISO 3166 alpha-3 or one of ICAO Doc 9303-3's.
    pub nationality: String,
}
