//! A flight is made or moved: by the API, a schedule or the console. Everything that hangs on its times follows by itself,
//! because nothing of them is copied into journeys.

use pratique_core::access::Act;
use pratique_core::flight::{FlightForm, FlightId};
use pratique_store::{Change, RowWrite};

use super::listed;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// Makes or moves a flight.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::Invalid`].
pub async fn move_flight(
    app: &App,
    who: &Caller,
    id: &FlightId,
    form: &FlightForm,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may_for(Act::MoveFlight, &id.port, id.designator.carrier())?;
    app.settle(once, || prepare(app, who, id, form, once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    id: &FlightId,
    form: &FlightForm,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let port = app.house.port(&id.port).ok_or(Failure::NotFound)?;
    let known = lookups::flight::read(app, id).await?;
    let flight = form.check(id.clone(), &port.zone(), known.is_some(), now).map_err(Failure::Invalid)?;
    let mut change = Change { label: "move-flight", ..Change::default() };
    let status = if known.is_some() { 200 } else { 201 };
    let (before, version) = known.map_or((None, 0), |(flight, version)| (Some(flight), version));
    if before.as_ref() != Some(&flight) {
        let row = ledger::flight_row(id);
        let state = serde_json::to_string(&flight)?;
        change.rows.push(RowWrite { kind: ledger::FLIGHT, id: row, expected: version, state });
        change.remove.extend(before.iter().flat_map(listed::of_flight));
        change.put.extend(listed::of_flight(&flight));
    }
    let detail = serde_json::to_string(&flight)?;
    change.audit.push(audit(who, "move-flight", Some(ledger::flight_row(id)), &detail, now));
    let reply = Reply::new(status, &flight)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}
