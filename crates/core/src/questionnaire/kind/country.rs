//! A country or territory: a `choice` over FHIR's value set of ISO 3166-1 alpha-3 codes (and Kosovo's, which ISO lacks).

use serde_json::Value;

use super::{Spec, group};
use crate::country;
use crate::questionnaire::error::{Code, Problem};

pub(super) const SPEC: Spec = Spec {
    item_type: "choice",
    value_set: Some("http://hl7.org/fhir/ValueSet/iso3166-1-3"),
    fhir_types: &["Coding"],
    check: |item, value, today| {
        let Some(code) = value.as_str() else { return group::refuse(item, value, today) };
        // A code that only documents know (stateless, specimen) is no place to have been in.
        let code = country::canonical(code.trim()).filter(|code| country::is_place(code));
        code.map(Value::from).ok_or_else(|| Problem::from(Code::NotACountry))
    },
    ..Spec::WORDS
};
