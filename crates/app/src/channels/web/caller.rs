//! Who calls: a program by its bearer token, a person by the session in their browser. The API takes tokens alone, so that no
//! foreign page can make a browser act there; pages take sessions alone.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::cookie::{self, Name};
use super::problem::Problem;
use super::{Language, csrf};
use crate::caller::{Caller, Staff};
use crate::channels::Web;
use crate::failure::Failure;

/// The token of `Authorization: Bearer TOKEN` (RFC 6750, 2.1), whoever's it is.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty())
}

/// A program, or staff working with one: `Authorization: Bearer TOKEN`.
#[derive(Debug)]
pub struct Machine(pub Caller);

impl Machine {
    /// Whoever sent these headers.
    ///
    /// # Errors
    /// [`Failure::SignedOut`] without a good token.
    pub async fn of(web: &Web, headers: &HeaderMap) -> Result<Self, Failure> {
        let staff = web.roll.by_token(&web.app, bearer(headers).ok_or(Failure::SignedOut)?).await?;
        Ok(Machine(Caller::Staff(staff)))
    }

    /// The port that the caller belongs to.
    ///
    /// # Errors
    /// [`Failure::SignedOut`] for anybody without one.
    pub fn port(&self) -> Result<&str, Failure> {
        match &self.0 {
            Caller::Staff(staff) => Ok(&staff.grant.port),
            _ => Err(Failure::SignedOut),
        }
    }
}

impl FromRequestParts<Arc<Web>> for Machine {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let Language(words) = Language::of(parts);
        Machine::of(web, &parts.headers).await.map_err(|failure| Problem::new(failure, words))
    }
}

/// A person signed in on a page. Reaching for a page without a session leads to `/sign-in` and back.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
    /// The session's secret, for the forms' tokens.
    pub secret: String,
}

impl SignedIn {
    /// As actions want it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::Staff(self.staff.clone())
    }

    /// The token that this session's forms carry.
    #[must_use]
    pub fn csrf(&self, web: &Web) -> String {
        csrf::token(&web.app, &self.secret)
    }
}

impl FromRequestParts<Arc<Web>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let secret = cookie::read(&parts.headers, &web.app, Name::Staff);
        let staff = match &secret {
            Some(secret) => web.roll.by_session(&web.app, secret).await,
            None => Err(Failure::SignedOut),
        };
        match (staff, secret) {
            (Ok(staff), Some(secret)) => Ok(SignedIn { staff, secret }),
            (Err(Failure::SignedOut), _) | (Ok(_), None) => Err(to_sign_in(parts)),
            (Err(failure), _) => Err(Problem::new(failure, Language::of(parts).0).into_response()),
        }
    }
}

/// The page that a request belongs to: a form's is the page that it stood on, since going back to a form's own address would
/// find nothing there.
#[must_use]
pub fn page_of(parts: &Parts) -> &str {
    let path = parts.uri.path();
    let page = if parts.method == Method::GET { path } else { path.rsplit_once('/').map_or(path, |(page, _)| page) };
    if page.is_empty() { "/" } else { page }
}

/// To the sign-in page, and back to this one; for a form that came, with word that it went nowhere.
#[must_use]
pub fn to_sign_in(parts: &Parts) -> Response {
    let next = page_of(parts);
    match parts.method {
        Method::GET | Method::HEAD => Redirect::to(&format!("/sign-in?next={next}")).into_response(),
        Method::POST => Redirect::to(&format!("/sign-in?next={next}&unsent=1")).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}
