//! To be furnished.
use serde::{Deserialize, Serialize};
/// How much attention a person needs, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// None.
    Green,
    /// A look.
    Amber,
    /// An examination.
    Red,
}
