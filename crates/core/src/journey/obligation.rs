//! Obligations: one open loop each, something somebody owes by a deadline. Closed-loop supervision is the list of them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Event, Journey, Outcome, Refusal};
use crate::access::Role;
use crate::named::named;
use crate::rules::Tier;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationKind {
    /// The desk examines a referred person.
    Examine,
    /// A held person's identity is resolved.
    ResolveHold,
    /// An officer looks at a correction made after the first scan.
    ReviewCorrection,
    /// A sample is taken.
    CollectSample,
    /// A collected sample arrives at the laboratory.
    DeliverSample,
    /// A result is released.
    ReportResult,
    /// The doctor says how the entry ends, now that the result is there or cannot be had.
    Conclude,
    /// The person is told their result.
    TellPerson,
    /// The contacts of a case are found.
    TraceContacts,
    /// A contact is reached.
    ReachContact,
    /// The person is served with an order.
    ServeOrder,
    /// Somebody says how an order ended.
    EndOrder,
    /// A department takes what it is offered.
    AcceptHandover,
    /// A department reports back.
    AnswerHandover,
    /// What one department declined is offered to another.
    OfferAgain,
    /// Who does not enter flies on.
    Depart,
    /// Somebody sees to what the person asked for: a record put right, or erased.
    CorrectRecord,
}

named!(ObligationKind, ALL, [
    ObligationKind::Examine => "examine",
    ObligationKind::ResolveHold => "resolve-hold",
    ObligationKind::ReviewCorrection => "review-correction",
    ObligationKind::CollectSample => "collect-sample",
    ObligationKind::DeliverSample => "deliver-sample",
    ObligationKind::ReportResult => "report-result",
    ObligationKind::Conclude => "conclude",
    ObligationKind::TellPerson => "tell-person",
    ObligationKind::TraceContacts => "trace-contacts",
    ObligationKind::ReachContact => "reach-contact",
    ObligationKind::ServeOrder => "serve-order",
    ObligationKind::EndOrder => "end-order",
    ObligationKind::AcceptHandover => "accept-handover",
    ObligationKind::AnswerHandover => "answer-handover",
    ObligationKind::OfferAgain => "offer-again",
    ObligationKind::Depart => "depart",
    ObligationKind::CorrectRecord => "correct-record",
]);

impl ObligationKind {
    /// The role that owes it. What is offered stays the sender's until it is accepted, and its deadline the sender's worry: but
    /// the act is the department's.
    #[must_use]
    pub fn owner(self) -> Role {
        match self {
            ObligationKind::Examine
            | ObligationKind::Conclude
            | ObligationKind::TellPerson
            | ObligationKind::EndOrder
            | ObligationKind::OfferAgain
            | ObligationKind::CorrectRecord => Role::Medical,
            ObligationKind::ResolveHold
            | ObligationKind::ReviewCorrection
            | ObligationKind::ServeOrder
            | ObligationKind::Depart => Role::Officer,
            ObligationKind::CollectSample | ObligationKind::DeliverSample => Role::Sampler,
            ObligationKind::ReportResult => Role::Technician,
            ObligationKind::TraceContacts
            | ObligationKind::ReachContact
            | ObligationKind::AcceptHandover
            | ObligationKind::AnswerHandover => Role::Department,
        }
    }

    /// While it is open, nobody clears the person.
    #[must_use]
    pub fn blocks_clearance(self) -> bool {
        matches!(
            self,
            ObligationKind::Examine
                | ObligationKind::ResolveHold
                | ObligationKind::CollectSample
                | ObligationKind::Conclude
                | ObligationKind::ServeOrder
        )
    }
}

/// By when something is owed, and by which department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    from_now: Option<i64>,
    at: Option<Timestamp>,
    pub(super) department: Option<String>,
}

impl Due {
    /// Within so many minutes.
    #[must_use]
    pub fn minutes(minutes: i64) -> Self {
        Due { from_now: Some(minutes), at: None, department: None }
    }

    /// So many hours after an instant.
    #[must_use]
    pub fn at(instant: Timestamp, hours_later: i64) -> Self {
        Due { from_now: None, at: Some(instant + SignedDuration::from_hours(hours_later)), department: None }
    }

    /// Owed by this department.
    #[must_use]
    pub fn of(self, department: Option<&str>) -> Self {
        Due { department: department.map(str::to_owned), ..self }
    }

    pub(super) fn after(&self, now: Timestamp) -> Timestamp {
        self.at.unwrap_or(now + SignedDuration::from_mins(self.from_now.unwrap_or_default()))
    }
}

/// Where an obligation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Owed, taken on by nobody.
    Open,
    /// Taken on.
    Acknowledged {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Done.
    Answered {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// With what.
        outcome: Outcome,
    },
}

/// One obligation of a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Its number in the journey, from 1.
    pub number: u32,
    /// What is owed.
    pub kind: ObligationKind,
    /// Whose act opened it.
    pub opened_by: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By when it is owed.
    pub due: Timestamp,
    /// The number of the sample, order or handover that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u32>,
    /// The department that owes it, where the role alone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// How far up the ladder it was carried: 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// Where it stands.
    pub state: State,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if hands a reference")]
fn is_zero(level: &u8) -> bool {
    *level == 0
}

/// Hours after the deadline at which the next higher is told: at once, then 4, 12 and 24 (journey.md 6.1, Case).
pub const LADDER_H: [i64; 4] = [0, 4, 12, 24];

impl Obligation {
    /// The rung of the ladder that its age asks for: 0 before the deadline.
    #[must_use]
    pub fn level_at(&self, now: Timestamp) -> u8 {
        let late_ms = now.as_millisecond() - self.due.as_millisecond();
        let rungs = LADDER_H.iter().filter(|h| late_ms >= *h * 3_600_000).count();
        u8::try_from(rungs).unwrap_or(u8::MAX)
    }

    /// When it next climbs a rung; `None` at the top.
    #[must_use]
    pub fn next_rung(&self) -> Option<Timestamp> {
        LADDER_H.get(usize::from(self.level)).map(|h| self.due + SignedDuration::from_hours(*h))
    }

    /// Still owed?
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Answered { .. })
    }

    /// The decision that opened it was taken back: as if it had never been owed.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        matches!(self.state, State::Answered { outcome: Outcome::TakenBack, .. })
    }

    /// Half of the time is gone (amber), or all of it (red): experience.md 3.6.
    #[must_use]
    pub fn urgency(&self, now: Timestamp) -> Tier {
        urgency(self.opened_at, self.due, now)
    }
}

/// The same of an obligation of which only its times are known.
#[must_use]
pub fn urgency(opened_at: Timestamp, due: Timestamp, now: Timestamp) -> Tier {
    let (opened, due) = (opened_at.as_millisecond(), due.as_millisecond());
    match now.as_millisecond() {
        now if now >= due => Tier::Red,
        now if now >= opened.midpoint(due) => Tier::Amber,
        _ => Tier::Green,
    }
}

/// An answer to an obligation.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The obligation's number.
    pub number: u32,
    /// With what it is answered.
    pub outcome: Outcome,
    /// Words were given (they are sealed elsewhere).
    pub reasoned: bool,
    /// Who answers.
    pub by: String,
}

pub(super) fn opened(journey: &Journey, kind: ObligationKind, by: &str, at: Timestamp, due: Timestamp) -> Event {
    let number = journey.obligations.last().map_or(1, |o| o.number + 1);
    Event::ObligationOpened { number, kind, by: by.to_owned(), at, due, about: None, department: None }
}

/// So many wishes of one person may wait for an answer at a time.
const ASKED_MAX: usize = 3;

/// The person asks for something that the form cannot do. A second wish stands beside the first: each has its own words.
pub(super) fn asked(journey: &Journey, now: Timestamp, due: Timestamp) -> Result<Vec<Event>, Refusal> {
    let waiting = journey.open().filter(|o| o.kind == ObligationKind::CorrectRecord).count();
    if waiting >= ASKED_MAX {
        return Err(Refusal::AlreadyAsked);
    }
    Ok(vec![opened(journey, ObligationKind::CorrectRecord, "traveller", now, due)])
}

fn still_open(journey: &Journey, number: u32) -> Result<&Obligation, Refusal> {
    match journey.obligations.iter().find(|o| o.number == number) {
        None => Err(Refusal::NoSuchObligation),
        Some(o) if !o.is_open() => Err(Refusal::AlreadyAnswered),
        Some(o) => Ok(o),
    }
}

pub(super) fn acknowledge(journey: &Journey, number: u32, by: &str, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match &still_open(journey, number)?.state {
        State::Acknowledged { by: before, .. } if before == by => Ok(Vec::new()),
        _ => Ok(vec![Event::ObligationAcknowledged { number, by: by.to_owned(), at: now }]),
    }
}

/// The next higher is told once a rung, in order.
pub(super) fn escalate(journey: &Journey, number: u32, level: u8, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let obligation = still_open(journey, number)?;
    let level = level.min(obligation.level_at(now));
    Ok(match level > obligation.level {
        true => vec![Event::ObligationEscalated { number, level, at: now }],
        false => Vec::new(),
    })
}

pub(super) fn answer(journey: &Journey, answer: &Answer, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let obligation = still_open(journey, answer.number)?;
    if !answer.outcome.fits(obligation.kind) {
        return Err(Refusal::OutcomeDoesNotFit);
    }
    // I4: whoever sent the person here cannot also be the one who lowers the tier.
    let tier = journey.triage.tier();
    let lowers = answer.outcome == Outcome::Fit && tier > Tier::Green;
    if lowers && obligation.opened_by == answer.by {
        return Err(Refusal::SecondPersonNeeded);
    }
    if lowers && !answer.reasoned {
        return Err(Refusal::ReasonNeeded);
    }
    // A sample that nobody ordered is not waited for.
    if answer.outcome == Outcome::Sampled && journey.samples.is_empty() {
        return Err(Refusal::NoSuchSample);
    }
    // An entry ends once: a second answer does not write over the first person's decision. A result that came since is
    // another thing: the doctor concludes anew.
    let anew = obligation.kind == ObligationKind::Conclude;
    if matches!(answer.outcome, Outcome::Disposed(_)) && journey.disposition.is_some() && !anew {
        return Err(Refusal::AlreadyClosed);
    }
    let (number, by) = (answer.number, answer.by.clone());
    let mut events = vec![Event::ObligationAnswered { number, by: by.clone(), at: now, outcome: answer.outcome }];
    if lowers {
        let first = Some(obligation.opened_by.clone());
        events.push(Event::TriageOverridden { at: now, from: tier, to: Tier::Green, by: by.clone(), first });
    }
    if let Outcome::Disposed(disposition) = answer.outcome {
        events.push(Event::Disposed { at: now, disposition, by });
    }
    Ok(events)
}

pub(super) fn apply(mut obligations: Vec<Obligation>, event: &Event) -> Vec<Obligation> {
    let mut set = |number: u32, state: State| {
        if let Some(o) = obligations.iter_mut().find(|o| o.number == number) {
            o.state = state;
        }
    };
    match event {
        Event::ObligationOpened { number, kind, by, at, due, about, department } => obligations.push(Obligation {
            number: *number,
            kind: *kind,
            opened_by: by.clone(),
            opened_at: *at,
            due: *due,
            about: *about,
            department: department.clone(),
            level: 0,
            state: State::Open,
        }),
        Event::ObligationEscalated { number, level, .. } => {
            if let Some(o) = obligations.iter_mut().find(|o| o.number == *number) {
                o.level = *level;
            }
        }
        Event::ObligationAcknowledged { number, by, at } => {
            set(*number, State::Acknowledged { by: by.clone(), at: *at });
        }
        Event::ObligationAnswered { number, by, at, outcome } => {
            set(*number, State::Answered { by: by.clone(), at: *at, outcome: *outcome });
        }
        _ => {}
    }
    obligations
}
