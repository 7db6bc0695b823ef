//! What was sent from a person's page: done, and back to the person; or shown again with what was typed and what is wrong.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::DateTime;
use pratique_core::access::Act;
use pratique_core::field::FieldError;

use super::form::Typed;
use super::forms::READINGS;
use super::person;
use crate::actions::answer_obligation::{self, AnswerRequest};
use crate::actions::change_order::{self, ChangeOrderRequest};
use crate::actions::classify::{self, ClassRequest};
use crate::actions::end_order::{self, EndOrderRequest};
use crate::actions::examine::{self, ExaminationRequest, Measured, Reading};
use crate::actions::give_order::{self, GiveOrderRequest};
use crate::actions::order_sample::{self, OrderRequest};
use crate::channels::staff::Console;
use crate::channels::traveller::form::Sent;
use crate::channels::traveller::typed::{date, digits};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::lookups::whom::Whom;
use crate::once::{Once, Reply};
use crate::page;

/// `POST /desk/people/{journey}/{form}`.
pub async fn take(
    console: Console,
    Path((journey, form)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    console.own_form(sent.one("csrf").unwrap_or_default())?;
    let typed = Typed { form, fields: sent.0, ..Typed::default() };
    let done = match done(&console, &journey, &typed, true).await {
        // An old form brought back by the browser, with something else typed into it, is another act.
        Err(Failure::KeyReused) => done(&console, &journey, &typed, false).await,
        other => other,
    };
    match done {
        Ok(_) => Ok(page::see(&format!("/desk/people/{journey}"))),
        Err(failure) => again(&console, &journey, typed, failure).await,
    }
}

async fn again(console: &Console, journey: &str, typed: Typed, failure: Failure) -> Result<Response, Response> {
    let words = console.words;
    let typed = match &failure {
        Failure::Invalid(faults) => Typed { faults: faults.clone(), ..typed },
        Failure::Refused(refusal) => Typed { refused: Some(reasons::refusal(refusal, words)), ..typed },
        Failure::Busy => Typed { refused: Some(words.t("verdict-busy")), ..typed },
        _ => return Err(console.trouble(failure)),
    };
    let status = Problem::new(failure, words).status();
    // A task that a colleague has done meanwhile is no page that is missing.
    let status = if status == StatusCode::NOT_FOUND { StatusCode::CONFLICT } else { status };
    person::render(console, journey, status, &typed).await
}

/// Does what the form is for.
async fn done(console: &Console, journey: &str, typed: &Typed, only_once: bool) -> Result<Reply, Failure> {
    let (app, who) = (console.app(), console.caller());
    let of = |pointer: &str| format!("/{}{pointer}", typed.form);
    let some = |pointer: &str| typed.some(&of(pointer));
    let body = serde_json::to_vec(&typed.fields)?;
    let route = format!("desk {journey} {}", typed.form);
    let once = only_once.then(|| Once::of(app, &route, &who.name(), typed.one("once"), &body));
    let whom = Whom { journey: Some(journey.to_owned()), ..Whom::default() };
    let (kind, number) = kind(&typed.form);
    let name = format!("{journey}.{number}");
    match kind {
        "examine" => {
            let request = ExaminationRequest {
                whom,
                station: some("/station").unwrap_or_default(),
                temperature_c: measured(typed)?,
                symptoms: typed.all(&of("/symptoms")),
                reason: some("/note"),
            };
            examine::examine(app, &who, &request, console.words.language(), once).await
        }
        "sample" => {
            let request = OrderRequest { journey: Some(journey.to_owned()), scan_id: None };
            order_sample::order_sample(app, &who, &request, once).await
        }
        "answer" => {
            let request = AnswerRequest { outcome: some("/outcome").unwrap_or_default(), reason: some("/reason") };
            answer_obligation::answer(app, &who, &name, &request, once).await
        }
        "order" => {
            let request = GiveOrderRequest {
                whom,
                measure: some("/measure").unwrap_or_default(),
                until: some("/until").map(|text| date(&text)),
                days: days(typed)?,
                proposal: None,
                reason: some("/reason"),
            };
            give_order::give(app, &who, &request, once).await
        }
        "change-order" => {
            let until = some("/until").map(|text| date(&text));
            let request = ChangeOrderRequest { until, days: days(typed)?, reason: some("/reason") };
            change_order::change(app, &who, &name, &request, once).await
        }
        "end-order" => {
            let request = EndOrderRequest { ending: some("/ending").unwrap_or_default(), reason: some("/reason") };
            end_order::end(app, &who, &name, &request, once).await
        }
        "class" => {
            let request = ClassRequest { class: some("/class").unwrap_or_default(), departs: departs(console, typed)? };
            classify::classify(app, &who, journey, &request, once).await
        }
        "take" => answer_obligation::acknowledge(app, &who, typed.one("obligation"), once).await,
        _ => Err(Failure::NotFound),
    }
}

/// `answer-3`: the form, and the number of what it is about.
fn kind(form: &str) -> (&str, &str) {
    match form.rsplit_once('-') {
        Some((kind, number)) if number.bytes().all(|b| b.is_ascii_digit()) => (kind, number),
        _ => (form, ""),
    }
}

/// The readings that were typed; numbers with a comma or in full width are numbers too.
fn measured(typed: &Typed) -> Result<Option<Measured>, Failure> {
    let (mut readings, mut faults) = (Vec::new(), Vec::new());
    for at in 0..READINGS {
        let pointer = format!("/temperature_c/{at}");
        let Some(text) = typed.some(&format!("/{}{pointer}", typed.form)) else { continue };
        match digits(&text).replace(',', ".").trim_end_matches(['°', 'C', 'c', ' ']).parse::<f64>() {
            Ok(value) => readings.push(Reading::Full {
                value,
                site: typed.some(&format!("/{}{pointer}/site", typed.form)),
                device: typed.some(&format!("/{}{pointer}/device", typed.form)),
                at: None,
            }),
            Err(_) => faults.push(FieldError::new(pointer, "not-a-reading")),
        }
    }
    match faults.is_empty() {
        true => Ok((!readings.is_empty()).then_some(Measured::Several(readings))),
        false => Err(Failure::Invalid(faults)),
    }
}

fn days(typed: &Typed) -> Result<Option<u16>, Failure> {
    let Some(text) = typed.some(&format!("/{}/days", typed.form)) else { return Ok(None) };
    digits(&text).parse().map(Some).map_err(|_| Failure::field("/days", "not-a-whole-number"))
}

/// A time on the port's clock.
fn departs(console: &Console, typed: &Typed) -> Result<Option<jiff::Timestamp>, Failure> {
    let Some(text) = typed.some(&format!("/{}/departs", typed.form)) else { return Ok(None) };
    let port = console.app().house.port(console.port_code()).ok_or(Failure::NotFound)?;
    let local = digits(&text).parse::<DateTime>().ok().and_then(|at| at.to_zoned_datetime(port.zone()).ok());
    local.map(|at| Some(at.timestamp())).ok_or_else(|| Failure::field("/departs", "not-a-time-departs"))
}
