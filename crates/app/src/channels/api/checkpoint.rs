//! The checkpoint: one scan, one verdict, one decision. The port is the caller's own.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::field::FieldError;

use super::answer::{Answer, send};
use super::schema::{
    DecisionAnswer, DecisionRequest, Problem as ProblemSchema, ScanAnswer, ScanRequest, UndoAnswer, UndoRequest,
};
use crate::actions;
use crate::channels::Web;
use crate::channels::web::body::{not_text, read};
use crate::channels::web::{Body, Language, Machine, OnceKey, Problem};
use crate::failure::Failure;
use crate::house::local_date;

/// Scan a pass, a code or a document
///
/// A scan uses nothing up. `scan_id` is the client's own UUID: the same scan sent again gets the first answer, even without an
/// `Idempotency-Key`. With the machine-readable zone of the document in front of the officer the pass is compared with it.
/// A pass that is forged, unknown or revoked is an answer like any other, and is recorded. Other declarations of the same
/// document at this port are looked at too: one that is held, referred, not green or ended otherwise speaks against going on.
/// A document alone leads to the declaration that is held, else to one that is referred, else to the nearest to today.
#[utoipa::path(
    post,
    path = "/checkpoint/scans",
    tag = "checkpoint",
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = ScanRequest,
    responses(
        (status = 200, description = "The verdict, with every reason in the caller's language", body = ScanAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For officers and medical officers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "This scan's id was used for another scan", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Nothing was scanned, no such station, or a time that is still to come", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn scan(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let port = machine.port()?;
        actions::scan::admitted(&machine.0, port)?;
        let mut sent = body.value.clone();
        let mut faults = not_text(&mut sent, &["scan_id", "station", "pass", "code", "mrz", "at"]);
        let request: crate::verdict::ScanRequest = read(&sent)?;
        let port_file = web.app.house.port(port).ok_or(Failure::Missing("port"))?;
        let more = request.faults(port_file, local_date(port_file, web.app.now()));
        let is_new = |f: &FieldError| !faults.iter().any(|known| known.pointer == f.pointer);
        let more: Vec<FieldError> = more.into_iter().filter(is_new).collect();
        faults.extend(more);
        if !faults.is_empty() {
            return Err(Failure::Invalid(faults));
        }
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        actions::scan::scan(&web.app, &machine.0, port, &request, words.language(), once).await
    };
    send(reply.await, words)
}

/// Decide on a scan
///
/// `clear` uses the pass up, once for each stage of the port. Of two officers at the same moment one gets 200 and the other
/// 409 with the same `used`. `refer` and `hold` open an obligation, whose id is in the answer.
#[utoipa::path(
    post,
    path = "/checkpoint/decisions",
    tag = "checkpoint",
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = DecisionRequest,
    responses(
        (status = 200, description = "Decided", body = DecisionAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For officers and medical officers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such scan here, or it led to nobody", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `already-used` (with `used`), `still-owed` (with `obligations`), `second-person-needed`, `reason-needed`, `document-mismatch`, `scan-too-old` (15 minutes), `not-by-itself`, `held-elsewhere`, `ended-elsewhere`, `referred-elsewhere`, `flagged-elsewhere`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such decision", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn decide(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let port = machine.port().map_err(|failure| Problem::new(failure, words))?;
    let decided = actions::decide::decide(&web.app, &machine.0, port, &request, once).await;
    send(decided.map_err(|failure| failure.missing("scan")), words)
}

/// Take a decision back
///
/// For the officer who decided, at the station of the scan, within the grace that the port's file sets (30 seconds), and only
/// while nothing else has happened to the entry. The pass is unused again at that stage, and what the decision opened falls
/// away. The log keeps the decision and that it was taken back.
#[utoipa::path(
    post,
    path = "/checkpoint/undo",
    tag = "checkpoint",
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = UndoRequest,
    responses(
        (status = 200, description = "Taken back", body = UndoAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For officers and medical officers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such scan here, or it led to nobody", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `nothing-to-undo`, `not-yours-to-undo`, `undo-too-late`, `moved-on`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Another station than the scan's", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn undo(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let port = machine.port().map_err(|failure| Problem::new(failure, words))?;
    let undone = actions::undo::undo(&web.app, &machine.0, port, &request, once).await;
    send(undone.map_err(|failure| failure.missing("scan")), words)
}
