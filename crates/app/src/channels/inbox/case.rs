//! One case: who was near, tied one by one or all, and reached.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::id::Id;

use super::person::rule;
use crate::actions::answer_obligation::{self, AnswerRequest};
use crate::actions::trace::{self, Near, TieRequest};
use crate::channels::obligations::list::due_words;
use crate::channels::staff::refused::said;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::obligation;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "inbox/case.html")]
pub struct CasePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Its own address.
    pub address: String,
    /// The flight.
    pub flight: String,
    /// The obligation to find contacts, while it is open.
    pub owed: Option<String>,
    /// How much time is left for it.
    pub due_text: String,
    /// Contacts that the rules found and nobody has tied yet.
    pub found: Vec<Line>,
    /// Contacts that are tied.
    pub tied: Vec<Line>,
    /// Who has no seat on record.
    pub unknown: Vec<Line>,
    /// Why something did not go.
    pub refused: Option<String>,
}

/// One person.
#[derive(Debug, Clone)]
pub struct Line {
    /// Their journey.
    pub journey: String,
    /// Why they count.
    pub why: String,
    /// Their seat.
    pub seat: Option<String>,
    /// The obligation to reach them, while it is open.
    pub owed: Option<String>,
    /// How much time is left.
    pub due_text: String,
    /// How to reach them.
    pub reach: Vec<String>,
}

/// What was sent: names and values, a name once for each box that was ticked.
type Pairs = Vec<(String, String)>;

/// What was sent, read.
#[derive(Debug, Default)]
struct Sent {
    csrf: String,
    contacts: Vec<String>,
    all: bool,
    obligation: String,
    sure: bool,
}

impl From<Pairs> for Sent {
    fn from(pairs: Pairs) -> Self {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            match name.as_str() {
                "csrf" => sent.csrf = value,
                "contact" => sent.contacts.push(value),
                "all" => sent.all = true,
                "sure" => sent.sure = true,
                "obligation" => sent.obligation = value,
                _ => {}
            }
        }
        sent
    }
}

/// `GET /inbox/cases/{journey}`.
pub async fn show(console: Console, Path(journey): Path<String>) -> Result<Response, Response> {
    render(&console, &journey, StatusCode::OK, None).await
}

/// `POST /inbox/cases/{journey}/contacts`.
pub async fn tie(console: Console, Path(journey): Path<String>, Form(sent): Form<Pairs>) -> Result<Response, Response> {
    let sent = Sent::from(sent);
    console.own_form(&sent.csrf)?;
    let request = TieRequest { contacts: sent.contacts, all: sent.all };
    let port = console.port()?;
    let tied = match id(&journey) {
        Ok(case) => trace::tie(console.app(), &console.caller(), port, case, &request, None).await.map(drop),
        Err(failure) => Err(failure),
    };
    after(&console, &journey, tied).await
}

/// `POST /inbox/cases/{journey}/reached`.
pub async fn reached(
    console: Console,
    Path(journey): Path<String>,
    Form(sent): Form<Pairs>,
) -> Result<Response, Response> {
    answer(console, &journey, sent.into(), "reached").await
}

/// `POST /inbox/cases/{journey}/found`: all contacts are found. Whom the rules find and nobody took is no contact by a tick, and not by
/// having been overlooked.
pub async fn found(
    console: Console,
    Path(journey): Path<String>,
    Form(sent): Form<Pairs>,
) -> Result<Response, Response> {
    let sent = Sent::from(sent);
    console.own_form(&sent.csrf)?;
    if !sent.sure {
        let mut page = build(&console, &journey, None).await.map_err(|f| console.trouble(f))?;
        if !page.found.is_empty() {
            let left = console.words.count("case-left", page.found.len());
            page.refused = Some(format!("{left} {}", console.words.t("case-left-do")));
            return Ok(page::shown(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    }
    answer(console, &journey, sent, "done").await
}

async fn answer(console: Console, journey: &str, sent: Sent, outcome: &str) -> Result<Response, Response> {
    console.own_form(&sent.csrf)?;
    let request = AnswerRequest { outcome: outcome.to_owned(), reason: None };
    let (app, who) = (console.app(), console.caller());
    let answered = answer_obligation::answer(app, &who, &sent.obligation, &request, None).await;
    after(&console, journey, answered.map(drop)).await
}

async fn after(console: &Console, journey: &str, done: Result<(), Failure>) -> Result<Response, Response> {
    let failure = match done {
        Ok(()) => return Ok(page::see(&format!("/inbox/cases/{journey}"))),
        Err(failure) => failure,
    };
    let Some(words) = said(&failure, console.words) else { return Err(console.trouble(failure)) };
    render(console, journey, Problem::new(failure, console.words).status(), Some(words)).await
}

fn id(journey: &str) -> Result<Id, Failure> {
    journey.parse().map_err(|_| Failure::NotFound)
}

async fn render(
    console: &Console,
    journey: &str,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Response> {
    let page = build(console, journey, refused).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, journey: &str, refused: Option<String>) -> Result<CasePage, Failure> {
    let (app, words, now) = (console.app(), console.words, console.app().now());
    let port = app.house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let seen = trace::near(app, &console.caller(), port, id(journey)?).await?;
    let owed = seen.case.owed();
    let (tied, found): (Vec<_>, Vec<_>) = seen.contacts.iter().partition(|near| near.tied);
    let line = |near: &&Near| line(words, near, now);
    Ok(CasePage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/inbox/cases/{journey}"),
        flight: seen.case.journey.flight.designator.to_string(),
        owed: owed.map(|o| obligation::name(seen.case.id, o.number)),
        due_text: owed.map(|o| due_words(words, o.due, now)).unwrap_or_default(),
        found: found.iter().map(line).collect(),
        tied: tied.iter().map(line).collect(),
        unknown: seen.unknown.iter().collect::<Vec<_>>().iter().map(line).collect(),
        refused,
    })
}

fn line(words: Words, near: &Near, now: jiff::Timestamp) -> Line {
    Line {
        journey: near.journey.to_string(),
        why: near.rule.as_deref().map_or_else(|| words.t("contact-unknown"), |name| rule(words, name, near.rows)),
        seat: near.seat.clone(),
        owed: near.obligation.clone(),
        due_text: near.due.map(|due| due_words(words, due, now)).unwrap_or_default(),
        reach: [&near.name, &near.phone, &near.address].into_iter().flatten().cloned().collect(),
    }
}
