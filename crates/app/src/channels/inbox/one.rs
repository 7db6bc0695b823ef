//! One handover: the person as the department's purpose allows, the sender's words, and what can be done with it. Opening it is
//! a look at a person, and on record before the page is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::journey::handover::{Report, State};
use pratique_core::port::Port;
use pratique_core::sharing;

use super::list::Line;
use super::person::{self, Row};
use crate::actions::handed;
use crate::actions::look::look;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::handover::{self, Said, Waiting};
use crate::lookups::{shared, verdict};
use crate::page::{self, Shell};

/// The purpose that the log names for this look.
const WHY: &str = "handover";

/// The page.
#[derive(Debug, Template)]
#[template(path = "inbox/one.html")]
pub struct GivenPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The handover.
    pub line: Line,
    /// What the department may know them for, in words.
    pub purpose: String,
    /// The person; empty once they were erased.
    pub person: Vec<Row>,
    /// The words of both sides.
    pub said: Said,
    /// It can be accepted or declined.
    pub offered: bool,
    /// The reports, where it can be answered: value, words, whether it is chosen.
    pub reports: Vec<(&'static str, String, bool)>,
    /// The words typed.
    pub typed: String,
    /// Why it did not go.
    pub refused: Option<String>,
}

/// What was typed and did not go.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The report chosen.
    pub report: String,
    /// The words.
    pub words: String,
    /// Why it did not go.
    pub refused: String,
}

/// `GET /inbox/{name}`.
pub async fn show(console: Console, Path(name): Path<String>) -> Result<Response, Response> {
    console.may(Act::SeeInbox)?;
    render(&console, &name, StatusCode::OK, Typed::default()).await
}

/// The page, with what did not go where there is something.
pub async fn render(console: &Console, name: &str, status: StatusCode, typed: Typed) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, name, typed).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, port: &Port, name: &str, typed: Typed) -> Result<GivenPage, Failure> {
    let (app, words, now) = (console.app(), console.words, console.app().now());
    let given = handed::find(app, &console.caller(), Act::SeeInbox, name).await?;
    let found = given.handover()?.clone();
    if !sharing::is_readable(&found, now) {
        return Err(Failure::NotFound);
    }
    let purpose = port.department(&found.to).ok_or(Failure::NotFound)?.purpose;
    look(app, &console.caller(), &[given.id], WHY).await?;
    let dossier = verdict::person(app, given.id).await?;
    let said = match &dossier {
        Some(_) => handover::said(app, given.id, given.number).await?,
        None => Said::default(),
    };
    let shared = shared::of(app, (given.id, &given.journey, dossier.as_ref()), purpose, words.language()).await?;
    let reports = match found.state {
        State::Accepted { .. } => Report::ALL,
        _ => &[],
    };
    let report =
        |r: &Report| (r.name(), words.t(&format!("handover-report-{}", r.name())), r.name() == typed.report.as_str());
    let offered = found.state == State::Offered;
    let waiting = Waiting { id: given.id, journey: given.journey, handover: found };
    Ok(GivenPage {
        shell: console.shell(),
        frame: console.frame(),
        line: Line::of(words, port, &waiting, now),
        purpose: words.t(&format!("purpose-{}", purpose.name())),
        person: dossier.map(|_| person::rows(&app.house, words, port, &shared)).unwrap_or_default(),
        said,
        offered,
        reports: reports.iter().map(report).collect(),
        typed: typed.words,
        refused: Some(typed.refused).filter(|r| !r.is_empty()),
    })
}
