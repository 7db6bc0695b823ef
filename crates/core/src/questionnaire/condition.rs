//! When an item is asked: FHIR's `enableWhen`.

use serde_json::Value;

/// One condition on an earlier question.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The linkId of the question that it looks at.
    pub question: String,
    /// How its answers are compared.
    pub operator: Operator,
    /// With what.
    pub expected: Expected,
}

/// R4 questionnaire-enable-operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Whether there is an answer.
    Exists,
    /// At least one answer is equal.
    Equal,
    /// No answer is equal; by the words of R4 this also holds where there is no answer.
    NotEqual,
    /// At least one answer is greater.
    Greater,
    /// At least one answer is less.
    Less,
    /// At least one answer is greater or equal.
    GreaterOrEqual,
    /// At least one answer is less or equal.
    LessOrEqual,
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// For `exists`: that there is an answer, or that there is none.
    Answered(bool),
    /// A canonical answer of that question.
    Answer(Value),
}

/// How several conditions of one item are joined (R4 enableBehavior; constraint que-12 wants it where there are several).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// All must hold.
    All,
    /// One is enough.
    Any,
}

impl Operator {
    pub(super) fn read(code: &str) -> Option<Self> {
        Some(match code {
            "exists" => Operator::Exists,
            "=" => Operator::Equal,
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            ">=" => Operator::GreaterOrEqual,
            "<=" => Operator::LessOrEqual,
            _ => return None,
        })
    }

    /// Whether it needs values that have an order.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Operator::Exists | Operator::Equal | Operator::NotEqual)
    }
}

impl Condition {
    /// Whether it holds for the (canonical) answers given to its question.
    pub(super) fn holds(&self, answers: &[Value]) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let expected = match &self.expected {
            Expected::Answered(wanted) => return answers.is_empty() != *wanted,
            Expected::Answer(value) => value,
        };
        let any = |fits: &[std::cmp::Ordering]| {
            answers.iter().any(|answer| order(answer, expected).is_some_and(|order| fits.contains(&order)))
        };
        match self.operator {
            Operator::Exists | Operator::Equal => any(&[Equal]),
            Operator::NotEqual => !any(&[Equal]),
            Operator::Greater => any(&[Greater]),
            Operator::Less => any(&[Less]),
            Operator::GreaterOrEqual => any(&[Greater, Equal]),
            Operator::LessOrEqual => any(&[Less, Equal]),
        }
    }
}

/// The order of two canonical answers of one question. Dates are ISO 8601 texts of one length, which sort as they follow.
pub(super) fn order(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        _ => None,
    }
}
