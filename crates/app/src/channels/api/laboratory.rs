//! The laboratory: tubes received, plates, runs, results. It works blind: nothing here says whose a tube is.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::access::Act;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answer::{Answer, send, show};
use super::schema::{
    Amended, Custody, LoseRequest as LoseSchema, Plate as PlateSchema, PlateList, PlateReleased,
    PlateRequest as PlateSchemaRequest, Problem as ProblemSchema, RejectRequest as RejectSchema,
    ResultRequest as ResultSchema, RunAnswer, SampleState, Tube as TubeSchema, TubesMoved, TubesRequest as TubesSchema,
};
use crate::actions::build_plate::{self, PlateRequest};
use crate::actions::import_run::{self, RunRequest};
use crate::actions::move_samples::{self, TubesRequest};
use crate::actions::{amend_result, give_up_sample, read_test, reject_plate, release_result};
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Csv, Language, Machine, Named, OnceKey};
use crate::lookups::{custody, plate};

/// Plates of each state in a list.
const PLATES_MAX: u32 = 50;

/// One tube, and what is said of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct OfTube {
    label: String,
    why: String,
    result: String,
}

/// Take tubes in
///
/// By their bar codes. From then on each waits for a plate. What is wrong with one does not hold up the others.
#[utoipa::path(
    post,
    path = "/laboratory/receipts",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = TubesSchema,
    responses(
        (status = 200, description = "What became of each", body = TubesMoved),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No tubes, or too many", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn receive(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: TubesRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        move_samples::receive_samples(&web.app, &machine.0, machine.port()?, (&request, words), once).await
    };
    send(reply.await, words)
}

/// Reject a tube
///
/// It cannot be used. Another sample is ordered from the same person at once.
#[utoipa::path(
    post,
    path = "/laboratory/rejections",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = RejectSchema,
    responses(
        (status = 200, description = "Rejected", body = SampleState),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It has a result, or is not on its way", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such reason", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn reject(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: OfTube = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        give_up_sample::reject_sample(&web.app, &machine.0, &request.label, &request.why, once).await
    };
    send(reply.await, words)
}

/// Give a tube up as lost
///
/// Another sample is ordered from the same person at once.
#[utoipa::path(
    post,
    path = "/laboratory/losses",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = LoseSchema,
    responses(
        (status = 200, description = "Given up", body = SampleState),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It is in the laboratory, or was never taken", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn lose(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: OfTube = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        give_up_sample::lose_sample(&web.app, &machine.0, &request.label, once).await
    };
    send(reply.await, words)
}

/// Where all samples are
#[utoipa::path(
    get,
    path = "/laboratory/custody",
    tag = "laboratory",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "Step by step, and what hangs", body = Custody),
        (status = 403, description = "Not this role", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn custody_figures(State(web): State<Arc<Web>>, Language(words): Language, machine: Machine) -> Answer {
    let figures = async {
        let port = machine.port()?;
        machine.0.may(Act::SeeSamples, port)?;
        Ok(custody::view(&custody::count(&web.app, port).await?))
    };
    show(figures.await, words)
}

/// Build a plate
///
/// Up to 93 queued tubes, down the columns, and three controls in the last three wells. The map is fixed from then on.
#[utoipa::path(
    post,
    path = "/laboratory/plates",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = PlateSchemaRequest,
    responses(
        (status = 201, description = "The plate", body = PlateSchema),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`plate-empty`, `plate-too-many`, `plate-twice`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "A tube does not wait for a plate, or no such assay", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn build(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: PlateRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        build_plate::build_plate(&web.app, &machine.0, machine.port()?, &request, once).await
    };
    send(reply.await, words)
}

/// The newest plates
#[utoipa::path(
    get,
    path = "/laboratory/plates",
    tag = "laboratory",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "Plates", body = PlateList),
        (status = 403, description = "Not this role", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn plates(State(web): State<Arc<Web>>, Language(words): Language, machine: Machine) -> Answer {
    let list = async {
        let port = machine.port()?;
        machine.0.may(Act::SeeSamples, port)?;
        let mut plates: Vec<Value> = Vec::new();
        for state in ["built", "accepted", "rejected"] {
            plates.extend(plate::newest(&web.app, port, state, PLATES_MAX).await?.iter().map(plate::line));
        }
        Ok(json!({ "plates": plates }))
    };
    show(list.await, words)
}

/// One plate
///
/// Its map, its run, and what each well says.
#[utoipa::path(
    get,
    path = "/laboratory/plates/{id}",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The plate's id"),
    ),
    responses(
        (status = 200, description = "The plate", body = PlateSchema),
        (status = 403, description = "Not this role", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such plate here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn plate_read(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
) -> Answer {
    let one = async {
        let port = machine.port()?;
        machine.0.may(Act::SeeSamples, port)?;
        let found = plate::load(&web.app, port, &id).await?;
        let tubes = plate::tubes(&web.app, &found.plate).await?;
        Ok(plate::view(&found, &tubes))
    };
    show(one.await, words)
}

/// Reject a plate
///
/// It was dropped, or somebody does not believe it. All its tests wait for another plate.
#[utoipa::path(
    post,
    path = "/laboratory/plates/{id}/reject",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The plate's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "Rejected", body = PlateSchema),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such plate here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`plate-released`, `plate-not-built`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn plate_reject(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        reject_plate::reject_plate(&web.app, &machine.0, machine.port()?, &id, once).await
    };
    send(reply.await, words)
}

/// Release a plate's negatives
///
/// By a second person, of an accepted plate. What is not negative is released one by one.
#[utoipa::path(
    post,
    path = "/laboratory/plates/{id}/release",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The plate's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "What is final now, and what is left", body = PlateReleased),
        (status = 403, description = "For those who release", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such plate here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`plate-not-accepted`; `second-person-needed`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn plate_release(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        release_result::release_negatives(&web.app, &machine.0, machine.port()?, &id, once).await
    };
    send(reply.await, words)
}

/// Import an instrument's run
///
/// The body is the file as the instrument wrote it. A dry run says what would happen, row by row. The controls decide: of an
/// accepted plate each well's call waits for the second person, of a rejected one all tests wait for another plate. The same file
/// twice is imported once.
#[utoipa::path(
    post,
    path = "/laboratory/runs",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("plate" = String, Query, description = "The plate's id"),
        ("format" = Option<String>, Query, description = "`generic` or `quantstudio`; recognised if left out"),
        ("dry_run" = Option<bool>, Query, description = "Only say what would happen"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body(content = String, content_type = "text/csv", description = "The file"),
    responses(
        (status = 200, description = "What the file says, and what became of it", body = RunAnswer),
        (status = 403, description = "For technicians and instruments", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such plate here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`plate-not-built`: it has another run", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 413, description = "More than 4 MiB", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 415, description = "Not `text/csv`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Rows that do not fit; nothing was taken", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn import(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(request): Asked<RunRequest>,
    key: OnceKey,
    Csv(file): Csv,
) -> Answer {
    let reply = async {
        let sent = [request.plate.as_bytes(), b" ", &file].concat();
        let once = key.once(&web.app, &machine.0.name(), &sent);
        import_run::import_run(&web.app, &machine.0, machine.port()?, (&request, &file), words, once).await
    };
    send(reply.await, words)
}

/// Read a test by hand
///
/// For what no instrument reads, and for a call that a person sees otherwise. It waits for the second person then.
#[utoipa::path(
    post,
    path = "/laboratory/results/{label}/review",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ResultSchema,
    responses(
        (status = 200, description = "The tube", body = TubeSchema),
        (status = 403, description = "For technicians", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It is on a plate, or final", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such result", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn review(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: OfTube = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        read_test::read_test(&web.app, &machine.0, &label, &request.result, once).await
    };
    send(reply.await, words)
}

/// Release a result
///
/// By a second person. What follows is said at once: a repeat, a new sample, a doctor's word.
#[utoipa::path(
    post,
    path = "/laboratory/results/{label}/release",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "The tube", body = TubeSchema),
        (status = 403, description = "For those who release", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`second-person-needed`, `not-read`, `already-released`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn release(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        release_result::release_result(&web.app, &machine.0, &label, once).await
    };
    send(reply.await, words)
}

/// Amend a result
///
/// One person says what is true, a second one who may release sends the same; only then it is another result.
#[utoipa::path(
    post,
    path = "/laboratory/results/{label}/amend",
    tag = "laboratory",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ResultSchema,
    responses(
        (status = 200, description = "Proposed, or amended", body = Amended),
        (status = 403, description = "For technicians and those who release", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`second-person-needed`, `not-released`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such result, or the one that it has", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn amend(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: OfTube = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        amend_result::amend_result(&web.app, &machine.0, &label, &request.result, once).await
    };
    send(reply.await, words)
}
