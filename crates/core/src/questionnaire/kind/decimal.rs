//! A number.

use jiff::civil::Date;
use serde_json::{Number, Value};

use super::Spec;
use crate::questionnaire::error::{Code, Problem};
use crate::questionnaire::item::Item;

pub(super) const SPEC: Spec = Spec { item_type: "decimal", fhir_types: &["Decimal"], check, read_field, ordered: true, ..Spec::WORDS };

/// JSON has no infinity and no NaN, so every number that comes here is finite.
fn check(item: &Item, value: &Value, _: Date) -> Result<Value, Problem> {
    let number = value.as_f64().ok_or(Code::NotANumber)?;
    within(item, number)?;
    // Rust writes a float with the fewest digits that give it back, and never with an exponent.
    let decimals = number.to_string().split_once('.').map_or(0, |(_, places)| places.len());
    match item.bounds.decimals_max {
        Some(most) if decimals > most => Err(Problem::with(Code::TooManyDecimals, "max", most)),
        _ => Ok(value.clone()),
    }
}

/// Refuses a number outside the form's limits.
pub(super) fn within(item: &Item, number: f64) -> Result<(), Problem> {
    match (item.bounds.number_min, item.bounds.number_max) {
        (Some(min), _) if number < min => Err(Problem::with(Code::TooSmall, "min", min)),
        (_, Some(max)) if number > max => Err(Problem::with(Code::TooLarge, "max", max)),
        _ => Ok(()),
    }
}

/// A comma is a decimal point to most of the world's travellers; no form asks for thousands.
fn read_field(text: &str) -> Value {
    let number = text.replace(',', ".").parse().ok().and_then(Number::from_f64);
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}
