//! The declaration's own life: made, amended, locked by the first scan, corrected after it; or withdrawn, or replaced by a
//! newer one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{Change, NewDeclaration};
use super::obligation::{self, ObligationKind};
use super::{Event, Journey, Refusal};
use crate::declaration::Channel;
use crate::flight::{Standing, Window};
use crate::id::Id;

/// What every living declaration knows of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// 1 for the first answers, one more for each change. Bodies of all versions are kept (I5).
    pub version: u32,
    /// When it was made, or confirmed, or amended: the instant that the 24-hour rule looks at.
    pub at: Timestamp,
    /// It counted at that instant, as the flight stood then: a delay does not take that away.
    pub counted: bool,
    /// How it came.
    pub channel: Channel,
    /// The form's version.
    pub questionnaire: String,
}

/// The declaration's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Declaration {
    /// Made; the traveller may change it.
    Submitted(Made),
    /// Shown at a station: locked, changes become corrections.
    Presented(Made),
    /// Changed after the first scan.
    Corrected(Made),
    /// Taken back.
    Withdrawn(Made),
    /// Replaced by a newer one.
    Superseded {
        /// What it was.
        made: Made,
        /// The newer journey.
        by: Id,
    },
}

impl Declaration {
    pub(super) fn first(event: &Event) -> Option<Self> {
        let Event::Declared { at, channel, questionnaire, counted, made_at, .. } = event else { return None };
        let questionnaire = questionnaire.clone();
        let at = made_at.unwrap_or(*at);
        Some(Declaration::Submitted(Made { version: 1, at, counted: *counted, channel: *channel, questionnaire }))
    }

    /// What it knows of itself.
    #[must_use]
    pub fn made(&self) -> &Made {
        match self {
            Declaration::Submitted(made) | Declaration::Presented(made) => made,
            Declaration::Corrected(made) | Declaration::Withdrawn(made) => made,
            Declaration::Superseded { made, .. } => made,
        }
    }

    /// Where it stands under the 24-hour rule.
    #[must_use]
    pub fn standing(&self, window: &Window) -> Standing {
        let made = self.made();
        window.standing(made.at, made.counted)
    }

    /// Neither withdrawn nor replaced.
    ///
    /// # Errors
    /// [`Refusal::Withdrawn`] or [`Refusal::Superseded`].
    pub fn living(&self) -> Result<&Made, Refusal> {
        match self {
            Declaration::Withdrawn(_) => Err(Refusal::Withdrawn),
            Declaration::Superseded { .. } => Err(Refusal::Superseded),
            other => Ok(other.made()),
        }
    }

    pub(super) fn apply(self, event: &Event) -> Self {
        match (self, event) {
            (Declaration::Submitted(made), Event::Amended { at, channel, questionnaire, counted }) => {
                let questionnaire = questionnaire.clone();
                let version = made.version + 1;
                // What counted once goes on counting: mending a phone number must not cost it.
                let counted = *counted || made.counted;
                Declaration::Submitted(Made { version, at: *at, counted, channel: *channel, questionnaire })
            }
            (Declaration::Submitted(made), Event::Confirmed { at, counted }) => {
                Declaration::Submitted(Made { at: *at, counted: *counted, ..made })
            }
            // Shown at the lane too early and confirmed there, on the spot: as good as one declared on arrival.
            (Declaration::Presented(made), Event::Confirmed { at, counted }) => {
                Declaration::Presented(Made { at: *at, counted: *counted, ..made })
            }
            (Declaration::Corrected(made), Event::Confirmed { at, counted }) => {
                Declaration::Corrected(Made { at: *at, counted: *counted, ..made })
            }
            (Declaration::Submitted(made), Event::Scanned { .. }) => Declaration::Presented(made),
            (
                Declaration::Presented(made) | Declaration::Corrected(made),
                Event::Corrected { channel, questionnaire, .. },
            ) => {
                // The first answers were in time; a correction does not make them late.
                let version = made.version + 1;
                Declaration::Corrected(Made {
                    version,
                    channel: *channel,
                    questionnaire: questionnaire.clone(),
                    ..made
                })
            }
            (Declaration::Submitted(made), Event::Withdrawn { .. }) => Declaration::Withdrawn(made),
            (Declaration::Submitted(made), Event::Superseded { by, .. }) => Declaration::Superseded { made, by: *by },
            (same, _) => same,
        }
    }
}

pub(super) fn declare(new: &NewDeclaration, now: Timestamp) -> Vec<Event> {
    vec![
        Event::Declared {
            at: now,
            port: new.port.clone(),
            flight: new.flight.clone(),
            party: new.party,
            channel: new.channel,
            questionnaire: new.questionnaire.clone(),
            counted: new.counted,
            made_at: new.made_at,
        },
        Event::Assessed { at: now, input: new.triage.clone().after(new.earlier) },
        Event::PassIssued { pass: new.pass.clone() },
    ]
}

pub(super) fn amend(journey: &Journey, change: &Change, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    journey.declaration.living()?;
    let questionnaire = change.questionnaire.clone();
    let assessed = Event::Assessed { at: now, input: journey.triage.amended(change.triage.clone()) };
    let issued = Event::PassIssued { pass: change.pass.clone() };
    if matches!(journey.declaration, Declaration::Submitted(_)) {
        let counted = change.counted;
        return Ok(vec![Event::Amended { at: now, channel: change.channel, questionnaire, counted }, assessed, issued]);
    }
    let mut events = vec![Event::Corrected { at: now, channel: change.channel, questionnaire }, assessed, issued];
    // One look covers all corrections that came before it.
    if !journey.open().any(|o| o.kind == ObligationKind::ReviewCorrection) {
        events.push(obligation::opened(journey, ObligationKind::ReviewCorrection, "traveller", now, change.review_due));
    }
    Ok(events)
}

pub(super) fn confirm(journey: &Journey, change: &Change, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    let made = journey.declaration.living()?;
    if made.counted || made.at >= change.counts_from {
        return Ok(Vec::new());
    }
    if now < change.counts_from {
        return Err(Refusal::TooEarly { counts_from: change.counts_from });
    }
    Ok(vec![
        Event::Confirmed { at: now, counted: change.counted },
        Event::Assessed { at: now, input: journey.triage.repeated(change.triage.clone()) },
        Event::PassIssued { pass: change.pass.clone() },
    ])
}

pub(super) fn withdraw(journey: &Journey, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match &journey.declaration {
        Declaration::Submitted(_) => Ok(vec![Event::Withdrawn { at: now }]),
        Declaration::Withdrawn(_) => Ok(Vec::new()),
        Declaration::Superseded { .. } => Err(Refusal::Superseded),
        Declaration::Presented(_) | Declaration::Corrected(_) => Err(Refusal::AlreadyPresented),
    }
}

pub(super) fn supersede(journey: &Journey, by: Id, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    match &journey.declaration {
        Declaration::Submitted(_) => Ok(vec![Event::Superseded { at: now, by }]),
        Declaration::Withdrawn(_) | Declaration::Superseded { .. } => Ok(Vec::new()),
        Declaration::Presented(_) | Declaration::Corrected(_) => Err(Refusal::AlreadyPresented),
    }
}
