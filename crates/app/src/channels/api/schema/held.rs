//! What is held about a traveller.

use serde_json::Value;
use utoipa::ToSchema;

/// Everything that is held about one person.
#[derive(Debug, ToSchema)]
pub struct Held {
    /// The short code.
    pub code: String,
    /// UN/LOCODE.
    pub port: String,
    /// The flight.
    pub flight: String,
    /// Where the entry stands.
    pub state: super::declaration::ShownState,
    /// The version of the privacy notice that was shown; null if none was named.
    pub notice: Option<String>,
    /// For what and until when.
    pub kept: Kept,
    /// Every version of what was declared, oldest first, in the members of `POST /declarations`.
    pub declarations: Vec<Value>,
    /// Where the pass was read, and what was decided.
    pub checks: Vec<Check>,
    /// What the desk found: temperatures and codes of symptoms.
    pub examinations: Vec<Value>,
    /// What was answered to the desk's investigations.
    pub investigations: Vec<Value>,
    /// Samples: where they are, their labels, the consent's version.
    pub samples: Vec<Value>,
    /// Results that are final.
    pub results: Vec<Value>,
    /// Orders that were given.
    pub orders: Vec<Value>,
    /// Departments to which the entry was given.
    pub handovers: Vec<Value>,
    /// How the entry ended.
    pub disposition: Option<String>,
    /// What the person asked for.
    pub requests: Vec<Wish>,
    /// How many notes officers wrote; they may name others, and are read at the port.
    pub officers_notes: usize,
    /// What the airline handed in.
    pub airline: Vec<Value>,
    /// Who looked or did something, newest first.
    pub looks: Vec<Look>,
}

/// For what it is kept, and until when.
#[derive(Debug, ToSchema)]
pub struct Kept {
    /// `unused`, `entry`, `sampled`, `contact`, `case`.
    pub purpose: String,
    /// Erased by itself from then on; null while something is owed for the person.
    #[schema(format = DateTime)]
    pub until: Option<String>,
    /// From when on the law lets it be erased on request.
    #[schema(format = DateTime)]
    pub may_go_from: String,
}

/// One look at a pass.
#[derive(Debug, ToSchema)]
pub struct Check {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Where it was read.
    pub station: Option<String>,
    /// `clear`, `refer`, `hold`, where somebody decided; `taken-back`, where they took that back.
    pub decision: Option<String>,
}

/// One wish.
#[derive(Debug, ToSchema)]
pub struct Wish {
    /// When it was sent.
    #[schema(format = DateTime)]
    pub at: String,
    /// In the person's words.
    pub text: String,
}

/// One line of the log about the person.
#[derive(Debug, ToSchema)]
pub struct Look {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// `you`, `staff`, `system`.
    pub who: String,
    /// Their role.
    pub role: Option<String>,
    /// Their organisation: a department's code, a carrier's.
    pub organisation: Option<String>,
    /// The act's name in the log; `look` where they only looked.
    pub did: String,
    /// For what they looked.
    pub why: Option<String>,
    /// At which station.
    pub station: Option<String>,
}

/// A wish, as it is sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"text": "The doctor wrote down a fever that I did not have."}))]
pub struct CorrectionRequest {
    /// What is to be put right, or that one wants to be erased; up to 1,000 characters.
    pub text: String,
}

/// It is on somebody's list.
#[derive(Debug, ToSchema)]
pub struct Asked {
    /// By when somebody sees to it.
    #[schema(format = DateTime)]
    pub due: String,
}
