//! The one state that people are shown, derived from the sub-machines and the flight. It is never stored: two truths drift.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::obligation::ObligationKind;
use super::{Declaration, Disposition, Journey};
use crate::flight::{Standing, Window};

/// What is shown of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Made too early: to be confirmed.
    Early,
    /// Good; to be shown on arrival.
    Ready,
    /// Shown at a station, nothing decided.
    Presented,
    /// Sent to the desk.
    Referred,
    /// Held.
    Held,
    /// A sample is to be taken.
    Sampling,
    /// A result, or what follows from it, is waited for.
    Awaiting,
    /// Cleared.
    Cleared,
    /// Ended another way than by going on.
    Ended,
    /// Withdrawn by the traveller.
    Withdrawn,
    /// A newer declaration took its place.
    Replaced,
    /// Its time is over.
    Expired,
}

impl Shown {
    /// All states.
    pub const ALL: [Shown; 12] = [
        Shown::Early,
        Shown::Ready,
        Shown::Presented,
        Shown::Referred,
        Shown::Held,
        Shown::Sampling,
        Shown::Awaiting,
        Shown::Cleared,
        Shown::Ended,
        Shown::Withdrawn,
        Shown::Replaced,
        Shown::Expired,
    ];

    /// The stable name, as in the API and in `locales` (`state-NAME`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shown::Early => "early",
            Shown::Ready => "ready",
            Shown::Presented => "presented",
            Shown::Referred => "referred",
            Shown::Held => "held",
            Shown::Sampling => "sampling",
            Shown::Awaiting => "awaiting",
            Shown::Cleared => "cleared",
            Shown::Ended => "ended",
            Shown::Withdrawn => "withdrawn",
            Shown::Replaced => "replaced",
            Shown::Expired => "expired",
        }
    }
}

pub(super) fn shown(journey: &Journey, window: &Window, now: Timestamp) -> Shown {
    let owed = |kind| journey.open().any(|o| o.kind == kind);
    match &journey.declaration {
        Declaration::Withdrawn(_) => return Shown::Withdrawn,
        Declaration::Superseded { .. } => return Shown::Replaced,
        _ => {}
    }
    match journey.disposition {
        // A result that came after the release asks for another word of the doctor.
        Some(Disposition::Release) if owed(ObligationKind::Conclude) => return Shown::Awaiting,
        Some(Disposition::Release) => return Shown::Cleared,
        Some(_) => return Shown::Ended,
        None => {}
    }
    if owed(ObligationKind::ResolveHold) {
        Shown::Held
    } else if owed(ObligationKind::Examine) {
        Shown::Referred
    } else if owed(ObligationKind::CollectSample) {
        Shown::Sampling
    } else if owed(ObligationKind::ReportResult) || owed(ObligationKind::Conclude) {
        Shown::Awaiting
    } else if !matches!(journey.declaration, Declaration::Submitted(_)) {
        Shown::Presented
    } else if now > window.valid_until {
        Shown::Expired
    } else if journey.declaration.standing(window) == Standing::Early {
        Shown::Early
    } else {
        Shown::Ready
    }
}
