//! The page of the port as it stands. It works as it is; a script keeps its figures up to date where there is one.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pratique_core::access::Act;

use super::flow::{self, Pass};
use super::live::Live;
use crate::assets;
use crate::channels::Web;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::{Language, Problem};
use crate::failure::Failure;
use crate::lookups::supervision;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "supervision/page.html")]
pub struct SupervisionPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The figures.
    pub live: Live,
    /// Where the script is.
    pub script: String,
    /// Where it listens.
    pub flow: String,
}

/// `GET /supervision`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::Supervise)?;
    let (app, port) = (console.app(), console.port()?);
    // While somebody listens the port is counted anyway.
    let summary = match console.web.flows.last(&port.code) {
        Some(last) => (*last).clone(),
        None => supervision::summary(app, port).await.map_err(|failure| console.trouble(failure))?,
    };
    let page = SupervisionPage {
        shell: console.shell(),
        frame: console.frame(),
        live: Live::of(console.words, port, &summary),
        script: assets::address("supervision.js"),
        flow: format!("/supervision/flow?lang={}", console.words.language()),
    };
    Ok(page::shown(StatusCode::OK, &page))
}

/// `GET /supervision/flow`: what is between the page's lines, each time that it changes. A browser that is signed out gets no
/// form to sign in here, for it would not show one.
pub async fn flow(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    let pass = Pass::Session(cookie::read(&headers, &web.app, Name::Staff).unwrap_or_default());
    let staff = match pass.holds(&web, None).await {
        Ok(staff) => staff,
        Err(failure) => return Problem::new(failure, words).into_response(),
    };
    let Some(port) = web.app.house.port(&staff.grant.port).cloned() else {
        return Problem::new(Failure::NotFound, words).into_response();
    };
    let code = port.code.clone();
    let show = move |summary: &_| Live::of(words, &port, summary).render().unwrap_or_default();
    flow::stream(&web, pass, &code, Box::new(show))
}
