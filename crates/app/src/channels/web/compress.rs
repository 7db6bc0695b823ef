//! Answers sent compressed: a page of questions is 31 KB of HTML, of which a tenth goes over the wire, and travellers declare on bad
//! networks.
//!
//! Compressed with a secret, what a stranger can put into an answer tells them the secret by its size (BREACH, CVE-2013-3587).
//! Three things stand against that, each enough alone. Whatever another site makes a browser ask for is not compressed; every
//! browser since 2023 says so (Fetch Metadata, `Sec-Fetch-Site`). The one secret that all pages hold, the token of their forms,
//! is masked anew each time (`csrf`). And no page that shows somebody's data repeats what stands in its address; a form's own
//! text is repeated to whoever holds its token alone. Sessions and bearer tokens stand in headers, which nobody compresses.

use axum::Router;
use axum::extract::Request;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use super::csrf::is_own_site;

/// Below this a header more outweighs what is saved.
const BYTES_MIN: u64 = 1024;
/// What shrinks. Pictures but SVG are compressed already.
const KINDS: [&str; 7] = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/problem+json",
    "application/fhir+json",
    "image/svg+xml",
];

/// The same addresses, their answers compressed as far as the caller takes it (RFC 9110, 12.5.3).
pub fn compressed<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    let layer = CompressionLayer::new().compress_when(SizeAbove::new(BYTES_MIN).and(shrinks));
    router.layer(layer).layer(from_fn(only_for_ourselves))
}

fn shrinks(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    KINDS.contains(&kind.split(';').next().unwrap_or_default().trim())
}

async fn only_for_ourselves(mut request: Request, next: Next) -> Response {
    if !is_own_site(request.headers()) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // The tag is of the bytes before: what comes out of it is the same thing, not the same bytes (RFC 9110, 8.8.1).
    let weak = match headers.get(header::ETAG).filter(|_| headers.contains_key(header::CONTENT_ENCODING)) {
        Some(tag) => tag.to_str().ok().and_then(|tag| HeaderValue::from_str(&format!("W/{tag}")).ok()),
        None => None,
    };
    if let Some(weak) = weak {
        headers.insert(header::ETAG, weak);
    }
    response
}
