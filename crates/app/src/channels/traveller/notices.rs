//! Help, privacy, who runs this.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::view::Notice;
use crate::channels::Web;
use crate::channels::web::Language;
use crate::page::{Shell, shown};

/// `GET /help`, with whom to ask where one port is served.
pub async fn help(State(web): State<Arc<Web>>, Language(words): Language) -> Response {
    let page = Notice::new(Shell::new(words, "/help"), "help");
    let mut ports = web.app.house.ports();
    match (ports.next(), ports.next()) {
        (Some(port), None) => shown(StatusCode::OK, &page.asking(port.help.get(words.language()))),
        _ => shown(StatusCode::OK, &page),
    }
}

/// `GET /privacy`.
pub async fn privacy(Language(words): Language) -> Response {
    shown(StatusCode::OK, &Notice::new(Shell::new(words, "/privacy"), "privacy"))
}

/// `GET /about`.
pub async fn about(Language(words): Language) -> Response {
    shown(StatusCode::OK, &Notice::new(Shell::new(words, "/about"), "about"))
}
