//! Whether anybody is still there. A console at a lane is locked two minutes after the last key (security.md 2.3): its session
//! ends, and what was half typed is kept, sealed, for the one who typed it. The same door is a quick change of user: the station
//! stays with the screen, and the next officer begins where the last one stood.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde::Deserialize;

use super::kept::Kept;
use super::sign_in::SignInPage;
use super::{next, trouble};
use crate::actions::staff::{self, SESSION_H_MAX};
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::{Language, SignedIn, csrf};
use crate::failure::Failure;
use crate::page::{self, Shell};

/// `GET /presence`: the seconds that are left, for a page that is about to lock. To ask is no use of the session.
pub async fn left(State(web): State<Arc<Web>>, headers: HeaderMap) -> Response {
    let secret = cookie::read(&headers, &web.app, Name::Staff).unwrap_or_default();
    match web.roll.still_by_session(&web.app, &secret).await {
        Ok(_) => axum::Json(serde_json::json!({ "left_s": web.roll.left_s(&web.app, &secret) })).into_response(),
        Err(_) => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// `POST /presence`: somebody is at the keys, though nothing is sent. It changes nothing but that; a foreign page's is refused.
pub async fn here(headers: HeaderMap, _signed: SignedIn) -> StatusCode {
    if csrf::is_own_site(&headers) { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN }
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Locking {
    csrf: String,
    /// The page to come back to.
    next: String,
    /// Where the half-typed form goes.
    action: String,
    /// Its fields, as JSON: pairs of name and value.
    fields: String,
}

/// `POST /lock`. Also after the session has run out: the form came from it, and what was typed is kept.
pub async fn lock(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    headers: HeaderMap,
    Form(sent): Form<Locking>,
) -> Response {
    let shell = Shell::new(words, "/sign-in").for_staff();
    let secret = cookie::read(&headers, &web.app, Name::Staff).unwrap_or_default();
    if !csrf::fits(&web.app, &secret, &sent.csrf, &headers) {
        return trouble::page(shell, None, StatusCode::FORBIDDEN, "form");
    }
    match locked(&web, &secret, &sent).await {
        Ok(kept) => asked_again(&web, shell, &sent, kept),
        Err(failure) => trouble::of(shell, None, failure),
    }
}

/// Ends the session; answers what was half typed in it, sealed.
async fn locked(web: &Web, secret: &str, sent: &Locking) -> Result<Option<String>, Failure> {
    let holder = staff::holder(&web.app, secret).await?;
    staff::sign_out(&web.app, secret).await?;
    web.roll.forget(secret);
    let action = next::local(&sent.action, "");
    let fields: Vec<(String, String)> = serde_json::from_str(&sent.fields).unwrap_or_default();
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| name != csrf::FIELD).collect();
    let until = web.app.now() + SignedDuration::from_hours(SESSION_H_MAX);
    let typed = holder.filter(|_| !action.is_empty() && !fields.is_empty());
    Ok(typed.and_then(|name| Kept::of(&name, action, fields, until).sealed(&web.app)))
}

/// The sign-in form under a secret of its own, since the old one opens nothing any more.
fn asked_again(web: &Web, shell: Shell, sent: &Locking, kept: Option<String>) -> Response {
    let next = next::local(&sent.next, "/console").to_owned();
    let secret = BASE64_URL_SAFE_NO_PAD.encode(web.app.rng.bytes::<32>());
    let cookie = cookie::set(&web.app, Name::Staff, &secret, None);
    let mut response = match kept {
        None => page::see(&format!("/sign-in?next={next}")),
        Some(kept) => page::shown(
            StatusCode::OK,
            &SignInPage {
                shell,
                csrf: csrf::token(&web.app, &secret),
                next,
                name: String::new(),
                kept: Some(kept),
                problem: None,
            },
        ),
    };
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
