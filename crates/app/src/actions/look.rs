//! To see a person is a write: who looked, and why, is recorded before anything is shown (architecture.md, The store).

use pratique_core::id::Id;
use pratique_store::{Change, Outcome, StoreError};

use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;

/// Records that somebody looks at these people. A traveller sees their own entry even while a full disk cannot record it: whoever
/// stands at a border with a pass must be able to show it (faults.md F5).
///
/// # Errors
/// The store's: then nothing may be shown.
pub async fn look(app: &App, who: &Caller, people: &[Id], why: &str) -> Result<(), Failure> {
    let now = app.now();
    let lines = people.iter().map(|id| audit(who, "look", Some(*id), why, now)).collect::<Vec<_>>();
    if lines.is_empty() {
        return Ok(());
    }
    match app.store.apply(Change { label: "look", audit: lines, ..Change::default() }).await {
        Ok(Outcome::Applied) => Ok(()),
        Err(StoreError::DiskFull(_)) if *who == Caller::Traveller => {
            tracing::warn!(why, "a traveller's look at their own entry is not on record: the disk is full");
            Ok(())
        }
        Err(failure) => Err(failure.into()),
        Ok(other) => Err(Failure::bug(format!("a look cannot end in {other:?}"))),
    }
}
