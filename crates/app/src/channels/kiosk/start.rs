//! The beginning and the end of everybody's time at a kiosk. Both wipe: whoever comes next finds nothing, also after a power
//! cut.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::set_up;
use crate::actions::draft;
use crate::channels::Web;
use crate::channels::traveller::draft::begin_at_kiosk;
use crate::channels::traveller::form::Sent;
use crate::channels::traveller::received::KIOSK;
use crate::channels::traveller::trouble::trouble;
use crate::channels::web::cookie::{self, CLEAR, Name};
use crate::channels::web::pace::Deed;
use crate::channels::web::{KioskPost, Language, OwnSite, Visitor};
use crate::failure::Failure;
use crate::page::{Shell, see, shown};
use crate::words::Words;

/// Where the passport is read.
pub(super) const READ: &str = "/kiosk/read";

/// The first page: every language in its own words, one touch.
#[derive(Debug, Template)]
#[template(path = "kiosk/start.html")]
pub struct StartPage {
    /// The frame.
    pub shell: Shell,
    /// Every language that one can go on in.
    pub languages: Vec<Words>,
    /// The station, for whoever is asked about it.
    pub station: String,
}

/// `GET /kiosk`.
pub async fn first(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    let Some(kiosk) = KioskPost::of(&headers, &web.app) else { return dismissed(&web, &headers, words).await };
    match kiosk.caller(&web).await {
        Ok(_) => {}
        Err(Failure::SignedOut | Failure::Denied(_) | Failure::Invalid(_)) => {
            return dismissed(&web, &headers, words).await;
        }
        Err(failure) => return trouble(failure, Shell::new(words, KIOSK)),
    }
    let mut shell = Shell::new(words, KIOSK).at_kiosk(None);
    shell.port = web.app.house.port(&kiosk.port).map(|port| port.name.get(words.language()).to_owned());
    let languages = Words::languages().into_iter().map(|(tag, _)| Words::of(tag)).collect();
    let page = StartPage { shell, languages, station: kiosk.station.clone() };
    let mut response = shown(StatusCode::OK, &page);
    if let Some(cookie) = kiosk.cookie(&web.app) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    wiped(&web, &headers, response).await.unwrap_or_else(|failure| trouble(failure, Shell::new(words, KIOSK)))
}

/// `POST /kiosk`: a language was touched.
pub async fn begin(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let shell = || Shell::new(words, KIOSK);
    let Some(kiosk) = KioskPost::of(&headers, &web.app) else { return dismissed(&web, &headers, words).await };
    let Some(chosen) = sent.one("lang").and_then(Words::named) else { return see(KIOSK) };
    let begun = async {
        kiosk.caller(&web).await?;
        web.addresses.count(&web.app, Deed::Begin, &visitor)?;
        let response = wiped(&web, &headers, see(READ)).await?;
        let notice = web.app.house.notice_version(&kiosk.port);
        let body = begin_at_kiosk(&kiosk.port, chosen.language(), notice);
        Ok((response, draft::start_at_kiosk(&web.app, &body).await?))
    };
    match begun.await {
        Ok((mut response, secret)) => {
            // Gone when the browser closes: a kiosk that loses its power forgets whom it had before it.
            let headers = response.headers_mut();
            headers.append(header::SET_COOKIE, cookie::set(&web.app, Name::Draft, &secret, None));
            headers.append(header::SET_COOKIE, cookie::set(&web.app, Name::Lang, chosen.language(), None));
            response
        }
        Err(Failure::SignedOut | Failure::Denied(_) | Failure::Invalid(_)) => dismissed(&web, &headers, words).await,
        Err(failure) => trouble(failure, shell()),
    }
}

/// `POST /kiosk/clear`: "finish and clear".
pub async fn clear(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    headers: HeaderMap,
) -> Response {
    let mut response = match wiped(&web, &headers, see(KIOSK)).await {
        Ok(response) => response,
        Err(failure) => return trouble(failure, Shell::new(words, KIOSK)),
    };
    response.headers_mut().insert("clear-site-data", CLEAR);
    response
}

/// A machine that is no kiosk, or no more: it is to be set up, and keeps nothing of whoever stood before it. Somebody's own browser
/// keeps what they began on the web.
async fn dismissed(web: &Web, headers: &HeaderMap, words: Words) -> Response {
    let is_kiosks = cookie::read(headers, &web.app, Name::Draft).is_some_and(|secret| draft::is_kiosks(&secret));
    if !is_kiosks {
        return see(set_up::ADDRESS);
    }
    let left = wiped(web, headers, see(set_up::ADDRESS)).await;
    left.unwrap_or_else(|failure| trouble(failure, Shell::new(words, KIOSK)))
}

/// The answer that leaves nothing of a person: their draft (or the slip that it turned into) with its key on the server, and the
/// cookies here. What a browser keeps by itself is told to go where there was somebody.
async fn wiped(web: &Web, headers: &HeaderMap, mut response: Response) -> Result<Response, Failure> {
    if let Some(secret) = cookie::read(headers, &web.app, Name::Draft) {
        draft::drop_draft(&web.app, &secret).await?;
        response.headers_mut().insert("clear-site-data", CLEAR);
    }
    for name in [Name::Draft, Name::Traveller, Name::Lang] {
        response.headers_mut().append(header::SET_COOKIE, cookie::remove(&web.app, name));
    }
    Ok(response)
}
