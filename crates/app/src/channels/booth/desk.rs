//! The booth's own page: scan the next person, and hand the tubes taken here to the courier.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::port::{Port, Station};
use serde::Deserialize;

use super::station;
use crate::actions::move_samples::{self, AllMoved, TubesRequest};
use crate::channels::checkpoint::resolve;
use crate::channels::checkpoint::scan::ScanForm;
use crate::channels::staff::refused::refused;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::sample::{self, Which};
use crate::once::Once;
use crate::page::{self, Shell};
use crate::verdict::Scanned;

/// Tubes listed at once.
const LISTED_MAX: u32 = 400;

/// The page.
#[derive(Debug, Template)]
#[template(path = "booth/desk.html")]
pub struct BoothPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The form for the next person.
    pub form: ScanForm,
    /// How many people of the port are to be sampled.
    pub waiting: usize,
    /// Labels of the tubes taken here and not sent yet.
    pub taken: Vec<String>,
    /// The labels in the form.
    pub labels: String,
    /// The parcel in the form.
    pub parcel: String,
    /// Why the parcel did not go.
    pub problem: Option<String>,
    /// What became of each tube of a parcel.
    pub moved: Option<AllMoved>,
    /// The key under which a parcel is sent once.
    pub once: String,
}

/// `GET /booth`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    let port = console.port()?;
    match station::chosen(&console, port) {
        None => Ok(page::see("/booth/station")),
        Some(station) => {
            let page = build(&console, port, station).await.map_err(|f| console.trouble(f))?;
            Ok(page::shown(StatusCode::OK, &page))
        }
    }
}

async fn build(console: &Console, port: &Port, station: &Station) -> Result<BoothPage, Failure> {
    let app = console.app();
    let (ordered, _) = sample::listed(app, &port.code, Which::Custody("ordered"), None, LISTED_MAX).await?;
    let (collected, _) = sample::listed(app, &port.code, Which::Custody("collected"), None, LISTED_MAX).await?;
    let here = |t: &&sample::Tube| t.sample.taken().is_some_and(|taken| taken.station == station.code);
    let taken: Vec<String> = collected.iter().filter(here).map(|t| t.label().to_owned()).collect();
    Ok(BoothPage {
        shell: console.shell(),
        frame: console.frame(),
        form: ScanForm { action: "/booth/scans", ..ScanForm::empty(console) },
        waiting: ordered.len(),
        labels: taken.join("\n"),
        taken,
        parcel: String::new(),
        problem: None,
        moved: None,
        once: app.rng.id(app.now()).to_string(),
    })
}

/// What was scanned.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    scan_id: String,
    #[serde(default)]
    read: String,
    #[serde(default)]
    mrz: String,
}

/// `POST /booth/scans`.
pub async fn scan(console: Console, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    console.own_form(&sent.csrf)?;
    let port = console.port()?;
    let Some(station) = station::chosen(&console, port) else { return Ok(page::see("/booth/station")) };
    match scanned(&console, port, station, &sent).await {
        Ok(scanned) => Ok(page::see(&format!("/booth/scans/{}", scanned.scan_id))),
        Err(Failure::KeyReused) => Ok(page::see("/booth")),
        Err(failure @ Failure::Invalid(_)) => {
            let mut page = build(&console, port, station).await.map_err(|f| console.trouble(f))?;
            page.form.read = sent.read;
            page.form.mrz = sent.mrz;
            page.form.read_error = Some(refused(&console, failure)?);
            Ok(page::shown(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(failure) => Err(console.trouble(failure)),
    }
}

async fn scanned(console: &Console, port: &Port, station: &Station, sent: &Sent) -> Result<Scanned, Failure> {
    let app = console.app();
    let request = resolve::request(app, &sent.scan_id, &station.code, &sent.read, &sent.mrz).await?;
    let language = console.words.language();
    crate::actions::scan::scan(app, &console.caller(), &port.code, &request, language, None).await?.read()
}

/// A parcel.
#[derive(Debug, Default, Deserialize)]
pub struct Parcel {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    labels: String,
    #[serde(default)]
    parcel: String,
    #[serde(default)]
    once: String,
}

/// Labels as scanners leave them in a field: a line each, or with spaces between.
#[must_use]
pub fn labels_of(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `POST /booth/parcels`.
pub async fn send(console: Console, Form(sent): Form<Parcel>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    console.own_form(&sent.csrf)?;
    let port = console.port()?;
    let Some(station) = station::chosen(&console, port) else { return Ok(page::see("/booth/station")) };
    let (app, who) = (console.app(), console.caller());
    let request = TubesRequest { labels: labels_of(&sent.labels), parcel: Some(sent.parcel.clone()) };
    let body = format!("{} {}", sent.labels, sent.parcel);
    let once = Once::of(app, "booth parcel", &who.name(), &sent.once, body.as_bytes());
    let moved = move_samples::send_samples(app, &who, &port.code, (&request, console.words), Some(once)).await;
    let moved = moved.and_then(|reply| reply.read::<AllMoved>());
    let mut page = build(&console, port, station).await.map_err(|f| console.trouble(f))?;
    let status = match moved {
        Ok(moved) => {
            page.moved = Some(moved);
            StatusCode::OK
        }
        Err(failure) => {
            page.problem = Some(refused(&console, failure)?);
            (page.labels, page.parcel) = (sent.labels, sent.parcel);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok(page::shown(status, &page))
}
