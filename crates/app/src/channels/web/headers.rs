//! The headers on every answer (security.md 2.7): nothing from elsewhere runs, frames or learns anything, and nothing personal
//! is kept by caches. Pages that need more (a camera) add it themselves.
//!
//! Of the policy for scripts: a page names its scripts by a number drawn for this one answer, so that what somebody smuggles into
//! a page does not run. `'self'` beside it is for what our scripts fetch themselves (a module, a worker), which cannot carry
//! the number; it opens nothing, since nothing but `/assets/` is sent as a script and no browser guesses types (`nosniff`).
//! Trusted Types refuse text where markup would run; the one policy, `pratique`, is for markup of this server's own (several scripts of
//! one page may each make it).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::channels::Web;
use crate::page::nonce;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// What pages may do of what browsers can: nothing that they do not need.
const FEATURES: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (PERMISSIONS_POLICY, FEATURES),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-frame-options"), "DENY"),
];
/// What is no page has no scripts at all.
const NO_PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
     trusted-types pratique 'allow-duplicates'";
const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";
/// 128 bits, as CSP 3 asks for (7.1).
const NONCE_BYTES: usize = 16;

/// A page on which the camera may be switched on, and a program of ours in WebAssembly reads its pictures.
#[derive(Debug, Clone, Copy)]
struct WithCamera;

/// The same page with a camera. Its pictures are read in the browser and are sent nowhere.
#[must_use]
pub fn for_camera(mut response: Response) -> Response {
    response.extensions_mut().insert(WithCamera);
    let policy = FEATURES.replacen("camera=()", "camera=(self)", 1);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(PERMISSIONS_POLICY, policy);
    }
    response
}

/// Adds the headers to what does not set them itself.
pub async fn protect(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let drawn = BASE64_STANDARD.encode(web.app.rng.bytes::<NONCE_BYTES>());
    let mut response = nonce::under(drawn.clone(), next.run(request)).await;
    let policy = policy(&response, &drawn);
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if web.app.config.secure {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(TWO_YEARS));
    }
    response
}

fn policy(response: &Response, drawn: &str) -> HeaderValue {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("text/html") {
        return HeaderValue::from_static(NO_PAGE);
    }
    let wasm = if response.extensions().get::<WithCamera>().is_some() { " 'wasm-unsafe-eval'" } else { "" };
    let own = NO_PAGE.replacen("script-src 'self'", &format!("script-src 'self' 'nonce-{drawn}'{wasm}"), 1);
    HeaderValue::from_str(&own).unwrap_or(HeaderValue::from_static(NO_PAGE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::{Html, IntoResponse};

    #[test]
    fn a_camera_is_for_pages_that_ask_for_it_alone() {
        let page = || Html("").into_response();
        let told = |response: &Response| policy(response, "N").to_str().unwrap().to_owned();
        assert!(told(&page()).contains("script-src 'self' 'nonce-N'; style-src"));
        let with = for_camera(page());
        assert!(told(&with).contains("script-src 'self' 'nonce-N' 'wasm-unsafe-eval'; style-src"));
        assert!(with.headers()["permissions-policy"].to_str().unwrap().starts_with("camera=(self), microphone=()"));
    }
}
