//! A schedule in CSV, pasted or as a file. What can be taken is taken; every line that cannot is named with what to mend.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::field::FieldError;

use crate::actions::import_schedule::{Imported, LineError, import_schedule};
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "flights/import.html")]
pub struct ImportPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What was pasted.
    pub text: String,
    /// Why nothing was taken.
    pub problem: Option<String>,
    /// What became of it.
    pub done: Option<Done>,
}

/// What became of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// How many were taken and left as they were, in words.
    pub text: String,
    /// Lines that were not taken: number, and why.
    pub refused: Vec<(u64, Vec<String>)>,
}

/// `GET /flights/import`.
pub async fn form(console: Console) -> Result<Response, Response> {
    console.may(Act::MoveFlight)?;
    Ok(render(&console, StatusCode::OK, String::new(), None, None))
}

fn render(
    console: &Console,
    status: StatusCode,
    text: String,
    problem: Option<String>,
    done: Option<Done>,
) -> Response {
    page::shown(status, &ImportPage { shell: console.shell(), frame: console.frame(), text, problem, done })
}

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    csrf: String,
    text: String,
    file: Vec<u8>,
}

async fn read(mut form: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = part.text().await?,
            "text" => sent.text = part.text().await?,
            "file" => sent.file = part.bytes().await?.to_vec(),
            _ => {}
        }
    }
    Ok(sent)
}

/// `POST /flights/import`.
pub async fn take(console: Console, form: Multipart) -> Result<Response, Response> {
    console.may(Act::MoveFlight)?;
    let words = console.words;
    let sent = match read(form).await {
        Ok(sent) => sent,
        Err(error) => {
            let problem = Some(words.t("import-unreadable"));
            return Ok(render(&console, error.status(), String::new(), problem, None));
        }
    };
    console.own_form(&sent.csrf)?;
    let csv = if sent.file.is_empty() { sent.text.as_bytes() } else { &sent.file };
    if csv.trim_ascii().is_empty() {
        let problem = Some(words.t("import-empty"));
        return Ok(render(&console, StatusCode::UNPROCESSABLE_ENTITY, sent.text, problem, None));
    }
    match import_schedule(console.app(), &console.caller(), console.port_code(), csv, words, None).await {
        Ok(reply) => {
            let imported: Imported = reply.read().map_err(|failure| console.trouble(failure))?;
            // What was pasted stays only while a line of it is still to be mended.
            let text = if imported.refused == 0 { String::new() } else { sent.text };
            Ok(render(&console, StatusCode::OK, text, None, Some(done(words, &imported))))
        }
        Err(Failure::Invalid(faults)) => {
            let why = |f: &FieldError| at_field(words, &f.pointer, &words.error(&f.code, &f.params));
            let problem = Some(faults.iter().map(why).collect::<Vec<_>>().join(" "));
            Ok(render(&console, StatusCode::UNPROCESSABLE_ENTITY, sent.text, problem, None))
        }
        Err(failure) => Err(console.trouble(failure)),
    }
}

fn done(words: Words, imported: &Imported) -> Done {
    let figures = [imported.made, imported.moved, imported.unchanged, imported.refused].map(|n| n.to_string());
    let named = ["made", "moved", "unchanged", "refused"].into_iter().zip(figures.iter().map(String::as_str));
    let text = words.with("import-done", &named.collect::<Vec<_>>());
    let why = |error: &LineError| at_field(words, &error.pointer, &error.message);
    let refused = imported.lines.iter().map(|line| (line.line, line.errors.iter().map(why).collect())).collect();
    Done { text, refused }
}

/// What is wrong, with the column that it stands in, where it is one's.
fn at_field(words: Words, pointer: &str, message: &str) -> String {
    match pointer.trim_start_matches('/') {
        "" => message.to_owned(),
        field => words.with("error-at-field", &[("field", field), ("message", message)]),
    }
}
