//! What a declaration meets: its flight, and of each of its people whether anything is known of their document. One read for all
//! of it, since nearly always the answer is no.

use pratique_core::flight::{Flight, FlightId};
use pratique_core::identity::Traveller;
use pratique_store::Asked;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// What was there before.
#[derive(Debug)]
pub struct Before {
    /// The flight, if the schedule has it.
    pub flight: Option<Flight>,
    /// Of each traveller, in the order asked for.
    pub people: Vec<Known>,
}

/// What is known of a traveller's document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The claim of this document and birth date on this arrival; none for somebody without a document.
    pub claim: Option<Vec<u8>>,
    /// Somebody holds that claim.
    pub is_held: bool,
    /// Some journey has a document of this number.
    pub is_listed: bool,
}

/// The claim that one person has on one arrival: at most one living declaration holds it. By number and issuing state, since two
/// states may give the same number to two people, and by birth date, since a number alone is no proof of being its holder; `None`
/// without a document.
#[must_use]
pub fn claim(app: &App, traveller: &Traveller, flight: &FlightId) -> Option<Vec<u8>> {
    let (document, born) = (traveller.document.as_ref()?, traveller.birth_date.to_string());
    Some(ledger::arrival_claim(&app.indexes.entrant(&document.number, &document.issuer, &born, flight)))
}

/// One document on one arrival, whoever names it; `None` without a document.
#[must_use]
pub fn arrival(app: &App, traveller: &Traveller, flight: &FlightId) -> Option<String> {
    let document = traveller.document.as_ref()?;
    Some(ledger::hex(&app.indexes.arrival(&document.number, &document.issuer, flight)))
}

/// Reads what was there before these people declare for a flight.
///
/// # Errors
/// The store's.
pub async fn before(app: &App, flight: &FlightId, people: &[&Traveller]) -> Result<Before, Failure> {
    let documents: Vec<_> = people.iter().map(|person| person.document.as_ref()).collect();
    let named = || documents.iter().flatten();
    let claims: Vec<Vec<u8>> = people.iter().filter_map(|person| claim(app, person, flight)).collect();
    let lists: Vec<String> = named().map(|d| ledger::document(&app.indexes.document(&d.number))).collect();
    let rows = [ledger::flight_row(flight)];
    let found = app.store.glance(Asked { rows: &rows, claims: &claims, lists: &lists }).await?;
    let flight = found.rows.into_iter().flatten().next().map(|row| serde_json::from_str(&row.state)).transpose()?;
    let mut known = claims.into_iter().zip(found.claims).zip(found.lists).map(|((claim, held), newest)| Known {
        claim: Some(claim),
        is_held: held.is_some(),
        is_listed: newest.is_some(),
    });
    let people = documents.iter().map(|document| match document {
        Some(_) => known.next().unwrap_or_default(),
        None => Known::default(),
    });
    Ok(Before { flight, people: people.collect() })
}
