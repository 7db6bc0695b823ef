//! The one walk over a form with its answers: what is enabled, what was given there, what is wrong with it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::Questionnaire;
use super::condition::Behaviour;
use super::error::{Code, FieldError, Problem};
use super::fault::token;
use super::given::{Given, is_blank};
use super::item::Item;
use super::kind::Kind;

/// An item that is asked now, with what was given there. A page shows these and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Visible<'q> {
    /// The item.
    pub item: &'q Item,
    /// Where its answer belongs in canonical answers (RFC 6901).
    pub pointer: String,
    /// The answer as it was given, wrong or not, so that nothing typed is lost.
    pub given: Option<Value>,
    /// The items of a group: one row, or of a repeating group as many as were given, blank ones among them.
    pub rows: Vec<Vec<Visible<'q>>>,
    /// What is wrong here (not inside).
    pub errors: Vec<FieldError>,
    pub(super) accepted: Option<Value>,
}

impl Visible<'_> {
    /// Whether nothing is missing or wrong here and inside.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty() && self.rows.iter().flatten().all(Visible::is_complete)
    }

    /// Whether an answer is needed here.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.item.count_min() > 0
    }

    /// Takes back every error here and inside.
    fn forgive(&mut self) {
        self.errors.clear();
        self.rows.iter_mut().flatten().for_each(Visible::forgive);
    }

    /// Everything that is wrong here and inside, in order.
    pub(super) fn errors_within<'v>(&'v self, into: &mut Vec<&'v FieldError>) {
        into.extend(&self.errors);
        self.rows.iter().flatten().for_each(|inner| inner.errors_within(into));
    }
}

/// What the walk found.
pub(super) struct Walked<'q> {
    /// The outermost items that are asked.
    pub visible: Vec<Visible<'q>>,
    /// What belongs to no item that is asked: unknown questions, answers given twice.
    pub stray: Vec<FieldError>,
}

/// Walks the form in its order. An answer to an item that is not enabled is passed over, whatever it is: a person who goes
/// back and says "no" has not made a mistake.
pub(super) fn walk<'q>(form: &'q Questionnaire, answers: &Map<String, Value>, today: Date) -> Walked<'q> {
    let mut walker = Walker { today, known: vec![HashMap::new()], stray: Vec::new() };
    let given = Given::gather(&form.items, answers, "", &mut walker.stray);
    let visible = walker.items(&form.items, &given, "");
    Walked { visible, stray: walker.stray }
}

struct Walker<'q> {
    today: Date,
    /// The accepted answers so far, by linkId: the whole form's, then those of each row that we are in.
    known: Vec<HashMap<&'q str, Vec<Value>>>,
    stray: Vec<FieldError>,
}

impl<'q> Walker<'q> {
    fn items(&mut self, items: &'q [Item], given: &Given, at: &str) -> Vec<Visible<'q>> {
        let mut visible = Vec::new();
        for item in items {
            if !self.is_enabled(item) {
                continue;
            }
            let pointer = format!("{at}/{}", token(&item.link_id));
            visible.push(match item.kind {
                Kind::Group if item.repeats => self.rows(item, given, pointer),
                Kind::Group => self.group(item, given, pointer),
                Kind::Display => Visible::new(item, pointer),
                _ => self.question(item, given, pointer),
            });
        }
        visible
    }

    fn is_enabled(&self, item: &Item) -> bool {
        let mut holds = item.conditions.iter().map(|condition| {
            let answers = self.known.iter().rev().find_map(|scope| scope.get(condition.question.as_str()));
            condition.holds(answers.map_or(&[], Vec::as_slice))
        });
        item.conditions.is_empty()
            || match item.behaviour {
                Behaviour::All => holds.all(|holds| holds),
                Behaviour::Any => holds.any(|holds| holds),
            }
    }

    fn group(&mut self, item: &'q Item, given: &Given, pointer: String) -> Visible<'q> {
        let inner = self.items(&item.children, given, &pointer);
        let mut group = Visible::new(item, pointer);
        let accepted = object(&inner);
        if item.required && accepted.is_none() && inner.iter().all(Visible::is_complete) {
            group.errors.push(Problem::from(Code::Required).at(&group.pointer, &item.link_id));
        }
        group.accepted = accepted;
        group.rows = vec![inner];
        group
    }

    fn rows(&mut self, item: &'q Item, given: &Given, pointer: String) -> Visible<'q> {
        let mut group = Visible::new(item, pointer);
        let Some((at, value)) = given.get_even_blank(&item.link_id) else {
            group.errors.extend(too_few(item, 0, &group.pointer));
            return group;
        };
        group.given = Some(value.clone());
        let values = match several(item, value, at) {
            Ok(values) => values,
            Err(error) => {
                group.errors.push(error);
                return group;
            }
        };
        let mut accepted = Vec::new();
        let mut wrong = 0;
        for (n, row) in values.iter().enumerate() {
            let inner = match self.row(item, row, (&group.pointer, at), n) {
                Ok(inner) => inner,
                Err(error) => {
                    group.errors.push(error);
                    continue;
                }
            };
            // A row that is blank, or whose answers were all to questions that are not asked, is shown but does not count:
            // it is not among the accepted answers, so it must not be needed there either.
            let object = object(&inner);
            wrong += usize::from(object.is_none() && !inner.iter().all(Visible::is_complete));
            accepted.extend(object);
            group.rows.push(inner);
        }
        group.errors.extend(too_few(item, accepted.len() + wrong, at));
        group.accepted = (!accepted.is_empty()).then_some(Value::Array(accepted));
        group
    }

    /// One row of a repeating group. In a blank one nothing is missing: a page offers it to be filled in.
    fn row(
        &mut self,
        item: &'q Item,
        row: &Value,
        (to, from): (&str, &str),
        n: usize,
    ) -> Result<Vec<Visible<'q>>, FieldError> {
        let place = format!("{from}/{n}");
        let blank = Map::new();
        let fields = match row {
            row if is_blank(row) => &blank,
            Value::Object(fields) => fields,
            _ => return Err(Problem::with(Code::WrongType, "expected", item.kind.name()).at(&place, &item.link_id)),
        };
        let scope = Given::gather(&item.children, fields, &place, &mut self.stray);
        self.known.push(HashMap::new());
        let mut inner = self.items(&item.children, &scope, &format!("{to}/{n}"));
        self.known.pop();
        if is_blank(row) {
            inner.iter_mut().for_each(Visible::forgive);
        }
        Ok(inner)
    }

    fn question(&mut self, item: &'q Item, given: &Given, pointer: String) -> Visible<'q> {
        let mut question = Visible::new(item, pointer);
        let Some((at, value)) = given.get(&item.link_id) else {
            question.errors.extend(too_few(item, 0, &question.pointer));
            return question;
        };
        question.given = Some(value.clone());
        let accepted = match self.answers(item, value, at) {
            Ok(accepted) => accepted,
            Err(errors) => {
                question.errors = errors;
                return question;
            }
        };
        if let Some(scope) = self.known.last_mut() {
            scope.insert(&item.link_id, accepted.clone());
        }
        question.accepted = if item.repeats { Some(Value::Array(accepted)) } else { accepted.into_iter().next() };
        question
    }

    /// The canonical answers of one question. The same option ticked twice is ticked.
    fn answers(&self, item: &Item, value: &Value, at: &str) -> Result<Vec<Value>, Vec<FieldError>> {
        let check = item.kind.spec().check;
        if !item.repeats {
            let value = one(item, value, at).map_err(|error| vec![error])?;
            return check(item, value, self.today).map(|value| vec![value]).map_err(|p| vec![p.at(at, &item.link_id)]);
        }
        let (mut accepted, mut errors) = (Vec::new(), Vec::new());
        for (n, value) in several(item, value, at).map_err(|error| vec![error])?.iter().enumerate() {
            match check(item, value, self.today) {
                _ if is_blank(value) => {}
                Ok(value) if item.kind.spec().chooses && accepted.contains(&value) => {}
                Ok(value) => accepted.push(value),
                Err(problem) => errors.push(problem.at(&format!("{at}/{n}"), &item.link_id)),
            }
        }
        errors.extend(too_few(item, accepted.len() + errors.len(), at));
        if errors.is_empty() { Ok(accepted) } else { Err(errors) }
    }
}

impl<'q> Visible<'q> {
    fn new(item: &'q Item, pointer: String) -> Self {
        Visible { item, pointer, given: None, rows: Vec::new(), errors: Vec::new(), accepted: None }
    }
}

/// The answer of a question that takes one; several are too many.
fn one<'v>(item: &Item, value: &'v Value, at: &str) -> Result<&'v Value, FieldError> {
    match value {
        Value::Array(values) if values.len() > 1 => Err(Problem::with(Code::TooMany, "max", 1).at(at, &item.link_id)),
        Value::Array(_) => Err(Problem::with(Code::WrongType, "expected", item.kind.name()).at(at, &item.link_id)),
        value => Ok(value),
    }
}

/// The answers of a question, or the rows of a group, that takes several; they come as an array.
fn several<'v>(item: &Item, value: &'v Value, at: &str) -> Result<&'v [Value], FieldError> {
    let Value::Array(values) = value else {
        if is_blank(value) {
            return Ok(&[]);
        }
        return Err(Problem::with(Code::WrongType, "expected", "array").at(at, &item.link_id));
    };
    // Blank entries are none; but a thousand of them are still not looked at one by one.
    let count = if values.len() > 10 * item.count_max() {
        values.len()
    } else {
        values.iter().filter(|v| !is_blank(v)).count()
    };
    if count > item.count_max() {
        return Err(Problem::with(Code::TooMany, "max", item.count_max()).at(at, &item.link_id));
    }
    Ok(values)
}

fn too_few(item: &Item, count: usize, at: &str) -> Option<FieldError> {
    let problem = match item.count_min() {
        min if count >= min => return None,
        _ if count == 0 => Code::Required.into(),
        min => Problem::with(Code::TooFew, "min", min),
    };
    Some(problem.at(at, &item.link_id))
}

/// The accepted answers of these items as one object; nothing if there are none.
pub(super) fn object(items: &[Visible]) -> Option<Value> {
    let fields: Map<_, _> =
        items.iter().filter_map(|shown| Some((shown.item.link_id.clone(), shown.accepted.clone()?))).collect();
    (!fields.is_empty()).then_some(Value::Object(fields))
}
