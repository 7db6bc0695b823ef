//! What changes seldom is told apart by a tag made of its bytes, so that nobody fetches twice what they have (RFC 9110, 8.8.3).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sha2::{Digest, Sha256};

/// An answer with its tag; 304 without a body if the caller has it already.
#[must_use]
pub fn tagged(headers: &HeaderMap, bytes: Vec<u8>, cache: &'static str) -> Response {
    let tag = format!("\"{}\"", crate::ledger::hex(&Sha256::digest(&bytes)[..8]));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let known = known.flat_map(|line| line.split(',')).any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = Response::new(if known { Body::empty() } else { Body::from(bytes) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    // Hexadecimal in quotes is always a header's value.
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
