//! Flights found by typing a part of their number or where they come from: the port's public timetable, and nothing of anybody.

use axum::Json;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use pratique_core::flight::Flight;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::hand::Hand;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::flight::timetable;
use crate::page::when::When;
use crate::words::Words;

/// How far back and ahead proposals go: what landed today, and what one can declare for soon.
const BEFORE_H: i64 = 24;
const AHEAD_H: i64 = 72;
/// As many as a person reads through.
const MOST: usize = 8;
/// No flight's number and no airport's code is longer.
const TYPED_MAX: usize = 12;

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// One flight to choose.
#[derive(Debug, Serialize)]
struct Proposal {
    text: String,
    /// The fields that it fills in.
    fills: Value,
}

/// `GET /declare/flights?q=`: in the hand of somebody who declares, whose draft says for which port.
pub async fn propose(hand: Hand, Query(typed): Query<Typed>) -> Response {
    let wanted: String = typed.q.chars().filter(char::is_ascii_alphanumeric).take(TYPED_MAX).collect();
    let wanted = wanted.to_ascii_uppercase();
    if wanted.len() < 2 {
        return Json(Vec::<Proposal>::new()).into_response();
    }
    if let Err(wait_s) = hand.web.addresses.typed(&hand.web.app, &hand.secret) {
        return Problem::new(Failure::Slow(wait_s), hand.words).into_response();
    }
    let now = hand.web.app.now();
    let span = now - SignedDuration::from_hours(BEFORE_H)..now + SignedDuration::from_hours(AHEAD_H);
    match timetable(&hand.web.app, &hand.port().code, span).await {
        Ok(mut flights) => {
            flights.retain(|flight| fits(flight, &wanted));
            // A number that begins so is meant before one that holds it somewhere.
            flights.sort_by_key(|flight| !flight.id.designator.to_string().starts_with(&wanted));
            let zone = hand.port().zone();
            let proposals: Vec<_> = flights.iter().take(MOST).map(|flight| told(hand.words, flight, &zone)).collect();
            Json(proposals).into_response()
        }
        Err(failure) => Problem::new(failure, hand.words).into_response(),
    }
}

fn fits(flight: &Flight, wanted: &str) -> bool {
    flight.id.designator.to_string().contains(wanted) || flight.origin.starts_with(wanted)
}

fn told(words: Words, flight: &Flight, zone: &TimeZone) -> Proposal {
    let (number, date) = (flight.id.designator.to_string(), flight.id.date);
    let when = When::of(words, flight.scheduled_arrival, zone);
    let figures = [("flight", number.as_str()), ("origin", &flight.origin), ("at", &when.local), ("zone", &when.zone)];
    Proposal {
        text: words.with("flight-proposal", &figures),
        fills: json!({"/trip/flight": number, "/trip/date": date.to_string()}),
    }
}
