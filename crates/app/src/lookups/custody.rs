//! Where all samples of a port are, step by step, and what hangs: people without a tube, tubes without a next step. Nought is how
//! it should be.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::sample::{self, Tube, Which};
use crate::app::App;
use crate::failure::Failure;

/// The steps in the order in which a sample takes them.
pub const STEPS: [(&str, Which<'static>); 8] = [
    ("ordered", Which::Custody("ordered")),
    ("labelled", Which::Custody("labelled")),
    ("collected", Which::Custody("collected")),
    ("sent", Which::Custody("sent")),
    ("missing", Which::Custody("missing")),
    ("queued", Which::Test("queued")),
    ("on-plate", Which::Test("on-plate")),
    ("read", Which::Test("read")),
];

/// The first of these steps have no tube yet.
const WITHOUT_TUBE: usize = 2;
/// Read in one go.
const AT_ONCE: u32 = 1000;

/// How many samples are at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub name: &'static str,
    /// How many.
    pub count: usize,
    /// Of these, whose time for the next step is over.
    pub late: usize,
    /// Of these, for which nobody owes a next step: this must not be.
    pub astray: usize,
}

/// All steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// Step by step.
    pub steps: Vec<Step>,
    /// People of whom a sample is to be taken, late or owed by nobody.
    pub people_without_tube: usize,
    /// Tubes whose next step is late or owed by nobody.
    pub tubes_without_step: usize,
}

/// Does it hang: late, or owed by nobody?
#[must_use]
pub fn hangs(tube: &Tube, now: Timestamp) -> bool {
    tube.next_due.is_none_or(|due| due < now)
}

/// Every sample at a step.
///
/// # Errors
/// The store's.
pub async fn at(app: &App, port: &str, which: Which<'_>) -> Result<Vec<Tube>, Failure> {
    let (mut tubes, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = sample::listed(app, port, which, after, AT_ONCE).await?;
        tubes.extend(page);
        after = next;
        if after.is_none() {
            return Ok(tubes);
        }
    }
}

/// Counts all steps.
///
/// # Errors
/// The store's.
pub async fn count(app: &App, port: &str) -> Result<Custody, Failure> {
    let now = app.now();
    let mut custody = Custody { steps: Vec::new(), people_without_tube: 0, tubes_without_step: 0 };
    for (at_step, (name, which)) in STEPS.into_iter().enumerate() {
        let tubes = at(app, port, which).await?;
        let late = tubes.iter().filter(|t| t.next_due.is_some_and(|due| due < now)).count();
        let astray = tubes.iter().filter(|t| t.next_due.is_none()).count();
        custody.steps.push(Step { name, count: tubes.len(), late, astray });
        match at_step < WITHOUT_TUBE {
            true => custody.people_without_tube += late + astray,
            false => custody.tubes_without_step += late + astray,
        }
    }
    Ok(custody)
}

/// As the API shows it.
#[must_use]
pub fn view(custody: &Custody) -> Value {
    let step = |s: &Step| json!({ "step": s.name, "count": s.count, "late": s.late, "astray": s.astray });
    json!({
        "steps": custody.steps.iter().map(step).collect::<Vec<_>>(),
        "people_without_tube": custody.people_without_tube,
        "tubes_without_step": custody.tubes_without_step,
    })
}
