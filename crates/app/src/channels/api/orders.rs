//! Orders: isolation, observation, closed rest. A pack may propose one; a named medical officer gives it, and it is in force once
//! the person was told.

use std::sync::Arc;

use axum::extract::State;

use super::answer::{Answer, send, show};
use super::schema::{
    ChangeOrderRequest, EndOrderRequest, GiveOrderRequest, OrderAnswer, OrderList, Problem as ProblemSchema,
    ServeOrderRequest,
};
use crate::actions::{change_order, end_order, give_order, serve_order};
use crate::channels::Web;
use crate::channels::web::{Body, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups::{journey, order};
use pratique_core::access::Act;

/// Give an order
///
/// It ends the examination, and the entry with the measure; the person is to be told within the port's time. `days` are counted
/// from tomorrow; the last day ends at 23:59 on the port's clock.
#[utoipa::path(
    post,
    path = "/orders",
    tag = "orders",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = GiveOrderRequest,
    responses(
        (status = 201, description = "Given; not yet in force", body = OrderAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `order-in-force`, `ends-before-it-begins`, `already-closed`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn give(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(give_order::give(&web.app, &machine.0, &request, once).await, words)
}

/// Tell the person of an order
///
/// From now on it is in force.
#[utoipa::path(
    post,
    path = "/orders/{id}/serve",
    tag = "orders",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The order's id: the journey, a full stop, the order's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ServeOrderRequest,
    responses(
        (status = 200, description = "In force", body = OrderAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `order-elsewhere`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn serve(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(serve_order::serve(&web.app, &machine.0, &id, &request, once).await, words)
}

/// Let an order end at another time
///
/// Longer or shorter; the person keeps what they were told in their language, with the new end.
#[utoipa::path(
    post,
    path = "/orders/{id}/change",
    tag = "orders",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The order's id: the journey, a full stop, the order's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = ChangeOrderRequest,
    responses(
        (status = 200, description = "Changed", body = OrderAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `order-elsewhere`, `ends-before-it-begins`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn change(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(change_order::change(&web.app, &machine.0, &id, &request, once).await, words)
}

/// End an order
///
/// `completed` once its time is over, `lifted` before, `annulled` where it should not have been given.
#[utoipa::path(
    post,
    path = "/orders/{id}/end",
    tag = "orders",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The order's id: the journey, a full stop, the order's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = EndOrderRequest,
    responses(
        (status = 200, description = "Ended", body = OrderAnswer),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "Refused; `code` says why: `order-not-over`, `order-elsewhere`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn end(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let request = body.read().map_err(|failure| Problem::new(failure, words))?;
    let once = key.once(&web.app, &machine.0.name(), &body.bytes);
    send(end_order::end(&web.app, &machine.0, &id, &request, once).await, words)
}

/// Orders of a journey, and what the pack would order
///
/// A proposal binds nobody, and is for medical officers alone.
#[utoipa::path(
    get,
    path = "/journeys/{id}/orders",
    tag = "orders",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "The journey"),
    ),
    responses(
        (status = 200, description = "Orders in the order of their numbers; proposals as things stand", body = OrderList),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or nothing of that name", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
) -> Answer {
    let list = async {
        let id = id.parse().map_err(|_| Failure::NotFound)?;
        let loaded = journey::load(&web.app, id).await?;
        let journey = loaded.existing()?;
        machine.0.may(Act::ServeOrder, &journey.port)?;
        order::of(&web.app, &machine.0, id, journey, words.language())
    };
    show(list.await, words)
}
