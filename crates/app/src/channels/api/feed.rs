//! What departments hear: the feed, which they read, and subscriptions, by which they are told.

use std::sync::Arc;

use axum::extract::State;
use pratique_core::access::Act;
use pratique_core::department::Department;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, send, show};
use super::schema::{
    FeedPage, Problem as ProblemSchema, SubscribeRequest, Subscribed, SubscriptionEnded, SubscriptionList,
};
use crate::actions::subscribe;
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};
use crate::lookups::subscription::Target;
use crate::lookups::{feed, subscription};

/// Where in the feed.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    after: Option<String>,
}

/// The caller's port and department.
fn own<'a>(web: &'a Web, machine: &'a Machine) -> Result<(&'a str, &'a Department), Failure> {
    let port = machine.port()?;
    machine.0.may(Act::SeeInbox, port)?;
    let department = web.app.house.port(port).and_then(|p| p.department(machine.0.department().ok()?));
    Ok((port, department.ok_or(Failure::Denied(pratique_core::access::Denied::Role))?))
}

/// What happened with the people whom the department was given
///
/// Oldest first, ids and codes alone: `handover.offered`, `.accepted`, `.declined`, `.answered`, `.withdrawn`,
/// `result.released`, `result.amended`, `order.served`, `order.ended`; of results and orders what the purpose needs. Ask again
/// with `next` until a page is empty, and from there later. Each event comes at least once; drop repeats by `id`. The feed runs
/// a quarter of a minute behind, so that nothing can come in before the cursor.
#[utoipa::path(
    get,
    path = "/feed",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("after" = Option<String>, Query, description = "`next` of the page before; from the beginning if left out"),
    ),
    responses(
        (status = 200, description = "A page", body = FeedPage),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Not a cursor of ours", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn feed(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(which): Asked<Which>,
) -> Answer {
    let page = async {
        let (port, department) = own(&web, &machine)?;
        let after = which.after.as_deref().map(read_cursor).transpose()?;
        let (events, next) = feed::after(&web.app, port, department, after, PAGE_MAX).await?;
        Ok(json!({ "events": events, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// Subscribe to the feed
///
/// Each event is sent to the address as it happens, signed as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`,
/// `webhook-signature`), and tried again for a day and a half until the receiver answers 2xx within five seconds; 410 ends the
/// subscription. No redirect is followed. The address must be public and `https`, or a host that this server was told of.
#[utoipa::path(
    post,
    path = "/subscriptions",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = SubscribeRequest,
    responses(
        (status = 201, description = "Subscribed. The secret is shown this once", body = Subscribed),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "An address that is not reached, not a secret, or one subscription too many", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn subscribe(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let subscribed = async {
        let (port, _) = own(&web, &machine)?;
        subscribe::subscribe(&web.app, &machine.0, port, &request, once).await
    };
    send(subscribed.await, words)
}

/// The department's subscriptions
#[utoipa::path(
    get,
    path = "/subscriptions",
    tag = "departments",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "All of them", body = SubscriptionList),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn subscriptions(State(web): State<Arc<Web>>, Language(words): Language, machine: Machine) -> Answer {
    let all = async {
        let (port, department) = own(&web, &machine)?;
        let mut shown = Vec::new();
        for (id, found) in subscription::of(&web.app, port, &department.code).await? {
            let url = Target::of(&web.app, id, &found)?.url;
            shown.push(json!({ "id": id, "url": url, "by": found.by, "at": found.at }));
        }
        Ok(json!({ "subscriptions": shown }))
    };
    show(all.await, words)
}

/// End a subscription
#[utoipa::path(
    delete,
    path = "/subscriptions/{id}",
    tag = "departments",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The subscription's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    responses(
        (status = 200, description = "Ended", body = SubscriptionEnded),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not a department", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such subscription, or another department's", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn unsubscribe(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    let ended = async {
        let (port, _) = own(&web, &machine)?;
        let id = id.parse().map_err(|_| Failure::NotFound)?;
        subscribe::unsubscribe(&web.app, &machine.0, port, id, once).await
    };
    send(ended.await, words)
}
