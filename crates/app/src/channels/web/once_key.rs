//! `Idempotency-Key`: a repeat of the same request gets the first answer's bytes (contract.md).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{Language, Problem};
use crate::app::App;
use crate::failure::Failure;
use crate::once::Once;

/// The longest key taken.
const KEY_CHARS_MAX: usize = 255;

/// The key of a request, if it has one, with the route it was sent to.
#[derive(Debug, Clone)]
pub struct OnceKey {
    key: Option<String>,
    route: String,
}

impl OnceKey {
    /// The identity of this request, for the action.
    #[must_use]
    pub fn once(&self, app: &App, caller: &str, body: &[u8]) -> Option<Once> {
        self.key.as_ref().map(|key| Once::of(app, &self.route, caller, key, body))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OnceKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // The route with what it names: the same key on another declaration is another request.
        let route = format!("{} {}", parts.method, parts.uri.path());
        let Some(header) = parts.headers.get("idempotency-key") else { return Ok(OnceKey { key: None, route }) };
        match header.to_str().ok().map(str::trim).filter(|key| (1..=KEY_CHARS_MAX).contains(&key.len())) {
            Some(key) => Ok(OnceKey { key: Some(key.to_owned()), route }),
            None => Err(Problem::new(Failure::field("/Idempotency-Key", "not-a-key"), Language::of(parts).0)),
        }
    }
}
