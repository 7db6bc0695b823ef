//! What cannot work as it is meant.

use std::collections::HashSet;

use super::{Finding, FindingKind};
use crate::questionnaire::condition::order;
use crate::questionnaire::{Behaviour, Condition, Expected, Item, Kind, Operator, Questionnaire};

/// Words that CEL keeps for itself (language definition, identifiers).
const CEL_WORDS: [&str; 20] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
];

pub(super) fn findings(form: &Questionnaire) -> Vec<Finding> {
    let mut findings = Vec::new();
    if form.url.is_empty() || form.version.is_empty() {
        let message = "the form needs a url and a version: declarations refer to them";
        findings.push(Finding::of_form(FindingKind::Unsound, message));
    }
    if form.items().is_empty() {
        findings.push(Finding::of_form(FindingKind::Unsound, "the form asks nothing: add items"));
    }
    let mut never = HashSet::new();
    for item in form.each() {
        let messages = [name(item), options(item), limits(item), reach(form, item, &mut never)];
        findings.extend(messages.into_iter().flatten().map(|m| Finding::of(FindingKind::Unsound, &item.link_id, m)));
    }
    findings
}

fn name(item: &Item) -> Option<String> {
    let starts = item.link_id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let plain = item.link_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let free = !CEL_WORDS.contains(&item.link_id.as_str());
    let fits = starts && plain && free;
    (!fits).then(|| {
        "rules cannot name this linkId: use letters, digits and underscores, and none of CEL's own words".to_owned()
    })
}

fn options(item: &Item) -> Option<String> {
    let empty = matches!(item.kind, Kind::Choice | Kind::OpenChoice) && item.options.is_empty();
    empty.then(|| "there is nothing to choose from: add answerOption".to_owned())
}

fn limits(item: &Item) -> Option<String> {
    let bounds = &item.bounds;
    let most = item.count_max();
    let crossed = [
        bounds.number_min.zip(bounds.number_max).is_some_and(|(min, max)| min > max),
        bounds.length_min.zip(bounds.length_max).is_some_and(|(min, max)| min > max),
        bounds.length_max == Some(0),
        item.count_min() > most || most == 0,
        match (bounds.date_min, bounds.date_max) {
            // Limits of two sorts cross on some days and not on others; only like can be compared with like.
            (Some(min), Some(max)) => {
                use crate::questionnaire::DateBound::{Fixed, Today};
                match (min, max) {
                    (Fixed(min), Fixed(max)) => min > max,
                    (Today { plus_days: min }, Today { plus_days: max }) => min > max,
                    _ => false,
                }
            }
            _ => false,
        },
    ];
    crossed.contains(&true).then(|| "no answer fits its limits: the smallest is above the largest".to_owned())
}

/// Says of an item that can never be asked why; `never` gathers these and all that stand in them.
fn reach<'q>(form: &'q Questionnaire, item: &'q Item, never: &mut HashSet<&'q str>) -> Option<String> {
    let inherited = never.contains(item.link_id.as_str());
    let holds: Vec<bool> = item.conditions.iter().map(|condition| can_hold(form, condition, never)).collect();
    let reachable = match item.behaviour {
        Behaviour::All => holds.iter().all(|holds| *holds) && !contradict(form, &item.conditions),
        Behaviour::Any => holds.is_empty() || holds.contains(&true),
    };
    if inherited || !reachable {
        never.insert(&item.link_id);
        never.extend(item.children.iter().map(|child| child.link_id.as_str()));
    }
    // What stands inside an item that is never asked is not told again.
    (!reachable && !inherited).then(|| "its conditions can never hold: it is never asked".to_owned())
}

fn can_hold(form: &Questionnaire, condition: &Condition, never: &HashSet<&str>) -> bool {
    let Some(target) = form.find(&condition.question) else { return false };
    let unanswerable = never.contains(condition.question.as_str());
    match (&condition.expected, condition.operator) {
        (Expected::Answered(wanted), _) => !(*wanted && unanswerable),
        (Expected::Answer(_), Operator::NotEqual) => true,
        (Expected::Answer(value), operator) => !unanswerable && is_possible(target, operator, value),
    }
}

/// Whether an answer to this question can compare so.
fn is_possible(target: &Item, operator: Operator, value: &serde_json::Value) -> bool {
    if operator == Operator::Equal && !target.options.is_empty() && target.kind != Kind::OpenChoice {
        return value.as_str().is_some_and(|code| target.option(code).is_some());
    }
    let Some(number) = value.as_f64() else { return true };
    let low = target.bounds.number_min.unwrap_or(f64::NEG_INFINITY);
    let high = target.bounds.number_max.unwrap_or(f64::INFINITY);
    match operator {
        Operator::Equal => low <= number && number <= high,
        Operator::Greater => high > number,
        Operator::GreaterOrEqual => high >= number,
        Operator::Less => low < number,
        Operator::LessOrEqual => low <= number,
        Operator::Exists | Operator::NotEqual => true,
    }
}

/// Whether two conditions that must both hold look at one single answer and want different things of it.
fn contradict(form: &Questionnaire, conditions: &[Condition]) -> bool {
    let pairs = conditions.iter().enumerate().flat_map(|(n, a)| conditions[n + 1..].iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| a.question == b.question).any(|(a, b)| {
        let single = form.find(&a.question).is_some_and(|target| !target.repeats);
        match (&a.expected, &b.expected) {
            (Expected::Answered(a), Expected::Answered(b)) => a != b,
            (Expected::Answered(false), Expected::Answer(_)) => b.operator != Operator::NotEqual,
            (Expected::Answer(_), Expected::Answered(false)) => a.operator != Operator::NotEqual,
            (Expected::Answer(x), Expected::Answer(y)) => {
                let equal = order(x, y).is_some_and(std::cmp::Ordering::is_eq);
                match (a.operator, b.operator) {
                    (Operator::Equal, Operator::Equal) => single && !equal,
                    (Operator::Equal, Operator::NotEqual) | (Operator::NotEqual, Operator::Equal) => equal,
                    _ => false,
                }
            }
            _ => false,
        }
    })
}
