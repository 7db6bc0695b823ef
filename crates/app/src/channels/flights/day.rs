//! A day's flights, on the port's clock.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use pratique_core::access::Act;
use pratique_core::flight::{Designator, Flight};
use pratique_core::port::Port;
use serde::Deserialize;

use crate::app::App;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::flight;
use crate::page::when::{self, When};
use crate::page::{self, Shell};
use crate::words::Words;

/// More flights than the busiest airport has in a day.
pub const FLIGHTS_MAX: u32 = 2_000;

/// The page.
#[derive(Debug, Template)]
#[template(path = "flights/day.html")]
pub struct DayPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The day: as the field has it, and in words.
    pub day: (String, String),
    /// The flight that was saved a moment ago, in words.
    pub saved: Option<String>,
    /// What is wrong with the day asked for.
    pub problem: Option<String>,
    /// The day before and the day after, as addresses.
    pub before: String,
    /// The day after.
    pub after: String,
    /// The port's zone.
    pub zone: String,
    /// The flights.
    pub flights: Vec<Line>,
    /// Whether this person may make or move flights.
    pub can_move: bool,
}

/// One flight.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its page, for whoever may move it.
    pub address: Option<String>,
    /// Its number.
    pub flight: String,
    /// Where it comes from.
    pub origin: String,
    /// Scheduled, on the port's clock.
    pub scheduled: String,
    /// Actual, on the port's clock; with its day, where that is another.
    pub actual: Option<String>,
    /// In words.
    pub category: String,
    /// In words.
    pub status: String,
    /// How many declared.
    pub declared: u64,
    /// The page of its people, for whoever may see who declared.
    pub people: Option<String>,
}

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    saved: Option<String>,
}

/// `GET /flights?date=2026-11-24`.
pub async fn show(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::SeeFlights)?;
    let (app, port, words) = (console.app(), console.port()?, console.words);
    let saved = asked.saved.and_then(|flight| flight.parse::<Designator>().ok());
    let saved = saved.map(|flight| words.with("flight-saved", &[("flight", &flight.to_string())]));
    let asked = asked.date.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let read = asked.as_deref().map(str::parse::<Date>);
    let problem = matches!(read, Some(Err(_))).then(|| words.error("not-a-date", &Default::default()));
    let date = read.and_then(Result::ok).unwrap_or_else(|| local_date(port, app.now()));
    let flights = lines(&console, port, date).await.map_err(|failure| console.trouble(failure))?;
    let beside = |days: i32| format!("/flights?date={}", date.saturating_add(days.days()));
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = DayPage {
        shell: console.shell().keeping(format!("date={date}")),
        frame: console.frame(),
        day: (asked.unwrap_or_else(|| date.to_string()), when::day(words, date)),
        saved,
        problem,
        before: beside(-1),
        after: beside(1),
        zone: When::of(words, app.now(), &port.zone()).zone,
        flights,
        can_move: console.may(Act::MoveFlight).is_ok(),
    };
    Ok(page::shown(status, &page))
}

async fn lines(console: &Console, port: &Port, date: Date) -> Result<Vec<Line>, Failure> {
    let app: &App = console.app();
    let (flights, _) =
        flight::scheduled(app, &console.caller(), &port.code, span(port, date)?, None, FLIGHTS_MAX).await?;
    let declared = flight::declared(app, &flights).await?;
    Ok(flights.iter().zip(declared).map(|(flight, declared)| line(console, port, flight, declared)).collect())
}

/// From midnight to midnight on the port's clock: 23 or 25 hours where it changes.
///
/// # Errors
/// A date that the zone cannot place.
pub fn span(port: &Port, date: Date) -> Result<std::ops::Range<Timestamp>, Failure> {
    let midnight = |date: Date| date.at(0, 0, 0, 0).to_zoned_datetime(port.zone());
    let start = |date: Date| midnight(date).map(|z| z.timestamp()).map_err(|_| Failure::NotFound);
    Ok(start(date)?..start(date.saturating_add(1.day()))?)
}

fn line(console: &Console, port: &Port, flight: &Flight, declared: u64) -> Line {
    let words = console.words;
    let may = console.caller().may_for(Act::MoveFlight, &port.code, flight.id.designator.carrier()).is_ok();
    let sees = console.caller().may_for(Act::SeeReadiness, &port.code, flight.id.designator.carrier()).is_ok();
    Line {
        address: may.then(|| format!("/flights/{}", flight.id)),
        flight: flight.id.designator.to_string(),
        origin: flight.origin.clone(),
        scheduled: clock(words, port, flight.scheduled_arrival, flight),
        actual: flight.actual_arrival.map(|at| clock(words, port, at, flight)),
        category: words.t(&format!("category-{}", flight.category.name())),
        status: words.t(&format!("flight-{}", flight.status.name())),
        declared,
        people: sees.then(|| format!("/flights/{}/people", flight.id)),
    }
}

/// `14:05`; with the day, where it is not the day of the schedule.
fn clock(words: Words, port: &Port, at: Timestamp, flight: &Flight) -> String {
    let of = |at: Timestamp| at.to_zoned_datetime(port.zone());
    let time = of(at).strftime("%H:%M").to_string();
    match of(at).date() == of(flight.scheduled_arrival).date() {
        true => time,
        false => words.with("date-and-time", &[("date", &when::day(words, of(at).date())), ("time", &time)]),
    }
}
