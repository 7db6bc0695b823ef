//! An airline hands in who is on board. The newest edition counts, the older are kept; the same list again changes nothing.
//!
//! Who of it has declared is not written down here or when somebody declares, but asked when it is looked at
//! (`lookups::matching`): a declaration then costs the same whether or not there is a manifest, whichever comes first.

use std::collections::HashMap;

use pratique_core::access::Act;
use pratique_core::flight::manifest::{Listed, Manifest, Part};
use pratique_core::flight::{Designator, FlightId};
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_store::{Body, Change, Entry, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::keys::PersonKey;
use crate::ledger;
use crate::lookups;
use crate::manifest::{ENTRY_PART, ENTRY_PLACE, Line, Record};
use crate::once::{self, Once, Reply, Sealer};

/// More people than any aircraft carries, so that no list fills the store.
const PEOPLE_MAX: usize = 3_000;

/// What became of a manifest. It names nobody: a piece that was parked is told by its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// The flight.
    pub flight: FlightId,
    /// Which edition counts now.
    pub edition: i64,
    /// Passengers on it.
    pub passengers: u64,
    /// Crew on it.
    pub crew: u64,
    /// What was not understood.
    pub parked: Vec<ParkedAt>,
    /// What did not add up.
    pub warnings: Vec<pratique_core::flight::manifest::Warning>,
}

/// A piece that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedAt {
    /// The segment's number, or the line.
    pub position: u64,
    /// The column.
    pub column: Option<String>,
    /// Why, as a code.
    pub reason: String,
}

/// Takes a manifest.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::NotFound`] for a flight that is not on the schedule: a list of people is not kept for a
/// mistyped name; [`Failure::Invalid`] for a list of another flight, of nobody, or of too many.
pub async fn hand_in(
    app: &App,
    who: &Caller,
    id: &FlightId,
    manifest: Manifest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may_for(Act::HandInManifest, &id.port, id.designator.carrier())?;
    let manifest = manifest.cleaned();
    fits(id, &manifest)?;
    let manifest = &manifest;
    app.settle(once, || prepare(app, who, id, manifest, once)).await
}

fn fits(id: &FlightId, manifest: &Manifest) -> Result<(), Failure> {
    if manifest.people.is_empty() {
        return Err(Failure::field("/people", "required"));
    }
    if manifest.people.len() > PEOPLE_MAX {
        return Err(Failure::field("/people", "too-many-people"));
    }
    // Carriers have two codes (CA, CCA), so that only the number is compared; any leg's will do.
    let legs = manifest.flight.legs.iter().filter_map(|leg| leg.flight.as_deref()?.parse::<Designator>().ok());
    let mut numbers = legs.map(|d| d.number().to_owned()).chain(manifest.flight.number.clone()).peekable();
    let own = id.designator.number();
    if numbers.peek().is_some() && !numbers.any(|n| n.trim_start_matches('0') == own) {
        return Err(Failure::field("/flight", "other-flight"));
    }
    Ok(())
}

async fn prepare(
    app: &App,
    who: &Caller,
    id: &FlightId,
    manifest: &Manifest,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    lookups::flight::read(app, id).await?.ok_or(Failure::NotFound)?;
    let known = lookups::manifest::record(app, id).await?;
    let hash = ledger::hex(&app.indexes.once(&[b"manifest", &serde_json::to_vec(manifest)?]));
    let mut change = Change { label: "hand-in-manifest", yields: true, ..Change::default() };
    let (before, version) = known.map_or((None, 0), |(record, version)| (Some(record), version));
    let is_same = before.as_ref().is_some_and(|r| r.hash == hash);
    let edition = before.as_ref().map_or(0, |r| r.edition) + i64::from(!is_same);
    let record = Record {
        flight: id.clone(),
        edition,
        id: app.rng.id(now),
        at: now,
        by: who.name(),
        hash,
        passengers: manifest.count(Part::Passenger) as u64,
        crew: manifest.count(Part::Crew) as u64,
        parked: manifest.parked.len() as u64,
        warnings: manifest.warnings.clone(),
    };
    if !is_same {
        let marks = marks(app, before.as_ref()).await?;
        list(app, &mut change, id, edition, manifest, &marks)?;
        park(app, &mut change, &record, manifest)?;
        let (row, state) = (ledger::manifest_row(id), serde_json::to_string(&record)?);
        change.rows.push(RowWrite { kind: ledger::MANIFEST, id: row, expected: version, state });
        // Its time runs from the newest edition on.
        let entry =
            |at: jiff::Timestamp| Entry { list: ledger::manifests(&id.port), sort: at.as_millisecond(), id: row };
        change.remove.extend(before.as_ref().map(|before| entry(before.at)));
        change.put.push(entry(now));
    }
    let detail = format!("{{\"edition\":{edition},\"people\":{}}}", manifest.people.len());
    change.audit.push(audit(who, "hand-in-manifest", Some(ledger::manifest_row(id)), &detail, now));
    let parked = manifest.parked.iter();
    let answer = HandedIn {
        flight: id.clone(),
        edition,
        passengers: record.passengers,
        crew: record.crew,
        parked: parked
            .map(|p| ParkedAt { position: p.position, column: p.column.clone(), reason: p.reason.clone() })
            .collect(),
        warnings: record.warnings,
    };
    let reply = Reply::new(if edition == 1 && !is_same { 201 } else { 200 }, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// What people said of the edition before, by document: a new list must not undo it.
async fn marks(app: &App, before: Option<&Record>) -> Result<HashMap<String, Line>, Failure> {
    let Some(record) = before else { return Ok(HashMap::new()) };
    let lines = lookups::manifest::lines(app, record).await?;
    let marked = lines.into_iter().map(|(_, line, _)| line);
    let marked = marked.filter(|l| l.tie.is_some() || l.no_show.is_some() || !l.refused.is_empty());
    Ok(marked.flat_map(|line| line.arrivals.clone().into_iter().map(move |key| (key, line.clone()))).collect())
}

/// Every person: a row, a sealed entry under a key of their own, indexes.
fn list(
    app: &App,
    change: &mut Change,
    flight: &FlightId,
    edition: i64,
    manifest: &Manifest,
    marks: &HashMap<String, Line>,
) -> Result<(), Failure> {
    let now = app.now();
    for (at, person) in manifest.people.iter().enumerate() {
        let id = app.rng.id(now);
        let key = PersonKey::new(id, &app.rng);
        change.person_keys.push((id, key.wrapped(&app.root, &app.rng)?));
        let sealed = key.seal(ENTRY_PLACE, &serde_json::to_vec(person)?, &app.rng)?;
        change.bodies.push(Body { owner: id, part: ENTRY_PART, person: Some(id), sealed });
        let arrivals = arrivals(app, flight, person);
        let said = arrivals.iter().find_map(|key| marks.get(key));
        let line = Line {
            flight: flight.clone(),
            edition,
            role: person.role,
            seat: person.seat.clone(),
            tie: said.and_then(|l| l.tie.clone()),
            refused: said.map(|l| l.refused.clone()).unwrap_or_default(),
            no_show: said.and_then(|l| l.no_show.clone()),
            arrivals,
        };
        if let Some(journey) = line.tie.as_ref().and_then(|tie| tie.journey) {
            change.put.push(Entry { list: ledger::tied(journey), sort: now.as_millisecond(), id });
        }
        let state = serde_json::to_string(&line)?;
        change.rows.push(RowWrite { kind: ledger::LISTED, id, expected: 0, state });
        index(app, change, flight, edition, person, (id, at));
    }
    Ok(())
}

fn arrivals(app: &App, flight: &FlightId, person: &Listed) -> Vec<String> {
    person.papers().map(|(number, issuer)| ledger::hex(&app.indexes.arrival(&number, &issuer, flight))).collect()
}

fn index(app: &App, change: &mut Change, flight: &FlightId, edition: i64, person: &Listed, (id, at): (Id, usize)) {
    let sort = at as i64;
    change.put.push(Entry { list: ledger::listed(flight, edition), sort, id });
    for number in person.documents.iter().filter(|d| d.identifies()).filter_map(|d| normal_number(&d.number)) {
        let list = ledger::listed_by_document(flight, edition, &app.indexes.document(&number));
        change.put.push(Entry { list, sort, id });
    }
    if let Some(born) = person.birth_date {
        let list = ledger::listed_by_birth(flight, edition, &app.indexes.birth(&born.to_string(), flight));
        change.put.push(Entry { list, sort, id });
    }
}

/// What was not understood is kept as it was sent: it may hold somebody's name.
fn park(app: &App, change: &mut Change, record: &Record, manifest: &Manifest) -> Result<(), Failure> {
    if manifest.parked.is_empty() {
        return Ok(());
    }
    let key = PersonKey::new(record.id, &app.rng);
    change.person_keys.push((record.id, key.wrapped(&app.root, &app.rng)?));
    let sealed = key.seal("parked", &serde_json::to_vec(&manifest.parked)?, &app.rng)?;
    change.bodies.push(Body { owner: record.id, part: 1, person: Some(record.id), sealed });
    let list = ledger::parked(&record.flight);
    change.put.push(Entry { list, sort: record.at.as_millisecond(), id: record.id });
    Ok(())
}
