//! Going on later: on the same device there is nothing to do; for another one there is a code, shown once.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pratique_core::code::{BadCode, ResumeCode};

use super::form::Sent;
use super::hand::Hand;
use super::start::with_draft;
use super::trouble::trouble;
use super::view::{Later, Resume};
use crate::actions::draft;
use crate::channels::Web;
use crate::channels::traveller::draft::amends;
use crate::channels::web::pace::Deed;
use crate::channels::web::{KioskPost, Language, OwnSite, Visitor, wait};
use crate::failure::Failure;
use crate::page::{Shell, see, shown};
use crate::words::Words;

const LATER: &str = "/declare/later";
const RESUME: &str = "/declare/resume";

/// `GET /declare/later`.
pub async fn show(hand: Hand) -> Response {
    if hand.stays() { see("/declare") } else { page(&hand, None) }
}

/// `POST /declare/later`: a code, and none of the earlier ones opens the draft any more. A draft that changes what was declared has
/// a pass, by which it is found again.
pub async fn take(hand: Hand, headers: HeaderMap, sent: Sent) -> Response {
    if !hand.fits(sent.one("csrf"), &headers) {
        return hand.unfit(sent.one("csrf"), &headers, LATER);
    }
    if hand.stays() || amends(&hand.body).is_some() {
        return see("/declare");
    }
    match draft::code(&hand.web.app, &hand.secret).await {
        Ok(code) => page(&hand, Some(code.grouped())),
        Err(failure) => hand.trouble(failure, LATER),
    }
}

fn page(hand: &Hand, code: Option<String>) -> Response {
    let days = hand.port().retention.draft_days.to_string();
    let kept = hand.words.with("later-kept", &[("days", &days)]);
    let can = amends(&hand.body).is_none();
    shown(StatusCode::OK, &Later { shell: hand.shell(LATER), kept, can, code, csrf: hand.csrf() })
}

/// `GET /declare/resume`.
pub async fn ask(Language(words): Language, headers: HeaderMap, State(web): State<Arc<Web>>) -> Response {
    match KioskPost::of(&headers, &web.app) {
        Some(_) => see("/kiosk"),
        None => asked(words, StatusCode::OK, "", None),
    }
}

/// `POST /declare/resume`: the draft of a code, in this browser too. A code that is nobody's and one whose declaration was sent look
/// the same.
pub async fn resume(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let shell = || Shell::new(words, RESUME);
    if KioskPost::of(&headers, &web.app).is_some() {
        return see("/kiosk");
    }
    let typed = sent.one("code").unwrap_or_default();
    let code: ResumeCode = match typed.parse() {
        Ok(code) => code,
        Err(wrong) => {
            let key = if wrong == BadCode::Shape { "resume-code-shape" } else { "resume-code-check" };
            return asked(words, StatusCode::UNPROCESSABLE_ENTITY, typed, Some(key));
        }
    };
    if let Err(refused) = web.addresses.count(&web.app, Deed::Prove, &visitor) {
        return wait::asked(&web, words, &visitor, (Deed::Prove, refused), (RESUME, &sent.0));
    }
    match draft::resume(&web.app, &code).await {
        Ok(secret) => with_draft(&web, &secret, see("/declare")),
        Err(Failure::NotFound | Failure::Sealed(_)) => {
            asked(words, StatusCode::UNPROCESSABLE_ENTITY, typed, Some("resume-nothing"))
        }
        Err(failure) => trouble(failure, shell()),
    }
}

fn asked(words: Words, status: StatusCode, typed: &str, wrong: Option<&str>) -> Response {
    shown(status, &Resume::new(Shell::new(words, RESUME), typed, wrong))
}
