//! A test of a sample: queued, on a plate, read, released by a second person, and perhaps amended. What follows from a result
//! is decided here and nowhere else (journey.md 6.1, 6.2 rows 20–23, 6.4).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::sample::{self, Sample};
use super::{Event, Journey, Outcome, Refusal};
use crate::id::Id;
use crate::named::named;

/// What a test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestResult {
    /// Detected.
    Positive,
    /// Not detected.
    Negative,
    /// Neither can be said.
    Inconclusive,
    /// The test itself failed.
    Invalid,
}

named!(TestResult, ALL, [
    TestResult::Positive => "positive",
    TestResult::Negative => "negative",
    TestResult::Inconclusive => "inconclusive",
    TestResult::Invalid => "invalid",
]);

/// Where a test was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it says.
    pub result: TestResult,
    /// The plate, and the well on it; nothing for a test that was read by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<(Id, String)>,
    /// Who read it, or took the instrument's reading over.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Where a test stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Waits for a plate.
    Queued,
    /// In a well.
    OnPlate {
        /// The plate.
        plate: Id,
        /// The well, `A1` to `H12`.
        well: String,
    },
    /// Read, and to be released by somebody else.
    Read(Reading),
    /// Final.
    Released {
        /// The reading.
        reading: Reading,
        /// The second person.
        by: String,
        /// When.
        at: Timestamp,
        /// 1, and one more for each amendment.
        version: u32,
    },
}

/// One test of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// Its number for this sample, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: State,
}

impl Test {
    /// The state's stable name (`test-NAME` in `locales`).
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            State::Queued => "queued",
            State::OnPlate { .. } => "on-plate",
            State::Read(_) => "read",
            State::Released { .. } => "released",
        }
    }

    /// What it says, once it is final.
    #[must_use]
    pub fn released(&self) -> Option<TestResult> {
        match &self.state {
            State::Released { reading, .. } => Some(reading.result),
            _ => None,
        }
    }
}

/// The result of a sample: of its newest test, once released.
#[must_use]
pub fn result_of(sample: &Sample) -> Option<TestResult> {
    sample.tests.last().and_then(Test::released)
}

pub(super) fn is_released(sample: &Sample) -> bool {
    result_of(sample).is_some()
}

/// What can be asked of a sample's test.
#[derive(Debug, Clone)]
pub enum TestCommand {
    /// Put into a well.
    Plate {
        /// The sample.
        sample: u32,
        /// The plate.
        plate: Id,
        /// The well.
        well: String,
    },
    /// The plate failed: back into the queue.
    Requeue {
        /// The sample.
        sample: u32,
    },
    /// Read.
    Read {
        /// The sample.
        sample: u32,
        /// What it says.
        result: TestResult,
        /// The plate and well that it was read from; nothing by hand.
        plate: Option<(Id, String)>,
    },
    /// Released by a second person.
    Release {
        /// The sample.
        sample: u32,
        /// The department that traces contacts, for a positive.
        tracing: Option<String>,
    },
    /// A released result was wrong.
    Amend {
        /// The sample.
        sample: u32,
        /// What is true.
        result: TestResult,
        /// Who found it; the one who asks is the second person.
        found_by: String,
        /// The department that traces contacts.
        tracing: Option<String>,
    },
}

pub(super) fn decide(
    journey: &Journey,
    command: &TestCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut course = Course::of(journey, now);
    match command {
        TestCommand::Plate { sample, plate, well } => {
            let test = current(journey, *sample)?;
            match &test.state {
                State::Queued => {}
                State::OnPlate { plate: p, well: w } if (p, w) == (plate, well) => return Ok(Vec::new()),
                _ => return Err(Refusal::TestElsewhere),
            }
            let (sample, test, plate, well) = (*sample, test.number, *plate, well.clone());
            course.happens(Event::TestPlated { sample, test, plate, well, by: who.by.to_owned(), at: now });
        }
        TestCommand::Requeue { sample } => {
            let test = current(journey, *sample)?;
            if !matches!(test.state, State::OnPlate { .. } | State::Read(_)) {
                return Err(Refusal::TestElsewhere);
            }
            course.happens(Event::TestRequeued { sample: *sample, test: test.number, at: now });
        }
        TestCommand::Read { sample, result, plate } => {
            let test = current(journey, *sample)?;
            read(&mut course, (*sample, test), *result, plate.as_ref(), who, now)?;
        }
        TestCommand::Release { sample, tracing } => release(&mut course, *sample, tracing.as_deref(), who, now)?,
        TestCommand::Amend { sample, result, found_by, tracing } => {
            amend(&mut course, *sample, (*result, found_by, tracing.as_deref()), who, now)?;
        }
    }
    Ok(course.events())
}

/// The test that counts, of a sample that is in the laboratory: no result without custody (I2).
fn current(journey: &Journey, number: u32) -> Result<&Test, Refusal> {
    let sample = sample::find(journey, number)?;
    if !matches!(sample.state, sample::State::Received { .. }) {
        return Err(Refusal::SampleElsewhere);
    }
    sample.tests.last().ok_or(Refusal::SampleElsewhere)
}

fn read(
    course: &mut Course,
    (sample, test): (u32, &Test),
    result: TestResult,
    plate: Option<&(Id, String)>,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    match (&test.state, plate) {
        (State::OnPlate { plate, well }, Some((p, w))) if plate == p && well == w => {}
        (State::Queued | State::Read(_), None) => {}
        (State::Released { .. }, _) => return Err(Refusal::AlreadyReleased),
        _ => return Err(Refusal::TestElsewhere),
    }
    let reading = Reading { result, plate: plate.cloned(), by: who.by.to_owned(), at: now };
    course.happens(Event::TestRead { sample, test: test.number, reading });
    Ok(())
}

fn release(
    course: &mut Course,
    number: u32,
    tracing: Option<&str>,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let test = current(&course.state, number)?;
    let reading = match &test.state {
        State::Read(reading) => reading.clone(),
        State::Released { .. } => return Err(Refusal::AlreadyReleased),
        _ => return Err(Refusal::NotRead),
    };
    // Two persons: whoever read it does not release it (security.md 2.5).
    if reading.by == who.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    let (test, result) = (test.number, reading.result);
    course.happens(Event::ResultReleased { sample: number, test, reading, by: who.by.to_owned(), at: now, version: 1 });
    follow(course, number, result, tracing, who, now)
}

fn amend(
    course: &mut Course,
    number: u32,
    (result, found_by, tracing): (TestResult, &str, Option<&str>),
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let test = current(&course.state, number)?;
    let State::Released { reading, version, .. } = &test.state else { return Err(Refusal::NotReleased) };
    if reading.result == result {
        return Ok(());
    }
    if found_by == who.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    let reading = Reading { result, plate: reading.plate.clone(), by: found_by.to_owned(), at: now };
    let (test, version) = (test.number, version + 1);
    course.happens(Event::ResultReleased { sample: number, test, reading, by: who.by.to_owned(), at: now, version });
    follow(course, number, result, tracing, who, now)?;
    // Whoever acted on the old one decides anew, and the person hears of it (I12).
    course.owes(ObligationKind::Conclude, None, who.by, Due::minutes(who.deadlines.conclude_min));
    course.owes(ObligationKind::TellPerson, Some(number), who.by, Due::minutes(who.deadlines.tell_min));
    Ok(())
}

/// What a released result brings.
fn follow(
    course: &mut Course,
    number: u32,
    result: TestResult,
    tracing: Option<&str>,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    match result {
        TestResult::Negative => {
            course.met(ObligationKind::ReportResult, Some(number), who.by, Outcome::Done);
            // Whoever was let go on condition needs nothing more; whoever waits is told how it ends by the doctor.
            if course.state.disposition.is_none() {
                course.owes(ObligationKind::Conclude, None, who.by, Due::minutes(who.deadlines.conclude_min));
            }
        }
        TestResult::Positive => {
            course.met(ObligationKind::ReportResult, Some(number), who.by, Outcome::Done);
            course.owes(ObligationKind::TellPerson, Some(number), who.by, Due::minutes(who.deadlines.tell_min));
            course.owes(ObligationKind::Conclude, None, who.by, Due::minutes(who.deadlines.conclude_min));
            let due = Due::minutes(who.deadlines.trace_min).of(tracing);
            course.owes(ObligationKind::TraceContacts, Some(number), who.by, due);
        }
        TestResult::Inconclusive | TestResult::Invalid => repeat(course, number, who, now)?,
    }
    Ok(())
}

/// Once more from the same tube; then a new sample; and after two samples that say nothing a clinician decides
/// (journey.md 6.4).
fn repeat(course: &mut Course, number: u32, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    let sample = sample::find(&course.state, number)?;
    let (tests, is_second) = (sample.tests.len(), sample.instead_of.is_some_and(|before| says_nothing(course, before)));
    if tests < 2 {
        let test = sample.tests.last().map_or(1, |t| t.number + 1);
        course.happens(Event::TestQueued { sample: number, test, at: now });
        // A result that was thought final and is none is owed again.
        course.owes(ObligationKind::ReportResult, Some(number), who.by, Due::minutes(who.deadlines.report_min));
        return Ok(());
    }
    if is_second {
        course.met(ObligationKind::ReportResult, Some(number), who.by, Outcome::Done);
        course.owes(ObligationKind::Conclude, None, who.by, Due::minutes(who.deadlines.conclude_min));
        return Ok(());
    }
    sample::again(course, number, who, now)
}

fn says_nothing(course: &Course, number: u32) -> bool {
    let result = sample::find(&course.state, number).ok().and_then(result_of);
    matches!(result, Some(TestResult::Inconclusive | TestResult::Invalid))
}

pub(super) fn apply(mut tests: Vec<Test>, of: u32, event: &Event) -> Vec<Test> {
    let (sample, test, state) = match event {
        Event::TestQueued { sample, test, .. } if *sample == of => {
            tests.push(Test { number: *test, state: State::Queued });
            return tests;
        }
        Event::TestPlated { sample, test, plate, well, .. } => {
            (sample, test, State::OnPlate { plate: *plate, well: well.clone() })
        }
        Event::TestRequeued { sample, test, .. } => (sample, test, State::Queued),
        Event::TestRead { sample, test, reading } => (sample, test, State::Read(reading.clone())),
        Event::ResultReleased { sample, test, reading, by, at, version } => {
            (sample, test, State::Released { reading: reading.clone(), by: by.clone(), at: *at, version: *version })
        }
        _ => return tests,
    };
    if *sample == of
        && let Some(found) = tests.iter_mut().find(|t| t.number == *test)
    {
        found.state = state;
    }
    tests
}
