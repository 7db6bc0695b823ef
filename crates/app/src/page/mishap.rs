//! The page for what cannot be shown: not there, not allowed, too often, our own fault, out of service. Plain, kind, and with
//! what to do next; never a reason that would help somebody who is guessing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer;
use super::shell::Shell;

/// A page instead of the one asked for.
#[derive(Debug, Template)]
#[template(path = "page/mishap.html")]
pub struct Mishap {
    shell: Shell,
    status: StatusCode,
}

/// The statuses that have words of their own; any other is told as 500 or 404 would be.
const WORDED: [u16; 6] = [400, 403, 404, 429, 500, 503];

impl Mishap {
    /// The page for this status.
    #[must_use]
    pub fn new(shell: Shell, status: StatusCode) -> Self {
        Mishap { shell, status }
    }

    /// The page as an answer.
    #[must_use]
    pub fn answer(shell: Shell, status: StatusCode) -> Response {
        answer::shown(status, &Mishap::new(shell, status))
    }

    fn words(&self, part: &str) -> String {
        let code = self.status.as_u16();
        let told = if WORDED.contains(&code) {
            code
        } else if self.status.is_client_error() {
            404
        } else {
            500
        };
        self.shell.t(&format!("mishap-{told}-{part}"))
    }
}
