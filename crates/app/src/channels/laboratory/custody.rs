//! Where all samples are, counted step by step; each figure leads to its list. Nought people without a tube and nought tubes
//! without a next step is green.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;

use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::custody::{self, STEPS, Step};
use crate::lookups::sample::Tube;
use crate::page::when::When;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "laboratory/custody.html")]
pub struct CustodyPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// People without a tube, late or owed by nobody.
    pub people: usize,
    /// Tubes whose next step is late or owed by nobody.
    pub tubes: usize,
    /// Step by step: its name in words, its figures.
    pub steps: Vec<(String, Step)>,
}

/// The list behind a figure.
#[derive(Debug, Template)]
#[template(path = "laboratory/step.html")]
pub struct StepPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The step in words.
    pub title: String,
    /// Its samples.
    pub lines: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
}

/// One sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The label, and the tube's page; none before a label is printed.
    pub label: Option<(String, String)>,
    /// Ordered, on the port's clock.
    pub ordered: String,
    /// By when the next thing is owed.
    pub due: Option<String>,
    /// It hangs.
    pub hangs: bool,
}

/// `GET /laboratory/custody`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    let counted = custody::count(console.app(), console.port_code()).await.map_err(|f| console.trouble(f))?;
    let named = |step: &Step| (console.words.t(&format!("step-{}", step.name)), *step);
    let page = CustodyPage {
        shell: console.shell(),
        frame: console.frame(),
        people: counted.people_without_tube,
        tubes: counted.tubes_without_step,
        steps: counted.steps.iter().map(named).collect(),
    };
    Ok(page::shown(StatusCode::OK, &page))
}

/// `GET /laboratory/custody/{step}`: a step, or `people` and `tubes` for what hangs.
pub async fn list(console: Console, Path(step): Path<String>) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    let page = build(&console, &step).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(StatusCode::OK, &page))
}

async fn build(console: &Console, step: &str) -> Result<StepPage, Failure> {
    let (app, words, now) = (console.app(), console.words, console.app().now());
    let port = app.house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let wanted = |name: &str| match step {
        "people" => matches!(name, "ordered" | "labelled"),
        "tubes" => !matches!(name, "ordered" | "labelled"),
        _ => name == step,
    };
    let mut tubes: Vec<Tube> = Vec::new();
    for (_, which) in STEPS.into_iter().filter(|(name, _)| wanted(name)) {
        tubes.extend(custody::at(app, &port.code, which).await?);
    }
    let only_hanging = matches!(step, "people" | "tubes");
    if !only_hanging && !STEPS.iter().any(|(name, _)| *name == step) {
        return Err(Failure::NotFound);
    }
    tubes.retain(|tube| !only_hanging || custody::hangs(tube, now));
    let when = |at| When::of(words, at, &port.zone()).local;
    let line = |tube: &Tube| Line {
        label: tube.sample.label().map(|l| (l.to_owned(), format!("/laboratory/tubes/{}", l.trim_start_matches('#')))),
        ordered: when(tube.sample.ordered_at),
        due: tube.next_due.map(when),
        hangs: custody::hangs(tube, now),
    };
    Ok(StepPage {
        shell: console.shell(),
        frame: console.frame(),
        title: words.t(&format!("step-{step}")),
        lines: tubes.iter().map(line).collect(),
        zone: When::of(words, now, &port.zone()).zone,
    })
}
