//! Who sits in the chair, and the one next thing to do: the consent and the label, the tube scanned back, or nothing. Opening it
//! is a look at a person, and on record before the page is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::identity::document;
use pratique_core::journey::sample::{NotSampled, Specimen, State};
use pratique_core::journey::{DocumentCheck, Journey};
use pratique_core::port::Port;

use crate::actions::look::look;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::{journey, scan, verdict};
use crate::page::{self, Shell};

/// The purpose that the log names for this look.
const WHY: &str = "booth";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The scan led to nobody.
    Nobody,
    /// No sample is to be taken; what became of the last one, in words.
    Nothing(Option<String>),
    /// The consent is to be shown, and a label printed.
    Consent,
    /// The tube with this label is to be scanned back.
    Tube(String),
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "booth/chair.html")]
pub struct ChairPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Where this page is.
    pub address: String,
    /// The person's name; nothing once they were erased.
    pub name: Option<String>,
    /// The last characters of the document's number.
    pub tail: Option<String>,
    /// The document that was read is somebody else's.
    pub mismatch: bool,
    /// What is to be done.
    pub step: Step,
    /// The consent: version, and its paragraphs.
    pub consent: Option<(String, Vec<String>)>,
    /// What can be taken: value and words.
    pub specimens: Vec<(&'static str, String)>,
    /// Why a sample is not taken: value and words.
    pub whys: Vec<(&'static str, String)>,
    /// Why something did not go.
    pub refused: Option<String>,
    /// The key under which a label is printed once.
    pub once: String,
}

/// `GET /booth/scans/{scan}`.
pub async fn show(console: Console, Path(scan): Path<String>) -> Result<Response, Response> {
    console.may(Act::Collect)?;
    render(&console, &scan, None).await
}

/// The page, with what did not go where something did not.
pub async fn render(console: &Console, scan: &str, refused: Option<String>) -> Result<Response, Response> {
    let port = console.port()?;
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = build(console, port, scan, refused).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, port: &Port, scan: &str, refused: Option<String>) -> Result<ChairPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let id: Id = scan.parse().map_err(|_| Failure::NotFound)?;
    let (record, _) = scan::read(app, id).await?.filter(|(r, _)| r.port == port.code).ok_or(Failure::NotFound)?;
    let mut page = ChairPage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/booth/scans/{id}"),
        name: None,
        tail: None,
        mismatch: record.document == DocumentCheck::Mismatch,
        step: Step::Nobody,
        consent: consent(console, port),
        specimens: Specimen::ALL.iter().map(|s| (s.name(), words.t(&format!("specimen-{}", s.name())))).collect(),
        whys: NotSampled::ALL.iter().map(|w| (w.name(), words.t(&format!("not-sampled-{}", w.name())))).collect(),
        refused,
        once: app.rng.id(app.now()).to_string(),
    };
    let Some(journey_id) = record.journey else { return Ok(page) };
    let journey = journey::load(app, journey_id).await?.journey.ok_or(Failure::NotFound)?;
    look(app, &console.caller(), &[journey_id], WHY).await?;
    if let Some(dossier) = verdict::person(app, journey_id).await? {
        let traveller = &dossier.content.traveller;
        page.name = Some(traveller.name.line());
        page.tail = traveller.document.as_ref().and_then(|document| document::tail(&document.number));
    }
    page.step = step(console, &journey);
    Ok(page)
}

fn step(console: &Console, journey: &Journey) -> Step {
    let open = journey.samples.iter().find(|s| matches!(s.state, State::Ordered | State::Labelled(_)));
    match open.map(|sample| &sample.state) {
        Some(State::Labelled(tube)) => Step::Tube(tube.label.clone()),
        Some(_) => Step::Consent,
        None => {
            let last = journey.samples.last();
            Step::Nothing(last.map(|s| console.words.t(&format!("sample-{}", s.state_name()))))
        }
    }
}

fn consent(console: &Console, port: &Port) -> Option<(String, Vec<String>)> {
    let consent = console.app().house.in_force(port)?.pack.consent.as_ref()?;
    let text = consent.text.get(console.words.language());
    Some((consent.version.clone(), text.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect()))
}

impl ChairPage {
    fn can_refuse(&self) -> bool {
        matches!(self.step, Step::Consent | Step::Tube(_))
    }
}
