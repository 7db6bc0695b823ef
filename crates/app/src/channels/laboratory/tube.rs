//! One tube: where it is, what its tests say, and what can be done about it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::journey::sample::{State, Unfit};
use pratique_core::journey::{Sample, TestResult, test};
use pratique_core::laboratory::{Label, Plate};
use pratique_core::port::Port;
use serde::Deserialize;

use crate::actions::amend_result::{self, waiting};
use crate::actions::{give_up_sample, read_test, release_result};
use crate::channels::staff::refused::refused;
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::lookups::sample::{self, Tube};
use crate::once::Once;
use crate::page::when::When;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "laboratory/tube.html")]
pub struct TubePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Where this page is.
    pub address: String,
    /// The label.
    pub label: String,
    /// Question and answer.
    pub facts: Vec<(String, String)>,
    /// Its tests: number, where it stands, what it says, the plate's name and page.
    pub tests: Vec<TestLine>,
    /// What this person may do.
    pub may: May,
    /// Results: value and words.
    pub results: Vec<(&'static str, String)>,
    /// Reasons to reject: value and words.
    pub whys: Vec<(&'static str, String)>,
    /// An amendment that waits for a second person, in words.
    pub amendment: Option<String>,
    /// Why something did not go.
    pub problem: Option<String>,
    /// The key under which a form is taken once.
    pub once: String,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestLine {
    /// Its number.
    pub number: u32,
    /// Where it stands, in words.
    pub state: String,
    /// What it says, in words.
    pub result: Option<String>,
    /// The plate's name, its page, and the well.
    pub plate: Option<(String, String, String)>,
    /// Who read it, and who released it.
    pub by: String,
}

/// What somebody may do with a tube now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Reject it.
    pub reject: bool,
    /// Give it up.
    pub lose: bool,
    /// Read it by hand.
    pub review: bool,
    /// Make its result final.
    pub release: bool,
    /// Say that a final result was wrong, or confirm it.
    pub amend: bool,
}

/// Which tube.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    label: String,
}

/// `GET /laboratory/tubes?label=…`.
pub async fn find(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    let label: Label = asked.label.parse().map_err(|_| console.trouble(Failure::NotFound))?;
    Ok(page::see(&format!("/laboratory/tubes/{}", label.bare())))
}

/// `GET /laboratory/tubes/{label}`.
pub async fn show(console: Console, Path(label): Path<String>) -> Result<Response, Response> {
    console.may(Act::SeeSamples)?;
    render(&console, &label, None).await
}

async fn render(console: &Console, label: &str, problem: Option<String>) -> Result<Response, Response> {
    let port = console.port()?;
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = build(console, port, label, problem).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, port: &Port, label: &str, problem: Option<String>) -> Result<TubePage, Failure> {
    let (app, words) = (console.app(), console.words);
    let (place, journey) = sample::find(app, &console.caller(), Act::SeeSamples, label).await?;
    let found = place.of(&journey).ok_or(Failure::NotFound)?;
    let tube = Tube::of(place.journey, &journey, found);
    let amendment = match found.tests.last().map(|t| &t.state) {
        Some(test::State::Released { version, .. }) => waiting(app, &place.label, *version).await?.0,
        _ => None,
    };
    let amendment = amendment.map(|a| {
        let result = words.t(&format!("result-{}", a.result.name()));
        words.with("amendment-waits", &[("by", &a.by), ("result", &result)])
    });
    Ok(TubePage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/laboratory/tubes/{}", place.label.trim_start_matches('#')),
        label: place.label,
        facts: facts(console, port, &tube),
        tests: found.tests.iter().map(|t| line(console, t)).collect(),
        may: may(console, found),
        results: TestResult::ALL.iter().map(|r| (r.name(), words.t(&format!("result-{}", r.name())))).collect(),
        whys: Unfit::ALL.iter().map(|w| (w.name(), words.t(&format!("unfit-{}", w.name())))).collect(),
        amendment,
        problem,
        once: app.rng.id(app.now()).to_string(),
    })
}

fn facts(console: &Console, port: &Port, tube: &Tube) -> Vec<(String, String)> {
    let words = console.words;
    let when = |at| When::of(words, at, &port.zone()).local;
    let sample = &tube.sample;
    let mut facts = vec![(words.t("tube-state"), words.t(&format!("sample-{}", sample.state_name())))];
    if let Some(taken) = sample.taken() {
        facts.push((words.t("specimen"), words.t(&format!("specimen-{}", taken.specimen.name()))));
        facts.push((words.t("tube-taken"), when(taken.at)));
    }
    match &sample.state {
        State::Sent { parcel, .. } => facts.push((words.t("tube-parcel"), parcel.clone())),
        State::Received { at, .. } => facts.push((words.t("tube-received"), when(*at))),
        State::Rejected { why, .. } => facts.push((words.t("tube-why"), words.t(&format!("unfit-{}", why.name())))),
        _ => {}
    }
    facts.extend(tube.report_due.map(|due| (words.t("tube-due"), when(due))));
    facts
}

fn line(console: &Console, of: &test::Test) -> TestLine {
    let words = console.words;
    let (reading, place, released) = match &of.state {
        test::State::Queued => (None, None, None),
        test::State::OnPlate { plate, well } => (None, Some((plate, well)), None),
        test::State::Read(reading) => (Some(reading), reading.plate.as_ref().map(|(p, w)| (p, w)), None),
        test::State::Released { reading, by, .. } => {
            (Some(reading), reading.plate.as_ref().map(|(p, w)| (p, w)), Some(by.as_str()))
        }
    };
    TestLine {
        number: of.number,
        state: words.t(&format!("test-{}", of.state_name())),
        result: reading.map(|r| words.t(&format!("result-{}", r.result.name()))),
        plate: place.map(|(id, well)| (Plate::name(*id), format!("/laboratory/plates/{id}"), well.clone())),
        by: reading.map(|r| r.by.as_str()).into_iter().chain(released).collect::<Vec<_>>().join(", "),
    }
}

fn may(console: &Console, sample: &Sample) -> May {
    let allowed = |act| console.may(act).is_ok();
    let (receives, reads, releases) = (allowed(Act::Receive), allowed(Act::Read), allowed(Act::Release));
    let under_way = matches!(sample.state, State::Collected(_) | State::Sent { .. } | State::Missing { .. });
    let newest = match &sample.state {
        State::Received { .. } => sample.tests.last().map(|t| &t.state),
        _ => None,
    };
    let is_final = matches!(newest, Some(test::State::Released { .. }));
    May {
        reject: receives && (under_way || (newest.is_some() && !is_final)),
        lose: receives && under_way,
        review: reads && matches!(newest, Some(test::State::Queued | test::State::Read(_))),
        release: releases && matches!(newest, Some(test::State::Read(_))),
        amend: is_final && (reads || releases),
    }
}

/// What the tube's forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    once: String,
    why: String,
    result: String,
}

/// `POST /laboratory/tubes/{label}/{verb}`.
pub async fn act(
    console: Console,
    Path((label, verb)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Response> {
    console.own_form(&sent.csrf)?;
    let (app, who) = (console.app(), console.caller());
    let body = format!("{} {}", sent.why, sent.result);
    let once = Some(Once::of(app, &format!("tube {verb} {label}"), &who.name(), &sent.once, body.as_bytes()));
    let done = match verb.as_str() {
        "reject" => give_up_sample::reject_sample(app, &who, &label, &sent.why, once).await,
        "lose" => give_up_sample::lose_sample(app, &who, &label, once).await,
        "review" => read_test::read_test(app, &who, &label, &sent.result, once).await,
        "release" => release_result::release_result(app, &who, &label, once).await,
        "amend" => amend_result::amend_result(app, &who, &label, &sent.result, once).await,
        _ => Err(Failure::NotFound),
    };
    match done {
        Ok(_) => Ok(page::see(&format!("/laboratory/tubes/{label}"))),
        Err(failure) => render(&console, &label, Some(refused(&console, failure)?)).await,
    }
}
