//! A flight's manifest as it was handed in: its record, its people, and whose they are by document.

use pratique_core::flight::FlightId;
use pratique_core::flight::manifest::Listed;
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_store::{Cursor, Order};

use super::before;
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;
use crate::manifest::{ENTRY_PART, ENTRY_PLACE, Line, Record};

/// More people and declarations than one flight has.
pub(super) const PEOPLE_MAX: u32 = 5_000;
/// People of one birthday on one flight that are compared.
pub(super) const SAME_BIRTHDAY_MAX: u32 = 50;

/// The newest manifest of a flight, with the version of its row.
///
/// # Errors
/// The store's.
pub async fn record(app: &App, flight: &FlightId) -> Result<Option<(Record, i64)>, Failure> {
    match app.store.row(ledger::manifest_row(flight)).await? {
        None => Ok(None),
        Some(row) => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
    }
}

/// The people of an edition, in its order, with the versions of their rows.
///
/// # Errors
/// The store's.
pub async fn lines(app: &App, record: &Record) -> Result<Vec<(Id, Line, i64)>, Failure> {
    let list = ledger::listed(&record.flight, record.edition);
    let ids = ids(app, &list, PEOPLE_MAX).await?;
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    rows.map(|row| Ok((row.id, serde_json::from_str(&row.state)?, row.version))).collect()
}

/// One person of a manifest, with the version of the row.
///
/// # Errors
/// [`Failure::NotFound`]; the store's.
pub async fn line(app: &App, id: Id) -> Result<(Line, i64), Failure> {
    let row = app.store.row(id).await?.filter(|row| row.kind == ledger::LISTED).ok_or(Failure::NotFound)?;
    Ok((serde_json::from_str(&row.state)?, row.version))
}

/// Opens one person of a manifest; none if they were erased. Whoever shows them must have it on record (`actions::look`).
///
/// # Errors
/// The store's.
pub async fn entry(app: &App, id: Id) -> Result<Option<Listed>, Failure> {
    let Some(body) = app.store.body(id, ENTRY_PART).await? else { return Ok(None) };
    match app.person_key(id).await {
        Err(Failure::Sealed(_)) => Ok(None),
        Err(other) => Err(other),
        Ok(key) => Ok(Some(serde_json::from_slice(&key.open(ENTRY_PLACE, &body.sealed)?)?)),
    }
}

/// Everybody on a flight's manifest who is this journey's person: by somebody's word, or by a document of any of these travellers,
/// as the person declared themself.
///
/// # Errors
/// The store's.
pub async fn of_person(
    app: &App,
    (journey, flight): (Id, &FlightId),
    said: impl Iterator<Item = &Traveller>,
) -> Result<Vec<Id>, Failure> {
    let mut found = tied_to(app, journey).await?;
    for traveller in said {
        found.extend(of_traveller(app, flight, traveller).await?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// People of manifests that somebody said are this journey's.
///
/// # Errors
/// The store's.
async fn tied_to(app: &App, journey: Id) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for id in ids(app, &ledger::tied(journey), PEOPLE_MAX).await? {
        let (line, _) = line(app, id).await?;
        if line.tie.is_some_and(|tie| tie.journey == Some(journey)) {
            found.push(id);
        }
    }
    Ok(found)
}

/// People with a traveller's document in every edition of a flight's manifest.
///
/// # Errors
/// The store's.
async fn of_traveller(app: &App, flight: &FlightId, traveller: &Traveller) -> Result<Vec<Id>, Failure> {
    let (Some(document), Some(own)) = (&traveller.document, before::arrival(app, traveller, flight)) else {
        return Ok(Vec::new());
    };
    let Some((record, _)) = record(app, flight).await? else { return Ok(Vec::new()) };
    let index = app.indexes.document(&document.number);
    let mut found = Vec::new();
    for edition in 1..=record.edition {
        for id in ids(app, &ledger::listed_by_document(flight, edition, &index), SAME_BIRTHDAY_MAX).await? {
            if line(app, id).await?.0.arrivals.contains(&own) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

/// The editions of a flight's manifest of which something was parked.
///
/// # Errors
/// The store's.
pub async fn parked(app: &App, flight: &FlightId) -> Result<Vec<Cursor>, Failure> {
    let list = ledger::parked(flight);
    Ok(app.store.entries(&list, i64::MIN..i64::MAX, None, PEOPLE_MAX, Order::Ascending).await?)
}

/// The ids on a list, as many as wanted.
///
/// # Errors
/// The store's.
pub(super) async fn ids(app: &App, list: &str, limit: u32) -> Result<Vec<Id>, Failure> {
    let listed = app.store.entries(list, i64::MIN..i64::MAX, None, limit, Order::Ascending).await?;
    Ok(listed.iter().map(|entry| entry.id).collect())
}
