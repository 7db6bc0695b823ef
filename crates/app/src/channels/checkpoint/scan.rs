//! The one form of the lane: something is scanned or typed, the page of its verdict follows.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::code::ShortCode;
use pratique_core::port::{Port, Station};
use serde::Deserialize;

use super::recent::{self, Recent};
use super::scripts::{self, Scripts};
use super::{resolve, station};
use crate::actions;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::page::{self, Shell};
use crate::verdict::{ScanRequest, Scanned};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "checkpoint/scan.html")]
pub struct ScanPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The form.
    pub form: ScanForm,
    /// The last scans here.
    pub recent: Vec<Recent>,
    /// The scripts that add to this page.
    pub scripts: Scripts,
}

/// The form, also below a verdict for the next person.
#[derive(Debug, Template)]
#[template(path = "checkpoint/form.html")]
pub struct ScanForm {
    /// The texts.
    pub words: Words,
    /// Where it goes.
    pub action: &'static str,
    /// The token.
    pub csrf: String,
    /// The scan's own id: sending the form twice scans once.
    pub scan_id: String,
    /// What stands in the big field.
    pub read: String,
    /// What is wrong with it.
    pub read_error: Option<String>,
    /// What stands in the zone's field.
    pub mrz: String,
    /// What is wrong with it.
    pub mrz_error: Option<String>,
}

impl askama::filters::HtmlSafe for ScanForm {}

impl ScanForm {
    /// An empty one.
    #[must_use]
    pub fn empty(console: &Console) -> Self {
        let app = console.app();
        ScanForm {
            words: console.words,
            action: "/checkpoint/scans",
            csrf: console.signed.csrf(&console.web),
            scan_id: app.rng.id(app.now()).to_string(),
            read: String::new(),
            read_error: None,
            mrz: String::new(),
            mrz_error: None,
        }
    }

    /// The same with all that was typed and what is wrong with it.
    fn with(self, sent: &Sent, failure: &Failure) -> Self {
        let Failure::Invalid(faults) = failure else { return self };
        let words = self.words;
        let zone_is_elsewhere = sent.mrz.trim().is_empty();
        let mut form = ScanForm { read: sent.read.clone(), mrz: sent.mrz.clone(), ..self };
        for fault in faults {
            let text = Some(words.error(&fault.code, &fault.params));
            match fault.pointer.as_str() {
                "/mrz" if !zone_is_elsewhere => form.mrz_error = text,
                _ => form.read_error = text,
            }
        }
        form
    }
}

/// What was sent.
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

/// What a page brings along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Brought {
    /// The code of a declaration that was just made on the spot.
    code: String,
}

/// `GET /checkpoint`.
pub async fn show(console: Console, Query(brought): Query<Brought>) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    let port = console.port()?;
    match station::chosen(&console, port) {
        None => Ok(page::see("/checkpoint/station")),
        Some(station) => {
            let code = brought.code.parse::<ShortCode>().map(|code| code.grouped()).unwrap_or_default();
            let form = ScanForm { read: code, ..ScanForm::empty(&console) };
            render(&console, port, station, StatusCode::OK, form).await
        }
    }
}

async fn render(
    console: &Console,
    port: &Port,
    station: &Station,
    status: StatusCode,
    form: ScanForm,
) -> Result<Response, Response> {
    let recent = recent::at(console.app(), console.words, port, station).await.map_err(|f| console.trouble(f))?;
    let scripts = Scripts::of_lane(port);
    let page = ScanPage { shell: console.shell(), frame: console.frame(), form, recent, scripts };
    Ok(scripts::with_camera(page::shown(status, &page)))
}

/// `POST /checkpoint/scans`.
pub async fn take(console: Console, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    console.own_form(&sent.csrf)?;
    let port = console.port()?;
    let Some(station) = station::chosen(&console, port) else { return Ok(page::see("/checkpoint/station")) };
    match scan(&console, port, station, &sent).await {
        Ok(scanned) => Ok(page::see(&format!("/checkpoint/scans/{}", scanned.scan_id))),
        Err(failure @ Failure::Invalid(_)) => {
            let form = ScanForm::empty(&console).with(&sent, &failure);
            render(&console, port, station, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(failure) => Err(console.trouble(failure)),
    }
}

async fn scan(console: &Console, port: &Port, station: &Station, sent: &Sent) -> Result<Scanned, Failure> {
    let app = console.app();
    let request = resolve::request(app, &sent.scan_id, &station.code, &sent.read, &sent.mrz).await?;
    match send(console, port, &request).await {
        // An old form brought back by the browser, with something else typed into it, is another scan.
        Err(Failure::KeyReused) => {
            let scan_id = app.rng.id(app.now()).to_string();
            send(console, port, &ScanRequest { scan_id, ..request }).await
        }
        other => other,
    }
}

async fn send(console: &Console, port: &Port, request: &ScanRequest) -> Result<Scanned, Failure> {
    let language = console.words.language();
    actions::scan::scan(console.app(), &console.caller(), &port.code, request, language, None).await?.read()
}
