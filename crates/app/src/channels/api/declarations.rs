//! A traveller's own declaration, through a program: made, read, amended, confirmed, withdrawn. Travellers have no account; the
//! document number proves that a declaration is theirs.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use pratique_core::declaration::Channel;
use serde::Deserialize;
use serde_json::Value;

use super::answer::{Answer, send, show};
use super::schema::{ConfirmRequest, Declaration, DeclarationRequest, Declared, Problem as ProblemSchema};
use crate::actions;
use crate::actions::amend::Right;
use crate::actions::sender::Sender;
use crate::app::App;
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::web::pace::Deed;
use crate::channels::web::{Body, Language, Machine, Named, OnceKey, Problem, Visitor, WechatSession};
use crate::failure::Failure;
use crate::lookups;
use crate::lookups::declaration::Opened;
use crate::once::Once;
use crate::words::Words;

/// The header that proves a declaration to be one's own.
pub(super) const PROOF: &str = "pratique-proof";

/// A code and what proves that it is one's own.
pub(super) struct Own {
    code: String,
    proof: String,
}

impl Own {
    pub(super) fn of(code: String, headers: &HeaderMap) -> Self {
        // Without a proof, or with one that is no text, the answer is the one for a wrong proof.
        let proof = headers.get(PROOF).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        Own { code, proof }
    }

    pub(super) fn right(&self) -> Right {
        Right::Proof { code: self.code.clone(), proof: self.proof.clone() }
    }

    /// Opens it for the person themself; that they looked is on record.
    pub(super) async fn looked<'a>(&self, app: &'a App, why: &str) -> Result<Opened<'a>, Failure> {
        let opened = self.right().open(app).await?;
        actions::look::look(app, &Caller::Traveller, &[opened.id], why).await?;
        Ok(opened)
    }

    /// The proof is part of who asks: a stored answer shows the person, so the key alone must not fetch it.
    pub(super) fn once(&self, web: &Web, key: &OnceKey, body: &[u8]) -> Option<Once> {
        key.once(&web.app, &format!("traveller {}", self.proof), body)
    }
}

pub(super) fn admit(web: &Web, deed: Deed, visitor: &Visitor, words: Words) -> Result<(), Problem> {
    web.addresses.count(&web.app, deed, visitor).map_err(|refused| Problem::new(refused.into(), words))
}

/// Declare
///
/// Everybody of the party in one request: received whole or not at all. Every fault of every person is told at once, each with
/// a pointer into the body, and nothing is stored then. The same document declared again for the same arrival takes the
/// earlier declaration's place.
///
/// Staff who key in a paper form send their token and `paper`: the declaration then counts as made at the time on the paper.
#[utoipa::path(
    post,
    path = "/declarations",
    tag = "declarations",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = DeclarationRequest,
    responses(
        (status = 201, description = "Received, durably", body = Declared),
        (status = 403, description = "`paper` from somebody who may not key one in", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "The session of the mini-program is over, or `paper` without a token of staff", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 400, description = "Not JSON, or too deep", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "The key was used for another body", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 413, description = "More than 64 KiB", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON by its content type", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn declare(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    WechatSession(session): WechatSession,
    key: OnceKey,
    headers: HeaderMap,
    mut body: Body,
) -> Answer {
    admit(&web, Deed::Declare, &visitor, words)?;
    if body.value.get("paper").is_some_and(|paper| !paper.is_null()) {
        let Machine(who) = Machine::of(&web, &headers).await.map_err(|failure| Problem::new(failure, words))?;
        let once = key.once(&web.app, &who.name(), &body.bytes);
        return send(actions::declare::declare(&web.app, &who, &body.value, once).await, words);
    }
    if session.is_some() {
        through_wechat(&mut body.value).map_err(|failure| Problem::new(failure, words))?;
    }
    // Whoever asks is "traveller" with a session or without: a repeat whose session is over meanwhile is the same request.
    let once = key.once(&web.app, "traveller", &body.bytes);
    let sender = Sender::at(visitor.address.0);
    send(actions::declare::declare_from(&web.app, sender, &body.value, once).await, words)
}

/// A declaration that carries a session of WeChat's came through WeChat.
fn through_wechat(body: &mut Value) -> Result<(), Failure> {
    let Some(fields) = body.as_object_mut() else { return Ok(()) };
    match fields.get("channel") {
        None => drop(fields.insert("channel".to_owned(), Channel::Wechat.name().into())),
        Some(channel) if channel.as_str() == Some(Channel::Wechat.name()) => {}
        Some(_) => return Err(Failure::field("/channel", "not-a-channel")),
    }
    Ok(())
}

/// Read one's own declaration
///
/// An unknown code and a wrong proof get the same answer. That somebody looked is recorded.
#[utoipa::path(
    get,
    path = "/declarations/{code}",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code, in any spelling that people use", example = "7Q2K-9MXT-4BF"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
    ),
    responses(
        (status = 200, description = "The declaration, as it stands now", body = Declaration),
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
        let opened = own.looked(app, "own declaration").await?;
        Ok(lookups::declaration::own_view(app, &opened, app.now()))
    };
    show(shown.await.map_err(|failure: Failure| failure.missing("declaration")), words)
}

/// Amend
///
/// The whole declaration again, without companions, who have codes of their own. Before the first scan it takes the earlier
/// one's place and a new pass is signed; after it, it stands beside it as a correction, and an officer is told.
#[utoipa::path(
    put,
    path = "/declarations/{code}",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = DeclarationRequest,
    responses(
        (status = 200, description = "The declaration with its new pass", body = Declaration),
        (status = 404, description = "No such declaration, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It was withdrawn or replaced, or the key was used for another body", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn amend(
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
    let once = own.once(&web, &key, &body.bytes);
    let done = actions::amend::amend(&web.app, Sender::at(visitor.address.0), &own.right(), &body.value, once).await;
    send(done.map_err(|failure| failure.missing("declaration")), words)
}

/// Withdraw
///
/// As long as nobody has scanned the pass.
#[utoipa::path(
    delete,
    path = "/declarations/{code}",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "The declaration, withdrawn", body = Declaration),
        (status = 404, description = "No such declaration, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "It was shown at a checkpoint already", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Named(code): Named,
    visitor: Visitor,
    headers: HeaderMap,
    key: OnceKey,
) -> Answer {
    admit(&web, Deed::Prove, &visitor, words)?;
    let own = Own::of(code, &headers);
    let once = own.once(&web, &key, b"");
    let done = actions::withdraw::withdraw(&web.app, &Caller::Traveller, &own.right(), once).await;
    send(done.map_err(|failure| failure.missing("declaration")), words)
}

/// Confirm a declaration that was made too early
///
/// Within the 24 hours before arrival: the same answers, judged again, and a new pass. One that counts already stays as it is.
#[utoipa::path(
    post,
    path = "/declarations/{code}/confirm",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = String, Header, description = "The document number; the birth date of somebody without a document"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body(content = Option<ConfirmRequest>, description = "May be left out"),
    responses(
        (status = 200, description = "The declaration; it counts now", body = Declaration),
        (status = 404, description = "No such declaration, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Still too early: `counts_from` says from when on", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn confirm(
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
    let channel = channel(&body).map_err(|failure| Problem::new(failure, words))?;
    let once = own.once(&web, &key, &body.bytes);
    let done = actions::confirm::confirm(&web.app, &Caller::Traveller, &own.right(), channel, once).await;
    send(done.map_err(|failure| failure.missing("declaration")), words)
}

#[derive(Deserialize)]
struct Confirm {
    #[serde(default)]
    channel: Option<String>,
}

fn channel(body: &Body) -> Result<Channel, Failure> {
    let sent: Confirm = body.read()?;
    let Some(name) = sent.channel else { return Ok(Channel::Api) };
    Channel::ALL.into_iter().find(|c| c.name() == name).ok_or_else(|| Failure::field("/channel", "not-a-channel"))
}
