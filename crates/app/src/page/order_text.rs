//! An order in words for the person whom it binds: what is asked of them, until when, whom to ask. The same words on their pass
//! and on the page from which an officer reads them out.

use askama::Template;
use jiff::Timestamp;
use pratique_core::journey::Measure;
use pratique_core::port::Port;

use super::when::When;
use crate::words::Words;

/// The text.
#[derive(Debug, Clone, Template)]
#[template(path = "components/order.html")]
pub struct OrderText {
    /// The texts.
    pub words: Words,
    /// The heading.
    pub title: String,
    /// What is asked of them.
    pub text: String,
    /// Until when, with the port's zone by name.
    pub until: When,
    /// Whom to ask.
    pub help: String,
}

impl askama::filters::HtmlSafe for OrderText {}

impl OrderText {
    /// Of an order that holds.
    #[must_use]
    pub fn of(words: Words, measure: Measure, until: Timestamp, port: &Port) -> Self {
        OrderText {
            words,
            title: words.t(&format!("order-title-{}", measure.name())),
            text: words.t(&format!("order-text-{}", measure.name())),
            until: When::of(words, until, &port.zone()),
            help: port.help.get(words.language()).to_owned(),
        }
    }
}
