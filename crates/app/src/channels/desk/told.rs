//! What a person's page tells beside its forms: who it is, what was found, what was asked, where samples and orders stand.

use jiff::civil::Date;
use pratique_core::journey::{Journey, Message, ObligationKind, test};
use pratique_core::port::Port;

use crate::channels::obligations::answers::{self, Section};
use crate::channels::staff::Console;
use crate::dossier::Dossier;
use crate::findings::{Findings, Temperature};
use crate::house::{House, local_date};
use crate::inquiry::Inquiry;
use crate::lookups::findings::Examination;
use crate::lookups::inquiry::Investigation;
use crate::page::when::{When, day_of};
use crate::words::Words;

/// So many last characters of a document are shown: enough to compare with the one in the hand.
const TAIL_CHARS: usize = 3;

/// One examination in words.
#[derive(Debug, Clone)]
pub struct ExaminationLine {
    /// When, by whom, where.
    pub head: String,
    /// Each reading.
    pub readings: Vec<String>,
    /// Each symptom.
    pub symptoms: Vec<String>,
}

/// One investigation in words.
#[derive(Debug, Clone)]
pub struct InquiryLine {
    /// When and by whom.
    pub head: String,
    /// The answers.
    pub sections: Vec<Section>,
}

/// Who it is: question and answer.
#[must_use]
pub fn person(words: Words, journey: &Journey, dossier: &Dossier) -> Vec<(String, String)> {
    let (traveller, trip) = (&dossier.content.traveller, &dossier.content.trip);
    let document = match &traveller.document {
        Some(document) => {
            let skipped = document.number.chars().count().saturating_sub(TAIL_CHARS);
            let tail: String = document.number.chars().skip(skipped).collect();
            words.with("verdict-document-tail", &[("tail", &tail)])
        }
        None => words.t("document-none"),
    };
    let mut person = vec![
        (words.t("pass-name"), traveller.name.line()),
        (words.t("pass-document"), document),
        (words.t("field-birth-date"), day_of(words, &traveller.birth_date.to_string())),
        (words.t("pass-flight"), journey.flight.designator.to_string()),
    ];
    person.extend(trip.seat.as_ref().map(|seat| (words.t("field-seat"), seat.to_string())));
    let language = Words::of(&dossier.content.language).t("language-name");
    person.push((words.t("desk-language"), language));
    person.push((words.t("desk-class"), words.t(&format!("class-{}", journey.class.name()))));
    person
}

/// What a colleague did, when, at which desk.
fn head(console: &Console, port: &Port, at: jiff::Timestamp, by: &str, station: Option<&str>) -> String {
    let when = When::of(console.words, at, &port.zone()).local;
    match station {
        Some(station) => console.words.with("desk-examined-head", &[("at", &when), ("by", by), ("station", station)]),
        None => console.words.with("desk-asked-head", &[("at", &when), ("by", by)]),
    }
}

/// An examination in words, its symptoms as the pack has them whose codes they are.
#[must_use]
pub fn examination(console: &Console, port: &Port, one: &Examination) -> ExaminationLine {
    ExaminationLine {
        head: head(console, port, one.at, &one.by, Some(&one.station)),
        readings: readings(console.words, &one.findings),
        symptoms: symptoms(&console.app().house, console.words, port, &one.findings),
    }
}

/// Each reading, with what and where it was taken.
#[must_use]
pub fn readings(words: Words, findings: &Findings) -> Vec<String> {
    let reading = |taken: &Temperature| {
        let with = taken.device.map(|d| words.t(&format!("device-{}", d.name())));
        let at = taken.site.map(|s| words.t(&format!("site-{}", s.name())));
        let how = [with, at].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let value = format!("{:.1}", taken.value_c);
        match how.is_empty() {
            true => words.with("desk-reading", &[("value", &value)]),
            false => words.with("desk-reading-how", &[("value", &value), ("how", &how)]),
        }
    };
    findings.temperatures.iter().map(reading).collect()
}

/// Each symptom, in the words of the pack whose code it is.
#[must_use]
pub fn symptoms(house: &House, words: Words, port: &Port, findings: &Findings) -> Vec<String> {
    let pack = house.pack(&findings.pack).or_else(|| house.in_force(port));
    let symptom = |code: &String| {
        let known = pack.and_then(|p| p.symptoms().iter().find(|choice| choice.code == *code));
        known.map_or_else(|| code.clone(), |choice| choice.text(words.language()).to_owned())
    };
    findings.symptoms.iter().map(symptom).collect()
}

/// An investigation in words.
#[must_use]
pub fn inquiry(console: &Console, port: &Port, one: &Investigation) -> InquiryLine {
    let sections = asked(&console.app().house, console.words, &one.inquiry, local_date(port, one.at));
    InquiryLine { head: head(console, port, one.at, &one.by, None), sections }
}

/// What was answered on this day; nothing of a form that is gone.
#[must_use]
pub fn asked(house: &House, words: Words, inquiry: &Inquiry, day: Date) -> Vec<Section> {
    let pack = house.pack(&inquiry.pack);
    let form = pack.and_then(|p| p.investigation.as_ref()).filter(|form| form.version == inquiry.questionnaire);
    form.map(|form| answers::sections(words, form, &inquiry.answers, day)).unwrap_or_default()
}

/// Where each sample stands, and what came of it.
#[must_use]
pub fn samples(words: Words, journey: &Journey) -> Vec<String> {
    let each = journey.samples.iter().map(|sample| {
        let number = sample.number.to_string();
        let owed = journey.open().any(|o| o.kind == ObligationKind::CollectSample && o.about == Some(sample.number));
        let state = match test::result_of(sample) {
            Some(result) => words.t(&format!("desk-result-{}", result.name())),
            None if owed => words.t("desk-sample-ordered"),
            None => words.t(&format!("desk-sample-{}", sample.state_name())),
        };
        words.with("desk-sample-line", &[("number", &number), ("state", &state)])
    });
    each.collect()
}

/// By which way the person was told, and what could not be delivered: of one sample, or of all. No address is in it.
#[must_use]
pub fn messages(words: Words, port: &Port, journey: &Journey, sample: Option<u32>) -> Vec<String> {
    let mine = journey.messages.iter().filter(|m| sample.is_none_or(|sample| m.of.sample == sample));
    let line = |message: &Message| {
        let at = When::of(words, message.at, &port.zone()).local;
        let way = message.way.map(|way| words.t(&format!("way-{}", way.name()))).unwrap_or_default();
        // shows: message-not-{no-address, refused, no-answer}
        let key = message.undelivered.map_or("message-sent".to_owned(), |why| format!("message-not-{}", why.name()));
        words.with(&key, &[("way", &way), ("at", &at)])
    };
    mine.map(line).collect()
}

/// Where each order stands: what, and until when.
#[must_use]
pub fn orders(words: Words, port: &Port, journey: &Journey) -> Vec<(u32, String)> {
    let each = journey.orders.iter().map(|order| {
        let measure = words.t(&format!("measure-{}", order.measure.name()));
        let state = words.t(&format!("desk-order-{}", order.state_name()));
        let line = match order.until().map(|at| When::of(words, at, &port.zone())) {
            Some(when) => {
                let figures =
                    [("measure", measure.as_str()), ("state", &state), ("until", &when.local), ("zone", &when.zone)];
                words.with("desk-order-until", &figures)
            }
            None => words.with("desk-order-line", &[("measure", &measure), ("state", &state)]),
        };
        (order.number, line)
    });
    each.collect()
}
