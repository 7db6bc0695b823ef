//! A travel document: type, number, issuing state. Passports are the common case, not the only one: residents of Hong Kong,
//! Macao and Taiwan, seafarers and stateless people travel on other papers (journey.md 3).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Kinds of paper that a person may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentType {
    /// A passport of any kind.
    Passport,
    /// An identity card accepted for travel.
    IdentityCard,
    /// A permit of residents of Hong Kong, Macao or Taiwan, or another two-way permit.
    TravelPermit,
    /// A crew member's certificate or a seafarer's book.
    Crew,
    /// A refugee's or stateless person's travel document, or an emergency paper.
    Emergency,
    /// Any other.
    Other,
}

impl DocumentType {
    /// All of them, in the order in which a form shows them.
    pub const ALL: [DocumentType; 6] = [
        DocumentType::Passport,
        DocumentType::IdentityCard,
        DocumentType::TravelPermit,
        DocumentType::Crew,
        DocumentType::Emergency,
        DocumentType::Other,
    ];

    /// The stable name, as in the API and in `locales` (`document-passport`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DocumentType::Passport => "passport",
            DocumentType::IdentityCard => "identity-card",
            DocumentType::TravelPermit => "travel-permit",
            DocumentType::Crew => "crew",
            DocumentType::Emergency => "emergency",
            DocumentType::Other => "other",
        }
    }

    /// Reads the stable name, or the letters of an MRZ's document code (ICAO Doc 9303-4, 4.2.2: `P`, `I`, `A`, `C`, `AC`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(found) = Self::ALL.into_iter().find(|kind| kind.name() == text) {
            return Some(found);
        }
        match text.as_bytes() {
            [b'p'] | [b'p', b'a'..=b'z'] => Some(DocumentType::Passport),
            [b'a', b'c'] => Some(DocumentType::Crew),
            [b'i' | b'a' | b'c'] | [b'i' | b'c', b'a'..=b'z'] => Some(DocumentType::IdentityCard),
            _ => None,
        }
    }
}

/// A document as declared or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: DocumentType,
    /// Its number, upper case, without spaces.
    pub number: String,
    /// The issuing state's code.
    pub issuer: String,
    /// The last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

/// The number as every comparison takes it: ASCII letters and digits alone, upper case, full-width forms folded (people type
/// them on Chinese keyboards). `None` if nothing is left or it is longer than any document's (ICAO Doc 9303-5 allows 9 and
/// an overflow into the optional data; 20 covers all seen).
///
/// ```
/// use pratique_core::identity::document::normal_number;
/// assert_eq!(normal_number("e 1234-5678"), normal_number("Ｅ１２３４５６７８"));
/// ```
#[must_use]
pub fn normal_number(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    if text.len() > 120 {
        return None;
    }
    let mut number = String::new();
    for c in text.nfkc() {
        match c {
            c if c.is_ascii_alphanumeric() => number.push(c.to_ascii_uppercase()),
            ' ' | '-' | '<' | '/' | '.' => {}
            _ => return None,
        }
    }
    (1..=20).contains(&number.len()).then_some(number)
}

/// The end of a number: enough to tell two documents apart, too little to use it; none of one so short that it would be half told.
#[must_use]
pub fn tail(number: &str) -> Option<String> {
    let count = number.chars().count();
    (count >= 6).then(|| number.chars().skip(count - 3).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for typed in ["E12345678", "e12345678", " E1234 5678 ", "E-12345678", "Ｅ１２３４５６７８", "E12345678<"]
        {
            assert_eq!(normal_number(typed).as_deref(), Some("E12345678"), "{typed}");
        }
        for bad in ["", "---", "护照", "E1234567890123456789012", "a\0b", "E12;DROP"] {
            assert_eq!(normal_number(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_mrz_code_names_the_kind() {
        assert_eq!(DocumentType::parse("P"), Some(DocumentType::Passport));
        assert_eq!(DocumentType::parse("PM"), Some(DocumentType::Passport));
        assert_eq!(DocumentType::parse("AC"), Some(DocumentType::Crew));
        assert_eq!(DocumentType::parse("ID"), Some(DocumentType::IdentityCard));
        assert_eq!(DocumentType::parse("travel-permit"), Some(DocumentType::TravelPermit));
        assert_eq!(DocumentType::parse("?"), None);
    }
}
