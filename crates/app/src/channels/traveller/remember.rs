//! A language that an address names (`?lang=`) is remembered for a year. The cookie says nothing of the person.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::words::Words;

const YEAR_S: u64 = 365 * 24 * 3600;

/// Sets the cookie on answers to such an address.
pub async fn remember(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let named = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Words::named);
    let mut response = next.run(request).await;
    if let Some(words) = named {
        let cookie = cookie::set(&web.app, Name::Lang, words.language(), Some(YEAR_S));
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
