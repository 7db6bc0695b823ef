//! A text to be read: it has no answer.

use super::Spec;
use crate::questionnaire::error::Code;

pub(super) const SPEC: Spec =
    Spec { item_type: "display", fhir_types: &[], check: |_, _, _| Err(Code::NotAQuestion.into()), ..Spec::WORDS };
