//! A scan at a station: a pass, a code or a document is read, and one verdict given. A scan uses nothing up, and every scan is
//! recorded, also of what leads nowhere: forged passes are a fact about the day.

use jiff::{SignedDuration, Timestamp};
use pratique_core::access::{Act, Denied};
use pratique_core::id::Id;
use pratique_core::journey::advice::{self, OnList, PassVerdict, Seen};
use pratique_core::journey::{self, Command, Journey, ScanFacts};
use pratique_core::port::{Port, Station, StationKind};
use pratique_store::{Change, Entry, RowWrite};

use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::lookups::journey::Loaded;
use crate::lookups::scan::Found;
use crate::once::{self, Once, Reply, Sealer};
use crate::verdict::{NoticeRecord, ScanRecord, ScanRequest};

/// Minutes by which a station's clock may be ahead of ours. A scan made offline comes late and names an earlier time; one of the
/// future is a clock that is wrong.
const CLOCK_SKEW_MIN: i64 = 5;

/// Who may scan at a port at all: at the lane and the desk, or at a booth to know who sits in the chair.
///
/// # Errors
/// [`Denied`].
pub fn admitted(who: &Caller, port: &str) -> Result<(), Denied> {
    who.may(Act::Scan, port).or_else(|denied| who.may(Act::Collect, port).map_err(|_| denied))
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
    admitted(who, port)?;
    let id: Id = request.scan_id.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let station = port.station(&request.station).ok_or_else(|| Failure::field("/station", "not-a-station"))?;
    // A sampler scans to know who sits in the chair, and nowhere else than at a booth.
    if station.kind != StationKind::Booth {
        who.may(Act::Scan, &port.code)?;
    }
    let latest = app.now() + SignedDuration::from_mins(CLOCK_SKEW_MIN);
    if request.at.is_some_and(|at| at > latest) {
        return Err(Failure::field("/at", "at-in-future"));
    }
    // The scan's own id makes it repeatable even without a header.
    let body = serde_json::to_vec(request)?;
    let once = once.unwrap_or_else(|| Once::of(app, "scan", &who.name(), &request.scan_id, &body));
    app.settle_reading(Some(once), || async move {
        // The id names one scan: another one under it is refused. One that was answered under this very key is a repeat.
        let (known, found) = tokio::join!(lookups::scan::read(app, id), lookups::scan::find(app, port, request));
        if known?.is_some() && once::answered(app, Some(once)).await?.is_none() {
            return Err(Failure::KeyReused);
        }
        let mut found = found?;
        found.manifest = lookups::matching::standing(app, found.journey.as_ref(), found.against.contested).await?;
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
        astray: found.astray,
        other_port: found.other_port,
        on_list: OnList::of(found.manifest),
        flight: found.flight,
        elsewhere: found.against.worst,
        contested: found.against.contested,
        stage: &stage,
    };
    let (advice, notices) = advice::advise(&seen);
    let mut answer = lookups::scan::answer(app, id, &seen, advice, &notices, language);
    if who.may(Act::Scan, &port.code).is_err() {
        // Why somebody is sampled is the doctor's to know.
        (answer.tier, answer.reasons, answer.judged_by) = (None, Vec::new(), None);
    }
    answer.manifest = found.manifest.to_owned();
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
        notices: notices.iter().map(NoticeRecord::from).collect(),
        elsewhere: found.against.speaking.clone(),
        used: answer.used.clone(),
        manifest: found.manifest.to_owned(),
        decided: None,
        act: None,
        undone: None,
    };
    change.rows.push(RowWrite { kind: ledger::SCAN, id, expected: 0, state: serde_json::to_string(&record)? });
    change.put.push(Entry { list: ledger::scans(&port.code, &station.code), sort: now.as_millisecond(), id });
    let detail = format!("{{\"station\":\"{}\",\"verdict\":\"{}\"}}", station.code, found.verdict.name());
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
