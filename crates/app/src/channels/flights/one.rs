//! One flight: made by hand, or moved. Times are the port's own, as its clock shows them; errors stand at their fields.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::flight::{Category, Designator, Flight, FlightForm, FlightId, Status};
use pratique_core::port::Port;
use serde::Deserialize;

use crate::actions::move_flight::move_flight;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups;
use crate::page::when::When;
use crate::page::{self, Control, Element, Field, Line, Pick, Shell, Summary};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "flights/one.html")]
pub struct OnePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The flight moved; none for a new one.
    pub flight: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// The port's zone.
    pub zone: String,
    /// What is wrong.
    pub summary: Summary,
    /// The fields.
    pub elements: Vec<Element>,
    /// Another reason why it did not go.
    pub refused: Option<String>,
}

impl OnePage {
    /// The page of its people.
    fn people(&self) -> String {
        self.action.replace("/move", "/people")
    }
}

/// The form, as typed.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    flight: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    scheduled_arrival: String,
    #[serde(default)]
    actual_arrival: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    status: String,
}

impl Sent {
    fn of(flight: &Flight, port: &Port) -> Self {
        let local = |at: jiff::Timestamp| at.to_zoned_datetime(port.zone()).strftime("%Y-%m-%d %H:%M").to_string();
        Sent {
            csrf: String::new(),
            flight: flight.id.designator.to_string(),
            origin: flight.origin.clone(),
            scheduled_arrival: local(flight.scheduled_arrival),
            actual_arrival: flight.actual_arrival.map(local).unwrap_or_default(),
            category: flight.category.name().to_owned(),
            status: flight.status.name().to_owned(),
        }
    }

    fn form(&self) -> FlightForm {
        let some = |text: &str| Some(text.to_owned());
        FlightForm {
            origin: some(&self.origin),
            scheduled_arrival: some(&self.scheduled_arrival),
            actual_arrival: some(&self.actual_arrival),
            category: some(&self.category),
            status: some(&self.status),
        }
    }

    /// The day of the scheduled arrival, as typed on the port's clock.
    fn day(&self) -> Option<Date> {
        self.scheduled_arrival.trim().parse::<DateTime>().ok().map(|at| at.date())
    }
}

/// `GET /flights/new`.
pub async fn new(console: Console) -> Result<Response, Response> {
    console.may(Act::MoveFlight)?;
    render(&console, None, &Sent::default(), StatusCode::OK, &[], None)
}

/// `GET /flights/{flight}`.
pub async fn show(console: Console, Path(name): Path<String>) -> Result<Response, Response> {
    let (id, flight) = known(&console, &name).await?;
    let sent = Sent::of(&flight, console.port()?);
    render(&console, Some(&id), &sent, StatusCode::OK, &[], None)
}

/// The flight of an address, for whoever may move it.
async fn known(console: &Console, name: &str) -> Result<(FlightId, Flight), Response> {
    console.may(Act::MoveFlight)?;
    let id = name.parse::<FlightId>().map_err(|_| console.trouble(Failure::NotFound))?;
    let may = console.caller().may_for(Act::MoveFlight, &id.port, id.designator.carrier());
    may.map_err(|denied| console.trouble(denied.into()))?;
    let found = lookups::flight::read(console.app(), &id).await.map_err(|failure| console.trouble(failure))?;
    let (flight, _) = found.ok_or_else(|| console.trouble(Failure::NotFound))?;
    Ok((id, flight))
}

/// `POST /flights/new`.
pub async fn make(console: Console, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::MoveFlight)?;
    console.own_form(&sent.csrf)?;
    let (app, port) = (console.app(), console.port()?);
    let designator = sent.flight.parse::<Designator>();
    // Without a day or a number there is no name yet; the other fields are checked all the same, so that all faults come at once.
    let date = sent.day().unwrap_or_else(|| local_date(port, app.now()));
    let Ok(designator) = designator else {
        let code = if sent.flight.trim().is_empty() { "required" } else { "not-a-flight" };
        return wrong(&console, port, &sent, FieldError::new("/flight", code), date);
    };
    let id = FlightId { designator, date, port: port.code.clone() };
    if let Ok(Some(_)) = lookups::flight::read(app, &id).await {
        let words = console.words.t("flight-exists");
        return render(&console, None, &sent, StatusCode::CONFLICT, &[], Some(words));
    }
    finish(&console, None, &id, &sent).await
}

fn wrong(console: &Console, port: &Port, sent: &Sent, first: FieldError, date: Date) -> Result<Response, Response> {
    let mut faults = vec![first];
    if let Ok(any) = "XX1".parse::<Designator>() {
        let id = FlightId { designator: any, date, port: port.code.clone() };
        faults.extend(sent.form().check(id, &port.zone(), false, console.app().now()).err().into_iter().flatten());
    }
    render(console, None, sent, StatusCode::UNPROCESSABLE_ENTITY, &faults, None)
}

/// `POST /flights/{flight}/move`.
pub async fn change(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.own_form(&sent.csrf)?;
    let (id, _) = known(&console, &name).await?;
    finish(&console, Some(&id), &id, &sent).await
}

async fn finish(console: &Console, moved: Option<&FlightId>, id: &FlightId, sent: &Sent) -> Result<Response, Response> {
    match move_flight(console.app(), &console.caller(), id, &sent.form(), None).await {
        Ok(_) => {
            let day = sent.day().unwrap_or(id.date);
            Ok(page::see(&format!("/flights?date={day}&saved={}", id.designator)))
        }
        Err(Failure::Invalid(faults)) => render(console, moved, sent, StatusCode::UNPROCESSABLE_ENTITY, &faults, None),
        Err(failure @ Failure::Denied(_)) => {
            let words = Some(console.words.t("flight-not-yours"));
            render(console, moved, sent, Problem::new(failure, console.words).status(), &[], words)
        }
        Err(failure) => Err(console.trouble(failure)),
    }
}

fn render(
    console: &Console,
    moved: Option<&FlightId>,
    sent: &Sent,
    status: StatusCode,
    faults: &[FieldError],
    refused: Option<String>,
) -> Result<Response, Response> {
    let words = console.words;
    let elements = elements(words, moved, sent, faults);
    let page = OnePage {
        shell: console.shell(),
        frame: console.frame(),
        flight: moved.map(|id| id.designator.to_string()),
        action: moved.map_or_else(|| "/flights/new".to_owned(), |id| format!("/flights/{id}/move")),
        zone: When::of(words, console.app().now(), &console.port()?.zone()).zone,
        summary: Summary::of(words, &elements),
        elements,
        refused,
    };
    Ok(page::shown(status, &page))
}

fn elements(words: Words, moved: Option<&FlightId>, sent: &Sent, faults: &[FieldError]) -> Vec<Element> {
    let field = |name: &str, label: &str, hint: Option<&str>, optional: bool, control| {
        let at = format!("/{name}");
        let told = faults.iter().filter(|f| f.pointer == at);
        let own = name.replace('_', "-");
        let words_of = |f: &FieldError| words.error_of(&f.code, &own, &f.params);
        Element::Field(Field {
            name: name.to_owned(),
            nth: 0,
            label: words.t(label),
            hint: hint.map(|key| words.t(key)),
            optional: optional.then(|| words.t("optional")),
            errors: told.map(|f| words_of(f).unwrap_or_else(|| words.error(&f.code, &f.params))).collect(),
            control,
        })
    };
    let line = |value: &str, chars| {
        Control::Line(Line { value: value.to_owned(), chars: Some(chars), as_printed: true, ..Line::default() })
    };
    let mut elements = Vec::new();
    if moved.is_none() {
        elements.push(field("flight", "field-flight", Some("hint-flight"), false, line(&sent.flight, 10)));
    }
    elements.extend([
        field("origin", "flights-origin", Some("flights-origin-hint"), false, line(&sent.origin, 5)),
        field(
            "scheduled_arrival",
            "flights-scheduled",
            Some("flights-time-hint"),
            false,
            line(&sent.scheduled_arrival, 20),
        ),
        field("actual_arrival", "flights-actual", Some("flights-time-hint"), true, line(&sent.actual_arrival, 20)),
        field("category", "flights-category", None, false, categories(words, &sent.category)),
        field("status", "flights-status", Some("flights-status-hint"), true, statuses(words, &sent.status)),
    ]);
    elements
}

fn categories(words: Words, chosen: &str) -> Control {
    select(words, "category", Category::ALL.map(Category::name), chosen)
}

fn statuses(words: Words, chosen: &str) -> Control {
    select(words, "flight", Status::ALL.map(Status::name), chosen)
}

fn select<const N: usize>(words: Words, prefix: &str, names: [&'static str; N], chosen: &str) -> Control {
    let none = Pick { value: String::new(), text: words.t("answer-none-yet"), chosen: chosen.is_empty() };
    let pick = |name: &str| Pick {
        value: name.to_owned(),
        text: words.t(&format!("{prefix}-{name}")),
        chosen: name == chosen,
    };
    Control::Select { picks: std::iter::once(none).chain(names.into_iter().map(pick)).collect(), autocomplete: None }
}
