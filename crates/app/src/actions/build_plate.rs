//! A plate is laid out: up to 93 queued tubes in their order, and the controls. Which tube is in which well is fixed from then on.

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::test::TestCommand;
use pratique_core::journey::{Command, Journey, test};
use pratique_core::laboratory::plate::TUBES_MAX;
use pratique_core::laboratory::{Assay, Label, Plate};
use pratique_core::port::Port;
use pratique_store::{Change, Entry, RowWrite};
use serde::{Deserialize, Serialize};

use super::many::Many;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::plate::{self, Found};
use crate::lookups::sample::{self, Place, Which};
use crate::once::{self, Once, Reply, Sealer};

/// A plate as asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlateRequest {
    /// The assay's id; the pack's first if left out.
    pub assay: Option<String>,
    /// The tubes in their order; the longest waiting if left out.
    pub labels: Option<Vec<String>>,
}

/// Builds a plate.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] pointing at each tube that does not wait for a plate; [`Failure::Plate`].
pub async fn build_plate(
    app: &App,
    who: &Caller,
    port: &str,
    request: &PlateRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Read, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let assays = app.house.in_force(port).map(|p| p.pack.assays.as_slice()).unwrap_or_default();
    let assay = match &request.assay {
        Some(id) => assays.iter().find(|assay| assay.id == id.trim()),
        None => assays.first(),
    };
    let assay = assay.ok_or_else(|| Failure::field("/assay", "not-an-assay"))?;
    app.settle(once, || prepare(app, who, (port, assay), request.labels.as_deref(), once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    (port, assay): (&Port, &Assay),
    labels: Option<&[String]>,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let places = match labels {
        Some(labels) => named(app, labels).await?,
        None => longest_waiting(app, port).await?,
    };
    let labels: Vec<Label> = places.iter().filter_map(|place| place.label.parse().ok()).collect();
    let plate = Plate::build(&port.code, assay, &labels, &who.name(), now)?;
    let id = app.rng.id(now);
    let mut many = Many::open(app, places.iter().map(|place| place.journey)).await?;
    let mut faults = Vec::new();
    for (at, (place, (well, _))) in places.iter().zip(plate.tubes()).enumerate() {
        let waits = many.journey(place.journey).is_ok_and(|j| j.port == port.code && is_queued(place, j));
        let command = TestCommand::Plate { sample: place.number, plate: id, well: well.to_string() };
        let command = Command::Test { command, by: who.name(), deadlines: port.deadlines };
        if !waits || many.does(place.journey, &command).is_err() {
            faults.push(FieldError::new(format!("/labels/{at}"), "not-queued"));
        }
    }
    if !faults.is_empty() {
        return Err(Failure::Invalid(faults));
    }
    let mut change = Change { label: "build-plate", ..Change::default() };
    many.write(&mut change, who, &format!("{{\"plate\":\"{id}\"}}"))?;
    change.rows.push(RowWrite { kind: ledger::PLATE, id, expected: 0, state: serde_json::to_string(&plate)? });
    let list = ledger::plates(&port.code, plate.state_name());
    change.put.push(Entry { list, sort: now.as_millisecond(), id });
    change.audit.push(audit(who, "build-plate", None, &format!("{{\"plate\":\"{id}\"}}"), now));
    let reply = Reply::new(201, &plate::view(&Found { id, version: 1, plate }, &[]))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

fn is_queued(place: &Place, journey: &Journey) -> bool {
    let newest = place.of(journey).and_then(|sample| sample.tests.last());
    newest.is_some_and(|newest| newest.state == test::State::Queued)
}

/// The tubes as they were scanned, each at its pointer.
async fn named(app: &App, labels: &[String]) -> Result<Vec<Place>, Failure> {
    let places = sample::places(app, labels.get(..=TUBES_MAX).unwrap_or(labels)).await?;
    let unknown = places.iter().enumerate().filter(|(_, place)| place.is_none());
    let faults: Vec<_> = unknown.map(|(at, _)| FieldError::new(format!("/labels/{at}"), "unknown-label")).collect();
    if faults.is_empty() { Ok(places.into_iter().flatten().collect()) } else { Err(Failure::Invalid(faults)) }
}

/// The tubes that were taken first.
async fn longest_waiting(app: &App, port: &Port) -> Result<Vec<Place>, Failure> {
    let (tubes, _) = sample::listed(app, &port.code, Which::Test("queued"), None, TUBES_MAX as u32).await?;
    let place = |tube: &sample::Tube| {
        let (journey, number): (Id, u32) = (tube.journey, tube.sample.number);
        Place { journey, number, label: tube.label().to_owned() }
    };
    Ok(tubes.iter().take(TUBES_MAX).map(place).collect())
}
