//! The figures of the port: as they stand, as they change, and as the bulletin of a period.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use pratique_core::access::Act;
use pratique_core::bulletin::Period;
use pratique_core::field::FieldError;
use pratique_core::port::Port;
use serde::Deserialize;

use super::answer::{Answer, show};
use super::schema::{Bulletin as BulletinSchema, Problem as ProblemSchema, Supervision};
use crate::bulletin::{Told, view};
use crate::channels::Web;
use crate::channels::supervision::flow::{self, Pass};
use crate::channels::web::caller::bearer;
use crate::channels::web::{Asked, Language, Machine, Problem};
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups;
use crate::words::Words;

/// Which port.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    port: Option<String>,
}

/// Which bulletin, and as what.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    port: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    language: Option<String>,
    format: Option<String>,
}

fn port<'a>(web: &'a Web, machine: &'a Machine, asked: Option<&'a str>) -> Result<&'a Port, Failure> {
    let code = asked.map_or_else(|| machine.port(), Ok)?;
    machine.0.may(Act::Supervise, code)?;
    web.app.house.port(code).ok_or(Failure::Missing("port"))
}

/// The port as it stands
///
/// Today's flights and figures, also hour by hour; who waits where; every open loop by who owes it, by how long it has been open
/// and by how much of its time is gone (amber from half of it on, red from its deadline on). Counts alone, nobody is named.
#[utoipa::path(
    get,
    path = "/supervision/summary",
    tag = "supervision",
    security(("bearer" = [])),
    params(("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out")),
    responses(
        (status = 200, description = "As it stands now", body = Supervision),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn summary(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(at): Asked<At>,
) -> Answer {
    let summary = async {
        let port = port(&web, &machine, at.port.as_deref())?;
        let summary = lookups::supervision::summary(&web.app, port).await?;
        Ok(lookups::supervision::view(&summary))
    };
    show(summary.await, words)
}

/// The same as it changes
///
/// Server-sent events. `summary` holds what `GET /supervision/summary` answers: one comes at once and one at each change, at most
/// one a second, each of them whole, so that nothing is missed by a cut. `alive` (`{"at": …}`) says every few seconds that the
/// figures still stand. The stream ends when the token is no longer good, and when the server stops; come back after two seconds.
#[utoipa::path(
    get,
    path = "/supervision/flow",
    tag = "supervision",
    security(("bearer" = [])),
    params(
        ("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out"),
        ("Last-Event-ID" = Option<String>, Header, description = "As browsers send it; not needed, since every event is whole"),
    ),
    responses(
        (status = 200, description = "Events, until somebody hangs up", body = String, content_type = "text/event-stream"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn flow(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(at): Asked<At>,
    headers: HeaderMap,
) -> Answer {
    let port = port(&web, &machine, at.port.as_deref()).map_err(|failure| Problem::new(failure, words))?;
    let pass = Pass::Token(bearer(&headers).unwrap_or_default().to_owned());
    let show = Box::new(|summary: &_| lookups::supervision::view(summary).to_string());
    Ok(flow::stream(&web, pass, &port.code, show))
}

/// The bulletin of a period
///
/// Flights by category, counted at their actual arrival; passengers quarantined (passed through health inspection), crew on a line
/// of their own, samples collected, tests completed, and what else was counted. Days are the port's own. A figure of people's
/// health between 1 and 4 is null and named in `few`. Of a period of 2 to 62 days every day is told too.
#[utoipa::path(
    get,
    path = "/bulletin",
    tag = "supervision",
    security(("bearer" = [])),
    params(
        ("from" = String, Query, description = "The first day", example = "2026-11-24"),
        ("to" = String, Query, description = "The last day; may be still to come", example = "2026-11-24"),
        ("port" = Option<String>, Query, description = "UN/LOCODE; the caller's own if left out"),
        ("format" = Option<String>, Query, description = "`json` (if left out), `text` or `html`"),
        ("language" = Option<String>, Query, description = "BCP 47 tag, of text and HTML; that of the request if left out"),
    ),
    responses(
        (status = 200, description = "The bulletin", content(
            (BulletinSchema = "application/json"),
            (String = "text/plain"),
            (String = "text/html"),
        )),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 403, description = "Not this role, or not this port", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such period, format or language", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn bulletin(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(which): Asked<Which>,
) -> Answer {
    let issue = async {
        let port = port(&web, &machine, which.port.as_deref())?;
        let (period, told_in) = read(&web, port, words, &which)?;
        Ok((port, lookups::bulletin::of(&web.app, port, &period).await?, told_in))
    };
    let (port, issue, told_in) = match issue.await {
        Ok(issue) => issue,
        Err(failure) => return show(Err(failure), words),
    };
    match which.format.as_deref() {
        Some("text") => Ok(kept("text/plain; charset=utf-8", Told::of(told_in, port, &issue).text())),
        Some("html") => Ok(kept("text/html; charset=utf-8", Told::of(told_in, port, &issue).html())),
        _ => show(Ok(view(port, &issue)), words),
    }
}

/// How a bulletin is told.
const FORMATS: [&str; 3] = ["json", "text", "html"];

fn read(web: &Web, port: &Port, words: Words, which: &Which) -> Result<(Period, Words), Failure> {
    let period = Period::read(&which.from, &which.to, &port.zone(), local_date(port, web.app.now()));
    let mut faults = period.as_ref().err().cloned().unwrap_or_default();
    let told_in = which.language.as_deref().map_or(Some(words), Words::named);
    if told_in.is_none() {
        faults.push(FieldError::new("/language", "not-a-language"));
    }
    if which.format.as_deref().is_some_and(|format| !FORMATS.contains(&format)) {
        faults.push(FieldError::not_an_option("/format", FORMATS));
    }
    match (period, told_in) {
        (Ok(period), Some(told_in)) if faults.is_empty() => Ok((period, told_in)),
        _ => Err(Failure::Invalid(faults)),
    }
}

fn kept(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
