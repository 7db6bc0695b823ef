//! Who is at the medical desk of a port: everything that a medical officer owes, earliest deadline first.

use jiff::Timestamp;
use pratique_core::access::Role;
use pratique_core::id::Id;
use pratique_core::journey::obligation::State;
use pratique_core::journey::{Journey, ObligationKind};
use pratique_store::Order;

use super::obligation::Owed;
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// More people than a desk ever has before it: what is beyond has the later deadlines.
const PEOPLE_MAX: u32 = 500;
/// More tries than anybody makes to reach one person.
const TRIES_MAX: u32 = 100;

/// What the desk owes.
///
/// # Errors
/// The store's.
pub async fn owed(app: &App, port: &str) -> Result<Vec<Owed>, Failure> {
    owed_by(app, port, Role::Medical).await
}

/// Orders that people are still to be told of.
///
/// # Errors
/// The store's.
pub async fn to_serve(app: &App, port: &str) -> Result<Vec<Owed>, Failure> {
    let mut owed = owed_by(app, port, ObligationKind::ServeOrder.owner()).await?;
    owed.retain(|o| o.obligation.kind == ObligationKind::ServeOrder);
    Ok(owed)
}

async fn owed_by(app: &App, port: &str, role: Role) -> Result<Vec<Owed>, Failure> {
    let list = ledger::owed_by(port, role.name());
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, PEOPLE_MAX, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let mut owed = Vec::new();
    for row in app.store.rows(&ids).await?.into_iter().flatten() {
        let journey: Journey = serde_json::from_str(&row.state)?;
        let mine: Vec<_> = journey.open().filter(|o| o.kind.owner() == role).cloned().collect();
        owed.extend(mine.into_iter().map(|obligation| Owed {
            journey_id: row.id,
            journey: journey.clone(),
            obligation,
        }));
    }
    owed.sort_by_key(|o| o.obligation.due);
    Ok(owed)
}

/// When somebody tried to reach a person, oldest first.
///
/// # Errors
/// The store's.
pub async fn tries(app: &App, journey: Id, obligation: u32) -> Result<Vec<Timestamp>, Failure> {
    let list = ledger::tries(journey, obligation);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, TRIES_MAX, Order::Ascending).await?;
    listed.iter().map(|entry| Timestamp::from_millisecond(entry.sort).map_err(Failure::bug)).collect()
}

/// Has nobody taken it on? What is only due later (an order's end) is not a person waiting.
#[must_use]
pub fn is_free(owed: &Owed) -> bool {
    owed.obligation.state == State::Open && owed.obligation.kind != ObligationKind::EndOrder
}
