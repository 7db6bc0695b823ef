//! Messages leave the outbox: for each department's subscribers, signed, tried again with growing pauses, and given up after a
//! day and a half; the feed has them all the same. What a message says is worked out as it is sent, under the same law as the
//! feed: what a department may not know any more is not sent.

use std::sync::Arc;

use jiff::SignedDuration;
use pratique_core::id::Id;
use pratique_store::{Change, Leased, OutboxRow};
use reqwest::StatusCode;
use tokio::task::JoinSet;

use super::subscribe;
use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::subscription::Target;
use crate::lookups::{feed, subscription};
use crate::webhook::{key_of, signature, target};

/// Counts webhooks by what became of them.
pub const WEBHOOKS: &str = "pratique_webhooks_total";
/// Messages under way at once.
const AT_ONCE: u32 = 20;
/// A message whose worker died is due again after so long; a try takes five seconds at most.
const LEASE_MS: i64 = 60_000;
/// Tries after which a message is given up: a day and a half with the pauses below.
const TRIES_MAX: i64 = 16;
/// Where a subscription's own messages go in the outbox.
const WEBHOOK: &str = "webhook/";

/// Seconds until the next try: 5, 20, 80, … three hours at most.
fn pause_s(tries: i64) -> i64 {
    let doubled = u32::try_from(tries.clamp(1, 8) - 1).unwrap_or_default();
    (5 * 4_i64.pow(doubled)).min(3 * 3600)
}

/// Delivers whatever is due; answers how many messages were taken up.
///
/// # Errors
/// The store's; what was leased is due again when its lease ends.
pub async fn deliver(app: &Arc<App>, client: &reqwest::Client) -> Result<usize, Failure> {
    let mut leased = Vec::new();
    for topic in ["department", "webhook"] {
        leased.extend(app.store.lease(topic, app.now().as_millisecond(), AT_ONCE, LEASE_MS).await?);
    }
    let count = leased.len();
    let mut sending = JoinSet::new();
    for message in leased {
        let (app, client) = (Arc::clone(app), client.clone());
        sending.spawn(async move { one(&app, &client, message).await });
    }
    let mut failed = None;
    while let Some(done) = sending.join_next().await {
        if let Err(failure) = done.map_err(Failure::bug).and_then(|done| done) {
            failed = failed.or(Some(failure));
        }
    }
    failed.map_or(Ok(count), Err)
}

async fn one(app: &App, client: &reqwest::Client, message: Leased) -> Result<(), Failure> {
    match message.topic.strip_prefix(WEBHOOK) {
        Some(subscription) => match subscription.parse::<Id>() {
            Ok(id) => send(app, client, id, &message).await,
            Err(_) => Ok(app.store.delivered(message.id).await?),
        },
        None => spread(app, &message).await,
    }
}

/// A department's message becomes one for each of its subscriptions.
async fn spread(app: &App, message: &Leased) -> Result<(), Failure> {
    let mut parts = message.topic.split('/').skip(1);
    if let (Some(port), Some(department)) = (parts.next(), parts.next()) {
        let subscriptions = subscription::of(app, port, department).await?;
        let now = app.now();
        let row = |(id, _): &(Id, _)| OutboxRow {
            id: app.rng.id(now),
            topic: format!("{WEBHOOK}{id}"),
            at_ms: message.at_ms.min(now.as_millisecond()),
            body: message.body.clone(),
        };
        let outbox: Vec<OutboxRow> = subscriptions.iter().map(row).collect();
        if !outbox.is_empty() {
            let line = audit(&Caller::System("deliver"), "spread", None, &format!("{{\"to\":{}}}", outbox.len()), now);
            app.store.apply(Change { label: "spread", outbox, audit: vec![line], ..Change::default() }).await?;
        }
    }
    // A worker that dies here spreads once more: receivers drop repeats by the message's id, which is the same.
    Ok(app.store.delivered(message.id).await?)
}

async fn send(app: &App, client: &reqwest::Client, id: Id, message: &Leased) -> Result<(), Failure> {
    let Some(request) = request(app, client, id, message).await? else {
        return Ok(app.store.delivered(message.id).await?);
    };
    let answered = request.send().await.map(|answer| answer.status());
    match answered {
        Ok(status) if status.is_success() => {
            metrics::counter!(WEBHOOKS, "outcome" => "delivered").increment(1);
            Ok(app.store.delivered(message.id).await?)
        }
        Ok(StatusCode::GONE) => {
            tracing::info!(subscription = %id, "a receiver is gone: its subscription ends");
            subscribe::gone(app, id).await?;
            Ok(app.store.delivered(message.id).await?)
        }
        _ if message.tries >= TRIES_MAX => {
            metrics::counter!(WEBHOOKS, "outcome" => "given-up").increment(1);
            tracing::warn!(subscription = %id, "a webhook was given up; the department's feed has it");
            Ok(app.store.delivered(message.id).await?)
        }
        // The address may hold a password, and reqwest names it in its errors: only what kind of failure it was is said.
        other => {
            metrics::counter!(WEBHOOKS, "outcome" => "retried").increment(1);
            let status = other.map(|status| status.as_u16()).unwrap_or_default();
            tracing::info!(subscription = %id, status, tries = message.tries, "a webhook is tried again");
            let due = app.now() + SignedDuration::from_secs(pause_s(message.tries));
            Ok(app.store.put_back(message.id, due.as_millisecond()).await?)
        }
    }
}

/// The signed request; none, where the subscription has ended or there is nothing that may be told.
async fn request(
    app: &App,
    client: &reqwest::Client,
    id: Id,
    message: &Leased,
) -> Result<Option<reqwest::RequestBuilder>, Failure> {
    let Some((found, _)) = subscription::read(app, id).await?.filter(|(s, _)| s.ended_at.is_none()) else {
        return Ok(None);
    };
    let port = app.house.port(&found.port);
    let Some(department) = port.and_then(|port| port.department(&found.department)) else { return Ok(None) };
    let Some((journey, seq)) = ledger::pointed(&message.body) else { return Ok(None) };
    let Some(item) = feed::one(app, journey, seq, department).await? else { return Ok(None) };
    let target = Target::of(app, id, &found)?;
    // Whoever runs the server may have taken a host off the list since.
    let Some(url) = target::allowed(&target.url, &app.config.webhook_hosts) else { return Ok(None) };
    let Some(key) = key_of(&target.secret) else { return Ok(None) };
    let (name, body) = (item["id"].as_str().unwrap_or_default().to_owned(), serde_json::to_vec(&item)?);
    let timestamp_s = app.now().as_second();
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .header("webhook-signature", signature(&key, &name, timestamp_s, &body))
        .header("webhook-timestamp", timestamp_s)
        .header("webhook-id", name)
        .body(body);
    Ok(Some(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_after_a_day_and_a_half() {
        assert_eq!([1, 2, 3, 4].map(pause_s), [5, 20, 80, 320]);
        let all_h = (1..TRIES_MAX).map(pause_s).sum::<i64>() / 3600;
        assert!((24..48).contains(&all_h), "{all_h}");
    }
}
