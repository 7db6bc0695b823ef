//! A tube is labelled, and only from a scan of the person's pass at a booth a moment ago: this, and scanning the tube back, is
//! why two people are never mixed up.

use jiff::SignedDuration;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::advice::PassVerdict;
use pratique_core::journey::sample::{SampleCommand, State};
use pratique_core::journey::{Command, DocumentCheck, Journey, Refusal};
use pratique_core::port::{Port, StationKind};
use pratique_store::Claim;
use serde::{Deserialize, Serialize};

use super::deed::{Decided, Deed, decided_on};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// Minutes for which a scan says who sits in the chair.
const SCAN_MIN: i64 = 15;

/// A label as asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelRequest {
    /// The scan of the person's pass at the booth.
    pub scan_id: String,
    /// The version of the consent that the person was shown and gave.
    pub consent: String,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// What is printed.
    pub label: String,
    /// The picture's address.
    pub label_svg: String,
    /// The consent's version, kept with the tube.
    pub consent: String,
}

/// Whom a scan at a booth shows to be in the chair.
#[derive(Debug, Clone)]
pub struct Chair {
    /// The scan.
    pub scan: Id,
    /// The journey.
    pub journey: Id,
    /// The booth.
    pub station: String,
}

/// Who sits in the chair, by a scan of their pass at a booth of this port, at most 15 minutes ago.
///
/// # Errors
/// [`Failure::Invalid`] at `/scan_id`, saying what to do: scan again, here, the right document.
pub async fn chair(app: &App, port: &Port, scan_id: &str) -> Result<Chair, Failure> {
    let no = |code| Failure::field("/scan_id", code);
    let scan: Id = scan_id.parse().map_err(|_| no("not-a-uuid"))?;
    let record = lookups::scan::read(app, scan).await?.map(|(record, _)| record);
    let record = record.filter(|r| r.port == port.code).ok_or_else(|| no("scan-not-here"))?;
    let at_booth = port.station(&record.station).is_some_and(|station| station.kind == StationKind::Booth);
    if !at_booth {
        return Err(no("scan-not-here"));
    }
    // Whoever waits long, or comes again for a second sample, has a pass whose time is over: it is still theirs.
    let genuine = matches!(record.verdict, PassVerdict::Valid | PassVerdict::Expired | PassVerdict::NotYet);
    let journey = record.journey.filter(|_| genuine).ok_or_else(|| no("scan-not-good"))?;
    if record.document == DocumentCheck::Mismatch {
        return Err(no("scan-other-document"));
    }
    if app.now().duration_since(record.at) > SignedDuration::from_mins(SCAN_MIN) {
        return Err(no("scan-too-old"));
    }
    Ok(Chair { scan, journey, station: record.station })
}

/// The sample that is to be taken from a person: there is never more than one.
///
/// # Errors
/// [`Refusal::NoSuchSample`].
pub fn to_be_taken(journey: &Journey) -> Result<u32, Refusal> {
    let waits = |state: &State| matches!(state, State::Ordered | State::Labelled(_));
    journey.samples.iter().find(|s| waits(&s.state)).map(|s| s.number).ok_or(Refusal::NoSuchSample)
}

/// Labels a tube. A label printed before for the same sample is void from now on.
///
/// # Errors
/// As [`chair`]; [`Failure::Invalid`] for another consent than the one in force; [`Failure::Refused`] if no sample was ordered.
pub async fn label_sample(
    app: &App,
    who: &Caller,
    port: &str,
    request: &LabelRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Collect, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let chair = chair(app, port, &request.scan_id).await?;
    let consent = app.house.in_force(port).and_then(|p| p.pack.consent.as_ref()).map(|c| c.version.clone());
    let consent = consent.filter(|version| *version == request.consent.trim());
    let consent = consent.ok_or_else(|| Failure::field("/consent", "other-consent"))?;
    let (chair, consent) = (&chair, consent.as_str());
    app.settle(once, || prepare(app, who, port, chair, consent, once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    chair: &Chair,
    consent: &str,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let loaded = lookups::journey::load(app, chair.journey).await?;
    let number = to_be_taken(loaded.existing()?)?;
    let label = app.rng.label();
    let command = SampleCommand::Label {
        number,
        label: label.to_string(),
        scan: chair.scan,
        consent: consent.to_owned(),
        station: chair.station.clone(),
    };
    let deed = Deed {
        label: "label-sample",
        act: Act::Collect,
        journey: chair.journey,
        command: Command::Sample { command, by: who.name(), deadlines: port.deadlines },
        reason: None,
        detail: format!("{{\"station\":\"{}\"}}", chair.station),
    };
    let Decided { mut change, .. } = decided_on(app, who, &deed, &loaded).await?;
    // A label that another tube has already conflicts, and the next try draws another.
    let key = ledger::label_claim(&label.to_string());
    change.claims.push(Claim { key, holder: chair.journey, detail: number.to_string() });
    let answer =
        Labelled { label: label.to_string(), label_svg: lookups::sample::picture(&label), consent: consent.to_owned() };
    let reply = Reply::new(201, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}
