//! After a declaration was received: the browser may see the passes, and is led to the first.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use pratique_core::code::ShortCode;
use serde::Deserialize;

use super::pass::RECEIVED;
use crate::actions::draft;
use crate::app::App;
use crate::channels::Web;
use crate::channels::web::TravellerSession;
use crate::channels::web::cookie::{self, Name};
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

/// Where a kiosk shows what is printed.
pub const SLIP: &str = "/kiosk/slip";
/// Where a kiosk begins.
pub const KIOSK: &str = "/kiosk";

/// Leads on from a declaration that was received: to its pass, at a kiosk to the slip, and at a lane to its verdict.
///
/// # Errors
/// The store's.
pub async fn led_on(web: &Web, secret: &str, headers: &HeaderMap, reply: &Reply) -> Result<Response, Failure> {
    match () {
        () if draft::is_kiosks(secret) => slipped(web, secret, reply).await,
        () if draft::is_on_the_spot(secret) => at_the_lane(web, reply),
        () => received(web, headers, reply).await,
    }
}

/// An officer's screen keeps nothing of the person: it stands at the lane again, with the pass to be judged.
fn at_the_lane(web: &Web, reply: &Reply) -> Result<Response, Failure> {
    let made: Made = reply.read()?;
    let mut response = see(&format!("/checkpoint?code={}", made.code));
    response.headers_mut().append(header::SET_COOKIE, cookie::remove(&web.app, Name::Draft));
    Ok(response)
}

/// At a kiosk the browser remembers nobody: the draft turns into the codes of the slips, and goes with the person. Once it is
/// gone nothing leads to the passes from here.
async fn slipped(web: &Web, secret: &str, reply: &Reply) -> Result<Response, Failure> {
    let made: Made = reply.read()?;
    let codes: Vec<String> =
        std::iter::once(made.code).chain(made.companions.into_iter().map(|too| too.code)).collect();
    let kept = match draft::open(&web.app, secret).await {
        Ok(open) => draft::save(&web.app, secret, &super::draft::slip(&open.body, &codes)).await,
        Err(failure) => Err(failure),
    };
    match kept {
        Ok(()) => Ok(see(SLIP)),
        Err(Failure::NotFound | Failure::Sealed(_)) => Ok(see(KIOSK)),
        Err(failure) => Err(failure),
    }
}

/// Leads to the pass that was made, and lets this browser see it and its companions'.
///
/// # Errors
/// The store's.
async fn received(web: &Web, headers: &HeaderMap, reply: &Reply) -> Result<Response, Failure> {
    let made: Made = reply.read()?;
    let mut journeys = Vec::new();
    for code in std::iter::once(&made.code).chain(made.companions.iter().map(|too| &too.code)) {
        let code: ShortCode = code.parse().map_err(Failure::bug)?;
        journeys.extend(journey::by_code(&web.app, &code).await?);
    }
    let mut response = see(&format!("/pass/{}?{RECEIVED}", made.code));
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
        Some(reply) => led_on(web, secret, headers, &reply).await.map(Some),
        None => Ok(None),
    }
}
