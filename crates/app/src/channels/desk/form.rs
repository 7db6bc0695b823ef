//! A form of the desk: a few fields, a button, and what was wrong with it when it was sent. A field's name is the form's own and
//! the pointer of the value in what the action takes, so that an error finds its field.

use pratique_core::field::FieldError;

use crate::page::{Control, Element, Field, Line, Pick, Summary};
use crate::words::Words;

/// One form on a person's page.
#[derive(Debug, Clone)]
pub struct DeskForm {
    /// Its name: the last part of the address that it is sent to.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What to know before filling it in.
    pub intro: Vec<String>,
    /// The fields.
    pub elements: Vec<Element>,
    /// The words on its button.
    pub button: String,
    /// Whether it stands open; else behind its heading.
    pub open: bool,
    /// The key under which it is done once.
    pub once: String,
}

/// A form as it was sent, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The form.
    pub form: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// The wrong fields.
    pub faults: Vec<FieldError>,
    /// Why it did not go, where that is no field's fault.
    pub refused: Option<String>,
}

impl Typed {
    /// The last value under this name: a browser sends the empty one that stands before radio buttons first, and then the one
    /// that was chosen.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str()).trim()
    }

    /// The same; nothing for a blank one.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.one(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Every value under this name that is not blank.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        let mine = self.fields.iter().filter(|(known, value)| known == name && !value.trim().is_empty());
        mine.map(|(_, value)| value.clone()).collect()
    }

    /// Is this the form that was sent?
    #[must_use]
    pub fn is(&self, form: &str) -> bool {
        self.form == form
    }
}

/// Makes the fields of one form.
pub struct Maker<'a> {
    /// The texts.
    pub words: Words,
    /// The form's name.
    pub form: &'a str,
    /// What was sent; of another form, nothing of it is shown here.
    pub typed: &'a Typed,
}

impl std::fmt::Debug for Maker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Maker({})", self.form)
    }
}

impl Maker<'_> {
    /// What stands in a field: what was typed, else `first`.
    fn value(&self, pointer: &str, first: &str) -> String {
        match self.typed.is(self.form) {
            true => self.typed.one(&self.name(pointer)).to_owned(),
            false => first.to_owned(),
        }
    }

    /// The name under which a value is sent.
    #[must_use]
    pub fn name(&self, pointer: &str) -> String {
        format!("/{}{pointer}", self.form)
    }

    fn field(&self, pointer: &str, label: &str, optional: bool, control: Control) -> Element {
        let words = self.words;
        let told = self.typed.faults.iter().filter(|fault| self.typed.is(self.form) && fault.pointer == pointer);
        let label_words = words.t(label);
        let message = |fault: &FieldError| {
            let message = words.fault(fault);
            words.with("error-at-field", &[("field", &label_words), ("message", &message)])
        };
        Element::Field(Field {
            name: self.name(pointer),
            nth: 0,
            // shows: desk-{temperature,note,days,until,departs}-hint
            hint: words.find(&format!("{label}-hint"), &[]),
            optional: optional.then(|| words.t("optional")),
            errors: told.map(message).collect(),
            label: label_words,
            control,
        })
    }

    /// One line.
    #[must_use]
    pub fn line(
        &self,
        pointer: &str,
        label: &str,
        optional: bool,
        keyboard: Option<&'static str>,
        first: &str,
    ) -> Element {
        let chars = Some(if keyboard.is_some() { 5 } else { 20 });
        let value = self.value(pointer, first);
        self.field(pointer, label, optional, Control::Line(Line { value, keyboard, chars, ..Line::default() }))
    }

    /// Several lines.
    #[must_use]
    pub fn lines(&self, pointer: &str, label: &str) -> Element {
        self.field(pointer, label, true, Control::Lines { value: self.value(pointer, "") })
    }

    /// One of some.
    #[must_use]
    pub fn radios(&self, pointer: &str, label: &str, of: Vec<(String, String)>, first: &str) -> Element {
        let chosen = self.value(pointer, first);
        self.field(pointer, label, false, Control::Radios { picks: picks(of, &[chosen]), other: None })
    }

    /// One of some, or none.
    #[must_use]
    pub fn select(&self, pointer: &str, label: &str, of: Vec<(String, String)>, first: &str) -> Element {
        self.list(pointer, label, true, (of, first))
    }

    /// One of a list, which must be.
    #[must_use]
    pub fn select_one(&self, pointer: &str, label: &str, of: Vec<(String, String)>, first: &str) -> Element {
        self.list(pointer, label, false, (of, first))
    }

    fn list(&self, pointer: &str, label: &str, optional: bool, (of, first): (Vec<(String, String)>, &str)) -> Element {
        let chosen = self.value(pointer, first);
        let none = (String::new(), self.words.t("answer-none-yet"));
        let all = std::iter::once(none).chain(of).collect();
        self.field(pointer, label, optional, Control::Select { picks: picks(all, &[chosen]), autocomplete: None })
    }

    /// Any number of some. A wrong one among them is the set's fault.
    #[must_use]
    pub fn checks(&self, pointer: &str, label: &str, of: Vec<(String, String)>) -> Element {
        let chosen = if self.typed.is(self.form) { self.typed.all(&self.name(pointer)) } else { Vec::new() };
        self.field(pointer, label, true, Control::Checks { picks: picks(of, &chosen), other: None })
    }
}

fn picks(of: Vec<(String, String)>, chosen: &[String]) -> Vec<Pick> {
    of.into_iter().map(|(value, text)| Pick { chosen: chosen.contains(&value), value, text }).collect()
}

/// The errors of all forms at the head of the page.
#[must_use]
pub fn summary(words: Words, forms: &[DeskForm]) -> Summary {
    let all: Vec<Element> = forms.iter().flat_map(|form| form.elements.iter().cloned()).collect();
    Summary::of(words, &all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_counts_and_not_the_empty_value_that_a_browser_sends_before_it() {
        let field = |value: &str| ("/order/measure".to_owned(), value.to_owned());
        let typed = Typed { fields: vec![field(""), field("hospital")], ..Typed::default() };
        assert_eq!(typed.one("/order/measure"), "hospital");
        assert_eq!(Typed { fields: vec![field("")], ..Typed::default() }.some("/order/measure"), None);
    }
}
