//! Finding a declaration again: code and proof let this browser see it.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use pratique_core::code::{BadCode, ShortCode};

use super::form::Sent;
use super::trouble::trouble;
use super::typed;
use super::view::Find;
use crate::channels::Web;
use crate::channels::web::pace::Deed;
use crate::channels::web::{Language, OwnSite, TravellerSession, Visitor, wait};
use crate::failure::Failure;
use crate::lookups::declaration;
use crate::page::{Shell, see, shown};
use crate::words::Words;

/// `GET /find`; `?code=` fills in a code that was tried.
pub async fn ask(Language(words): Language, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let code = query.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap_or_default();
    page(words, StatusCode::OK, (code, None), ("", None))
}

/// `POST /find`.
pub async fn find(
    OwnSite: OwnSite,
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let (code, proof) = (sent.one("code").unwrap_or_default(), sent.one("proof").unwrap_or_default());
    let wrong = match code.parse::<ShortCode>() {
        Ok(_) => None,
        Err(BadCode::Shape) => Some("find-code-shape"),
        Err(BadCode::Check) => Some("find-code-check"),
    };
    let missing = proof.is_empty().then_some("find-proof-missing");
    if wrong.is_some() || missing.is_some() {
        return page(words, StatusCode::UNPROCESSABLE_ENTITY, (code, wrong), (proof, missing));
    }
    if let Err(refused) = web.addresses.count(&web.app, Deed::Prove, &visitor) {
        return wait::asked(&web, words, &visitor, (Deed::Prove, refused), ("/find", &sent.0));
    }
    // 19900201 may be both a number and a birthday.
    match declaration::prove(&web.app, code, &[proof, &typed::date(proof)]).await {
        Ok(opened) => {
            let mut response = see(&format!("/pass/{}", opened.dossier.code));
            if let Some(cookie) = TravellerSession::of(&headers, &web.app).with(&web.app, &[opened.id]) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(Failure::NotFound) => {
            page(words, StatusCode::UNPROCESSABLE_ENTITY, (code, Some("find-nothing")), (proof, None))
        }
        Err(failure) => trouble(failure, Shell::new(words, "/find")),
    }
}

fn page(
    words: Words,
    status: StatusCode,
    code: (&str, Option<&'static str>),
    proof: (&str, Option<&'static str>),
) -> Response {
    let shell = Shell::new(words, "/find");
    let shell = match code.0.parse::<ShortCode>() {
        Ok(code) => shell.keeping(format!("code={code}")),
        Err(_) => shell,
    };
    shown(status, &Find::new(shell, code, proof))
}
