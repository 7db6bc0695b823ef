//! What somebody answered to the desk's investigations.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::Event;

use crate::app::App;
use crate::failure::Failure;
use crate::inquiry::Inquiry;
use crate::ledger;

/// One investigation.
#[derive(Debug, Clone, PartialEq)]
pub struct Investigation {
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub by: String,
    /// What was answered.
    pub inquiry: Inquiry,
}

/// Every investigation of a journey, oldest first. Whoever calls this shows a person: it must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn all(app: &App, journey: Id) -> Result<Vec<Investigation>, Failure> {
    let mut all = Vec::new();
    for row in app.store.events(journey).await?.into_iter().filter(|row| row.kind == "investigated") {
        let Event::Investigated { at, by, .. } = serde_json::from_str(&row.body)? else { continue };
        let Some(body) = app.store.body(ledger::inquiries_of(journey), row.seq).await? else { continue };
        let plain = app.person_key(journey).await?.open(&format!("inquiry/{}", row.seq), &body.sealed)?;
        all.push(Investigation { at, by, inquiry: serde_json::from_slice(&plain)? });
    }
    Ok(all)
}
