//! What those are answered for whom there is no room: a problem for programs; for people a page that tries again by itself, or that
//! holds what was typed and sends it with one press of a button. Nothing is stored for it, and it needs no script.

use askama::Template;
use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::gate::Full;
use crate::app::App;
use crate::channels::web::csrf::is_own_site;
use crate::channels::web::missing::wants_page;
use crate::channels::web::{KioskPost, Language, Problem};
use crate::failure::Failure;
use crate::page::{AtKiosk, Shell, shown};

/// Never written into a page, not even of whoever typed them.
const SECRETS: [&str; 2] = ["password", "token"];

/// The page.
#[derive(Debug, Template)]
#[template(path = "page/busy.html")]
pub struct BusyPage {
    /// The frame.
    pub shell: Shell,
    /// In how many seconds there is room, in words.
    pub wait: String,
    /// What to do.
    pub then: Then,
}

/// How it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// By itself.
    ByItself,
    /// With a button that sends this again, to the address that it was sent to.
    Again(Vec<(String, String)>),
    /// Back, and once more: a file, a password, or what another site had sent.
    Back,
}

/// The answer.
pub async fn busy(app: &App, parts: &Parts, form: Option<Bytes>, Full { retry_s }: Full) -> Response {
    let words = Language::of(parts).0;
    if !wants_page(&parts.uri, &parts.headers) {
        return Problem::new(Failure::Overloaded(retry_s), words).into_response();
    }
    let then = match form {
        _ if parts.method == Method::GET || parts.method == Method::HEAD => Then::ByItself,
        Some(form) if is_own_site(&parts.headers) => typed(parts, form).await.map_or(Then::Back, Then::Again),
        _ => Then::Back,
    };
    let is_kiosk = KioskPost::of(&parts.headers, app).is_some();
    // No address comes from the request: the page is reloaded, and the form sent again, where it stands.
    let refresh = match &then {
        _ if is_kiosk && then != Then::ByItself => Some(format!("{}; url=/kiosk/idle", AtKiosk::IDLE_S)),
        Then::ByItself => Some(retry_s.to_string()),
        _ => None,
    };
    let wait = words.with("busy-seconds", &[("seconds", &retry_s.to_string())]);
    let mut response = shown(StatusCode::SERVICE_UNAVAILABLE, &BusyPage { shell: Shell::new(words, "/"), wait, then });
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, retry_s.into());
    if let Some(refresh) = refresh.and_then(|refresh| HeaderValue::from_str(&refresh).ok()) {
        headers.insert(header::REFRESH, refresh);
    }
    response
}

async fn typed(parts: &Parts, form: Bytes) -> Option<Vec<(String, String)>> {
    let sent = Request::from_parts(parts.clone(), Body::from(form));
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(sent, &()).await.ok()?;
    let is_secret = |(name, _): &(String, String)| SECRETS.contains(&name.as_str());
    (!fields.iter().any(is_secret)).then_some(fields)
}
