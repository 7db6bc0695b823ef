//! What a pack would order for whom (`[[proposal]]` in pack.toml). A proposal is a thought with a reason, shown to the medical
//! officer: it binds nobody, and nothing puts it in force but a named officer's act (journey.md I3; product.md, rule 5).

use serde::{Deserialize, Serialize};

use crate::journey::order::Measure;
use crate::journey::test::{TestResult, result_of};
use crate::journey::{Disposition, Journey};
use crate::language::Text;
use crate::rules::Tier;

/// One proposal of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// What is proposed.
    pub measure: Measure,
    /// For how many days after today.
    pub days: u16,
    /// For people of this tier; of any, if left out.
    #[serde(default)]
    pub tier: Option<Tier>,
    /// For people whose newest final result is this; with or without a result, if left out.
    #[serde(default)]
    pub result: Option<TestResult>,
    /// Why, in the medical officer's languages.
    pub reason: Text,
}

/// The longest order that a pack may propose and an officer may give, days: a slip (140 for 14) must not pass.
pub const DAYS_MAX: u16 = 90;

impl Proposal {
    /// Does it speak of this person, as things stand? Nothing is proposed for whom an order holds already, or who is gone.
    #[must_use]
    pub fn fits(&self, journey: &Journey) -> bool {
        let is_free = journey.orders.iter().all(|order| order.until().is_none());
        let is_here = !journey.disposition.is_some_and(Disposition::is_without_examination);
        let tier = self.tier.is_none_or(|tier| journey.triage.tier() == tier);
        let result = self.result.is_none_or(|result| newest(journey) == Some(result));
        is_free && is_here && tier && result
    }

    /// What is wrong with it, in words.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.days == 0 || self.days > DAYS_MAX {
            faults.push(format!("days is {}, but must be 1 to {DAYS_MAX}", self.days));
        }
        if self.tier.is_none() && self.result.is_none() {
            faults.push("name a tier or a result: nothing is proposed for everybody".to_owned());
        }
        if self.tier == Some(Tier::Green) && self.result != Some(TestResult::Positive) {
            faults.push("a green tier is no reason to propose anything: name a positive result with it".to_owned());
        }
        faults
    }
}

/// The newest final result.
#[must_use]
pub fn newest(journey: &Journey) -> Option<TestResult> {
    journey.samples.iter().rev().find_map(result_of)
}
