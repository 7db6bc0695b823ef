//! What can be asked of a journey. Everything outside it, the flight's times, the rules' verdict, a new pass, comes as a value.

use jiff::Timestamp;

use super::checkpoint::{DecisionInput, ScanFacts};
use super::desk::DeskCommand;
use super::handover::HandoverCommand;
use super::message::MessageCommand;
use super::obligation::Answer;
use super::order::OrderCommand;
use super::pass::PassRef;
use super::sample::SampleCommand;
use super::test::TestCommand;
use super::triage::TriageInput;
use super::undo::UndoInput;
use crate::declaration::Channel;
use crate::flight::FlightId;
use crate::id::Id;
use crate::port::Deadlines;
use crate::rules::Tier;

/// A command.
#[derive(Debug, Clone)]
pub enum Command {
    /// A new declaration.
    Declare(NewDeclaration),
    /// Other answers.
    Amend(Change),
    /// The same answers again, made within the 24 hours.
    Confirm(Change),
    /// The traveller takes it back.
    Withdraw,
    /// The same person declared again for the same arrival: the newest holds (journey.md 6.4).
    Supersede {
        /// The newer journey.
        by: Id,
    },
    /// A pass, code or document was read at a station.
    Scan(ScanFacts),
    /// An officer's decision on a scan.
    Decide(DecisionInput),
    /// The officer takes a decision back at once.
    Undo(UndoInput),
    /// Somebody takes an obligation on.
    Acknowledge {
        /// Its number in the journey.
        number: u32,
        /// Who.
        by: String,
    },
    /// Somebody answers an obligation.
    Answer(Answer),
    /// Its deadline is over by a rung of the ladder: the next higher is told.
    Escalate {
        /// Its number in the journey.
        number: u32,
        /// The rung, from 1.
        level: u8,
    },
    /// The desk, or the duty lead.
    Desk {
        /// What.
        command: DeskCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
    /// A sample.
    Sample {
        /// What.
        command: SampleCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
    /// A test of a sample.
    Test {
        /// What.
        command: TestCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
    /// Word of a result was sent to the person, or could not be.
    Message {
        /// What it came to.
        command: MessageCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
    /// An order.
    Order {
        /// What.
        command: OrderCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
    /// The person asks for what the form cannot change: a record put right, or erased.
    AskCorrection {
        /// By when somebody sees to it.
        due: Timestamp,
    },
    /// The person is erased.
    Erase {
        /// Who.
        by: String,
        /// Before this instant it may not be.
        kept_until: Timestamp,
    },
    /// A handover.
    Handover {
        /// What.
        command: HandoverCommand,
        /// Who.
        by: String,
        /// Within how long things are owed.
        deadlines: Deadlines,
    },
}

/// What a new declaration brings.
#[derive(Debug, Clone)]
pub struct NewDeclaration {
    /// The port.
    pub port: String,
    /// The flight.
    pub flight: FlightId,
    /// The declarer's journey, for a companion.
    pub party: Option<Id>,
    /// How it came.
    pub channel: Channel,
    /// The form's version.
    pub questionnaire: String,
    /// It counted under the flight's window as it stands.
    pub counted: bool,
    /// When it was made, where that is not now: the time on a paper form.
    pub made_at: Option<Timestamp>,
    /// What the rules say.
    pub triage: TriageInput,
    /// The weightiest tier that the same person declared before for this arrival, and that nobody has seen.
    pub earlier: Option<Tier>,
    /// The pass made for it.
    pub pass: PassRef,
}

/// What an amendment or a confirmation brings.
#[derive(Debug, Clone)]
pub struct Change {
    /// How it came.
    pub channel: Channel,
    /// The form's version.
    pub questionnaire: String,
    /// First instant at which it counts, for the refusal of a confirmation that is too early.
    pub counts_from: Timestamp,
    /// It counts under the flight's window as it stands now.
    pub counted: bool,
    /// What the rules say now.
    pub triage: TriageInput,
    /// The pass made for it.
    pub pass: PassRef,
    /// By when an officer looks at a correction made after the first scan.
    pub review_due: Timestamp,
}
