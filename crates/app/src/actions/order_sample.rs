//! A sample is ordered from a person.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::Command;
use pratique_core::journey::obligation::ObligationKind;
use pratique_core::journey::sample::SampleCommand;
use serde::{Deserialize, Serialize};

use super::decide::owed;
use super::deed::{Decided, Deed, decided_on};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// An order as sent: the journey, or a scan that led to it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderRequest {
    /// The journey.
    pub journey: Option<String>,
    /// A scan of the person's pass.
    pub scan_id: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// The journey.
    pub journey: Id,
    /// The sample's number in it.
    pub number: u32,
    /// By when it is taken.
    pub due: jiff::Timestamp,
    /// What is owed now: ids for `/obligations/{id}`.
    pub still_open: Vec<String>,
}

/// Orders a sample.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`] (one is to be taken already).
pub async fn order_sample(
    app: &App,
    who: &Caller,
    request: &OrderRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let journey = journey_of(app, request).await?;
    app.settle(once, || prepare(app, who, journey, once)).await
}

async fn journey_of(app: &App, request: &OrderRequest) -> Result<Id, Failure> {
    match (&request.journey, &request.scan_id) {
        (Some(journey), _) => journey.parse().map_err(|_| Failure::field("/journey", "not-a-uuid")),
        (None, Some(scan)) => {
            let scan = scan.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
            let record = lookups::scan::read(app, scan).await?;
            record.and_then(|(record, _)| record.journey).ok_or(Failure::NotFound)
        }
        (None, None) => Err(Failure::field("/journey", "required")),
    }
}

async fn prepare(app: &App, who: &Caller, journey: Id, once: Option<Once>) -> Result<Prepared, Failure> {
    let loaded = lookups::journey::load(app, journey).await?;
    let deadlines = app.house.port(&loaded.existing()?.port).ok_or(Failure::NotFound)?.deadlines;
    let command = Command::Sample { command: SampleCommand::Order, by: who.name(), deadlines };
    let deed =
        Deed { label: "order-sample", act: Act::OrderSample, journey, command, reason: None, detail: "{}".into() };
    let Decided { mut change, state, .. } = decided_on(app, who, &deed, &loaded).await?;
    let number = state.samples.last().map_or(0, |sample| sample.number);
    let due = state.open().find(|o| o.kind == ObligationKind::CollectSample && o.about == Some(number));
    let due = due.map_or(app.now(), |o| o.due);
    let reply = Reply::new(201, &Ordered { journey, number, due, still_open: owed(&state, journey) })?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}
