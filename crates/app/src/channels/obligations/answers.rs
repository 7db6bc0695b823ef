//! What a person answered, question by question, in the texts of the form that they saw: for the medical officer who has the
//! case in hand, and for nobody else (`Act::SeeAnswers`).

use jiff::civil::Date;
use pratique_core::questionnaire::{self, Questionnaire, Visible};
use serde_json::{Map, Value};

use crate::page::said;
use crate::words::Words;

/// The answers of one part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Question and answers; none where it was left out.
    pub rows: Vec<(String, Vec<String>)>,
}

/// All answers, by part of the form.
#[must_use]
pub fn sections(words: Words, form: &Questionnaire, answers: &Map<String, Value>, today: Date) -> Vec<Section> {
    let route = questionnaire::route(form, answers, today);
    let section = |shown: &Visible<'_>| {
        let mut rows = Vec::new();
        said::each(words, shown, &mut |question, asked| rows.push((question, said::answers(words, asked))));
        Section { heading: shown.item.text(words.language()).to_owned(), rows }
    };
    route.sections.iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}
