//! Before boarding, an airline asks whether the holder of a document has declared. It learns that and nothing else of the
//! person; every question is on record, and nobody may ask faster than people board.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use pratique_core::access::Act;
use pratique_core::flight::{Designator, FlightId};
use pratique_store::{Change, Outcome};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::Reply;

/// Questions in a row: two full aircraft.
const BURST: f64 = 1_200.0;
/// Questions a second after that.
const A_SECOND: f64 = 5.0;

/// A question (contract.md, `POST /ok-to-board`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardingQuestion {
    /// The flight number.
    pub flight: String,
    /// The date of the scheduled arrival at the port.
    pub date: String,
    /// The document.
    pub document: AskedDocument,
}

/// The document of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedDocument {
    /// Its number.
    pub number: String,
    /// The issuing state.
    pub issuer: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardingAnswer {
    /// `declared`, `early` or `not-declared`.
    pub status: String,
}

/// How fast each account asks. This server's own count; it guards against guessing numbers, not against load.
#[derive(Debug, Default)]
pub struct Askers(Mutex<HashMap<String, (f64, Timestamp)>>);

impl Askers {
    fn admit(&self, who: &str, now: Timestamp) -> Result<(), Failure> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, since) = all.get(who).copied().unwrap_or((BURST, now));
        let left = (left + now.duration_since(since).as_secs_f64().max(0.0) * A_SECOND).min(BURST);
        if left < 1.0 {
            return Err(Failure::Slow(1));
        }
        all.insert(who.to_owned(), (left - 1.0, now));
        Ok(())
    }
}

/// Answers a question.
///
/// # Errors
/// [`Failure::Denied`] for anybody but the flight's airline; [`Failure::Slow`]; [`Failure::Invalid`].
pub async fn ask(app: &App, who: &Caller, port: &str, question: &BoardingQuestion) -> Result<Reply, Failure> {
    let designator: Designator = question.flight.parse().map_err(|_| Failure::field("/flight", "not-a-flight"))?;
    let date: Date = question.date.trim().parse().map_err(|_| Failure::field("/date", "not-a-date"))?;
    let flight = FlightId { designator, date, port: port.to_owned() };
    who.may_for(Act::AskBoarding, port, flight.designator.carrier())?;
    let now = app.now();
    app.askers.admit(&who.name(), now)?;
    let asked = &question.document;
    let issuer = asked.issuer.as_deref().map(str::trim).filter(|issuer| !issuer.is_empty());
    let (status, journey) = lookups::who_declared::boarding(app, &flight, &asked.number, issuer).await?;
    let detail = format!("{{\"flight\":\"{flight}\",\"status\":\"{status}\"}}");
    let subject = journey.unwrap_or_else(|| ledger::flight_row(&flight));
    let line = audit(who, "ok-to-board", Some(subject), &detail, now);
    match app.store.apply(Change { label: "ok-to-board", audit: vec![line], ..Change::default() }).await? {
        Outcome::Applied => Reply::new(200, &BoardingAnswer { status: status.to_owned() }),
        other => Err(Failure::bug(format!("a question cannot end in {other:?}"))),
    }
}
