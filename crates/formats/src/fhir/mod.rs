//! FHIR R4 in JSON: only what Pratique serves or takes.

pub mod questionnaire_response;
