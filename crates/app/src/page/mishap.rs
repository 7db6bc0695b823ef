//! The page for what cannot be shown or done: not there, not allowed, too often, our own fault, out of service. Plain, kind, and
//! with what to do next; never a reason that would help somebody who is guessing.

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
    title: String,
    text: String,
    /// Where to go on: an address and its words.
    onward: (String, String),
    /// What was typed, to be sent again by one press: the form's address and its fields.
    again: Option<(String, Vec<(String, String)>)>,
}

/// The statuses that have words of their own; any other is told as 500 or 404 would be.
const WORDED: [u16; 7] = [400, 403, 404, 413, 500, 503, 507];

impl Mishap {
    /// The page for this status.
    #[must_use]
    pub fn new(shell: Shell, status: StatusCode) -> Self {
        let code = status.as_u16();
        let told = match code {
            code if WORDED.contains(&code) => code,
            _ if status.is_client_error() => 404,
            _ => 500,
        };
        let (title, text) = (shell.t(&format!("mishap-{told}-title")), shell.t(&format!("mishap-{told}-text")));
        Mishap { status, title, text, onward: (shell.start().to_owned(), shell.t("mishap-start")), shell, again: None }
    }

    /// The page for whoever tried too often and is to wait so many seconds: told in minutes, the last of them begun.
    #[must_use]
    pub fn slow(shell: Shell, wait_s: u64) -> Self {
        let minutes = wait_s.div_ceil(60).to_string();
        let text = shell.words.with("mishap-429-text", &[("minutes", &minutes)]);
        let onward = (shell.start().to_owned(), shell.t("mishap-start"));
        Mishap {
            status: StatusCode::TOO_MANY_REQUESTS,
            title: shell.t("mishap-429-title"),
            text,
            onward,
            shell,
            again: None,
        }
    }

    /// The page for a form of a declaration that another one has taken the place of.
    #[must_use]
    pub fn overtaken(shell: Shell, onward: &str) -> Self {
        let (title, text) = (shell.t("mishap-overtaken-title"), shell.t("mishap-overtaken-text"));
        let onward = (onward.to_owned(), shell.t("mishap-overtaken-onward"));
        Mishap { status: StatusCode::CONFLICT, title, text, onward, shell, again: None }
    }

    /// The page for what is refused as things stand, in the refusal's own words.
    #[must_use]
    pub fn refused(shell: Shell, text: String, back: &str) -> Self {
        let onward = (back.to_owned(), shell.t("refused-back"));
        Mishap { status: StatusCode::CONFLICT, title: shell.t("refused-title"), text, onward, shell, again: None }
    }

    /// The page while nobody can say what time it is.
    #[must_use]
    pub fn no_time(shell: Shell) -> Self {
        let (title, text) = (shell.t("mishap-clock-title"), shell.t("mishap-clock-text"));
        Mishap { title, text, ..Mishap::new(shell, StatusCode::SERVICE_UNAVAILABLE) }
    }

    /// The page while no key of the port may sign passes.
    #[must_use]
    pub fn no_key(shell: Shell) -> Self {
        let (title, text) = (shell.t("mishap-key-title"), shell.t("mishap-key-text"));
        Mishap { title, text, ..Mishap::new(shell, StatusCode::SERVICE_UNAVAILABLE) }
    }

    /// The page with what was typed, to be sent again by one press.
    #[must_use]
    pub fn again(self, action: &str, fields: &[(String, String)]) -> Self {
        Mishap { again: Some((action.to_owned(), fields.to_vec())), ..self }
    }

    /// The page as an answer.
    #[must_use]
    pub fn answer(self) -> Response {
        answer::shown(self.status, &self)
    }
}
