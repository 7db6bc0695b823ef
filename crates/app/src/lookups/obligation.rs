//! What is owed at a port, by deadline.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::obligation::State;
use pratique_core::journey::{Journey, Obligation};
use pratique_store::{Cursor, Order};
use serde_json::{Value, json};

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// One open obligation with its journey.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The journey.
    pub journey_id: Id,
    /// Its state.
    pub journey: Journey,
    /// What is owed.
    pub obligation: Obligation,
}

/// An obligation's name outside: the journey and the number in it.
#[must_use]
pub fn name(journey: Id, number: u32) -> String {
    format!("{journey}.{number}")
}

/// Reads an obligation's name.
///
/// # Errors
/// [`Failure::NotFound`].
pub fn parse_name(name: &str) -> Result<(Id, u32), Failure> {
    let (journey, number) = name.rsplit_once('.').ok_or(Failure::NotFound)?;
    Ok((journey.parse().map_err(|_| Failure::NotFound)?, number.parse().map_err(|_| Failure::NotFound)?))
}

/// What is open at a port, earliest deadline first; a page and where the next one starts.
///
/// # Errors
/// The store's.
pub async fn open(
    app: &App,
    port: &str,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Owed>, Option<Cursor>), Failure> {
    let list = ledger::obligations(port);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, after, limit, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let mut owed = Vec::new();
    for row in app.store.rows(&ids).await?.into_iter().flatten() {
        let journey: Journey = serde_json::from_str(&row.state)?;
        let open: Vec<Obligation> = journey.open().cloned().collect();
        owed.extend(open.into_iter().map(|obligation| Owed {
            journey_id: row.id,
            journey: journey.clone(),
            obligation,
        }));
    }
    let next = if listed.len() == limit as usize { listed.last().copied() } else { None };
    Ok((owed, next))
}

/// As the API shows it: no person in it.
#[must_use]
pub fn view(owed: &Owed, now: Timestamp) -> Value {
    let o = &owed.obligation;
    let taken_by = match &o.state {
        State::Acknowledged { by, .. } | State::Answered { by, .. } => Some(by),
        State::Open => None,
    };
    json!({
        "id": name(owed.journey_id, o.number),
        "kind": o.kind.name(),
        "owner": o.kind.owner().name(),
        "journey": owed.journey_id,
        "flight": owed.journey.flight,
        "about": o.about,
        "department": o.department,
        "level": o.level,
        "opened_at": o.opened_at,
        "opened_by": o.opened_by,
        "due": o.due,
        "urgency": o.urgency(now).as_str(),
        "state": if taken_by.is_some() { "acknowledged" } else { "open" },
        "taken_by": taken_by,
    })
}
