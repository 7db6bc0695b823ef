//! A page as an HTTP answer. The headers that protect every answer are added by `channels::web::headers`.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// A page with this status.
pub fn shown(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        // Writing to a String cannot fail; a template has no other fault at run time.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// "See other": what a form that was taken answers, so that going back or reloading sends nothing twice.
#[must_use]
pub fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}
