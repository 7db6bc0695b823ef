//! Every language that occurs anywhere must be on every text: a form half in a person's language is worse than one in another.

use super::{Finding, FindingKind};
use crate::questionnaire::Questionnaire;

pub(super) fn findings(form: &Questionnaire) -> Vec<Finding> {
    let mut languages = form.languages();
    let mut findings = Vec::new();
    if !languages.contains(&"en") {
        findings.push(Finding::of_form(
            FindingKind::Incomplete,
            "there is no English: it is what everybody falls back to, so add it",
        ));
        languages.push("en");
    }
    for language in languages {
        let lacks = |text: &crate::language::Text| text.0.get(language).is_none_or(|words| words.trim().is_empty());
        if lacks(&form.title) {
            findings.push(Finding::of_form(FindingKind::Incomplete, format!("the title has no words in {language}")));
        }
        for item in form.each() {
            for (what, _) in item.texts().into_iter().filter(|(_, text)| lacks(text)) {
                let message = format!("{what} has no words in {language}");
                findings.push(Finding::of(FindingKind::Incomplete, &item.link_id, message));
            }
        }
    }
    findings
}
