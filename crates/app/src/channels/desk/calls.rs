//! The call list: who waits to be told their result, how to reach them and in which language. A positive is told within minutes, by
//! voice: no result ever stands in a message. Showing the list is a look at everybody on it, and on record before it is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::ObligationKind;
use serde::Deserialize;

use super::told;
use crate::actions::answer_obligation::{self, AnswerRequest};
use crate::actions::look::look;
use crate::actions::try_call;
use crate::channels::obligations::list::Line;
use crate::channels::obligations::one::once;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::obligation::{self, Owed};
use crate::lookups::{desk, reasons, verdict};
use crate::once::Once;
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/calls.html")]
pub struct CallsPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Why something did not go.
    pub refused: Option<String>,
    /// Whom to call, most urgent first.
    pub calls: Vec<Call>,
    /// The port's zone, said once.
    pub zone: String,
}

/// One person to call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The obligation's name.
    pub name: String,
    /// Their page at the desk.
    pub address: String,
    /// Who.
    pub person: String,
    /// Question and answer: telephone, e-mail, language, flight.
    pub facts: Vec<(String, String)>,
    /// Since when and until when.
    pub line: Line,
    /// What became of messages about this result.
    pub messages: Vec<String>,
    /// How often it was tried, and when last.
    pub tried: Option<String>,
    /// The key under which it is answered once.
    pub once: String,
}

/// `GET /desk/calls`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    render(&console, StatusCode::OK, None).await
}

async fn render(console: &Console, status: StatusCode, refused: Option<String>) -> Result<Response, Response> {
    let page = build(console, refused).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, refused: Option<String>) -> Result<CallsPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let port = app.house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let mut owed = desk::owed(app, &port.code).await?;
    owed.retain(|o| o.obligation.kind == ObligationKind::TellPerson);
    let ids: Vec<Id> = owed.iter().map(|o| o.journey_id).collect();
    look(app, &console.caller(), &ids, "call list").await?;
    let mut calls = Vec::new();
    for one in &owed {
        calls.push(call(console, port, one).await?);
    }
    let zone = When::of(words, app.now(), &port.zone()).zone;
    Ok(CallsPage { shell: console.shell(), frame: console.frame(), refused, calls, zone })
}

async fn call(console: &Console, port: &pratique_core::port::Port, owed: &Owed) -> Result<Call, Failure> {
    let (app, words) = (console.app(), console.words);
    let dossier = verdict::person(app, owed.journey_id).await?;
    let tries = desk::tries(app, owed.journey_id, owed.obligation.number).await?;
    let person = dossier.as_ref().map(|d| d.content.traveller.name.line());
    let mut facts = Vec::new();
    if let Some(dossier) = &dossier {
        let contact = &dossier.content.contact;
        facts.extend(contact.phone.as_ref().map(|phone| (words.t("field-phone"), phone.to_string())));
        facts.extend(contact.email.as_ref().map(|email| (words.t("field-email"), email.to_string())));
        facts.push((words.t("desk-language"), Words::of(&dossier.content.language).t("language-name")));
    }
    let last = tries.last().map(|at| When::of(words, *at, &port.zone()).local);
    let tried = last.map(|at| words.with("calls-tried", &[("count", &tries.len().to_string()), ("at", &at)]));
    Ok(Call {
        name: obligation::name(owed.journey_id, owed.obligation.number),
        address: format!("/desk/people/{}", owed.journey_id),
        person: person.unwrap_or_else(|| words.t("person-erased")),
        facts,
        line: Line::of(words, port, owed.journey_id, &owed.journey, &owed.obligation, now(console)),
        messages: told::messages(words, port, &owed.journey, owed.obligation.about),
        tried,
        once: once(console),
    })
}

fn now(console: &Console) -> Timestamp {
    console.app().now()
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    once: String,
    #[serde(default)]
    how: String,
}

/// `POST /desk/calls/{obligation}`.
pub async fn take(
    console: Console,
    Path(name): Path<String>,
    axum::Form(sent): axum::Form<Sent>,
) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    console.own_form(&sent.csrf)?;
    let (app, who, words) = (console.app(), console.caller(), console.words);
    let once = Once::of(app, &format!("call {name}"), &who.name(), &format!("{} {}", sent.once, sent.how), b"");
    let done = match sent.how.as_str() {
        "reached" => {
            let request = AnswerRequest { outcome: "reached".to_owned(), reason: None };
            answer_obligation::answer(app, &who, &name, &request, Some(once)).await
        }
        _ => try_call::try_call(app, &who, &name, Some(once)).await,
    };
    let failure = match done {
        Ok(_) => return Ok(page::see("/desk/calls")),
        Err(failure) => failure,
    };
    let refused = match &failure {
        Failure::Refused(refusal) => reasons::refusal(refusal, words),
        Failure::Busy => words.t("verdict-busy"),
        _ => return Err(console.trouble(failure)),
    };
    let status = Problem::new(failure, words).status();
    render(&console, status, Some(refused)).await
}
