//! Forms to be printed: A4, each on pages of its own, with its number and a picture of the number alone.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_formats::qr::Qr;

use super::sheet::{Printed, printed};
use crate::actions::print_forms::COUNT_MAX;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::paper::{self, Sheet};
use crate::page::noticed::{self, NoticePart};
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "paper/sheets.html")]
pub struct SheetsPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The privacy notice that goes with them, on a sheet of its own.
    pub notice: Option<PrintedNotice>,
    /// The forms.
    pub sheets: Vec<PrintedSheet>,
}

/// The notice of a batch of forms: who hands them out shows it, and its version is kept with what is keyed in.
#[derive(Debug, Clone)]
pub struct PrintedNotice {
    /// The texts around it, in the language of the forms.
    pub words: Words,
    /// The port's name.
    pub port: String,
    /// Its version.
    pub version: String,
    /// What it says.
    pub parts: Vec<NoticePart>,
}

/// One form.
#[derive(Debug, Clone)]
pub struct PrintedSheet {
    /// The texts of the form, in its own language.
    pub words: Words,
    /// The port's name.
    pub port: String,
    /// Its number.
    pub serial: String,
    /// The picture of its number.
    pub picture: String,
    /// The version of the questions.
    pub form: String,
    /// What stands on it.
    pub printed: Vec<Printed>,
}

/// `GET /paper/forms?first=&count=`.
pub async fn show(console: Console, RawQuery(query): RawQuery) -> Result<Response, Response> {
    console.may(Act::PrintForms)?;
    let query = query.unwrap_or_default();
    let figure = |name: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        found.and_then(|text| text.parse::<u32>().ok())
    };
    let (first, count) = (figure("first").unwrap_or(0), figure("count").unwrap_or(1).min(COUNT_MAX));
    let port = console.port()?;
    let trouble = |failure| console.trouble(failure);
    let known = paper::sheets(console.app(), &port.code, first, count).await.map_err(trouble)?;
    if known.is_empty() {
        return Err(console.trouble(Failure::NotFound));
    }
    let sheets: Result<Vec<_>, _> = known.iter().map(|sheet| printed_sheet(&console, sheet)).collect();
    let notice = known.first().and_then(|sheet| printed_notice(&console, sheet));
    let shell = console.shell().keeping(format!("first={first}&count={count}"));
    let page = SheetsPage { shell, frame: console.frame(), notice, sheets: sheets.map_err(trouble)? };
    Ok(page::shown(StatusCode::OK, &page))
}

fn printed_notice(console: &Console, sheet: &Sheet) -> Option<PrintedNotice> {
    let house = &console.app().house;
    let (port, notice) = (house.port(&sheet.serial.port)?, house.notice(&sheet.notice)?);
    let words = Words::of(&sheet.language);
    Some(PrintedNotice {
        words,
        port: port.name.get(words.language()).to_owned(),
        version: notice.version.clone(),
        parts: noticed::parts(words, notice, port),
    })
}

fn printed_sheet(console: &Console, sheet: &Sheet) -> Result<PrintedSheet, Failure> {
    let app = console.app();
    let port = app.house.port(&sheet.serial.port).ok_or(Failure::NotFound)?;
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    let (words, serial) = (Words::of(&sheet.language), sheet.serial.to_string());
    Ok(PrintedSheet {
        words,
        port: port.name.get(words.language()).to_owned(),
        picture: Qr::encode(&serial).map_err(Failure::bug)?.svg(&serial),
        serial,
        form: in_force.form_version(),
        printed: printed(words, &in_force.form),
    })
}
