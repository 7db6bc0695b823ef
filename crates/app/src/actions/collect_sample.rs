//! At the booth: a sample is taken, the tube's label scanned back; or it is not taken, and somebody says why.

use pratique_core::access::Act;
use pratique_core::journey::sample::{NotSampled, SampleCommand, Specimen};
use pratique_core::journey::{Command, Refusal};
use pratique_core::laboratory::Label;
use pratique_core::port::Port;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::decide::words;
use super::deed::{Decided, Deed, decided_on};
use super::label_sample::{Chair, chair, to_be_taken};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// A sample taken, as sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectRequest {
    /// The scan of the person in the chair.
    pub scan_id: String,
    /// What was taken; of the nasopharynx if left out.
    pub specimen: Option<String>,
}

/// A sample not taken, as sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotSampledRequest {
    /// The scan of the person in the chair.
    pub scan_id: String,
    /// `refused` or `unable`.
    pub why: String,
    /// In words; sealed.
    pub reason: Option<String>,
}

/// Takes a sample: `label` is what was scanned back from the tube.
///
/// # Errors
/// As [`chair`]; [`Failure::NotFound`] for a label that leads nowhere; [`Refusal::WrongTube`] for one of somebody else.
pub async fn collect_sample(
    app: &App,
    who: &Caller,
    port: &str,
    label: &str,
    request: &CollectRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Collect, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let label: Label = label.parse().map_err(|_| Failure::field("/label", "not-a-label"))?;
    let specimen = request.specimen.as_deref().unwrap_or(Specimen::Nasopharyngeal.name());
    let specimen = Specimen::parse(specimen).ok_or_else(|| Failure::field("/specimen", "not-a-specimen"))?;
    let chair = chair(app, port, &request.scan_id).await?;
    // A tube of nobody here, a void label, or one of another person: all of them are the wrong tube in this hand.
    match app.store.claim(&crate::ledger::label_claim(&label.to_string())).await? {
        Some(held) if held.holder == chair.journey => {}
        _ => return Err(Refusal::WrongTube.into()),
    }
    let (chair, station) = (&chair, &chair.station);
    let collect =
        move |number| SampleCommand::Collect { number, label: label.to_string(), specimen, station: station.clone() };
    app.settle(once, || prepare(app, who, port, (chair, &collect), None, once)).await
}

/// Writes down that a sample was not taken.
///
/// # Errors
/// As [`chair`]; [`Failure::Invalid`]; [`Failure::Refused`].
pub async fn not_sampled(
    app: &App,
    who: &Caller,
    port: &str,
    request: &NotSampledRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Collect, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let why = NotSampled::parse(&request.why).ok_or_else(|| Failure::field("/why", "not-a-why"))?;
    let reason = words(request.reason.as_deref())?;
    let chair = chair(app, port, &request.scan_id).await?;
    let not = move |number| SampleCommand::NotSampled { number, why };
    let (chair, reason) = (&chair, reason.as_deref());
    app.settle(once, || prepare(app, who, port, (chair, &not), reason, once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    (chair, command): (&Chair, &(impl Fn(u32) -> SampleCommand + Sync)),
    reason: Option<&str>,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let loaded = lookups::journey::load(app, chair.journey).await?;
    let number = to_be_taken(loaded.existing()?).map_err(|_| Refusal::SampleElsewhere)?;
    let deed = Deed {
        label: "collect-sample",
        act: Act::Collect,
        journey: chair.journey,
        command: Command::Sample { command: command(number), by: who.name(), deadlines: port.deadlines },
        reason,
        detail: format!("{{\"station\":\"{}\"}}", chair.station),
    };
    let Decided { mut change, state, .. } = decided_on(app, who, &deed, &loaded).await?;
    let sample = state.samples.iter().find(|s| s.number == number).ok_or(Failure::NotFound)?;
    let reply = Reply::new(200, &json!({ "label": sample.label(), "state": sample.state_name() }))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}
