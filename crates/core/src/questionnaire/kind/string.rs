//! One line of text.

use jiff::civil::Date;
use serde_json::Value;

use super::{Spec, choice, group};
use crate::questionnaire::bounds::Bounds;
use crate::questionnaire::error::Problem;
use crate::questionnaire::item::Item;
use crate::questionnaire::plain_text::{self, Lines};

pub(super) const SPEC: Spec =
    Spec { check: |item, value, today| words(item, value, today, Lines::One), chooses: true, ..Spec::WORDS };

/// Text of one line or several, within the form's limits and ours; one of the options, where there are any.
pub(super) fn words(item: &Item, value: &Value, today: Date, lines: Lines) -> Result<Value, Problem> {
    let Some(text) = value.as_str() else { return group::refuse(item, value, today) };
    let most = if lines == Lines::One { Bounds::LINE_MAX } else { Bounds::TEXT_MAX };
    let text = plain_text::read(text, lines)?;
    plain_text::fits(&text, item.bounds.length_min.unwrap_or(0), item.bounds.length_max.unwrap_or(most).min(most))?;
    if item.options.is_empty() { Ok(Value::String(text)) } else { choice::pick(item, &text) }
}
