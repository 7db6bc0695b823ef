//! The results export of the QuantStudio family: lines `* Name = value`, then `[Results]`, then a table with a header, separated
//! by tabs or commas (journey.md R72). Other parts, each under its own `[Name]`, are passed over.

use pratique_core::laboratory::run::RunFile;

use super::columns::{self, Names};
use super::{BadRun, RunWhy};

/// By this a file is recognised.
pub(super) const MARK: &[u8] = b"[Results]";

const NAMES: Names = Names {
    well: &["Well Position"],
    sample: &["Sample Name", "Sample"],
    target: &["Target Name", "Target"],
    ct: &["CT", "Cq", "Cт"],
};

pub(super) fn read(text: &str) -> Result<RunFile, BadRun> {
    let mut lines = text.split_inclusive('\n').enumerate();
    let mut plate = None;
    let mut start = 0;
    let mut offset = 0;
    for (number, line) in lines.by_ref() {
        offset += line.len();
        let bare = bare(line);
        if bare.as_bytes().eq_ignore_ascii_case(MARK) {
            start = number + 2;
            break;
        }
        if let Some(value) = named(bare, "Experiment Barcode").or_else(|| named(bare, "Barcode")) {
            plate = Some(value.to_owned()).filter(|value| is_name(value));
        }
    }
    if start == 0 {
        return Err(BadRun { line: 0, column: 0, why: RunWhy::NoResults });
    }
    let table = &text[offset..];
    // The table ends at an empty line or at the next part.
    let mut length = 0;
    for line in table.split_inclusive('\n') {
        if bare(line).is_empty() || bare(line).starts_with('[') {
            break;
        }
        length += line.len();
    }
    let table = &table[..length];
    let header = table.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    Ok(RunFile { plate, rows: columns::rows(table, delimiter, start as u64, &NAMES)? })
}

/// A line without its end and the empty cells that spreadsheets put behind it.
fn bare(line: &str) -> &str {
    line.trim().trim_end_matches([',', '\t']).trim_matches('"').trim()
}

fn named<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = line.strip_prefix('*')?.split_once('=')?;
    found.trim().eq_ignore_ascii_case(name).then(|| value.trim())
}

/// A plate of ours; instruments also write `NA` there, or a bar code of their own.
fn is_name(value: &str) -> bool {
    value.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("P-"))
}
