//! A day of the calendar, `2026-03-01`, as FHIR and HTML's date fields write it.

use jiff::civil::Date;
use serde_json::Value;

use super::Spec;
use crate::questionnaire::bounds::DateBound;
use crate::questionnaire::error::{Code, Problem};
use crate::questionnaire::item::Item;

pub(super) const SPEC: Spec = Spec { item_type: "date", fhir_types: &["Date"], check, ordered: true, ..Spec::WORDS };

/// A whole date: FHIR also knows a year or a month alone, which no limit and no rule could be held against.
fn check(item: &Item, value: &Value, today: Date) -> Result<Value, Problem> {
    let date = value.as_str().and_then(read).ok_or(Code::NotADate)?;
    let on = |bound: Option<DateBound>| bound.map(|bound| bound.on(today));
    match (on(item.bounds.date_min), on(item.bounds.date_max)) {
        (Some(min), _) if date < min => Err(Problem::with(Code::TooEarly, "min", min)),
        (_, Some(max)) if date > max => Err(Problem::with(Code::TooLate, "max", max)),
        _ => Ok(Value::String(date.to_string())),
    }
}

/// The library also reads week dates, times and `20260301`; the length and the hyphens leave only one way. Years before
/// 1900 are slips of the finger, like years of five digits.
pub(in crate::questionnaire) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    let hyphens: Vec<_> = text.match_indices('-').map(|(at, _)| at).collect();
    if text.len() != 10 || hyphens != [4, 7] {
        return None;
    }
    text.parse::<Date>().ok().filter(|date| (1900..=2200).contains(&date.year()))
}
