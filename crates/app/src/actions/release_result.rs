//! A second person makes results final: the negatives of an accepted plate in one act, all others one by one. What follows from a
//! result is the core's to say.

use pratique_core::access::Act;
use pratique_core::department::Purpose;
use pratique_core::journey::test::TestCommand;
use pratique_core::journey::{Refusal, TestResult};
use pratique_core::laboratory::PlateRefusal;
use pratique_core::laboratory::plate::State;
use pratique_core::port::Port;
use pratique_store::Change;
use serde_json::json;

use super::deed::{Decided, Deed, decided};
use super::many::Many;
use super::read_test::command;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::plate;
use crate::lookups::sample::{self, Tube};
use crate::once::{self, Once, Reply, Sealer};

/// Releases one result.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`] (the one who read it: `SecondPersonNeeded`).
pub async fn release_result(app: &App, who: &Caller, label: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let release = |sample, port: &Port| TestCommand::Release { sample, tracing: tracing(port) };
    one_test(app, who, label, ("release-result", Act::Release, &release), once).await
}

/// The department that traces contacts, if the port has one.
pub(super) fn tracing(port: &Port) -> Option<String> {
    port.department_for(Purpose::Tracing).map(|department| department.code.clone())
}

/// Does one thing to the newest test of a tube, and answers the tube as it is then.
pub(super) async fn one_test(
    app: &App,
    who: &Caller,
    label: &str,
    (name, act, of): (&'static str, Act, &(impl Fn(u32, &Port) -> TestCommand + Sync)),
    once: Option<Once>,
) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let (place, journey) = sample::find(app, who, act, label).await?;
        let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
        let command = command(of(place.number, port), who, port.deadlines);
        let deed = Deed { label: name, act, journey: place.journey, command, reason: None, detail: "{}".into() };
        let Decided { mut change, state, .. } = decided(app, who, &deed).await?;
        let after = place.of(&state).ok_or(Failure::NotFound)?;
        let reply = Reply::new(200, &sample::view(&Tube::of(place.journey, &state, after)))?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
        Ok(Prepared { change, reply })
    })
    .await
}

/// Releases every negative of an accepted plate that is not final yet.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`]; [`Failure::Plate`] for a plate without a run that counts; [`Failure::Refused`] for
/// whoever brought the run.
pub async fn release_negatives(
    app: &App,
    who: &Caller,
    port: &str,
    id: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Release, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    app.settle(once, || prepare(app, who, port, id, once)).await
}

async fn prepare(app: &App, who: &Caller, port: &Port, id: &str, once: Option<Once>) -> Result<Prepared, Failure> {
    let found = plate::load(app, &port.code, id).await?;
    if !matches!(found.plate.state, State::Accepted { .. }) {
        return Err(PlateRefusal::NotAccepted.into());
    }
    let tubes = plate::tubes(app, &found.plate).await?;
    let mut many = Many::open(app, tubes.iter().flatten().map(|tube| tube.journey)).await?;
    let (mut released, mut left) = (Vec::new(), Vec::new());
    for tube in tubes.iter().flatten() {
        match sample::read_on(&tube.sample, found.id) {
            Some((TestResult::Negative, by)) if by == who.name() => return Err(Refusal::SecondPersonNeeded.into()),
            Some((TestResult::Negative, _)) => {
                let release = TestCommand::Release { sample: tube.sample.number, tracing: None };
                many.does(tube.journey, &command(release, who, port.deadlines))?;
                released.push(tube.label());
            }
            Some((result, _)) => left.push(json!({ "label": tube.label(), "result": result.name() })),
            None => {}
        }
    }
    let mut change = Change { label: "release-negatives", ..Change::default() };
    many.write(&mut change, who, &format!("{{\"plate\":\"{}\"}}", found.id))?;
    let detail = format!("{{\"plate\":\"{}\",\"released\":{}}}", found.id, released.len());
    change.audit.push(audit(who, "release-negatives", None, &detail, app.now()));
    let reply = Reply::new(200, &json!({ "plate": found.id, "released": released, "left": left }))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}
