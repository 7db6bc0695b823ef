//! What was only for a while goes when its time is over, row and body: drafts that nobody sent, sessions that have ended.

use jiff::{SignedDuration, Timestamp};
use pratique_core::id::Id;
use pratique_store::{Change, Cursor, Entry, Kind, Order, Outcome, RowGone};

use super::draft;
use super::staff::SESSION_H_MAX;
use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;

/// What a kiosk forgot to wipe, since it lost its power, is dropped so many minutes after it was last saved.
pub const KIOSK_DRAFT_MIN_MAX: i64 = 30;
/// So many at a time, so that no request waits long behind a purge.
const AT_ONCE: u32 = 100;

/// Drops drafts that were not touched for as long as the ports keep them, and a kiosk's for [`KIOSK_DRAFT_MIN_MAX`] minutes, with
/// the keys that open them; answers how many. A draft does not say in the clear which port it is for, so the shortest promise is
/// kept to all.
///
/// # Errors
/// The store's.
pub async fn drafts(app: &App) -> Result<usize, Failure> {
    let before = app.now() - SignedDuration::from_mins(KIOSK_DRAFT_MIN_MAX);
    let at_kiosks = purge(app, ledger::KIOSK_DRAFTS, ledger::DRAFT, before, "purge-drafts").await?;
    let days = app.house.ports().map(|port| port.retention.draft_days).min();
    let Some(days) = days else { return Ok(at_kiosks) };
    let before = app.now() - SignedDuration::from_hours(24 * days);
    Ok(at_kiosks + purge(app, ledger::DRAFTS, ledger::DRAFT, before, "purge-drafts").await?)
}

/// Drops sessions that cannot be used any more, however they ended; answers how many.
///
/// # Errors
/// The store's.
pub async fn sessions(app: &App) -> Result<usize, Failure> {
    let before = app.now() - SignedDuration::from_hours(SESSION_H_MAX);
    purge(app, ledger::SESSIONS, ledger::SESSION, before, "purge-sessions").await
}

async fn purge(app: &App, list: &str, kind: Kind, before: Timestamp, action: &'static str) -> Result<usize, Failure> {
    let mut count = 0;
    loop {
        let range = i64::MIN..before.as_millisecond();
        let listed = app.store.entries(list, range, None, AT_ONCE, Order::Ascending).await?;
        if listed.is_empty() {
            return Ok(count);
        }
        match app.store.apply(going(app, list, kind, &listed, action).await?).await? {
            Outcome::Applied => count += listed.len(),
            // Somebody came back to theirs at this very moment: the next run looks again.
            Outcome::Conflict { .. } => return Ok(count),
            other => return Err(Failure::bug(format!("a purge cannot end in {other:?}"))),
        }
    }
}

async fn going(app: &App, list: &str, kind: Kind, listed: &[Cursor], action: &'static str) -> Result<Change, Failure> {
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows: Vec<_> = app.store.rows(&ids).await?.into_iter().flatten().filter(|row| row.kind == kind).collect();
    let release = rows.iter().filter(|_| kind == ledger::DRAFT).filter_map(|row| draft::claim_of(&row.state)).collect();
    let gone: Vec<RowGone> = rows.iter().map(|row| RowGone { id: row.id, expected: row.version }).collect();
    let detail = format!("{{\"rows\":{}}}", gone.len());
    Ok(Change {
        label: action,
        // A draft is sealed under a key of its own; a session has none, and nothing happens to what is not there.
        shred: if kind == ledger::DRAFT { gone.iter().map(|row| row.id).collect() } else { Vec::new() },
        gone,
        release,
        remove: listed.iter().map(|at| Entry { list: list.to_owned(), sort: at.sort, id: at.id }).collect(),
        audit: vec![audit(&Caller::System("purge"), action, None, &detail, app.now())],
        ..Change::default()
    })
}
