//! What a person answered, question by question, in the texts of the form that they saw: for the medical officer who has the
//! case in hand, and for nobody else (`Act::SeeAnswers`).

use jiff::civil::Date;
use pratique_core::country;
use pratique_core::questionnaire::{self, Kind, Questionnaire, Visible};
use serde_json::{Map, Value};

use crate::page::when;
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
        collect(words, shown, "", &mut rows);
        Section { heading: shown.item.text(words.language()).to_owned(), rows }
    };
    route.sections.iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}

fn collect(words: Words, shown: &Visible<'_>, row: &str, into: &mut Vec<(String, Vec<String>)>) {
    match shown.item.kind {
        Kind::Display => {}
        Kind::Group => {
            for (n, inner) in shown.rows.iter().enumerate() {
                let numbered = words.count("row-number", n + 1);
                let row = if shown.item.repeats { &numbered } else { row };
                inner.iter().for_each(|one| collect(words, one, row, into));
            }
        }
        _ => {
            let question = shown.item.text(words.language());
            let question = if row.is_empty() { question.to_owned() } else { format!("{row}: {question}") };
            let values = match &shown.given {
                Some(Value::Array(values)) => values.iter().collect(),
                Some(value) => vec![value],
                None => Vec::new(),
            };
            into.push((question, values.into_iter().map(|value| in_words(words, shown, value)).collect()));
        }
    }
}

fn in_words(words: Words, shown: &Visible<'_>, value: &Value) -> String {
    match (shown.item.kind, value) {
        (_, Value::Bool(yes)) => words.t(if *yes { "answer-yes" } else { "answer-no" }),
        (Kind::Country, Value::String(code)) => {
            country::name(code, words.language()).map_or_else(|| code.clone(), str::to_owned)
        }
        (Kind::Date, Value::String(date)) => when::day_of(words, date),
        (_, Value::String(text)) => {
            shown.item.option(text).map_or_else(|| text.clone(), |option| option.text(words.language()).to_owned())
        }
        (_, other) => other.to_string(),
    }
}
