//! The page for staff when something does not go: what happened, that nothing was lost, and what to do next.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::frame::Frame;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "staff/trouble.html")]
pub struct Trouble {
    /// The frame.
    pub shell: Shell,
    /// Who is signed in; nobody, on the way in.
    pub frame: Option<Frame>,
    /// What happened.
    pub title: String,
    /// What to do.
    pub text: String,
}

/// The page with words of its own (`trouble-NAME-title`, `trouble-NAME-text`).
#[must_use]
pub fn page(shell: Shell, frame: Option<Frame>, status: StatusCode, name: &str) -> Response {
    let (title, text) = (shell.t(&format!("trouble-{name}-title")), shell.t(&format!("trouble-{name}-text")));
    page::shown(status, &Trouble { shell, frame, title, text })
}

/// The page for a failure.
#[must_use]
pub fn of(shell: Shell, frame: Option<Frame>, failure: Failure) -> Response {
    let problem = Problem::new(failure, shell.words);
    let status = problem.status();
    if status.is_server_error() {
        tracing::error!(failure = %problem.failure, "page failed");
    }
    let name = match status {
        _ if problem.failure.is_disk_full() => "full",
        _ if matches!(problem.failure, Failure::ClockInDoubt) => "clock",
        _ if problem.failure.is_keyless() => "key",
        StatusCode::FORBIDDEN => "denied",
        StatusCode::NOT_FOUND => "missing",
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => "refused",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => "busy",
        _ => "ours",
    };
    let mut response = page(shell, frame, status, name);
    if let Some(s) = problem.failure.retry_after_s() {
        response.headers_mut().insert(header::RETRY_AFTER, s.into());
    }
    response
}
