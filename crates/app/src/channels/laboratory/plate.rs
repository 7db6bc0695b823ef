//! A plate: its map as a table of eight rows and twelve columns, the run, what each well says, and what can be done with it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::journey::test;
use pratique_core::laboratory::call::ControlFault;
use pratique_core::laboratory::plate::{Content, State};
use pratique_core::laboratory::well::{COLUMNS, ROWS};
use pratique_core::laboratory::{Plate, Well};
use serde::Deserialize;

use super::bench;
use crate::actions::build_plate::{self, PlateRequest};
use crate::actions::import_run::RunAnswer;
use crate::actions::{reject_plate, release_result};
use crate::channels::staff::refused::refused;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::plate::{self, Found};
use crate::lookups::sample::Tube;
use crate::once::Once;
use crate::page::when::When;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "laboratory/plate.html")]
pub struct PlatePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Where this page is.
    pub address: String,
    /// The plate's name.
    pub name: String,
    /// The assay's name.
    pub assay: String,
    /// The state's stable name.
    pub state: &'static str,
    /// Who built it and when.
    pub built: (String, String),
    /// Rows A to H, each with its twelve wells.
    pub rows: Vec<(char, Vec<Option<Cell>>)>,
    /// What is wrong with the controls, in words.
    pub controls: Vec<String>,
    /// May a run be imported now?
    pub imports: bool,
    /// May it be rejected now?
    pub rejects: bool,
    /// Negatives that this person may release now.
    pub negatives: usize,
    /// What is to be released one by one: label and result.
    pub others: Vec<(String, String)>,
    /// What a dry run says.
    pub dry: Option<RunAnswer>,
    /// Why something did not go.
    pub problem: Option<String>,
    /// What was pasted.
    pub text: String,
    /// The key under which a form is taken once.
    pub once: String,
}

/// One well in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// A label, or a control's name.
    pub text: String,
    /// The tube's page.
    pub address: Option<String>,
    /// What it says, or where the test stands.
    pub says: Option<String>,
    /// `positive`, `negative`, …: for the eye.
    pub look: &'static str,
}

/// `GET /laboratory/plates/{id}`.
pub async fn show(console: Console, Path(id): Path<String>) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    let page = build_page(&console, &id).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(StatusCode::OK, &page))
}

/// The page as things stand.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn build_page(console: &Console, id: &str) -> Result<PlatePage, Failure> {
    let (app, words) = (console.app(), console.words);
    let port = app.house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let found = plate::load(app, &port.code, id).await?;
    let tubes = plate::tubes(app, &found.plate).await?;
    let waiting: Vec<(String, &'static str)> = tubes.iter().flatten().filter_map(|t| read(t, &found)).collect();
    let releases = console.may(Act::Release).is_ok();
    let negative = |result: &str| result == "negative";
    let others = waiting.iter().filter(|(_, result)| !negative(result));
    let reads = console.may(Act::Read).is_ok();
    Ok(PlatePage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/laboratory/plates/{}", found.id),
        name: Plate::name(found.id),
        assay: found.plate.assay.name.get(words.language()).to_owned(),
        state: found.plate.state_name(),
        built: (found.plate.built_by.clone(), When::of(words, found.plate.built_at, &port.zone()).local),
        rows: rows(console, &found, &tubes),
        controls: controls(console, &found.plate),
        imports: reads && found.plate.state == State::Built,
        rejects: reads && !matches!(found.plate.state, State::Rejected { .. }),
        negatives: if releases { waiting.iter().filter(|(_, result)| negative(result)).count() } else { 0 },
        others: others.map(|(label, result)| (label.clone(), words.t(&format!("result-{result}")))).collect(),
        dry: None,
        problem: None,
        text: String::new(),
        once: app.rng.id(app.now()).to_string(),
    })
}

/// A tube whose test on this plate is read and not released.
fn read(tube: &Tube, found: &Found) -> Option<(String, &'static str)> {
    let (result, _) = crate::lookups::sample::read_on(&tube.sample, found.id)?;
    Some((tube.label().to_owned(), result.name()))
}

fn rows(console: &Console, found: &Found, tubes: &[Option<Tube>]) -> Vec<(char, Vec<Option<Cell>>)> {
    let calls = found.plate.calls();
    let mut of_tube = tubes.iter();
    let mut cells: Vec<(Well, Cell)> = Vec::new();
    for (well, content) in &found.plate.wells {
        let cell = match content {
            Content::Control(control) => Cell {
                text: console.words.t(&format!("control-{}", control.name())),
                address: None,
                says: None,
                look: "control",
            },
            Content::Tube(label) => {
                let call = calls.iter().find(|call| call.well == *well).map(|call| call.result.name());
                let newest = of_tube.next().and_then(Option::as_ref).and_then(|t| t.sample.tests.last());
                let is_final = newest.is_some_and(|t| matches!(t.state, test::State::Released { .. }));
                let said = call.map(|result| console.words.t(&format!("result-{result}")));
                let final_word = is_final.then(|| console.words.t("test-released"));
                Cell {
                    text: label.clone(),
                    address: Some(format!("/laboratory/tubes/{}", label.trim_start_matches('#'))),
                    says: match (said, final_word) {
                        (Some(said), Some(word)) => Some(format!("{said}, {word}")),
                        (said, _) => said,
                    },
                    look: call.unwrap_or("tube"),
                }
            }
        };
        cells.push((*well, cell));
    }
    let at = |row: u8, column: u8| {
        cells.iter().find(|(well, _)| well.row() == row && well.column() == column).map(|(_, cell)| cell.clone())
    };
    (0..ROWS).map(|row| (char::from(b'A' + row), (0..COLUMNS).map(|column| at(row, column)).collect())).collect()
}

fn controls(console: &Console, plate: &Plate) -> Vec<String> {
    let State::Rejected { faults, .. } = &plate.state else { return Vec::new() };
    faults.iter().map(|fault| control_words(console, fault)).collect()
}

/// What is wrong with a control, in words.
#[must_use]
pub fn control_words(console: &Console, fault: &ControlFault) -> String {
    control_said(console, fault.control.name(), &fault.channel, fault.why.name())
}

/// The same, by names.
#[must_use]
pub fn control_said(console: &Console, control: &str, channel: &str, why: &str) -> String {
    let control = console.words.t(&format!("control-{control}"));
    // shows: control-fault-{missing, early, late, amplified}
    console.words.with(&format!("control-fault-{why}"), &[("control", &control), ("channel", channel)])
}

/// What the plates' small forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    labels: String,
    once: String,
}

/// `POST /laboratory/plates`.
pub async fn build(console: Console, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Read)?;
    console.own_form(&sent.csrf)?;
    let (app, who) = (console.app(), console.caller());
    let labels = crate::channels::booth::desk::labels_of(&sent.labels);
    let request = PlateRequest { assay: None, labels: Some(labels).filter(|labels| !labels.is_empty()) };
    let once = Once::of(app, "bench plate", &who.name(), &sent.once, sent.labels.as_bytes());
    let built = build_plate::build_plate(app, &who, console.port_code(), &request, Some(once)).await;
    match built.and_then(|reply| reply.read::<serde_json::Value>()) {
        Ok(built) => Ok(page::see(&format!("/laboratory/plates/{}", built["id"].as_str().unwrap_or_default()))),
        Err(failure) => {
            let problem = refused(&console, failure)?;
            let mut page = bench::build(&console, console.port()?).await.map_err(|f| console.trouble(f))?;
            page.problem = Some(problem);
            Ok(page::shown(StatusCode::CONFLICT, &page))
        }
    }
}

/// `POST /laboratory/plates/{id}/release` and `/reject`.
pub async fn act(
    console: Console,
    Path((id, verb)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Response> {
    console.own_form(&sent.csrf)?;
    let (app, who, port) = (console.app(), console.caller(), console.port_code());
    let once = Once::of(app, &format!("plate {verb} {id}"), &who.name(), &sent.once, b"");
    let done = match verb.as_str() {
        "release" => release_result::release_negatives(app, &who, port, &id, Some(once)).await,
        "reject" => reject_plate::reject_plate(app, &who, port, &id, Some(once)).await,
        _ => Err(Failure::NotFound),
    };
    match done {
        Ok(_) => Ok(page::see(&format!("/laboratory/plates/{id}"))),
        Err(failure) => {
            let problem = refused(&console, failure)?;
            let mut page = build_page(&console, &id).await.map_err(|f| console.trouble(f))?;
            page.problem = Some(problem);
            Ok(page::shown(StatusCode::CONFLICT, &page))
        }
    }
}

impl PlatePage {
    fn state_words(&self) -> String {
        self.shell.t(&format!("plate-{}", self.state))
    }

    fn result_words(&self, result: &str) -> String {
        self.shell.t(&format!("result-{result}"))
    }
}
