//! Forms carry a token bound to the session they were made for, and browsers say where a request comes from; either alone
//! would do against a foreign page, both cost nothing (ASVS V3.5.1).

use aws_lc_rs::constant_time;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::Language;
use super::mark::{self, BYTES};
use crate::app::App;
use crate::page::{Mishap, Shell};

/// The name of the hidden field.
pub const FIELD: &str = "csrf";

/// The token of a session's or draft's forms: another text each time, a random mask and what is true under it. Pages are sent
/// compressed, and a secret that stands in all of them could be found by their sizes (BREACH, CVE-2013-3587, "masking secrets").
#[must_use]
pub fn token(app: &App, secret: &str) -> String {
    let mask: [u8; BYTES] = app.rng.bytes();
    let tag = expected(app, secret);
    let masked: Vec<u8> = mask.iter().zip(tag).map(|(mask, byte)| mask ^ byte).collect();
    BASE64_URL_SAFE_NO_PAD.encode([mask.as_slice(), &masked].concat())
}

fn expected(app: &App, secret: &str) -> [u8; BYTES] {
    mark::tag(app, FIELD, secret)
}

/// Does the form's token fit the session, and does the browser not say that another site sent it?
#[must_use]
pub fn fits(app: &App, secret: &str, given: &str, headers: &HeaderMap) -> bool {
    let Ok(given) = BASE64_URL_SAFE_NO_PAD.decode(given) else { return false };
    let Some((mask, masked)) = given.split_first_chunk::<BYTES>() else { return false };
    let tag: Vec<u8> = mask.iter().zip(masked).map(|(mask, byte)| mask ^ byte).collect();
    is_own_site(headers)
        && masked.len() == BYTES
        && constant_time::verify_slices_are_equal(&expected(app, secret), &tag).is_ok()
}

/// Whether a form that does not fit is one of this site's all the same, made for another draft or session: then nobody is at fault,
/// and can be told so.
#[must_use]
pub fn is_anothers(given: &str, headers: &HeaderMap) -> bool {
    is_own_site(headers) && BASE64_URL_SAFE_NO_PAD.decode(given).is_ok_and(|bytes| bytes.len() == 2 * BYTES)
}

/// A form that no other site made a browser send: for forms that come before there is a session to bind a token to.
#[derive(Debug, Clone, Copy)]
pub struct OwnSite;

impl<S: Send + Sync> FromRequestParts<S> for OwnSite {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if is_own_site(&parts.headers) {
            return Ok(OwnSite);
        }
        Err(Mishap::new(Shell::new(Language::of(parts).0, "/"), StatusCode::FORBIDDEN).answer())
    }
}

/// Fetch metadata: absent (old browsers, programs) or from this very origin. `none` is a person typing an address.
#[must_use]
pub fn is_own_site(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site").map(|site| site.to_str().unwrap_or_default()) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => is_own_origin(headers),
    }
}

/// Browsers without fetch metadata tell the origin of a form. Ours is `null`, since our pages tell no referrer, or this host.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let told = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (told(header::ORIGIN), told(header::HOST)) {
        (None | Some("null"), _) | (_, None) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
    }
}
