//! The questions as they stand on paper: everything at once, answers as boxes, what depends on an answer said in words.

use pratique_core::questionnaire::{Behaviour, Condition, Expected, Item, Kind, Operator, Questionnaire};
use serde_json::Value;

use crate::channels::traveller::own::{self, Look, Own};
use crate::words::Words;

/// How many rows of a group that repeats a paper has room for.
const ROWS: usize = 5;
/// States are written, not chosen: their list would fill a paper of its own.
const BOXES_MAX: usize = 20;

/// One thing on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// A heading.
    Heading(String),
    /// Words to read.
    Text(String),
    /// A question.
    Question(Question),
    /// Rows of the same questions: a table to fill in.
    Table {
        /// The number and the question.
        title: String,
        /// What helps.
        hint: Option<String>,
        /// The columns.
        columns: Vec<String>,
        /// How many rows.
        rows: usize,
    },
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number, as others refer to it.
    pub number: String,
    /// The question.
    pub text: String,
    /// What helps.
    pub hint: Option<String>,
    /// When it is asked at all, in words.
    pub only: Option<String>,
    /// The answers to tick.
    pub boxes: Vec<String>,
    /// Lines to write on.
    pub lines: usize,
    /// A short line will do.
    pub short: bool,
    /// It is keyed in twice, so it is to be written with care.
    pub key: bool,
}

/// The whole form in one language: the declaration's own fields, then the pack's questions.
#[must_use]
pub fn printed(words: Words, form: &Questionnaire) -> Vec<Printed> {
    let mut sheet = Sheet { words, number: 0, numbered: Vec::new(), out: Vec::new() };
    for (heading, list) in [("step-trip", own::TRIP), ("step-you", own::PERSON), ("step-contact", own::CONTACT)] {
        sheet.out.push(Printed::Heading(words.t(heading)));
        list.iter().for_each(|own| sheet.own(own));
    }
    form.items().iter().for_each(|item| sheet.item(item, None));
    sheet.out
}

struct Sheet<'f> {
    words: Words,
    number: usize,
    /// Questions that have a number, for what depends on them.
    numbered: Vec<(&'f Item, String)>,
    out: Vec<Printed>,
}

impl<'f> Sheet<'f> {
    fn next(&mut self) -> String {
        self.number += 1;
        self.number.to_string()
    }

    fn own(&mut self, own: &'static Own) {
        let words = self.words;
        let boxes: Vec<String> = match own.look {
            Look::DocumentType | Look::Sex => own.choices(words),
            _ => Vec::new(),
        };
        let number = self.next();
        let lines = match own.look {
            Look::Lines => 2,
            _ => usize::from(boxes.is_empty()),
        };
        self.out.push(Printed::Question(Question {
            number,
            text: own.label(words),
            // shows: paper-hint-{flight,arrival,seat,number,primary,birth-date,phone}
            hint: words.find(&format!("paper-hint-{}", own.name), &[]),
            only: own.optional.then(|| words.t("paper-optional")),
            boxes,
            lines,
            short: matches!(own.look, Look::Printed(..) | Look::Date(_)),
            key: super::twice::FIELDS.contains(&own.pointer),
        }));
    }

    fn item(&mut self, item: &'f Item, only: Option<String>) {
        let words = self.words;
        let language = words.language();
        let text = item.text(language).to_owned();
        let hint = item.help(language).map(str::to_owned);
        let only = self.only(item).or(only);
        match item.kind {
            Kind::Display => self.out.push(Printed::Text(text)),
            Kind::Group if item.repeats => {
                let number = self.next();
                let columns = leaves(item).into_iter().map(|leaf| leaf.text(language).to_owned()).collect();
                let rows = item.count_max().min(ROWS);
                self.out.push(Printed::Table { title: format!("{number}. {text}"), hint, columns, rows });
            }
            Kind::Group => {
                self.out.push(Printed::Heading(text));
                self.out.extend(hint.map(Printed::Text));
                item.children.iter().for_each(|child| self.item(child, only.clone()));
            }
            _ => {
                let number = self.next();
                self.numbered.push((item, number.clone()));
                let boxes = self.boxes(item);
                let lines = match item.kind {
                    Kind::Text => 3,
                    Kind::OpenChoice => 1,
                    _ => usize::from(boxes.is_empty()),
                };
                let short = matches!(item.kind, Kind::Date | Kind::Integer | Kind::Decimal);
                self.out.push(Printed::Question(Question {
                    number,
                    text,
                    hint,
                    only,
                    boxes,
                    lines,
                    short,
                    key: false,
                }));
            }
        }
    }

    fn boxes(&self, item: &Item) -> Vec<String> {
        let (words, language) = (self.words, self.words.language());
        if item.kind == Kind::Boolean {
            return vec![words.t("answer-yes"), words.t("answer-no")];
        }
        let mut boxes: Vec<String> = match item.options.len() {
            1..=BOXES_MAX => item.options.iter().map(|option| option.text(language).to_owned()).collect(),
            _ => Vec::new(),
        };
        if item.kind == Kind::OpenChoice && !boxes.is_empty() {
            boxes.push(words.t("answer-other"));
        }
        boxes
    }

    /// When a question is asked: "only if you ticked “Yes” at 22".
    fn only(&self, item: &Item) -> Option<String> {
        let parts: Vec<String> = item.conditions.iter().map(|condition| self.condition(condition)).collect();
        let joint = match item.behaviour {
            Behaviour::All => "paper-and",
            Behaviour::Any => "paper-or",
        };
        let joint = format!(" {} ", self.words.t(joint));
        (!parts.is_empty()).then(|| self.words.with("paper-only-if", &[("what", &parts.join(&joint))]))
    }

    fn condition(&self, condition: &Condition) -> String {
        let found = self.numbered.iter().find(|(item, _)| item.link_id == condition.question);
        let (number, answer) = match (&condition.expected, found) {
            (_, None) => return condition.question.clone(),
            (Expected::Answered(_), Some((_, number))) => (number.clone(), String::new()),
            (Expected::Answer(value), Some((item, number))) => (number.clone(), self.answer(item, value)),
        };
        let figures = [("number", number.as_str()), ("answer", answer.as_str())];
        let key = match (condition.operator, &condition.expected) {
            (Operator::Exists, Expected::Answered(false)) => "paper-if-unanswered",
            (Operator::Exists, _) => "paper-if-answered",
            (Operator::Equal, _) => "paper-if-is",
            (Operator::NotEqual, _) => "paper-if-is-not",
            (Operator::Greater | Operator::GreaterOrEqual, _) => "paper-if-more",
            (Operator::Less | Operator::LessOrEqual, _) => "paper-if-less",
        };
        self.words.with(key, &figures)
    }

    fn answer(&self, item: &Item, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.words.t("answer-yes"),
            Value::Bool(false) => self.words.t("answer-no"),
            Value::String(code) => match item.option(code) {
                Some(option) => option.text(self.words.language()).to_owned(),
                None => code.clone(),
            },
            other => other.to_string(),
        }
    }
}

/// The questions within a group, in order.
fn leaves(item: &Item) -> Vec<&Item> {
    let inner = item.children.iter().flat_map(|child| match child.kind {
        Kind::Group => leaves(child),
        Kind::Display => Vec::new(),
        _ => vec![child],
    });
    inner.collect()
}
