//! The API's description as OpenAPI 3.1, made from the register of operations by utoipa: a handler's own annotations and the
//! shapes in `schema`, so that neither an address nor a member can be described that is not there.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use crate::channels::web::etag;

static DOCUMENT: LazyLock<String> = LazyLock::new(openapi_json);

/// The frame into which the operations are put.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pratique",
        description = "Health declarations at a port of entry. Travellers need no account: the header `Pratique-Proof` (the document number) proves that a declaration is theirs. Staff and machines send `Authorization: Bearer TOKEN`. Errors are RFC 9457 problems with a stable `code`, in the language of `Accept-Language`. Every POST, PUT and DELETE takes `Idempotency-Key` for 72 hours: a repeat gets the first answer's bytes, the same key with another body 409. Times are RFC 3339 UTC. Lists page by `after`. Besides what each operation names, any of them can answer 405, 413, 429, 500, 503 (with `Retry-After`) or 507, as problems too.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "questionnaires", description = "The form in force"),
        (name = "declarations", description = "What travellers declare"),
        (name = "checkpoint", description = "Scan and decide"),
        (name = "samples", description = "At the booth"),
        (name = "laboratory", description = "Tubes, plates, runs, results"),
        (name = "flights", description = "The schedule"),
        (name = "obligations", description = "The closed loop"),
        (name = "desk", description = "The medical desk"),
        (name = "orders", description = "Isolation, observation, closed rest"),
        (name = "journeys", description = "An entry as a whole"),
        (name = "supervision", description = "Figures of the port, live and as a bulletin"),
        (name = "departments", description = "What departments are given, and what they may know"),
        (name = "operations", description = "For those who run it"),
    )
)]
struct Frame;

/// The frame, with the one way to say who a machine is.
pub fn frame() -> utoipa::openapi::OpenApi {
    let mut frame = Frame::openapi();
    let bearer = SecurityScheme::Http(
        Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of `pratique user add NAME --role ROLE --at PORT --token`"))
            .build(),
    );
    frame.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    frame
}

/// The document as JSON: what `/api/openapi.json` answers and `pratique openapi` prints.
#[must_use]
pub fn openapi_json() -> String {
    // Texts, numbers and maps with text keys always serialise, so the default never shows.
    crate::channels::register().into_openapi().to_pretty_json().unwrap_or_default()
}

/// This document
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "operations",
    responses((status = 200, description = "OpenAPI 3.1", body = Object), (status = 304, description = "It is the edition that you have"))
)]
pub async fn document(headers: HeaderMap) -> Response {
    let mut response = etag::tagged(&headers, DOCUMENT.clone().into_bytes(), "public, max-age=60");
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The document as a value, for its reader.
#[must_use]
pub fn as_value() -> serde_json::Value {
    serde_json::from_str(&DOCUMENT).unwrap_or_default()
}
