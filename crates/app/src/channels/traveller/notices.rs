//! Help, who runs this, and the privacy notice: the one in force, and every one that somebody declared under. At a kiosk they lead
//! back to the questions.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use pratique_core::notice as core_notice;
use pratique_core::port::Port;

use super::view::{Notice, Privacy};
use crate::assets;
use crate::channels::Web;
use crate::channels::web::{KioskPost, Language};
use crate::page::when::day;
use crate::page::{AtKiosk, Mishap, Shell, noticed, shown};
use crate::words::Words;

/// `GET /help`, with whom to ask where one port is served.
pub async fn help(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    let page = Notice::new(shell(&web, words, &headers, "/help"), "help");
    let mut ports = web.app.house.ports();
    match (ports.next(), ports.next()) {
        (Some(port), None) => shown(StatusCode::OK, &page.asking(port.help.get(words.language()))),
        _ => shown(StatusCode::OK, &page),
    }
}

/// `GET /privacy`, with `?port=` where several are served; the first one's without.
pub async fn privacy(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let page = shell(&web, words, &headers, "/privacy");
    let house = &web.app.house;
    let query = query.unwrap_or_default();
    let named = query.split('&').find_map(|pair| pair.strip_prefix("port=")).and_then(|code| house.port(code));
    match named.or_else(|| house.ports().next()) {
        Some(port) => {
            let page = page.at(port).keeping(format!("port={}", port.code));
            told(&web, page, port, house.notice_of(port))
        }
        None => Mishap::new(page, StatusCode::NOT_FOUND).answer(),
    }
}

/// `GET /privacy/{version}`: one that is not shown any more stays readable.
pub async fn privacy_of(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    headers: HeaderMap,
    Path(version): Path<String>,
) -> Response {
    let house = &web.app.house;
    match (house.ports().next(), house.notice(&version)) {
        // The address is what was understood of it, and never what came.
        (Some(port), Some(notice)) => {
            let page = shell(&web, words, &headers, &format!("/privacy/{}", notice.version));
            told(&web, page, port, Some(notice))
        }
        _ => Mishap::new(shell(&web, words, &headers, "/privacy"), StatusCode::NOT_FOUND).answer(),
    }
}

fn told(web: &Web, shell: Shell, port: &Port, notice: Option<&core_notice::Notice>) -> Response {
    let Some(notice) = notice else { return Mishap::new(shell, StatusCode::NOT_FOUND).answer() };
    let house = &web.app.house;
    let words = shell.words;
    let other = |one: &&core_notice::Notice| one.version != notice.version;
    let page = Privacy {
        version: notice.version.clone(),
        published: day(words, notice.published),
        in_force: house.notice_of(port).is_some_and(|shown| shown.version == notice.version),
        parts: noticed::parts(words, notice, port),
        others: house.notices().into_iter().filter(other).map(|one| one.version.clone()).collect(),
        shell,
    };
    shown(StatusCode::OK, &page)
}

/// `GET /about`.
pub async fn about(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    let page = Notice::new(shell(&web, words, &headers, "/about"), "about");
    // A kiosk's screen shows what is ours alone: whoever stands there has nothing to do with it.
    let licences = if page.is_at_kiosk() { None } else { assets::licences() };
    shown(StatusCode::OK, &page.crediting(licences))
}

fn shell(web: &Web, words: Words, headers: &HeaderMap, path: &str) -> Shell {
    let shell = Shell::new(words, path);
    if KioskPost::of(headers, &web.app).is_some() { shell.at_kiosk(Some(AtKiosk::TYPING_S)) } else { shell }
}
