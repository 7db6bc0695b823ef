//! "There is a problem": every error of a page at its head, each a link to its field, in the very words that stand there.

use askama::Template;

use super::element::Element;
use crate::words::Words;

/// The errors of a page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/summary.html")]
pub struct Summary {
    title: String,
    /// Where each link leads, and its words.
    pub errors: Vec<(String, String)>,
}

impl askama::filters::HtmlSafe for Summary {}

impl Summary {
    /// None yet.
    #[must_use]
    pub fn empty(words: Words) -> Self {
        Summary { title: words.t("summary-title"), errors: Vec::new() }
    }

    /// Those of everything on the page.
    #[must_use]
    pub fn of(words: Words, elements: &[Element]) -> Self {
        let mut summary = Summary::empty(words);
        elements.iter().for_each(|element| element.sum(&mut summary));
        summary
    }

    /// The errors of the control with this id.
    pub fn add(&mut self, id: &str, errors: &[String]) {
        self.errors.extend(errors.iter().map(|error| (format!("#{id}"), error.clone())));
    }

    /// An error that is mended at another address.
    pub fn add_at(&mut self, address: String, error: String) {
        self.errors.push((address, error));
    }

    /// Whether there is nothing wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}
