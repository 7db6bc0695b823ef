//! What has been done with a journey by people, in order, with the words that they gave for it.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::{Decision, Event, Outcome};

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Decided at a station.
    Decided(Decision),
    /// Took an obligation on.
    TookOn,
    /// Answered an obligation.
    Answered(Outcome),
}

/// One act with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub deed: Deed,
    /// In their words.
    pub words: Option<String>,
}

/// Everything that people did with a journey, oldest first. The words are personal data: whoever calls this shows a person, and
/// it must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn all(app: &App, journey: Id) -> Result<Vec<Noted>, Failure> {
    let mut noted = Vec::new();
    for row in app.store.events(journey).await? {
        let (at, by, deed) = match serde_json::from_str(&row.body)? {
            Event::Decided { at, decision, by, .. } => (at, by, Deed::Decided(decision)),
            Event::ObligationAcknowledged { at, by, .. } => (at, by, Deed::TookOn),
            Event::ObligationAnswered { at, by, outcome, .. } => (at, by, Deed::Answered(outcome)),
            _ => continue,
        };
        noted.push(Noted { at, by, deed, words: words(app, journey, row.seq).await? });
    }
    Ok(noted)
}

/// The words given with the event of this number. Personal data, as those of [`all`].
///
/// # Errors
/// As [`all`].
pub async fn of_event(app: &App, journey: Id, seq: i64) -> Result<Option<String>, Failure> {
    words(app, journey, seq).await
}

/// The words sealed at this event, if there are any.
async fn words(app: &App, journey: Id, seq: i64) -> Result<Option<String>, Failure> {
    let Some(body) = app.store.body(ledger::notes_of(journey), seq).await? else { return Ok(None) };
    let plain = app.person_key(journey).await?.open(&format!("note/{seq}"), &body.sealed)?;
    Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
}
