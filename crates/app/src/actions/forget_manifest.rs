//! An airline's list goes when its time is over: every person's key and the indexes by which they could be found. How many there
//! were, and who of them had declared, as numbers that lead to nobody, stays.

use jiff::{SignedDuration, Timestamp};
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_store::{Change, Entry, Order, Outcome, RowWrite};

use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::manifest::{Line, Mark, Record};

/// How many lists of airlines were forgotten.
pub const MANIFESTS_FORGOTTEN: &str = "pratique_manifests_forgotten_total";
/// So many people in one change, so that no request waits long behind it.
const AT_ONCE: usize = 50;

/// What is known of a line's person when it is covered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// This declaration is theirs.
    Declared(Id),
    /// Nothing.
    Nobody,
}

/// Forgets up to `limit` lists whose time is over; answers how many.
///
/// # Errors
/// The store's.
pub async fn forget_due(app: &App, limit: u32) -> Result<usize, Failure> {
    let mut count = 0;
    for (port, before) in due_before(app) {
        let list = ledger::manifests(&port);
        let due = app.store.entries(&list, i64::MIN..before, None, limit, Order::Ascending).await?;
        for entry in due {
            let row = app.store.row(entry.id).await?.filter(|row| row.kind == ledger::MANIFEST);
            if let Some(row) = row {
                // One list that cannot be forgotten now keeps no other from it.
                if let Err(failure) = forget(app, &serde_json::from_str(&row.state)?).await {
                    tracing::error!(manifest = %entry.id, %failure, "an airline's list stays until the next try");
                    continue;
                }
            }
            let done = Entry { list: list.clone(), sort: entry.sort, id: entry.id };
            let line = audit(&Caller::System("retention"), "forget-manifest", Some(entry.id), "", app.now());
            let change =
                Change { label: "forget-manifest", remove: vec![done], audit: vec![line], ..Change::default() };
            app.store.apply(change).await?;
            metrics::counter!(MANIFESTS_FORGOTTEN).increment(1);
            count += 1;
        }
    }
    Ok(count)
}

/// Each port with the instant before which a list must have come to be over.
pub fn due_before(app: &App) -> Vec<(String, i64)> {
    let before = |days: i64| (app.now() - SignedDuration::from_hours(24 * days)).as_millisecond();
    app.house.ports().map(|port| (port.code.clone(), before(port.retention.manifest_days))).collect()
}

/// What boarding officers wrote in words, and where ill people sat, goes with the list: counts and codes stay in the rows.
async fn inspections(app: &App, record: &Record) -> Result<(), Failure> {
    let list = ledger::inspections(&record.flight);
    let all = app.store.entries(&list, i64::MIN..i64::MAX, None, 1_000, Order::Ascending).await?;
    let ids: Vec<Id> = all.iter().map(|entry| entry.id).collect();
    let change = Change { label: "forget-inspection", shred: ids.clone(), bodies_gone: ids, ..Change::default() };
    applied(app, change, record, all.len()).await
}

async fn forget(app: &App, record: &Record) -> Result<(), Failure> {
    // Who had declared is asked by the hashes that go now: it is written down first.
    let declared = lookups::who_declared::readiness(app, &record.flight).await?.lines;
    let known = |line: Id| {
        let journey = declared.iter().find(|(id, ..)| *id == line).and_then(|(_, _, journey)| *journey);
        journey.map_or(Known::Nobody, Known::Declared)
    };
    for edition in 1..=record.edition {
        let lines = lookups::manifest::lines(app, &Record { edition, ..record.clone() }).await?;
        for some in lines.chunks(AT_ONCE) {
            let mut change = Change { label: "forget-manifest", ..Change::default() };
            for (id, ..) in some {
                cover_line(app, &mut change, *id, known(*id), app.now()).await?;
            }
            applied(app, change, record, some.len()).await?;
        }
    }
    inspections(app, record).await?;
    let parked = lookups::manifest::parked(app, &record.flight).await?;
    let list = ledger::parked(&record.flight);
    let change = Change {
        label: "forget-manifest",
        shred: parked.iter().map(|entry| entry.id).collect(),
        bodies_gone: parked.iter().map(|entry| entry.id).collect(),
        remove: parked.iter().map(|at| Entry { list: list.clone(), sort: at.sort, id: at.id }).collect(),
        ..Change::default()
    };
    applied(app, change, record, parked.len()).await
}

async fn applied(app: &App, mut change: Change, record: &Record, count: usize) -> Result<(), Failure> {
    if count == 0 {
        return Ok(());
    }
    let (row, detail) = (ledger::manifest_row(&record.flight), format!("{{\"people\":{count}}}"));
    change.audit.push(audit(&Caller::System("retention"), "forget-people", Some(row), &detail, app.now()));
    match app.store.apply(change).await? {
        Outcome::Applied => Ok(()),
        // Somebody said something of one of them at this very moment: the next run looks again.
        Outcome::Conflict { .. } => Err(Failure::Busy),
        other => Err(Failure::bug(format!("a manifest cannot be forgotten into {other:?}"))),
    }
}

/// One person of a list: their key, their indexes, the hashes of their documents. The line stays, and says whose declaration was
/// theirs, so that the flight's balance does not change.
pub(super) async fn cover_line(
    app: &App,
    change: &mut Change,
    id: Id,
    known: Known,
    now: Timestamp,
) -> Result<(), Failure> {
    let (line, version) = lookups::manifest::line(app, id).await?;
    if let Some(listed) = lookups::manifest::entry(app, id).await? {
        let numbers = listed.documents.iter().filter(|d| d.identifies()).filter_map(|d| normal_number(&d.number));
        let documents = numbers
            .map(|number| ledger::listed_by_document(&line.flight, line.edition, &app.indexes.document(&number)));
        let birth = listed.birth_date.map(|born| birth_list(app, &line.flight, line.edition, &born.to_string()));
        for list in documents.chain(birth) {
            let entries = app.store.entries(&list, i64::MIN..i64::MAX, None, 5_000, Order::Ascending).await?;
            let own = entries.into_iter().filter(|entry| entry.id == id);
            change.remove.extend(own.map(|at| Entry { list: list.clone(), sort: at.sort, id }));
        }
    }
    change.shred.push(id);
    change.bodies_gone.push(id);
    let tie = match (line.tie, known) {
        (None, Known::Declared(journey)) => {
            Some(Mark { journey: Some(journey), by: "system:erase".to_owned(), at: now })
        }
        (tie, _) => tie,
    };
    let covered = Line { arrivals: Vec::new(), seat: None, tie, ..line };
    let state = serde_json::to_string(&covered)?;
    change.rows.push(RowWrite { kind: ledger::LISTED, id, expected: version, state });
    Ok(())
}

fn birth_list(app: &App, flight: &FlightId, edition: i64, born: &str) -> String {
    ledger::listed_by_birth(flight, edition, &app.indexes.birth(born, flight))
}
