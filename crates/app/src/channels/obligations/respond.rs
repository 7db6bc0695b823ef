//! Taking an obligation on, and answering it. A refusal is shown beside the same answers, with the words as they were typed.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use super::one::{self, Typed};
use crate::actions::answer_obligation::{self, AnswerRequest};
use crate::channels::staff::Console;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::once::Once;
use crate::page;

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    once: String,
}

/// `POST /obligations/{name}/acknowledge`.
pub async fn take_on(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::AnswerObligation)?;
    console.own_form(&sent.csrf)?;
    let taken = answer_obligation::acknowledge(console.app(), &console.caller(), &name, None).await;
    after(&console, &name, sent, taken.map(drop)).await
}

/// `POST /obligations/{name}/answer`.
pub async fn answer(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::AnswerObligation)?;
    console.own_form(&sent.csrf)?;
    let app = console.app();
    let request = AnswerRequest {
        outcome: sent.outcome.clone(),
        reason: Some(sent.reason.clone()).filter(|reason| !reason.trim().is_empty()),
    };
    let key = format!("{} {}", sent.once, sent.outcome);
    let once = Once::of(app, &format!("answer {name}"), &console.caller().name(), &key, sent.reason.as_bytes());
    let answered = match answer_obligation::answer(app, &console.caller(), &name, &request, Some(once)).await {
        Err(Failure::KeyReused) => answer_obligation::answer(app, &console.caller(), &name, &request, None).await,
        other => other,
    };
    after(&console, &name, sent, answered.map(drop)).await
}

async fn after(console: &Console, name: &str, sent: Sent, done: Result<(), Failure>) -> Result<Response, Response> {
    let words = console.words;
    let failure = match done {
        Ok(()) => return Ok(page::see(&format!("/obligations/{name}"))),
        Err(failure) => failure,
    };
    let refused = match &failure {
        Failure::Refused(refusal) => reasons::refusal(refusal, words),
        Failure::Invalid(faults) => {
            faults.iter().map(|f| words.error(&f.code, &f.params)).collect::<Vec<_>>().join(" ")
        }
        Failure::Busy => words.t("verdict-busy"),
        _ => return Err(console.trouble(failure)),
    };
    let typed = Typed { outcome: sent.outcome, reason: sent.reason, refused, ..Typed::default() };
    one::render(console, name, Problem::new(failure, words).status(), Some(typed)).await
}
