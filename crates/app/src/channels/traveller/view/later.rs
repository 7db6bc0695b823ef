//! Going on later, here or on another device.

use askama::Template;

use crate::page::{Control, Element, Field, Line, Shell, Summary};

/// What becomes of the answers until they are sent, and the code for another device.
#[derive(Debug, Template)]
#[template(path = "traveller/later.html")]
pub struct Later {
    /// The frame.
    pub shell: Shell,
    /// How long the answers are kept, in words.
    pub kept: String,
    /// Whether there can be a code.
    pub can: bool,
    /// The code, in groups, where one was just made.
    pub code: Option<String>,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// The page that asks for such a code.
#[derive(Debug, Template)]
#[template(path = "traveller/resume.html")]
pub struct Resume {
    /// The frame.
    pub shell: Shell,
    /// The code.
    pub element: Element,
    /// What is wrong with it.
    pub summary: Summary,
}

impl Resume {
    /// The page with what was typed before, and the key of what is wrong with it.
    #[must_use]
    pub fn new(shell: Shell, typed: &str, wrong: Option<&str>) -> Self {
        let words = shell.words;
        let line = Line { value: typed.to_owned(), as_printed: true, ..Line::default() };
        let element = Element::Field(Field {
            name: "code".to_owned(),
            nth: 0,
            label: words.t("field-resume-code"),
            hint: Some(words.t("hint-resume-code")),
            optional: None,
            // shows: resume-code-shape, resume-code-check, resume-nothing
            errors: wrong.map(|key| words.t(key)).into_iter().collect(),
            control: Control::Line(line),
        });
        Resume { summary: Summary::of(words, std::slice::from_ref(&element)), element, shell }
    }
}
