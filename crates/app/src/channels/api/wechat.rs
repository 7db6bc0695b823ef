//! The mini-program's sign-in.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;

use super::answer::{Answer, send};
use super::declarations::admit;
use super::schema::{Problem as ProblemSchema, WechatSession as SessionSchema, WechatSignIn};
use crate::actions::sign_in_wechat;
use crate::channels::Web;
use crate::channels::web::pace::Deed;
use crate::channels::web::{Body, Language, OnceKey, Problem, Visitor};
use crate::failure::Failure;

#[derive(Deserialize)]
struct SignIn {
    #[serde(default)]
    code: Option<String>,
}

/// Sign in by WeChat
///
/// For the mini-program: the one-time code of `wx.login` against a token of ours, which a declaration then carries as
/// `Authorization: Bearer TOKEN`. A declaration needs no session; one that carries one is made through `wechat`. WeChat's own
/// name for the person is not kept.
#[utoipa::path(
    post,
    path = "/wechat/session",
    tag = "declarations",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours")),
    request_body = WechatSignIn,
    responses(
        (status = 200, description = "A session", body = SessionSchema),
        (status = 404, description = "This server knows no mini-program", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "The key was used for another body", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No code, or one that WeChat does not take", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or WeChat asks for a pause; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 503, description = "WeChat does not answer", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn session(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    key: OnceKey,
    body: Body,
) -> Answer {
    admit(&web, Deed::SignIn, &visitor, words)?;
    let problem = |failure| Problem::new(failure, words);
    let sent: SignIn = body.read().map_err(problem)?;
    let code = sent.code.ok_or_else(|| problem(Failure::field("/code", "required")))?;
    let once = key.once(&web.app, "traveller", &body.bytes);
    send(sign_in_wechat::sign_in(&web.app, code.trim(), once).await, words)
}
