//! What somebody answered to the desk's investigation: kept sealed under the person's own key, one body for each inquiry.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One inquiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inquiry {
    /// The pack whose form it was, `respiratory@1`.
    pub pack: String,
    /// The form's version.
    pub questionnaire: String,
    /// The answers, as the form's check left them.
    pub answers: Map<String, Value>,
}
