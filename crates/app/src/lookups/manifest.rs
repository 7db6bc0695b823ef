//! A flight's manifest, and who of it has declared: by the same document (number and issuing state) without opening anybody, by
//! a person's word, and what a person should look at.
//!
//! All of it is asked at the time of looking. A declaration costs nothing more for there being a manifest, and it does not
//! matter which came first.

use std::collections::{HashMap, HashSet};

use pratique_core::flight::manifest::{Listed, Part};
use pratique_core::flight::{Balance, FlightId, Whereabouts};
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_core::identity::matching::{self, Identity, Match, Verdict};
use pratique_core::identity::{BirthDate, Traveller};
use pratique_core::journey::{Journey, Pass, Shown};
use pratique_store::{Cursor, Order};
use serde_json::{Value, json};

use super::elsewhere;
use super::journey::{self as journeys, Loaded};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;
use crate::manifest::{ENTRY_PART, ENTRY_PLACE, Line, Record};
use crate::setting;

/// More people and declarations than one flight has.
const PEOPLE_MAX: u32 = 5_000;
/// People of one birthday on one flight that are compared.
const SAME_BIRTHDAY_MAX: u32 = 50;

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
    let (Some((record, _)), Some(document)) = (record(app, flight).await?, &traveller.document) else {
        return Ok(Vec::new());
    };
    let index = app.indexes.document(&document.number);
    let own = ledger::hex(&app.indexes.arrival(&document.number, &document.issuer, flight));
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

async fn ids(app: &App, list: &str, limit: u32) -> Result<Vec<Id>, Failure> {
    let listed = app.store.entries(list, i64::MIN..i64::MAX, None, limit, Order::Ascending).await?;
    Ok(listed.iter().map(|entry| entry.id).collect())
}

/// Two records that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The declaration.
    pub journey: Id,
    /// The person of the manifest.
    pub listed: Id,
    /// How like they are, and why.
    pub found: Match,
}

/// A flight's people: the manifest on one side, the declarations on the other.
#[derive(Debug)]
pub struct Readiness {
    /// The newest manifest.
    pub record: Option<Record>,
    /// Its people, each with the declaration that is theirs.
    pub lines: Vec<(Id, Line, Option<Id>)>,
    /// Living declarations for the flight.
    pub journeys: HashMap<Id, Journey>,
    /// Those that nobody on the manifest has.
    pub unlisted: Vec<Id>,
    /// What a person should look at.
    pub candidates: Vec<Candidate>,
    /// Where everybody is.
    pub balance: Balance,
}

/// Who of a flight has declared.
///
/// # Errors
/// The store's.
pub async fn readiness(app: &App, flight: &FlightId) -> Result<Readiness, Failure> {
    let record = record(app, flight).await?.map(|(record, _)| record);
    let rows = app.store.rows(&ids(app, &ledger::journeys_of(flight), PEOPLE_MAX).await?).await?;
    let mut found = HashMap::new();
    for row in rows.into_iter().flatten() {
        let journey: Journey = serde_json::from_str(&row.state)?;
        // Whoever changed to another flight is that one's.
        if journeys::is_living(&journey) && journey.flight == *flight {
            found.insert(row.id, journey);
        }
    }
    let mut lines = Vec::new();
    if let Some(record) = &record {
        for (id, line, _) in self::lines(app, record).await? {
            let declared = declared(app, (id, &line)).await?.filter(|journey| found.contains_key(journey));
            lines.push((id, line, declared));
        }
    }
    let joined: HashSet<Id> = lines.iter().filter_map(|(_, _, journey)| *journey).collect();
    let mut unlisted: Vec<Id> = found.keys().copied().filter(|id| !joined.contains(id)).collect();
    unlisted.sort();
    let mut candidates = Vec::new();
    if let Some(record) = &record {
        for id in &unlisted {
            candidates.extend(self::candidates(app, record, *id).await?);
        }
    }
    let balance = balance(app, flight, &lines, &found, &unlisted).await?;
    Ok(Readiness { record, lines, journeys: found, unlisted, candidates, balance })
}

/// The lines of a flight's newest manifest, each under the declaration that is theirs: where they sit, and in which part.
///
/// # Errors
/// The store's.
pub async fn places(app: &App, flight: &FlightId) -> Result<HashMap<Id, Line>, Failure> {
    let mut places = HashMap::new();
    if let Some((record, _)) = record(app, flight).await? {
        for (id, line, _) in lines(app, &record).await? {
            if let Some(journey) = declared(app, (id, &line)).await? {
                places.insert(journey, line);
            }
        }
    }
    Ok(places)
}

/// The declaration of somebody on a manifest: as a person said, else by the same document.
async fn declared(app: &App, (id, line): (Id, &Line)) -> Result<Option<Id>, Failure> {
    if let Some(journey) = line.tie.as_ref().and_then(|tie| tie.journey)
        && journeys::load(app, journey)
            .await?
            .journey
            .is_some_and(|j| journeys::is_living(&j) && j.flight == line.flight)
    {
        return Ok(Some(journey));
    }
    for arrival in &line.arrivals {
        match elsewhere::naming(app, arrival).await?.as_slice() {
            [] => {}
            [one] => return Ok(Some(*one)),
            several => return of_several(app, (id, line), several).await,
        }
    }
    Ok(None)
}

/// Of several declarations that name a line's document the one that has its birth date, else one that an officer has seen, else
/// the first: so nobody counts twice, and nobody is lost.
async fn of_several(app: &App, (id, line): (Id, &Line), several: &[Id]) -> Result<Option<Id>, Failure> {
    if let Some(own) = of_birth_date(app, (id, line)).await? {
        return Ok(Some(own));
    }
    let mut all = journeys::loaded(app, several).await?;
    all.sort_by_key(|one| {
        one.journey.as_ref().map(|j| (elsewhere::is_void(j), !matches!(j.pass, Pass::Presented { .. })))
    });
    Ok(all.first().map(|first| first.id))
}

/// The declaration that has a line's document and its birth date.
async fn of_birth_date(app: &App, (id, line): (Id, &Line)) -> Result<Option<Id>, Failure> {
    let Some(listed) = entry(app, id).await? else { return Ok(None) };
    let Some(born) = listed.birth_date.map(|born| born.to_string()) else { return Ok(None) };
    for (number, issuer) in listed.papers() {
        let claim = ledger::arrival_claim(&app.indexes.entrant(&number, &issuer, &born, &line.flight));
        if let Some(held) = app.store.claim(&claim).await? {
            return Ok(Some(held.holder));
        }
    }
    Ok(None)
}

/// People of the manifest who may be this declaration's, under another number: of the same birthday, or of one with day and
/// month exchanged, or with the same number under another state.
async fn candidates(app: &App, record: &Record, journey: Id) -> Result<Vec<Candidate>, Failure> {
    let traveller = match journeys::dossier(app, journey).await {
        Err(Failure::Sealed(_)) => return Ok(Vec::new()),
        other => other?.content.traveller,
    };
    let mut near = Vec::new();
    for date in birthdays(traveller.birth_date) {
        let index = app.indexes.birth(&date, &record.flight);
        near.extend(
            ids(app, &ledger::listed_by_birth(&record.flight, record.edition, &index), SAME_BIRTHDAY_MAX).await?,
        );
    }
    if let Some(document) = &traveller.document {
        let index = app.indexes.document(&document.number);
        near.extend(
            ids(app, &ledger::listed_by_document(&record.flight, record.edition, &index), SAME_BIRTHDAY_MAX).await?,
        );
    }
    near.sort();
    near.dedup();
    let own = identity(&traveller);
    let mut found = Vec::new();
    for id in near {
        let (line, _) = line(app, id).await?;
        let is_refused = line.refused.iter().any(|mark| mark.journey == Some(journey));
        if is_refused || declared(app, (id, &line)).await?.is_some() {
            continue;
        }
        let Some(listed) = entry(app, id).await? else { continue };
        let like = matching::compare(&own, &listed.identity());
        if like.verdict != Verdict::Different {
            found.push(Candidate { journey, listed: id, found: like });
        }
    }
    found.sort_by(|a, b| b.found.score.total_cmp(&a.found.score));
    Ok(found)
}

/// The birthday, and the one with day and month exchanged.
fn birthdays(born: BirthDate) -> Vec<String> {
    let mut dates = vec![born.to_string()];
    if let Some(day) = born.full()
        && day.day() <= 12
        && day.day() != day.month()
    {
        dates.push(format!("{:04}-{:02}-{:02}", day.year(), day.day(), day.month()));
    }
    dates
}

fn identity(traveller: &Traveller) -> Identity {
    Identity {
        name: traveller.name.clone(),
        birth_date: Some(traveller.birth_date),
        nationality: Some(traveller.nationality.clone()),
        sex: Some(traveller.sex),
        documents: traveller.document.iter().map(|d| (d.number.clone(), Some(d.issuer.clone()))).collect(),
        flight: None,
        seat: None,
    }
}

async fn balance(
    app: &App,
    flight: &FlightId,
    lines: &[(Id, Line, Option<Id>)],
    found: &HashMap<Id, Journey>,
    unlisted: &[Id],
) -> Result<Balance, Failure> {
    let port = app.house.port(&flight.port).ok_or(Failure::NotFound)?;
    let known = super::flight::read(app, flight).await?.map(|(flight, _)| flight);
    let window = setting::window(port, flight, known.as_ref())?;
    let now = app.now();
    let place = |journey: &Journey| match journey.disposition {
        Some(disposition) => Whereabouts::Ended(disposition),
        None if journey.shown(&window, now) == Shown::Cleared => Whereabouts::Cleared,
        None => Whereabouts::Open,
    };
    let missing = lines.iter().filter(|(_, _, journey)| journey.is_none()).map(|(_, line, _)| match line.no_show {
        Some(_) => Whereabouts::NoShow,
        None => Whereabouts::NotFound,
    });
    let places = found.values().map(place).chain(missing);
    Ok(Balance::of(lines.len() as u64, unlisted.len() as u64, places))
}

/// How a scanned journey stands to its flight's manifest: `matched`, `review`, `absent`, or `unknown` where there is no manifest
/// or the person was erased (contract.md, `POST /checkpoint/scans`). Of several that name one document, and none was read
/// (`contested`), the one whose line it is not is `review`.
///
/// # Errors
/// The store's.
pub async fn standing(app: &App, journey: Option<&Loaded>, contested: bool) -> Result<&'static str, Failure> {
    let Some((id, flight)) = journey.and_then(|l| Some((l.id, &l.journey.as_ref()?.flight))) else {
        return Ok("unknown");
    };
    let Some((record, _)) = record(app, flight).await? else { return Ok("unknown") };
    for listed in ids(app, &ledger::tied(id), SAME_BIRTHDAY_MAX).await? {
        let (line, _) = line(app, listed).await?;
        if line.edition == record.edition && line.tie.is_some_and(|tie| tie.journey == Some(id)) {
            return Ok("matched");
        }
    }
    let traveller = match journeys::dossier(app, id).await {
        Err(Failure::Sealed(_)) => return Ok("unknown"),
        other => other?.content.traveller,
    };
    if let Some(document) = &traveller.document {
        let index = app.indexes.document(&document.number);
        let own = ledger::hex(&app.indexes.arrival(&document.number, &document.issuer, flight));
        for listed in ids(app, &ledger::listed_by_document(flight, record.edition, &index), SAME_BIRTHDAY_MAX).await? {
            let (line, _) = line(app, listed).await?;
            if line.arrivals.contains(&own) {
                let is_theirs = !contested || declared(app, (listed, &line)).await? == Some(id);
                return Ok(if is_theirs { "matched" } else { "review" });
            }
        }
    }
    Ok(if candidates(app, &record, id).await?.is_empty() { "absent" } else { "review" })
}

/// Whether the holder of a document has declared for a flight: `declared`, `early` (made too early, to be confirmed) or
/// `not-declared`; and the journey, for the log alone. Without an issuing state, any
/// declaration of that number for the flight will do.
///
/// # Errors
/// [`Failure::Invalid`] for a number that is none; the store's.
pub async fn boarding(
    app: &App,
    flight: &FlightId,
    number: &str,
    issuer: Option<&str>,
) -> Result<(&'static str, Option<Id>), Failure> {
    let number = normal_number(number).ok_or_else(|| Failure::field("/document/number", "not-a-document-number"))?;
    let found = match issuer {
        Some(issuer) => {
            let issuer = pratique_core::country::canonical(issuer)
                .ok_or_else(|| Failure::field("/document/issuer", "not-a-country"))?;
            let arrival = ledger::hex(&app.indexes.arrival(&number, issuer, flight));
            journeys::loaded(app, &elsewhere::naming(app, &arrival).await?).await?
        }
        None => {
            let mut found = Vec::new();
            journeys::each_of_document(app, &number, |loaded| {
                // Somebody who crosses often has many: only this flight's is kept.
                if loaded.journey.as_ref().is_some_and(|j| j.flight == *flight) {
                    found.push(loaded);
                }
            })
            .await?;
            found
        }
    };
    let mut living: Vec<(Id, Journey)> = found.into_iter().filter_map(|l| Some((l.id, l.journey?))).collect();
    living.retain(|(_, j)| j.flight == *flight && journeys::is_living(j));
    let port = app.house.port(&flight.port).ok_or(Failure::NotFound)?;
    let known = super::flight::read(app, flight).await?.map(|(flight, _)| flight);
    let window = setting::window(port, flight, known.as_ref())?;
    let is_early = |journey: &Journey| journey.shown(&window, app.now()) == Shown::Early;
    // Where several name the document, one that counts will do.
    living.sort_by_key(|(_, journey)| is_early(journey));
    Ok(match living.first() {
        None => ("not-declared", None),
        Some((id, journey)) => (if is_early(journey) { "early" } else { "declared" }, Some(*id)),
    })
}

impl Readiness {
    /// Of the manifest, who has no declaration and was not said to be absent.
    pub fn missing(&self) -> impl Iterator<Item = (Id, &Line)> {
        self.lines.iter().filter(|(_, line, j)| j.is_none() && line.no_show.is_none()).map(|(id, line, _)| (*id, line))
    }

    /// How many of the manifest declared.
    #[must_use]
    pub fn declared(&self) -> usize {
        self.lines.iter().filter(|(_, _, journey)| journey.is_some()).count()
    }

    /// How many people of the manifest may be an unlisted declaration's.
    #[must_use]
    pub fn to_review(&self) -> usize {
        self.candidates.iter().map(|c| c.journey).collect::<HashSet<_>>().len()
    }

    /// As the API answers it. Seats are shown, nobody's name.
    #[must_use]
    pub fn view(&self, flight: &FlightId) -> Value {
        let manifest = self.record.as_ref().map(|r| {
            json!({"edition": r.edition, "received_at": r.at, "passengers": r.passengers, "crew": r.crew,
                "parked": r.parked, "warnings": r.warnings})
        });
        let seat = |(id, line): (Id, &Line)| json!({"id": id, "role": line.role, "seat": line.seat});
        let missing: Vec<Value> = self.missing().map(seat).collect();
        json!({
            "flight": flight,
            "manifest": manifest,
            "listed": self.lines.len(),
            "declared": self.declared(),
            "not_declared": missing.len(),
            "not_declared_seats": missing,
            "to_review": self.to_review(),
            "unlisted": self.unlisted.len(),
            "balance": self.balance,
        })
    }

    /// How many of one part have not declared.
    #[must_use]
    pub fn missing_of(&self, part: Part) -> usize {
        self.missing().filter(|(_, line)| line.role == part).count()
    }
}
