//! Finding a declaration again, by its code and something that only the person has.

use askama::Template;

use crate::page::{Control, Element, Field, Line, Shell, Summary};

/// The page that asks for code and proof.
#[derive(Debug, Template)]
#[template(path = "traveller/find.html")]
pub struct Find {
    /// The frame.
    pub shell: Shell,
    /// Code and proof.
    pub elements: Vec<Element>,
    /// What is wrong.
    pub summary: Summary,
}

impl Find {
    /// The page with what was typed before, and the keys of the errors at each field. Whether the code or the proof was wrong is
    /// not said: that would help a stranger who is guessing (security.md 2.4).
    #[must_use]
    pub fn new(shell: Shell, code: (&str, Option<&str>), proof: (&str, Option<&str>)) -> Self {
        let words = shell.words;
        let field = |name: &str, (value, error): (&str, Option<&str>), chars| {
            Element::Field(Field {
                name: name.to_owned(),
                nth: 0,
                label: words.t(&format!("field-{name}")),
                hint: Some(words.t(&format!("hint-{name}"))),
                optional: None,
                errors: error.map(|key| words.t(key)).into_iter().collect(),
                control: Control::Line(Line {
                    value: value.to_owned(),
                    chars: Some(chars),
                    as_printed: true,
                    ..Line::default()
                }),
            })
        };
        let elements = vec![field("code", code, 20), field("proof", proof, 20)];
        Find { summary: Summary::of(words, &elements), elements, shell }
    }
}
