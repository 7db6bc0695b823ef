//! The pages that exist for whoever is signed in: where a role without a page of its own yet comes to after signing in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::console::Console;
use super::frame::Frame;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "staff/home.html")]
pub struct Home {
    /// The frame.
    pub shell: Shell,
    /// Who, and the pages for them.
    pub frame: Frame,
}

/// `GET /console`.
pub async fn show(console: Console) -> Response {
    page::shown(StatusCode::OK, &Home { shell: console.shell(), frame: console.frame() })
}
