//! What a department was given: its list without a person in it, and one handover with the fields of its purpose.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::handover::State;
use pratique_core::journey::{Event, Handover, Journey, Obligation, ObligationKind};
use pratique_store::{Cursor, Order};
use serde_json::{Value, json};

use super::{note, obligation};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// Which of a department's two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Offered or accepted; oldest offer first.
    Open,
    /// Answered; newest answer first.
    Answered,
}

/// One handover with its journey.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The journey's id.
    pub id: Id,
    /// The journey.
    pub journey: Journey,
    /// The handover.
    pub handover: Handover,
}

impl Waiting {
    /// What the department owes on it: to take it, or to report back.
    #[must_use]
    pub fn owed(&self) -> Option<&Obligation> {
        let kinds = [ObligationKind::AcceptHandover, ObligationKind::AnswerHandover];
        self.journey.open().find(|o| kinds.contains(&o.kind) && o.about == Some(self.handover.number))
    }

    /// Its name outside.
    #[must_use]
    pub fn name(&self) -> String {
        obligation::name(self.id, self.handover.number)
    }
}

/// A page of a department's list, and where the next one starts.
///
/// # Errors
/// The store's.
pub async fn listed(
    app: &App,
    (port, department): (&str, &str),
    list: List,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Waiting>, Option<Cursor>), Failure> {
    let (name, order) = match list {
        List::Open => (ledger::inbox(port, department), Order::Ascending),
        List::Answered => (ledger::inbox_done(port, department), Order::Descending),
    };
    let listed = app.store.entries(&name, i64::MIN..i64::MAX, after, limit, order).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let mut waiting = Vec::new();
    for (row, entry) in app.store.rows(&ids).await?.into_iter().zip(&listed) {
        let Some(row) = row else { continue };
        let journey: Journey = serde_json::from_str(&row.state)?;
        // A person may have been given twice: each entry tells of its own handover.
        let own =
            |h: &&Handover| h.to == department && place(h, list).map(Timestamp::as_millisecond) == Some(entry.sort);
        let handover = journey.handovers.iter().find(own).cloned();
        waiting.extend(handover.map(|handover| Waiting { id: row.id, journey: journey.clone(), handover }));
    }
    let next = if listed.len() == limit as usize { listed.last().copied() } else { None };
    Ok((waiting, next))
}

fn place(handover: &Handover, list: List) -> Option<Timestamp> {
    match (list, &handover.state) {
        (List::Open, State::Offered | State::Accepted { .. }) => Some(handover.at),
        (List::Answered, State::Answered { at, .. }) => Some(*at),
        _ => None,
    }
}

/// As the API shows it: no person in it.
#[must_use]
pub fn view(waiting: &Waiting, now: Timestamp) -> Value {
    let (handover, owed) = (&waiting.handover, waiting.owed());
    let (by, at, report) = match &handover.state {
        State::Offered => (None, None, None),
        State::Accepted { by, at } | State::Declined { by, at } | State::Withdrawn { by, at } => {
            (Some(by), Some(at), None)
        }
        State::Answered { by, at, report } => (Some(by), Some(at), Some(report.name())),
    };
    json!({
        "id": waiting.name(),
        "journey": waiting.id,
        "to": handover.to,
        "offered_by": handover.by,
        "offered_at": handover.at,
        "state": handover.state_name(),
        "by": by,
        "at": at,
        "report": report,
        "due": owed.map(|o| o.due),
        "urgency": owed.map(|o| o.urgency(now).as_str()),
        "level": owed.map(|o| o.level),
    })
}

/// The words that came with a handover.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Of the sender.
    pub offer: Option<String>,
    /// Of the department, as it declined or reported.
    pub end: Option<String>,
}

/// The words of a handover. Personal data: that somebody looks must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn said(app: &App, journey: Id, handover: u32) -> Result<Said, Failure> {
    let mut said = Said::default();
    for row in app.store.events(journey).await? {
        match serde_json::from_str(&row.body)? {
            Event::HandoverOffered { number, .. } if number == handover => {
                said.offer = note::of_event(app, journey, row.seq).await?;
            }
            Event::HandoverDeclined { number, .. } | Event::HandoverAnswered { number, .. } if number == handover => {
                said.end = note::of_event(app, journey, row.seq).await?;
            }
            _ => {}
        }
    }
    Ok(said)
}
