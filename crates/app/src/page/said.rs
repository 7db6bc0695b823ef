//! What a person answered to a form, question by question, in the texts of the form: the same words on the page that checks a
//! declaration and on the medical officer's.

use pratique_core::country;
use pratique_core::questionnaire::{Kind, Visible};
use serde_json::Value;

use crate::page::when;
use crate::words::Words;

/// Hands every question of a part of the form to `tell`, rows of a repeating group numbered in its label; a repeating group without
/// a row is one question that was left out.
pub fn each<'v>(words: Words, shown: &'v Visible<'_>, tell: &mut impl FnMut(String, &'v Visible<'v>)) {
    labelled(words, shown, "", tell);
}

fn labelled<'v>(words: Words, shown: &'v Visible<'_>, row: &str, tell: &mut impl FnMut(String, &'v Visible<'v>)) {
    match shown.item.kind {
        Kind::Display => {}
        Kind::Group if shown.item.repeats && shown.rows.is_empty() => {
            tell(named(words, shown, row), shown);
        }
        Kind::Group => {
            for (n, inner) in shown.rows.iter().enumerate() {
                let numbered = words.count("row-number", n + 1);
                let row = if shown.item.repeats { &numbered } else { row };
                inner.iter().for_each(|one| labelled(words, one, row, tell));
            }
        }
        _ => tell(named(words, shown, row), shown),
    }
}

fn named(words: Words, shown: &Visible<'_>, row: &str) -> String {
    let question = shown.item.text(words.language());
    if row.is_empty() { question.to_owned() } else { format!("{row}: {question}") }
}

/// The answers to one question, in words; none where it was left out.
#[must_use]
pub fn answers(words: Words, shown: &Visible<'_>) -> Vec<String> {
    match &shown.given {
        Some(Value::Array(values)) => values.iter().map(|value| answer(words, shown, value)).collect(),
        Some(value) => vec![answer(words, shown, value)],
        None => Vec::new(),
    }
}

fn answer(words: Words, shown: &Visible<'_>, value: &Value) -> String {
    match (shown.item.kind, value) {
        (_, Value::Bool(yes)) => words.t(if *yes { "answer-yes" } else { "answer-no" }),
        (Kind::Country, Value::String(code)) => country::canonical(code)
            .and_then(|code| country::name(code, words.language()))
            .map_or_else(|| code.clone(), str::to_owned),
        (Kind::Date, Value::String(text)) => when::day_of(words, text),
        (_, Value::String(text)) => {
            shown.item.option(text).map_or_else(|| text.clone(), |option| option.text(words.language()).to_owned())
        }
        (_, other) => other.to_string(),
    }
}
