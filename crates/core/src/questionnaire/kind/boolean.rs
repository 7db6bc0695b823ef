//! Yes or no.

use serde_json::Value;

use super::{Spec, group};

pub(super) const SPEC: Spec = Spec {
    item_type: "boolean",
    fhir_types: &["Boolean"],
    check: |item, value, today| if value.is_boolean() { Ok(value.clone()) } else { group::refuse(item, value, today) },
    read_field: |text| match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        other => Value::String(other.to_owned()),
    },
    ..Spec::WORDS
};
