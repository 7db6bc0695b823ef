//! A traveller who came through the mini-program: the token of `POST /api/v1/wechat/session`. Other tokens mean nothing to what
//! travellers do, and are passed over as they always were.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::caller::bearer;
use super::{Language, Problem};
use crate::channels::Web;
use crate::wechat::{self, Session};

/// The session of a request, if it carries one.
#[derive(Debug)]
pub struct WechatSession(pub Option<Session>);

impl FromRequestParts<Arc<Web>> for WechatSession {
    type Rejection = Problem;

    /// A session that is over is refused, not passed over: the mini-program signs in again and sends the same.
    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        match bearer(&parts.headers).filter(|token| wechat::is_token(token)) {
            None => Ok(WechatSession(None)),
            Some(token) => match wechat::open(&web.app, token) {
                Ok(session) => Ok(WechatSession(Some(session))),
                Err(failure) => Err(Problem::new(failure, Language::of(parts).0)),
            },
        }
    }
}
