//! One act on one journey: read, asked of the gate, decided in the core, written with its audit line and the words that came
//! with it. Actions that need no more than this are a few lines; those that do (a plate of 96) add to the change.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command, Journey};
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::decide::{note, owed};
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::lookups::journey::Loaded;
use crate::once::{self, Once, Reply, Sealer};

/// What somebody does.
#[derive(Debug)]
pub struct Deed<'a> {
    /// The name in audit and metrics.
    pub label: &'static str,
    /// What the gate is asked.
    pub act: Act,
    /// On whom.
    pub journey: Id,
    /// What the core is asked.
    pub command: Command,
    /// In the person's own words; sealed under the key of whom they are about.
    pub reason: Option<&'a str>,
    /// Codes for the audit, JSON; never content.
    pub detail: String,
}

/// A deed that was decided and not yet written.
#[derive(Debug)]
pub struct Decided {
    /// What is to be written.
    pub change: Change,
    /// The journey before.
    pub before: Journey,
    /// The journey after.
    pub state: Journey,
}

/// What an act on a journey answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The journey.
    pub journey: Id,
    /// What is still owed: ids for `/obligations/{id}`.
    pub still_open: Vec<String>,
    /// The loop is closed.
    pub closed: bool,
}

impl Done {
    /// Of a journey.
    #[must_use]
    pub fn of(journey: &Journey, id: Id) -> Self {
        Done { journey: id, still_open: owed(journey, id), closed: journey.closed_at.is_some() }
    }
}

/// Reads the journey and decides a deed; the caller may add to the change before it is written.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Denied`], [`Failure::Refused`], an erased person's `Sealed` where words were given.
pub async fn decided(app: &App, who: &Caller, deed: &Deed<'_>) -> Result<Decided, Failure> {
    let loaded = lookups::journey::load(app, deed.journey).await?;
    decided_on(app, who, deed, &loaded).await
}

/// The same on a journey that was read already: whoever made the command from what they read is guarded by the version that they
/// read, and not by a newer one that the command knows nothing of.
///
/// # Errors
/// As [`decided`].
pub async fn decided_on(app: &App, who: &Caller, deed: &Deed<'_>, loaded: &Loaded) -> Result<Decided, Failure> {
    let now = app.now();
    let before = loaded.existing()?.clone();
    who.may(deed.act, &before.port)?;
    let events = journey::decide(Some(&before), &deed.command, now)?;
    let mut change = Change { label: deed.label, ..Change::default() };
    let state = match events.as_slice() {
        [] => before.clone(),
        events => follow(&mut change, loaded, events, now)?,
    };
    if let (Some(reason), false) = (deed.reason, events.is_empty()) {
        note(&mut change, app, deed.journey, before.seq + 1, reason).await?;
    }
    change.audit.push(audit(who, deed.label, Some(deed.journey), &deed.detail, now));
    Ok(Decided { change, before, state })
}

/// Does it, and answers [`Done`].
///
/// # Errors
/// As [`decided`].
pub async fn done(app: &App, who: &Caller, deed: &Deed<'_>, once: Option<Once>) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let Decided { mut change, state, .. } = decided(app, who, deed).await?;
        let reply = Reply::new(200, &Done::of(&state, deed.journey))?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
        Ok(Prepared { change, reply })
    })
    .await
}
