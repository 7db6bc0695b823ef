//! The document number, and what of the optional data belongs to it.

use super::bare;
use super::check_digit::{check_digit, fits};
use super::lines::Sheet;

pub(super) struct Number {
    pub number: String,
    pub check: bool,
    pub optional: Vec<String>,
}

/// On TD1 and TD2 a filler in place of the check digit says that the number goes on in the optional data, where its last
/// characters, then the check digit of it all, then a filler stand (9303-5 and 9303-6, note j).
pub(super) fn read(sheet: &Sheet) -> Number {
    let layout = sheet.layout;
    let (cell, check) = (sheet.cell(layout.number), sheet.cell(layout.number.check()));
    let mut optional: Vec<String> = layout.optional.iter().map(|&cells| trimmed(sheet.cell(cells))).collect();
    let runs_over = layout.long_numbers && check == "<" && !cell.ends_with('<');
    if let (true, Some((rest, digit, tail))) = (runs_over, optional.first().and_then(|first| overflow(first))) {
        let check = long_number_fits(cell, &rest, digit);
        optional[0] = tail;
        return Number { number: bare(cell) + &rest, check, optional };
    }
    let number = bare(cell);
    // An empty number proves nothing, whatever its check digit.
    Number { check: !number.is_empty() && fits(cell, check), number, optional }
}

/// The number's last characters, its check digit, and the optional data proper.
fn overflow(optional: &str) -> Option<(String, char, String)> {
    let (run, tail) = optional.split_once('<').unwrap_or((optional, ""));
    let digit = run.chars().next_back().filter(char::is_ascii_digit)?;
    let rest = &run[..run.len() - 1];
    (!rest.is_empty()).then(|| (rest.to_owned(), digit, tail.to_owned()))
}

/// States reckon it in two ways: over the number alone (Belgium, Portugal), or over the cells as printed, the filler that
/// stands for the check digit among them. Either is right.
fn long_number_fits(cell: &str, rest: &str, digit: char) -> bool {
    digit == check_digit(&format!("{cell}{rest}")) || digit == check_digit(&format!("{cell}<{rest}"))
}

fn trimmed(cell: &str) -> String {
    cell.trim_end_matches('<').to_owned()
}
