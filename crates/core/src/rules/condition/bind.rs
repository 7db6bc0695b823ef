//! Facts as variables of the evaluator, cut to the bounds.

use std::collections::{BTreeMap, HashMap};

use cel::Value as Cel;
use jiff::civil::Date;

use super::Condition;
use super::bounds::{ANSWERS_MAX, GROUP_MAX, LIST_MAX, TEXT_BYTES_MAX};
use crate::rules::{Areas, Facts, Stay, Value};

/// The variables that a condition may name. `today` is the port's date as `2026-11-24`.
pub(super) const ROOTS: [&str; 10] =
    ["age_y", "answers", "channel", "flight", "nationality", "sex", "stays", "temperature_c", "term", "today"];
/// The fields of `flight`.
pub(super) const FLIGHT: [&str; 5] = ["carrier", "number", "category", "origin", "on_schedule"];
/// The fields of an entry of `stays`.
pub(in crate::rules) const STAY: [&str; 6] = ["country", "place", "from", "to", "days_ago", "level"];

/// One person's facts, ready for every rule of a set.
pub(in crate::rules) struct Bound {
    context: cel::Context<'static, 'static>,
    terms: HashMap<String, Cel>,
    cut: bool,
}

impl Bound {
    /// Binds the facts of a person on a day.
    pub(in crate::rules) fn new(facts: &Facts, areas: &Areas, today: Date) -> Self {
        let mut context = cel::Context::with_env(super::ENVIRONMENT.clone());
        let mut cut = Cut(false);
        context.add_variable_from_value("age_y", facts.age_y);
        context.add_variable_from_value("sex", facts.sex.as_deref().map(|sex| cut.text(sex)));
        context.add_variable_from_value("nationality", cut.text(&facts.nationality));
        context.add_variable_from_value("channel", cut.text(&facts.channel));
        context.add_variable_from_value("temperature_c", facts.temperature_c);
        context.add_variable_from_value("today", today.to_string());
        context.add_variable_from_value("flight", flight(facts, &mut cut));
        context.add_variable_from_value("answers", answers(facts, &mut cut));
        let stays: Vec<Cel> =
            cut.list(&facts.stays).iter().map(|stay| self::stay(stay, areas, today, &mut cut)).collect();
        context.add_variable_from_value("stays", stays);
        context.add_variable_from_value("term", HashMap::<String, Cel>::new());
        Bound { context, terms: HashMap::new(), cut: cut.0 }
    }

    /// Settles a term for the conditions that follow. One that cannot be judged stays unknown, and so does every rule that
    /// needs it.
    pub(in crate::rules) fn settle(&mut self, id: &str, means: &Condition) {
        if let Ok(truth) = means.holds(self) {
            self.terms.insert(id.to_owned(), truth.into());
            self.context.add_variable_from_value("term", self.terms.clone());
        }
    }

    /// Whether something was longer than the bounds and was cut.
    pub(in crate::rules) fn is_cut(&self) -> bool {
        self.cut
    }

    pub(super) fn context(&self) -> &cel::Context<'static, 'static> {
        &self.context
    }
}

/// Cuts to the bounds and remembers whether it had to.
struct Cut(bool);

impl Cut {
    fn list<'a, T>(&mut self, items: &'a [T]) -> &'a [T] {
        self.0 |= items.len() > LIST_MAX;
        &items[..items.len().min(LIST_MAX)]
    }

    fn text(&mut self, text: &str) -> String {
        self.0 |= text.len() > TEXT_BYTES_MAX;
        text[..text.floor_char_boundary(TEXT_BYTES_MAX)].to_owned()
    }

    fn count(&mut self, count: usize, max: usize) -> usize {
        self.0 |= count > max;
        max
    }
}

fn flight(facts: &Facts, cut: &mut Cut) -> HashMap<String, Cel> {
    let flight = &facts.flight;
    let texts = [
        ("carrier", &flight.carrier),
        ("number", &flight.number),
        ("category", &flight.category),
        ("origin", &flight.origin),
    ];
    let mut fields: HashMap<String, Cel> =
        texts.into_iter().map(|(field, text)| (field.to_owned(), cut.text(text).into())).collect();
    fields.insert("on_schedule".to_owned(), flight.on_schedule.into());
    fields
}

fn answers(facts: &Facts, cut: &mut Cut) -> HashMap<String, Cel> {
    let kept = cut.count(facts.answers.iter().count(), ANSWERS_MAX);
    facts.answers.iter().take(kept).map(|(id, value)| (id.to_owned(), self::value(value, cut))).collect()
}

/// A value; lists nest at most as deep as [`crate::rules::Answers::read`] lets them.
fn value(value: &Value, cut: &mut Cut) -> Cel {
    match value {
        Value::Bool(truth) => (*truth).into(),
        Value::Int(number) => (*number).into(),
        Value::Decimal(number) => (*number).into(),
        Value::Text(text) => cut.text(text).into(),
        Value::List(items) => cut.list(items).iter().map(|item| self::value(item, cut)).collect::<Vec<Cel>>().into(),
        Value::Group(fields) => group(fields, cut).into(),
    }
}

/// An entry of a repeating group: at most [`GROUP_MAX`] plain values, those of its own repeats counted in.
fn group(fields: &BTreeMap<String, Value>, cut: &mut Cut) -> HashMap<String, Cel> {
    let mut left = GROUP_MAX;
    let mut kept = HashMap::new();
    for (id, value) in fields {
        let value = match value {
            Value::List(items) => {
                cut.0 |= items.len() > left;
                Value::List(items.iter().take(left).cloned().collect())
            }
            other => other.clone(),
        };
        let weight = if let Value::List(items) = &value { items.len().max(1) } else { 1 };
        if weight > left {
            cut.0 = true;
            break;
        }
        left -= weight;
        kept.insert(id.clone(), self::value(&value, cut));
    }
    kept
}

fn stay(stay: &Stay, areas: &Areas, today: Date, cut: &mut Cut) -> Cel {
    let date = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
    let fields: [(&str, Cel); STAY.len()] = [
        ("country", cut.text(&stay.country).into()),
        ("place", cut.text(&stay.place).into()),
        ("from", date(stay.from).into()),
        ("to", date(stay.to).into()),
        ("days_ago", stay.days_ago(today).into()),
        ("level", areas.level(stay, today).as_str().into()),
    ];
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect::<HashMap<String, Cel>>().into()
}
