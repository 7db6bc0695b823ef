//! Manifests, who has not declared, and a flight's health part.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header;
use jiff::civil::Date;
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::flight::{FlightId, InspectionForm, Manifest};
use pratique_core::id::Id;
use pratique_formats::{manifest_csv, paxlst};

use super::answer::{Answer, send, show};
use super::schema::{
    BoardingAnswer, BoardingRequest, HandedIn, InspectionRequest, InspectionView, Judged, JudgementRequest,
    Manifest as ManifestSchema, Problem as ProblemSchema, Readiness,
};
use crate::actions::ask_boarding::{BoardingQuestion, ask};
use crate::actions::judge_match::{Word, judge as judge_match};
use crate::actions::{hand_in_manifest, inspect_flight};
use crate::channels::Web;
use crate::channels::web::body::FILE_BYTES_MAX;
use crate::channels::web::{Body, Language, Machine, Named, OnceKey};
use crate::failure::{Broken, Failure};
use crate::house::local_date;
use crate::lookups;

/// Hand in a manifest
///
/// One whole list: the newest counts, older ones are kept, the same again changes nothing. What is not understood is parked and
/// told by its place; it never stops the rest. A person's declaration is found by the same document, whichever comes first.
#[utoipa::path(
    put,
    path = "/flights/{id}/manifest",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "Flight, date of the scheduled arrival, port", example = "CA938-2026-11-24-CNPEK"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body(content(
        (String = "application/edifact"),
        (String = "text/csv"),
        (ManifestSchema = "application/json"),
    ), description = "At most 5 MiB"),
    responses(
        (status = 200, description = "A new edition, or as it was", body = HandedIn),
        (status = 201, description = "The first edition", body = HandedIn),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For supervisors, planners and the airline itself", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "The flight is not on the schedule", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No list, nobody on it, or another flight's", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn put(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    request: Request,
) -> Answer {
    let reply = async {
        let id = parse(&id)?;
        // Asked before five megabytes are read.
        machine.0.may_for(Act::HandInManifest, &id.port, id.designator.carrier())?;
        let port = web.app.house.port(&id.port).ok_or(Failure::NotFound)?;
        let today = local_date(port, web.app.now());
        let (kind, bytes) = received(request).await?;
        let manifest = read(&kind, &bytes, today)?;
        let once = key.once(&web.app, &machine.0.name(), &bytes);
        hand_in_manifest::hand_in(&web.app, &machine.0, &id, manifest, once).await
    };
    send(reply.await, words)
}

fn parse(id: &str) -> Result<FlightId, Failure> {
    id.parse().map_err(|_| Failure::field("/id", "not-a-flight-id"))
}

async fn received(request: Request) -> Result<(String, Bytes), Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = axum::body::to_bytes(request.into_body(), FILE_BYTES_MAX).await;
    Ok((kind, bytes.map_err(|_| Failure::TooLarge(FILE_BYTES_MAX))?))
}

fn read(kind: &str, bytes: &[u8], today: Date) -> Result<Manifest, Failure> {
    match kind {
        "application/edifact" => paxlst::read(bytes, today).map_err(|_| Failure::field("", "not-a-paxlst")),
        "text/csv" => manifest_csv::read(bytes, today).map_err(|_| Failure::field("", "not-a-manifest")),
        "application/json" => serde_json::from_slice(bytes).map_err(|e| match e.classify() {
            serde_json::error::Category::Data => Failure::field("", "not-a-manifest"),
            _ => Failure::Malformed { why: Broken::Syntax, line: e.line(), column: e.column() },
        }),
        _ => Err(Failure::Unsupported("application/edifact, text/csv, application/json")),
    }
}

/// Who has not declared
///
/// Counts, the seats of those who have not, and the flight's balance. Nobody is named.
#[utoipa::path(
    get,
    path = "/flights/{id}/readiness",
    tag = "flights",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "The flight's id", example = "CA938-2026-11-24-CNPEK")),
    responses(
        (status = 200, description = "Who declared, who did not, who is to be looked at", body = Readiness),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this airline's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "The flight is not on the schedule", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn readiness(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
) -> Answer {
    let found = async {
        let id = parse(&id)?;
        machine.0.may_for(Act::SeeReadiness, &id.port, id.designator.carrier())?;
        lookups::flight::read(&web.app, &id).await?.ok_or(Failure::NotFound)?;
        Ok(lookups::who_declared::readiness(&web.app, &id).await?.view(&id))
    };
    show(found.await, words)
}

/// Say whether two records are one person, or that somebody did not fly
///
/// For a line of a manifest: `same` and `different` tie it to a declaration or say that it is not theirs (officers and
/// supervisors); `no-show` and `flew` (supervisors and the airline). The newest word holds, and every word is on record.
#[utoipa::path(
    post,
    path = "/flights/{id}/manifest/{listed}",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The flight's id", example = "CA938-2026-11-24-CNPEK"),
        ("listed" = String, Path, description = "The line of the manifest, from the readiness"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = JudgementRequest,
    responses(
        (status = 200, description = "Said", body = Judged),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this airline's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such line or declaration on this flight", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn judge(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    named: Result<Path<(String, String)>, PathRejection>,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let Path((id, listed)) = named.map_err(|_| Failure::NotFound)?;
        let id = parse(&id)?;
        let listed: Id = listed.parse().map_err(|_| Failure::NotFound)?;
        let word: Word = serde_json::from_value(body.value.clone()).map_err(|_| no_word())?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        judge_match(&web.app, &machine.0, &id, listed, word, once).await
    };
    send(reply.await, words)
}

fn no_word() -> Failure {
    Failure::Invalid(vec![FieldError::not_an_option("/say", Word::NAMES)])
}

/// Ask before boarding
///
/// Whether the holder of a document has declared for one of the airline's own flights to its port: that, and nothing else of
/// the person. Every question is on record; 1,200 in a row are answered, then 5 a second.
#[utoipa::path(
    post,
    path = "/ok-to-board",
    tag = "flights",
    security(("bearer" = [])),
    request_body = BoardingRequest,
    responses(
        (status = 200, description = "Declared or not", body = BoardingAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For the flight's airline", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn board(State(web): State<Arc<Web>>, Language(words): Language, machine: Machine, body: Body) -> Answer {
    let reply = async {
        let question: BoardingQuestion = body.read()?;
        ask(&web.app, &machine.0, machine.port()?, &question).await
    };
    send(reply.await, words)
}

/// Record a flight's health part
///
/// The general declaration's health part (IHR 2005, Annex 9), the inspection on board, disinsection and disinfection; also of
/// cargo flights. Several records of one flight stand beside each other.
#[utoipa::path(
    post,
    path = "/flights/{id}/inspection",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The flight's id", example = "CA938-2026-11-24-CNPEK"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = InspectionRequest,
    responses(
        (status = 201, description = "Recorded", body = InspectionView),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For officers and medical officers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "The flight is not on the schedule", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn inspect(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let id = parse(&id)?;
        let form: InspectionForm = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        inspect_flight::inspect(&web.app, &machine.0, &id, &form, once).await
    };
    send(reply.await, words)
}
