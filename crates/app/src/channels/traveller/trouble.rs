//! A failure as a page of the traveller's.

use axum::http::header;
use axum::response::Response;

use super::form::Sent;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::page::{Mishap, Shell};

/// The page for a failure: same status and same log line as the API's answer, in words for a person.
#[must_use]
pub fn trouble(failure: Failure, shell: Shell) -> Response {
    told(failure, shell, None)
}

/// The same for a form that came: what will be good a little later is kept on the page, to be sent again by one press.
#[must_use]
pub fn kept(failure: Failure, shell: Shell, action: &str, sent: &Sent) -> Response {
    let again = failure.passes().then_some((action, sent));
    told(failure, shell, again)
}

fn told(failure: Failure, shell: Shell, again: Option<(&str, &Sent)>) -> Response {
    let words = shell.words;
    let wait_s = failure.retry_after_s();
    let problem = Problem::new(failure, words);
    let status = problem.status();
    if status.is_server_error() {
        tracing::error!(code = problem.code(), failure = %problem.failure, "request failed");
    }
    let mishap = match &problem.failure {
        Failure::Refused(refusal) if status == axum::http::StatusCode::CONFLICT => {
            let back = shell.path.clone();
            Mishap::refused(shell, reasons::refusal(refusal, words), &back)
        }
        Failure::Slow(s) => Mishap::slow(shell, *s),
        Failure::ClockInDoubt => Mishap::no_time(shell),
        keyless if keyless.is_keyless() => Mishap::no_key(shell),
        _ => Mishap::new(shell, status),
    };
    let mut response = match again {
        Some((action, sent)) => mishap.again(action, &sent.0).answer(),
        None => mishap.answer(),
    };
    if let Some(s) = wait_s {
        response.headers_mut().insert(header::RETRY_AFTER, s.into());
    }
    response
}
