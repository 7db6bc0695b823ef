//! Plates: one, and those of a port by state.

use pratique_core::id::Id;
use pratique_core::journey::test;
use pratique_core::laboratory::Plate;
use pratique_core::laboratory::plate::{Content, State};
use pratique_store::Order;
use serde_json::{Value, json};

use super::sample::{self, Tube};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// A plate with the version of its row.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its id.
    pub id: Id,
    /// The version that was read.
    pub version: i64,
    /// The plate.
    pub plate: Plate,
}

/// A plate of this port.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn load(app: &App, port: &str, id: &str) -> Result<Found, Failure> {
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let row = app.store.row(id).await?.filter(|row| row.kind == ledger::PLATE).ok_or(Failure::NotFound)?;
    let plate: Plate = serde_json::from_str(&row.state)?;
    if plate.port != port {
        return Err(Failure::NotFound);
    }
    Ok(Found { id, version: row.version, plate })
}

/// The newest plates in a state.
///
/// # Errors
/// The store's.
pub async fn newest(app: &App, port: &str, state: &str, limit: u32) -> Result<Vec<Found>, Failure> {
    let list = ledger::plates(port, state);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, limit, Order::Descending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    rows.map(|row| Ok(Found { id: row.id, version: row.version, plate: serde_json::from_str(&row.state)? })).collect()
}

/// The tubes of a plate as they are now, in the order of filling; nothing for one whose label is void.
///
/// # Errors
/// The store's.
pub async fn tubes(app: &App, plate: &Plate) -> Result<Vec<Option<Tube>>, Failure> {
    let labels: Vec<String> = plate.tubes().map(|(_, label)| label.to_owned()).collect();
    let places = sample::places(app, &labels).await?;
    let ids: Vec<Id> = places.iter().flatten().map(|place| place.journey).collect();
    let mut rows = app.store.rows(&ids).await?.into_iter();
    let mut tubes = Vec::with_capacity(labels.len());
    for place in &places {
        let Some(place) = place else {
            tubes.push(None);
            continue;
        };
        let journey = match rows.next().flatten() {
            Some(row) => Some(serde_json::from_str(&row.state)?),
            None => None,
        };
        let tube = journey.as_ref().and_then(|j| place.of(j).map(|s| Tube::of(place.journey, j, s)));
        tubes.push(tube);
    }
    Ok(tubes)
}

/// A plate in short.
#[must_use]
pub fn line(found: &Found) -> Value {
    let plate = &found.plate;
    json!({
        "id": found.id,
        "name": Plate::name(found.id),
        "assay": plate.assay.id,
        "state": plate.state_name(),
        "built_at": plate.built_at,
        "built_by": plate.built_by,
        "tubes": plate.tubes().count(),
    })
}

/// A plate with its map, and what each well says by now.
#[must_use]
pub fn view(found: &Found, tubes: &[Option<Tube>]) -> Value {
    let plate = &found.plate;
    let calls = plate.calls();
    let mut now = tubes.iter();
    let wells: Vec<Value> = plate
        .wells
        .iter()
        .map(|(well, content)| match content {
            Content::Control(control) => json!({ "well": well, "control": control.name() }),
            Content::Tube(label) => {
                let call = calls.iter().find(|call| call.well == *well).map(|call| call.result.name());
                let test = now.next().and_then(Option::as_ref).and_then(|tube| on(tube, found.id));
                json!({ "well": well, "label": label, "call": call, "test": test })
            }
        })
        .collect();
    let faults = match &plate.state {
        State::Rejected { faults, .. } => faults.as_slice(),
        _ => &[],
    };
    let fault = |f: &pratique_core::laboratory::call::ControlFault| json!({ "control": f.control.name(), "channel": f.channel, "why": f.why.name() });
    let mut view = line(found);
    view["wells"] = wells.into();
    view["controls"] = faults.iter().map(fault).collect();
    view["run"] = match plate.ran() {
        None => Value::Null,
        Some(run) => json!({ "instrument": run.instrument, "by": run.by, "at": run.at, "sha256": run.hash }),
    };
    view
}

/// Where the test that was put on this plate stands; nothing if it went to another.
fn on(tube: &Tube, plate: Id) -> Option<&'static str> {
    let here = |test: &&test::Test| match &test.state {
        test::State::Queued => false,
        test::State::OnPlate { plate: p, .. } => *p == plate,
        test::State::Read(reading) | test::State::Released { reading, .. } => {
            reading.plate.as_ref().is_some_and(|(p, _)| *p == plate)
        }
    };
    tube.sample.tests.iter().rev().find(here).map(test::Test::state_name)
}
