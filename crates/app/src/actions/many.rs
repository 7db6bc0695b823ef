//! Acts on many journeys that are one act in the world: a parcel of tubes, a plate of 96. Each journey is decided on as it is
//! after what was done to it before in the same act, and all of them are written in one change or not at all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command, Event, Journey, Refusal};
use pratique_store::Change;

use super::write::{audit, follow};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::journey::Loaded;

/// Journeys in one act.
#[derive(Debug)]
pub struct Many {
    now: Timestamp,
    open: BTreeMap<Id, One>,
}

#[derive(Debug)]
struct One {
    loaded: Loaded,
    state: Journey,
    events: Vec<Event>,
}

impl Many {
    /// Reads them; what is no journey is left out.
    ///
    /// # Errors
    /// The store's.
    pub async fn open(app: &App, ids: impl IntoIterator<Item = Id>) -> Result<Self, Failure> {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort();
        ids.dedup();
        let mut open = BTreeMap::new();
        for row in app.store.rows(&ids).await?.into_iter().flatten().filter(|row| row.kind == ledger::JOURNEY) {
            let state: Journey = serde_json::from_str(&row.state)?;
            let loaded = Loaded { id: row.id, version: row.version, journey: Some(state.clone()) };
            open.insert(row.id, One { loaded, state, events: Vec::new() });
        }
        Ok(Many { now: app.now(), open })
    }

    /// A journey as it is by now.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn journey(&self, id: Id) -> Result<&Journey, Failure> {
        self.open.get(&id).map(|one| &one.state).ok_or(Failure::NotFound)
    }

    /// Does one thing to one of them. A refusal leaves it as it was.
    ///
    /// # Errors
    /// The core's refusal; of a journey that is not among these, [`Refusal::NotDeclared`].
    pub fn does(&mut self, id: Id, command: &Command) -> Result<(), Refusal> {
        let one = self.open.get_mut(&id).ok_or(Refusal::NotDeclared)?;
        let events = journey::decide(Some(&one.state), command, self.now)?;
        one.state = events.iter().fold(one.state.clone(), journey::apply);
        one.events.extend(events);
        Ok(())
    }

    /// Puts all that happened into a change, with a line of the audit for each journey that something happened to.
    ///
    /// # Errors
    /// A value that cannot be written.
    pub fn write(&self, change: &mut Change, who: &Caller, detail: &str) -> Result<(), Failure> {
        for (id, one) in self.open.iter().filter(|(_, one)| !one.events.is_empty()) {
            follow(change, &one.loaded, &one.events, self.now)?;
            change.audit.push(audit(who, change.label, Some(*id), detail, self.now));
        }
        Ok(())
    }
}
