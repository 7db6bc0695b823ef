//! What is wrong with one field of what somebody sent: where, which rule, and the figures that belong in the sentence.
//!
//! The core says it in codes; the channels put it into words in the reader's language (`locales/*.ftl`, key `error-CODE`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// RFC 6901 pointer into the body that was sent, e.g. `/traveller/birth_date`.
    pub pointer: String,
    /// Stable code, e.g. `required`. [`CODES`] lists all that the declaration itself gives.
    pub code: String,
    /// Figures for the sentence, e.g. `max` = `40`.
    pub params: BTreeMap<String, String>,
}

impl FieldError {
    /// An error without figures.
    pub fn new(pointer: impl Into<String>, code: &str) -> Self {
        FieldError { pointer: pointer.into(), code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The same with one figure more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Something else than one of a short fixed list, with the list: nobody finds it out by guessing.
    pub fn not_an_option<'a>(pointer: impl Into<String>, options: impl IntoIterator<Item = &'a str>) -> Self {
        let options: Vec<&str> = options.into_iter().collect();
        FieldError::new(pointer, "not-an-option").with(OPTIONS, options.join(BETWEEN))
    }

    /// What could have been chosen, where the list is told.
    #[must_use]
    pub fn options(&self) -> Option<Vec<&str>> {
        self.params.get(OPTIONS).map(|options| options.split(BETWEEN).collect())
    }
}

/// One of a short fixed list by its name, which is read as `parse` reads it; none where nothing was given. What is not on the list is
/// told with the list and with the beginning of what was given: in a file of a thousand lines that is how the place is found.
pub fn named<T, const N: usize>(
    text: Option<&str>,
    (parse, options): (impl Fn(&str) -> Option<T>, [&str; N]),
    pointer: &str,
    faults: &mut Vec<FieldError>,
) -> Option<T> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    let found = parse(text);
    if found.is_none() {
        let value: String = text.chars().take(TOLD_MAX).collect();
        faults.push(FieldError::not_an_option(pointer, options).with("value", value));
    }
    found
}

/// Characters of a false value that are told again.
const TOLD_MAX: usize = 40;

/// The figure that holds the options, and what stands between two of them: no code has either sign.
pub const OPTIONS: &str = "options";
const BETWEEN: &str = ", ";

/// Every code that [`crate::declaration`] and [`crate::flight`] give; the questionnaire has its own list.
pub const CODES: &[&str] = &[
    "required",
    "too-long",
    "not-text",
    "wrong-type",
    "not-a-language",
    "one-of-two",
    "time-in-future",
    "too-long-before-schedule",
    "not-a-date",
    "date-in-future",
    "date-too-old",
    "period-backwards",
    "period-in-future",
    "period-too-long",
    "not-a-flight",
    "not-a-country",
    "not-a-sex",
    "not-a-document-number",
    "not-a-document-type",
    "not-a-name",
    "not-a-phone",
    "not-an-email",
    "not-a-channel",
    "not-a-relation",
    "contact-missing",
    "too-many-companions",
    "same-person-twice",
    "not-attested",
    "trip-too-far",
    "trip-over",
    "not-a-port",
    "not-a-seat",
    "other-questionnaire",
    "other-flight",
    "declared-already",
    "not-an-airport",
    "not-a-list",
    "not-an-object",
    "not-a-time",
    "not-a-uuid",
    "not-a-station",
    "not-a-code",
    "not-an-mrz",
    "nothing-scanned",
    "not-a-decision",
    "not-an-outcome",
    "not-a-key",
    "taken",
    "too-short",
    "not-an-option",
    "not-a-serial",
    "serial-check",
    "serial-unknown",
    "serial-used",
    "paper-in-future",
    "paper-too-old",
    "paper-channel",
    "paper-of-one",
    "other-date-than-id",
];
