//! What has happened to a journey. Events are append-only and carry ids, codes and verdicts, never names or answers, so that
//! a person can be erased and the log stay whole (architecture.md, The store).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::checkpoint::{Decision, DocumentCheck};
use super::obligation::{Disposition, ObligationKind, Outcome};
use super::pass::{PassRef, Use};
use super::triage::TriageInput;
use crate::declaration::Channel;
use crate::flight::FlightId;
use crate::id::Id;
use crate::rules::Tier;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A declaration was received.
    Declared {
        /// When.
        at: Timestamp,
        /// Where the person will enter.
        port: String,
        /// With which flight.
        flight: FlightId,
        /// The declarer's journey, for a companion.
        party: Option<Id>,
        /// How it came.
        channel: Channel,
        /// The form's version.
        questionnaire: String,
        /// It counted when it was made.
        counted: bool,
    },
    /// The answers were changed before the first scan.
    Amended {
        /// When.
        at: Timestamp,
        /// How.
        channel: Channel,
        /// The form's version.
        questionnaire: String,
        /// It counts from now.
        counted: bool,
    },
    /// The answers were changed after the first scan: both are kept.
    Corrected {
        /// When.
        at: Timestamp,
        /// How.
        channel: Channel,
        /// The form's version.
        questionnaire: String,
    },
    /// An early declaration was confirmed within the 24 hours.
    Confirmed {
        /// When.
        at: Timestamp,
        /// It counts from now: the schedule has the flight.
        counted: bool,
    },
    /// The traveller took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// A newer declaration of the same person for the same arrival took its place.
    Superseded {
        /// When.
        at: Timestamp,
        /// The newer journey.
        by: Id,
    },
    /// A pass was issued; an earlier one is replaced.
    PassIssued {
        /// The pass.
        pass: PassRef,
    },
    /// The rules were run.
    Assessed {
        /// When.
        at: Timestamp,
        /// Their verdict.
        input: TriageInput,
    },
    /// An officer confirmed what the rules said.
    TriageConfirmed {
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
    },
    /// A person set another tier than the rules.
    TriageOverridden {
        /// When.
        at: Timestamp,
        /// The tier before.
        from: Tier,
        /// The tier after.
        to: Tier,
        /// Who.
        by: String,
        /// The first person, where two are needed (I4).
        first: Option<String>,
    },
    /// It was shown at a station.
    Scanned {
        /// When.
        at: Timestamp,
        /// The scan's own id.
        scan: Id,
        /// Where.
        station: String,
        /// What the document said.
        document: DocumentCheck,
    },
    /// An officer decided.
    Decided {
        /// When.
        at: Timestamp,
        /// On which scan.
        scan: Id,
        /// What.
        decision: Decision,
        /// Who.
        by: String,
        /// A reason was given (its words are sealed).
        reasoned: bool,
    },
    /// The pass was used up at one stage.
    PassUsed {
        /// Where, when, by whom.
        used: Use,
    },
    /// Somebody owes something from now on.
    ObligationOpened {
        /// Its number in this journey.
        number: u32,
        /// What.
        kind: ObligationKind,
        /// Whose act opened it.
        by: String,
        /// When.
        at: Timestamp,
        /// By when.
        due: Timestamp,
    },
    /// Somebody took it on.
    ObligationAcknowledged {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody answered it.
    ObligationAnswered {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// With what.
        outcome: Outcome,
    },
    /// A named person said how the entry ends.
    Disposed {
        /// When.
        at: Timestamp,
        /// How.
        disposition: Disposition,
        /// Who.
        by: String,
    },
    /// Nothing is owed any more.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Event {
    /// The stable name, as the log has it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Event::Declared { .. } => "declared",
            Event::Amended { .. } => "amended",
            Event::Corrected { .. } => "corrected",
            Event::Confirmed { .. } => "confirmed",
            Event::Withdrawn { .. } => "withdrawn",
            Event::Superseded { .. } => "superseded",
            Event::PassIssued { .. } => "pass_issued",
            Event::Assessed { .. } => "assessed",
            Event::TriageConfirmed { .. } => "triage_confirmed",
            Event::TriageOverridden { .. } => "triage_overridden",
            Event::Scanned { .. } => "scanned",
            Event::Decided { .. } => "decided",
            Event::PassUsed { .. } => "pass_used",
            Event::ObligationOpened { .. } => "obligation_opened",
            Event::ObligationAcknowledged { .. } => "obligation_acknowledged",
            Event::ObligationAnswered { .. } => "obligation_answered",
            Event::Disposed { .. } => "disposed",
            Event::Closed { .. } => "closed",
        }
    }
}
