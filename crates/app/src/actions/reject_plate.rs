//! A person does not believe a plate, or dropped it: all its tests wait for another one, unless a result of it is final already.

use pratique_core::access::Act;
use pratique_core::journey::test;
use pratique_core::laboratory::PlateRefusal;
use pratique_core::port::Port;
use pratique_store::Change;

use super::plate_row;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::plate::{self, Found};
use crate::lookups::sample::Tube;
use crate::once::{self, Once, Reply, Sealer};

/// Rejects a plate.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Plate`].
pub async fn reject_plate(app: &App, who: &Caller, port: &str, id: &str, once: Option<Once>) -> Result<Reply, Failure> {
    who.may(Act::Read, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    app.settle(once, || prepare(app, who, port, id, once)).await
}

async fn prepare(app: &App, who: &Caller, port: &Port, id: &str, once: Option<Once>) -> Result<Prepared, Failure> {
    let found = plate::load(app, &port.code, id).await?;
    let tubes = plate::tubes(app, &found.plate).await?;
    if tubes.iter().flatten().any(|tube| is_released(tube, &found)) {
        return Err(PlateRefusal::Released.into());
    }
    let after = found.plate.reject(&who.name(), app.now())?;
    let mut change = Change { label: "reject-plate", ..Change::default() };
    plate_row::requeue(app, who, port, &found, &mut change).await?;
    plate_row::write(&mut change, &found, &after)?;
    change.audit.push(audit(who, "reject-plate", None, &format!("{{\"plate\":\"{}\"}}", found.id), app.now()));
    let rejected = Found { version: found.version + 1, plate: after, ..found };
    let reply = Reply::new(200, &plate::view(&rejected, &[]))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}

fn is_released(tube: &Tube, found: &Found) -> bool {
    tube.sample.tests.iter().any(|test| match &test.state {
        test::State::Released { reading, .. } => reading.plate.as_ref().is_some_and(|(p, _)| *p == found.id),
        _ => false,
    })
}
