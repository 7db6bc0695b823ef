//! Where this browser stands: chosen once, kept in a cookie. What was decided where is what the records are for.

use askama::Template;
use axum::Form;
use axum::http::{StatusCode, header};
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::port::{Port, Station, StationKind};
use serde::Deserialize;

use crate::channels::staff::{Console, Frame};
use crate::channels::web::cookie::{self, Name};
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "checkpoint/station.html")]
pub struct ChoosePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Where the form goes.
    pub action: &'static str,
    /// The stations: code, and what it is.
    pub stations: Vec<(String, String)>,
    /// What is wrong.
    pub problem: Option<String>,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    station: String,
}

/// Lanes and desks: where an officer decides.
fn is_manned(station: &Station) -> bool {
    matches!(station.kind, StationKind::Lane | StationKind::Desk)
}

/// The station chosen, if it is (still) one of this port. Whoever stands at a lane is locked out soon after they left it.
#[must_use]
pub fn chosen<'a>(console: &Console, port: &'a Port) -> Option<&'a Station> {
    let station = port.station(&console.station_cookie()?).filter(|station| is_manned(station))?;
    if station.kind == StationKind::Lane {
        console.web.roll.stands_at_gate(&console.signed.secret);
    }
    Some(station)
}

fn choose_page(console: &Console, port: &Port, problem: Option<String>) -> Response {
    let words = console.words;
    let about = |s: &Station| match s.kind {
        StationKind::Desk => words.t("station-desk"),
        _ => words.t("station-lane"),
    };
    let stations = port.stations.iter().filter(|s| is_manned(s)).map(|s| (s.code.clone(), about(s))).collect();
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page::shown(
        status,
        &ChoosePage {
            shell: console.shell(),
            frame: console.frame(),
            action: "/checkpoint/station",
            stations,
            problem,
        },
    )
}

/// `GET /checkpoint/station`.
pub async fn choose(console: Console) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    Ok(choose_page(&console, console.port()?, None))
}

/// `POST /checkpoint/station`.
pub async fn take(console: Console, Form(form): Form<Chosen>) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    console.own_form(&form.csrf)?;
    let port = console.port()?;
    let Some(station) = port.station(&form.station).filter(|s| is_manned(s)) else {
        let problem = console.words.error("not-a-station", &Default::default());
        return Ok(choose_page(&console, port, Some(problem)));
    };
    let mut response = page::see("/checkpoint");
    let cookie = cookie::set(console.app(), Name::Station, &station.code, Some(365 * 24 * 3600));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
