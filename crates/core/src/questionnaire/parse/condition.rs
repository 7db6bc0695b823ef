//! `enableWhen`: read only where it can be evaluated and can be true.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Place, Reader, choice_of_type};
use crate::questionnaire::condition::{Behaviour, Condition, Expected, Operator};
use crate::questionnaire::item::Item;
use crate::questionnaire::kind::Kind;

impl Reader {
    pub(super) fn conditions(&mut self, object: &Map<String, Value>, at: Place) -> (Vec<Condition>, Behaviour) {
        let given = self.objects(object, "enableWhen", at);
        let behaviour = match object.get("enableBehavior").and_then(Value::as_str) {
            Some("any") => Behaviour::Any,
            Some("all") => Behaviour::All,
            None if given.len() < 2 && !object.contains_key("enableBehavior") => Behaviour::All,
            _ => {
                self.fault(at, "several enableWhen need an enableBehavior, \"all\" or \"any\" (R4 constraint que-12)");
                Behaviour::All
            }
        };
        let mut conditions = Vec::new();
        for (n, object) in given.into_iter().enumerate() {
            let pointer = format!("{}/enableWhen/{n}", at.pointer);
            let at = Place { pointer: &pointer, ..at };
            self.refuse_modifiers(object, at);
            conditions.extend(self.condition(object, at));
        }
        (conditions, behaviour)
    }

    fn condition(&mut self, object: &Map<String, Value>, at: Place) -> Option<Condition> {
        let question = self.string(object, "question", at).unwrap_or_default();
        let operator = object.get("operator").and_then(Value::as_str).and_then(Operator::read);
        let read = match (self.target(&question), operator) {
            (Err(message), _) => Err(message),
            (_, None) => Err("operator must be exists, =, !=, >, <, >= or <=".to_owned()),
            (Ok(target), Some(operator)) => expected(target, operator, object).map(|expected| (operator, expected)),
        };
        match read {
            Ok((operator, expected)) => Some(Condition { question, operator, expected }),
            Err(message) => {
                self.fault(at, message);
                None
            }
        }
    }

    /// The earlier question that a condition looks at.
    fn target(&self, question: &str) -> Result<&Item, String> {
        let Some((target, rows)) = self.before.get(question) else {
            return Err(format!(
                "no question before this one has the linkId {question:?}: a condition looks only backwards"
            ));
        };
        if !target.is_question() {
            return Err(format!("{question} is no question: let the condition look at one"));
        }
        if !self.rows.starts_with(rows) {
            return Err(format!("{question} is in a repeating group: only items of the same row can look at it"));
        }
        Ok(target)
    }
}

fn expected(target: &Item, operator: Operator, object: &Map<String, Value>) -> Result<Expected, String> {
    let Some((value_type, value)) = choice_of_type(object, "answer") else {
        return Err("the condition needs an answer[x] to compare with".to_owned());
    };
    if operator == Operator::Exists {
        // R4 constraint que-7.
        return match value {
            Value::Bool(wanted) if value_type == "Boolean" => Ok(Expected::Answered(*wanted)),
            _ => Err("exists needs an answerBoolean (R4 constraint que-7)".to_owned()),
        };
    }
    if operator.orders() && !target.kind.spec().ordered {
        return Err(format!("answers to {} have no order: use =, != or exists", target.link_id));
    }
    if !(target.takes_fhir_type(value_type) || (target.kind == Kind::Decimal && value_type == "Integer")) {
        return Err(format!(
            "{} is never answered with an answer{value_type}: the condition can never hold",
            target.link_id
        ));
    }
    let value = if value_type == "Coding" { value.get("code").unwrap_or(&Value::Null) } else { value };
    // The kind itself reads the value, without the form's limits, so that it compares with canonical answers; no limit
    // being there, the day does not matter.
    let bare = Item::bare(target.kind, target.link_id.clone());
    let canonical = (target.kind.spec().check)(&bare, value, Date::constant(2000, 1, 1));
    canonical.map(Expected::Answer).map_err(|problem| {
        format!("answer{value_type} is not an answer to {} ({}): correct it", target.link_id, problem.code.as_str())
    })
}
