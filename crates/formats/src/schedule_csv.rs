//! A schedule in CSV (RFC 4180): a header line with our own column names, a flight a line. Each line is read by itself, so that one
//! that cannot be read costs no other. What the cells mean is `core::flight`'s to say.

use pratique_core::field::FieldError;
use pratique_core::flight::FlightRow;

use crate::lines::Lines;

/// The most lines of a file: a year of a large port.
pub const LINES_MAX: usize = 200_000;

/// Columns without which no line can be read.
const NEEDED: [&str; 4] = ["flight", "origin", "scheduled_arrival", "category"];

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1; the header is line 1.
    pub number: u64,
    /// Its cells by their columns, or why it has none.
    pub row: Result<FlightRow, FieldError>,
}

/// Why a file is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleCsvError {
    /// Its header cannot be read.
    #[error("the first line is not a line of CSV in UTF-8")]
    NotASchedule,
    /// Columns are missing.
    #[error("the first line lacks {}", .0.join(", "))]
    Lacking(Vec<&'static str>),
    /// It has more than [`LINES_MAX`].
    #[error("more than {LINES_MAX} lines")]
    TooManyLines,
}

/// Reads a file. Columns that we do not know are left aside.
///
/// # Errors
/// [`ScheduleCsvError`], for a file that is no schedule at all.
///
/// ```
/// let file = b"flight,origin,scheduled_arrival,category\nCA938,LHR,2026-11-24T14:05,international\n";
/// let lines = pratique_formats::schedule_csv::read(file).unwrap();
/// assert_eq!((lines[0].number, lines[0].row.as_ref().unwrap().flight.as_deref()), (2, Some("CA938")));
/// ```
pub fn read(file: &[u8]) -> Result<Vec<Line>, ScheduleCsvError> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file);
    let headers = reader.headers().map_err(|_| ScheduleCsvError::NotASchedule)?.clone();
    let lacking = NEEDED.into_iter().filter(|column| !headers.iter().any(|header| header == *column));
    let lacking: Vec<_> = lacking.collect();
    if !lacking.is_empty() {
        return Err(ScheduleCsvError::Lacking(lacking));
    }
    let (mut lines, mut numbers) = (Vec::new(), Lines::of(file));
    for (at, record) in reader.records().enumerate() {
        if at >= LINES_MAX {
            return Err(ScheduleCsvError::TooManyLines);
        }
        let position = record.as_ref().map_or_else(csv::Error::position, csv::StringRecord::position);
        let number = position.map_or(at as u64 + 2, |position| numbers.number(position));
        let row = record.map(|record| FlightRow::of(&headers, &record)).map_err(|_| FieldError::new("", "not-a-line"));
        lines.push(Line { number, row });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "flight,origin,scheduled_arrival,category";

    /// The number of each line and its flight; none where the line cannot be read.
    fn flights(file: &[u8]) -> Vec<(u64, Option<String>)> {
        let flight = |line: Line| (line.number, line.row.ok().map(|row| row.flight.unwrap_or_default()));
        read(file).unwrap().into_iter().map(flight).collect()
    }

    #[test]
    fn cells_are_found_by_their_columns_and_trimmed() {
        let file =
            "\u{feff}category, scheduled_arrival ,gate,origin,flight\ninternational , 2026-11-24T14:05,E7,LHR,CA938\n";
        let lines = read(file.as_bytes()).unwrap();
        let row = lines[0].row.as_ref().unwrap();
        assert_eq!((row.flight.as_deref(), row.form.origin.as_deref()), (Some("CA938"), Some("LHR")));
        assert_eq!(row.form.scheduled_arrival.as_deref(), Some("2026-11-24T14:05"));
        assert_eq!((row.form.category.as_deref(), row.form.status.as_deref()), (Some("international"), None));
    }

    #[test]
    fn a_line_keeps_its_number_whatever_ends_the_others() {
        for end in ["\n", "\r\n", "\r"] {
            let file = [HEADER, "CA1,,,", "", "", "\"CA\n2\",,,", "CA3,,,"].join(end);
            let numbers: Vec<_> = flights(file.as_bytes()).into_iter().map(|(number, _)| number).collect();
            assert_eq!(numbers, [2, 5, 7], "{end:?}");
        }
    }

    #[test]
    fn a_line_that_is_no_text_costs_no_other() {
        let file = [HEADER.as_bytes(), b"\nCA1,LHR,,\n\n\nCA2,\xff,,\nCA3,LHR,,\n"].concat();
        let read = flights(&file);
        assert_eq!(read, [(2, Some("CA1".to_owned())), (5, None), (6, Some("CA3".to_owned()))]);
    }

    #[test]
    fn a_file_that_is_no_schedule_says_what_is_missing() {
        let all = ScheduleCsvError::Lacking(vec!["flight", "origin", "scheduled_arrival", "category"]);
        assert_eq!(read(b""), Err(all));
        let two = ScheduleCsvError::Lacking(vec!["origin", "category"]);
        assert_eq!(two.to_string(), "the first line lacks origin, category");
        assert_eq!(read(b"flight,scheduled_arrival\nCA938,2026-11-24T14:05\n"), Err(two));
        assert_eq!(read(b"fl\xffght\n"), Err(ScheduleCsvError::NotASchedule));
        let full = [HEADER.to_owned(), "CA938,,,\n".repeat(LINES_MAX)].join("\n");
        assert_eq!(read(full.as_bytes()).unwrap().len(), LINES_MAX);
        assert_eq!(read((full + "CA938,,,\n").as_bytes()), Err(ScheduleCsvError::TooManyLines));
    }
}
