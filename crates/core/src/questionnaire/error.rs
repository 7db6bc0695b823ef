//! What can be wrong with an answer. The core says which rule was broken; the app puts it into the person's language.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// Every rule that an answer can break. The code is stable: it is part of the HTTP contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A required question has no answer.
    Required,
    /// The form has no such question.
    UnknownQuestion,
    /// The item is there to be read, not answered.
    NotAQuestion,
    /// The same question was answered in its group and outside it.
    GivenTwice,
    /// The value is of another kind; `expected` names the kind of question.
    WrongType,
    /// Not a number.
    NotANumber,
    /// A number with a fraction, or past 32 bits, where a whole one is asked.
    NotAWholeNumber,
    /// Not a date of the calendar written as year-month-day.
    NotADate,
    /// Less than `min`.
    TooSmall,
    /// More than `max`.
    TooLarge,
    /// More than `max` digits after the decimal point.
    TooManyDecimals,
    /// Before `min`.
    TooEarly,
    /// After `max`.
    TooLate,
    /// Fewer than `min` characters.
    TooShort,
    /// More than `max` characters.
    TooLong,
    /// A control, direction or line character that the answer may not hold; `character` names it.
    BadCharacter,
    /// None of the options.
    NotAnOption,
    /// Not a country of the list.
    NotACountry,
    /// Fewer than `min` answers.
    TooFew,
    /// More than `max` answers.
    TooMany,
}

impl Code {
    /// Every code, so that a test can prove that each has words in every language.
    pub const ALL: [Code; 20] = [
        Code::Required,
        Code::UnknownQuestion,
        Code::NotAQuestion,
        Code::GivenTwice,
        Code::WrongType,
        Code::NotANumber,
        Code::NotAWholeNumber,
        Code::NotADate,
        Code::TooSmall,
        Code::TooLarge,
        Code::TooManyDecimals,
        Code::TooEarly,
        Code::TooLate,
        Code::TooShort,
        Code::TooLong,
        Code::BadCharacter,
        Code::NotAnOption,
        Code::NotACountry,
        Code::TooFew,
        Code::TooMany,
    ];

    /// The code as it stands in the API and in the keys of the texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Required => "required",
            Code::UnknownQuestion => "unknown-question",
            Code::NotAQuestion => "not-a-question",
            Code::GivenTwice => "given-twice",
            Code::WrongType => "wrong-type",
            Code::NotANumber => "not-a-number",
            Code::NotAWholeNumber => "not-a-whole-number",
            Code::NotADate => "not-a-date",
            Code::TooSmall => "too-small",
            Code::TooLarge => "too-large",
            Code::TooManyDecimals => "too-many-decimals",
            Code::TooEarly => "too-early",
            Code::TooLate => "too-late",
            Code::TooShort => "too-short",
            Code::TooLong => "too-long",
            Code::BadCharacter => "bad-character",
            Code::NotAnOption => "not-an-option",
            Code::NotACountry => "not-a-country",
            Code::TooFew => "too-few",
            Code::TooMany => "too-many",
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

/// One wrong answer, by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Where in the answers (RFC 6901): where the value was given, or where it belongs if it is missing.
    pub pointer: String,
    /// The question.
    pub link_id: String,
    /// The rule that it breaks.
    pub code: Code,
    /// What the message names, by the names that stand at each [`Code`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<&'static str, String>,
}

/// What is wrong with one value, before it is known where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub code: Code,
    pub params: BTreeMap<&'static str, String>,
}

impl Problem {
    pub fn with(code: Code, name: &'static str, value: impl ToString) -> Self {
        Problem { code, params: BTreeMap::from([(name, value.to_string())]) }
    }

    pub fn at(self, pointer: &str, link_id: &str) -> FieldError {
        FieldError { pointer: pointer.to_owned(), link_id: link_id.to_owned(), code: self.code, params: self.params }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Problem { code, params: BTreeMap::new() }
    }
}
