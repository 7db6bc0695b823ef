//! An address that answers, but not this method.

use axum::response::{IntoResponse, Response};

use super::{Language, Problem};
use crate::failure::Failure;

/// 405; the router adds `Allow` (RFC 9110, 15.5.6).
pub async fn no_such_method(Language(words): Language) -> Response {
    Problem::new(Failure::NoSuchMethod, words).into_response()
}
