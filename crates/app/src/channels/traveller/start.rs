//! The first page, and the beginning of a draft.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::form::Sent;
use super::hand::Hand;
use super::step::Step;
use super::trouble::trouble;
use super::view::{PortPick, Questions, Start};
use crate::actions::draft;
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::pace::Deed;
use crate::channels::web::{Language, OwnSite, Visitor, wait};
use crate::page::noticed::NoticePart;
use crate::page::{Shell, noticed, see, shown};
use crate::words::Words;

/// A browser keeps the way to its draft for as long as the draft itself may be kept: nothing that is typed is lost to a form that
/// stood open overnight. Each page that is saved begins anew.
const DRAFT_S: u64 = 30 * 24 * 3600;

/// `GET /`.
pub async fn first(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    let draft = match cookie::read(&headers, &web.app, Name::Draft) {
        Some(secret) => Hand::open(&web, words, secret).await.is_ok(),
        None => false,
    };
    let ports = web.app.house.ports().enumerate().map(|(at, port)| PortPick {
        code: port.code.clone(),
        name: port.name.get(words.language()).to_owned(),
        chosen: at == 0,
    });
    let notice = notice(&web, words);
    shown(StatusCode::OK, &Start { ports: ports.collect(), notice, draft, shell: Shell::new(words, "/") })
}

/// The whole notice, before anything personal is asked. Where several ports are served, the link leads to it.
fn notice(web: &Web, words: Words) -> Vec<NoticePart> {
    let house = &web.app.house;
    let mut ports = house.ports();
    match (ports.next(), ports.next()) {
        (Some(port), None) => {
            house.notice_of(port).map(|notice| noticed::parts(words, notice, port)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// `POST /declare`: begins a draft; one that there was is dropped.
pub async fn begin(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let shell = Shell::new(words, "/");
    let Some(port) = sent.one("port").and_then(|code| web.app.house.port(code)) else { return see("/") };
    if let Err(refused) = web.addresses.count(&web.app, Deed::Begin, &visitor) {
        return wait::asked(&web, words, &visitor, (Deed::Begin, refused), ("/declare", &sent.0));
    }
    let notice = web.app.house.notice_version(&port.code);
    let body = super::draft::begin(&port.code, words.language(), notice);
    if let Some(old) = cookie::read(&headers, &web.app, Name::Draft)
        && let Err(failure) = draft::drop_draft(&web.app, &old).await
    {
        return trouble(failure, shell);
    }
    match draft::start(&web.app, &body).await {
        Ok(secret) => with_draft(&web, &secret, see(&Step::Trip.address())),
        Err(failure) => trouble(failure, shell),
    }
}

/// The answer that gives a browser its draft.
pub fn with_draft(web: &Web, secret: &str, mut response: Response) -> Response {
    // At a lane it goes with the browser: the screen is not the person's.
    let age_s = (!draft::is_on_the_spot(secret)).then_some(DRAFT_S);
    response.headers_mut().append(header::SET_COOKIE, cookie::set(&web.app, Name::Draft, secret, age_s));
    response
}

/// `GET /declare`: goes on where something is missing.
pub async fn go_on(hand: Hand) -> Response {
    let open = || {
        let (form, today) = (hand.form()?, hand.today());
        let steps = hand.steps()?;
        let missing = |step: &&Step| {
            let page = Questions::of(hand.shell("/declare"), step, &hand.body, form, today, &|_| true);
            page.is_some_and(|page| !page.is_sound())
        };
        Ok(steps.iter().find(missing).cloned().unwrap_or(Step::Check))
    };
    match open() {
        Ok(step) => see(&step.address()),
        Err(failure) => hand.trouble(failure, "/declare"),
    }
}
