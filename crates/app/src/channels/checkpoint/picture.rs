//! The verdict's three faces: word, shape and colour, each enough alone (look.md, Verdicts; WCAG 2.2 SC 1.4.1).

use askama::Template;
use pratique_core::journey::Advice;

use crate::words::Words;

/// Which face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Green, circle with a tick.
    Clear,
    /// Amber, triangle with a mark.
    Check,
    /// Red, octagon with a hand.
    Hold,
}

impl Band {
    /// The face of an advice.
    #[must_use]
    pub fn of(advice: Advice) -> Self {
        match advice {
            Advice::Clear => Band::Clear,
            Advice::Refer => Band::Check,
            Advice::Hold => Band::Hold,
        }
    }

    /// Its name, in the style sheet and in the words (`band-NAME`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Band::Clear => "clear",
            Band::Check => "check",
            Band::Hold => "hold",
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, words: &Words) -> String {
        words.t(&format!("band-{}", self.name()))
    }

    /// Its shape.
    #[must_use]
    pub fn shape(self) -> Shape {
        Shape { band: self }
    }
}

/// The shape as a drawing in the page; the word beside it says the same, so readers skip it.
#[derive(Debug, Template)]
#[template(path = "checkpoint/shape.html")]
pub struct Shape {
    band: Band,
}

// The template holds markup of ours alone.
impl askama::filters::HtmlSafe for Shape {}
