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

/// Answers that were given before, as far as they differ from those of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// When they were given.
    pub heading: String,
    /// Question, what was answered then, and what is answered now.
    pub rows: Vec<(String, String, String)>,
}

/// What differs between two times, question by question; what was not asked at one of them is told as that.
#[must_use]
pub fn changed(words: Words, was: &[Section], is: &[Section]) -> Vec<(String, String, String)> {
    let flat = |sections: &[Section]| -> Vec<(String, String, Vec<String>)> {
        let each = sections.iter().flat_map(|s| s.rows.iter().map(|(q, a)| (s.heading.clone(), q.clone(), a.clone())));
        each.collect()
    };
    let (was, is) = (flat(was), flat(is));
    let line = |answers: Option<&Vec<String>>| match answers {
        None => words.t("earlier-not-asked"),
        Some(answers) if answers.is_empty() => words.t("check-left-out"),
        Some(answers) => answers.join(", "),
    };
    let find = |all: &[(String, String, Vec<String>)], (part, question): (&String, &String)| {
        all.iter().find(|(p, q, _)| p == part && q == question).map(|(_, _, answers)| answers.clone())
    };
    let mut rows = Vec::new();
    for (part, question, then) in &was {
        let now = find(&is, (part, question));
        if now.as_ref() != Some(then) {
            rows.push((question.clone(), line(Some(then)), line(now.as_ref())));
        }
    }
    let added = is.iter().filter(|(part, question, _)| find(&was, (part, question)).is_none());
    rows.extend(added.map(|(_, question, now)| (question.clone(), line(None), line(Some(now)))));
    rows
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
