//! Stored answers, rules and drafts refer to linkIds and codes: a new version may add, but not change their meaning.

use super::{Finding, FindingKind};
use crate::questionnaire::{Item, Questionnaire};

pub(super) fn findings(form: &Questionnaire, previous: &Questionnaire) -> Vec<Finding> {
    let mut findings = Vec::new();
    if form.version == previous.version && form != previous {
        let message = format!("the content changed, but the version is still {:?}: give it a new one", form.version);
        findings.push(Finding::of_form(FindingKind::Incompatible, message));
    }
    if form.url != previous.url {
        let message = format!("the url was {:?}: a new version of a form keeps its url", previous.url);
        findings.push(Finding::of_form(FindingKind::Incompatible, message));
    }
    for item in form.each() {
        if let Some(before) = previous.find(&item.link_id) {
            let messages = changes(item, before);
            findings.extend(messages.into_iter().map(|m| Finding::of(FindingKind::Incompatible, &item.link_id, m)));
        }
    }
    findings
}

fn changes(item: &Item, before: &Item) -> Vec<String> {
    if item.kind != before.kind {
        return vec![format!(
            "it was of the kind {}, and is {} now: give the new question a new linkId",
            before.kind.name(),
            item.kind.name()
        )];
    }
    let mut messages = Vec::new();
    if item.repeats != before.repeats {
        messages.push("one answer became several, or several one: give the new question a new linkId".to_owned());
    }
    let gone = before.options.iter().filter(|option| item.option(&option.code).is_none());
    messages.extend(gone.map(|option| format!("the option {} is gone: keep it, or use a new linkId", option.code)));
    messages
}
