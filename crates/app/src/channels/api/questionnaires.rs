//! The form in force at a port.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::schema::{Problem as ProblemSchema, Questionnaire};
use crate::channels::Web;
use crate::channels::web::{Language, Named, Problem, etag};
use crate::failure::Failure;

/// FHIR's own media type for JSON (FHIR R4, 2.6.1), for whoever asks for it.
const FHIR_JSON: &str = "application/fhir+json";

/// The form in force
///
/// FHIR R4 Questionnaire, the pack's own bytes. Identity, trip and contact are not in it. Answers are sent as values by
/// `linkId`.
#[utoipa::path(
    get,
    path = "/questionnaires/{port}",
    tag = "questionnaires",
    params(("port" = String, Path, description = "UN/LOCODE", example = "CNPEK")),
    responses(
        (status = 200, description = "The form. `ETag` changes with its edition; `If-None-Match` is answered 304.", content((Questionnaire = "application/fhir+json"), (Questionnaire = "application/json"))),
        (status = 304, description = "It is the edition that you have"),
        (status = 404, description = "No such port", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn questionnaire(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Named(port): Named,
    headers: HeaderMap,
) -> Answer {
    let app = &web.app;
    let in_force = app.house.port(&port.to_ascii_uppercase()).and_then(|port| app.house.in_force(port));
    let in_force = in_force.ok_or_else(|| Problem::new(Failure::Missing("port"), words))?;
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let plain = accepts.contains("application/json") && !accepts.contains(FHIR_JSON);
    let kind = HeaderValue::from_static(if plain { "application/json" } else { FHIR_JSON });
    let mut response: Response =
        etag::tagged(&headers, in_force.pack.questionnaire.clone(), "public, max-age=60").into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}
