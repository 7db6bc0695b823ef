//! The answers to choose from.

use serde_json::{Map, Value};

use super::{OPTIONS_MAX, Place, Reader, choice_of_type};
use crate::questionnaire::item::Choice;
use crate::questionnaire::kind::Kind;
use crate::questionnaire::plain_text::{self, Lines};

impl Reader {
    pub(super) fn options(&mut self, object: &Map<String, Value>, kind: Kind, at: Place) -> Vec<Choice> {
        let given = self.objects(object, "answerOption", at);
        if given.is_empty() {
            return Vec::new();
        }
        if !kind.spec().chooses {
            self.fault(
                at,
                "answerOption belongs to choice, open-choice, string and text: change the type or take it out",
            );
            return Vec::new();
        }
        if given.len() > OPTIONS_MAX {
            self.fault(at, format!("more than {OPTIONS_MAX} options: nobody can choose among so many"));
            return Vec::new();
        }
        let mut options: Vec<Choice> = Vec::new();
        for (n, object) in given.into_iter().enumerate() {
            let pointer = format!("{}/answerOption/{n}", at.pointer);
            let at = Place { pointer: &pointer, ..at };
            self.refuse_modifiers(object, at);
            let Some(option) = self.option(object, kind, at) else { continue };
            if options.iter().any(|known| known.code == option.code) {
                self.fault(at, format!("the option {} is there twice: keep one", option.code));
            }
            options.push(option);
        }
        options
    }

    fn option(&mut self, object: &Map<String, Value>, kind: Kind, at: Place) -> Option<Choice> {
        let choosing = matches!(kind, Kind::Choice | Kind::OpenChoice);
        let option = match choice_of_type(object, "value") {
            Some(("Coding", Value::Object(coding))) if choosing => Choice {
                code: self.string(coding, "code", at).unwrap_or_default(),
                system: self.string(coding, "system", at),
                coded: true,
                text: self.text(coding, "display", at),
            },
            Some(("String", Value::String(words))) => {
                let text = self.text(object, "valueString", at);
                Choice { code: words.clone(), system: None, coded: false, text }
            }
            _ if choosing => {
                self.fault(at, "an option is a valueCoding with a code, or a valueString");
                return None;
            }
            _ => {
                self.fault(at, "an option of a string or text is a valueString");
                return None;
            }
        };
        // A code that its own check would change could be stored but never checked again.
        let canonical = plain_text::read(&option.code, Lines::One).ok();
        if option.code.is_empty() || canonical.as_ref() != Some(&option.code) {
            self.fault(at, "the code of an option is not empty, has no space around it and no control characters");
        }
        Some(option)
    }
}
