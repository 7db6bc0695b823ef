//! A flight's health part is recorded: what the general declaration says, the inspection on board, disinfection. Counts and codes
//! stand in the row; seats and words are sealed under a key of this record's own.

use pratique_core::access::Act;
use pratique_core::flight::{FlightId, InspectionForm};
use pratique_store::{Body, Change, Entry, RowWrite};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::keys::PersonKey;
use crate::ledger;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// Records it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`] for a flight that is not on the schedule, [`Failure::Invalid`].
pub async fn inspect(
    app: &App,
    who: &Caller,
    flight: &FlightId,
    form: &InspectionForm,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::InspectFlight, &flight.port)?;
    app.settle(once, || prepare(app, who, flight, form, once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    flight: &FlightId,
    form: &InspectionForm,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    lookups::flight::read(app, flight).await?.ok_or(Failure::NotFound)?;
    let kept = form.check(flight.clone(), &who.name(), now).map_err(Failure::Invalid)?;
    let id = app.rng.id(now);
    let key = PersonKey::new(id, &app.rng);
    let mut change = Change { label: "inspect-flight", ..Change::default() };
    change.person_keys.push((id, key.wrapped(&app.root, &app.rng)?));
    let sealed = key.seal("inspection", &serde_json::to_vec(form)?, &app.rng)?;
    change.bodies.push(Body { owner: id, part: 1, person: Some(id), sealed });
    let state = serde_json::to_string(&kept)?;
    change.rows.push(RowWrite { kind: ledger::INSPECTION, id, expected: 0, state });
    change.put.push(Entry { list: ledger::inspections(flight), sort: now.as_millisecond(), id });
    let detail = format!("{{\"flight\":\"{flight}\",\"ill\":{}}}", kept.ill);
    change.audit.push(audit(who, "inspect-flight", Some(id), &detail, now));
    let reply = Reply::new(201, &lookups::inspection::view(id, &kept))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}
