//! The slip of a person whose paper was keyed in, to be printed and handed to them: the same as a kiosk's. Looking at it is a look
//! at a person, and on record.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::paper::Serial;

use crate::actions::look::look;
use crate::channels::kiosk::slip::Slip;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::{declaration, paper};
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// The purpose that the log names for this look.
const WHY: &str = "paper slip";

/// The page.
#[derive(Debug, Template)]
#[template(path = "paper/slip.html")]
pub struct KeyedPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The form's number.
    pub serial: String,
    /// When it was filled in, keyed in, and by whom.
    pub about: String,
    /// The slip, in the person's language.
    pub slip: Slip,
}

/// The journey that a form began.
async fn keyed(console: &Console, serial: &str) -> Result<(paper::Keyed, String), Failure> {
    let serial: Serial = serial.parse().map_err(|_| Failure::NotFound)?;
    let found = paper::read(console.app(), &serial).await?.filter(|_| serial.port == console.port_code());
    let keyed = found.and_then(|(sheet, _)| sheet.keyed).ok_or(Failure::NotFound)?;
    Ok((keyed, serial.to_string()))
}

/// `GET /paper/forms/{serial}/slip`.
pub async fn show(console: Console, Path(serial): Path<String>) -> Result<Response, Response> {
    console.may(Act::KeyPaper)?;
    let page = build(&console, &serial).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(StatusCode::OK, &page))
}

async fn build(console: &Console, serial: &str) -> Result<KeyedPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let (keyed, serial) = keyed(console, serial).await?;
    look(app, &console.caller(), &[keyed.journey], WHY).await?;
    let opened = declaration::open(app, keyed.journey).await?;
    let zone = opened.port.zone();
    let at = |at| When::of(words, at, &zone).local;
    let figures = [("filled", at(keyed.filled_at)), ("keyed", at(keyed.at)), ("who", keyed.by.clone())];
    let figures = figures.each_ref().map(|(name, value)| (*name, value.as_str()));
    let picture = format!("/paper/forms/{serial}/picture");
    Ok(KeyedPage {
        shell: console.shell(),
        frame: console.frame(),
        about: words.with("paper-keyed", &figures),
        slip: Slip::of(Words::of(&opened.dossier.content.language), &opened, app.now(), picture)?,
        serial,
    })
}

/// `GET /paper/forms/{serial}/picture`: the code on the slip.
pub async fn picture(console: Console, Path(serial): Path<String>) -> Result<Response, Response> {
    console.may(Act::KeyPaper)?;
    let svg = drawn(&console, &serial).await.map_err(|failure| console.trouble(failure))?;
    let mut response = Response::new(Body::from(svg));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}

async fn drawn(console: &Console, serial: &str) -> Result<String, Failure> {
    let journey: Id = keyed(console, serial).await?.0.journey;
    let opened = declaration::open(console.app(), journey).await?;
    Ok(console.web.pictures.of(&opened.dossier.pass, &console.words.t("pass-picture"))?.to_string())
}
