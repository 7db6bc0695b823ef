//! The label to print, and its picture.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::sample::State;

use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::{journey, sample, scan};
use crate::page::{self, Shell};

/// Width of a label, millimetres.
const WIDTH_MM: u16 = 40;

/// The page.
#[derive(Debug, Template)]
#[template(path = "booth/label.html")]
pub struct LabelPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The label.
    pub label: String,
    /// Its picture's address.
    pub picture: String,
    /// Where to go on.
    pub back: String,
}

/// `GET /booth/scans/{scan}/label`.
pub async fn print(console: Console, Path(id): Path<String>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    let label = label(&console, &id).await.map_err(|f| console.trouble(f))?;
    // Taken already, or not labelled yet: the chair's page says what is next.
    let Some(label) = label else { return Ok(page::see(&format!("/booth/scans/{id}"))) };
    let (shell, frame) = (console.shell(), console.frame());
    let picture = format!("/booth/labels/{}", label.trim_start_matches('#'));
    let back = format!("/booth/scans/{id}");
    Ok(page::shown(StatusCode::OK, &LabelPage { shell, frame, label, picture, back }))
}

async fn label(console: &Console, id: &str) -> Result<Option<String>, Failure> {
    let app = console.app();
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let record = scan::read(app, id).await?.map(|(record, _)| record).filter(|r| r.port == console.port_code());
    let journey = record.and_then(|record| record.journey).ok_or(Failure::NotFound)?;
    let journey = journey::load(app, journey).await?.journey.ok_or(Failure::NotFound)?;
    Ok(journey.samples.iter().find_map(|sample| match &sample.state {
        State::Labelled(tube) => Some(tube.label.clone()),
        _ => None,
    }))
}

/// `GET /booth/labels/{label}`.
pub async fn picture(console: Console, Path(label): Path<String>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    let found = sample::find(console.app(), &console.caller(), Act::Collect, &label).await;
    let svg = found.and_then(|(place, _)| {
        pratique_formats::label::svg(place.label.trim_start_matches('#'), WIDTH_MM).map_err(Failure::bug)
    });
    let mut response = Response::new(Body::from(svg.map_err(|f| console.trouble(f))?));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}
