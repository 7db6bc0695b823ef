//! A journey as a whole: of which class it is, how it ends, whether it is closed.

use std::sync::Arc;

use axum::extract::State;

use super::answer::{Answer, send};
use super::schema::{ClassRequest, DispositionRequest, JourneyDone, Problem as ProblemSchema};
use crate::actions::{classify, close, dispose};
use crate::channels::Web;
use crate::channels::web::{Body, Language, Machine, Named, OnceKey, Problem};

/// Say of which class an entry is
///
/// Whoever flies on, as transit or as crew, owes their departure at that time.
#[utoipa::path(
    post,
    path = "/journeys/{id}/class",
    tag = "journeys",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The journey"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ClassRequest,
    responses(
        (status = 200, description = "Set", body = JourneyDone),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `departure-needed`, `already-closed`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn class(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(classify::classify(&web.app, &machine.0, &id, &request, once).await, words)
}

/// End an entry with evidence
///
/// For the duty lead: who departed, was diverted, was not on board, died, or was declared twice. Nobody flies on past an
/// examination that is owed.
#[utoipa::path(
    post,
    path = "/journeys/{id}/disposition",
    tag = "journeys",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The journey"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = DispositionRequest,
    responses(
        (status = 200, description = "Ended", body = JourneyDone),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `reason-needed`, `still-owed` (with `obligations`), `already-closed`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn disposition(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(dispose::dispose(&web.app, &machine.0, &id, &request, once).await, words)
}

/// Ask whether an entry is closed
///
/// It closes by itself once it has an end and nothing is owed; until then this says what stands against it.
#[utoipa::path(
    post,
    path = "/journeys/{id}/close",
    tag = "journeys",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The journey"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "It is closed", body = JourneyDone),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `still-owed` (with `obligations`), `no-disposition`", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn close(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(close::close(&web.app, &machine.0, &id, once).await, words)
}
