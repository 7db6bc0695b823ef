//! One person at the desk: who it is, why they were sent, what they declared, what was found, and every act that is open as things
//! stand. Opening it is a look at a person, and on record before the page is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::Journey;
use pratique_core::journey::obligation::State;
use pratique_core::port::Port;

use super::form::{DeskForm, Typed, summary};
use super::forms::Desk;
use super::told::{self, ExaminationLine, InquiryLine};
use crate::actions::look::look;
use crate::channels::obligations::answers::{Before, Section};
use crate::channels::obligations::deeds::{Deedline, deed};
use crate::channels::obligations::list::Line;
use crate::channels::obligations::one::{said, said_before};
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::{findings, inquiry, journey as journeys, note, obligation, reasons, verdict};
use crate::page::when::When;
use crate::page::{self, Shell, Summary};

/// The purpose that the log names for this look.
const WHY: &str = "desk";

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/person.html")]
pub struct PersonPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The page's address.
    pub address: String,
    /// What is wrong, all of it.
    pub summary: Summary,
    /// Why something did not go.
    pub refused: Option<String>,
    /// What is owed, with whom it is.
    pub owed: Vec<Line>,
    /// The task that can be taken on: its name, nothing where somebody has.
    pub take: Option<String>,
    /// How the entry ended.
    pub ended: Option<String>,
    /// The person: question and answer; empty once they were erased.
    pub person: Vec<(String, String)>,
    /// `green`, `amber`, `red`.
    pub tier: &'static str,
    /// Why, in words.
    pub reasons: Vec<String>,
    /// By which rules of which pack.
    pub judged: Option<String>,
    /// What they answered before, where that is a reason.
    pub earlier: Vec<Before>,
    /// What they declared.
    pub answers: Vec<Section>,
    /// What was found.
    pub examinations: Vec<ExaminationLine>,
    /// What was asked.
    pub inquiries: Vec<InquiryLine>,
    /// Whether the pack has a form to ask by.
    pub can_inquire: bool,
    /// Samples.
    pub samples: Vec<String>,
    /// Messages about results, sent and undelivered.
    pub messages: Vec<String>,
    /// Orders: the line, and where the person is told of one.
    pub orders: Vec<(String, Option<String>)>,
    /// What can be done.
    pub forms: Vec<DeskForm>,
    /// What was done so far, oldest first.
    pub history: Vec<Deedline>,
    /// The port's zone, said once.
    pub zone: String,
}

impl PersonPage {
    fn name(&self) -> String {
        self.person.first().map_or_else(|| self.shell.t("desk-person"), |(_, name)| name.clone())
    }

    fn tier_words(&self) -> String {
        self.shell.t(&format!("tier-{}", self.tier))
    }
}

/// `GET /desk/people/{journey}`.
pub async fn show(console: Console, Path(journey): Path<String>) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    render(&console, &journey, StatusCode::OK, &Typed::default()).await
}

/// The page, with a form that did not go where there is one.
pub async fn render(console: &Console, journey: &str, status: StatusCode, typed: &Typed) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, journey, typed).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(status, &page))
}

/// The journey of an address, for this port.
///
/// # Errors
/// [`Failure::NotFound`], also for another port's.
pub async fn here(console: &Console, journey: &str) -> Result<(Id, Journey), Failure> {
    let id: Id = journey.parse().map_err(|_| Failure::NotFound)?;
    let found = journeys::load(console.app(), id).await?.journey;
    Ok((id, found.filter(|journey| journey.port == console.port_code()).ok_or(Failure::NotFound)?))
}

async fn build(console: &Console, port: &Port, name: &str, typed: &Typed) -> Result<PersonPage, Failure> {
    let (app, words, now) = (console.app(), console.words, console.app().now());
    let (id, journey) = here(console, name).await?;
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    look(app, &console.caller(), &[id], WHY).await?;
    let dossier = verdict::person(app, id).await?;
    let (mut found, mut asked, mut history, mut earlier) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    if let Some(dossier) = &dossier {
        earlier = said_before(console, (port, id), &journey, (dossier, WHY)).await?;
        found = findings::all(app, id).await?;
        asked = inquiry::all(app, id).await?;
        history = note::all(app, id).await?;
    }
    let me = console.signed.staff.grant.role;
    let free = journey.open().find(|o| o.kind.owner() == me && o.state == State::Open);
    // Nothing can be done for whom nobody knows any more.
    let forms = match &dossier {
        Some(_) => Desk { console, port, in_force, journey: &journey, typed }.all(),
        None => Vec::new(),
    };
    let serve = |number: u32, state: &str| (state == "issued").then(|| format!("/orders/{id}.{number}"));
    let orders = told::orders(words, port, &journey).into_iter().zip(&journey.orders);
    Ok(PersonPage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/desk/people/{id}"),
        summary: summary(words, &forms),
        refused: typed.refused.clone(),
        owed: journey.open().map(|o| Line::of(words, port, id, &journey, o, now)).collect(),
        take: free.map(|o| obligation::name(id, o.number)),
        ended: journey.disposition.map(|d| words.t(&format!("outcome-{}", d.name()))),
        person: dossier.as_ref().map(|d| told::person(words, &journey, d)).unwrap_or_default(),
        tier: journey.triage.tier().as_str(),
        reasons: reasons::rules(app, &journey, words.language()).into_iter().map(|r| r.text).collect(),
        judged: reasons::judged_by(&journey).map(|by| reasons::judged(&by, words)),
        answers: dossier.as_ref().map(|d| said(console, port, &journey, d)).unwrap_or_default(),
        earlier,
        examinations: found.iter().map(|one| told::examination(console, port, one)).collect(),
        inquiries: asked.iter().map(|one| told::inquiry(console, port, one)).collect(),
        can_inquire: dossier.is_some() && in_force.investigation.is_some(),
        samples: told::samples(words, &journey),
        messages: told::messages(words, port, &journey, None),
        orders: orders.map(|((number, line), order)| (line, serve(number, order.state_name()))).collect(),
        forms,
        history: history.iter().map(|noted| deed(console, port, noted)).collect(),
        zone: When::of(words, now, &port.zone()).zone,
    })
}
