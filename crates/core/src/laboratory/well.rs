//! The wells of a plate of 96: rows A to H, columns 1 to 12 (ANSI SLAS 4-2004), counted down the columns, as a pipette of eight
//! channels fills them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Rows of a plate.
pub const ROWS: u8 = 8;
/// Columns of a plate.
pub const COLUMNS: u8 = 12;

/// One well, `A1` to `H12`, ordered down the columns.
///
/// ```
/// use pratique_core::laboratory::Well;
/// let well: Well = "h01".parse().unwrap();
/// assert_eq!((well.to_string().as_str(), well.index()), ("H1", 7));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Well(u8);

/// A text is no well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a well is a row A to H and a column 1 to 12, as in A1")]
pub struct BadWell;

impl Well {
    /// The well at a place in the order of filling, 0 to 95.
    #[must_use]
    pub fn at(index: u8) -> Option<Self> {
        (index < ROWS * COLUMNS).then_some(Well(index))
    }

    /// All wells in the order of filling.
    pub fn all() -> impl Iterator<Item = Well> {
        (0..ROWS * COLUMNS).map(Well)
    }

    /// Its place in the order of filling.
    #[must_use]
    pub fn index(self) -> u8 {
        self.0
    }

    /// Its row, 0 for A.
    #[must_use]
    pub fn row(self) -> u8 {
        self.0 % ROWS
    }

    /// Its column, 0 for 1.
    #[must_use]
    pub fn column(self) -> u8 {
        self.0 / ROWS
    }
}

impl fmt::Display for Well {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(b'A' + self.row()), self.column() + 1)
    }
}

impl FromStr for Well {
    type Err = BadWell;

    /// As printed, as instruments write it (`A01`), in either case.
    fn from_str(text: &str) -> Result<Self, BadWell> {
        let text = text.trim();
        let row = text.bytes().next().map(|b| b.to_ascii_uppercase()).filter(u8::is_ascii_uppercase).ok_or(BadWell)?;
        let digits = &text[1..];
        if digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadWell);
        }
        let column: u8 = digits.parse().map_err(|_| BadWell)?;
        match (row - b'A', column) {
            (row, 1..=COLUMNS) if row < ROWS => Ok(Well((column - 1) * ROWS + row)),
            _ => Err(BadWell),
        }
    }
}

impl TryFrom<String> for Well {
    type Error = BadWell;

    fn try_from(text: String) -> Result<Self, BadWell> {
        text.parse()
    }
}

impl From<Well> for String {
    fn from(well: Well) -> String {
        well.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ninety_six_wells_are_filled_down_the_columns() {
        let names: Vec<String> = Well::all().map(|w| w.to_string()).collect();
        assert_eq!(
            (names.len(), &names[..3], &names[7..10]),
            (96, &["A1", "B1", "C1"].map(String::from)[..], &["H1", "A2", "B2"].map(String::from)[..])
        );
        assert_eq!(names[95], "H12");
    }

    #[test]
    fn what_is_no_well_is_refused() {
        for text in ["", "A", "A0", "A13", "I1", "1A", "A1x", "AA1", "A001", "é1", "A-1", "A+1"] {
            assert_eq!(text.parse::<Well>(), Err(BadWell), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_well_is_read_back(index in 0u8..96) {
            let well = Well::at(index).unwrap();
            prop_assert_eq!(well.to_string().parse(), Ok(well));
            prop_assert_eq!(format!("{}{:02}", char::from(b'a' + well.row()), well.column() + 1).parse(), Ok(well));
        }

        #[test]
        fn no_text_panics(text in ".{0,8}") {
            let _ = text.parse::<Well>();
        }
    }
}
