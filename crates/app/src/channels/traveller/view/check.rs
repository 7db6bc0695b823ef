//! Everything once more before it is sent, each answer with a link to change it.

use askama::Template;
use jiff::civil::Date;
use pratique_core::questionnaire::{Questionnaire, Visible};
use serde_json::Value;

use super::super::draft;
use super::super::own::{self, Own};
use super::super::step::{Person, Step};
use super::companions::name_of;
use crate::page::{Shell, Summary, said};
use crate::words::Words;

/// The page that checks the answers. The tick below them is never there beforehand: it stands for these answers, read now.
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
    /// Whether an earlier declaration is being changed.
    pub amending: bool,
    /// Whether somebody else may still be declared for on the same trip.
    pub more: bool,
    /// Whether the answers have changed since the page was opened from which they were sent.
    pub changed: bool,
    /// The mark of the answers that stand here, which the form carries back.
    pub seen: String,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

impl Check {
    /// The same shown once more, because its answers are others than those that were sent: to be attested anew.
    #[must_use]
    pub fn shown_anew(self) -> Self {
        Check { changed: true, ..self }
    }
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
    let said = match own.said(words, value) {
        said if said.is_empty() && draft::is_seat_later(body, &pointer) => words.t("seat-not-yet"),
        said => said,
    };
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
        said::each(words, shown, &mut |label, asked| {
            let field = crate::page::field::id_of(&format!("{}{}", person.answers_at(), asked.pointer));
            rows.push(CheckRow {
                label,
                answers: said::answers(words, asked),
                address: format!("{address}?then=check#{field}"),
                missing: asked.given.is_none() && asked.is_required(),
            });
        });
        CheckSection {
            caption: caption(words, person, body),
            heading: shown.item.text(words.language()).to_owned(),
            address,
            rows,
        }
    };
    route.sections.iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}

fn caption(words: Words, person: Person, body: &Value) -> Option<String> {
    match person {
        Person::Declarer => None,
        Person::Companion(number) => Some(name_of(words, body, number)),
    }
}
