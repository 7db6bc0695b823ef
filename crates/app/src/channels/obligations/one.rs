//! One obligation: the person, why they were sent, what they answered, what was done so far, and the answers that fit. Opening
//! it is a look at a person, and on record before the page is sent.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::{Act, Role};
use pratique_core::id::Id;
use pratique_core::identity::Name;
use pratique_core::journey::obligation::State;
use pratique_core::journey::{Disposition, Journey, Obligation, Outcome};
use pratique_core::port::Port;
use pratique_core::rules::Tier;

use super::answers::{self, Before, Section};
use super::deeds::{Deedline, deed};
use super::hand_over::{Handing, handing};
use super::list::Line;
use crate::actions::look::look;
use crate::channels::staff::{Console, Frame};
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::earlier::{self, Earlier};
use crate::lookups::reasons;
use crate::lookups::{journey, note, obligation, verdict};
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// Characters of a document number that are enough to compare it with the document in the hand.
const TAIL_CHARS: usize = 4;

/// The purpose that the log names for this look: to do what is owed, or to see that it is done.
fn purpose(role: Role) -> &'static str {
    if role == Role::Supervisor { "supervision of an obligation" } else { "obligation" }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "obligations/one.html")]
pub struct OnePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What is owed.
    pub line: Line,
    /// The person: question and answer; empty once they were erased.
    pub person: Vec<(String, String)>,
    /// Why the rules sent them.
    pub reasons: Vec<String>,
    /// By which rules of which pack; none for whoever is told only how grave the reasons are.
    pub judged: Option<String>,
    /// What they answered before, where that is a reason; none for whoever may not see it.
    pub earlier: Vec<Before>,
    /// What they answered; none for whoever may not see it.
    pub answers: Option<Vec<Section>>,
    /// What was done so far, oldest first.
    pub history: Vec<Deedline>,
    /// Whether it can be taken on.
    pub can_take: bool,
    /// The answers that fit, if this person may give one: value, words, whether it is chosen.
    pub outcomes: Vec<(&'static str, String, bool)>,
    /// The words typed with the answer.
    pub reason: String,
    /// Why the answer did not go.
    pub refused: Option<String>,
    /// What it was answered with, once it is.
    pub answered: Option<String>,
    /// The key under which it is answered once.
    pub once: String,
    /// Handing the person over.
    pub handing: Handing,
}

/// What was typed into an answer that did not go.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The outcome chosen.
    pub outcome: String,
    /// The words.
    pub reason: String,
    /// Why it did not go.
    pub refused: String,
    /// The department chosen for a handover.
    pub to: String,
    /// The words for it.
    pub note: String,
}

/// `GET /obligations/{name}`.
pub async fn show(console: Console, Path(name): Path<String>) -> Result<Response, Response> {
    console.may(Act::SeeObligations)?;
    render(&console, &name, StatusCode::OK, None).await
}

/// The page, with an answer that did not go where there is one.
pub async fn render(
    console: &Console,
    name: &str,
    status: StatusCode,
    typed: Option<Typed>,
) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, name, typed.unwrap_or_default()).await.map_err(|f| console.trouble(f))?;
    Ok(page::shown(status, &page))
}

async fn build(console: &Console, port: &Port, name: &str, typed: Typed) -> Result<OnePage, Failure> {
    let (app, words, now) = (console.app(), console.words, console.app().now());
    let (id, number) = obligation::parse_name(name)?;
    let journey = journey::load(app, id).await?.journey.filter(|j| j.port == port.code).ok_or(Failure::NotFound)?;
    let owed = journey.obligations.iter().find(|o| o.number == number).ok_or(Failure::NotFound)?;
    look(app, &console.caller(), &[id], purpose(console.signed.staff.grant.role)).await?;
    let dossier = verdict::person(app, id).await?;
    let history = match &dossier {
        Some(_) => note::all(app, id).await?,
        None => Vec::new(),
    };
    let shown = dossier.as_ref().filter(|_| console.may(Act::SeeAnswers).is_ok());
    let earlier = match shown {
        Some(d) => {
            let why = purpose(console.signed.staff.grant.role);
            said_before(console, (port, id), &journey, (d, why)).await?
        }
        None => Vec::new(),
    };
    let is_mine = console.signed.staff.grant.role == owed.kind.owner() && owed.is_open();
    Ok(OnePage {
        shell: console.shell(),
        frame: console.frame(),
        line: Line::of(words, port, id, &journey, owed, now),
        person: dossier.as_ref().map(|d| person(console, d)).unwrap_or_default(),
        reasons: reasons(console, &journey),
        judged: judged(console, &journey),
        answers: shown.map(|d| said(console, port, &journey, d)),
        earlier,
        history: history.iter().map(|n| deed(console, port, n)).collect(),
        handing: handing(console, port, id, &journey, &typed),
        can_take: is_mine && matches!(&owed.state, State::Open),
        outcomes: if is_mine { outcomes(words, owed, &typed.outcome) } else { Vec::new() },
        reason: typed.reason,
        refused: Some(typed.refused).filter(|r| !r.is_empty()),
        answered: answered(words, port, owed),
        once: once(console),
    })
}

pub(in crate::channels) fn once(console: &Console) -> String {
    let id: Id = console.app().rng.id(console.app().now());
    id.to_string()
}

/// The person as far as this role needs it: the name for those who meet them, the whole document number for the desk alone.
fn person(console: &Console, dossier: &Dossier) -> Vec<(String, String)> {
    let words = console.words;
    let (traveller, trip) = (&dossier.content.traveller, &dossier.content.trip);
    let may = |act| console.may(act).is_ok();
    let number = |number: &str| if may(Act::SeeDocument) { number.to_owned() } else { tail(words, number) };
    let document = match &traveller.document {
        Some(document) => format!("{} ({})", number(&document.number), document.issuer),
        None => words.t("document-none"),
    };
    let mut person = Vec::new();
    if may(Act::SeeName) {
        person.push((words.t("pass-name"), full_name(&traveller.name)));
    }
    person.push((words.t("pass-document"), document));
    if may(Act::SeeName) {
        let born = page::when::day_of(words, &traveller.birth_date.to_string());
        person.push((words.t("field-birth-date"), born));
    }
    person.extend(trip.seat.as_ref().map(|seat| (words.t("field-seat"), seat.to_string())));
    person
}

fn full_name(name: &Name) -> String {
    let parts = [Some(name.primary.as_str()), name.secondary.as_deref(), name.native.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How a document number ends; of a short one less, so that it is never told whole.
fn tail(words: Words, number: &str) -> String {
    let chars = number.chars().count();
    let kept = TAIL_CHARS.min(chars / 2);
    let end: String = number.chars().skip(chars - kept).collect();
    words.with("verdict-document-tail", &[("tail", &end)])
}

/// Why the rules sent them: in words for whoever may see the answers, for everybody else how grave it is and no more.
fn reasons(console: &Console, journey: &Journey) -> Vec<String> {
    let words = console.words;
    if console.may(Act::SeeAnswers).is_ok() {
        let told = reasons::rules(console.app(), journey, words.language());
        return told.into_iter().map(|r| r.text).collect();
    }
    let hit = journey.triage.standing().map_or(&[][..], |s| &s.input.reasons);
    let tiers: BTreeSet<Tier> = hit.iter().map(|r| r.tier).collect();
    tiers.iter().rev().map(|tier| words.t(&format!("reason-class-{}", tier.as_str()))).collect()
}

fn judged(console: &Console, journey: &Journey) -> Option<String> {
    let by = reasons::judged_by(journey).filter(|_| console.may(Act::SeeAnswers).is_ok())?;
    Some(reasons::judged(&by, console.words))
}

pub(in crate::channels) fn said(console: &Console, port: &Port, journey: &Journey, dossier: &Dossier) -> Vec<Section> {
    let app = console.app();
    let judged = journey.triage.standing().and_then(|s| app.house.pack(&s.input.pack));
    let Some(pack) = judged.or_else(|| app.house.in_force(port)) else { return Vec::new() };
    answers::sections(console.words, &pack.form, &dossier.content.answers, local_date(port, app.now()))
}

/// The answers of before, where it is a reason that they got better. To show those of another declaration is a look at it too, and
/// on record before the page is sent.
pub(in crate::channels) async fn said_before(
    console: &Console,
    (port, id): (&Port, Id),
    journey: &Journey,
    (dossier, why): (&Dossier, &str),
) -> Result<Vec<Before>, Failure> {
    let (app, words) = (console.app(), console.words);
    let found = earlier::of(app, id, journey).await?;
    look(app, &console.caller(), &found.others, why).await?;
    let now = said(console, port, journey, dossier);
    let before = |one: Earlier| {
        let form =
            app.house.packs().find(|pack| pack.is_form(&one.questionnaire)).or_else(|| app.house.in_force(port))?;
        let was = answers::sections(words, &form.form, &one.answers, local_date(port, one.at));
        let when = When::of(words, one.at, &port.zone());
        let heading = words.with("earlier-head", &[("at", &when.local), ("zone", &when.zone)]);
        Some(Before { heading, rows: answers::changed(words, &was, &now) })
    };
    Ok(found.answers.into_iter().filter_map(before).filter(|before| !before.rows.is_empty()).collect())
}

/// Every outcome that answers this kind.
pub(in crate::channels) fn outcomes(
    words: Words,
    owed: &Obligation,
    chosen: &str,
) -> Vec<(&'static str, String, bool)> {
    let all =
        [Outcome::Fit, Outcome::Sampled, Outcome::IdentityConfirmed, Outcome::Seen, Outcome::Reached, Outcome::Done]
            .into_iter()
            .chain(Disposition::AT_THE_DESK.map(Outcome::Disposed));
    all.filter(|outcome| outcome.fits(owed.kind))
        .map(|outcome| (outcome.name(), words.t(&format!("outcome-{}", outcome.name())), outcome.name() == chosen))
        .collect()
}

fn answered(words: Words, port: &Port, owed: &Obligation) -> Option<String> {
    let State::Answered { by, at, outcome } = &owed.state else { return None };
    let when = When::of(words, *at, &port.zone());
    let outcome = words.t(&format!("outcome-{}", outcome.name()));
    Some(words.with("owed-answered", &[("by", by), ("outcome", &outcome), ("at", &when.local), ("zone", &when.zone)]))
}
