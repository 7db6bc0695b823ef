//! What a compiled condition is made of: only what rules may use, only facts that exist, and how many steps it can take.
//!
//! The evaluator offers far more than this (regular expressions, timestamps, types, maps). Whatever is not listed here is
//! refused, so that a new version of it brings nothing in unseen.

use std::collections::BTreeSet;

use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, ListExpr, LiteralValue, SelectExpr, operators as op,
};

use super::BadCondition;
use super::bind::{FLIGHT, ROOTS};
use super::bounds::{GROUP_MAX, LIST_MAX, MACROS_NESTED_MAX};

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub steps: u64,
    pub questions: BTreeSet<String>,
    pub yes_no: BTreeSet<String>,
    pub entry_fields: BTreeSet<String>,
    pub terms: BTreeSet<String>,
}

/// The most that evaluating an expression can cost, and the most that its value can weigh.
#[derive(Debug, Clone, Copy)]
struct Load {
    /// Steps to evaluate it.
    steps: u64,
    /// Entries, if it is a list.
    len: u64,
    /// Scalars in one entry.
    entry: u64,
    /// Scalars in all: what a comparison or a copy of it costs.
    size: u64,
    /// Scalars in one field of an entry.
    field: u64,
}

// A step is about a tenth of a microsecond; these weights come from `examples/rules_worst_case.rs`, so that no kind of
// condition takes much longer a step than another.
const STEPS_NAME: u64 = 2;
const STEPS_FIELD: u64 = 4;
const STEPS_CALL: u64 = 3;
const STEPS_LOOP: u64 = 3;
/// To copy one scalar of a list or entry, with its name and its bytes.
const STEPS_COPY: u64 = 3;

const LIST: u64 = LIST_MAX as u64;
const GROUP: u64 = GROUP_MAX as u64;
/// One answer: a plain value, or a repeat of entries, each of at most [`GROUP_MAX`] plain values.
const ANSWER: Load = Load { steps: STEPS_FIELD, len: LIST, entry: GROUP, size: LIST * GROUP, field: GROUP };
const STAYS: Load = Load { steps: STEPS_NAME, len: LIST, entry: 6, size: LIST * 6, field: 1 };

impl Load {
    fn scalar(steps: u64) -> Self {
        Load { steps, len: 1, entry: 1, size: 1, field: 1 }
    }

    fn either(self, other: Load) -> Self {
        Load {
            steps: self.steps.saturating_add(other.steps),
            len: self.len.max(other.len),
            entry: self.entry.max(other.entry),
            size: self.size.max(other.size),
            field: self.field.max(other.field),
        }
    }

    fn joined(self, other: Load) -> Self {
        let size = self.size.saturating_add(other.size);
        Load { len: self.len.saturating_add(other.len), size, ..self.either(other) }
            .plus(size.saturating_mul(STEPS_COPY))
    }

    /// What a copy of its value costs.
    fn copy(self) -> u64 {
        self.size.saturating_mul(STEPS_COPY)
    }

    fn plus(self, steps: u64) -> Self {
        Load { steps: self.steps.saturating_add(steps), ..self }
    }
}

/// Walks a condition.
pub(super) fn of(condition: &IdedExpr) -> Result<Shape, BadCondition> {
    let mut walk = Walk { found: Shape::default(), variables: Vec::new() };
    let load = walk.visit(condition)?;
    walk.yes_no(condition)?;
    walk.found.steps = load.steps;
    Ok(walk.found)
}

struct Walk<'e> {
    found: Shape,
    /// The variables of the macros around the place of the walk, with the list that each runs over.
    variables: Vec<(&'e str, Load)>,
}

fn refused<T>(words: impl Into<String>) -> Result<T, BadCondition> {
    Err(BadCondition::Refused(words.into()))
}

impl<'e> Walk<'e> {
    fn visit(&mut self, expression: &'e IdedExpr) -> Result<Load, BadCondition> {
        match &expression.expr {
            Expr::Literal(LiteralValue::Bytes(_)) => refused("bytes (b'…'): use a plain string"),
            Expr::Literal(LiteralValue::UInt(_)) => refused("an unsigned number: write 3, not 3u"),
            Expr::Literal(_) => Ok(Load::scalar(1)),
            Expr::Ident(name) => self.name(name),
            Expr::Select(select) => self.select(select),
            Expr::List(list) => self.list(list),
            Expr::Call(call) => self.call(call),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
            Expr::Map(_) | Expr::Struct(_) => refused("a map or an object ({…}): a rule only asks, it builds nothing"),
            Expr::Unspecified => refused("an empty part"),
        }
    }

    fn name(&self, name: &str) -> Result<Load, BadCondition> {
        // The macros' own accumulator: its cost is in STEPS_LOOP.
        if name.starts_with('@') {
            return Ok(Load::scalar(0));
        }
        if let Some(list) = self.variable(name) {
            return Ok(Load {
                steps: STEPS_NAME,
                len: list.entry,
                entry: list.entry,
                size: list.entry,
                field: list.field,
            });
        }
        match name {
            "answers" => refused("`answers` by itself: name the question, as in answers.contact_case"),
            "flight" => refused(format!("`flight` by itself: name one of flight.{}", FLIGHT.join(", flight."))),
            "term" => refused("`term` by itself: name one, as in term.fever"),
            "stays" => Ok(STAYS),
            known if ROOTS.contains(&known) => Ok(Load::scalar(STEPS_NAME)),
            _ => refused(format!("`{name}`, which is no fact; the facts are {}", ROOTS.join(", "))),
        }
    }

    /// The list that the innermost variable of this name runs over.
    fn variable(&self, name: &str) -> Option<Load> {
        self.variables.iter().rev().find(|(variable, _)| *variable == name).map(|(_, list)| *list)
    }

    fn select(&mut self, select: &'e SelectExpr) -> Result<Load, BadCondition> {
        let Expr::Ident(of) = &select.operand.expr else {
            return refused(format!("`.{}` on something that is neither a fact nor an entry of a list", select.field));
        };
        if let Some(list) = self.variable(of) {
            self.found.entry_fields.insert(select.field.clone());
            let field = Load { steps: STEPS_FIELD, len: list.field, entry: 1, size: list.field, field: 1 };
            return Ok(if select.test { Load::scalar(STEPS_FIELD) } else { field });
        }
        match of.as_str() {
            "answers" => {
                self.found.questions.insert(select.field.clone());
                Ok(ANSWER)
            }
            "term" => {
                self.found.terms.insert(select.field.clone());
                Ok(Load::scalar(STEPS_FIELD))
            }
            "flight" if FLIGHT.contains(&select.field.as_str()) => Ok(Load::scalar(STEPS_FIELD)),
            "flight" => refused(format!("`flight.{}`; there is flight.{}", select.field, FLIGHT.join(", flight."))),
            _ => refused(format!("`{of}.{}`: {of} has no fields here", select.field)),
        }
        .map(|load| if select.test { Load::scalar(STEPS_FIELD) } else { load })
    }

    fn list(&mut self, list: &'e ListExpr) -> Result<Load, BadCondition> {
        let mut all = Load { steps: 1, len: 0, entry: 0, size: 0, field: GROUP };
        for element in &list.elements {
            let one = self.visit(element)?;
            all.steps = all.steps.saturating_add(one.steps).saturating_add(one.copy());
            all.len += 1;
            all.entry = all.entry.max(one.size);
            all.size = all.size.saturating_add(one.size);
        }
        Ok(all)
    }

    fn call(&mut self, call: &'e CallExpr) -> Result<Load, BadCondition> {
        let mut parts = Vec::new();
        for part in call.target.as_deref().into_iter().chain(&call.args) {
            parts.push(self.visit(part)?);
        }
        let steps = parts.iter().fold(STEPS_CALL, |steps, part| steps.saturating_add(part.steps));
        // An operator that does not fit its operands copies them into its error, and `all` and `exists` go on after it. A
        // comparison copies the right one only: a left one that has no order is an error at once.
        let copied = |parts: &[Load]| parts.iter().fold(steps, |steps, part| steps.saturating_add(part.copy()));
        match (call.func_name.as_str(), parts.as_slice()) {
            (op::LOGICAL_AND | op::LOGICAL_OR | op::LOGICAL_NOT | op::NOT_STRICTLY_FALSE, _) => Ok(Load::scalar(steps)),
            (op::GREATER | op::GREATER_EQUALS | op::LESS | op::LESS_EQUALS, [_, right]) => {
                Ok(Load::scalar(copied(&[*right])))
            }
            (op::NEGATE | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | op::MODULO, all) => Ok(Load::scalar(copied(all))),
            ("size", _) => Ok(Load::scalar(steps)),
            ("contains" | "startsWith" | "endsWith", _) => Ok(Load::scalar(steps.saturating_add(8))),
            (op::EQUALS | op::NOT_EQUALS, [a, b]) => Ok(Load::scalar(steps.saturating_add(a.size.min(b.size)))),
            (op::IN, [what, list]) => {
                let compared = list.len.saturating_mul(what.size.min(list.entry));
                Ok(Load::scalar(steps.saturating_add(compared)))
            }
            (op::CONDITIONAL, [_, yes, no]) => Ok(Load { steps, ..yes.either(*no) }),
            (op::ADD, [a, b]) => Ok(a.joined(*b).plus(1)),
            (op::INDEX, all @ [list, _]) => {
                let entry = list.entry;
                Ok(Load { steps: copied(all), len: entry, entry, size: entry, field: list.field })
            }
            ("matches", _) => {
                refused("`matches`: a regular expression has no bound on its time; use ==, in, startsWith or contains")
            }
            (other, _) => refused(format!(
                "`{other}`; there is size, startsWith, endsWith, contains, has, exists, all, exists_one, filter, map"
            )),
        }
    }

    fn comprehension(&mut self, part: &'e ComprehensionExpr) -> Result<Load, BadCondition> {
        let range = self.visit(&part.iter_range)?;
        if self.variables.len() >= MACROS_NESTED_MAX {
            return refused(format!("more than {MACROS_NESTED_MAX} of exists, all, filter, map inside one another"));
        }
        if part.iter_var2.is_some() || part.iter_var.starts_with('@') || ROOTS.contains(&part.iter_var.as_str()) {
            return refused(format!(
                "`{}` as the name of an entry: choose a name that is no fact's, such as s",
                part.iter_var
            ));
        }
        let before = self.visit(&part.accu_init)?;
        self.variables.push((&part.iter_var, range));
        self.visit(&part.loop_cond)?;
        let step = self.visit(&part.loop_step)?;
        self.variables.pop();
        let after = self.visit(&part.result)?;
        let loops = range.len.saturating_mul(step.steps.saturating_add(STEPS_LOOP));
        let steps = [range.steps, before.steps, loops, after.steps].into_iter().fold(1u64, u64::saturating_add);
        // `filter` and `map` begin with an empty list and append to it; the others end in one truth.
        if matches!(part.accu_init.expr, Expr::List(_)) {
            let size = range.len.saturating_mul(step.size);
            return Ok(Load { steps, len: range.len, entry: step.size, size, field: step.field.max(GROUP) });
        }
        Ok(Load::scalar(steps))
    }

    /// Whether the expression is true or false whenever it can be evaluated at all. Of an answer the form knows, not we.
    fn yes_no(&mut self, expression: &'e IdedExpr) -> Result<(), BadCondition> {
        match &expression.expr {
            Expr::Literal(LiteralValue::Boolean(_)) => Ok(()),
            Expr::Comprehension(part) if !matches!(part.accu_init.expr, Expr::List(_)) => Ok(()),
            Expr::Select(select) => self.yes_no_field(select),
            Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
                (op::LOGICAL_AND | op::LOGICAL_OR | op::LOGICAL_NOT, parts) => {
                    parts.iter().try_for_each(|part| self.yes_no(part))
                }
                (op::CONDITIONAL, [asked, yes, no]) => {
                    [asked, yes, no].into_iter().try_for_each(|part| self.yes_no(part))
                }
                (op::EQUALS | op::NOT_EQUALS | op::IN | op::GREATER | op::GREATER_EQUALS, _) => Ok(()),
                (op::LESS | op::LESS_EQUALS | "contains" | "startsWith" | "endsWith", _) => Ok(()),
                (other, _) => Err(BadCondition::NotYesNo(other.trim_matches('_').to_owned())),
            },
            Expr::Ident(name) => Err(BadCondition::NotYesNo(name.clone())),
            _ => Err(BadCondition::NotYesNo("a value or a list".to_owned())),
        }
    }

    fn yes_no_field(&mut self, select: &SelectExpr) -> Result<(), BadCondition> {
        if select.test {
            return Ok(());
        }
        match &select.operand.expr {
            Expr::Ident(of) if of == "answers" => {
                self.found.yes_no.insert(select.field.clone());
                Ok(())
            }
            Expr::Ident(of) if of == "term" || (of == "flight" && select.field == "on_schedule") => Ok(()),
            _ => Err(BadCondition::NotYesNo(select.field.clone())),
        }
    }
}
