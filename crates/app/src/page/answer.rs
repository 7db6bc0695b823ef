//! A page as an HTTP answer, with the headers that every page carries.

use askama::Template;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What a page may do: show our own style and pictures, send forms to us, be framed by nobody. No scripts at all (ASVS V3.4.3).
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// A page with this status. Pages show people, so nobody on the way keeps them (ASVS V14.3.2).
pub fn shown(status: StatusCode, page: &impl Template) -> Response {
    let headers: [(HeaderName, &str); 6] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    match page.render() {
        Ok(html) => (status, headers, html).into_response(),
        // Writing to a String cannot fail; a template has no other fault at run time.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// "See other": what a form that was taken answers, so that going back or reloading sends nothing twice.
pub fn see(address: &str) -> Response {
    axum::response::Redirect::to(address).into_response()
}
