//! What a rule set asks that the form does not answer.

use super::{Condition, Fault, RuleSet, Unanswered, Vocabulary, condition, rule, term};

impl RuleSet {
    /// LinkIds that the form does not have, and questions taken as yes or no that are not.
    #[must_use]
    pub fn lint(&self, form: &Vocabulary) -> Vec<Fault> {
        let rules = self.rules.iter().map(|rule| (rule::at(&rule.id), &rule.when));
        let terms = self.terms.iter().map(|term| (term::at(&term.id), &term.means));
        rules.chain(terms).flat_map(|(at, condition)| lint(&at, condition, form)).collect()
    }

    /// Reasons that do not stand in every one of these languages.
    #[must_use]
    pub fn missing_languages(&self, languages: &[String]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for rule in &self.rules {
            let missing = languages.iter().filter(|language| !rule::stands_in(&rule.reason, language));
            faults.extend(missing.map(|language| {
                let words = format!("the reason is missing in {language}: every language of the pack needs it");
                Fault::new(rule::at(&rule.id), words)
            }));
        }
        faults
    }
}

fn lint(at: &str, condition: &Condition, form: &Vocabulary) -> Vec<Fault> {
    let unknown = |id: &&String| form.get(id).is_none();
    let fields = condition.entry_fields().iter().filter(|id| !condition::STAY.contains(&id.as_str()));
    let unknown = condition.questions().iter().chain(fields).filter(unknown);
    let unknown = unknown.map(|id| format!("the form has no question with the linkId `{id}`"));
    let other = |id: &&String| matches!(form.get(id), Some(Unanswered::Empty | Unanswered::Absent));
    let other = condition.yes_no_questions().iter().filter(other);
    let other = other.map(|id| format!("`answers.{id}` is not a yes-no question: compare it with something"));
    unknown.chain(other).map(|words| Fault::new(at, words)).collect()
}
