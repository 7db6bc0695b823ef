//! Obligations: one open loop each, something somebody owes by a deadline. Closed-loop supervision is the list of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, Journey, Refusal};
use crate::access::Role;
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
}

impl ObligationKind {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ObligationKind::Examine => "examine",
            ObligationKind::ResolveHold => "resolve-hold",
            ObligationKind::ReviewCorrection => "review-correction",
        }
    }

    /// The role that owes it.
    #[must_use]
    pub fn owner(self) -> Role {
        match self {
            ObligationKind::Examine => Role::Medical,
            ObligationKind::ResolveHold | ObligationKind::ReviewCorrection => Role::Officer,
        }
    }

    /// While it is open, nobody clears the person.
    #[must_use]
    pub fn blocks_clearance(self) -> bool {
        matches!(self, ObligationKind::Examine | ObligationKind::ResolveHold)
    }
}

/// How an entry ends (product.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// Free to go.
    Release,
    /// Observation at home.
    HomeObservation,
    /// Isolation at a central place.
    CentralIsolation,
    /// Hospital.
    Hospital,
    /// On to another port.
    OnwardTransfer,
    /// Not admitted.
    RefusedEntry,
}

impl Disposition {
    /// Those that the desk can give now.
    pub const ALL: [Disposition; 6] = [
        Disposition::Release,
        Disposition::HomeObservation,
        Disposition::CentralIsolation,
        Disposition::Hospital,
        Disposition::OnwardTransfer,
        Disposition::RefusedEntry,
    ];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Disposition::Release => "release",
            Disposition::HomeObservation => "home-observation",
            Disposition::CentralIsolation => "central-isolation",
            Disposition::Hospital => "hospital",
            Disposition::OnwardTransfer => "onward-transfer",
            Disposition::RefusedEntry => "refused-entry",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.name() == text.trim())
    }
}

/// The answer to an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Examined: nothing stands against going on.
    Fit,
    /// Examined, or held for good: the entry ends another way than by going on.
    Disposed(Disposition),
    /// The person is who the pass says.
    IdentityConfirmed,
    /// The correction was looked at.
    Seen,
}

impl Outcome {
    /// The outcomes that answer this kind of obligation, for forms and for checking.
    #[must_use]
    pub fn fits(self, kind: ObligationKind) -> bool {
        match kind {
            // Who may go on is `Fit` or `IdentityConfirmed`; the release itself comes with the clearance at the last stage, and
            // so never past the second person (I4).
            _ if self == Outcome::Disposed(Disposition::Release) => false,
            ObligationKind::Examine => matches!(self, Outcome::Fit | Outcome::Disposed(_)),
            ObligationKind::ResolveHold => matches!(self, Outcome::IdentityConfirmed | Outcome::Disposed(_)),
            ObligationKind::ReviewCorrection => self == Outcome::Seen,
        }
    }

    /// Reads `fit`, `identity-confirmed`, `seen`, or a disposition's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "fit" => Some(Outcome::Fit),
            "identity-confirmed" => Some(Outcome::IdentityConfirmed),
            "seen" => Some(Outcome::Seen),
            other => Disposition::parse(other).map(Outcome::Disposed),
        }
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fit => "fit",
            Outcome::IdentityConfirmed => "identity-confirmed",
            Outcome::Seen => "seen",
            Outcome::Disposed(disposition) => disposition.name(),
        }
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
    /// Where it stands.
    pub state: State,
}

impl Obligation {
    /// Still owed?
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Answered { .. })
    }

    /// Half of the time is gone (amber), or all of it (red): experience.md 3.6.
    #[must_use]
    pub fn urgency(&self, now: Timestamp) -> Tier {
        let (opened, due) = (self.opened_at.as_millisecond(), self.due.as_millisecond());
        match now.as_millisecond() {
            now if now >= due => Tier::Red,
            now if now >= opened.midpoint(due) => Tier::Amber,
            _ => Tier::Green,
        }
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
    Event::ObligationOpened { number, kind, by: by.to_owned(), at, due }
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
    // An entry ends once: a second answer does not write over the first person's decision.
    if matches!(answer.outcome, Outcome::Disposed(_)) && journey.disposition.is_some() {
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
        Event::ObligationOpened { number, kind, by, at, due } => obligations.push(Obligation {
            number: *number,
            kind: *kind,
            opened_by: by.clone(),
            opened_at: *at,
            due: *due,
            state: State::Open,
        }),
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
