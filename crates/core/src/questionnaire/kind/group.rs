//! A group: the walk reads its items; as a value it can only be wrong.

use jiff::civil::Date;
use serde_json::Value;

use super::Spec;
use crate::questionnaire::error::{Code, Problem};
use crate::questionnaire::item::Item;

pub(super) const SPEC: Spec = Spec { item_type: "group", fhir_types: &[], check: refuse, ..Spec::WORDS };

/// Refuses any value: it is not of the item's kind.
pub(super) fn refuse(item: &Item, _: &Value, _: Date) -> Result<Value, Problem> {
    Err(Problem::with(Code::WrongType, "expected", item.kind.name()))
}
