//! What people did with a journey, in words. The words of an examination are for those who may see answers, those of a decision
//! for those who take decisions.

use pratique_core::access::Act;
use pratique_core::port::Port;

use crate::channels::staff::Console;
use crate::lookups::note::{Deed, Noted};
use crate::page::when::When;

/// One act.
#[derive(Debug, Clone)]
pub struct Deedline {
    /// When, on the port's clock.
    pub at: String,
    /// Who and what.
    pub text: String,
    /// In their words.
    pub words: Option<String>,
}

/// An act as this person may see it.
#[must_use]
pub fn deed(console: &Console, port: &Port, noted: &Noted) -> Deedline {
    let needed = match noted.deed {
        Deed::Decided(_) | Deed::TookBack(_) | Deed::TookOn => Act::AnswerObligation,
        _ => Act::SeeAnswers,
    };
    let said = noted.words.clone().filter(|_| console.may(needed).is_ok());
    Deedline { at: When::of(console.words, noted.at, &port.zone()).local, text: text(console, noted), words: said }
}

fn text(console: &Console, noted: &Noted) -> String {
    let words = console.words;
    let by = [("by", noted.by.as_str())];
    let with = |key: &str, what: &str| words.with(key, &[("by", &noted.by), ("outcome", what)]);
    match &noted.deed {
        Deed::Decided(decision) => words.with(&format!("deed-{}", decision.name()), &by),
        // shows: deed-took-back-{clear, refer, hold}
        Deed::TookBack(decision) => words.with(&format!("deed-took-back-{}", decision.name()), &by),
        Deed::TookOn => words.with("deed-took-on", &by),
        Deed::Answered(outcome) => with("deed-answered", &words.t(&format!("outcome-{}", outcome.name()))),
        Deed::Disposed(how) => with("deed-answered", &words.t(&format!("outcome-{}", how.name()))),
        Deed::Examined => words.with("deed-examined", &by),
        Deed::Investigated => words.with("deed-investigated", &by),
        Deed::OrderedSample => words.with("deed-ordered-sample", &by),
        Deed::Classified(class) => with("deed-classified", &words.t(&format!("class-{}", class.name()))),
        Deed::GaveOrder(measure) => with("deed-gave-order", &words.t(&format!("measure-{}", measure.name()))),
        Deed::ServedOrder => words.with("deed-served-order", &by),
        Deed::ChangedOrder => words.with("deed-changed-order", &by),
        Deed::AskedCorrection => words.t("deed-asked-correction"),
        Deed::EndedOrder(ending) => with("deed-ended-order", &words.t(&format!("ending-{}", ending.name()))),
    }
}
