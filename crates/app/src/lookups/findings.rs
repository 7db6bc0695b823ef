//! What the desk found on somebody, examination by examination.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::Event;

use crate::app::App;
use crate::failure::Failure;
use crate::findings::Findings;
use crate::ledger;

/// One examination.
#[derive(Debug, Clone, PartialEq)]
pub struct Examination {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// At which desk.
    pub station: String,
    /// What was found.
    pub findings: Findings,
}

/// Every examination of a journey, oldest first. Whoever calls this shows a person: it must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn all(app: &App, journey: Id) -> Result<Vec<Examination>, Failure> {
    let mut all = Vec::new();
    for row in app.store.events(journey).await?.into_iter().filter(|row| row.kind == "examined") {
        let Event::Examined { at, by, station } = serde_json::from_str(&row.body)? else { continue };
        let Some(body) = app.store.body(ledger::findings_of(journey), row.seq).await? else { continue };
        let plain = app.person_key(journey).await?.open(&format!("findings/{}", row.seq), &body.sealed)?;
        all.push(Examination { at, by, station, findings: serde_json::from_slice(&plain)? });
    }
    Ok(all)
}

/// What the newest examination found; none for somebody who was not examined. As [`all`], it shows a person.
///
/// # Errors
/// As [`all`].
pub async fn newest(app: &App, journey: Id) -> Result<Option<Findings>, Failure> {
    let Some(body) = app.store.latest_body(ledger::findings_of(journey)).await? else { return Ok(None) };
    let plain = app.person_key(journey).await?.open(&format!("findings/{}", body.part), &body.sealed)?;
    Ok(Some(serde_json::from_slice(&plain)?))
}
