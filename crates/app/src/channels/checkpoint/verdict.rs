//! The verdict of one scan: the band, why, who, which flight, and the decision. To show it is to look at a person, and on record
//! before the page is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{Advice, Decision, DocumentCheck, Journey, Refusal};
use pratique_core::port::Port;

use super::picture::Band;
use super::recent::{self, Recent};
use super::scan::ScanForm;
use super::scripts::{self, Scripts};
use crate::actions;
use crate::channels::obligations::list::Line;
use crate::channels::staff::{Console, Frame};
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::lookups::decision::Clearance;
use crate::lookups::reasons;
use crate::lookups::verdict::{self, Reopened};
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::verdict::UndoneRecord;
use crate::words::Words;

/// The purpose that the log names for this look.
const WHY: &str = "checkpoint verdict";
/// So many last characters of a document are shown: enough to compare with the one in the hand.
const TAIL_CHARS: usize = 3;

/// The page.
#[derive(Debug, Template)]
#[template(path = "checkpoint/verdict.html")]
pub struct VerdictPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The scan's page.
    pub address: String,
    /// The face.
    pub band: Band,
    /// The weightiest reason; none for a clear one.
    pub why: Option<String>,
    /// All other reasons.
    pub others: Vec<String>,
    /// The person; nobody where nothing was found.
    pub person: Option<PersonLine>,
    /// Where the desk goes on with this person, for whoever works there.
    pub desk: Option<String>,
    /// What else is known: question and answer.
    pub facts: Vec<(String, String)>,
    /// Where, when and by whom it was used before: in the band, since it is why the person is held.
    pub used: Option<String>,
    /// What was decided, with what is owed now.
    pub decided: Option<Outcome>,
    /// Why a decision could not be taken back.
    pub not_undone: Option<String>,
    /// What was taken back, where nothing new was decided since.
    pub undone: Option<String>,
    /// Seconds for which the decision can be taken back.
    pub undo_s: Option<usize>,
    /// Milliseconds after which the console may go on by itself: only with a clean pass and the right document.
    pub by_itself: bool,
    /// What the document beside it said: `match`, `mismatch`, `unchecked`.
    pub document: &'static str,
    /// The scripts that add to this page.
    pub scripts: Scripts,
    /// Why a clearance is not offered, and what to do instead.
    pub no_clearance: Option<String>,
    /// The decision that can be taken.
    pub choices: Option<Choices>,
    /// What can be done where there is nothing to decide on.
    pub declare: bool,
    /// The form for the next person.
    pub next: ScanForm,
    /// The last scans here.
    pub recent: Vec<Recent>,
}

/// The key that does what a button does, where scripts run. A scanner types none of these.
fn key_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Clear => "F2",
        Decision::Refer => "F3",
        Decision::Hold => "F4",
    }
}

/// Who it is, as far as an officer needs it.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The name as declared.
    pub name: String,
    /// The document's last characters.
    pub document: String,
    /// Their birth date.
    pub born: String,
}

/// What became of it.
#[derive(Debug)]
pub struct Outcome {
    /// In words.
    pub text: String,
    /// What is owed.
    pub owed: Vec<Line>,
}

/// The form of the decision.
#[derive(Debug)]
pub struct Choices {
    /// Buttons, the advised one first.
    pub buttons: Vec<Button>,
    /// The reason, as typed.
    pub reason: String,
    /// Whether a reason is needed for going on.
    pub needs_reason: bool,
    /// Why the decision did not go.
    pub refused: Option<String>,
    /// The key under which it is decided once.
    pub once: String,
}

/// One decision that can be taken.
#[derive(Debug)]
pub struct Button {
    /// Its name.
    pub value: &'static str,
    /// In words.
    pub text: String,
    /// The key that does the same where scripts run.
    pub key: &'static str,
    /// It is the advised one, or as near to it as can be.
    pub first: bool,
}

/// A decision that was refused, with what was typed.
#[derive(Debug, Clone)]
pub struct Refused {
    /// In words.
    pub words: String,
    /// The reason typed.
    pub reason: String,
    /// It was not a decision that was refused, but to take one back.
    pub undo: bool,
}

/// `GET /checkpoint/scans/{scan}`.
pub async fn show(console: Console, Path(scan): Path<String>) -> Result<Response, Response> {
    console.may(Act::Scan)?;
    render(&console, &scan, StatusCode::OK, None).await
}

/// The page of a scan, with a refused decision where there is one.
pub async fn render(
    console: &Console,
    scan: &str,
    status: StatusCode,
    refused: Option<Refused>,
) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, scan, refused).await.map_err(|failure| console.trouble(failure))?;
    Ok(scripts::with_camera(page::shown(status, &page)))
}

async fn build(console: &Console, port: &Port, scan: &str, refused: Option<Refused>) -> Result<VerdictPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let id: Id = scan.parse().map_err(|_| Failure::NotFound)?;
    let reopened = verdict::reopen(app, &console.caller(), port, id, words.language()).await?;
    let dossier = match reopened.record.journey {
        Some(journey) => {
            actions::look::look(app, &console.caller(), &[journey], WHY).await?;
            verdict::person(app, journey).await?
        }
        None => None,
    };
    let recent = match super::station::chosen(console, port) {
        Some(station) => recent::at(app, words, port, station).await?,
        None => Vec::new(),
    };
    let record = &reopened.record;
    let mut texts = reopened.reasons.iter().map(|r| r.text.clone());
    let why = if record.advice == Advice::Clear { None } else { texts.next() };
    let was_decision = refused.as_ref().is_some_and(|r| !r.undo);
    Ok(VerdictPage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/checkpoint/scans/{id}"),
        band: Band::of(record.advice),
        why,
        others: texts.collect(),
        person: dossier.as_ref().map(|d| person(words, d)),
        desk: record.journey.filter(|_| console.may(Act::Examine).is_ok()).map(|id| format!("/desk/people/{id}")),
        facts: facts(words, port, &reopened),
        used: record.used.as_ref().map(|u| {
            let when = When::of(words, u.at, &port.zone());
            words.with(
                "verdict-used",
                &[("station", &u.station), ("by", &u.by), ("at", &when.local), ("zone", &when.zone)],
            )
        }),
        decided: record.decided.filter(|_| !was_decision).map(|d| outcome(console, port, d, &reopened)),
        not_undone: refused.as_ref().filter(|r| r.undo).map(|r| r.words.clone()),
        undone: record.undone.as_ref().filter(|_| record.act.is_none()).map(|u| undone(words, port, u)),
        undo_s: reopened
            .undo_s
            .and_then(|s| usize::try_from(s).ok())
            .filter(|_| console.station_cookie().as_ref() == Some(&record.station)),
        by_itself: by_itself(port, &reopened),
        document: document_name(record.document),
        scripts: Scripts::of_lane(port),
        no_clearance: no_clearance(words, &reopened),
        choices: choices(console, &reopened, refused.filter(|_| was_decision)),
        declare: record.journey.is_none(),
        next: ScanForm::empty(console),
        recent,
    })
}

fn person(words: Words, dossier: &Dossier) -> PersonLine {
    let traveller = &dossier.content.traveller;
    let name = &traveller.name;
    let parts = [Some(name.primary.as_str()), name.secondary.as_deref(), name.native.as_deref()];
    let document = match &traveller.document {
        Some(document) => {
            let from = document.number.len().saturating_sub(TAIL_CHARS);
            words.with("verdict-document-tail", &[("tail", document.number.get(from..).unwrap_or_default())])
        }
        None => words.t("document-none"),
    };
    let born = page::when::day_of(words, &traveller.birth_date.to_string());
    PersonLine { name: parts.into_iter().flatten().collect::<Vec<_>>().join(" "), document, born }
}

/// What the officer may want to know beside the verdict.
fn facts(words: Words, port: &Port, reopened: &Reopened) -> Vec<(String, String)> {
    let record = &reopened.record;
    let zone = port.zone();
    let mut facts = vec![
        (words.t("verdict-pass"), words.t(&format!("pass-verdict-{}", record.pass_said()))),
        (words.t("verdict-document"), words.t(&format!("document-check-{}", document_name(record.document)))),
    ];
    if let Some(journey) = &reopened.journey {
        facts.push((words.t("verdict-flight"), flight(words, port, journey, reopened)));
        facts.push((words.t("verdict-manifest"), words.t(&format!("manifest-{}", record.manifest))));
        let judged = reasons::judged_by(journey).map(|by| reasons::judged(&by, words));
        facts.extend(judged.map(|judged| (words.t("verdict-rules"), judged)));
    }
    let when = When::of(words, record.at, &zone);
    let scanned = [("at", when.local.as_str()), ("zone", &when.zone), ("station", &record.station), ("by", &record.by)];
    facts.push((words.t("verdict-scanned"), words.with("verdict-scanned-text", &scanned)));
    facts
}

/// What was taken back, and when.
fn undone(words: Words, port: &Port, undone: &UndoneRecord) -> String {
    let when = When::of(words, undone.at, &port.zone());
    let figures = [("by", undone.by.as_str()), ("at", &when.local), ("zone", &when.zone)];
    // shows: verdict-undone-{clear, refer, hold}
    words.with(&format!("verdict-undone-{}", undone.decision.name()), &figures)
}

/// Only what needs no word and no look goes on by itself, and not what somebody has just taken back.
fn by_itself(port: &Port, reopened: &Reopened) -> bool {
    let record = &reopened.record;
    let clean = record.advice == Advice::Clear && record.document == DocumentCheck::Match;
    let open = record.decided.is_none() && record.undone.is_none();
    clean && open && reopened.clearance == Some(Clearance::Free) && port.lanes.clear_after_ms > 0
}

fn document_name(check: DocumentCheck) -> &'static str {
    match check {
        DocumentCheck::Match => "match",
        DocumentCheck::Mismatch => "mismatch",
        DocumentCheck::Unchecked => "unchecked",
    }
}

fn flight(words: Words, port: &Port, journey: &Journey, reopened: &Reopened) -> String {
    let designator = journey.flight.designator.to_string();
    match &reopened.flight {
        Some(flight) => {
            let when = When::of(words, flight.scheduled_arrival, &port.zone());
            let figures = [
                ("flight", designator.as_str()),
                ("origin", &flight.origin),
                ("at", &when.local),
                ("zone", &when.zone),
            ];
            words.with("verdict-flight-text", &figures)
        }
        None => {
            let day = page::when::day(words, journey.flight.date);
            words.with("verdict-flight-unknown", &[("flight", &designator), ("day", &day)])
        }
    }
}

fn outcome(console: &Console, port: &Port, decision: Decision, reopened: &Reopened) -> Outcome {
    let (words, now) = (console.words, console.app().now());
    let owed = match (&reopened.journey, reopened.record.journey) {
        (Some(journey), Some(id)) => journey.open().map(|o| Line::of(words, port, id, journey, o, now)).collect(),
        _ => Vec::new(),
    };
    Outcome { text: words.t(&format!("verdict-decided-{}", decision.name())), owed }
}

/// What is said where a clearance would be refused whatever is typed. That it was used before stands in the band already.
fn no_clearance(words: Words, reopened: &Reopened) -> Option<String> {
    match reopened.clearance.as_ref().filter(|_| reopened.record.decided.is_none())? {
        Clearance::Refused(Refusal::UsedUp(_)) => Some(words.t("verdict-used-what-to-do")),
        Clearance::Refused(refusal) => Some(reasons::refusal(refusal, words)),
        Clearance::Free | Clearance::WithReason => None,
    }
}

/// The buttons, the advised one first; no clearance where it would be refused whatever is typed, and none at all on a scan that
/// is too old. A clearance ends the scan; a referral or a hold can still be followed by another.
fn choices(console: &Console, reopened: &Reopened, refused: Option<Refused>) -> Option<Choices> {
    let clearance = reopened.clearance.as_ref()?;
    let is_old = *clearance == Clearance::Refused(Refusal::ScanTooOld);
    if (reopened.record.decided.is_some() || is_old) && refused.is_none() {
        return None;
    }
    let is_offered = |d: &Decision| !is_old && (*d != Decision::Clear || !matches!(clearance, Clearance::Refused(_)));
    let (app, words) = (console.app(), console.words);
    // The advised one first, then what is nearest to it: one slip of the finger should cost little.
    let order = match reopened.record.advice {
        Advice::Clear => [Decision::Clear, Decision::Refer, Decision::Hold],
        Advice::Refer => [Decision::Refer, Decision::Hold, Decision::Clear],
        Advice::Hold => [Decision::Hold, Decision::Refer, Decision::Clear],
    };
    let offered: Vec<Decision> = order.into_iter().filter(is_offered).collect();
    let first = offered.first().copied();
    let button = |d: Decision| Button {
        value: d.name(),
        text: words.t(&format!("decision-{}", d.name())),
        key: key_of(d),
        first: Some(d) == first,
    };
    let buttons = offered.into_iter().map(button).collect();
    let needs_reason = *clearance == Clearance::WithReason;
    let (refused, reason) = refused.map_or((None, String::new()), |r| (Some(r.words), r.reason));
    let once = app.rng.id(app.now()).to_string();
    Some(Choices { buttons, reason, needs_reason, refused, once })
}
