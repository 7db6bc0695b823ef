//! The orders of which people are still to be told, earliest deadline first; no name stands in it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;

use crate::channels::obligations::list::Line;
use crate::channels::staff::{Console, Frame};
use crate::lookups::desk;
use crate::lookups::obligation::{Owed, name};
use crate::page::when::When;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "orders/list.html")]
pub struct OrdersPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The orders.
    pub lines: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
}

/// `GET /orders`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::ServeOrder)?;
    let (app, words, port) = (console.app(), console.words, console.port()?);
    let owed = desk::to_serve(app, &port.code).await.map_err(|failure| console.trouble(failure))?;
    let now = app.now();
    let line = |o: &Owed| {
        let about = o.obligation.about.unwrap_or_default();
        let order = o.journey.orders.iter().find(|order| order.number == about);
        let kind = order.map(|order| words.t(&format!("measure-{}", order.measure.name())));
        let line = Line::of(words, port, o.journey_id, &o.journey, &o.obligation, now);
        Line { address: format!("/orders/{}", name(o.journey_id, about)), kind: kind.unwrap_or_default(), ..line }
    };
    let lines = owed.iter().map(line).collect();
    let zone = When::of(words, now, &port.zone()).zone;
    Ok(page::shown(StatusCode::OK, &OrdersPage { shell: console.shell(), frame: console.frame(), lines, zone }))
}
