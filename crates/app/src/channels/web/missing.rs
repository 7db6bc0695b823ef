//! An address that nobody answers.

use axum::response::{IntoResponse, Response};

use super::{Language, Problem};
use crate::failure::Failure;

/// 404, in the caller's language.
pub async fn missing(Language(words): Language) -> Response {
    Problem::new(Failure::NotFound, words).into_response()
}
