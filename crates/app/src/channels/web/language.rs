//! The language of an answer: `?lang=`, the cookie, `Accept-Language`, English.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::cookie;
use crate::words::Words;

/// The words in the caller's language.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Words);

impl Language {
    /// Of a request.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let chosen = cookie::read_lang(&parts.headers);
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        Language(Words::negotiated(asked, chosen.as_deref(), accepted))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Language::of(parts))
    }
}
