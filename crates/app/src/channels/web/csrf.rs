//! Forms carry a token bound to the session they were made for, and browsers say where a request comes from; either alone
//! would do against a foreign page, both cost nothing (ASVS V3.5.1).

use aws_lc_rs::{constant_time, hmac};
use axum::http::HeaderMap;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::app::App;

/// The name of the hidden field.
pub const FIELD: &str = "csrf";

/// The token of a session's or draft's forms.
#[must_use]
pub fn token(app: &App, secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.cookie_key);
    let tag = hmac::sign(&key, format!("csrf {secret}").as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&tag.as_ref()[..18])
}

/// Does the form's token fit the session, and does the browser not say that another site sent it?
#[must_use]
pub fn fits(app: &App, secret: &str, given: &str, headers: &HeaderMap) -> bool {
    let expected = token(app, secret);
    is_own_site(headers) && constant_time::verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
}

/// Fetch metadata: absent (old browsers, programs) or from this very origin. `none` is a person typing an address.
#[must_use]
pub fn is_own_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    matches!(site, None | Some("same-origin" | "none"))
}
