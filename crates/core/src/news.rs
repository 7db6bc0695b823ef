//! What a department hears of the people whom it was given: its own handovers' course, their results, their orders. Ids and
//! codes alone; whoever wants the person asks for the handover, and that look is logged.

use jiff::Timestamp;

use crate::journey::handover::Report;
use crate::journey::test::State;
use crate::journey::{Event, Handover, Journey, TestResult};
use crate::sharing::{Field, ends_at, is_readable};

/// What there is to tell, as a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Offered.
    Offered,
    /// Accepted.
    Accepted,
    /// Declined.
    Declined,
    /// Answered.
    Answered(Report),
    /// Taken back by the sender.
    Withdrawn,
    /// A result of this sample is final; a later version than 1 takes the place of an earlier one.
    Result {
        /// The sample.
        sample: u32,
        /// What it says.
        result: TestResult,
        /// 1, and one more for each amendment.
        version: u32,
    },
    /// The person was served with this order.
    OrderServed(u32),
    /// This order is over.
    OrderEnded(u32),
}

impl What {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            What::Offered => "handover.offered",
            What::Accepted => "handover.accepted",
            What::Declined => "handover.declined",
            What::Answered(_) => "handover.answered",
            What::Withdrawn => "handover.withdrawn",
            What::Result { version: 1, .. } => "result.released",
            What::Result { .. } => "result.amended",
            What::OrderServed(_) => "order.served",
            What::OrderEnded(_) => "order.ended",
        }
    }

    /// The field that a department's purpose must need to hear it; `None` for its own handover.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self {
            What::Result { .. } => Some(Field::Results),
            What::OrderServed(_) | What::OrderEnded(_) => Some(Field::Orders),
            _ => None,
        }
    }

    fn is_correction(self) -> bool {
        matches!(self, What::Result { version, .. } if version > 1)
    }

    /// Of an event; `None` where no department hears of it, with the handover's number where it is about one alone.
    fn of(event: &Event) -> Option<(Self, Option<u32>, Timestamp)> {
        Some(match event {
            Event::HandoverOffered { number, at, .. } => (What::Offered, Some(*number), *at),
            Event::HandoverAccepted { number, at, .. } => (What::Accepted, Some(*number), *at),
            Event::HandoverDeclined { number, at, .. } => (What::Declined, Some(*number), *at),
            Event::HandoverAnswered { number, at, report, .. } => (What::Answered(*report), Some(*number), *at),
            Event::HandoverWithdrawn { number, at, .. } => (What::Withdrawn, Some(*number), *at),
            Event::ResultReleased { sample, reading, at, version, .. } => {
                (What::Result { sample: *sample, result: reading.result, version: *version }, None, *at)
            }
            Event::OrderServed { number, at, .. } => (What::OrderServed(*number), None, *at),
            Event::OrderEnded { number, at, .. } => (What::OrderEnded(*number), None, *at),
            _ => return None,
        })
    }
}

/// One piece of news, for one department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News<'a> {
    /// The handover by which it may know.
    pub handover: &'a Handover,
    /// What.
    pub what: What,
    /// When.
    pub at: Timestamp,
}

/// The departments that an event is told, of a journey as it was before and is after it.
///
/// A correction reaches every department that could read the person while the result stood that it corrects, also one whose
/// handover is over since (I12): it acted on the wrong one.
#[must_use]
pub fn told<'a>(before: Option<&Journey>, after: &'a Journey, event: &Event) -> Vec<&'a str> {
    let Some((what, number, at)) = What::of(event) else { return Vec::new() };
    let since = corrected_at(before, event).unwrap_or(at);
    let hears = |h: &&Handover| match number {
        Some(number) => h.number == number,
        None => h.at <= at && (is_readable(h, at) || ends_at(h).is_some_and(|end| what.is_correction() && since < end)),
    };
    let mut told: Vec<&str> = after.handovers.iter().filter(hears).map(|h| h.to.as_str()).collect();
    told.sort_unstable();
    told.dedup();
    told
}

/// When the result was released that this event corrects.
fn corrected_at(before: Option<&Journey>, event: &Event) -> Option<Timestamp> {
    let Event::ResultReleased { sample, test, .. } = event else { return None };
    let sample = before?.samples.iter().find(|s| s.number == *sample)?;
    match sample.tests.iter().find(|t| t.number == *test)?.state {
        State::Released { at, .. } => Some(at),
        _ => None,
    }
}

/// What a department that was told an event reads of it now: by the newest handover that it was offered by then. What came
/// with a handover that is over cannot be read any more, but for a correction.
#[must_use]
pub fn read<'a>(journey: &'a Journey, event: &Event, department: &str, now: Timestamp) -> Option<News<'a>> {
    let (what, number, at) = What::of(event)?;
    let own = |h: &&Handover| h.to == department && h.at <= at && number.is_none_or(|number| h.number == number);
    let handover = journey.handovers.iter().rfind(own)?;
    let open = what.field().is_none() || what.is_correction() || is_readable(handover, now);
    open.then_some(News { handover, what, at })
}
