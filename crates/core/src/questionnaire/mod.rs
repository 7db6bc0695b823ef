//! Forms and answers: a form is a FHIR R4 Questionnaire, an answer set is the contract's plain JSON.
//!
//! [`Questionnaire::parse`] reads a form, [`check`] turns what a person gave into [`Answers`] or errors by field, [`route`]
//! says what there is to ask now, and [`lint`] judges a form before it is put in force. Pages, the API and FHIR go through
//! the same walk over the form, so that they cannot disagree about what is asked, required or wrong.
//!
//! What of FHIR is read, and where we are stricter than R4, so that a form either works as its author meant or is refused:
//!
//! - Item types: `group`, `display`, `boolean`, `string`, `text`, `integer`, `decimal`, `date`, `choice`, `open-choice`; a
//!   `choice` whose `answerValueSet` is <http://hl7.org/fhir/ValueSet/iso3166-1-3> is a country list. Any other is a fault.
//! - A question holds no questions (groups do): what depends on an answer stands beside it with `enableWhen`.
//! - `enableWhen` looks only backwards, so that one pass in the form's order settles what is enabled and no condition can
//!   turn on itself. An answer to a question that is not enabled counts as none.
//! - Extensions: translation, minValue, maxValue (for dates also `today()`, `today() + N days`, by `cqf-expression`),
//!   minLength, minOccurs, maxOccurs, maxDecimalPlaces; a `display` child with the item control `help` is its parent's
//!   help text. A `regex` is a fault (an expression that cannot be bounded), other extensions are left unread, as FHIR allows.
//! - `initial` is not read: a declaration is what a person said, not what a form suggested.
//! - A required question is required whenever it is enabled, also inside a group that is not; only the rows of a repeating
//!   group are there or not. (In R4 leaving out the whole group would leave out its questions, unsaid.)

pub mod answers;
mod bounds;
mod condition;
mod error;
mod fault;
mod given;
mod item;
mod kind;
pub mod lint;
mod parse;
mod plain_text;
mod route;
mod walk;

pub use answers::{Answers, check};
pub use bounds::{Bounds, DateBound};
pub use condition::{Behaviour, Condition, Expected, Operator};
pub use error::{Code, FieldError};
pub use fault::Fault;
pub use item::{Choice, Item};
pub use kind::Kind;
pub use lint::{Finding, FindingKind, lint};
pub use route::{Route, route};
pub use walk::Visible;

use crate::language::Text;

/// A form, parsed and sound enough to be asked: linkIds are unique, conditions look backwards and can be evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Questionnaire {
    /// The canonical address; empty if the form has none.
    pub url: String,
    /// The version that declarations refer to; empty if the form has none.
    pub version: String,
    pub(crate) title: Text,
    pub(crate) items: Vec<Item>,
}

impl Questionnaire {
    /// The title in the language asked for, else in English.
    #[must_use]
    pub fn title(&self, language: &str) -> &str {
        self.title.get(language)
    }

    /// The sections (or questions) on the outermost level, in order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item with this linkId, at any depth.
    #[must_use]
    pub fn find(&self, link_id: &str) -> Option<&Item> {
        self.each().into_iter().find(|item| item.link_id == link_id)
    }

    /// Every item at any depth, parents before children, in the form's order.
    #[must_use]
    pub fn each(&self) -> Vec<&Item> {
        let mut found = Vec::new();
        let mut open: Vec<&Item> = self.items.iter().rev().collect();
        while let Some(item) = open.pop() {
            found.push(item);
            open.extend(item.children.iter().rev());
        }
        found
    }

    /// The languages that occur anywhere in the form, in the order of their tags.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let texts = self.each().into_iter().flat_map(Item::texts).map(|(_, text)| text).chain([&self.title]);
        let tags: std::collections::BTreeSet<&str> = texts.flat_map(|text| text.0.keys().map(String::as_str)).collect();
        tags.into_iter().collect()
    }
}
