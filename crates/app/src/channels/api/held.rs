//! What is held about a traveller, and what they ask for beyond it, through a program: with the same proof as their declaration.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;

use super::answer::{Answer, send, show};
use super::declarations::{Own, admit};
use super::schema::{Asked, CorrectionRequest, Held, Problem as ProblemSchema};
use crate::actions::ask_correction;
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::traveller::WHY_HELD;
use crate::channels::web::pace::Deed;
use crate::channels::web::{Body, Language, Named, OnceKey, Problem, Visitor};
use crate::failure::Failure;
use crate::lookups::held;

/// Everything that is held about oneself
///
/// What was declared and changed, what was found and done, the airline's entry, until when it is kept, and who looked: by role
/// and organisation. That somebody asked for it is recorded too.
#[utoipa::path(
    get,
    path = "/declarations/{code}/held",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
    ),
    responses(
        (status = 200, description = "All of it", body = Held),
        (status = 404, description = "No such declaration, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Named(code): Named,
    visitor: Visitor,
    headers: HeaderMap,
) -> Answer {
    admit(&web, Deed::Prove, &visitor, words)?;
    let own = Own::of(code, &headers);
    let shown = async {
        let app = &web.app;
        let opened = own.looked(app, WHY_HELD).await?;
        Ok(held::view(app, &opened, &held::of(app, &opened).await?))
    };
    show(shown.await.map_err(|failure: Failure| failure.missing("declaration")), words)
}

#[derive(Deserialize)]
struct Wish {
    #[serde(default)]
    text: String,
}

/// Ask for what an amendment cannot change
///
/// A record put right, or oneself erased, in one's own words. A doctor owes an answer by `due`; three wishes may wait at a time.
#[utoipa::path(
    post,
    path = "/declarations/{code}/corrections",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = CorrectionRequest,
    responses(
        (status = 201, description = "It is on somebody's list", body = Asked),
        (status = 404, description = "No such declaration, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Three wait already, or the key was used for another body", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No words, or too many", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn ask(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Named(code): Named,
    visitor: Visitor,
    headers: HeaderMap,
    key: OnceKey,
    body: Body,
) -> Answer {
    admit(&web, Deed::Prove, &visitor, words)?;
    let own = Own::of(code, &headers);
    let wish: Wish = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = own.once(&web, &key, &body.bytes);
    let done = ask_correction::ask(&web.app, &Caller::Traveller, &own.right(), &wish.text, once).await;
    send(done.map_err(|failure| failure.missing("declaration")), words)
}
