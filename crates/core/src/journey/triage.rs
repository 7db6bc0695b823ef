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

/// The id of the reason that is given when answers got better before anybody had seen the first ones. No rule can have it.
pub const CHANGED_ANSWERS: &str = "pratique:changed-answers";

impl TriageInput {
    /// The verdict on a declaration whose person declared before, unseen, what asked for this tier: where that was more, the
    /// answers differ, and somebody asks which are true (journey.md 6.4, duplicates).
    #[must_use]
    pub fn after(self, earlier: Option<Tier>) -> Self {
        if earlier.is_some_and(|earlier| earlier > self.tier) { self.with_changed_answers() } else { self }
    }

    fn with_changed_answers(mut self) -> Self {
        if !self.says_changed() {
            self.reasons.push(ReasonRef { rule: CHANGED_ANSWERS.to_owned(), tier: Tier::Amber });
            // Worst first; a stable sort leaves the rule set's own order.
            self.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.tier));
        }
        self.tier = self.tier.max(Tier::Amber);
        self
    }

    /// Did the answers get better before anybody had seen the first ones?
    #[must_use]
    pub fn says_changed(&self) -> bool {
        self.reasons.iter().any(|reason| reason.rule == CHANGED_ANSWERS)
    }
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

    /// The verdict on other answers than the ones that led here: who edits a red away before anybody has seen it is asked which
    /// answers are true. From amber on a change is free: mending a slip must not cost a talk.
    #[must_use]
    pub fn amended(&self, input: TriageInput) -> TriageInput {
        let was_red = matches!(self, Triage::Proposed(s) if s.tier == Tier::Red);
        self.repeated(input).after(was_red.then_some(Tier::Red))
    }

    /// The verdict on the same answers once more: that they were changed before stays a reason.
    #[must_use]
    pub fn repeated(&self, input: TriageInput) -> TriageInput {
        match self.standing() {
            Some(s) if s.input.says_changed() => input.with_changed_answers(),
            _ => input,
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
