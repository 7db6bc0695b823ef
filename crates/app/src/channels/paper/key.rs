//! What stands on a paper form, keyed in: one page, so that eyes go down the paper and down the screen together. Nothing is kept
//! between presses but what the page itself holds.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::paper::Serial;
use pratique_core::port::Port;
use pratique_core::questionnaire::{Questionnaire, route};
use pratique_core::rules::stay_faults;
use serde_json::{Value, json};

use super::{desk, twice};
use crate::actions::declare::declare;
use crate::actions::print_forms::used;
use crate::channels::staff::{Console, Frame};
use crate::channels::traveller::form::{Sent, store};
use crate::channels::traveller::own::{self, Own};
use crate::channels::traveller::view::faults;
use crate::channels::traveller::{draft, typed};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::paper::{self, Sheet};
use crate::lookups::reasons;
use crate::once::Once;
use crate::page::asked::Asker;
use crate::page::when::When;
use crate::page::{self, Control, Element, Field, Line, Shell, Summary};
use crate::words::Words;

/// Where the day and the hour that stand on the paper are typed.
const DAY: &str = "/paper/day";
const HOUR: &str = "/paper/hour";
const ATTESTED: &str = "/attested";
const AT: &str = "/answers";

/// The page.
#[derive(Debug, Template)]
#[template(path = "paper/key.html")]
pub struct KeyPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The form's number.
    pub serial: String,
    /// That the questions on it are not those of today.
    pub other_form: bool,
    /// The port's zone.
    pub zone: String,
    /// What is wrong, all of it.
    pub summary: Summary,
    /// Why it did not go.
    pub refused: Option<String>,
    /// A question was opened by an answer.
    pub more: bool,
    /// Heading and fields of each part, in the order of the paper.
    pub parts: Vec<(String, Vec<Element>)>,
    /// The four fields once more.
    pub again: Vec<Element>,
    /// Whether the paper is signed.
    pub signed: bool,
    /// What is wrong with that.
    pub signed_error: Option<String>,
    /// The key under which it is sent once.
    pub once: String,
}

/// What is being keyed in.
struct Keying<'a> {
    console: &'a Console,
    port: &'a Port,
    form: &'a Questionnaire,
    sheet: Sheet,
    sent: Sent,
    body: Value,
    today: Date,
}

/// How the page is shown.
#[derive(Default)]
struct Manner {
    told: bool,
    more: bool,
    refused: Option<String>,
    faults: Vec<FieldError>,
}

/// `GET /paper/forms/{serial}`.
pub async fn show(console: Console, Path(serial): Path<String>) -> Result<Response, Response> {
    console.may(Act::KeyPaper)?;
    let keying = open(&console, &serial, Sent::default()).await?;
    Ok(keying.shown(StatusCode::OK, Manner::default()))
}

/// The form, if it is one of the port's and was not keyed in before.
async fn open<'a>(console: &'a Console, serial: &str, sent: Sent) -> Result<Keying<'a>, Response> {
    let (app, words, port) = (console.app(), console.words, console.port()?);
    let trouble = |failure| console.trouble(failure);
    let parsed: Serial = match serial.parse() {
        Ok(parsed) => parsed,
        Err(_) => return Err(console.trouble(Failure::NotFound)),
    };
    let found = match parsed.port == port.code {
        true => paper::read(app, &parsed).await.map_err(trouble)?,
        false => None,
    };
    let error = match &found {
        None => Some(FieldError::new("/paper/serial", "serial-unknown")),
        // A second press of the button is told by the action, which knows the first one's answer.
        Some((sheet, _)) if sent.0.is_empty() => used(sheet, port),
        Some(_) => None,
    };
    if let Some(error) = error {
        let error = words.error(&error.code, &error.params);
        return Err(desk::with_error(console, &parsed.to_string(), error).await.unwrap_or_else(|page| page));
    }
    let in_force = app.house.in_force(port).ok_or_else(|| trouble(Failure::bug("a port without its pack")))?;
    let sheet = found.map(|(sheet, _)| sheet).ok_or_else(|| trouble(Failure::NotFound))?;
    let mut body = draft::begin(&port.code, &sheet.language, &sheet.notice);
    body["channel"] = json!("paper");
    store(&mut body, &in_force.form, &sent, |pointer| !pointer.starts_with("/companions"));
    body["attested"] = json!(sent.one(ATTESTED) == Some("true"));
    Ok(Keying { console, port, form: &in_force.form, sheet, sent, body, today: local_date(port, app.now()) })
}

/// `POST /paper/forms/{serial}`.
pub async fn take(console: Console, Path(serial): Path<String>, sent: Sent) -> Result<Response, Response> {
    console.may(Act::KeyPaper)?;
    console.own_form(sent.one("csrf").unwrap_or_default())?;
    let keying = open(&console, &serial, sent).await?;
    if keying.sent.has("add") || keying.sent.has("remove") {
        return Ok(keying.shown(StatusCode::OK, Manner::default()));
    }
    if keying.opened() {
        return Ok(keying.shown(StatusCode::OK, Manner { more: true, ..Manner::default() }));
    }
    let (at, mut faults) = keying.time();
    faults.extend(keying.doubts());
    let (Some(at), true) = (at, keying.is_sound(&faults)) else {
        let manner = Manner { told: true, faults, ..Manner::default() };
        return Ok(keying.shown(StatusCode::UNPROCESSABLE_ENTITY, manner));
    };
    match keying.declared(at).await {
        Ok(()) => Ok(page::see(&format!("/paper/forms/{}/slip", keying.sheet.serial))),
        Err(failure) => keying.again(failure),
    }
}

impl Keying<'_> {
    fn words(&self) -> Words {
        self.console.words
    }

    fn sections(&self, told: bool) -> Vec<(String, Vec<Element>)> {
        let words = self.words();
        let answers = self.body.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
        let walked = route(self.form, &answers, self.today);
        let between = stay_faults(&answers, AT);
        let answers = Value::Object(answers);
        let asker = Asker { words, at: AT, tells: &|_| told, answers: &answers, between: &between };
        let section = |shown| (String::new(), asker.elements(std::slice::from_ref(shown)));
        walked.sections.iter().map(section).collect()
    }

    fn names(parts: &[(String, Vec<Element>)]) -> Vec<String> {
        let mut names = Vec::new();
        parts.iter().flat_map(|(_, elements)| elements).for_each(|element| element.names(&mut names));
        names
    }

    /// Did an answer open a question that the page did not have?
    fn opened(&self) -> bool {
        Self::names(&self.sections(false)).iter().any(|name| !self.sent.has(name))
    }

    /// The instant that the paper says, on the port's clock, or what is wrong with it.
    fn time(&self) -> (Option<Timestamp>, Vec<FieldError>) {
        let text = |name| self.sent.one(name).unwrap_or_default();
        let mut faults = Vec::new();
        let mut told = |name, code| faults.push(FieldError::new(name, code));
        let day = match text(DAY) {
            "" => None.or_else(|| {
                told(DAY, "required");
                None
            }),
            typed => typed::date(typed).parse::<Date>().ok().or_else(|| {
                told(DAY, "not-a-date");
                None
            }),
        };
        let hour = match text(HOUR) {
            "" => None.or_else(|| {
                told(HOUR, "required");
                None
            }),
            typed => clock(typed).or_else(|| {
                told(HOUR, "not-an-hour");
                None
            }),
        };
        let at = day.zip(hour).and_then(|(day, hour)| day.to_datetime(hour).to_zoned_datetime(self.port.zone()).ok());
        (at.map(|zoned| zoned.timestamp()), faults)
    }

    /// The four fields whose two entries differ, and a paper that nobody signed.
    fn doubts(&self) -> Vec<FieldError> {
        let differing = twice::differing(&self.body, &self.sent).into_iter();
        let mut doubts: Vec<_> =
            differing.map(|field| FieldError::new(twice::second(field), "twice-differs")).collect();
        if self.body["attested"] != json!(true) {
            doubts.push(FieldError::new(ATTESTED, "not-attested"));
        }
        doubts
    }

    fn own_faults(&self) -> Vec<FieldError> {
        let mut body = self.body.clone();
        body["attested"] = json!(true);
        faults(&body, self.today)
    }

    fn is_sound(&self, faults: &[FieldError]) -> bool {
        let elements: Vec<Element> = self.sections(true).into_iter().flat_map(|(_, elements)| elements).collect();
        faults.is_empty() && self.own_faults().is_empty() && Summary::of(self.words(), &elements).is_empty()
    }

    async fn declared(&self, at: Timestamp) -> Result<(), Failure> {
        let (app, who) = (self.console.app(), self.console.caller());
        let mut body = draft::body(&self.body);
        body["paper"] = json!({"serial": self.sheet.serial.to_string(), "at": at});
        let bytes = serde_json::to_vec(&body)?;
        let key = self.sent.one("once").unwrap_or_default();
        let once = Once::of(app, &format!("paper {}", self.sheet.serial), &who.name(), key, &bytes);
        match declare(app, &who, &body, Some(once)).await {
            // Sent before with other words: the form is used, and the action says when and by whom.
            Err(Failure::KeyReused) => declare(app, &who, &body, None).await.map(drop),
            other => other.map(drop),
        }
    }

    fn again(&self, failure: Failure) -> Result<Response, Response> {
        let words = self.words();
        let mut manner = Manner { told: true, ..Manner::default() };
        match &failure {
            Failure::Invalid(told) => {
                let (number, rest): (Vec<_>, Vec<_>) = told.iter().cloned().partition(|f| f.pointer == "/paper/serial");
                manner.refused = number.first().map(|fault| words.error(&fault.code, &fault.params));
                manner.faults = rest;
                manner.faults.iter_mut().filter(|f| f.pointer == "/paper/at").for_each(|f| f.pointer = DAY.to_owned());
            }
            Failure::Refused(refusal) => manner.refused = Some(reasons::refusal(refusal, words)),
            Failure::Busy => manner.refused = Some(words.t("verdict-busy")),
            _ => return Err(self.console.trouble(failure)),
        }
        Ok(self.shown(Problem::new(failure, words).status(), manner))
    }

    fn shown(&self, status: StatusCode, manner: Manner) -> Response {
        let words = self.words();
        let mut told = manner.faults;
        if manner.told {
            told.extend(self.own_faults());
        }
        let mut parts = vec![(words.t("paper-time-title"), self.time_fields(&told))];
        for (heading, list) in [("step-trip", own::TRIP), ("step-you", own::PERSON), ("step-contact", own::CONTACT)] {
            parts.push((words.t(heading), list.iter().map(|own| own.field(words, "", &self.body, &told)).collect()));
        }
        parts.extend(self.sections(manner.told));
        let again: Vec<Element> = twice::fields().map(|own| self.second(own, &told)).collect();
        let all: Vec<Element> = parts.iter().flat_map(|(_, elements)| elements).chain(&again).cloned().collect();
        let mut summary = Summary::of(words, &all);
        let unsigned = told.iter().find(|fault| fault.pointer == ATTESTED);
        let signed_error = unsigned.map(|_| words.t("paper-not-signed"));
        summary.add("f:attested", signed_error.as_slice());
        let page = KeyPage {
            shell: self.console.shell(),
            frame: self.console.frame(),
            serial: self.sheet.serial.to_string(),
            other_form: self.sheet.form != self.form.version,
            zone: When::of(words, self.console.app().now(), &self.port.zone()).zone,
            summary,
            refused: manner.refused,
            more: manner.more,
            parts,
            again,
            signed: self.body["attested"] == json!(true),
            signed_error,
            once: self.console.app().rng.id(self.console.app().now()).to_string(),
        };
        page::shown(status, &page)
    }

    fn time_fields(&self, told: &[FieldError]) -> Vec<Element> {
        [(DAY, "paper-day", 10), (HOUR, "paper-hour", 5)]
            .map(|(name, label, chars)| self.line(name, label, Some(chars), told))
            .to_vec()
    }

    fn second(&self, own: &Own, told: &[FieldError]) -> Element {
        let words = self.words();
        let name = twice::second(own.pointer);
        let label = own.label(words);
        self.field(name, label, None, None, told)
    }

    fn line(&self, name: &str, label: &str, chars: Option<u8>, told: &[FieldError]) -> Element {
        let words = self.words();
        // shows: paper-{day,hour}-hint
        self.field(name.to_owned(), words.t(label), words.find(&format!("{label}-hint"), &[]), chars, told)
    }

    fn field(
        &self,
        name: String,
        label: String,
        hint: Option<String>,
        chars: Option<u8>,
        told: &[FieldError],
    ) -> Element {
        let words = self.words();
        let said = |fault: &FieldError| {
            words.with("error-at-field", &[("field", &label), ("message", &words.error(&fault.code, &fault.params))])
        };
        let errors = told.iter().filter(|fault| fault.pointer == name).map(said).collect();
        let value = self.sent.one(&name).unwrap_or_default().to_owned();
        let control = Control::Line(Line { value, chars, as_printed: true, ..Line::default() });
        Element::Field(Field { name, nth: 0, label, hint, optional: None, errors, control })
    }
}

/// An hour of the day as people write it: `9:05`, `09.05`, `0905`.
fn clock(text: &str) -> Option<Time> {
    let text = typed::digits(text);
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour, minute),
        None if text.len() == 4 => text.split_at_checked(2)?,
        None => return None,
    };
    let figure = |text: &str| text.trim().parse::<i8>().ok().filter(|_| (1..=2).contains(&text.trim().len()));
    Time::new(figure(hour)?, figure(minute)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::clock;
    use jiff::civil::time;

    #[test]
    fn an_hour_may_be_written_in_many_ways() {
        for text in ["9:05", "09:05", "0905", "09.05", "９：０５"] {
            assert_eq!(clock(text), Some(time(9, 5, 0, 0)), "{text}");
        }
        for text in ["", "9", "25:00", "12:60", "noon", "-1:00", "12:5x"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
