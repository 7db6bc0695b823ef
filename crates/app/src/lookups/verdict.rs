//! A verdict shown again: what a scan found, with the journey as it stands now. Pages show a scan after a redirect, so that
//! going back or reloading never scans twice.

use pratique_core::flight::Flight;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command, Journey, UndoInput};
use pratique_core::port::Port;

use super::decision::{self, Clearance, Scanned};
use super::journey::Loaded;
use super::reasons;
use crate::app::App;
use crate::caller::Caller;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::verdict::{ReasonAnswer, ScanRecord};

/// A scan with all that its page shows.
#[derive(Debug)]
pub struct Reopened {
    /// What was found.
    pub record: ScanRecord,
    /// Every reason, weightiest first.
    pub reasons: Vec<ReasonAnswer>,
    /// The journey as it stands now.
    pub journey: Option<Journey>,
    /// What a clearance would need now; `None` where there is nobody to decide on.
    pub clearance: Option<Clearance>,
    /// Seconds for which the one who asks can still take the decision back; none where they cannot.
    pub undo_s: Option<i64>,
    /// Its flight, if the schedule has it.
    pub flight: Option<Flight>,
}

/// Opens a scan of this port; reasons come in the officer's language.
///
/// # Errors
/// [`Failure::NotFound`], also for another port's.
pub async fn reopen(app: &App, who: &Caller, port: &Port, scan: Id, language: &str) -> Result<Reopened, Failure> {
    let found = super::scan::read(app, scan).await?.map(|(record, _)| record);
    let record = found.filter(|record| record.port == port.code).ok_or(Failure::NotFound)?;
    let loaded = match record.journey {
        Some(id) => super::journey::load(app, id).await?,
        None => Loaded { id: scan, version: 0, journey: None },
    };
    let clearance = match &loaded.journey {
        Some(_) => {
            let scanned = Scanned { id: scan, record: &record, loaded: &loaded };
            Some(decision::clearance(app, port, scanned, &who.name()).await?)
        }
        None => None,
    };
    let journey = loaded.journey;
    let undo_s = undo_s(app, port, &record, journey.as_ref(), &who.name());
    let flight = match &journey {
        Some(journey) => super::flight::read(app, &journey.flight).await?.map(|(flight, _)| flight),
        None => None,
    };
    let notices = record.notices.iter().map(|n| (n.code.as_str(), n.advice));
    let reasons = reasons::all(app, notices, journey.as_ref(), language);
    Ok(Reopened { record, reasons, journey, clearance, undo_s, flight })
}

/// The same core that takes it back says whether it would, so that nobody is offered what is refused.
fn undo_s(app: &App, port: &Port, record: &ScanRecord, journey: Option<&Journey>, who: &str) -> Option<i64> {
    let (act, now) = (record.act.as_ref()?, app.now());
    let last = journey?.last_decision.as_ref()?;
    let input = UndoInput { scan: last.scan, seq: act.seq, by: who.to_owned(), grace_s: port.lanes.undo_s };
    let is_open = last.at == act.at && journey::decide(journey, &Command::Undo(input), now).is_ok();
    is_open.then(|| port.lanes.undo_s - now.duration_since(act.at).as_secs())
}

/// The person behind a journey; nobody, where they were erased. It must be on record that somebody looks (`actions::look`).
///
/// # Errors
/// The store's.
pub async fn person(app: &App, journey: Id) -> Result<Option<Dossier>, Failure> {
    match super::journey::dossier(app, journey).await {
        Ok(dossier) => Ok(Some(dossier)),
        Err(Failure::Sealed(_) | Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
