//! What laboratory instruments write: one file a format, one line in the register. A reader gives the rows as they stand; whether
//! they fit a plate is the core's to say (`laboratory::run`).

mod columns;
mod generic;
mod quantstudio;

use pratique_core::laboratory::run::RunFile;

/// The largest file that is read: 96 wells of six channels come to a few hundred kilobytes even where an instrument is wordy.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most rows: 384 wells of eight channels, four times over.
const ROWS_MAX: usize = 16_384;
/// The longest cell that can mean something here, characters.
const CELL_CHARS_MAX: usize = 200;

/// Why a file is not read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {why}")]
pub struct BadRun {
    /// The line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column, from 1; 0 for the line as a whole.
    pub column: u64,
    /// Why.
    pub why: RunWhy,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunWhy {
    /// Not UTF-8.
    #[error("this is not text in UTF-8")]
    Text,
    /// Too large, or too many rows.
    #[error("this file is too large")]
    TooLarge,
    /// The part with the results is not there.
    #[error("there is no line [Results]")]
    NoResults,
    /// A column is not there.
    #[error("there is no column {0}")]
    NoColumn(&'static str),
    /// No rows at all.
    #[error("there are no rows")]
    Empty,
    /// A cell that is too long.
    #[error("this cell is too long")]
    Cell,
    /// More cells than columns: a decimal comma, most likely, which would cut a number in two.
    #[error("there are more cells than columns; write numbers with a point")]
    ExtraCell,
    /// No well.
    #[error("a well is a row A to H and a column 1 to 12, as in A1")]
    Well,
    /// No cycle.
    #[error("a threshold cycle is a number from 0 to 100 with a point, or Undetermined")]
    Ct,
}

impl RunWhy {
    /// The stable code (`run-NAME` in `locales`).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            RunWhy::Text => "not-utf8",
            RunWhy::TooLarge => "too-large",
            RunWhy::NoResults => "no-results",
            RunWhy::NoColumn(_) => "no-column",
            RunWhy::Empty => "empty",
            RunWhy::Cell => "cell-too-long",
            RunWhy::ExtraCell => "extra-cell",
            RunWhy::Well => "not-a-well",
            RunWhy::Ct => "not-a-cycle",
        }
    }
}

type Read = fn(&str) -> Result<RunFile, BadRun>;

/// A format that is read.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name by which a caller asks for it.
    pub name: &'static str,
    read: Read,
}

/// All of them. The first is ours, documented in docs/LABORATORY.md.
pub const FORMATS: [Format; 2] =
    [Format { name: "generic", read: generic::read }, Format { name: "quantstudio", read: quantstudio::read }];

impl Format {
    /// A format by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        FORMATS.into_iter().find(|format| format.name == name.trim())
    }

    /// The format that a file looks like: instruments say who they are, ours does not need to.
    #[must_use]
    pub fn recognised(bytes: &[u8]) -> Format {
        let looks = bytes.windows(quantstudio::MARK.len()).any(|window| window.eq_ignore_ascii_case(quantstudio::MARK));
        FORMATS[usize::from(looks)]
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`BadRun`]: the first thing that cannot be read.
    pub fn read(&self, bytes: &[u8]) -> Result<RunFile, BadRun> {
        let whole = |why| BadRun { line: 0, column: 0, why };
        if bytes.len() > BYTES_MAX {
            return Err(whole(RunWhy::TooLarge));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole(RunWhy::Text))?;
        let file = (self.read)(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        if file.rows.is_empty() { Err(whole(RunWhy::Empty)) } else { Ok(file) }
    }
}
