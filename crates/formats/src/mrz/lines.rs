//! From what a scanner, a camera or a person hands in to lines of known layout.

use super::Kind;
use super::check_digit::fits;
use super::layout::{Cells, Composite, Layout};

/// Three lines of 30 with generous white space; whatever is longer is no zone.
const INPUT_BYTES_MAX: usize = 400;

/// Why a text is no machine-readable zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MrzError {
    /// Nothing was given.
    #[error("the machine-readable zone is empty: scan or type its two or three lines")]
    Empty,
    /// Far more text than any zone has.
    #[error("this is too long for a machine-readable zone: give its two or three lines only")]
    TooLong,
    /// No layout has such lines.
    #[error(
        "a machine-readable zone has 2 lines of 44 or 36 characters, or 3 of 30; this has {} of {}: scan it again",
        lengths.len(),
        lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    Shape {
        /// The lengths of the lines given.
        lengths: Vec<usize>,
    },
    /// A character that no zone has.
    #[error("line {line}, character {column}: a machine-readable zone has only A to Z, 0 to 9 and <")]
    Character {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// The first character must say what document it is.
    #[error("a machine-readable zone begins with the letter of the document's type, as P, I, A, C or V")]
    Type,
}

impl MrzError {
    /// A stable name for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            MrzError::Empty => "mrz-empty",
            MrzError::TooLong => "mrz-too-long",
            MrzError::Shape { .. } => "mrz-shape",
            MrzError::Character { .. } => "mrz-character",
            MrzError::Type => "mrz-type",
        }
    }
}

/// A zone's lines, of its layout's number and width, in capitals, digits and fillers.
#[derive(Debug)]
pub(super) struct Sheet {
    pub layout: &'static Layout,
    lines: Vec<String>,
}

impl Sheet {
    pub(super) fn of(text: &str) -> Result<Self, MrzError> {
        if text.len() > INPUT_BYTES_MAX {
            return Err(MrzError::TooLong);
        }
        let given: Vec<&str> = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
        let lines = alphabet(&cut(given))?;
        let layout = layout(&lines)?;
        Ok(Sheet { layout, lines })
    }

    /// A field's characters. Every layout's cells lie within its lines, so the default never shows.
    pub(super) fn cell(&self, cells: Cells) -> &str {
        self.lines.get(cells.line).and_then(|line| line.get(cells.from..cells.to)).unwrap_or_default()
    }

    pub(super) fn check_after(&self, cells: Cells) -> bool {
        fits(self.cell(cells), self.cell(cells.check()))
    }

    pub(super) fn composite(&self, composite: Composite) -> bool {
        let covered: String = composite.of.iter().map(|&cells| self.cell(cells)).collect();
        fits(&covered, self.cell(composite.digit))
    }
}

/// Some readers give the whole zone as one line.
fn cut(given: Vec<&str>) -> Vec<String> {
    let one_line = match given.as_slice() {
        [line] => line.chars().collect(),
        _ => vec![],
    };
    match one_line.len() {
        88 => one_line.chunks(44).map(String::from_iter).collect(),
        72 => one_line.chunks(36).map(String::from_iter).collect(),
        90 => one_line.chunks(30).map(String::from_iter).collect(),
        _ => given.into_iter().map(str::to_owned).collect(),
    }
}

fn alphabet(lines: &[String]) -> Result<Vec<String>, MrzError> {
    for (line, text) in lines.iter().enumerate() {
        if let Some(column) = text.chars().position(|c| !(c.is_ascii_alphanumeric() || c == '<')) {
            return Err(MrzError::Character { line: line + 1, column: column + 1 });
        }
    }
    Ok(lines.iter().map(|line| line.to_ascii_uppercase()).collect())
}

fn layout(lines: &[String]) -> Result<&'static Layout, MrzError> {
    let lengths: Vec<usize> = lines.iter().map(String::len).collect();
    let visa = lines.first().is_some_and(|line| line.starts_with('V'));
    let kind = match (lengths.as_slice(), visa) {
        ([], _) => return Err(MrzError::Empty),
        ([30, 30, 30], _) => Kind::Td1,
        ([36, 36], false) => Kind::Td2,
        ([36, 36], true) => Kind::MrvB,
        ([44, 44], false) => Kind::Td3,
        ([44, 44], true) => Kind::MrvA,
        _ => return Err(MrzError::Shape { lengths }),
    };
    if lines[0].starts_with(|c: char| c.is_ascii_uppercase()) { Ok(Layout::of(kind)) } else { Err(MrzError::Type) }
}
