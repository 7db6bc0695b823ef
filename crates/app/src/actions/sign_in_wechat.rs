//! A traveller signs in by WeChat. They need no account to declare; the session says that a person of WeChat's, and no
//! machine, filled in the form.

use pratique_store::Change;
use serde_json::json;

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{self, Once, Reply, Sealer};

/// Exchanges WeChat's one-time code for a session of ours. A repeat of the same request gets the same session, since WeChat takes
/// a code once only.
///
/// # Errors
/// [`Failure::NotFound`] where this server knows no mini-program; otherwise as
/// [`Wechat::openid`](crate::wechat::Wechat::openid).
pub async fn sign_in(app: &App, code: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let wechat = app.wechat.get().ok_or(Failure::NotFound)?;
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let openid = wechat.openid(code).await?;
    let (token, session) = wechat.session(app, &openid)?;
    let reply = Reply::new(200, &json!({ "token": token, "expires": session.expires }))?;
    app.settle(once, || async {
        let now = app.now();
        // No word of who it was: the audit outlives every session (security.md 2.6).
        let mut change = Change { label: "sign-in-wechat", ..Change::default() };
        change.audit.push(audit(&Caller::Traveller, "sign-in-wechat", None, "", now));
        change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
        Ok(Prepared { change, reply: reply.clone() })
    })
    .await
}
