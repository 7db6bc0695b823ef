//! An address that nobody answers.

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::{Language, Problem};
use crate::failure::Failure;
use crate::page::{Mishap, Shell};

/// 404, in the caller's language: a page for a person, a problem for a program.
pub async fn missing(Language(words): Language, uri: Uri, headers: HeaderMap) -> Response {
    if wants_page(&uri, &headers) {
        // A language link leads to the start: an address of somebody else's making is not written into a page of ours.
        return Mishap::new(Shell::new(words, "/"), StatusCode::NOT_FOUND).answer();
    }
    Problem::new(Failure::Missing("address"), words).into_response()
}

/// Does a person ask, and not a program?
#[must_use]
pub fn wants_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html") && !uri.path().starts_with("/api/")
}
