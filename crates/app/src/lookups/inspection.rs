//! A flight's health part, as it was recorded.

use pratique_core::flight::{FlightId, Inspection};
use pratique_core::id::Id;
use pratique_store::Order;
use serde_json::{Value, json};

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// How many are shown: the newest.
const SHOWN_MAX: u32 = 20;

/// The inspections of a flight, newest first: counts and codes, no seat and no word.
///
/// # Errors
/// The store's.
pub async fn all(app: &App, flight: &FlightId) -> Result<Vec<(Id, Inspection)>, Failure> {
    let list = ledger::inspections(flight);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, SHOWN_MAX, Order::Descending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    rows.map(|row| Ok((row.id, serde_json::from_str(&row.state)?))).collect()
}

/// As the API answers it.
#[must_use]
pub fn view(id: Id, kept: &Inspection) -> Value {
    json!({
        "id": id,
        "flight": kept.flight,
        "at": kept.at,
        "by": kept.by,
        "ill": kept.ill,
        "signs": kept.signs,
        "disinsected_at": kept.disinsected_at,
        "disinfected_at": kept.disinfected_at,
        "boarded_at": kept.boarded_at,
        "outcome": kept.outcome,
    })
}
