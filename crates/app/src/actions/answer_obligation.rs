//! Somebody takes an obligation on, or answers it.

use pratique_core::access::{Act, Denied, Grant, Role};
use pratique_core::journey::obligation::Answer;
use pratique_core::journey::{self, Command, Obligation, Outcome};
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::decide::{note, owed, words};
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// An answer as somebody sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerRequest {
    /// `fit`, `identity-confirmed`, `seen`, or a disposition.
    pub outcome: String,
    /// Words about it; sealed.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The obligation.
    pub id: String,
    /// `acknowledged` or `answered`.
    pub state: String,
    /// What the journey still owes.
    pub still_open: Vec<String>,
    /// The loop is closed.
    pub closed: bool,
}

/// Takes an obligation on.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`].
pub async fn acknowledge(app: &App, who: &Caller, name: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let (_, number) = lookups::obligation::parse_name(name)?;
    let command = Command::Acknowledge { number, by: who.name() };
    let command = &command;
    app.settle(once, || prepare(app, who, name, ("acknowledge", command), None, once)).await
}

/// Answers an obligation.
///
/// # Errors
/// The same, and [`Failure::Invalid`].
pub async fn answer(
    app: &App,
    who: &Caller,
    name: &str,
    request: &AnswerRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let (_, number) = lookups::obligation::parse_name(name)?;
    let outcome = Outcome::parse(&request.outcome).ok_or_else(|| Failure::field("/outcome", "not-an-outcome"))?;
    let reason = words(request.reason.as_deref())?;
    let command = Command::Answer(Answer { number, outcome, reasoned: reason.is_some(), by: who.name() });
    let (command, reason) = (&command, reason.as_deref());
    app.settle(once, || prepare(app, who, name, ("answer", command), reason, once)).await
}

/// Whoever owes it answers it: the role, and of departments the one that it was given to.
fn owes(grant: &Grant, owed: &Obligation) -> Result<(), Denied> {
    match &owed.department {
        _ if grant.role != owed.kind.owner() => Err(Denied::Role),
        Some(department) if grant.role == Role::Department && grant.organisation.as_ref() != Some(department) => {
            Err(Denied::Organisation)
        }
        _ => Ok(()),
    }
}

async fn prepare(
    app: &App,
    who: &Caller,
    name: &str,
    (action, command): (&'static str, &Command),
    reason: Option<&str>,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let (journey_id, number) = lookups::obligation::parse_name(name)?;
    let loaded = lookups::journey::load(app, journey_id).await?;
    let journey = loaded.existing()?;
    who.may(Act::AnswerObligation, &journey.port)?;
    if let (Caller::Staff(staff), Some(owed)) = (who, journey.obligations.iter().find(|o| o.number == number)) {
        owes(&staff.grant, owed)?;
    }
    let events = journey::decide(Some(journey), command, now)?;
    let first_new = journey.seq + 1;
    let mut change = Change { label: action, ..Change::default() };
    let state = match events.as_slice() {
        [] => journey.clone(),
        events => follow(&mut change, &loaded, events, now)?,
    };
    if let Some(reason) = reason {
        note(&mut change, app, journey_id, first_new, reason).await?;
    }
    change.audit.push(audit(who, action, Some(journey_id), &format!("{{\"obligation\":{number}}}"), now));
    let done = state.obligations.iter().any(|o| o.number == number && !o.is_open());
    let answer = Answered {
        id: name.to_owned(),
        state: if done { "answered" } else { "acknowledged" }.to_owned(),
        still_open: owed(&state, journey_id),
        closed: state.closed_at.is_some(),
    };
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}
