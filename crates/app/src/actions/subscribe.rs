//! A department subscribes to what happens with the people whom it was given, and ends that.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_store::{Change, Entry, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::subscription::{self, EACH_MAX, Subscription, Target};
use crate::once::{self, Once, Reply, Sealer};
use crate::webhook::{key_of, new_secret, target};

/// A subscription as a department sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubscribeRequest {
    /// Where to.
    pub url: String,
    /// The secret, `whsec_…`; a new one is made, if it is left out.
    pub secret: Option<String>,
}

/// A subscription as it was made: the secret is shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscribed {
    /// Its id.
    pub id: Id,
    /// Where to.
    pub url: String,
    /// The secret.
    pub secret: String,
}

/// Subscribes.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::Invalid`] for an address that is not reached, or one too many.
pub async fn subscribe(
    app: &App,
    who: &Caller,
    port: &str,
    request: &SubscribeRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::SeeInbox, port)?;
    let department = who.department()?.to_owned();
    let Some(url) = target::allowed(&request.url, &app.config.webhook_hosts) else {
        return Err(Failure::field("/url", "not-a-webhook-url"));
    };
    if request.secret.as_deref().is_some_and(|secret| key_of(secret).is_none()) {
        return Err(Failure::field("/secret", "not-a-webhook-secret"));
    }
    let secret = request.secret.clone().unwrap_or_else(|| new_secret(&app.rng));
    let (wanted, department) = (&Target { url: url.to_string(), secret }, department.as_str());
    app.settle(once, || async move {
        if subscription::of(app, port, department).await?.len() >= EACH_MAX {
            let fault = FieldError::new("/url", "too-many-subscriptions").with("max", EACH_MAX);
            return Err(Failure::Invalid(vec![fault]));
        }
        let now = app.now();
        let id = app.rng.id(now);
        let state = Subscription {
            port: port.to_owned(),
            department: department.to_owned(),
            by: who.name(),
            at: now,
            ended_at: None,
            sealed: wanted.sealed(app, id)?,
        };
        let answer = Subscribed { id, url: wanted.url.clone(), secret: wanted.secret.clone() };
        let reply = Reply::new(201, &answer)?;
        let change = Change {
            label: "subscribe",
            rows: vec![RowWrite { kind: ledger::SUBSCRIPTION, id, expected: 0, state: serde_json::to_string(&state)? }],
            put: vec![Entry { list: ledger::subscriptions(port, department), sort: now.as_millisecond(), id }],
            audit: vec![audit(who, "subscribe", Some(id), &format!("{{\"department\":\"{department}\"}}"), now)],
            answer: once::stored(app, once, &reply, &Sealer::Server, now)?,
            ..Change::default()
        };
        Ok(Prepared { change, reply })
    })
    .await
}

/// Ends a subscription of the caller's department; one that has ended stays ended.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::NotFound`], also for another department's.
pub async fn unsubscribe(app: &App, who: &Caller, port: &str, id: Id, once: Option<Once>) -> Result<Reply, Failure> {
    who.may(Act::SeeInbox, port)?;
    let department = who.department()?.to_owned();
    let department = department.as_str();
    app.settle(once, || async move {
        let found = subscription::read(app, id).await?;
        let own = found.filter(|(s, _)| s.port == port && s.department == department).ok_or(Failure::NotFound)?;
        end(app, who, id, own, once)
    })
    .await
}

/// Ends a subscription whose receiver says that it is gone.
///
/// # Errors
/// The store's.
pub async fn gone(app: &App, id: Id) -> Result<(), Failure> {
    let ended = app.settle(None, || async move {
        let found = subscription::read(app, id).await?.ok_or(Failure::NotFound)?;
        end(app, &Caller::System("deliver"), id, found, None)
    });
    ended.await.map(drop)
}

fn end(
    app: &App,
    who: &Caller,
    id: Id,
    (mut state, version): (Subscription, i64),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let mut change = Change { label: "unsubscribe", ..Change::default() };
    if state.ended_at.is_none() {
        state.ended_at = Some(now);
        let sort = state.at.as_millisecond();
        change.remove.push(Entry { list: ledger::subscriptions(&state.port, &state.department), sort, id });
        let state = serde_json::to_string(&state)?;
        change.rows.push(RowWrite { kind: ledger::SUBSCRIPTION, id, expected: version, state });
    }
    change.audit.push(audit(who, "unsubscribe", Some(id), "{}", now));
    let reply = Reply::new(200, &Ended { id, ended_at: state.ended_at })?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// What ending answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The subscription.
    pub id: Id,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}
