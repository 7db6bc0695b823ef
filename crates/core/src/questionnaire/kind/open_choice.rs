//! One of the options, or own words.
//!
//! A text that is the code of an option is that option; any other text is the person's own words. The two cannot be
//! confused to harm: who types the very code of an option has said what the option says.

use jiff::civil::Date;
use serde_json::Value;

use super::{Spec, choice, group};
use crate::questionnaire::bounds::Bounds;
use crate::questionnaire::error::Problem;
use crate::questionnaire::item::Item;
use crate::questionnaire::plain_text::{self, Lines};

pub(super) const SPEC: Spec =
    Spec { item_type: "open-choice", fhir_types: &["Coding", "String"], check, chooses: true, ..Spec::WORDS };

fn check(item: &Item, value: &Value, today: Date) -> Result<Value, Problem> {
    let Some(text) = value.as_str() else { return group::refuse(item, value, today) };
    if let Ok(code) = choice::pick(item, text.trim()) {
        return Ok(code);
    }
    let text = plain_text::read(text, Lines::One)?;
    let most = item.bounds.length_max.unwrap_or(Bounds::LINE_MAX).min(Bounds::LINE_MAX);
    plain_text::fits(&text, item.bounds.length_min.unwrap_or(0), most)?;
    // Composed to NFC it may have become an option's code after all.
    choice::pick(item, &text).or(Ok(Value::String(text)))
}
