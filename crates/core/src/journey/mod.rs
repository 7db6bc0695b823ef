//! The journey: one person's one entry, from declaration to closed loop. The heart of the house.
//!
//! [`decide`] takes what is, a command and the time, and says what happens, or refuses; [`apply`] makes what happened the new
//! state. Both are pure. Each sub-machine has a file of its own; the state that people see is derived in [`shown`], never
//! stored beside its causes.

pub mod advice;
pub mod checkpoint;
pub mod command;
mod course;
pub mod declaration;
pub mod desk;
pub mod disposition;
pub mod elsewhere;
pub mod event;
pub mod handover;
pub mod message;
pub mod obligation;
pub mod order;
pub mod outcome;
pub mod pass;
pub mod refusal;
pub mod sample;
pub mod shown;
pub mod test;
pub mod triage;
pub mod undo;

pub use advice::{Advice, PassVerdict, Seen, advise};
pub use checkpoint::{Decision, DocumentCheck, ScanFacts};
pub use command::Command;
pub use declaration::Declaration;
pub use desk::{Class, ContactOf, DeskCommand};
pub use disposition::Disposition;
pub use elsewhere::Elsewhere;
pub use event::Event;
pub use handover::{Handover, HandoverCommand};
pub use message::{Message, MessageCommand, ResultRef, Undelivered, Way};
pub use obligation::{Obligation, ObligationKind};
pub use order::{Measure, Order, OrderCommand};
pub use outcome::Outcome;
pub use pass::{Pass, PassRef, Use};
pub use refusal::Refusal;
pub use sample::{Sample, SampleCommand};
pub use shown::Shown;
pub use test::{TestCommand, TestResult};
pub use triage::{ReasonRef, Triage, TriageInput};
pub use undo::{LastDecision, UndoInput};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::flight::{FlightId, Window};
use crate::id::Id;
use crate::retention;
use course::By;

/// The current state of one journey. It holds ids, codes and verdicts; who the person is lies sealed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// The port of entry.
    pub port: String,
    /// The flight, as declared.
    pub flight: FlightId,
    /// The declarer's journey, for somebody who was declared by another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Id>,
    /// How many events made this state.
    pub seq: i64,
    /// The declaration.
    pub declaration: Declaration,
    /// The pass.
    pub pass: Pass,
    /// What the rules and the officers say.
    pub triage: Triage,
    /// What somebody owes, open or done, in the order in which it was opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
    /// When somebody else's document was last shown with it: set until the right one is shown, or an officer has found out who
    /// the person is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mismatched_at: Option<Timestamp>,
    /// What kind of entry it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: Class,
    /// Samples, in the order in which they were ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
    /// Messages about results, sent and undelivered, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// Orders, in the order in which they were proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Order>,
    /// What was handed over to departments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
    /// The cases that this person is a contact of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_of: Vec<ContactOf>,
    /// When an officer first decided on this person: they have passed through health inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected_at: Option<Timestamp>,
    /// The last decision at a station, as long as nothing of another kind came after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_decision: Option<Box<LastDecision>>,
    /// How the entry ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// When the loop was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When the person was erased: their key is destroyed, and nothing can be asked of the journey any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Timestamp>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Journey {
    /// What somebody still owes.
    pub fn open(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter().filter(|o| o.is_open())
    }

    /// What the traveller and the officer are told, under this window of the flight.
    #[must_use]
    pub fn shown(&self, window: &Window, now: Timestamp) -> Shown {
        shown::shown(self, window, now)
    }
}

/// Says what follows from a command, or why it does not. An empty list means that it is already so.
///
/// # Errors
/// A [`Refusal`]: not a failure, but an answer that the person at the screen can act on.
pub fn decide(journey: Option<&Journey>, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let Some(journey) = journey else {
        return match command {
            Command::Declare(new) => Ok(declaration::declare(new, now)),
            _ => Err(Refusal::NotDeclared),
        };
    };
    if journey.erased_at.is_some() && !matches!(command, Command::Erase { .. }) {
        return Err(Refusal::Erased);
    }
    let events = match command {
        Command::Declare(_) => return Err(Refusal::AlreadyDeclared),
        Command::Erase { by, kept_until } => retention::erase(journey, by, *kept_until, now)?,
        Command::AskCorrection { due } => obligation::asked(journey, now, *due)?,
        Command::Amend(change) => declaration::amend(journey, change, now)?,
        Command::Confirm(change) => declaration::confirm(journey, change, now)?,
        Command::Withdraw => declaration::withdraw(journey, now)?,
        Command::Supersede { by } => declaration::supersede(journey, *by, now)?,
        Command::Scan(scan) => checkpoint::scan(journey, scan, now)?,
        Command::Decide(decision) => checkpoint::decide(journey, decision, now)?,
        Command::Undo(input) => undo::undo(journey, input, now)?,
        Command::Acknowledge { number, by } => obligation::acknowledge(journey, *number, by, now)?,
        Command::Answer(answer) => obligation::answer(journey, answer, now)?,
        Command::Escalate { number, level } => obligation::escalate(journey, *number, *level, now)?,
        Command::Desk { command, by, deadlines } => desk::decide(journey, command, &By { by, deadlines }, now)?,
        Command::Sample { command, by, deadlines } => sample::decide(journey, command, &By { by, deadlines }, now)?,
        Command::Test { command, by, deadlines } => test::decide(journey, command, &By { by, deadlines }, now)?,
        Command::Message { command, by, deadlines } => message::decide(journey, command, &By { by, deadlines }, now)?,
        Command::Order { command, by, deadlines } => order::decide(journey, command, &By { by, deadlines }, now)?,
        Command::Handover { command, by, deadlines } => handover::decide(journey, command, &By { by, deadlines }, now)?,
    };
    Ok(with_closing(journey, events, now))
}

/// A journey closes by itself as soon as it has a disposition and nothing is owed (product.md, I9).
fn with_closing(journey: &Journey, mut events: Vec<Event>, now: Timestamp) -> Vec<Event> {
    let after = events.iter().fold(journey.clone(), apply);
    let ended = after.disposition.is_some() && after.open().next().is_none();
    if ended && after.closed_at.is_none() {
        events.push(Event::Closed { at: now });
    }
    events
}

/// The first event makes the journey; `None` if it is not one that can.
#[must_use]
pub fn begin(event: &Event) -> Option<Journey> {
    let Event::Declared { port, flight, party, .. } = event else { return None };
    let declaration = Declaration::first(event)?;
    Some(Journey {
        port: port.clone(),
        flight: flight.clone(),
        party: *party,
        seq: 1,
        declaration,
        pass: Pass::Missing,
        triage: Triage::Unknown,
        obligations: Vec::new(),
        mismatched_at: None,
        class: Class::default(),
        samples: Vec::new(),
        messages: Vec::new(),
        orders: Vec::new(),
        handovers: Vec::new(),
        contact_of: Vec::new(),
        inspected_at: None,
        last_decision: None,
        disposition: None,
        closed_at: None,
        erased_at: None,
    })
}

/// The state after one event more.
#[must_use]
pub fn apply(journey: Journey, event: &Event) -> Journey {
    let decided = undo::found(&journey, event);
    let mut next = Journey {
        seq: journey.seq + 1,
        declaration: journey.declaration.apply(event),
        pass: journey.pass.apply(event),
        triage: journey.triage.apply(event),
        obligations: obligation::apply(journey.obligations, event),
        samples: sample::apply(journey.samples, event),
        messages: message::apply(journey.messages, event),
        orders: order::apply(journey.orders, event),
        handovers: handover::apply(journey.handovers, event),
        ..journey
    };
    if matches!(event, Event::Scanned { .. } | Event::Erased { .. }) {
        next.last_decision = None;
    }
    match event {
        // A scan without a document neither accuses nor acquits.
        Event::Scanned { at, document: DocumentCheck::Mismatch, .. } => next.mismatched_at = Some(*at),
        Event::Scanned { document: DocumentCheck::Match, .. }
        | Event::ObligationAnswered { outcome: Outcome::IdentityConfirmed, .. } => next.mismatched_at = None,
        Event::Disposed { disposition, .. } => next.disposition = Some(*disposition),
        Event::Closed { at } => next.closed_at = Some(*at),
        Event::Erased { at, .. } => next.erased_at = Some(*at),
        Event::Decided { at, .. } => {
            next.inspected_at = next.inspected_at.or(Some(*at));
            next.last_decision = decided;
        }
        Event::DecisionUndone { .. } => next = undo::restored(next),
        Event::Classified { class, .. } => next.class = *class,
        Event::TiedToCase { contact } => next.contact_of.push(contact.clone()),
        // Something is owed again: a late correction reopens the loop (journey.md 6.2, row 26).
        Event::ObligationOpened { .. } => next.closed_at = None,
        _ => {}
    }
    next
}

/// The state that a whole history makes; `None` for no events, or a history that does not begin with a declaration.
#[must_use]
pub fn fold(events: &[Event]) -> Option<Journey> {
    let (first, rest) = events.split_first()?;
    Some(rest.iter().fold(begin(first)?, apply))
}
