//! A browser becomes a kiosk: once, by staff, with the token of the kiosk's own user. A traveller who strays here is shown the way
//! to declare on their own phone.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::channels::Web;
use crate::channels::traveller::form::Sent;
use crate::channels::traveller::received::KIOSK;
use crate::channels::traveller::trouble::trouble;
use crate::channels::web::kiosk_post::stations;
use crate::channels::web::pace::Deed;
use crate::channels::web::{KioskPost, Language, OwnSite, Visitor};
use crate::failure::Failure;
use crate::page::{Shell, see, shown};
use crate::words::Words;

/// Where this page is.
pub(super) const ADDRESS: &str = "/kiosk/set-up";

/// The page.
#[derive(Debug, Template)]
#[template(path = "kiosk/set_up.html")]
pub struct SetUpPage {
    /// The frame.
    pub shell: Shell,
    /// The kiosks that the ports' files name.
    pub stations: Vec<String>,
    /// The one chosen before.
    pub station: String,
    /// What is wrong with the token.
    pub token_error: Option<String>,
    /// What is wrong with the station.
    pub station_error: Option<String>,
}

/// `GET /kiosk/set-up`.
pub async fn ask(State(web): State<Arc<Web>>, Language(words): Language) -> Response {
    shown(StatusCode::OK, &page(&web, words))
}

fn page(web: &Web, words: Words) -> SetUpPage {
    SetUpPage {
        shell: Shell::new(words, ADDRESS),
        stations: web.app.house.ports().flat_map(|port| stations(port).map(str::to_owned)).collect(),
        station: String::new(),
        token_error: None,
        station_error: None,
    }
}

/// `POST /kiosk/set-up`.
pub async fn take(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    sent: Sent,
) -> Response {
    if let Err(refused) = web.addresses.count(&web.app, Deed::Prove, &visitor) {
        return trouble(refused.into(), Shell::new(words, ADDRESS));
    }
    let station = sent.one("station").unwrap_or_default();
    let mut again = page(&web, words);
    station.clone_into(&mut again.station);
    match KioskPost::enrol(&web, sent.one("token").unwrap_or_default(), station).await {
        Ok(kiosk) => {
            let mut response = see(KIOSK);
            if let Some(cookie) = kiosk.cookie(&web.app) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            return response;
        }
        Err(Failure::SignedOut) => again.token_error = Some(words.t("kiosk-token-unknown")),
        Err(Failure::Denied(_)) => again.token_error = Some(words.t("kiosk-token-role")),
        Err(Failure::Invalid(_)) => again.station_error = Some(words.t("kiosk-station-missing")),
        Err(failure) => return trouble(failure, Shell::new(words, ADDRESS)),
    }
    shown(StatusCode::UNPROCESSABLE_ENTITY, &again)
}
