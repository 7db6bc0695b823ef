//! An officer's decision on a scan. A clearance uses the pass up at the stage, once: of two officers at the same moment one
//! holds, and the other is told who, where and when (F14).

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::{self, Advice, Command, Decision, Journey, Obligation, Refusal};
use pratique_core::port::Port;
use pratique_store::{Body, Change, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::{audit, follow, guard};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::lookups::decision::Scanned;
use crate::lookups::elsewhere::Against;
use crate::once::{self, Once, Reply, Sealer};
use crate::verdict::{ActRecord, ScanRecord, UsedAnswer};

/// The longest reason, characters.
const REASON_CHARS_MAX: usize = 500;

/// A decision as a station sends it (contract.md, `POST /checkpoint/decisions`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionRequest {
    /// The scan that it decides.
    pub scan_id: String,
    /// `clear`, `refer` or `hold`.
    pub decision: String,
    /// The reason in words.
    #[serde(default)]
    pub reason: Option<String>,
    /// The console goes on by itself, after the countdown that the officer let run out.
    pub by_itself: bool,
}

/// The answer to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The scan.
    pub scan_id: Id,
    /// What was decided.
    pub decision: Decision,
    /// The journey.
    pub journey: Id,
    /// What is shown of it now.
    pub state: String,
    /// Where the pass was used up, for a clearance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<UsedAnswer>,
    /// What is owed now, for a referral or a hold: ids for `/obligations/{id}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<String>,
}

/// Decides.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::Invalid`], [`Failure::Refused`] (the second clearance: `UsedUp`).
pub async fn decide(
    app: &App,
    who: &Caller,
    port: &str,
    request: &DecisionRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Decide, port)?;
    let scan: Id = request.scan_id.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
    let decision = Decision::parse(&request.decision).ok_or_else(|| Failure::field("/decision", "not-a-decision"))?;
    let reason = words(request.reason.as_deref())?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let reason = reason.as_deref();
    let wish = Wish { decision, reason, by_itself: request.by_itself };
    app.settle(once, || prepare(app, who, port, scan, wish, once)).await
}

/// What the officer wants.
#[derive(Debug, Clone, Copy)]
struct Wish<'a> {
    decision: Decision,
    reason: Option<&'a str>,
    by_itself: bool,
}

impl Wish<'_> {
    /// A console goes on by itself where the port wants that, with what was advised and needs no word: the core asks for the
    /// right document besides.
    fn admitted(self, port: &Port, record: &ScanRecord) -> Result<(), Refusal> {
        let clean = self.decision == Decision::Clear && record.advice == Advice::Clear && self.reason.is_none();
        if self.by_itself && !(clean && port.lanes.clear_after_ms > 0) {
            return Err(Refusal::NotByItself);
        }
        Ok(())
    }
}

/// An officer's words, cleaned; `None` if there are none.
///
/// # Errors
/// Too long, or with characters that show nothing.
pub fn words(text: Option<&str>) -> Result<Option<String>, Failure> {
    use pratique_core::identity::name::{BadText, clean};
    match clean(text.unwrap_or_default(), REASON_CHARS_MAX) {
        Ok(text) => Ok(Some(text).filter(|t| !t.is_empty())),
        Err(BadText::TooLong) => {
            Err(Failure::Invalid(vec![FieldError::new("/reason", "too-long").with("max", REASON_CHARS_MAX)]))
        }
        Err(BadText::Control) => Err(Failure::field("/reason", "not-text")),
    }
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    scan: Id,
    wish: Wish<'_>,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let (now, Wish { decision, reason, by_itself }) = (app.now(), wish);
    let (record, version) = lookups::scan::read(app, scan).await?.ok_or(Failure::NotFound)?;
    let journey_id = record.journey.filter(|_| record.port == port.code).ok_or(Failure::NotFound)?;
    wish.admitted(port, &record)?;
    let loaded = lookups::journey::load(app, journey_id).await?;
    let scanned = Scanned { id: scan, record: &record, loaded: &loaded };
    let against = match decision {
        Decision::Clear => scanned.against(app, port, now).await?,
        Decision::Refer | Decision::Hold => Against::default(),
    };
    let mut input = scanned.input(port, (decision, reason.is_some()), &against, &who.name(), now);
    input.by_itself = by_itself;
    let events = journey::decide(Some(loaded.existing()?), &Command::Decide(input), now)?;
    let mut change = Change { label: "decide", ..Change::default() };
    for other in &against.watched {
        guard(&mut change, other)?;
    }
    let first_new = loaded.existing()?.seq + 1;
    let state = follow(&mut change, &loaded, &events, now)?;
    if let Some(reason) = reason {
        note(&mut change, app, journey_id, first_new, reason).await?;
    }
    let act = ActRecord { decision, by: who.name(), at: now, seq: state.seq, earlier: record.decided, by_itself };
    let decided = ScanRecord { decided: Some(decision), act: Some(act), ..record };
    change.rows.push(RowWrite {
        kind: ledger::SCAN,
        id: scan,
        expected: version,
        state: serde_json::to_string(&decided)?,
    });
    let how = if by_itself { ",\"by_itself\":true" } else { "" };
    let detail = format!("{{\"station\":\"{}\",\"decision\":\"{}\"{how}}}", decided.station, decision.name());
    change.audit.push(audit(who, "decide", Some(journey_id), &detail, now));
    let flight = lookups::flight::read(app, &state.flight).await?.map(|(flight, _)| flight);
    let window = crate::setting::window(port, &state.flight, flight.as_ref())?;
    let answer = Decided {
        scan_id: scan,
        decision,
        journey: journey_id,
        state: state.shown(&window, now).name().to_owned(),
        used: (decision == Decision::Clear).then(|| state.pass.used_at(&decided.stage).map(UsedAnswer::from)).flatten(),
        obligations: owed(&state, journey_id),
    };
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// Seals an officer's words under the person's key, at the event they belong to.
///
/// # Errors
/// An erased person; the store's.
pub async fn note(change: &mut Change, app: &App, journey: Id, seq: i64, text: &str) -> Result<(), Failure> {
    let part = seq;
    let key = app.person_key(journey).await?;
    let owner = crate::ledger::notes_of(journey);
    let sealed = key.seal(&format!("note/{part}"), text.as_bytes(), &app.rng)?;
    change.bodies.push(Body { owner, part, person: Some(journey), sealed });
    Ok(())
}

/// The ids by which what is owed can be answered.
#[must_use]
pub fn owed(journey: &Journey, id: Id) -> Vec<String> {
    journey.open().map(|o: &Obligation| lookups::obligation::name(id, o.number)).collect()
}
