//! Declaring on the spot: whoever stands at the lane and has declared nothing does so with the officer, from the passport that was
//! just read. The screen is the officer's: nothing of the person before is on it, and afterwards it stands at the lane again.

use axum::Form;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use crate::actions::draft as drafts;
use crate::channels::kiosk::reading;
use crate::channels::staff::Console;
use crate::channels::traveller::draft;
use crate::channels::traveller::step::Step;
use crate::channels::web::cookie::{self, Name};
use crate::failure::Failure;
use crate::house::local_date;
use crate::page;

/// Where a declaration on the spot is begun.
pub const ADDRESS: &str = "/checkpoint/declare";

/// What was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    /// The machine-readable lines of the document, where they were read.
    zone: String,
}

/// `POST /checkpoint/declare`: a draft of its own, with whatever could be read; one that was left unfinished before is dropped.
pub async fn begin(console: Console, headers: HeaderMap, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    console.own_form(&sent.csrf)?;
    let port = console.port()?;
    let secret = begun(&console, &headers, &port.code, &sent.zone).await.map_err(|f| console.trouble(f))?;
    let mut response = page::see(&Step::Trip.address());
    // Without an age: it goes with the browser.
    let cookie = cookie::set(console.app(), Name::Draft, &secret, None);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn begun(console: &Console, headers: &HeaderMap, port: &str, zone: &str) -> Result<String, Failure> {
    let app = console.app();
    if let Some(old) = cookie::read(headers, app, Name::Draft) {
        drafts::drop_draft(app, &old).await?;
    }
    let notice = app.house.notice_version(port);
    let officer = &console.signed.staff.name;
    let mut body = draft::begin_on_the_spot(port, console.words.language(), notice, officer);
    let today = app.house.port(port).map(|port| local_date(port, app.now()));
    // What cannot be read is typed: the officer has the document in the hand.
    if let Some(Ok(read)) = today.map(|today| reading::read(zone, today)) {
        body["traveller"] = read.traveller;
    }
    drafts::start_on_the_spot(app, &body).await
}
