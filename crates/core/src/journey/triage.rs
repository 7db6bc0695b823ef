//! Triage: what the rules propose and what people make of it. Rules refer; they never quarantine, and they never lower on
//! their own what a person has seen (journey.md 6.1).

use serde::{Deserialize, Serialize};

use super::Event;
use crate::rules::Tier;

/// A rule that hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRef {
    /// A token that stands for the rule, the same for the same rule throughout this journey. Opaque here: the rule's id would
    /// be health data in the clear (security.md 2.6); who holds the key reads it.
    pub rule: String,
    /// The tier it asks for.
    pub tier: Tier,
}

/// The rules' verdict with all its reasons and the versions that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageInput {
    /// The tier.
    pub tier: Tier,
    /// Every rule that hit.
    pub reasons: Vec<ReasonRef>,
    /// The rule set's version.
    pub rules: String,
    /// The pack's id and version, `respiratory@1`.
    pub pack: String,
}

/// The triage's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Triage {
    /// Nothing was assessed yet.
    Unknown,
    /// The rules' proposal, seen by nobody: other answers replace it.
    Proposed(Standing),
    /// An officer has seen it at a scan: from now on rules can only raise it.
    Seen(Standing),
    /// An officer confirmed it.
    Confirmed(Standing),
    /// A person set another tier.
    Overridden(Standing),
}

/// A tier with what led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The tier in force.
    pub tier: Tier,
    /// What the rules said last.
    pub input: TriageInput,
}

impl Triage {
    /// The tier in force. Where nothing was assessed a person must look: amber.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.standing().map_or(Tier::Amber, |s| s.tier)
    }

    /// The tier and what led to it.
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            Triage::Unknown => None,
            Triage::Proposed(s) | Triage::Seen(s) | Triage::Confirmed(s) | Triage::Overridden(s) => Some(s),
        }
    }

    pub(super) fn apply(self, event: &Event) -> Self {
        match (self, event) {
            (before, Event::Assessed { input, .. }) => before.assessed(input),
            (Triage::Proposed(s), Event::Scanned { .. }) => Triage::Seen(s),
            (Triage::Proposed(s) | Triage::Seen(s), Event::TriageConfirmed { .. }) => Triage::Confirmed(s),
            (before, Event::TriageOverridden { to, .. }) => match before.standing() {
                Some(s) => Triage::Overridden(Standing { tier: *to, ..s.clone() }),
                None => before,
            },
            (same, _) => same,
        }
    }

    /// New facts: a proposal that nobody has seen is replaced; what a person has seen can only rise.
    fn assessed(self, input: &TriageInput) -> Self {
        let of = |tier| Standing { tier, input: input.clone() };
        match self {
            Triage::Unknown | Triage::Proposed(_) => Triage::Proposed(of(input.tier)),
            Triage::Seen(s) => Triage::Seen(of(input.tier.max(s.tier))),
            Triage::Confirmed(s) if input.tier <= s.tier => Triage::Confirmed(of(s.tier)),
            // A person judged the reasons that were there; a new one is a new fact, whatever its tier.
            Triage::Overridden(s) if input.reasons.iter().all(|r| s.input.reasons.contains(r)) => {
                Triage::Overridden(of(s.tier))
            }
            Triage::Confirmed(s) | Triage::Overridden(s) => Triage::Seen(of(input.tier.max(s.tier))),
        }
    }
}
