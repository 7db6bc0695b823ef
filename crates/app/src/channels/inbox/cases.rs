//! Cases of the port, newest first, without a person: whose contacts are to be found.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::channels::obligations::list::{clock, due_words};
use crate::channels::staff::{Console, Frame};
use crate::lookups::case;
use crate::lookups::page as pages;
use crate::page::{self, Shell, when};

/// Cases a page.
const PAGE: u32 = 100;

/// The page.
#[derive(Debug, Template)]
#[template(path = "inbox/cases.html")]
pub struct CasesPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The cases.
    pub lines: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
    /// Where the next page is.
    pub next: Option<String>,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its page.
    pub address: String,
    /// Its flight.
    pub flight: String,
    /// When its result was released, on the port's clock.
    pub since: String,
    /// By when its contacts are to be found; empty where they are.
    pub due_text: String,
    /// `green`, `amber`, `red`.
    pub urgency: &'static str,
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: Option<String>,
}

/// `GET /inbox/cases`.
pub async fn show(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    let (app, port, words) = (console.app(), console.port()?, console.words);
    case::tracer(&console.caller(), port).map_err(|denied| console.trouble(denied.into()))?;
    let after = asked.after.as_deref().and_then(|text| pages::read_cursor(text).ok());
    let (cases, next) = case::listed(app, &port.code, after, PAGE).await.map_err(|f| console.trouble(f))?;
    let now = app.now();
    let line = |case: &case::Case| Line {
        address: format!("/inbox/cases/{}", case.id),
        flight: case.journey.flight.designator.to_string(),
        since: case.since().map(|at| clock(words, port, at, now)).unwrap_or_default(),
        due_text: case.owed().map(|o| due_words(words, o.due, now)).unwrap_or_default(),
        urgency: case.owed().map_or("green", |o| o.urgency(now).as_str()),
    };
    let page = CasesPage {
        shell: console.shell(),
        frame: console.frame(),
        lines: cases.iter().map(line).collect(),
        zone: when::When::of(words, now, &port.zone()).zone,
        next: next.map(|c| format!("/inbox/cases?after={}", pages::cursor_text(&c))),
    };
    Ok(page::shown(StatusCode::OK, &page))
}
