//! Signing in and out. An unknown name and a wrong password get the same words after the same time, and the session's secret is
//! a new one each time (ASVS V6.3.8, V7.2.4).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Form};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::kept::{self, Kept};
use super::tries::Tries;
use super::{frame, next, trouble};
use crate::actions::staff;
use crate::app::App;
use crate::channels::Web;
use crate::channels::checkpoint::reading::{Reading, recognise};
use crate::channels::web::cookie::{self, CLEAR, Name};
use crate::channels::web::device::Device;
use crate::channels::web::{Address, Language, SignedIn, csrf};
use crate::failure::Failure;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "staff/sign_in.html")]
pub struct SignInPage {
    /// The frame.
    pub shell: Shell,
    /// The form's token.
    pub csrf: String,
    /// Where to go then.
    pub next: String,
    /// The name, as typed.
    pub name: String,
    /// A form that waits until they are signed in again, sealed.
    pub kept: Option<String>,
    /// Why it did not go.
    pub problem: Option<String>,
}

/// Where somebody wanted to go.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A path of ours.
    #[serde(default)]
    next: String,
    /// Set where a form was sent by nobody.
    #[serde(default)]
    unsent: Option<String>,
}

/// The form as it is sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    /// Where to go then.
    #[serde(default)]
    pub next: String,
    /// A form that waits, sealed.
    #[serde(default)]
    pub kept: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

/// `GET /sign-in`. The form's token needs something to be bound to before there is a session: a secret that opens nothing.
pub async fn form(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let held = cookie::read(&headers, &web.app, Name::Staff);
    let secret = held.clone().unwrap_or_else(|| BASE64_URL_SAFE_NO_PAD.encode(web.app.rng.bytes::<32>()));
    let page = SignInPage {
        shell: Shell::new(words, "/sign-in").for_staff(),
        csrf: csrf::token(&web.app, &secret),
        next: next::local(&asked.next, "").to_owned(),
        name: String::new(),
        kept: None,
        problem: asked.unsent.map(|_| words.t("sign-in-unsent")),
    };
    let mut response = page::shown(StatusCode::OK, &page);
    if held.is_none() {
        response.headers_mut().append(header::SET_COOKIE, cookie::set(&web.app, Name::Staff, &secret, None));
    }
    response
}

/// `POST /sign-in`.
pub async fn enter(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Extension(tries): Extension<Arc<Tries>>,
    address: Address,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let app = &web.app;
    let shell = Shell::new(words, "/sign-in").for_staff();
    let held = cookie::read(&headers, app, Name::Staff).unwrap_or_default();
    if held.is_empty() || !csrf::fits(app, &held, &sent.csrf, &headers) {
        return trouble::page(shell, None, StatusCode::FORBIDDEN, "form");
    }
    if is_scanned(&sent.name) {
        let nameless = Sent { name: String::new(), ..sent };
        let problem = shell.t("sign-in-scanned");
        return page::shown(StatusCode::UNPROCESSABLE_ENTITY, &once_more(app, shell, &held, &nameless, problem));
    }
    let device = Device::of(&headers, app);
    let counted = match tries.count(app, &sent.name, address, device.as_ref()) {
        Ok(counted) => counted,
        Err(slow) => return again(app, shell, &held, &sent, slow),
    };
    match staff::sign_in(app, &sent.name, &sent.password).await {
        Ok(secret) => {
            tries.right(&counted);
            let device = device.unwrap_or_else(|| Device::new(app)).with(app, &sent.name).cookie(app);
            match go_in(&web, shell.clone(), &held, &secret, &sent).await {
                Ok(mut response) => {
                    response.headers_mut().extend(device.map(|device| (header::SET_COOKIE, device)));
                    response
                }
                Err(failure) => trouble::of(shell, None, failure),
            }
        }
        Err(failure) => again(app, shell, &held, &sent, failure),
    }
}

/// The old session of this browser ends, the new one begins.
async fn go_in(web: &Web, shell: Shell, held: &str, secret: &str, sent: &Sent) -> Result<Response, Failure> {
    staff::sign_out(&web.app, held).await?;
    web.roll.forget(held);
    let who = web.roll.by_session(&web.app, secret).await?;
    let given_back = kept::given_back(&web.app, shell, sent, &who.name, secret);
    let onward = || page::see(next::local(&sent.next, frame::home(who.grant.role)));
    let mut response = given_back.unwrap_or_else(onward);
    response.headers_mut().append(header::SET_COOKIE, cookie::set(&web.app, Name::Staff, secret, None));
    Ok(response)
}

/// The form once more, with the name as typed and the reason.
fn again(app: &App, shell: Shell, held: &str, sent: &Sent, failure: Failure) -> Response {
    let Some((status, problem)) = reason(shell.words, &failure) else { return trouble::of(shell, None, failure) };
    let mut response = page::shown(status, &once_more(app, shell, held, sent, problem));
    if let Failure::Slow(s) = failure {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(s));
    }
    response
}

fn once_more(app: &App, shell: Shell, held: &str, sent: &Sent, problem: String) -> SignInPage {
    SignInPage {
        csrf: csrf::token(app, held),
        next: next::local(&sent.next, "").to_owned(),
        name: sent.name.chars().take(60).collect(),
        kept: Kept::open(app, &sent.kept).map(|_| sent.kept.clone()),
        problem: Some(problem),
        shell,
    }
}

/// Without our script a scanner types into whatever has the focus, and its Enter sends that: a pass or a document's line is nobody's
/// name, and is not shown again.
fn is_scanned(name: &str) -> bool {
    matches!(recognise(name), Reading::Pass(_) | Reading::Zone(_))
}

fn reason(words: Words, failure: &Failure) -> Option<(StatusCode, String)> {
    match failure {
        Failure::SignedOut => Some((StatusCode::UNPROCESSABLE_ENTITY, words.t("sign-in-wrong"))),
        Failure::Slow(s) => {
            let minutes = s.div_ceil(60).to_string();
            Some((StatusCode::TOO_MANY_REQUESTS, words.with("sign-in-slow", &[("minutes", &minutes)])))
        }
        _ => None,
    }
}

/// A form that carries its token alone.
#[derive(Debug, Default, Deserialize)]
pub struct Leaving {
    #[serde(default)]
    csrf: String,
}

/// `POST /sign-out`.
pub async fn leave(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    signed: SignedIn,
    headers: HeaderMap,
    Form(sent): Form<Leaving>,
) -> Response {
    let shell = Shell::new(words, "/sign-in").for_staff();
    if !csrf::fits(&web.app, &signed.secret, &sent.csrf, &headers) {
        return trouble::page(shell, None, StatusCode::FORBIDDEN, "form");
    }
    if let Err(failure) = staff::sign_out(&web.app, &signed.secret).await {
        return trouble::of(shell, None, failure);
    }
    web.roll.forget(&signed.secret);
    let mut response = page::see("/sign-in");
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookie::remove(&web.app, Name::Staff));
    headers.insert("clear-site-data", CLEAR);
    response
}
