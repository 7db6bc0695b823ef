//! The medical desk: examinations and investigations.

use std::sync::Arc;

use axum::extract::State;

use super::answer::{Answer, send};
use super::schema::{
    ExaminationAnswer, ExaminationRequest, InvestigationAnswer, InvestigationRequest, Problem as ProblemSchema,
};
use crate::actions::{examine, investigate};
use crate::channels::Web;
use crate::channels::web::{Body, Language, Machine, OnceKey, Problem};

/// Examine somebody at the desk
///
/// What is found is kept sealed, every reading of it, and the rules run again on what was declared and what was found. The last
/// reading of a thermometer counts; a camera's only where there is no other. Rules can only raise what a person has seen.
#[utoipa::path(
    post,
    path = "/examinations",
    tag = "desk",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ExaminationRequest,
    responses(
        (status = 201, description = "Kept; the tier as it is now", body = ExaminationAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `withdrawn`, `replaced`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn examine(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(examine::examine(&web.app, &machine.0, &request, words.language(), once).await, words)
}

/// Hand in an epidemiological investigation
///
/// The pack's second form (`GET /questionnaires/{port}/investigation`): where somebody was and whom they met. The answers are
/// checked like a declaration's and kept sealed with the form's version.
#[utoipa::path(
    post,
    path = "/investigations",
    tag = "desk",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = InvestigationRequest,
    responses(
        (status = 201, description = "Kept", body = InvestigationAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or the pack has no such form", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `withdrawn`, `replaced`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn investigate(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(investigate::investigate(&web.app, &machine.0, &request, once).await, words)
}
