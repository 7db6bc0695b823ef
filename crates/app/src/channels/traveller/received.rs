//! After a declaration was received: the browser may see the passes, and is led to the first.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use pratique_core::code::ShortCode;
use serde::Deserialize;

use crate::app::App;
use crate::channels::Web;
use crate::channels::web::TravellerSession;
use crate::failure::Failure;
use crate::lookups::journey;
use crate::once::{Once, Reply, answered};
use crate::page::see;

/// The part of an action's answer that pages need.
#[derive(Deserialize)]
struct Made {
    code: String,
    #[serde(default)]
    companions: Vec<MadeToo>,
}

#[derive(Deserialize)]
struct MadeToo {
    code: String,
}

/// The identity of sending a draft. A draft is sent once, whatever button is pressed how often, and however it looks then: its
/// secret is the key, so a repeat gets the same pass even after the draft itself is gone.
#[must_use]
pub fn once(app: &App, secret: &str) -> Once {
    Once::of(app, "POST /declare/check", "traveller", secret, b"")
}

/// Leads to the pass that was made, and lets this browser see it and its companions'.
///
/// # Errors
/// The store's.
pub async fn received(web: &Web, headers: &HeaderMap, reply: &Reply) -> Result<Response, Failure> {
    let made: Made = reply.read()?;
    let mut journeys = Vec::new();
    for code in std::iter::once(&made.code).chain(made.companions.iter().map(|too| &too.code)) {
        let code: ShortCode = code.parse().map_err(Failure::bug)?;
        journeys.extend(journey::by_code(&web.app, &code).await?);
    }
    let mut response = see(&format!("/pass/{}?received=1", made.code));
    if let Some(cookie) = TravellerSession::of(headers, &web.app).with(&web.app, &journeys) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The same for a draft that was sent already; `None` for one that never was.
///
/// # Errors
/// The store's.
pub async fn again(web: &Web, secret: &str, headers: &HeaderMap) -> Result<Option<Response>, Failure> {
    match answered(&web.app, Some(once(&web.app, secret))).await? {
        Some(reply) => received(web, headers, &reply).await.map(Some),
        None => Ok(None),
    }
}
