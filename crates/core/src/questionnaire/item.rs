//! One item of a form: a group, a display text or a question.

use serde_json::Value;

use super::bounds::Bounds;
use super::condition::{Behaviour, Condition};
use super::kind::Kind;
use crate::language::Text;

/// One item. Questions have no children, groups have at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The name by which answers, conditions and rules refer to it; unique in the form.
    pub link_id: String,
    /// What is asked for.
    pub kind: Kind,
    /// Whether an answer is needed whenever the item is enabled.
    pub required: bool,
    /// Whether several answers (or, of a group, several rows) may be given.
    pub repeats: bool,
    /// The limits of each answer and of their number.
    pub bounds: Bounds,
    /// The answers to choose from.
    pub options: Vec<Choice>,
    /// When it is asked; always, if empty.
    pub conditions: Vec<Condition>,
    /// Whether all conditions must hold, or any.
    pub behaviour: Behaviour,
    /// The items of a group.
    pub children: Vec<Item>,
    pub(crate) text: Text,
    pub(crate) help: Option<Text>,
}

/// One answer to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; of an option that is a plain string in FHIR, the string.
    pub code: String,
    /// The code system, where the form names one.
    pub system: Option<String>,
    /// Whether FHIR writes it as a Coding, and not as a string.
    pub coded: bool,
    pub(crate) text: Text,
}

impl Item {
    /// An item of this kind without any limit: what the kind itself accepts.
    pub(super) fn bare(kind: Kind, link_id: String) -> Self {
        Item {
            link_id,
            kind,
            required: false,
            repeats: false,
            bounds: Bounds::default(),
            options: Vec::new(),
            conditions: Vec::new(),
            behaviour: Behaviour::All,
            children: Vec::new(),
            text: Text::default(),
            help: None,
        }
    }

    /// The question (or heading) in the language asked for, else in English; empty if the form has none.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        self.text.get(language)
    }

    /// The help text in the language asked for, if there is one.
    #[must_use]
    pub fn help(&self, language: &str) -> Option<&str> {
        self.help.as_ref().map(|help| help.get(language))
    }

    /// Whether it takes an answer of its own.
    #[must_use]
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, Kind::Group | Kind::Display)
    }

    /// Whether it is a group of which there are several rows.
    #[must_use]
    pub fn is_rows(&self) -> bool {
        self.kind == Kind::Group && self.repeats
    }

    /// The fewest answers or rows that are enough.
    #[must_use]
    pub fn count_min(&self) -> usize {
        self.bounds.count_min.unwrap_or(0).max(usize::from(self.required))
    }

    /// The most answers or rows that are taken.
    #[must_use]
    pub fn count_max(&self) -> usize {
        if self.repeats { self.bounds.count_max.unwrap_or(Bounds::COUNT_MAX).min(Bounds::COUNT_MAX) } else { 1 }
    }

    /// The JSON value of what a page's form sent for this question: pages know only texts.
    ///
    /// A text that is not of the question's kind stays a text, so that [`check`](super::check) names the fault and the
    /// person sees again what they typed.
    #[must_use]
    pub fn value_of_field(&self, text: &str) -> Value {
        (self.kind.spec().read_field)(text.trim())
    }

    /// Whether FHIR may answer this question with this type of `value[x]` (`Boolean`, `Coding`, …; R4 item types).
    #[must_use]
    pub fn takes_fhir_type(&self, value_type: &str) -> bool {
        self.kind.spec().fhir_types.contains(&value_type)
            || (value_type == "String" && self.options.iter().any(|option| !option.coded))
    }

    /// The option with this code.
    #[must_use]
    pub fn option(&self, code: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.code == code)
    }

    /// Every text of the item itself, with words for what it is.
    pub(super) fn texts(&self) -> Vec<(String, &Text)> {
        let own = std::iter::once(("the text".to_owned(), &self.text));
        let help = self.help.iter().map(|help| ("the help text".to_owned(), help));
        let options = self.options.iter().map(|option| (format!("the option {}", option.code), &option.text));
        own.chain(help).chain(options).collect()
    }
}

impl Choice {
    /// The words of the option in the language asked for, else in English, else its code.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        match self.text.get(language) {
            "" => &self.code,
            words => words,
        }
    }
}
