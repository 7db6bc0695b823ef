//! How many journeys are shown in each state and tier: said after loading, and what the tests look at.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pratique_core::flight::{FlightId, Window};
use pratique_core::journey::Journey;
use pratique_store::Order;

use super::PORT;
use super::life::Life;
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::setting;

/// Figures of the loaded day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// Flights.
    pub flights: usize,
    /// Declarations, those that were replaced among them.
    pub journeys: usize,
    /// By shown state.
    pub states: BTreeMap<&'static str, usize>,
    /// By the tier that the rules gave.
    pub tiers: BTreeMap<&'static str, usize>,
    /// Open obligations, and how many of them are overdue.
    pub owed: (usize, usize),
}

/// Counts.
///
/// # Errors
/// The store's.
pub async fn take(app: &App, lives: &[Life]) -> Result<Census, Failure> {
    let now = app.now();
    let port = app.house.port(PORT).ok_or(Failure::NotFound)?;
    let mut flights: Vec<&FlightId> = lives.iter().map(|life| &life.flight.id).collect();
    flights.sort();
    flights.dedup();
    let mut census = Census { flights: flights.len(), ..Census::default() };
    for id in flights {
        let flight = lookups::flight::read(app, id).await?.map(|(flight, _)| flight);
        let window = setting::window(port, id, flight.as_ref())?;
        let list = ledger::journeys_of(id);
        let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, 10_000, Order::Ascending).await?;
        let ids: Vec<_> = listed.iter().map(|entry| entry.id).collect();
        for row in app.store.rows(&ids).await?.into_iter().flatten() {
            census.add(&serde_json::from_str(&row.state)?, &window, now);
        }
    }
    Ok(census)
}

impl Census {
    fn add(&mut self, journey: &Journey, window: &Window, now: Timestamp) {
        self.journeys += 1;
        *self.states.entry(journey.shown(window, now).name()).or_default() += 1;
        let tier = journey.triage.standing().map_or("none", |standing| standing.input.tier.as_str());
        *self.tiers.entry(tier).or_default() += 1;
        for owed in journey.open() {
            self.owed.0 += 1;
            self.owed.1 += usize::from(owed.due < now);
        }
    }
}
