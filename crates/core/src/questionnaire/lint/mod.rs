//! Is this form sound, complete in every language, and compatible with the version before?
//!
//! What the engine cannot evaluate is already a fault of [`parse`](super::Questionnaire::parse); what stands here can be
//! evaluated but should not be put in force.

mod compatible;
mod language;
mod sound;

use serde::Serialize;

use super::Questionnaire;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// It cannot work as it is meant.
    Unsound,
    /// A language that occurs in the form is missing somewhere.
    Incomplete,
    /// Answers or rules made for the version before would be read wrongly.
    Incompatible,
}

/// One finding, for the author of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The item, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_id: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    fn of(kind: FindingKind, link_id: &str, message: impl Into<String>) -> Self {
        Finding { kind, link_id: Some(link_id.to_owned()), message: message.into() }
    }

    fn of_form(kind: FindingKind, message: impl Into<String>) -> Self {
        Finding { kind, link_id: None, message: message.into() }
    }
}

/// Everything to be said against a form; nothing, if it may be put in force. `previous` is the version it would replace.
#[must_use]
pub fn lint(form: &Questionnaire, previous: Option<&Questionnaire>) -> Vec<Finding> {
    let mut findings = sound::findings(form);
    findings.extend(language::findings(form));
    if let Some(previous) = previous {
        findings.extend(compatible::findings(form, previous));
    }
    findings
}
