//! A released result was wrong. One person says so, another confirms it; only then it is another result, and everybody who acted
//! on the old one is told (journey.md 6.3, I12).

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::journey::test::{self, TestCommand};
use pratique_core::journey::{Refusal, TestResult};
use pratique_store::{Change, RowWrite};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::deed::{Decided, Deed, decided};
use super::read_test::{command, result_named};
use super::release_result::tracing;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::sample::{self, Place};
use crate::once::{self, Once, Reply, Sealer};

/// What the first person found, kept until a second one says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The tube.
    pub label: String,
    /// What is true.
    pub result: TestResult,
    /// The first person.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The version of the result that it is about: an amendment of an older one says nothing any more.
    pub version: u32,
}

/// Says that a released result was wrong, or confirms that somebody else said so.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] for the result that it has already,
/// [`Failure::Refused`] (not released; the same person twice).
pub async fn amend_result(
    app: &App,
    who: &Caller,
    label: &str,
    result: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let result = result_named(result)?;
    app.settle(once, || prepare(app, who, label, result, once)).await
}

/// The amendment that waits for a second person, if there is one.
///
/// # Errors
/// The store's.
pub async fn waiting(app: &App, label: &str, version: u32) -> Result<(Option<Amendment>, i64), Failure> {
    let Some(row) = app.store.row(ledger::amendment_row(label)).await? else { return Ok((None, 0)) };
    let amendment: Amendment = serde_json::from_str(&row.state)?;
    Ok((Some(amendment).filter(|a| a.version == version), row.version))
}

async fn prepare(
    app: &App,
    who: &Caller,
    label: &str,
    result: TestResult,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    // Who reads and who releases may both find an error; only who releases may confirm one.
    let found = sample::find(app, who, Act::SeeSamples, label).await?;
    let (place, journey) = found;
    let may_confirm = who.may(Act::Release, &journey.port).is_ok();
    if !may_confirm {
        who.may(Act::Read, &journey.port)?;
    }
    let newest = place.of(&journey).and_then(|sample| sample.tests.last());
    let Some(test::State::Released { reading, version, .. }) = newest.map(|t| &t.state) else {
        return Err(Refusal::NotReleased.into());
    };
    if reading.result == result {
        return Err(Failure::field("/result", "same-result"));
    }
    let (before, row_version) = waiting(app, &place.label, *version).await?;
    match before.filter(|before| before.result == result) {
        Some(before) if before.by == who.name() => Err(Refusal::SecondPersonNeeded.into()),
        Some(_) if !may_confirm => Err(Refusal::SecondPersonNeeded.into()),
        Some(before) => confirm(app, who, (place, &journey.port), before, once).await,
        None => propose(app, who, place, (result, *version, row_version), once),
    }
}

fn propose(
    app: &App,
    who: &Caller,
    place: Place,
    (result, version, row_version): (TestResult, u32, i64),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let amendment = Amendment { label: place.label.clone(), result, by: who.name(), at: now, version };
    let mut change = Change { label: "propose-amendment", ..Change::default() };
    change.rows.push(RowWrite {
        kind: ledger::AMENDMENT,
        id: ledger::amendment_row(&place.label),
        expected: row_version,
        state: serde_json::to_string(&amendment)?,
    });
    let detail = format!("{{\"result\":\"{}\"}}", result.name());
    change.audit.push(audit(who, "propose-amendment", Some(place.journey), &detail, now));
    let answer =
        json!({ "label": place.label, "state": "proposed", "result": result.name(), "found_by": amendment.by });
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

async fn confirm(
    app: &App,
    who: &Caller,
    (place, port): (Place, &str),
    first: Amendment,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let amend = TestCommand::Amend {
        sample: place.number,
        result: first.result,
        found_by: first.by.clone(),
        tracing: tracing(port),
    };
    let deed = Deed {
        label: "amend-result",
        act: Act::Release,
        journey: place.journey,
        command: command(amend, who, port.deadlines),
        reason: None,
        detail: format!("{{\"result\":\"{}\"}}", first.result.name()),
    };
    let Decided { mut change, .. } = decided(app, who, &deed).await?;
    let answer =
        json!({ "label": place.label, "state": "amended", "result": first.result.name(), "found_by": first.by });
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}
