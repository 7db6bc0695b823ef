//! What has happened to a journey. Events are append-only and carry ids, codes and verdicts, never names or answers, so that
//! a person can be erased and the log stay whole (architecture.md, The store).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::checkpoint::{Decision, DocumentCheck};
use super::desk::{Class, ContactOf};
use super::handover::Report;
use super::message::Message;
use super::order::{Ending, Issued, Measure};
use super::pass::{PassRef, Use};
use super::sample::{NotSampled, Taken, Tube, Unfit};
use super::test::Reading;
use super::triage::TriageInput;
use super::{Disposition, ObligationKind, Outcome};
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
        /// When it was made, where that is not when it was received: the time on a paper form.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_at: Option<Timestamp>,
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
        /// The console went on by itself, after the countdown that the officer let run out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_itself: bool,
    },
    /// The same officer took a decision back at once: what it changed is as it was before.
    DecisionUndone {
        /// When.
        at: Timestamp,
        /// On which scan it was.
        scan: Id,
        /// What had been decided.
        decision: Decision,
        /// Who.
        by: String,
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
        /// The number of the sample, order or handover that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<u32>,
        /// The department that owes it, where the role alone does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
    },
    /// Its deadline was over by a rung of the ladder, and the next higher was told.
    ObligationEscalated {
        /// Its number.
        number: u32,
        /// The rung, from 1.
        level: u8,
        /// When.
        at: Timestamp,
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
    /// The desk examined (the findings are sealed).
    Examined {
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
        /// Where.
        station: String,
    },
    /// The desk inquired (the answers are sealed).
    Investigated {
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
        /// The questionnaire's version.
        questionnaire: String,
    },
    /// It is another kind of entry than was thought.
    Classified {
        /// The kind.
        class: Class,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A contact of a case.
    TiedToCase {
        /// The tie with its evidence.
        contact: ContactOf,
    },
    /// A sample is to be taken.
    SampleOrdered {
        /// Its number.
        number: u32,
        /// When.
        at: Timestamp,
        /// Who.
        by: String,
        /// The sample that it takes the place of.
        instead_of: Option<u32>,
    },
    /// A tube was labelled.
    SampleLabelled {
        /// The sample.
        number: u32,
        /// The tube.
        tube: Tube,
    },
    /// The sample was taken.
    SampleCollected {
        /// The sample.
        number: u32,
        /// What was taken.
        taken: Taken,
    },
    /// The sample was not taken.
    PersonNotSampled {
        /// The sample.
        number: u32,
        /// Why.
        why: NotSampled,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Handed to the courier.
    SampleSent {
        /// The sample.
        number: u32,
        /// The bag or box.
        parcel: String,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Taken in at the laboratory.
    SampleReceived {
        /// The sample.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The laboratory cannot use it.
    SampleRejected {
        /// The sample.
        number: u32,
        /// Why.
        why: Unfit,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Not in the laboratory in time.
    SampleMissed {
        /// The sample.
        number: u32,
        /// When.
        at: Timestamp,
    },
    /// Given up.
    SampleLost {
        /// The sample.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A test waits for a plate.
    TestQueued {
        /// The sample.
        sample: u32,
        /// The test.
        test: u32,
        /// When.
        at: Timestamp,
    },
    /// A test is in a well.
    TestPlated {
        /// The sample.
        sample: u32,
        /// The test.
        test: u32,
        /// The plate.
        plate: Id,
        /// The well.
        well: String,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The plate failed: the test waits again.
    TestRequeued {
        /// The sample.
        sample: u32,
        /// The test.
        test: u32,
        /// When.
        at: Timestamp,
    },
    /// A test was read.
    TestRead {
        /// The sample.
        sample: u32,
        /// The test.
        test: u32,
        /// The reading.
        reading: Reading,
    },
    /// A second person made a result final, or final anew.
    ResultReleased {
        /// The sample.
        sample: u32,
        /// The test.
        test: u32,
        /// The reading.
        reading: Reading,
        /// The second person.
        by: String,
        /// When.
        at: Timestamp,
        /// 1, and one more for each amendment.
        version: u32,
    },
    /// The person was sent word of a result.
    MessageSent {
        /// By which way, of which result.
        message: Message,
    },
    /// Word of a result could not be brought to the person.
    MessageUndelivered {
        /// By which way, and why not.
        message: Message,
    },
    /// An order was thought of.
    OrderProposed {
        /// Its number.
        number: u32,
        /// What.
        measure: Measure,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A named officer gave it.
    OrderIssued {
        /// Its number.
        number: u32,
        /// By whom, when, until when.
        issued: Issued,
    },
    /// The person was served with it.
    OrderServed {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// In which language.
        language: String,
    },
    /// It ends at another time.
    OrderChanged {
        /// Its number.
        number: u32,
        /// The new end.
        until: Timestamp,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// It is over.
    OrderEnded {
        /// Its number.
        number: u32,
        /// How.
        ending: Ending,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Offered to a department.
    HandoverOffered {
        /// Its number.
        number: u32,
        /// The department.
        to: String,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The department took it.
    HandoverAccepted {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The department did not take it.
    HandoverDeclined {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The department reported back.
    HandoverAnswered {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// With what.
        report: Report,
    },
    /// The sender took it back.
    HandoverWithdrawn {
        /// Its number.
        number: u32,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
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
    /// The person was erased: their key is destroyed, and the rest names nobody.
    Erased {
        /// When.
        at: Timestamp,
        /// Who: a job of the program's own, or somebody on request.
        by: String,
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
            Event::DecisionUndone { .. } => "decision_undone",
            Event::PassUsed { .. } => "pass_used",
            Event::ObligationOpened { .. } => "obligation_opened",
            Event::ObligationAcknowledged { .. } => "obligation_acknowledged",
            Event::ObligationAnswered { .. } => "obligation_answered",
            Event::ObligationEscalated { .. } => "obligation_escalated",
            Event::Examined { .. } => "examined",
            Event::Investigated { .. } => "investigated",
            Event::Classified { .. } => "classified",
            Event::TiedToCase { .. } => "tied_to_case",
            Event::SampleOrdered { .. } => "sample_ordered",
            Event::SampleLabelled { .. } => "sample_labelled",
            Event::SampleCollected { .. } => "sample_collected",
            Event::PersonNotSampled { .. } => "person_not_sampled",
            Event::SampleSent { .. } => "sample_sent",
            Event::SampleReceived { .. } => "sample_received",
            Event::SampleRejected { .. } => "sample_rejected",
            Event::SampleMissed { .. } => "sample_missed",
            Event::SampleLost { .. } => "sample_lost",
            Event::TestQueued { .. } => "test_queued",
            Event::TestPlated { .. } => "test_plated",
            Event::TestRequeued { .. } => "test_requeued",
            Event::TestRead { .. } => "test_read",
            Event::ResultReleased { .. } => "result_released",
            Event::MessageSent { .. } => "message_sent",
            Event::MessageUndelivered { .. } => "message_undelivered",
            Event::OrderProposed { .. } => "order_proposed",
            Event::OrderIssued { .. } => "order_issued",
            Event::OrderServed { .. } => "order_served",
            Event::OrderChanged { .. } => "order_changed",
            Event::OrderEnded { .. } => "order_ended",
            Event::HandoverOffered { .. } => "handover_offered",
            Event::HandoverAccepted { .. } => "handover_accepted",
            Event::HandoverDeclined { .. } => "handover_declined",
            Event::HandoverAnswered { .. } => "handover_answered",
            Event::HandoverWithdrawn { .. } => "handover_withdrawn",
            Event::Disposed { .. } => "disposed",
            Event::Closed { .. } => "closed",
            Event::Erased { .. } => "erased",
        }
    }
}
