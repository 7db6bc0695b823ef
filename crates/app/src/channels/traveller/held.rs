//! What is held about a person, for the browser that proved itself: in words, as a file, and a wish where the form cannot help.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::Sent;
use super::pass::{Own, permitted};
use super::view::HeldPage;
use crate::actions::ask_correction::{CHARS_MAX, ask};
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::web::{Language, TravellerSession};
use crate::failure::Failure;
use crate::lookups::held::{self, view};
use crate::page::{Shell, see, shown};
use crate::words::Words;

/// The purpose that the log names for this look.
pub const WHY: &str = "own record";

/// `GET /pass/{code}/held`.
pub async fn show(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
) -> Response {
    match Own::of(&web, words, &session, &code).await {
        Ok(own) => render(&own, StatusCode::OK, "", None).await,
        Err(elsewhere) => elsewhere,
    }
}

async fn render(own: &Own, status: StatusCode, typed: &str, error: Option<String>) -> Response {
    match page(own, typed, error).await {
        Ok(page) => shown(status, &page),
        Err(failure) => own.trouble(failure),
    }
}

async fn page(own: &Own, typed: &str, error: Option<String>) -> Result<HeldPage, Failure> {
    let opened = own.open_for(WHY).await?;
    let held = held::of(&own.web.app, &opened).await?;
    let shell = Shell::new(own.words, format!("{}/held", own.address())).at(opened.port);
    let page = HeldPage::of(&own.web.app, shell, &opened, &held)?;
    Ok(page.asking(own.csrf(), typed, error))
}

/// `GET /pass/{code}/held.json`: everything as a file.
pub async fn download(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
) -> Response {
    let own = match Own::of(&web, words, &session, &code).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    match file(&own).await {
        Ok(response) => response,
        Err(failure) => own.trouble(failure),
    }
}

async fn file(own: &Own) -> Result<Response, Failure> {
    let opened = own.open_for(WHY).await?;
    let held = held::of(&own.web.app, &opened).await?;
    let text = serde_json::to_string_pretty(&view(&own.web.app, &opened, &held))?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // No code in the file's name: it lies in a folder that others may see.
    let name = HeaderValue::from_static("attachment; filename=\"health-declaration.json\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /pass/{code}/held`: a wish in the person's own words.
pub async fn wish(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let own = match permitted(&web, words, &session, &code, &headers, &sent).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    let text = sent.one("text").unwrap_or_default();
    match ask(&web.app, &Caller::Traveller, &own.right(), text, None).await {
        Ok(_) => see(&format!("{}/held#requests", own.address())),
        Err(Failure::Invalid(_)) => {
            let error = too_little_or_much(words, text);
            render(&own, StatusCode::UNPROCESSABLE_ENTITY, text, Some(error)).await
        }
        Err(failure) => own.trouble(failure),
    }
}

fn too_little_or_much(words: Words, text: &str) -> String {
    if text.trim().is_empty() {
        return words.t("held-ask-missing");
    }
    words.error("too-long", &[("max".to_owned(), CHARS_MAX.to_string())].into())
}
