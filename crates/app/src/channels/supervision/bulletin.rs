//! The bulletin as a page: a form for the period, the figures with what is behind each, and the same to be taken along as text
//! and as JSON. Printed, only the bulletin is on the paper.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use pratique_core::access::Act;
use pratique_core::bulletin::{Bulletin, Day, Figure, Period};
use pratique_core::field::FieldError;
use serde::Deserialize;

use crate::bulletin::{Told, view};
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::bulletin;
use crate::page::chart::Chart;
use crate::page::{self, Control, Element, Field, Line, Shell, Summary};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "bulletin/page.html")]
pub struct BulletinPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What is wrong with what was typed.
    pub summary: Summary,
    /// The bulletin.
    pub told: Option<Told>,
    /// Its days as drawings.
    pub charts: Vec<Chart>,
    /// To be taken along: where, and what it is.
    pub downloads: Vec<(String, String)>,
    /// The form.
    pub elements: Vec<Element>,
}

/// Which period.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// The language of a text that is taken along; that of the page if left out.
    pub language: Option<String>,
}

/// `GET /bulletin?from=2026-11-24&to=2026-11-24`; today's if nothing is asked for.
pub async fn show(console: Console, Query(mut asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::Supervise)?;
    let port = console.port()?;
    let today = local_date(port, console.app().now());
    if asked.from.is_empty() && asked.to.is_empty() {
        asked = Asked { from: today.to_string(), to: today.to_string(), ..asked };
    }
    let (words, zone) = (console.words, port.zone());
    let period = Period::read(&asked.from, &asked.to, &zone, today);
    let (faults, issue) = match period {
        Err(faults) => (faults, None),
        Ok(period) => {
            let issue = bulletin::of(console.app(), port, &period).await.map_err(|f| console.trouble(f))?;
            (Vec::new(), Some((period, issue)))
        }
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let elements = asked.elements(words, &faults);
    let query = issue.as_ref().map(|(period, _)| format!("from={}&to={}", period.from, period.to));
    let told = issue.as_ref().map(|(_, issue)| Told { query: query.clone(), ..Told::of(words, port, issue) });
    let page = BulletinPage {
        shell: console.shell().keeping(query.clone().unwrap_or_default()),
        frame: console.frame(),
        summary: Summary::of(words, &elements),
        told,
        charts: issue.as_ref().map(|(_, issue)| charts(words, issue, today)).unwrap_or_default(),
        downloads: query.map(|query| downloads(words, &query)).unwrap_or_default(),
        elements,
    };
    Ok(page::shown(status, &page))
}

/// `GET /bulletin/text`.
pub async fn text(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::Supervise)?;
    let port = console.port()?;
    let words = asked.language.as_deref().and_then(Words::named).unwrap_or(console.words);
    let (period, issue) = read(&console, &asked).await.map_err(|failure| console.trouble(failure))?;
    let name = format!("bulletin-{}-{}-{}.txt", port.code, period.from, period.to);
    Ok(taken("text/plain; charset=utf-8", &name, Told::of(words, port, &issue).text()))
}

/// `GET /bulletin/json`.
pub async fn json(console: Console, Query(asked): Query<Asked>) -> Result<Response, Response> {
    console.may(Act::Supervise)?;
    let port = console.port()?;
    let (period, issue) = read(&console, &asked).await.map_err(|failure| console.trouble(failure))?;
    let name = format!("bulletin-{}-{}-{}.json", port.code, period.from, period.to);
    Ok(taken("application/json", &name, view(port, &issue).to_string()))
}

async fn read(console: &Console, asked: &Asked) -> Result<(Period, Bulletin), Failure> {
    let port = console.app().house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let today = local_date(port, console.app().now());
    let period = Period::read(&asked.from, &asked.to, &port.zone(), today).map_err(Failure::Invalid)?;
    let issue = bulletin::of(console.app(), port, &period).await?;
    Ok((period, issue))
}

/// A file under its name, which is made of a port's code and dates alone.
fn taken(kind: &'static str, name: &str, body: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn downloads(words: Words, query: &str) -> Vec<(String, String)> {
    let text = |(tag, name): (&str, String)| {
        let what = words.with("bulletin-as-text", &[("language", &name)]);
        (format!("/bulletin/text?{query}&language={tag}"), what)
    };
    let json = (format!("/bulletin/json?{query}"), words.t("bulletin-as-json"));
    Words::languages().into_iter().map(text).chain([json]).collect()
}

/// Passengers, samples and tests by day, where days are told.
fn charts(words: Words, issue: &Bulletin, today: Date) -> Vec<Chart> {
    let told = [Figure::PassengersQuarantined, Figure::SamplesCollected, Figure::TestsCompleted];
    let chart = |figure: Figure| {
        let value =
            |day: &Day| (day.date <= today).then(|| day.figures.get(&figure).copied().unwrap_or_default() as f64);
        let about = words.t("bulletin-chart-about");
        let from = |day: &Day| day.date.strftime("%m-%d").to_string();
        let title = words.t(&format!("figure-{}", figure.name()));
        Chart::of(format!("chart-{}", figure.name()), (title, about), &issue.days, (from, value), None)
    };
    if issue.days.is_empty() { Vec::new() } else { told.map(chart).to_vec() }
}

impl Asked {
    /// The form, with what was typed and what is wrong with it.
    #[must_use]
    pub fn elements(&self, words: Words, faults: &[FieldError]) -> Vec<Element> {
        [("from", &self.from), ("to", &self.to)]
            .into_iter()
            .map(|(name, value)| {
                let wrong = faults.iter().filter(|fault| fault.pointer.trim_start_matches('/') == name);
                Element::Field(Field {
                    name: name.to_owned(),
                    nth: 0,
                    label: words.t(&format!("bulletin-{name}")),
                    hint: Some(words.t("bulletin-date-hint")),
                    optional: None,
                    errors: wrong.map(|fault| words.error(&fault.code, &fault.params)).collect(),
                    control: Control::Line(Line {
                        value: value.clone(),
                        chars: Some(10),
                        as_printed: true,
                        ..Line::default()
                    }),
                })
            })
            .collect()
    }
}
