//! The machine-readable zone of travel documents (ICAO Doc 9303, parts 3 to 7): TD1, TD2, TD3, MRV-A, MRV-B.
//!
//! A failed check digit is reported by field and never throws the rest away: the officer sees what was read and what to
//! compare by eye. Only what has not the shape of a zone at all is refused.
//!
//! Our own, after the crate `mrz` 0.9.1 was tried on the same specimens. It reads them all, but knows one of the two
//! ways of reckoning a long number's check digit, places centuries by a fixed year where the contract wants an instant,
//! and keeps unknown date parts raw: what is left to use is the slicing, out of 14,000 lines.

mod check_digit;
mod date;
mod encode;
mod layout;
mod lines;
mod name;
mod number;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use check_digit::check_digit;
pub use encode::{EncodeError, encode};
pub use lines::MrzError;
pub use pratique_core::identity::transliteration::{NoLetter, transliterate};

use date::TwoDigitYear;
use layout::Layout;
use lines::Sheet;

/// Which layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A card of three lines of 30 (part 5).
    #[serde(rename = "TD1")]
    Td1,
    /// A document of two lines of 36 (part 6).
    #[serde(rename = "TD2")]
    Td2,
    /// A passport, two lines of 44 (part 4).
    #[serde(rename = "TD3")]
    Td3,
    /// A visa of two lines of 44 (part 7).
    #[serde(rename = "MRV-A")]
    MrvA,
    /// A visa of two lines of 36 (part 7).
    #[serde(rename = "MRV-B")]
    MrvB,
}

/// As printed; a filler is X (part 4, 4.1.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Male.
    M,
    /// Female.
    F,
    /// Not specified.
    X,
}

/// The document's own part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// One or two letters, fillers off: `P`, `PO`, `ID`, `V`.
    #[serde(rename = "type")]
    pub type_: String,
    /// Whole, also where it runs over into the optional data; fillers off.
    pub number: String,
    /// The state or organisation, as printed, fillers off: `CHN`, `D`, `UNO`.
    pub issuer: String,
    /// `2030-01-31`; `null` where it has none or cannot be read.
    pub expires: Option<String>,
}

/// The holder's name, in the zone's letters; part 3, 4.6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The surname, or the only name there is. May be empty.
    pub primary: String,
    /// The given names. May be empty.
    pub secondary: String,
}

/// What the zone says of document and holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// The document.
    pub document: Document,
    /// The name.
    pub name: Name,
    /// `1974-08-12`, or `1974-08` or `1974` where the rest is unknown; `null` where all is, or it cannot be read.
    pub birth_date: Option<String>,
    /// The sex.
    pub sex: Sex,
    /// As printed, fillers off.
    pub nationality: String,
    /// The optional data in order, two on a TD1, trailing fillers off; without what belongs to a long number.
    pub optional: Vec<String>,
}

/// Whether each check digit fits; `None` (left out in JSON) where the layout has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    /// Of the document number.
    pub number: bool,
    /// Of the birth date.
    pub birth_date: bool,
    /// Of the date of expiry.
    pub expires: bool,
    /// Of the optional data: TD3 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optional: Option<bool>,
    /// Of all of them: not on visas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composite: Option<bool>,
}

impl Checks {
    /// Whether all that are there fit.
    #[must_use]
    pub fn all(&self) -> bool {
        self.number && self.birth_date && self.expires && self.optional != Some(false) && self.composite != Some(false)
    }
}

/// A zone as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mrz {
    /// Its layout.
    pub kind: Kind,
    /// What it says.
    #[serde(flatten)]
    pub fields: Fields,
    /// Whether the name fills its field to the end, so that some of it may be cut off.
    pub name_truncated: bool,
    /// The check digits, one by one.
    pub checks: Checks,
    /// Whether every check digit fits and every field could be read. It does not say that the document is in date.
    pub valid: bool,
}

/// Reads a zone as it stood on the day `at`, which settles the centuries of two-digit years: a birth is the latest that
/// is not after `at`, an expiry the nearest to it (49 years ahead at most, 50 back).
///
/// Lower case, spaces around lines, any line ends and a zone in one line of 88, 72 or 90 characters are taken.
///
/// # Errors
/// [`MrzError`] where the text has not the shape of a zone.
///
/// ```
/// use jiff::civil::date;
/// use pratique_formats::mrz;
/// let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
/// let read = mrz::read(zone, date(2026, 11, 24)).unwrap();
/// assert!(read.valid);
/// assert_eq!(read.fields.birth_date.as_deref(), Some("1974-08-12"));
/// assert_eq!(read.fields.name.secondary, "ANNA MARIA");
/// ```
pub fn read(text: &str, at: Date) -> Result<Mrz, MrzError> {
    let sheet = Sheet::of(text)?;
    let layout = sheet.layout;
    let number = number::read(&sheet);
    let (birth_cell, expires_cell) = (sheet.cell(layout.birth_date), sheet.cell(layout.expires));
    let birth_date = date::read(birth_cell, at, TwoDigitYear::LatestNotAfter);
    let expires = date::read(expires_cell, at, TwoDigitYear::Nearest);
    let sex = sex(sheet.cell(layout.sex));
    let checks = Checks {
        number: number.check,
        birth_date: sheet.check_after(layout.birth_date),
        expires: sheet.check_after(layout.expires),
        optional: layout.optional_has_check.then(|| sheet.check_after(layout.optional[0])),
        composite: layout.composite.map(|composite| sheet.composite(composite)),
    };
    let (name, name_truncated) = name::read(sheet.cell(layout.name));
    let readable = birth_date.is_ok() && expires.is_ok() && sex.is_some();
    Ok(Mrz {
        kind: layout.kind,
        fields: Fields {
            document: Document {
                type_: bare(sheet.cell(Layout::TYPE)),
                number: number.number,
                issuer: bare(sheet.cell(Layout::ISSUER)),
                expires: expires.unwrap_or_default(),
            },
            name,
            birth_date: birth_date.unwrap_or_default(),
            sex: sex.unwrap_or(Sex::X),
            nationality: bare(sheet.cell(layout.nationality)),
            optional: number.optional,
        },
        name_truncated,
        checks,
        valid: checks.all() && readable,
    })
}

fn sex(cell: &str) -> Option<Sex> {
    match cell {
        "M" => Some(Sex::M),
        "F" => Some(Sex::F),
        "<" | "X" => Some(Sex::X),
        _ => None,
    }
}

fn bare(cell: &str) -> String {
    cell.replace('<', "")
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Td1 => "TD1",
            Kind::Td2 => "TD2",
            Kind::Td3 => "TD3",
            Kind::MrvA => "MRV-A",
            Kind::MrvB => "MRV-B",
        })
    }
}
