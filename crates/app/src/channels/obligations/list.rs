//! The list of what is owed, earliest deadline first.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::obligation::State;
use pratique_core::journey::{Journey, Obligation};
use pratique_core::port::Port;
use serde::Deserialize;

use crate::channels::staff::{Console, Frame};
use crate::lookups::{obligation, page as pages};
use crate::page::{self, Shell, when};
use crate::words::Words;

/// Journeys a page.
const PAGE: u32 = 100;
/// From here on a time is told in hours.
const HOURS_FROM_MIN: i64 = 120;
/// And from here on in days.
const DAYS_FROM_MIN: i64 = 72 * 60;

/// The page.
#[derive(Debug, Template)]
#[template(path = "obligations/list.html")]
pub struct ListPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What is owed.
    pub lines: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
    /// Where the next page is.
    pub next: Option<String>,
}

/// One obligation.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its page.
    pub address: String,
    /// What is owed.
    pub kind: String,
    /// Who owes it: a role, in words.
    pub owner: String,
    /// Since when, on the port's clock.
    pub since: String,
    /// By when, on the port's clock.
    pub due_at: String,
    /// The same in words: how much is left.
    pub due_text: String,
    /// `green`, `amber`, `red`: half of the time gone, all of it gone.
    pub urgency: &'static str,
    /// How far up it was carried, in words; none where it was not.
    pub carried: Option<String>,
    /// The flight.
    pub flight: String,
    /// Who has taken it on.
    pub taken_by: Option<String>,
}

impl Line {
    /// An obligation of a journey in words.
    #[must_use]
    pub fn of(words: Words, port: &Port, id: Id, journey: &Journey, owed: &Obligation, now: Timestamp) -> Self {
        let taken_by = match &owed.state {
            State::Open => None,
            State::Acknowledged { by, .. } | State::Answered { by, .. } => Some(by.clone()),
        };
        Line {
            address: format!("/obligations/{}", obligation::name(id, owed.number)),
            kind: words.t(&format!("obligation-{}", owed.kind.name())),
            owner: words.t(&format!("role-{}", owed.kind.owner().name())),
            since: clock(words, port, owed.opened_at, now),
            due_at: clock(words, port, owed.due, now),
            due_text: due_words(words, owed.due, now),
            urgency: owed.urgency(now).as_str(),
            carried: carried(words, owed.level),
            flight: journey.flight.designator.to_string(),
            taken_by,
        }
    }
}

/// The rung of the ladder in words.
#[must_use]
pub fn carried(words: Words, level: u8) -> Option<String> {
    (level > 0).then(|| words.with("owed-carried", &[("level", &level.to_string())]))
}

/// The time on the port's clock; with its day, where that is another than today.
#[must_use]
pub fn clock(words: Words, port: &Port, at: Timestamp, now: Timestamp) -> String {
    let (at, now) = (at.to_zoned_datetime(port.zone()), now.to_zoned_datetime(port.zone()));
    let time = at.strftime("%H:%M").to_string();
    match at.date() == now.date() {
        true => time,
        false => words.with("date-and-time", &[("date", &when::day(words, at.date())), ("time", &time)]),
    }
}

/// How much time is left, in words: nobody should have to subtract clocks.
#[must_use]
pub fn due_words(words: Words, due: Timestamp, now: Timestamp) -> String {
    let left_min = (due.as_second() - now.as_second()).div_euclid(60);
    let (minutes, hours, days, min) = match left_min {
        late if late < 0 => ("overdue-minutes", "overdue-hours", "overdue-days", -late),
        left => ("due-minutes", "due-hours", "due-days", left),
    };
    match min {
        min if min >= DAYS_FROM_MIN => words.with(days, &[("days", &(min / (24 * 60)).to_string())]),
        min if min >= HOURS_FROM_MIN => words.with(hours, &[("hours", &(min / 60).to_string())]),
        min => words.with(minutes, &[("minutes", &min.to_string())]),
    }
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: Option<String>,
}

/// `GET /obligations`.
pub async fn show(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::SeeObligations)?;
    let (app, port) = (console.app(), console.port()?);
    let after = asked.after.as_deref().and_then(|text| pages::read_cursor(text).ok());
    let found = obligation::open(app, &port.code, after, PAGE).await.map_err(|f| console.trouble(f))?;
    let (owed, next) = found;
    let now = app.now();
    let mut owed: Vec<_> = owed.iter().collect();
    // What was carried up is the supervisor's first business; everybody else goes by the deadline.
    let supervises = console.may(Act::Supervise).is_ok();
    owed.sort_by_key(|o| (Reverse(if supervises { o.obligation.level } else { 0 }), o.obligation.due));
    let line = |o: &&obligation::Owed| Line::of(console.words, port, o.journey_id, &o.journey, &o.obligation, now);
    let page = ListPage {
        shell: console.shell(),
        frame: console.frame(),
        lines: owed.iter().map(line).collect(),
        zone: when::When::of(console.words, now, &port.zone()).zone,
        next: next.map(|c| format!("/obligations?after={}", pages::cursor_text(&c))),
    };
    Ok(page::shown(StatusCode::OK, &page))
}
