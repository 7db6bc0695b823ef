//! Who is told of what by a message: a person, that a result of theirs is there, or that one was corrected. What a message says
//! follows from its matter alone, and no matter names a result (journey.md I7): a positive is told by a human voice within
//! minutes, so its message only asks the person to stay within reach of that call.

use jiff::Timestamp;

use crate::journey::message::ResultRef;
use crate::journey::obligation::State as Owed;
use crate::journey::test::State;
use crate::journey::{Declaration, Disposition, Event, Journey, ObligationKind, TestResult};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// A result is there; its person can read it with their code and document.
    There,
    /// Somebody will call: please stay within reach.
    Call,
    /// What was told before has changed. The same words whichever way it changed, and a call follows (journey.md 6.4).
    Changed,
}

impl Matter {
    /// All of them.
    pub const ALL: [Matter; 3] = [Matter::There, Matter::Call, Matter::Changed];

    /// The stable name (`message-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Matter::There => "there",
            Matter::Call => "call",
            Matter::Changed => "changed",
        }
    }
}

/// One message that is owed to a journey's person, by each way that leads to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Of which result.
    pub of: ResultRef,
    /// What about.
    pub matter: Matter,
}

/// What an event is told its person, of the journey as it is after everything that happened with it; nothing for most.
///
/// A test that says nothing and is made again from the same tube is none of a person's worries yet.
#[must_use]
pub fn of(after: &Journey, event: &Event) -> Option<Telling> {
    let Event::ResultReleased { sample, test, reading, version, .. } = event else { return None };
    let of = ResultRef { sample: *sample, test: *test, version: *version };
    let matter = match reading.result {
        _ if *version > 1 => Matter::Changed,
        TestResult::Positive => Matter::Call,
        TestResult::Negative => Matter::There,
        TestResult::Inconclusive | TestResult::Invalid if is_newest(after, of) => Matter::There,
        TestResult::Inconclusive | TestResult::Invalid => return None,
    };
    Some(Telling { of, matter })
}

fn is_newest(journey: &Journey, of: ResultRef) -> bool {
    let sample = journey.samples.iter().find(|s| s.number == of.sample);
    sample.and_then(|s| s.tests.last()).is_some_and(|test| test.number == of.test)
}

/// Is it still to be told? Not of a result that was corrected since (the correction is told), not to somebody who took the
/// declaration back, was reached by voice meanwhile, or died.
#[must_use]
pub fn stands(journey: &Journey, of: ResultRef) -> bool {
    let gone = matches!(journey.declaration, Declaration::Withdrawn(_))
        || matches!(journey.disposition, Some(Disposition::Deceased | Disposition::Void));
    !gone && released_at(journey, of).is_some_and(|at| !was_reached(journey, of.sample, at))
}

/// When this result was released, as long as no correction took its place.
fn released_at(journey: &Journey, of: ResultRef) -> Option<Timestamp> {
    let sample = journey.samples.iter().find(|s| s.number == of.sample)?;
    match sample.tests.iter().find(|t| t.number == of.test)?.state {
        State::Released { at, version, .. } if version == of.version => Some(at),
        _ => None,
    }
}

fn was_reached(journey: &Journey, sample: u32, since: Timestamp) -> bool {
    let told = journey.obligations.iter().filter(|o| o.kind == ObligationKind::TellPerson && o.about == Some(sample));
    told.into_iter().any(|o| matches!(o.state, Owed::Answered { at, .. } if at >= since))
}
