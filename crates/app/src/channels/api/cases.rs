//! Cases, and who was near: for the department that traces.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::port::Port;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, send, show};
use super::schema::{CaseContacts, CasePage, Problem as ProblemSchema, TieRequest, Tied};
use crate::actions::trace;
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups::case::{self, Case};
use crate::lookups::obligation;
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    after: Option<String>,
}

fn port<'a>(web: &'a Web, machine: &Machine) -> Result<&'a Port, Failure> {
    web.app.house.port(machine.port()?).ok_or(Failure::NotFound)
}

fn view(case: &Case, now: jiff::Timestamp) -> Value {
    let owed = case.owed();
    json!({
        "journey": case.id,
        "flight": case.journey.flight,
        "since": case.since(),
        "obligation": owed.map(|o| obligation::name(case.id, o.number)),
        "due": owed.map(|o| o.due),
        "urgency": owed.map(|o| o.urgency(now).as_str()),
    })
}

/// Cases of the port
///
/// Newest result first; no person is named. `obligation` is owed until the contacts are found, and answered `done`.
#[utoipa::path(
    get,
    path = "/cases",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = CasePage),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department that traces", body = ProblemSchema, content_type = "application/problem+json"),
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
        let port = port(&web, &machine)?;
        case::tracer(&machine.0, port)?;
        let after = which.after.as_deref().map(read_cursor).transpose()?;
        let (cases, next) = case::listed(&web.app, &port.code, after, PAGE_MAX).await?;
        let now = web.app.now();
        let shown: Vec<_> = cases.iter().map(|one| view(one, now)).collect();
        Ok(json!({ "cases": shown, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// Who was near a case
///
/// By the rules: who was declared together with the case, who sat within the pack's rows, the crew. Names, numbers and addresses
/// stand with those alone who are tied and still to be reached. Everybody on the flight is looked at, and that is logged.
#[utoipa::path(
    get,
    path = "/cases/{journey}/contacts",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("journey" = String, Path, description = "The case's journey"),
    ),
    responses(
        (status = 200, description = "Who was near", body = CaseContacts),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department that traces", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such case", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn contacts(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(journey): Named,
) -> Answer {
    let near = async {
        let port = port(&web, &machine)?;
        let id = journey.parse().map_err(|_| Failure::NotFound)?;
        let seen = trace::near(&web.app, &machine.0, port, id).await?;
        let mut shown = view(&seen.case, web.app.now());
        shown["contacts"] = serde_json::to_value(&seen.contacts)?;
        shown["unknown"] = serde_json::to_value(&seen.unknown)?;
        Ok(shown)
    };
    show(near.await, words)
}

/// Tie contacts to a case
///
/// Each is owed a call by the department; a journey that was closed is open again. Who has no seat on record is tied by having
/// been asked.
#[utoipa::path(
    post,
    path = "/cases/{journey}/contacts",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("journey" = String, Path, description = "The case's journey"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = TieRequest,
    responses(
        (status = 200, description = "Tied; who was tied before is left out", body = Tied),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department that traces", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such case", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Somebody who is not on the list, or nobody at all", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn tie(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(journey): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let tied = async {
        let port = port(&web, &machine)?;
        let id = journey.parse().map_err(|_| Failure::NotFound)?;
        trace::tie(&web.app, &machine.0, port, id, &request, once).await
    };
    send(tied.await, words)
}
