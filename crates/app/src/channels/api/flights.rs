//! The schedule: flights are made and moved one by one or by the file, and listed.

use std::sync::Arc;

use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::flight::{Flight, FlightForm, FlightId};
use pratique_core::port::Port;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, send, show};
use super::schema::{
    Flight as FlightSchema, FlightPage, FlightRequest, FlightView, Imported, Problem as ProblemSchema,
};
use crate::actions;
use crate::channels::Web;
use crate::channels::web::body::not_text;
use crate::channels::web::{Asked, Body, Csv, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups;
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};

/// The members of a flight as handed in; all of them are text.
const FIELDS: [&str; 5] = ["origin", "scheduled_arrival", "actual_arrival", "category", "status"];

/// Hours around now that a list shows if nobody says which.
const SHOWN_BEFORE_H: i64 = 12;
const SHOWN_AFTER_H: i64 = 36;

/// Which flights.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    port: Option<String>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    after: Option<String>,
}

/// Which port's schedule a file is.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    port: Option<String>,
}

/// Make or move a flight
///
/// The id's date is the scheduled arrival's at the port, and stays in the name when the flight moves. Whatever hangs on its
/// times follows: from when on declarations count, until when passes are good. An early flight helps, a delay never
/// invalidates.
#[utoipa::path(
    put,
    path = "/flights/{id}",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("id" = String, Path, description = "Flight, date of the scheduled arrival, port", example = "CA938-2026-11-24-CNPEK"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = FlightRequest,
    responses(
        (status = 200, description = "Moved, or as it was", body = FlightSchema),
        (status = 201, description = "Made", body = FlightSchema),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For supervisors, planners and the airline itself", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Fields that cannot be taken", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn put(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let id = parse(&id)?;
        let mut body = body;
        let mut faults = not_text(&mut body.value, &FIELDS);
        let form: FlightForm = body.read()?;
        if !faults.is_empty() {
            machine.0.may_for(Act::MoveFlight, &id.port, id.designator.carrier())?;
            let zone = web.app.house.port(&id.port).map(Port::zone).ok_or(Failure::Missing("port"))?;
            let more = form.check(id.clone(), &zone, true, web.app.now()).err().unwrap_or_default();
            let is_new = |f: &FieldError| !faults.iter().any(|known| known.pointer == f.pointer);
            let more: Vec<FieldError> = more.into_iter().filter(is_new).collect();
            faults.extend(more);
            return Err(Failure::Invalid(faults));
        }
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        actions::move_flight::move_flight(&web.app, &machine.0, &id, &form, once).await
    };
    send(reply.await, words)
}

/// One flight
#[utoipa::path(
    get,
    path = "/flights/{id}",
    tag = "flights",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "The flight's id", example = "CA938-2026-11-24-CNPEK")),
    responses(
        (status = 200, description = "The flight, the times that it sets, and how many declared for it", body = FlightView),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, not this port, or another airline's", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "Not on the schedule", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(id): Named,
) -> Answer {
    let found = async {
        let id = parse(&id)?;
        machine.0.may_for(Act::SeeFlights, &id.port, id.designator.carrier())?;
        let (flight, _) = lookups::flight::read(&web.app, &id).await?.ok_or(Failure::Missing("flight"))?;
        let flights = [flight];
        let declared = lookups::flight::declared(&web.app, &flights).await?;
        Ok(view(&flights[0], declared.first().copied().unwrap_or_default()))
    };
    show(found.await, words)
}

/// Flights of a port
///
/// By scheduled arrival, earliest first; an airline gets its own. A page may be short while `next` is there: go on until it is
/// not.
#[utoipa::path(
    get,
    path = "/flights",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out"),
        ("from" = Option<String>, Query, format = DateTime, description = "Scheduled at or after; 12 hours ago if left out"),
        ("to" = Option<String>, Query, format = DateTime, description = "Scheduled before; in 36 hours if left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = FlightPage),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Not a time, or not a cursor of ours", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(which): Asked<Which>,
) -> Answer {
    let page = async {
        let app = &web.app;
        let named = which.port.map(|port| port.trim().to_ascii_uppercase());
        let port = named.as_deref().map_or_else(|| machine.port(), Ok)?;
        machine.0.may(Act::SeeFlights, port)?;
        let now = app.now();
        let from = which.from.unwrap_or(now - SignedDuration::from_hours(SHOWN_BEFORE_H));
        let to = which.to.unwrap_or(now + SignedDuration::from_hours(SHOWN_AFTER_H));
        let after = which.after.as_deref().map(read_cursor).transpose()?;
        let (flights, next) = lookups::flight::scheduled(app, &machine.0, port, from..to, after, PAGE_MAX).await?;
        let declared = lookups::flight::declared(app, &flights).await?;
        let shown: Vec<_> = flights.iter().zip(declared).map(|(flight, n)| view(flight, n)).collect();
        Ok(json!({ "flights": shown, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// Import a schedule
///
/// CSV with a header line. Columns `flight`, `origin`, `scheduled_arrival`, `category`, and if you have them `date`,
/// `actual_arrival`, `status`; others are left aside. Times are RFC 3339, or local to the port without a zone. Every line is
/// checked, the good ones are taken, the others told by line and field. The same file again changes nothing.
#[utoipa::path(
    post,
    path = "/flights/schedule",
    tag = "flights",
    security(("bearer" = [])),
    params(
        ("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body(content = String, content_type = "text/csv", description = "At most 5 MiB", example = "flight,origin,scheduled_arrival,actual_arrival,category\nCA938,LHR,2026-11-24T14:00,,international\n"),
    responses(
        (status = 200, description = "What became of the lines", body = Imported),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "For supervisors, planners and airlines", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 413, description = "More than 5 MiB", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 415, description = "Not CSV by its content type", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No schedule at all: a column is missing", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn import(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(at): Asked<At>,
    key: OnceKey,
    Csv(file): Csv,
) -> Answer {
    let named = at.port.map(|port| port.trim().to_ascii_uppercase());
    let port = named.as_deref().map_or_else(|| machine.port(), Ok).map_err(|f| Problem::new(f, words))?;
    // The port is in the query, which the key's route leaves out.
    let once = key.once(&web.app, &format!("{} at {port}", machine.0.name()), &file);
    let imported = actions::import_schedule::import_schedule(&web.app, &machine.0, port, &file, words, once);
    send(imported.await, words)
}

fn parse(id: &str) -> Result<FlightId, Failure> {
    id.to_ascii_uppercase().parse().map_err(|_| Failure::field("/id", "not-a-flight-id"))
}

fn view(flight: &Flight, declared: u64) -> Value {
    let window = flight.window();
    json!({
        "id": flight.id,
        "origin": flight.origin,
        "scheduled_arrival": flight.scheduled_arrival,
        "actual_arrival": flight.actual_arrival,
        "category": flight.category,
        "status": flight.status,
        "counts_from": window.counts_from,
        "valid_until": window.valid_until,
        "declared": declared,
    })
}
