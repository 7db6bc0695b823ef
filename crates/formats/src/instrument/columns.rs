//! Rows of a table with a header, whatever its columns are called and in whatever order they come.

use pratique_core::laboratory::Ct;
use pratique_core::laboratory::run::Row;

use super::{BadRun, CELL_CHARS_MAX, ROWS_MAX, RunWhy};
use crate::lines::Lines;

/// How a format calls its four columns; any of the names will do.
pub(super) struct Names {
    pub well: &'static [&'static str],
    pub sample: &'static [&'static str],
    pub target: &'static [&'static str],
    pub ct: &'static [&'static str],
}

/// Words for "no signal stood out".
const UNDETERMINED: [&str; 5] = ["", "undetermined", "na", "n/a", "-"];

struct Columns {
    well: usize,
    sample: Option<usize>,
    target: usize,
    ct: usize,
}

/// Reads a table. `first_line` is the line of the file that the header stands in.
pub(super) fn rows(table: &str, delimiter: u8, first_line: u64, names: &Names) -> Result<Vec<Row>, BadRun> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes());
    let header = reader.headers().cloned().map_err(|_| at(first_line, 0, RunWhy::Text))?;
    let columns = columns(&header, names, first_line)?;
    let (mut rows, mut lines) = (Vec::new(), Lines::of(table.as_bytes()));
    for record in reader.records() {
        let record = record.map_err(|_| at(first_line, 0, RunWhy::Text))?;
        let width = header.len();
        let line = first_line + record.position().map_or(0, |at| lines.number(at) - 1);
        if record.iter().skip(width).any(|cell| !cell.is_empty()) {
            return Err(at(line, width + 1, RunWhy::ExtraCell));
        }
        if let Some(row) = row(&record, &columns, line)? {
            rows.push(row);
        }
        if rows.len() > ROWS_MAX {
            return Err(at(line, 0, RunWhy::TooLarge));
        }
    }
    Ok(rows)
}

fn at(line: u64, column: usize, why: RunWhy) -> BadRun {
    BadRun { line, column: column as u64, why }
}

fn columns(header: &csv::StringRecord, names: &Names, line: u64) -> Result<Columns, BadRun> {
    let find =
        |wanted: &[&str]| header.iter().position(|cell| wanted.iter().any(|name| cell.eq_ignore_ascii_case(name)));
    let needed = |wanted: &[&'static str]| {
        find(wanted).ok_or_else(|| at(line, 0, RunWhy::NoColumn(wanted.first().copied().unwrap_or_default())))
    };
    Ok(Columns {
        well: needed(names.well)?,
        sample: find(names.sample),
        target: needed(names.target)?,
        ct: needed(names.ct)?,
    })
}

/// One row; nothing for a well that the instrument lists though there was nothing in it.
fn row(record: &csv::StringRecord, columns: &Columns, line: u64) -> Result<Option<Row>, BadRun> {
    let cell = |column: usize| record.get(column).unwrap_or_default();
    for (column, text) in record.iter().enumerate() {
        if [Some(columns.well), columns.sample, Some(columns.target), Some(columns.ct)].contains(&Some(column))
            && text.chars().count() > CELL_CHARS_MAX
        {
            return Err(at(line, column + 1, RunWhy::Cell));
        }
    }
    let sample = columns.sample.map(cell).filter(|text| !text.is_empty());
    let (target, ct) = (cell(columns.target), cell(columns.ct));
    if target.is_empty() && sample.is_none() && ct.is_empty() {
        return Ok(None);
    }
    let well = cell(columns.well).parse().map_err(|_| at(line, columns.well + 1, RunWhy::Well))?;
    let ct = match UNDETERMINED.iter().any(|word| ct.eq_ignore_ascii_case(word)) {
        true => None,
        false => Some(ct.parse::<Ct>().map_err(|_| at(line, columns.ct + 1, RunWhy::Ct))?),
    };
    Ok(Some(Row { line, well, sample: sample.map(str::to_owned), target: target.to_owned(), ct }))
}
