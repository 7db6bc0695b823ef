//! The page: the answer in one sentence, what a promise needs, each station by quarter of an hour, and the form below.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::hall::plan::Plan;
use pratique_core::hall::quarters::Quarter;
use pratique_core::hall::report::{Answer, LaboratoryReport, Report};

use super::play::{Played, play};
use super::wish::{OWN, Sent};
use crate::channels::staff::{Console, Frame};
use crate::house::local_date;
use crate::page::chart::Chart;
use crate::page::{self, Element, Shell, Summary};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "hall/page.html")]
pub struct HallPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What is wrong with what was typed.
    pub summary: Summary,
    /// Nobody lands on that day.
    pub nobody: bool,
    /// What came of it.
    pub shown: Option<Shown>,
    /// The form.
    pub elements: Vec<Element>,
}

/// What is shown of a run.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The scenario's name.
    pub name: String,
    /// What it assumes.
    pub about: Option<String>,
    /// The answer.
    pub answer: String,
    /// More of it.
    pub details: Vec<String>,
    /// What the promise needs.
    pub plan: Option<PlanShown>,
    /// Flights: name, on block, people, minutes, in time, results by.
    pub flights: Vec<[String; 6]>,
    /// Stations, the laboratory last.
    pub stations: Vec<StationShown>,
}

/// What a promise needs.
#[derive(Debug, Clone)]
pub struct PlanShown {
    /// In words.
    pub text: String,
    /// Station, posts now, posts needed, in time with one less.
    pub needs: Vec<[String; 4]>,
    /// The laboratory's, in words.
    pub laboratory: Option<String>,
}

/// One station.
#[derive(Debug, Clone)]
pub struct StationShown {
    /// Its name.
    pub name: String,
    /// In words.
    pub text: String,
    /// Queue, wait, use.
    pub charts: Vec<Chart>,
    /// The numbers: from, arrivals, waiting on average and at most, waits, use.
    pub rows: Vec<[String; 8]>,
}

/// `GET /hall`.
pub async fn show(console: Console, Query(sent): Query<Sent>) -> Result<Response, Response> {
    console.may(Act::SeeHall)?;
    let (app, port) = (console.app(), console.port()?);
    if sent.scenario.is_empty() {
        return Ok(render(&console, &sent, StatusCode::OK, &[], false, None));
    }
    let wish = match sent.read(local_date(port, app.now())) {
        Ok(wish) => wish,
        Err(faults) => return Ok(render(&console, &sent, StatusCode::UNPROCESSABLE_ENTITY, &faults, false, None)),
    };
    let language = console.words.language();
    let name = match sent.scenario.as_str() {
        OWN => console.words.t("hall-own"),
        _ => wish.scenario.name.get(language).to_owned(),
    };
    let about = sent.is_as_shipped().then(|| wish.scenario.about.get(language).to_owned());
    let played = play(app, &console.caller(), port, wish).await.map_err(|failure| console.trouble(failure))?;
    let shown = played.as_ref().map(|played| Shown::of(console.words, name, about, played));
    Ok(render(&console, &sent, StatusCode::OK, &[], played.is_none(), shown))
}

fn render(
    console: &Console,
    sent: &Sent,
    status: StatusCode,
    faults: &[FieldError],
    nobody: bool,
    shown: Option<Shown>,
) -> Response {
    let elements = sent.elements(console.words, faults);
    let summary = Summary::of(console.words, &elements);
    page::shown(status, &HallPage { shell: console.shell(), frame: console.frame(), summary, nobody, shown, elements })
}

impl Shown {
    /// Puts what came of it into words.
    #[must_use]
    pub fn of(words: Words, name: String, about: Option<String>, played: &Played) -> Self {
        let report = &played.report;
        let stations = report.stations.iter().map(|station| {
            let figures = [
                ("posts", station.posts_most.to_string()),
                ("p95", minutes(station.wait_s_p95)),
                ("max", minutes(station.wait_s_max)),
            ];
            let text = told(words, "hall-station-about", &figures);
            station_shown(words, station.station.name(), text, &station.quarters)
        });
        let laboratory = report.laboratory.as_ref().map(|laboratory| laboratory_shown(words, laboratory));
        Shown {
            name,
            about,
            answer: answer(words, &report.answer),
            details: details(words, &report.answer),
            plan: played.plan.as_ref().map(|plan| plan_shown(words, plan)),
            flights: flights(words, report),
            stations: stations.chain(laboratory).collect(),
        }
    }
}

fn told(words: Words, key: &str, figures: &[(&str, String)]) -> String {
    let figures: Vec<(&str, &str)> = figures.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.with(key, &figures)
}

/// Of a hundred.
fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// Minutes with one decimal, of seconds.
fn minutes(seconds: i64) -> String {
    format!("{:.1}", seconds as f64 / 60.0)
}

fn answer(words: Words, answer: &Answer) -> String {
    let figures = [
        ("people", answer.people.to_string()),
        ("flights", answer.flights.to_string()),
        ("within", answer.within_min.to_string()),
        ("kept", percent(answer.kept.share)),
        ("low", percent(answer.kept.low)),
        ("high", percent(answer.kept.high)),
        ("promised", percent(answer.promised_share)),
    ];
    told(words, if answer.is_kept { "hall-answer-yes" } else { "hall-answer-no" }, &figures)
}

fn details(words: Words, answer: &Answer) -> Vec<String> {
    let through = answer.through_min;
    let figures = [
        ("p50", through.p50.to_string()),
        ("p05", through.p05.to_string()),
        ("p95", through.p95.to_string()),
        ("slowest", answer.slowest.clone()),
        ("runs", answer.runs.to_string()),
        ("seed", answer.seed.to_string()),
    ];
    let mut details = vec![told(words, "hall-through", &figures)];
    details.extend(
        answer
            .longest_queue
            .map(|at| words.with("hall-longest", &[("station", &words.t(&format!("hall-station-{}", at.name())))])),
    );
    if answer.never_through > 0.0 {
        details.push(told(words, "hall-never", &[("people", answer.never_through.to_string())]));
    }
    details
}

fn plan_shown(words: Words, plan: &Plan) -> PlanShown {
    let bound = plan.bound_by.map(|at| words.t(&format!("hall-station-{}", at.name()))).unwrap_or_default();
    let figures = [
        ("within", plan.within_min.to_string()),
        ("now", percent(plan.kept_now.share)),
        ("kept", percent(plan.kept.share)),
        ("promised", percent(plan.promised_share)),
        ("runs", plan.runs.to_string()),
        ("without", plan.without_queues_min.p50.to_string()),
        ("bound", bound),
    ];
    let need = |need: &pratique_core::hall::plan::Need| {
        let station = words.t(&format!("hall-station-{}", need.station.name()));
        let less = told(words, "hall-percent", &[("percent", percent(need.kept_with_one_less))]);
        [station, need.posts_now.to_string(), need.posts.to_string(), less]
    };
    let laboratory = plan.laboratory.as_ref().map(|need| {
        let figures = [
            ("within", need.result_within_min.to_string()),
            ("now", need.instruments_now.to_string()),
            ("instruments", need.instruments.to_string()),
            ("kept", percent(need.kept)),
        ];
        told(words, if need.can_be_kept { "hall-plan-laboratory" } else { "hall-plan-laboratory-no" }, &figures)
    });
    PlanShown {
        text: told(words, if plan.can_be_kept { "hall-plan-kept" } else { "hall-plan-not" }, &figures),
        needs: plan.needs.iter().map(need).collect(),
        laboratory,
    }
}

fn flights(words: Words, report: &Report) -> Vec<[String; 6]> {
    let flight = |flight: &pratique_core::hall::report::FlightReport| {
        let through = flight.through_min;
        let figures = [("p50", through.p50.to_string()), ("p95", through.p95.to_string())];
        [
            flight.flight.clone(),
            flight.on_block.clone(),
            flight.passengers.to_string(),
            told(words, "hall-minutes-to", &figures),
            told(words, "hall-percent", &[("percent", percent(flight.kept.share))]),
            flight.results_by.as_ref().map(|[middle, _]| middle.clone()).unwrap_or_default(),
        ]
    };
    report.flights.iter().map(flight).collect()
}

fn laboratory_shown(words: Words, laboratory: &LaboratoryReport) -> StationShown {
    let figures = [
        ("samples", format!("{:.0}", laboratory.samples)),
        ("plates", format!("{:.0}", laboratory.plates)),
        ("filled", percent(laboratory.filled)),
        ("p50", laboratory.result_min.p50.to_string()),
        ("p95", laboratory.result_min.p95.to_string()),
    ];
    station_shown(words, "laboratory", told(words, "hall-laboratory-about", &figures), &laboratory.quarters)
}

fn station_shown(words: Words, station: &str, text: String, quarters: &[Quarter]) -> StationShown {
    let name = words.t(&format!("hall-station-{station}"));
    let most = |value: &dyn Fn(&Quarter) -> f64| {
        let peak = quarters.iter().max_by(|a, b| value(a).total_cmp(&value(b)));
        (peak.map(value).unwrap_or_default(), peak.map(|quarter| quarter.from.clone()).unwrap_or_default())
    };
    let chart = |kind: &str, value: &dyn Fn(&Quarter) -> f64, top: Option<(f64, &str)>| {
        let (peak, from) = most(value);
        let about = told(words, "hall-chart-about", &[("most", format!("{peak:.0}")), ("from", from)]);
        let title = words.with(&format!("hall-chart-{kind}"), &[("station", &name)]);
        let from = |quarter: &Quarter| quarter.from.clone();
        Chart::of(
            format!("{station}-{kind}"),
            (title, about),
            quarters,
            (from, |quarter: &Quarter| Some(value(quarter))),
            top,
        )
    };
    let charts = vec![
        chart("waiting", &|quarter| f64::from(quarter.waiting_max), None),
        chart("wait", &|quarter| quarter.wait_s_p95 as f64 / 60.0, None),
        chart("use", &|quarter| quarter.busy * 100.0, Some((100.0, "100"))),
    ];
    let row = |quarter: &Quarter| {
        [
            quarter.from.clone(),
            format!("{:.1}", quarter.arrivals),
            format!("{:.1}", quarter.waiting_mean),
            quarter.waiting_max.to_string(),
            minutes(quarter.wait_s_p50),
            minutes(quarter.wait_s_p95),
            minutes(quarter.wait_s_max),
            told(words, "hall-percent", &[("percent", percent(quarter.busy))]),
        ]
    };
    StationShown { rows: quarters.iter().map(row).collect(), name, text, charts }
}
