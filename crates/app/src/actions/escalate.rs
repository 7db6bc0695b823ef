//! What is overdue is carried up the ladder: at the deadline, and 4, 12 and 24 hours after it, the next higher is told
//! (journey.md 6.1, Case). Supervisors see it first. Climbing twice changes nothing: a rung is climbed once.

use pratique_core::id::Id;
use pratique_core::journey::{self, Command, apply};
use pratique_store::{Change, Order};

use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::Reply;

/// Counts obligations that climbed, by kind and rung.
pub const ESCALATIONS: &str = "pratique_escalations_total";
/// Journeys read at once.
const AT_ONCE: u32 = 100;
const WHO: Caller = Caller::System("escalate");

/// Carries up whatever is due at any port by now; answers how many obligations climbed.
///
/// # Errors
/// The store's: what climbed already stays, the rest does so next time. One journey that cannot be read holds up no other.
pub async fn escalate(app: &App) -> Result<usize, Failure> {
    let mut climbed = 0;
    let mut failed = None;
    for port in app.house.ports() {
        let list = ledger::ladder(&port.code);
        let mut after = None;
        loop {
            let now_ms = app.now().as_millisecond();
            let due = app.store.entries(&list, i64::MIN..now_ms + 1, after, AT_ONCE, Order::Ascending).await?;
            for entry in &due {
                match one(app, entry.id).await {
                    Ok(more) => climbed += more,
                    Err(failure) => failed = failed.or(Some(failure)),
                }
            }
            after = due.last().copied();
            if due.len() < AT_ONCE as usize {
                break;
            }
        }
    }
    failed.map_or(Ok(climbed), Err)
}

/// Everything of one journey, in one change.
async fn one(app: &App, id: Id) -> Result<usize, Failure> {
    let reply = app
        .settle(None, || async move {
            let now = app.now();
            let loaded = lookups::journey::load(app, id).await?;
            let mut state = loaded.existing()?.clone();
            let (mut events, mut kinds) = (Vec::new(), Vec::new());
            for owed in state.clone().open() {
                let level = owed.level_at(now);
                if level > owed.level {
                    let more = journey::decide(Some(&state), &Command::Escalate { number: owed.number, level }, now)?;
                    state = more.iter().fold(state, apply);
                    kinds.push((owed.kind.name().to_owned(), level));
                    events.extend(more);
                }
            }
            let mut change = Change { label: "escalate", ..Change::default() };
            if !events.is_empty() {
                follow(&mut change, &loaded, &events, now)?;
            }
            change.audit.push(audit(&WHO, "escalate", Some(id), &format!("{{\"climbed\":{}}}", kinds.len()), now));
            Ok(Prepared { change, reply: Reply::new(200, &kinds)? })
        })
        .await?;
    let kinds: Vec<(String, u8)> = reply.read()?;
    for (kind, level) in &kinds {
        metrics::counter!(ESCALATIONS, "kind" => kind.clone(), "level" => level.to_string()).increment(1);
    }
    Ok(kinds.len())
}
