//! Who of a flight has declared: its manifest beside its declarations, and one document at the gate.

use std::collections::{HashMap, HashSet};

use pratique_core::flight::manifest::Part;
use pratique_core::flight::{Balance, FlightId, Whereabouts};
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_core::journey::{Journey, Shown};
use serde_json::{Value, json};

use super::elsewhere;
use super::journey as journeys;
use super::manifest::{PEOPLE_MAX, ids, lines, record};
use super::matching::{Candidate, candidates, declared};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;
use crate::manifest::{Line, Record};
use crate::setting;

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
