//! Accepting, declining and answering. A refusal is shown on the same page, with the words as they were typed.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use super::one::{self, Typed};
use crate::actions::accept_handover;
use crate::actions::answer_handover::{self, ReportRequest};
use crate::actions::decline_handover::{self, DeclineRequest};
use crate::channels::staff::Console;
use crate::channels::staff::refused::said;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::page;

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    report: String,
    #[serde(default)]
    words: String,
}

impl Sent {
    fn words(&self) -> Option<String> {
        Some(self.words.clone()).filter(|words| !words.trim().is_empty())
    }
}

/// `POST /inbox/{name}/accept`.
pub async fn accept(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::SeeInbox)?;
    console.own_form(&sent.csrf)?;
    let done = accept_handover::accept(console.app(), &console.caller(), &name, None).await;
    match done {
        Ok(_) => Ok(page::see(&format!("/inbox/{name}"))),
        Err(failure) => stay(&console, &name, sent, failure).await,
    }
}

/// `POST /inbox/{name}/decline`. A declined handover is none of the department's any more: back to the list.
pub async fn decline(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::SeeInbox)?;
    console.own_form(&sent.csrf)?;
    let request = DeclineRequest { reason: sent.words() };
    let done = decline_handover::decline(console.app(), &console.caller(), &name, &request, None).await;
    match done {
        Ok(_) => Ok(page::see("/inbox")),
        Err(failure) => stay(&console, &name, sent, failure).await,
    }
}

/// `POST /inbox/{name}/answer`.
pub async fn answer(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::SeeInbox)?;
    console.own_form(&sent.csrf)?;
    let request = ReportRequest { report: sent.report.clone(), note: sent.words() };
    let done = answer_handover::answer(console.app(), &console.caller(), &name, &request, None).await;
    match done {
        Ok(_) => Ok(page::see(&format!("/inbox/{name}"))),
        Err(failure) => stay(&console, &name, sent, failure).await,
    }
}

async fn stay(console: &Console, name: &str, sent: Sent, failure: Failure) -> Result<Response, Response> {
    let words = console.words;
    let Some(refused) = said(&failure, words) else { return Err(console.trouble(failure)) };
    let typed = Typed { report: sent.report, words: sent.words, refused };
    one::render(console, name, Problem::new(failure, words).status(), typed).await
}
