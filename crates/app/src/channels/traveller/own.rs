//! The declaration's own fields, which every form has: trip, identity, contact. One line each; the form's questions come from
//! the pack.

use pratique_core::country;
use pratique_core::declaration::Relation;
use pratique_core::field::FieldError;
use pratique_core::identity::{DocumentType, Sex};
use serde_json::Value;

use crate::page::{Control, Element, Field, Line, Pick};
use crate::words::Words;

/// What a person says who has no travel document (journey.md 6.4).
pub const NO_DOCUMENT: &str = "none";

/// The state that issued the document: the nationality, if it is left out.
pub const ISSUER: &str = "/traveller/document/issuer";

/// One field of the declaration.
#[derive(Debug)]
pub struct Own {
    /// Its pointer, within the declaration or (of a person) within the companion.
    pub pointer: &'static str,
    /// Its name in the keys of the texts: `field-NAME`, `hint-NAME`, `error-CODE-NAME`.
    pub name: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// How it is asked.
    pub look: Look,
}

/// How a field is asked.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// A line: type, autofill, width in characters.
    Line(Option<&'static str>, &'static str, Option<u8>),
    /// A line of a document's characters: autofill, width.
    Printed(&'static str, u8),
    /// A day.
    Date(&'static str),
    /// Several lines.
    Lines,
    /// The kinds of travel documents, and none.
    DocumentType,
    /// The letters for sex in documents.
    Sex,
    /// Every state that a document can name.
    State,
    /// How a companion belongs to the declarer.
    Relation,
    /// A box to tick. It stands beside another field, which shows it.
    Tick,
    /// Whether somebody travels along.
    Party,
}

/// The flight.
pub const TRIP: &[Own] = &[
    Own { pointer: "/trip/flight", name: "flight", optional: false, look: Look::Printed("off", 10) },
    Own { pointer: "/trip/date", name: "arrival", optional: false, look: Look::Date("off") },
    Own { pointer: "/trip/seat", name: "seat", optional: true, look: Look::Printed("off", 5) },
];

/// What only the draft knows: that the seat is not known yet, said in so many words. Of the declarer, and of a companion.
pub const SEAT_LATER: &[Own] =
    &[Own { pointer: "/trip/seat_later", name: "seat-later", optional: true, look: Look::Tick }];
/// The same of a companion.
pub const COMPANION_SEAT_LATER: &[Own] =
    &[Own { pointer: "/seat_later", name: "seat-later", optional: true, look: Look::Tick }];

/// Whether somebody travels along, for the draft alone: whoever is alone is not asked for names of others.
pub const PARTY: &[Own] = &[Own { pointer: "/party", name: "party", optional: false, look: Look::Party }];
/// The answer of who travels alone.
pub const ALONE: &str = "alone";

/// Who somebody is, in the order of a passport's page.
pub const PERSON: &[Own] = &[
    Own { pointer: "/traveller/document/type", name: "document-type", optional: false, look: Look::DocumentType },
    Own { pointer: "/traveller/document/number", name: "number", optional: false, look: Look::Printed("off", 20) },
    Own {
        pointer: "/traveller/name/primary",
        name: "primary",
        optional: false,
        look: Look::Line(None, "family-name", None),
    },
    Own {
        pointer: "/traveller/name/secondary",
        name: "secondary",
        optional: true,
        look: Look::Line(None, "given-name", None),
    },
    Own { pointer: "/traveller/name/native", name: "native", optional: true, look: Look::Line(None, "name", None) },
    Own { pointer: "/traveller/birth_date", name: "birth-date", optional: false, look: Look::Date("bday") },
    Own { pointer: "/traveller/sex", name: "sex", optional: false, look: Look::Sex },
    Own { pointer: "/traveller/nationality", name: "nationality", optional: false, look: Look::State },
    Own { pointer: ISSUER, name: "issuer", optional: true, look: Look::State },
];

/// What is asked of a companion besides.
pub const COMPANION: &[Own] = &[
    Own { pointer: "/relation", name: "relation", optional: false, look: Look::Relation },
    Own { pointer: "/seat", name: "seat", optional: true, look: Look::Printed("off", 5) },
];

/// How to reach the declarer.
pub const CONTACT: &[Own] = &[
    Own { pointer: "/contact/phone", name: "phone", optional: false, look: Look::Line(Some("tel"), "tel", Some(20)) },
    Own { pointer: "/contact/email", name: "email", optional: true, look: Look::Line(Some("email"), "email", None) },
    Own { pointer: "/contact/address", name: "address", optional: true, look: Look::Lines },
];

/// Codes whose sentence does not say which field it is about.
const UNNAMED: [&str; 7] =
    ["required", "too-long", "not-text", "not-a-date", "date-in-future", "date-too-old", "not-a-country"];

impl Own {
    /// The field on a page: `base` is the person's pointer, `draft` the declaration so far.
    #[must_use]
    pub fn field(&self, words: Words, base: &str, draft: &Value, faults: &[FieldError]) -> Element {
        let name = format!("{base}{}", self.pointer);
        let value = draft.pointer(&name).and_then(Value::as_str).unwrap_or_default();
        let wrong = faults.iter().filter(|fault| fault.pointer == name);
        Element::Field(Field {
            nth: 0,
            label: self.label(words),
            hint: words.find(&format!("hint-{}", self.name), &[]),
            optional: self.optional.then(|| words.t("optional")),
            errors: wrong.map(|fault| self.message(words, fault)).collect(),
            control: self.control(words, value),
            name,
        })
    }

    /// The question.
    #[must_use]
    pub fn label(&self, words: Words) -> String {
        words.t(&format!("field-{}", self.name))
    }

    /// What is wrong with it, and how to mend it.
    #[must_use]
    pub fn message(&self, words: Words, fault: &FieldError) -> String {
        if let Some(own) = words.error_of(&fault.code, self.name, &fault.params) {
            return own;
        }
        let message = words.error(&fault.code, &fault.params);
        if UNNAMED.contains(&fault.code.as_str()) {
            words.with("error-at-field", &[("field", &self.label(words)), ("message", &message)])
        } else {
            message
        }
    }

    /// An answer in words, as it stands on the page that checks them.
    #[must_use]
    pub fn said(&self, words: Words, value: &str) -> String {
        let listed = match self.look {
            Look::Date(_) => return crate::page::when::day_of(words, value),
            Look::DocumentType | Look::Sex | Look::State | Look::Relation => self.picks(words, value),
            _ => Vec::new(),
        };
        // "Same as nationality" says something; "choose an answer" does not.
        let chosen = listed.into_iter().find(|pick| pick.chosen && (self.optional || !pick.value.is_empty()));
        chosen.map_or_else(|| value.to_owned(), |pick| pick.text)
    }

    /// The answers of a field that has some to choose from, as a paper shows them; none that means "choose one".
    #[must_use]
    pub fn choices(&self, words: Words) -> Vec<String> {
        self.picks(words, "").into_iter().filter(|pick| !pick.value.is_empty()).map(|pick| pick.text).collect()
    }

    fn control(&self, words: Words, value: &str) -> Control {
        let value = value.to_owned();
        match self.look {
            Look::Line(kind, fill, chars) => {
                Control::Line(Line { value, kind, autocomplete: Some(fill), chars, ..Line::default() })
            }
            Look::Printed(fill, chars) => Control::Line(Line {
                value,
                autocomplete: Some(fill),
                chars: Some(chars),
                as_printed: true,
                ..Line::default()
            }),
            Look::Date(fill) => Control::Line(Line {
                value,
                keyboard: Some("numeric"),
                autocomplete: Some(fill),
                chars: Some(10),
                as_printed: true,
                ..Line::default()
            }),
            Look::Lines => Control::Lines { value },
            Look::Sex | Look::Party | Look::Tick => Control::Radios { picks: self.picks(words, &value), other: None },
            Look::DocumentType | Look::State | Look::Relation => {
                Control::Select { picks: self.picks(words, &value), autocomplete: None }
            }
        }
    }

    fn picks(&self, words: Words, value: &str) -> Vec<Pick> {
        let pick = |code: &str, text: String| Pick { chosen: code == value, value: code.to_owned(), text };
        let none_yet = |key| pick("", words.t(key));
        match self.look {
            Look::DocumentType => {
                let kinds = DocumentType::ALL.iter().map(|kind| kind.name()).chain([NO_DOCUMENT]);
                kinds.map(|kind| pick(kind, words.t(&format!("document-{kind}")))).collect()
            }
            Look::Sex => {
                let letters = [Sex::F, Sex::M, Sex::X].map(Sex::letter).into_iter();
                letters.map(|sex| pick(sex, words.t(&format!("sex-{}", sex.to_lowercase())))).collect()
            }
            Look::Party => [ALONE, "group"].map(|who| pick(who, words.t(&format!("party-{who}")))).into(),
            Look::Relation => {
                let kinds = Relation::ALL.iter().map(|kind| kind.name());
                let kinds = kinds.map(|kind| pick(kind, words.t(&format!("relation-{kind}"))));
                std::iter::once(none_yet("answer-none-yet")).chain(kinds).collect()
            }
            Look::State => {
                let value = country::canonical(value).unwrap_or(value);
                let states = country::all(words.language()).into_iter().map(|(code, name)| Pick {
                    value: code.to_owned(),
                    text: name.to_owned(),
                    chosen: code == value,
                });
                let blank = if self.optional { "issuer-as-nationality" } else { "answer-none-yet" };
                std::iter::once(none_yet(blank)).chain(states).collect()
            }
            _ => Vec::new(),
        }
    }
}
