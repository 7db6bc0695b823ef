//! One condition. This folder is the only place that names the `cel` crate: its interface changes every year, and what it
//! offers is cut down here to what a rule needs (docs/adr/0003).

mod bind;
pub mod bounds;
mod guard;
mod shape;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

pub(super) use bind::{Bound, STAY};

/// Why a text is not a condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCondition {
    /// Too many bytes.
    #[error("the condition is longer than {} bytes: make two rules of it", bounds::SOURCE_BYTES_MAX)]
    TooLong,
    /// Too many tokens.
    #[error("the condition has more than {} words and signs: make two rules of it", bounds::TOKENS_MAX)]
    TooManyTokens,
    /// Too many open brackets.
    #[error("brackets are nested deeper than {}: make it flatter", bounds::NESTING_MAX)]
    TooNested,
    /// Could take too long.
    #[error(
        "the condition could take {0} steps over the longest lists, {most} are allowed: nest fewer lists",
        most = bounds::CONDITION_STEPS_MAX
    )]
    TooCostly(u64),
    /// Not CEL.
    #[error("not a condition: {0}")]
    Syntax(String),
    /// CEL, but not the part of it that rules may use.
    #[error("the condition has {0}")]
    Refused(String),
    /// The answer would not be yes or no.
    #[error("the condition must be true or false, but `{0}` is neither: compare it with something")]
    NotYesNo(String),
}

/// A condition, compiled, bounded and known to name facts only.
#[derive(Debug)]
pub struct Condition {
    source: String,
    program: cel::Program,
    shape: shape::Shape,
}

/// A condition that could not be evaluated: it read an unanswered question without `has()`, or compared unlike things.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unjudged(pub String);

static ENVIRONMENT: LazyLock<Arc<cel::Env>> =
    LazyLock::new(|| Arc::new(cel::Env::stdlib().with_optional_support(false)));

impl Condition {
    /// Compiles a condition.
    ///
    /// # Errors
    /// What the writer must change; nothing is compiled before the bounds are checked.
    ///
    /// ```
    /// use pratique_core::rules::{BadCondition, Condition};
    /// assert!(Condition::compile("stays.exists(s, s.level == 'high')").is_ok());
    /// assert!(matches!(Condition::compile("size(stays)"), Err(BadCondition::NotYesNo(_))));
    /// ```
    pub fn compile(source: &str) -> Result<Self, BadCondition> {
        guard::check(source)?;
        let program = ENVIRONMENT.compile(source).map_err(|errors| syntax(&errors))?;
        let shape = shape::of(program.expression())?;
        if shape.steps > bounds::CONDITION_STEPS_MAX {
            return Err(BadCondition::TooCostly(shape.steps));
        }
        Ok(Condition { source: source.to_owned(), program, shape })
    }

    /// The source, as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The most steps that an evaluation can take.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.shape.steps
    }

    /// The questions it reads, by linkId.
    #[must_use]
    pub fn questions(&self) -> &BTreeSet<String> {
        &self.shape.questions
    }

    /// The questions that it takes as true or false by themselves, by linkId.
    #[must_use]
    pub fn yes_no_questions(&self) -> &BTreeSet<String> {
        &self.shape.yes_no
    }

    /// The fields it reads of entries of a list (`s.level`, `v.visited_country`).
    #[must_use]
    pub fn entry_fields(&self) -> &BTreeSet<String> {
        &self.shape.entry_fields
    }

    /// The terms it reads (`term.fever`).
    #[must_use]
    pub fn terms(&self) -> &BTreeSet<String> {
        &self.shape.terms
    }

    /// Whether the facts meet the condition.
    pub(super) fn holds(&self, facts: &Bound) -> Result<bool, Unjudged> {
        match self.program.execute(facts.context()) {
            Ok(cel::Value::Bool(truth)) => Ok(truth),
            Ok(_) => Err(Unjudged("the answer was neither true nor false".to_owned())),
            Err(error) => Err(Unjudged(words(&error))),
        }
    }
}

/// The evaluator's errors print the values they met, which are a traveller's answers: only those that name a question or a
/// type are passed on.
fn words(error: &cel::ExecutionError) -> String {
    match error {
        cel::ExecutionError::NoSuchKey(key) => format!("`{key}` is not known"),
        cel::ExecutionError::NoSuchOverload(overload) => overload.to_string(),
        _ => "values of unlike kinds were compared".to_owned(),
    }
}

fn syntax(errors: &cel::ParseErrors) -> BadCondition {
    let Some(error) = errors.errors.first() else { return BadCondition::Syntax("it cannot be read".to_owned()) };
    BadCondition::Syntax(format!("line {}, column {}: {}", error.pos.0, error.pos.1, error.msg))
}
