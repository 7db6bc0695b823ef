//! Everything once more before it is sent, each answer with a link to change it.

use askama::Template;
use jiff::civil::Date;
use pratique_core::country;
use pratique_core::questionnaire::{Kind, Questionnaire, Visible};
use serde_json::Value;

use super::super::draft;
use super::super::own::{self, Own};
use super::super::step::{Person, Step};
use super::companions::name_of;
use crate::page::{Shell, Summary, when};
use crate::words::Words;

/// The page that checks the answers.
#[derive(Debug, Template)]
#[template(path = "traveller/check.html")]
pub struct Check {
    /// The frame.
    pub shell: Shell,
    /// Where "Back" leads.
    pub back: String,
    /// What was said, by page.
    pub sections: Vec<CheckSection>,
    /// What is wrong, each a link to the page that mends it.
    pub summary: Summary,
    /// What is wrong with the attestation.
    pub attest_error: Option<String>,
    /// Whether it was ticked before.
    pub attested: bool,
    /// Whether an earlier declaration is being changed.
    pub amending: bool,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// The answers of one page.
#[derive(Debug)]
pub struct CheckSection {
    /// Whose they are, if not the declarer's own.
    pub caption: Option<String>,
    /// The page's heading.
    pub heading: String,
    /// Where to change them.
    pub address: String,
    /// Question and answer.
    pub rows: Vec<CheckRow>,
}

/// One question with what was answered.
#[derive(Debug)]
pub struct CheckRow {
    /// The question.
    pub label: String,
    /// The answers in words; none where it was left out.
    pub answers: Vec<String>,
    /// The address of the field.
    pub address: String,
    /// Whether an answer is missing that is needed.
    pub missing: bool,
}

/// What was said, page by page.
#[must_use]
pub fn check_sections(words: Words, body: &Value, form: &Questionnaire, today: Date) -> Vec<CheckSection> {
    let mut sections = vec![
        own_section(words, &Step::Trip, "step-trip", own::TRIP, Person::Declarer, body),
        own_section(words, &Step::You(Person::Declarer), "step-you", own::PERSON, Person::Declarer, body),
        own_section(words, &Step::Contact, "step-contact", own::CONTACT, Person::Declarer, body),
    ];
    sections.extend(form_sections(words, Person::Declarer, body, form, today));
    for number in 0..draft::companions(body) {
        let person = Person::Companion(number);
        let mut who = own_section(words, &Step::You(person), "step-companion", own::PERSON, person, body);
        who.rows.extend(own::COMPANION.iter().map(|own| own_row(words, own, person, body, &Step::You(person))));
        sections.push(who);
        sections.extend(form_sections(words, person, body, form, today));
    }
    sections
}

fn own_section(
    words: Words,
    step: &Step,
    heading: &str,
    list: &'static [Own],
    person: Person,
    body: &Value,
) -> CheckSection {
    CheckSection {
        caption: caption(words, person, body),
        heading: words.t(heading),
        address: step.address(),
        rows: list.iter().map(|own| own_row(words, own, person, body, step)).collect(),
    }
}

fn own_row(words: Words, own: &'static Own, person: Person, body: &Value, step: &Step) -> CheckRow {
    let pointer = format!("{}{}", person.base(), own.pointer);
    let value = body.pointer(&pointer).and_then(Value::as_str).unwrap_or_default();
    let said = own.said(words, value);
    CheckRow {
        label: own.label(words),
        missing: said.is_empty() && !own.optional && own.pointer != "/contact/phone",
        answers: if said.is_empty() { Vec::new() } else { vec![said] },
        address: format!("{}?then=check#{}", step.address(), crate::page::field::id_of(&pointer)),
    }
}

fn form_sections(words: Words, person: Person, body: &Value, form: &Questionnaire, today: Date) -> Vec<CheckSection> {
    let route = person.route(form, body, today);
    let section = |shown: &Visible<'_>| {
        let address = Step::Section(person, shown.item.link_id.clone()).address();
        let mut rows = Vec::new();
        said(words, shown, "", &person.answers_at(), &address, &mut rows);
        CheckSection {
            caption: caption(words, person, body),
            heading: shown.item.text(words.language()).to_owned(),
            address,
            rows,
        }
    };
    route.sections.iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}

/// The questions in a part of the form, rows numbered, each with what was answered.
fn said(words: Words, shown: &Visible<'_>, row: &str, at: &str, address: &str, into: &mut Vec<CheckRow>) {
    let item = shown.item;
    match item.kind {
        Kind::Display => {}
        Kind::Group => {
            for (n, inner) in shown.rows.iter().enumerate() {
                let numbered = words.count("row-number", n + 1);
                let row = if item.repeats { &numbered } else { row };
                inner.iter().for_each(|one| said(words, one, row, at, address, into));
            }
        }
        _ => {
            let label = item.text(words.language());
            into.push(CheckRow {
                label: if row.is_empty() { label.to_owned() } else { format!("{row}: {label}") },
                answers: answers(words, shown),
                address: format!(
                    "{address}?then=check#{}",
                    crate::page::field::id_of(&format!("{at}{}", shown.pointer))
                ),
                missing: shown.given.is_none() && shown.is_required(),
            });
        }
    }
}

fn answers(words: Words, shown: &Visible<'_>) -> Vec<String> {
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

fn caption(words: Words, person: Person, body: &Value) -> Option<String> {
    match person {
        Person::Declarer => None,
        Person::Companion(number) => Some(name_of(words, body, number)),
    }
}
