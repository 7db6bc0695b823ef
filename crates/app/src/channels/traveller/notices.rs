//! Help, privacy, who runs this. At a kiosk they lead back to the questions.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::view::Notice;
use crate::channels::Web;
use crate::channels::web::{KioskPost, Language};
use crate::page::{AtKiosk, Shell, shown};
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

/// `GET /privacy`.
pub async fn privacy(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    shown(StatusCode::OK, &Notice::new(shell(&web, words, &headers, "/privacy"), "privacy"))
}

/// `GET /about`.
pub async fn about(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    shown(StatusCode::OK, &Notice::new(shell(&web, words, &headers, "/about"), "about"))
}

fn shell(web: &Web, words: Words, headers: &HeaderMap, path: &str) -> Shell {
    let shell = Shell::new(words, path);
    if KioskPost::of(headers, &web.app).is_some() { shell.at_kiosk(Some(AtKiosk::TYPING_S)) } else { shell }
}
