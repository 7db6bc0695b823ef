//! At which booth this browser stands.

use axum::Form;
use axum::http::{StatusCode, header};
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::port::{Port, Station, StationKind};
use serde::Deserialize;

use crate::channels::checkpoint::station::ChoosePage;
use crate::channels::staff::Console;
use crate::channels::web::cookie::{self, Name};
use crate::page;

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    station: String,
}

fn is_booth(station: &Station) -> bool {
    station.kind == StationKind::Booth
}

/// The booth chosen, if it is (still) one of this port.
#[must_use]
pub fn chosen<'a>(console: &Console, port: &'a Port) -> Option<&'a Station> {
    port.station(&console.station_cookie()?).filter(|station| is_booth(station))
}

fn choose_page(console: &Console, port: &Port, problem: Option<String>) -> Response {
    let about = console.words.t("station-booth");
    let stations = port.stations.iter().filter(|s| is_booth(s)).map(|s| (s.code.clone(), about.clone())).collect();
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (shell, frame) = (console.shell(), console.frame());
    page::shown(status, &ChoosePage { shell, frame, action: "/booth/station", stations, problem })
}

/// `GET /booth/station`.
pub async fn choose(console: Console) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    Ok(choose_page(&console, console.port()?, None))
}

/// `POST /booth/station`.
pub async fn take(console: Console, Form(form): Form<Chosen>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    console.own_form(&form.csrf)?;
    let port = console.port()?;
    let Some(station) = port.station(&form.station).filter(|s| is_booth(s)) else {
        let problem = console.words.error("not-a-station", &Default::default());
        return Ok(choose_page(&console, port, Some(problem)));
    };
    let mut response = page::see("/booth");
    let cookie = cookie::set(console.app(), Name::Station, &station.code, Some(365 * 24 * 3600));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
