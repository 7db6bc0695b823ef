//! An officer takes a decision back at once. The pass is unused again at that stage, what was owed by it falls away, and the
//! figures that it counted for count one less; the log keeps both acts.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command, Decision, Refusal, UndoInput};
use pratique_core::port::Port;
use pratique_store::{Change, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};
use crate::verdict::{ScanRecord, UndoneRecord};

/// The wish as a station sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UndoRequest {
    /// The scan that was decided.
    pub scan_id: String,
    /// The station at which it was.
    pub station: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The scan, open to be decided again.
    pub scan_id: Id,
    /// What was taken back.
    pub undone: Decision,
    /// The journey.
    pub journey: Id,
    /// What is shown of it now.
    pub state: String,
}

/// Takes a decision back.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] for another station; [`Failure::Refused`]: too late, another officer's, something
/// else has happened, nothing to take back.
pub async fn undo(
    app: &App,
    who: &Caller,
    port: &str,
    request: &UndoRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Decide, port)?;
    let scan: Id = request.scan_id.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    app.settle(once, || prepare(app, who, port, (scan, &request.station), once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    (scan, station): (Id, &str),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let (record, version) = lookups::scan::read(app, scan).await?.ok_or(Failure::NotFound)?;
    let journey_id = record.journey.filter(|_| record.port == port.code).ok_or(Failure::NotFound)?;
    if record.station != station {
        return Err(Failure::field("/station", "not-this-station"));
    }
    let act = record.act.clone().ok_or(Refusal::NothingToUndo)?;
    let loaded = lookups::journey::load(app, journey_id).await?;
    let input = UndoInput { scan, seq: act.seq, by: who.name(), grace_s: port.lanes.undo_s };
    let events = journey::decide(Some(loaded.existing()?), &Command::Undo(input), now)?;
    let mut change = Change { label: "undo", ..Change::default() };
    let state = follow(&mut change, &loaded, &events, now)?;
    let undone = UndoneRecord { decision: act.decision, by: who.name(), at: now };
    let open = ScanRecord { decided: act.earlier, act: None, undone: Some(undone), ..record };
    change.rows.push(RowWrite {
        kind: ledger::SCAN,
        id: scan,
        expected: version,
        state: serde_json::to_string(&open)?,
    });
    let detail = format!("{{\"station\":\"{station}\",\"decision\":\"{}\"}}", act.decision.name());
    change.audit.push(audit(who, "undo", Some(journey_id), &detail, now));
    let flight = lookups::flight::read(app, &state.flight).await?.map(|(flight, _)| flight);
    let window = crate::setting::window(port, &state.flight, flight.as_ref())?;
    let answer = Undone {
        scan_id: scan,
        undone: act.decision,
        journey: journey_id,
        state: state.shown(&window, now).name().to_owned(),
    };
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}
