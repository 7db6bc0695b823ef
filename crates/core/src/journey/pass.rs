//! The pass: issued, shown, used up once at each stage (I6). An amendment replaces it; what was used stays used.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Decision, Event, Refusal};
use crate::id::Id;

/// Which pass is meant: its CWT id (claim 7, 12 bytes, hexadecimal) and its times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassRef {
    /// Twelve bytes as 24 hexadecimal digits.
    pub cti: String,
    /// When it was signed.
    pub issued_at: Timestamp,
    /// The `exp` that is printed in it.
    pub expires_at: Timestamp,
}

/// A pass used up at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The stage.
    pub stage: String,
    /// The station.
    pub station: String,
    /// When.
    pub at: Timestamp,
    /// The officer.
    pub by: String,
    /// The scan that led to it.
    pub scan: Id,
}

/// The pass's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Pass {
    /// None was issued yet.
    Missing,
    /// Issued, never shown.
    Issued {
        /// The one that is good.
        current: PassRef,
    },
    /// Shown at least once.
    Presented {
        /// The one that is good.
        current: PassRef,
        /// When it was first shown.
        first: Timestamp,
        /// Where it was used up.
        uses: Vec<Use>,
    },
    /// No longer good: the declaration was withdrawn or replaced.
    Revoked {
        /// The last one.
        last: PassRef,
        /// When.
        at: Timestamp,
    },
}

impl Pass {
    /// The pass that is good, if one is.
    #[must_use]
    pub fn current(&self) -> Option<&PassRef> {
        match self {
            Pass::Issued { current } | Pass::Presented { current, .. } => Some(current),
            Pass::Missing | Pass::Revoked { .. } => None,
        }
    }

    /// Where it was used up.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        match self {
            Pass::Presented { uses, .. } => uses,
            _ => &[],
        }
    }

    /// The use at this stage, if there was one.
    #[must_use]
    pub fn used_at(&self, stage: &str) -> Option<&Use> {
        self.uses().iter().find(|u| u.stage == stage)
    }

    pub(super) fn unused(&self, stage: &str) -> Result<(), Refusal> {
        match self.used_at(stage) {
            Some(used) => Err(Refusal::UsedUp(used.clone())),
            None => Ok(()),
        }
    }

    pub(super) fn apply(self, event: &Event) -> Self {
        match (self, event) {
            (Pass::Missing | Pass::Issued { .. }, Event::PassIssued { pass }) => Pass::Issued { current: pass.clone() },
            (Pass::Presented { first, uses, .. }, Event::PassIssued { pass }) => {
                Pass::Presented { current: pass.clone(), first, uses }
            }
            (Pass::Issued { current }, Event::Scanned { at, .. }) => {
                Pass::Presented { current, first: *at, uses: Vec::new() }
            }
            (Pass::Presented { current, first, mut uses }, Event::PassUsed { used }) => {
                uses.push(used.clone());
                Pass::Presented { current, first, uses }
            }
            (Pass::Presented { current, first, mut uses }, Event::DecisionUndone { decision: Decision::Clear, .. }) => {
                // It is the last act of the journey, so the last use is its own.
                uses.pop();
                Pass::Presented { current, first, uses }
            }
            (
                Pass::Issued { current } | Pass::Presented { current, .. },
                Event::Withdrawn { at } | Event::Superseded { at, .. },
            ) => Pass::Revoked { last: current, at: *at },
            (same, _) => same,
        }
    }
}
