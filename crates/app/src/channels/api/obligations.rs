//! The closed loop: what is owed, taken on, answered.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::access::Act;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, send, show};
use super::schema::{AnswerRequest, ObligationAnswer, ObligationPage, Problem as ProblemSchema};
use crate::actions::answer_obligation;
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Language, Machine, Named, OnceKey, Problem};
use crate::lookups::obligation;
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};

/// Which list, and where in it.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    port: Option<String>,
    after: Option<String>,
}

/// Open obligations of a port
///
/// Earliest deadline first; no person is named. A page may be short or empty while `next` is there: go on until it is not.
#[utoipa::path(
    get,
    path = "/obligations",
    tag = "obligations",
    security(("bearer" = [])),
    params(
        ("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = ObligationPage),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Not a cursor of ours", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(which): Asked<Which>,
) -> Answer {
    let page = async {
        let port = which.port.as_deref().map_or_else(|| machine.port(), Ok)?;
        machine.0.may(Act::SeeObligations, port)?;
        let after = which.after.as_deref().map(read_cursor).transpose()?;
        let (owed, next) = obligation::open(&web.app, port, after, PAGE_MAX).await?;
        let now = web.app.now();
        let shown: Vec<_> = owed.iter().map(|owed| obligation::view(owed, now)).collect();
        Ok(json!({ "obligations": shown, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// Take an obligation on
#[utoipa::path(
    post,
    path = "/obligations/{id}/acknowledge",
    tag = "obligations",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The obligation's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "Taken on", body = ObligationAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Another role owes it", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such obligation", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It was answered already", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn acknowledge(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let taken = answer_obligation::acknowledge(&web.app, &machine.0, &id, once).await;
    send(taken.map_err(|failure| failure.missing("obligation")), words)
}

/// Answer an obligation
///
/// `examine`: `fit`, or a disposition. `resolve-hold`: `identity-confirmed`, or a disposition. `review-correction`: `seen`. No
/// answer releases: that comes with the clearance at the last stage. A red tier is lowered by two people: whoever referred the person cannot be the one who answers `fit`.
#[utoipa::path(
    post,
    path = "/obligations/{id}/answer",
    tag = "obligations",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The obligation's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = AnswerRequest,
    responses(
        (status = 200, description = "Answered", body = ObligationAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Another role owes it", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such obligation", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Answered already, or the outcome does not fit", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such outcome", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn answer(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let answered = answer_obligation::answer(&web.app, &machine.0, &id, &request, once).await;
    send(answered.map_err(|failure| failure.missing("obligation")), words)
}
