//! A whole number.

use jiff::civil::Date;
use serde_json::Value;

use super::{Spec, decimal};
use crate::questionnaire::error::{Code, Problem};
use crate::questionnaire::item::Item;

pub(super) const SPEC: Spec = Spec {
    item_type: "integer",
    fhir_types: &["Integer"],
    check,
    read_field: |text| text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from),
    ordered: true,
    ..Spec::WORDS
};

/// FHIR's integer has 32 bits (R4 datatypes, integer).
fn check(item: &Item, value: &Value, _: Date) -> Result<Value, Problem> {
    if !value.is_number() {
        return Err(Code::NotAWholeNumber.into());
    }
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok()).ok_or(Code::NotAWholeNumber)?;
    decimal::within(item, f64::from(number))?;
    Ok(Value::from(number))
}
