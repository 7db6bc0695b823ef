//! A form that came after its session had run out: what was typed is kept while the person signs in again, and sent by one
//! press of a button then.
//!
//! It is kept by the browser alone, sealed in a hidden field of the sign-in page: nothing of it stands in an address, a log or
//! the store, and nobody else who signs in at that screen sees it. It is kept only of a form that we made for that very
//! session, so that no foreign page can lay words into somebody's mouth.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::sign_in::{self, SignInPage};
use crate::actions::staff::{SESSION_H_MAX, holder};
use crate::app::App;
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::{Language, caller, csrf, sealed};
use crate::failure::Failure;
use crate::page::{self, Shell};

/// More than anybody types into a form; a schedule, which is larger, comes as a file and can be sent again.
const BYTES_MAX: usize = 32 * 1024;
const PLACE: &[u8] = b"kept form";

/// A form as it was sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Whose it is: nobody else is given it.
    pub name: String,
    /// Where it was sent.
    pub action: String,
    /// What was typed and chosen, and the form's own hidden fields but its token.
    pub fields: Vec<(String, String)>,
    until: Timestamp,
}

impl Kept {
    /// A form, until it is forgotten.
    #[must_use]
    pub fn of(name: &str, action: &str, fields: Vec<(String, String)>, until: Timestamp) -> Self {
        Kept { name: name.to_owned(), action: action.to_owned(), fields, until }
    }

    /// Sealed, for a hidden field.
    #[must_use]
    pub fn sealed(&self, app: &App) -> Option<String> {
        sealed::seal(app, PLACE, self)
    }

    /// What a sign-in form carried; nothing for none, for a stranger's, and for one of yesterday.
    #[must_use]
    pub fn open(app: &App, text: &str) -> Option<Self> {
        sealed::open::<Kept>(app, PLACE, text).filter(|kept| app.now() < kept.until)
    }
}

/// The page after signing in again.
#[derive(Debug, Template)]
#[template(path = "staff/kept.html")]
pub struct KeptPage {
    /// The frame.
    pub shell: Shell,
    /// The token of the new session.
    pub csrf: String,
    /// The form.
    pub kept: Kept,
    /// The page to go to without sending it.
    pub instead: String,
}

/// Keeps a form whose session has run out; everything else passes.
pub async fn keep(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let Some(secret) = cookie::read(request.headers(), &web.app, Name::Staff).filter(|_| is_form(&request)) else {
        return next.run(request).await;
    };
    if !matches!(web.roll.by_session(&web.app, &secret).await, Err(Failure::SignedOut)) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // A body that is too large or breaks off cannot be kept, nor can anything else be done with it.
    let Ok(bytes) = to_bytes(body, BYTES_MAX).await else { return caller::to_sign_in(&parts) };
    match kept(&web, &parts, &secret, &bytes).await {
        Ok(Some(sealed)) => asked_to_sign_in(&web.app, &parts, &secret, sealed),
        Ok(None) => caller::to_sign_in(&parts),
        Err(failure) => super::trouble::of(Shell::new(Language::of(&parts).0, "/sign-in").for_staff(), None, failure),
    }
}

fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST && kind.starts_with("application/x-www-form-urlencoded")
}

async fn kept(web: &Web, parts: &Parts, secret: &str, bytes: &Bytes) -> Result<Option<String>, Failure> {
    let form = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let Ok(Form(mut fields)) = Form::<Vec<(String, String)>>::from_request(form, &()).await else { return Ok(None) };
    let token = fields.iter().find(|(name, _)| name == csrf::FIELD).map(|(_, value)| value.clone()).unwrap_or_default();
    if !csrf::fits(&web.app, secret, &token, &parts.headers) {
        return Ok(None);
    }
    let Some(name) = holder(&web.app, secret).await? else { return Ok(None) };
    fields.retain(|(name, _)| name != csrf::FIELD);
    let until = web.app.now() + SignedDuration::from_hours(SESSION_H_MAX);
    Ok(Kept::of(&name, parts.uri.path(), fields, until).sealed(&web.app))
}

/// The sign-in page in place of the answer, and not a redirect to it: only so can it carry what was typed.
fn asked_to_sign_in(app: &App, parts: &Parts, secret: &str, sealed: String) -> Response {
    let page = SignInPage {
        shell: Shell::new(Language::of(parts).0, "/sign-in").for_staff(),
        csrf: csrf::token(app, secret),
        next: caller::page_of(parts).to_owned(),
        name: String::new(),
        kept: Some(sealed),
        problem: None,
    };
    page::shown(StatusCode::FORBIDDEN, &page).into_response()
}

/// After signing in: the form, for whoever typed it.
#[must_use]
pub fn given_back(app: &App, shell: Shell, sent: &sign_in::Sent, name: &str, secret: &str) -> Option<Response> {
    let kept = Kept::open(app, &sent.kept).filter(|kept| kept.name == name)?;
    let instead = super::next::local(&sent.next, "/console").to_owned();
    Some(page::shown(StatusCode::OK, &KeptPage { shell, csrf: csrf::token(app, secret), kept, instead }))
}
