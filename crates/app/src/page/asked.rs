//! From the questions of a form that are asked now to the fields of a page: one line of the register for each kind.

use pratique_core::questionnaire::{FieldError, Item, Kind, Visible};
use pratique_core::{country, field};
use serde_json::Value;

use super::element::{Element, Group, Row, Rows};
use super::field::{Control, Field, Line, OTHER, Other, Pick};
use crate::words::Words;

/// More answers than this to choose one from are a list to unfold.
const RADIOS_MAX: usize = 8;

/// One item with what the page needs of it, from the walk over the form or from a row that is still empty.
struct Asked<'a> {
    item: &'a Item,
    name: String,
    given: Option<&'a Value>,
    errors: Vec<String>,
}

/// Turns what is asked into what is shown.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// The language.
    pub words: Words,
    /// Pointer of the answers in the declaration: `/answers`, `/companions/0/answers`.
    pub at: &'a str,
    /// Whether the errors of the question with this pointer are told already: nobody is scolded for what they have not yet
    /// been asked.
    pub tells: &'a dyn Fn(&str) -> bool,
    /// The answers as they stand, for rows that are still empty: the walk passes over those.
    pub answers: &'a Value,
    /// What is wrong between answers, which no question can tell of itself; pointers into the declaration.
    pub between: &'a [field::FieldError],
}

impl std::fmt::Debug for Asker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asker({} at {})", self.words.language(), self.at)
    }
}

impl Asker<'_> {
    /// The elements for these items.
    #[must_use]
    pub fn elements(&self, shown: &[Visible<'_>]) -> Vec<Element> {
        shown.iter().map(|one| self.element(one)).collect()
    }

    fn element(&self, shown: &Visible<'_>) -> Element {
        let name = format!("{}{}", self.at, shown.pointer);
        match shown.item.kind {
            Kind::Display => Element::Text(shown.item.text(self.language()).to_owned()),
            Kind::Group if shown.item.repeats => Element::Rows(self.rows(shown, name)),
            Kind::Group => Element::Group(Group {
                legend: shown.item.text(self.language()).to_owned(),
                hint: self.hint(shown.item),
                errors: self.errors(&name, &shown.errors, shown.item),
                elements: shown.rows.iter().flat_map(|row| self.elements(row)).collect(),
                name,
            }),
            _ => {
                let errors = self.errors(&name, &shown.errors, shown.item);
                Element::Field(self.field(&Asked { item: shown.item, name, given: shown.given.as_ref(), errors }))
            }
        }
    }

    /// The rows given, then those still empty, and one empty row where there is none at all: an invitation, not a duty.
    fn rows(&self, shown: &Visible<'_>, name: String) -> Rows {
        let item = shown.item;
        let count = self.answers.pointer(&shown.pointer).and_then(Value::as_array).map_or(0, Vec::len).max(1);
        let given = shown.rows.len();
        let rows = (0..count.max(given)).map(|n| Row {
            name: format!("{name}/{n}"),
            legend: self.words.count("row-number", n + 1),
            remove: (count > 1).then(|| self.words.t("row-remove")),
            elements: match shown.rows.get(n) {
                Some(row) => self.elements(row),
                None => self.empty(&item.children, &format!("{name}/{n}")),
            },
        });
        Rows {
            legend: item.text(self.language()).to_owned(),
            optional: (item.count_min() == 0).then(|| self.words.t("optional")),
            hint: self.hint(item),
            errors: self.errors(&name, &shown.errors, item),
            add: (count < item.count_max()).then(|| self.words.t("row-add")),
            rows: rows.collect(),
            name,
        }
    }

    /// The questions of a row that nobody has answered yet: those that depend on an answer wait for it.
    fn empty(&self, items: &[Item], at: &str) -> Vec<Element> {
        let asked = items.iter().filter(|item| item.conditions.is_empty());
        asked
            .filter_map(|item| match item.kind {
                Kind::Display => Some(Element::Text(item.text(self.language()).to_owned())),
                Kind::Group if item.repeats => None,
                Kind::Group => Some(Element::Group(Group {
                    name: format!("{at}/{}", token(&item.link_id)),
                    legend: item.text(self.language()).to_owned(),
                    hint: self.hint(item),
                    errors: Vec::new(),
                    elements: self.empty(&item.children, &format!("{at}/{}", token(&item.link_id))),
                })),
                _ => {
                    let name = format!("{at}/{}", token(&item.link_id));
                    Some(Element::Field(self.field(&Asked { item, name, given: None, errors: Vec::new() })))
                }
            })
            .collect()
    }

    fn field(&self, asked: &Asked<'_>) -> Field {
        let optional = asked.item.count_min() == 0;
        Field {
            name: asked.name.clone(),
            nth: 0,
            label: asked.item.text(self.language()).to_owned(),
            hint: self.hint(asked.item).or_else(|| self.usual_hint(asked.item)),
            optional: optional.then(|| self.words.t("optional")),
            errors: asked.errors.clone(),
            control: self.control(asked),
        }
    }

    /// The register: which control answers which kind of question.
    fn control(&self, asked: &Asked<'_>) -> Control {
        match asked.item.kind {
            Kind::Boolean => self.yes_or_no(asked),
            Kind::Choice | Kind::OpenChoice => self.choice(asked),
            Kind::String | Kind::Text if !asked.item.options.is_empty() => self.choice(asked),
            _ if asked.item.repeats => self.several(asked),
            Kind::Country => Control::Select { picks: self.countries(&first(asked.given)), autocomplete: None },
            Kind::Text => Control::Lines { value: first(asked.given) },
            _ => Control::Line(line(asked.item, first(asked.given))),
        }
    }

    fn yes_or_no(&self, asked: &Asked<'_>) -> Control {
        let given = first(asked.given);
        let pick = |value: &str, key| Pick { value: value.to_owned(), text: self.words.t(key), chosen: given == value };
        Control::Radios { picks: vec![pick("true", "answer-yes"), pick("false", "answer-no")], other: None }
    }

    fn choice(&self, asked: &Asked<'_>) -> Control {
        let item = asked.item;
        let given = texts(asked.given);
        let mut picks: Vec<Pick> = item
            .options
            .iter()
            .map(|option| Pick {
                value: option.code.clone(),
                text: option.text(self.language()).to_owned(),
                chosen: given.contains(&option.code),
            })
            .collect();
        let own = given.iter().find(|text| item.option(text).is_none()).cloned();
        let other = (item.kind == Kind::OpenChoice).then(|| Other {
            label: self.words.t(if item.repeats { "answer-other" } else { "answer-own-words" }),
            value: own.clone().unwrap_or_default(),
        });
        if item.repeats {
            return Control::Checks { picks, other };
        }
        if other.is_some() {
            picks.push(Pick { value: OTHER.to_owned(), text: self.words.t("answer-other"), chosen: own.is_some() });
        }
        if picks.len() <= RADIOS_MAX || other.is_some() {
            return Control::Radios { picks, other };
        }
        picks.insert(0, self.none_yet(given.is_empty()));
        Control::Select { picks, autocomplete: None }
    }

    /// Several answers in words, numbers, dates or countries: a control each.
    fn several(&self, asked: &Asked<'_>) -> Control {
        let mut values: Vec<String> = match asked.given {
            Some(Value::Array(values)) => values.iter().map(text_of).collect(),
            _ => texts(asked.given),
        };
        let spare = self.answers.pointer(asked.name.strip_prefix(self.at).unwrap_or_default());
        let count = spare.and_then(Value::as_array).map_or(0, Vec::len).max(1);
        values.resize(values.len().max(count), String::new());
        let one = |(n, value): (usize, &String)| Field {
            name: asked.name.clone(),
            nth: n,
            label: self.words.count("answer-number", n + 1),
            hint: None,
            optional: None,
            errors: Vec::new(),
            control: match asked.item.kind {
                Kind::Country => Control::Select { picks: self.countries(value), autocomplete: None },
                Kind::Text => Control::Lines { value: value.clone() },
                _ => Control::Line(line(asked.item, value.clone())),
            },
        };
        let add = (values.len() < asked.item.count_max()).then(|| self.words.t("answer-add"));
        Control::Several { fields: values.iter().enumerate().map(one).collect(), add }
    }

    fn countries(&self, chosen: &str) -> Vec<Pick> {
        let chosen = country::canonical(chosen).unwrap_or(chosen);
        let rows = country::places(self.language()).into_iter().map(|(code, name)| Pick {
            value: code.to_owned(),
            text: name.to_owned(),
            chosen: code == chosen,
        });
        std::iter::once(self.none_yet(chosen.is_empty())).chain(rows).collect()
    }

    fn none_yet(&self, chosen: bool) -> Pick {
        Pick { value: String::new(), text: self.words.t("answer-none-yet"), chosen }
    }

    fn hint(&self, item: &Item) -> Option<String> {
        item.help(self.language()).map(str::to_owned)
    }

    /// What a kind of question always needs to say.
    fn usual_hint(&self, item: &Item) -> Option<String> {
        match item.kind {
            Kind::Date => Some(self.words.t("hint-date")),
            Kind::Choice | Kind::OpenChoice if item.repeats => Some(self.words.t("hint-any-number")),
            _ => None,
        }
    }

    /// The errors in words, each with the question it belongs to.
    fn errors(&self, name: &str, errors: &[FieldError], item: &Item) -> Vec<String> {
        if !(self.tells)(name) {
            return Vec::new();
        }
        let own = errors.iter().map(|error| {
            let params = error.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            self.words.error(error.code.as_str(), &params)
        });
        let between = self.between.iter().filter(|fault| fault.pointer == name);
        let said = own.chain(between.map(|fault| self.words.error(&fault.code, &fault.params)));
        let at_field = |message: String| {
            self.words.with("error-at-field", &[("field", item.text(self.language())), ("message", &message)])
        };
        let mut said: Vec<_> = said.map(at_field).collect();
        said.dedup();
        said
    }

    fn language(&self) -> &'static str {
        self.words.language()
    }
}

/// The line for a kind of question: its keyboard and its width.
fn line(item: &Item, value: String) -> Line {
    let (keyboard, chars) = match item.kind {
        Kind::Integer => (Some("numeric"), Some(5)),
        Kind::Decimal => (Some("decimal"), Some(5)),
        // Phones' number keyboards have no hyphen: `19740723` is read as well.
        Kind::Date => (Some("numeric"), Some(10)),
        _ => (None, item.bounds.length_max.filter(|max| *max <= 20).map(|_| 20)),
    };
    Line { value, keyboard, chars, as_printed: item.kind == Kind::Date, ..Line::default() }
}

/// A linkId as a part of a pointer (RFC 6901, 3).
fn token(link_id: &str) -> String {
    link_id.replace('~', "~0").replace('/', "~1")
}

/// What a control shows of a value: the text as typed, a number or yes and no as the form sends them.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}

fn texts(given: Option<&Value>) -> Vec<String> {
    let values = match given {
        Some(Value::Array(values)) => values.iter().map(text_of).collect(),
        Some(value) => vec![text_of(value)],
        None => Vec::new(),
    };
    values.into_iter().filter(|text| !text.is_empty()).collect()
}

fn first(given: Option<&Value>) -> String {
    texts(given).into_iter().next().unwrap_or_default()
}
