//! One of the options.

use jiff::civil::Date;
use serde_json::Value;

use super::{Spec, group};
use crate::questionnaire::bounds::Bounds;
use crate::questionnaire::error::{Code, Problem};
use crate::questionnaire::item::Item;
use crate::questionnaire::plain_text::{self, Lines};

pub(super) const SPEC: Spec =
    Spec { item_type: "choice", fhir_types: &["Coding"], check, chooses: true, ..Spec::WORDS };

/// A choice without options takes any code: R4 does not ask for options, and there is then nothing to refuse by. `lint`
/// finds such a form unsound, so none is put in force.
fn check(item: &Item, value: &Value, today: Date) -> Result<Value, Problem> {
    let Some(code) = value.as_str() else { return group::refuse(item, value, today) };
    if !item.options.is_empty() {
        return pick(item, code.trim());
    }
    let code = plain_text::read(code, Lines::One)?;
    plain_text::fits(&code, 0, Bounds::LINE_MAX)?;
    Ok(Value::String(code))
}

/// The option with this code.
pub(super) fn pick(item: &Item, code: &str) -> Result<Value, Problem> {
    let option = item.option(code).ok_or(Code::NotAnOption)?;
    Ok(Value::String(option.code.clone()))
}
