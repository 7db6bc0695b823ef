//! A form as an argument of handlers. One that cannot be read gets a page that says so, and not the framework's own words.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::form::Sent;
use crate::channels::web::Language;
use crate::page::{Mishap, Shell};

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let Language(words) = Language::of(&parts);
        let shell = Shell::new(words, parts.uri.path());
        let read = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), state).await;
        read.map(|Form(pairs)| Sent(pairs)).map_err(|rejection| {
            // What is too long is so the next time too: that is told apart from what came in broken.
            let status = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::BAD_REQUEST,
            };
            Mishap::new(shell, status).answer()
        })
    }
}
