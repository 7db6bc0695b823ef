//! The laboratory's first page: take tubes in, see what waits, build a plate, find a tube.

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::laboratory::Plate;
use pratique_core::port::Port;
use serde::Deserialize;

use crate::actions::move_samples::{self, AllMoved, TubesRequest};
use crate::channels::booth::desk::labels_of;
use crate::channels::staff::refused::refused;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::custody::{self, Custody};
use crate::lookups::plate::{self, Found};
use crate::lookups::sample::{self, Which};
use crate::once::Once;
use crate::page::when::When;
use crate::page::{self, Shell};

/// Plates of a state in the list.
const PLATES_MAX: u32 = 20;
/// Tubes in the list of what waits to be released.
const READ_MAX: u32 = 100;

/// The page.
#[derive(Debug, Template)]
#[template(path = "laboratory/bench.html")]
pub struct BenchPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// May this person take tubes in?
    pub receives: bool,
    /// May this person build plates?
    pub builds: bool,
    /// The labels in the form.
    pub labels: String,
    /// Why they were not taken.
    pub problem: Option<String>,
    /// What became of each tube.
    pub moved: Option<AllMoved>,
    /// How many tubes wait for a plate.
    pub queued: usize,
    /// What hangs: people without a tube, tubes without a next step.
    pub hanging: (usize, usize),
    /// Plates, newest first.
    pub plates: Vec<PlateLine>,
    /// Tubes that are read and wait for the second person: label, and what they say.
    pub read: Vec<(String, String)>,
    /// The key under which tubes are taken in once.
    pub once: String,
}

/// A plate in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlateLine {
    /// Its page.
    pub address: String,
    /// Its name.
    pub name: String,
    /// Where it stands, in words.
    pub state: String,
    /// When it was built, on the port's clock.
    pub built: String,
    /// How many tubes.
    pub tubes: usize,
}

/// `GET /laboratory`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    let page = build(&console, console.port()?).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(StatusCode::OK, &page))
}

/// The page as things stand.
pub async fn build(console: &Console, port: &Port) -> Result<BenchPage, Failure> {
    let app = console.app();
    let Custody { steps, people_without_tube, tubes_without_step } = custody::count(app, &port.code).await?;
    let mut plates = Vec::new();
    for state in ["built", "accepted", "rejected"] {
        plates.extend(plate::newest(app, &port.code, state, PLATES_MAX).await?);
    }
    plates.sort_by_key(|found| std::cmp::Reverse(found.plate.built_at));
    let (read, _) = sample::listed(app, &port.code, Which::Test("read"), None, READ_MAX).await?;
    let says = |t: &sample::Tube| (t.label().to_owned(), said(console, t).unwrap_or_default());
    Ok(BenchPage {
        shell: console.shell(),
        frame: console.frame(),
        receives: console.may(Act::Receive).is_ok(),
        builds: console.may(Act::Read).is_ok(),
        labels: String::new(),
        problem: None,
        moved: None,
        queued: steps.iter().find(|s| s.name == "queued").map_or(0, |s| s.count),
        hanging: (people_without_tube, tubes_without_step),
        plates: plates.iter().map(|found| line(console, port, found)).collect(),
        read: read.iter().map(says).collect(),
        once: app.rng.id(app.now()).to_string(),
    })
}

fn said(console: &Console, tube: &sample::Tube) -> Option<String> {
    use pratique_core::journey::test::State;
    match &tube.sample.tests.last()?.state {
        State::Read(reading) => Some(console.words.t(&format!("result-{}", reading.result.name()))),
        _ => None,
    }
}

fn line(console: &Console, port: &Port, found: &Found) -> PlateLine {
    PlateLine {
        address: format!("/laboratory/plates/{}", found.id),
        name: Plate::name(found.id),
        state: console.words.t(&format!("plate-{}", found.plate.state_name())),
        built: When::of(console.words, found.plate.built_at, &port.zone()).local,
        tubes: found.plate.tubes().count(),
    }
}

/// Tubes as scanned.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    labels: String,
    once: String,
}

/// `POST /laboratory/receipts`.
pub async fn receive(console: Console, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Receive)?;
    console.own_form(&sent.csrf)?;
    let port = console.port()?;
    let (app, who) = (console.app(), console.caller());
    let request = TubesRequest { labels: labels_of(&sent.labels), parcel: None };
    let once = Once::of(app, "bench receipt", &who.name(), &sent.once, sent.labels.as_bytes());
    let moved = move_samples::receive_samples(app, &who, &port.code, (&request, console.words), Some(once)).await;
    let moved = moved.and_then(|reply| reply.read::<AllMoved>());
    let mut page = build(&console, port).await.map_err(|f| console.trouble(f))?;
    let status = match moved {
        Ok(moved) => {
            page.moved = Some(moved);
            StatusCode::OK
        }
        Err(failure) => {
            page.problem = Some(refused(&console, failure)?);
            page.labels = sent.labels;
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok(page::shown(status, &page))
}
