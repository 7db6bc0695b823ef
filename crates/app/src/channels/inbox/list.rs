//! What waits for the department, oldest offer first; or what it has answered.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::journey::handover::State;
use pratique_core::port::Port;
use serde::Deserialize;

use crate::channels::obligations::list::{carried, clock, due_words};
use crate::channels::staff::{Console, Frame};
use crate::lookups::handover::{self, List, Waiting};
use crate::lookups::page as pages;
use crate::page::{self, Shell, when};
use crate::words::Words;

/// Handovers a page.
const PAGE: u32 = 100;

/// The page.
#[derive(Debug, Template)]
#[template(path = "inbox/list.html")]
pub struct InboxPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The department's name.
    pub department: String,
    /// It finds contacts: there are pages of cases.
    pub traces: bool,
    /// The list of what was answered is shown.
    pub answered: bool,
    /// What it was given.
    pub lines: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
    /// Where the next page is.
    pub next: Option<String>,
}

/// One handover.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its page.
    pub address: String,
    /// What is to be done with it, or how it ended.
    pub what: String,
    /// By when, on the port's clock.
    pub due_at: String,
    /// The same in words; empty where nothing is owed.
    pub due_text: String,
    /// `green`, `amber`, `red`.
    pub urgency: &'static str,
    /// How far up it was carried, in words.
    pub carried: Option<String>,
    /// When it was offered, on the port's clock.
    pub since: String,
    /// Who offered it.
    pub by: String,
}

impl Line {
    /// A handover in words.
    #[must_use]
    pub fn of(words: Words, port: &Port, waiting: &Waiting, now: Timestamp) -> Self {
        let (handover, owed) = (&waiting.handover, waiting.owed());
        let what = match &handover.state {
            State::Answered { report, .. } => words.t(&format!("handover-report-{}", report.name())),
            _ => words.t(&format!("handover-{}", handover.state_name())),
        };
        Line {
            address: format!("/inbox/{}", waiting.name()),
            what,
            due_at: owed.map(|o| clock(words, port, o.due, now)).unwrap_or_default(),
            due_text: owed.map(|o| due_words(words, o.due, now)).unwrap_or_default(),
            urgency: owed.map_or("green", |o| o.urgency(now).as_str()),
            carried: owed.and_then(|o| carried(words, o.level)),
            since: clock(words, port, handover.at, now),
            by: handover.by.clone(),
        }
    }
}

/// Which list, and which page of it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    list: Option<String>,
    #[serde(default)]
    after: Option<String>,
}

/// `GET /inbox`.
pub async fn show(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::SeeInbox)?;
    let (app, port, words) = (console.app(), console.port()?, console.words);
    let caller = console.caller();
    let department = caller.department().ok().and_then(|code| port.department(code));
    let department = department.ok_or_else(|| console.trouble(crate::failure::Failure::NotFound))?;
    let answered = asked.list.as_deref() == Some("answered");
    let (list, query) = if answered { (List::Answered, "list=answered&") } else { (List::Open, "") };
    let after = asked.after.as_deref().and_then(|text| pages::read_cursor(text).ok());
    let found = handover::listed(app, (&port.code, &department.code), list, after, PAGE).await;
    let (waiting, next) = found.map_err(|f| console.trouble(f))?;
    let now = app.now();
    let page = InboxPage {
        shell: console.shell(),
        frame: console.frame(),
        department: department.name.get(words.language()).to_owned(),
        traces: crate::lookups::case::is_for(department),
        answered,
        lines: waiting.iter().map(|one| Line::of(words, port, one, now)).collect(),
        zone: when::When::of(words, now, &port.zone()).zone,
        next: next.map(|c| format!("/inbox?{query}after={}", pages::cursor_text(&c))),
    };
    Ok(page::shown(StatusCode::OK, &page))
}
