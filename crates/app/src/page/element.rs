//! What follows one another on a page of questions: fields, words to read, groups, rows of which one may add more.

use askama::Template;

use super::field::{Control, Field, id_of};
use super::summary::Summary;

/// One thing on a page of questions.
#[derive(Debug, Clone)]
pub enum Element {
    /// A question.
    Field(Field),
    /// Words to read.
    Text(String),
    /// Questions that belong together.
    Group(Group),
    /// A group of which there are as many as the person has to tell of.
    Rows(Rows),
}

/// Questions under one heading.
#[derive(Debug, Clone, Template)]
#[template(path = "components/group.html")]
pub struct Group {
    /// Its pointer.
    pub name: String,
    /// The heading.
    pub legend: String,
    /// What helps.
    pub hint: Option<String>,
    /// What is wrong with the group as a whole.
    pub errors: Vec<String>,
    /// What is in it.
    pub elements: Vec<Element>,
}

/// Rows of the same questions, and the buttons that add or remove one: they send the form, so they need no script.
#[derive(Debug, Clone, Template)]
#[template(path = "components/rows.html")]
pub struct Rows {
    /// Its pointer.
    pub name: String,
    /// The heading.
    pub legend: String,
    /// The words that say that there may be none.
    pub optional: Option<String>,
    /// What helps.
    pub hint: Option<String>,
    /// What is wrong with the rows as a whole.
    pub errors: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The words of the button that adds one; none if there is no room for more.
    pub add: Option<String>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its pointer.
    pub name: String,
    /// Its heading.
    pub legend: String,
    /// The words of the button that removes it; none for the only row.
    pub remove: Option<String>,
    /// What is in it.
    pub elements: Vec<Element>,
}

impl std::fmt::Display for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Element::Field(field) => field.fmt(f),
            Element::Group(group) => group.fmt(f),
            Element::Rows(rows) => rows.fmt(f),
            Element::Text(text) => TextToRead { text }.fmt(f),
        }
    }
}

/// A paragraph, through a template of its own so that it is escaped like everything else.
#[derive(Template)]
#[template(ext = "html", source = "<p>{{ text }}</p>")]
struct TextToRead<'a> {
    text: &'a str,
}

// What these print comes from templates, which have escaped it already.
impl askama::filters::HtmlSafe for Element {}
impl askama::filters::HtmlSafe for Group {}
impl askama::filters::HtmlSafe for Rows {}

impl Group {
    /// The id that a link to it leads to.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

impl Rows {
    /// The id that a link to it leads to.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

impl Row {
    /// The id that a link to it leads to.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

impl Element {
    /// Adds the names of the fields in it.
    pub fn names(&self, into: &mut Vec<String>) {
        match self {
            Element::Text(_) => {}
            Element::Field(field) => {
                into.push(field.name.clone());
                if let Control::Line(line) = &field.control {
                    into.extend(line.instead.iter().map(|instead| instead.name.clone()));
                }
            }
            Element::Group(group) => group.elements.iter().for_each(|inner| inner.names(into)),
            Element::Rows(rows) => rows.rows.iter().flat_map(|row| &row.elements).for_each(|inner| inner.names(into)),
        }
    }

    /// Adds what is wrong in it, and inside it, to the summary at the head of the page.
    pub(super) fn sum(&self, summary: &mut Summary) {
        match self {
            Element::Text(_) => {}
            Element::Field(field) => {
                summary.add(&field.id(), &field.errors);
                if let Control::Several { fields, .. } = &field.control {
                    fields.iter().for_each(|one| summary.add(&one.id(), &one.errors));
                }
            }
            Element::Group(group) => {
                summary.add(&group.id(), &group.errors);
                group.elements.iter().for_each(|inner| inner.sum(summary));
            }
            Element::Rows(rows) => {
                summary.add(&rows.id(), &rows.errors);
                rows.rows.iter().flat_map(|row| &row.elements).for_each(|inner| inner.sum(summary));
            }
        }
    }
}
