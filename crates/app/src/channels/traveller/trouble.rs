//! A failure as a page of the traveller's.

use axum::http::header;
use axum::response::Response;

use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::page::{Mishap, Shell};

/// The page for a failure: same status and same log line as the API's answer, in words for a person.
#[must_use]
pub fn trouble(failure: Failure, shell: Shell) -> Response {
    let words = shell.words;
    let wait_s = failure.retry_after_s();
    let problem = Problem::new(failure, words);
    let status = problem.status();
    if status.is_server_error() {
        tracing::error!(code = problem.code(), failure = %problem.failure, "request failed");
    }
    let mut response = match &problem.failure {
        Failure::Refused(refusal) if status == axum::http::StatusCode::CONFLICT => {
            let back = shell.path.clone();
            Mishap::refused(shell, reasons::refusal(refusal, words), &back).answer()
        }
        Failure::Slow(s) => Mishap::slow(shell, *s).answer(),
        _ => Mishap::new(shell, status).answer(),
    };
    if let Some(s) = wait_s {
        response.headers_mut().insert(header::RETRY_AFTER, s.into());
    }
    response
}
