//! A scan at a station: a pass, a code or a document is read, and one verdict given. A scan uses nothing up, and every scan is
//! recorded, also of what leads nowhere: forged passes are a fact about the day.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::advice::{self, PassVerdict, Seen};
use pratique_core::journey::{self, Command, DocumentCheck, Journey, ScanFacts, Use};
use pratique_core::port::{Port, Station};
use pratique_store::{Change, Entry, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::{Loaded, audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::lookups::scan::Found;
use crate::once::{self, Once, Reply, Sealer};

/// A scan as a station sends it (contract.md, `POST /checkpoint/scans`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRequest {
    /// The client's own UUID: sending it again gives the first answer.
    pub scan_id: String,
    /// The station's code.
    pub station: String,
    /// The text of a QR code.
    #[serde(default)]
    pub pass: Option<String>,
    /// A short code, typed.
    #[serde(default)]
    pub code: Option<String>,
    /// A document, typed.
    #[serde(default)]
    pub document: Option<TypedDocument>,
    /// The machine-readable zone of the document in front of the officer.
    #[serde(default)]
    pub mrz: Option<String>,
    /// When it was scanned, if not now. Recorded beside our own time, never instead of it.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// A document as an officer types it: its number alone, or with what else is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TypedDocument {
    /// The number.
    Number(String),
    /// More of it.
    Parts {
        /// The number.
        number: String,
        /// The issuing state.
        #[serde(default)]
        issuer: Option<String>,
        /// The holder's birth date.
        #[serde(default)]
        birth_date: Option<String>,
    },
}

/// What the store keeps of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRecord {
    /// The port.
    pub port: String,
    /// The station.
    pub station: String,
    /// The stage that a clearance on it uses up.
    pub stage: String,
    /// When we received it.
    pub at: Timestamp,
    /// When the station says it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_at: Option<Timestamp>,
    /// Who scanned.
    pub by: String,
    /// The journey that it led to.
    pub journey: Option<Id>,
    /// The pass.
    pub verdict: PassVerdict,
    /// The document.
    pub document: DocumentCheck,
    /// What was advised.
    pub advice: advice::Advice,
    /// What was decided, once somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<journey::Decision>,
}

/// The pass's part of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassAnswer {
    /// How the pass stands.
    pub verdict: PassVerdict,
}

/// One reason, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonAnswer {
    /// `rule` or `notice`.
    pub kind: String,
    /// The rule's id or the notice's code.
    pub code: String,
    /// What it alone advises.
    pub advice: advice::Advice,
    /// In words.
    pub text: String,
}

/// Where and by whom a pass was used up before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedAnswer {
    /// The stage.
    pub stage: String,
    /// The station.
    pub station: String,
    /// When.
    pub at: Timestamp,
    /// The officer.
    pub by: String,
}

impl From<&Use> for UsedAnswer {
    fn from(used: &Use) -> Self {
        UsedAnswer { stage: used.stage.clone(), station: used.station.clone(), at: used.at, by: used.by.clone() }
    }
}

/// The answer to a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// The scan's own id, for the decision.
    pub scan_id: Id,
    /// The pass.
    pub pass: PassAnswer,
    /// The document beside it.
    pub document: DocumentCheck,
    /// Whether the flight's manifest has this person; `unknown` until manifests come.
    pub manifest: String,
    /// The tier; absent where no journey was found.
    pub tier: Option<String>,
    /// Every reason, weightiest first.
    pub reasons: Vec<ReasonAnswer>,
    /// Set if the pass was used up at this stage before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<UsedAnswer>,
    /// What is advised.
    pub advice: advice::Advice,
    /// The journey; absent where none was found.
    pub journey: Option<Id>,
    /// What is shown of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The flight declared for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<String>,
}

/// Takes a scan at a port; reasons come in the officer's language.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] for an unknown station or a scan without anything scanned.
pub async fn scan(
    app: &App,
    who: &Caller,
    port: &str,
    request: &ScanRequest,
    language: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Scan, port)?;
    let id: Id = request.scan_id.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let station = port.station(&request.station).ok_or_else(|| Failure::field("/station", "not-a-station"))?;
    // The scan's own id makes it repeatable even without a header.
    let body = serde_json::to_vec(request)?;
    let once = once.unwrap_or_else(|| Once::of(app, "scan", &who.name(), &request.scan_id, &body));
    app.settle(Some(once), async || {
        let found = lookups::scan::find(app, port, request).await?;
        prepare(app, who, (port, station), (id, request), found, language, once)
    })
    .await
}

fn prepare(
    app: &App,
    who: &Caller,
    (port, station): (&Port, &Station),
    (id, request): (Id, &ScanRequest),
    found: Found,
    language: &str,
    once: Once,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let stage = port.stage_of(station);
    let journey = found.journey.as_ref().and_then(|l| l.journey.as_ref());
    let seen = Seen {
        verdict: found.verdict,
        document: found.document,
        damaged_mrz: found.damaged_mrz,
        journey,
        on_schedule: found.on_schedule,
        stage: &stage,
    };
    let (advice, notices) = advice::advise(&seen);
    let mut answer = lookups::scan::answer(app, id, &seen, advice, &notices, language);
    let mut change = Change { label: "scan", ..Change::default() };
    if let Some(loaded) = &found.journey {
        answer.journey = Some(loaded.id);
        answer.state = presented(&mut change, loaded, &found, (id, &station.code), now)?;
    }
    let record = ScanRecord {
        port: port.code.clone(),
        station: station.code.clone(),
        stage,
        at: now,
        scanned_at: request.at,
        by: who.name(),
        journey: answer.journey,
        verdict: found.verdict,
        document: found.document,
        advice,
        decided: None,
    };
    change.rows.push(RowWrite { kind: ledger::SCAN, id, expected: 0, state: serde_json::to_string(&record)? });
    change.put.push(Entry { list: ledger::scans(&port.code, &station.code), sort: now.as_millisecond(), id });
    let detail = format!(
        "{{\"station\":\"{}\",\"verdict\":\"{}\",\"advice\":\"{}\"}}",
        station.code,
        found.verdict.name(),
        advice.name()
    );
    change.audit.push(audit(who, "scan", answer.journey, &detail, now));
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, Some(once), &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// The journey remembers that it was shown, unless it was withdrawn or replaced: then only the scan's own record does.
fn presented(
    change: &mut Change,
    loaded: &Loaded,
    found: &Found,
    (scan, station): (Id, &str),
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let journey: &Journey = loaded.existing()?;
    let facts = ScanFacts { scan, station: station.to_owned(), document: found.document };
    // A pass that is not good does not lock the declaration: whoever shows somebody else's old picture must not take the
    // holder's right to change their answers.
    let counts = matches!(found.verdict, PassVerdict::Valid | PassVerdict::NotYet | PassVerdict::Expired);
    let state = match journey::decide(Some(journey), &Command::Scan(facts), now) {
        Ok(events) if counts => follow(change, loaded, &events, now)?,
        _ => journey.clone(),
    };
    Ok(found.window.map(|window| state.shown(&window, now).name().to_owned()))
}
