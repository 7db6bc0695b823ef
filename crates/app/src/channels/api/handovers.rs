//! What departments are given: offered, accepted or declined, answered; and what they may know of it.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::access::Act;
use pratique_core::sharing;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, send, show};
use super::schema::{
    DeclineRequest, HandOverRequest, Handed, HandoverView, InboxPage, Problem as ProblemSchema, ReportRequest,
};
use crate::actions::look::look;
use crate::actions::{accept_handover, answer_handover, decline_handover, hand_over, handed, withdraw_handover};
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups::handover::{self, List, Waiting};
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};
use crate::lookups::{shared, verdict};

/// The purpose that the log names for this look.
const WHY: &str = "handover";

/// Which list, and where in it.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    list: Option<String>,
    after: Option<String>,
}

/// What the caller's department was given
///
/// No person is named. `open`: offered or accepted, oldest offer first. `answered`: newest answer first.
#[utoipa::path(
    get,
    path = "/inbox",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("list" = Option<String>, Query, description = "`open` (if left out) or `answered`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = InboxPage),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such list, or not a cursor of ours", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn inbox(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(which): Asked<Which>,
) -> Answer {
    let page = async {
        let port = machine.port()?;
        machine.0.may(Act::SeeInbox, port)?;
        let list = match which.list.as_deref() {
            None | Some("open") => List::Open,
            Some("answered") => List::Answered,
            Some(_) => return Err(Failure::field("/list", "not-an-inbox")),
        };
        let after = which.after.as_deref().map(read_cursor).transpose()?;
        let own = (port, machine.0.department()?);
        let (waiting, next) = handover::listed(&web.app, own, list, after, PAGE_MAX).await?;
        let now = web.app.now();
        let shown: Vec<_> = waiting.iter().map(|one| handover::view(one, now)).collect();
        Ok(json!({ "handovers": shown, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// One handover, with the person as the department's purpose allows
///
/// Every look is logged. A handover can be read while it is open, and for 14 days after it was answered.
#[utoipa::path(
    get,
    path = "/handovers/{id}",
    tag = "departments",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "The handover's id")),
    responses(
        (status = 200, description = "The handover. `person` holds what the purpose needs, and no other field", body = HandoverView),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such handover, another department's, or no longer to be read", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
) -> Answer {
    let view = async {
        let app = &web.app;
        let given = handed::find(app, &machine.0, Act::SeeInbox, &id).await?;
        let found = given.handover()?.clone();
        let port = app.house.port(&given.journey.port).ok_or(Failure::NotFound)?;
        let purpose = port.department(&found.to).ok_or(Failure::NotFound)?.purpose;
        if !sharing::is_readable(&found, app.now()) {
            return Err(Failure::NotFound);
        }
        look(app, &machine.0, &[given.id], WHY).await?;
        let dossier = verdict::person(app, given.id).await?;
        let said = match &dossier {
            Some(_) => handover::said(app, given.id, given.number).await?,
            None => handover::Said::default(),
        };
        let of = (given.id, &given.journey, dossier.as_ref());
        let person = shared::of(app, of, purpose, words.language()).await?;
        let waiting = Waiting { id: given.id, journey: given.journey.clone(), handover: found };
        let mut view = handover::view(&waiting, app.now());
        view["purpose"] = json!(purpose);
        view["note"] = json!(said.offer);
        view["answer"] = json!(said.end);
        view["person"] = serde_json::to_value(person)?;
        Ok(view)
    };
    show(view.await, words)
}

/// Hand a person over to a department
///
/// It stays the sender's until the department accepts. What was declined is offered to another by the same request.
#[utoipa::path(
    post,
    path = "/handovers",
    tag = "departments",
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = HandOverRequest,
    responses(
        (status = 201, description = "Offered", body = Handed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such journey", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Offered to that department already", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such department", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn offer(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(hand_over::hand_over(&web.app, &machine.0, &request, once).await, words)
}

/// Accept a handover
#[utoipa::path(
    post,
    path = "/handovers/{id}/accept",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The handover's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "Accepted: the department owes a report", body = Handed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such handover, or another department's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Declined, answered or taken back already", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn accept(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(accept_handover::accept(&web.app, &machine.0, &id, once).await, words)
}

/// Decline a handover
///
/// The reason is needed. The sender owes an offer to another department.
#[utoipa::path(
    post,
    path = "/handovers/{id}/decline",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The handover's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = DeclineRequest,
    responses(
        (status = 200, description = "Declined", body = Handed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such handover, or another department's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It was accepted already, or is over", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No reason was given", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn decline(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(decline_handover::decline(&web.app, &machine.0, &id, &request, once).await, words)
}

/// Report back on a handover
#[utoipa::path(
    post,
    path = "/handovers/{id}/answer",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The handover's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ReportRequest,
    responses(
        (status = 200, description = "Answered", body = Handed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such handover, or another department's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Not accepted yet, or over already", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such report", body = ProblemSchema, content_type = "application/problem+json"),
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
    send(answer_handover::answer(&web.app, &machine.0, &id, &request, once).await, words)
}

/// Take a handover back
///
/// For the sender's side; the department can read it no longer.
#[utoipa::path(
    post,
    path = "/handovers/{id}/withdraw",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The handover's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "Taken back", body = Handed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such handover", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Over already", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(withdraw_handover::withdraw(&web.app, &machine.0, &id, once).await, words)
}
