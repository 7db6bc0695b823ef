//! Orders of a journey, and what the pack would order: codes and times, no person.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::order::State;
use pratique_core::journey::{Journey, Order};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::obligation;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;

/// One order, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// Its id: the journey and its number there.
    pub id: String,
    /// What is ordered.
    pub measure: String,
    /// `proposed`, `issued`, `active` or `ended`.
    pub state: String,
    /// The named officer, once it was given.
    pub issued_by: Option<String>,
    /// The instant at which it ends, while it holds.
    pub until: Option<Timestamp>,
    /// The language in which the person was told.
    pub language: Option<String>,
    /// How it ended.
    pub ending: Option<String>,
}

/// An order as the API shows it.
#[must_use]
pub fn view(journey: Id, order: &Order) -> OrderView {
    let (issued_by, language, ending) = match &order.state {
        State::Proposed { .. } => (None, None, None),
        State::Issued(issued) => (Some(issued.by.clone()), None, None),
        State::Active { issued, language, .. } => (Some(issued.by.clone()), Some(language.clone()), None),
        State::Ended { ending, .. } => (None, None, Some(ending.name().to_owned())),
    };
    OrderView {
        id: obligation::name(journey, order.number),
        measure: order.measure.name().to_owned(),
        state: order.state_name().to_owned(),
        issued_by,
        until: order.until(),
        language,
        ending,
    }
}

/// All orders of a journey; and for whoever may give one what the pack in force would order, each proposal with its reason in
/// this language. A reason may tell a result, which is nobody else's.
///
/// # Errors
/// A port without its pack.
pub fn of(app: &App, who: &Caller, id: Id, journey: &Journey, language: &str) -> Result<Value, Failure> {
    let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    let may_give = who.may(Act::GiveOrder, &journey.port).is_ok();
    let proposals = if may_give { in_force.pack.proposals(journey) } else { Vec::new() };
    let proposals = proposals.into_iter().map(|proposal| {
        json!({
            "measure": proposal.measure.name(),
            "days": proposal.days,
            "reason": proposal.reason.get(language),
        })
    });
    Ok(json!({
        "orders": journey.orders.iter().map(|order| view(id, order)).collect::<Vec<_>>(),
        "proposals": proposals.collect::<Vec<_>>(),
    }))
}
