//! What the desk and the duty lead do to an entry: examine, inquire, class it, end it, tie it to a case, close it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::triage::TriageInput;
use super::{Disposition, Event, Journey, Outcome, Refusal};
use crate::id::Id;
use crate::named::named;

/// What kind of entry it is: the same path for all who enter, shorter ones for who fly on (journey.md 6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Enters the country.
    #[default]
    Entering,
    /// Flies on without entering.
    Transit,
    /// Works on the aircraft, and leaves with it or another.
    Crew,
}

named!(Class, ALL, [Class::Entering => "entering", Class::Transit => "transit", Class::Crew => "crew"]);

/// Why somebody counts as a contact of a case: the rule that found them (tracing.rs).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactOf {
    /// The case's journey.
    pub case: Id,
    /// The rule: `same-party`, `seat`, `crew`, `examined-together`.
    pub rule: String,
    /// Rows between the two, for the seat rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u32>,
    /// Who tied them.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What the desk can ask of a journey.
#[derive(Debug, Clone)]
pub enum DeskCommand {
    /// Examined: the findings are sealed elsewhere, the rules run again on them.
    Examine {
        /// The desk.
        station: String,
        /// The rules' verdict with the findings.
        triage: TriageInput,
    },
    /// Asked where they were and whom they met, by a questionnaire of the pack; the answers are sealed elsewhere.
    Investigate {
        /// The questionnaire's version.
        questionnaire: String,
    },
    /// Of another class than was thought.
    Classify {
        /// The class.
        class: Class,
        /// When they fly on, for a transit or a crew.
        departs: Option<Timestamp>,
    },
    /// The entry ends in a way that no examination says: departed, diverted, no show, deceased, void.
    Dispose {
        /// How.
        disposition: Disposition,
        /// Words were given (they are sealed elsewhere).
        reasoned: bool,
    },
    /// A contact of a case.
    TieToCase {
        /// The tie.
        contact: ContactOf,
        /// The department that traces.
        tracing: Option<String>,
    },
    /// Close the loop.
    Close,
}

pub(super) fn decide(
    journey: &Journey,
    command: &DeskCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut course = Course::of(journey, now);
    match command {
        DeskCommand::Examine { station, triage } => {
            journey.declaration.living()?;
            let station = station.clone();
            course.happens(Event::Examined { at: now, by: who.by.to_owned(), station });
            course.happens(Event::Assessed { at: now, input: triage.clone() });
        }
        DeskCommand::Investigate { questionnaire } => {
            journey.declaration.living()?;
            let questionnaire = questionnaire.clone();
            course.happens(Event::Investigated { at: now, by: who.by.to_owned(), questionnaire });
        }
        DeskCommand::Classify { class, departs } => classify(&mut course, *class, *departs, who, now)?,
        DeskCommand::Dispose { disposition, reasoned } => dispose(&mut course, *disposition, *reasoned, who, now)?,
        DeskCommand::TieToCase { contact, tracing } => tie(&mut course, contact, tracing.as_deref(), who),
        DeskCommand::Close => return close(journey),
    }
    Ok(course.events())
}

fn classify(
    course: &mut Course,
    class: Class,
    departs: Option<Timestamp>,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    course.state.declaration.living()?;
    if course.state.disposition.is_some() {
        return Err(Refusal::AlreadyClosed);
    }
    if course.state.class != class {
        course.happens(Event::Classified { class, by: who.by.to_owned(), at: now });
    }
    match (class, departs) {
        (Class::Entering, _) => course.met(ObligationKind::Depart, None, who.by, Outcome::Lapsed),
        (Class::Transit | Class::Crew, Some(departs)) if departs > now => {
            course.met(ObligationKind::Depart, None, who.by, Outcome::Lapsed);
            course.owes(ObligationKind::Depart, None, who.by, Due::at(departs, 0));
        }
        (Class::Transit | Class::Crew, _) => return Err(Refusal::DepartureNeeded),
    }
    Ok(())
}

/// What the person alone could have met lapses with them; results, contacts and handovers stay owed.
const WITH_THE_PERSON: [ObligationKind; 7] = [
    ObligationKind::Examine,
    ObligationKind::ResolveHold,
    ObligationKind::ReviewCorrection,
    ObligationKind::CollectSample,
    ObligationKind::Conclude,
    ObligationKind::ServeOrder,
    ObligationKind::Depart,
];

fn dispose(
    course: &mut Course,
    disposition: Disposition,
    reasoned: bool,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    if !disposition.is_without_examination() {
        return Err(Refusal::OutcomeDoesNotFit);
    }
    if !reasoned {
        return Err(Refusal::ReasonNeeded);
    }
    match course.state.disposition {
        Some(before) if before == disposition => return Ok(()),
        Some(_) if disposition != Disposition::Deceased => return Err(Refusal::AlreadyClosed),
        _ => {}
    }
    // Whoever is held or owed an examination does not fly on past it; only who is not there any more is let off.
    let departs = matches!(disposition, Disposition::Departed | Disposition::OnwardTransfer | Disposition::CrewRest);
    let blocking: Vec<u32> =
        course.state.open().filter(|o| departs && o.kind.blocks_clearance()).map(|o| o.number).collect();
    if !blocking.is_empty() {
        return Err(Refusal::StillOwed { numbers: blocking });
    }
    for kind in WITH_THE_PERSON {
        let abouts: Vec<Option<u32>> = course.state.open().filter(|o| o.kind == kind).map(|o| o.about).collect();
        let outcome = if kind == ObligationKind::Depart && departs { Outcome::Done } else { Outcome::Lapsed };
        for about in abouts {
            course.met(kind, about, who.by, outcome);
        }
    }
    course.happens(Event::Disposed { at: now, disposition, by: who.by.to_owned() });
    Ok(())
}

fn tie(course: &mut Course, contact: &ContactOf, tracing: Option<&str>, who: &By<'_>) {
    if course.state.contact_of.iter().any(|c| c.case == contact.case) {
        return;
    }
    let number = u32::try_from(course.state.contact_of.len()).unwrap_or(u32::MAX).saturating_add(1);
    course.happens(Event::TiedToCase { contact: contact.clone() });
    let due = Due::minutes(who.deadlines.trace_min).of(tracing);
    course.owes(ObligationKind::ReachContact, Some(number), who.by, due);
}

/// A journey closes by itself; whoever asks for it is told what stands against it (I9).
fn close(journey: &Journey) -> Result<Vec<Event>, Refusal> {
    let numbers: Vec<u32> = journey.open().map(|o| o.number).collect();
    if !numbers.is_empty() {
        return Err(Refusal::StillOwed { numbers });
    }
    if journey.disposition.is_none() {
        return Err(Refusal::NoDisposition);
    }
    Ok(Vec::new())
}
