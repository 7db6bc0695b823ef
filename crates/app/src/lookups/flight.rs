//! Flights: one, and the day's.

use std::collections::HashMap;

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::flight::{Flight, FlightId};
use pratique_store::{Cursor, Order};

use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;

/// Four days at the busiest airports.
const TIMETABLE_MAX: u32 = 1000;

/// A flight with the version of its row.
///
/// # Errors
/// The store's.
pub async fn read(app: &App, id: &FlightId) -> Result<Option<(Flight, i64)>, Failure> {
    match app.store.row(ledger::flight_row(id)).await? {
        None => Ok(None),
        Some(row) => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
    }
}

/// Several flights, those that there are, with the versions of their rows.
///
/// # Errors
/// The store's.
pub async fn read_many(app: &App, ids: &[FlightId]) -> Result<HashMap<FlightId, (Flight, i64)>, Failure> {
    let rows: Vec<_> = ids.iter().map(ledger::flight_row).collect();
    let found = app.store.rows(&rows).await?.into_iter().flatten();
    found
        .map(|row| {
            let flight: Flight = serde_json::from_str(&row.state)?;
            Ok((flight.id.clone(), (flight, row.version)))
        })
        .collect()
}

/// Flights of a port whose scheduled arrival lies in a span, earliest first; a page and where the next one starts. Those that
/// the caller may not see are left out: how many have declared for another airline's flight is none of its business.
///
/// # Errors
/// The store's.
pub async fn scheduled(
    app: &App,
    who: &Caller,
    port: &str,
    span: std::ops::Range<Timestamp>,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Flight>, Option<Cursor>), Failure> {
    let range = span.start.as_millisecond()..span.end.as_millisecond();
    let listed = app.store.entries(&ledger::flights(port), range, after, limit, Order::Ascending).await?;
    let ids: Vec<_> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?;
    let flights = rows.into_iter().flatten().map(|row| Ok(serde_json::from_str::<Flight>(&row.state)?));
    let next = if listed.len() == limit as usize { listed.last().copied() } else { None };
    let mut flights = flights.collect::<Result<Vec<Flight>, Failure>>()?;
    flights.retain(|f| who.may_for(Act::SeeFlights, port, f.id.designator.carrier()).is_ok());
    Ok((flights, next))
}

/// The port's timetable as everybody may read it on the airport's own boards, earliest first: at most a thousand flights.
///
/// # Errors
/// The store's.
pub async fn timetable(app: &App, port: &str, span: std::ops::Range<Timestamp>) -> Result<Vec<Flight>, Failure> {
    let range = span.start.as_millisecond()..span.end.as_millisecond();
    let listed = app.store.entries(&ledger::flights(port), range, None, TIMETABLE_MAX, Order::Ascending).await?;
    let ids: Vec<_> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?;
    rows.into_iter().flatten().map(|row| Ok(serde_json::from_str(&row.state)?)).collect()
}

/// How many declarations name each of these flights.
///
/// # Errors
/// The store's.
pub async fn declared(app: &App, flights: &[Flight]) -> Result<Vec<u64>, Failure> {
    let lists: Vec<String> = flights.iter().map(|f| ledger::journeys_of(&f.id)).collect();
    let asked: Vec<_> = lists.iter().map(|list| (list.as_str(), i64::MIN..i64::MAX)).collect();
    Ok(app.store.count_many(&asked).await?)
}
