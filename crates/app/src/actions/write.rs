//! The pieces that every action on a journey writes alike: the row, its events, the audit line, the lists that follow from it.

use jiff::Timestamp;
use pratique_core::bulletin;
use pratique_core::id::Id;
use pratique_core::journey::{self, Event, Journey};
use pratique_core::{news, telling};
use pratique_store::{AuditEntry, Change, Entry, Event as EventRow, OutboxRow, RowWrite};

use super::listed;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::journey::Loaded;

/// Adds to a change what these events mean for the journey: its row one version on, the events, and the list of open
/// obligations. Answers the new state.
pub fn follow(change: &mut Change, loaded: &Loaded, events: &[Event], now: Timestamp) -> Result<Journey, Failure> {
    let (mut state, rest) = match (&loaded.journey, events) {
        (Some(journey), events) => (journey.clone(), events),
        (None, [first, rest @ ..]) => (journey::begin(first).ok_or_else(|| Failure::bug("no such beginning"))?, rest),
        (None, []) => return Err(Failure::bug("a journey without events")),
    };
    let before = state.clone();
    state = rest.iter().fold(state, journey::apply);
    let first_seq = loaded.journey.as_ref().map_or(0, |j| j.seq);
    for (event, seq) in events.iter().zip(first_seq + 1..) {
        let body = serde_json::to_string(event)?;
        change.events.push(EventRow {
            subject: loaded.id,
            seq,
            kind: event.name().to_owned(),
            at_ms: now.as_millisecond(),
            body,
        });
    }
    change.rows.push(RowWrite {
        kind: ledger::JOURNEY,
        id: loaded.id,
        expected: loaded.version,
        state: serde_json::to_string(&state)?,
    });
    list(change, loaded, &before, &state);
    let tally = bulletin::counted(loaded.journey.as_ref(), events);
    let entry = |counted: bulletin::Counted| Entry {
        list: ledger::figure(&state.port, counted.figure.name()),
        sort: ledger::tick(counted.at, counted.seq),
        id: loaded.id,
    };
    change.put.extend(tally.counted.into_iter().map(entry));
    change.remove.extend(tally.taken_back.into_iter().map(entry));
    tell(change, loaded, &state, events, now);
    revoke_passes(change, &before, &state);
    Ok(state)
}

/// Departments hear of the people whom they were given: an entry of each one's feed, and a message for its subscribers. Neither
/// holds more than where to look (`pratique_core::news`); what may be told is decided when it is read. Nor does the message for
/// the person (`pratique_core::telling`), whose address is unsealed only as it is sent.
fn tell(change: &mut Change, loaded: &Loaded, state: &Journey, events: &[Event], now: Timestamp) {
    let first = loaded.journey.as_ref().map_or(1, |j| j.seq + 1);
    let at_ms = now.as_millisecond();
    for (event, seq) in events.iter().zip(first..) {
        for department in news::told(loaded.journey.as_ref(), state, event) {
            change.put.push(Entry { list: ledger::feed(&state.port, department), sort: at_ms, id: loaded.id });
            change.outbox.push(OutboxRow {
                id: ledger::message(loaded.id, seq, department),
                topic: ledger::topic(&state.port, department),
                at_ms,
                body: ledger::pointer(loaded.id, seq),
            });
        }
        if telling::of(state, event).is_some() {
            change.outbox.push(OutboxRow {
                id: ledger::word(loaded.id, seq),
                topic: ledger::person_topic(&state.port),
                at_ms,
                body: ledger::pointer(loaded.id, seq),
            });
        }
    }
}

/// Ties a change to a journey that it was decided on and does not touch: its row is written as it is, one version on, so that
/// whatever happens to it in the same moment comes before or after, never beside.
///
/// # Errors
/// A journey that is not there.
pub fn guard(change: &mut Change, loaded: &Loaded) -> Result<(), Failure> {
    let state = serde_json::to_string(loaded.existing()?)?;
    change.rows.push(RowWrite { kind: ledger::JOURNEY, id: loaded.id, expected: loaded.version, state });
    Ok(())
}

/// The lists that the journey leaves and those that it joins.
fn list(change: &mut Change, loaded: &Loaded, before: &Journey, after: &Journey) {
    let was = if loaded.journey.is_some() { listed::entries(before, loaded.id) } else { Vec::new() };
    let is = listed::entries(after, loaded.id);
    change.put.extend(is.iter().filter(|e| !was.contains(e)).cloned());
    change.remove.extend(was.into_iter().filter(|e| !is.contains(e)));
}

/// A pass that was replaced, withdrawn or superseded stands on the list that offline checkpoints fetch, until it would have
/// expired anyway.
fn revoke_passes(change: &mut Change, before: &Journey, after: &Journey) {
    if let Some(old) = before.pass.current()
        && after.pass.current() != Some(old)
        && let Some(id) = ledger::padded_cti(&old.cti)
    {
        change.put.push(Entry { list: ledger::revoked(&before.port), sort: old.expires_at.as_millisecond(), id });
    }
}

/// One audit line.
#[must_use]
pub fn audit(who: &Caller, action: &str, subject: Option<Id>, detail: &str, now: Timestamp) -> AuditEntry {
    AuditEntry {
        at_ms: now.as_millisecond(),
        actor: who.name(),
        action: action.to_owned(),
        subject,
        detail: detail.to_owned(),
    }
}
