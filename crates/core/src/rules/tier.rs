//! The tier of an assessment.

use serde::{Deserialize, Serialize};

/// How urgently a person should be seen. Ordered: the worst of several is their maximum. Officers see it; travellers never
/// do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// No rule has anything to say.
    #[default]
    Green,
    /// An officer should have a word with the person.
    Amber,
    /// A medical officer should see the person.
    Red,
}

impl Tier {
    /// The three tiers, mildest first.
    pub const ALL: [Tier; 3] = [Tier::Green, Tier::Amber, Tier::Red];

    /// The word used in files and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Green => "green",
            Tier::Amber => "amber",
            Tier::Red => "red",
        }
    }
}
