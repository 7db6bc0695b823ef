//! A decision taken back: a hand slips, a queue pushes. Within a short grace, by the same officer, and only while nothing else
//! has happened to the journey. Nothing is deleted: the log has the decision and that it was taken back.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Decision, Disposition, Event, Journey, Outcome, Refusal, Triage};
use crate::id::Id;

/// The last decision, with the state that it found: what it is taken back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDecision {
    /// The scan that it decided.
    pub scan: Id,
    /// What.
    pub decision: Decision,
    /// The officer.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The number of its event.
    pub seq: i64,
    /// How the triage stood.
    triage: Triage,
    /// When the person had been inspected first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected_at: Option<Timestamp>,
    /// How the entry had ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    disposition: Option<Disposition>,
    /// When it had been closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_at: Option<Timestamp>,
    /// How much had been owed, open or done.
    pub owed: usize,
}

/// A decision to be taken back.
#[derive(Debug, Clone)]
pub struct UndoInput {
    /// The scan that was decided.
    pub scan: Id,
    /// How many events the journey had after the decision.
    pub seq: i64,
    /// Who asks.
    pub by: String,
    /// Seconds for which a decision can be taken back at this port.
    pub grace_s: i64,
}

/// The one open to be taken back, if this journey still stands where that decision left it.
pub(super) fn undo(journey: &Journey, input: &UndoInput, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let last = journey.last_decision.as_deref().filter(|last| last.scan == input.scan).ok_or(Refusal::NothingToUndo)?;
    if last.by != input.by {
        return Err(Refusal::NotYoursToUndo);
    }
    // Whatever came after it stood on it: a doctor who took the person on, a department, another scan.
    if journey.seq != input.seq {
        return Err(Refusal::MovedOn);
    }
    if now.duration_since(last.at) > SignedDuration::from_secs(input.grace_s) {
        return Err(Refusal::UndoTooLate);
    }
    let (at, by) = (now, input.by.clone());
    let undone = Event::DecisionUndone { at, scan: last.scan, decision: last.decision, by: by.clone() };
    // What it opened falls away with it, and keeps its number: nothing else is ever known by that.
    let opened = journey.obligations.iter().skip(last.owed).filter(|o| o.is_open());
    let lapsed =
        opened.map(|o| Event::ObligationAnswered { number: o.number, by: by.clone(), at, outcome: Outcome::TakenBack });
    Ok(std::iter::once(undone).chain(lapsed).collect())
}

/// What a decision found, as it is made.
pub(super) fn found(before: &Journey, event: &Event) -> Option<Box<LastDecision>> {
    let Event::Decided { at, scan, decision, by, .. } = event else { return None };
    Some(Box::new(LastDecision {
        scan: *scan,
        decision: *decision,
        by: by.clone(),
        at: *at,
        seq: before.seq + 1,
        triage: before.triage.clone(),
        inspected_at: before.inspected_at,
        disposition: before.disposition,
        closed_at: before.closed_at,
        owed: before.obligations.len(),
    }))
}

/// The journey as it was before the decision; what is owed falls away by events of its own.
pub(super) fn restored(mut journey: Journey) -> Journey {
    if let Some(last) = journey.last_decision.take() {
        journey.triage = last.triage;
        journey.inspected_at = last.inspected_at;
        journey.disposition = last.disposition;
        journey.closed_at = last.closed_at;
    }
    journey
}
