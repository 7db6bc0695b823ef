//! What a run and a rejection write alike: the plate's row and lists, and the tests that go back into the queue.

use pratique_core::id::Id;
use pratique_core::journey::sample::State;
use pratique_core::journey::test::TestCommand;
use pratique_core::journey::{Command, Sample, test};
use pratique_core::laboratory::Plate;
use pratique_core::port::Port;
use pratique_store::{Change, Entry, RowWrite};

use super::many::Many;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::plate::Found;
use crate::lookups::sample;

/// The plate's row one version on, and the list it stands on now.
pub(super) fn write(change: &mut Change, found: &Found, after: &Plate) -> Result<(), Failure> {
    let state = serde_json::to_string(after)?;
    change.rows.push(RowWrite { kind: ledger::PLATE, id: found.id, expected: found.version, state });
    let entry = |plate: &Plate| Entry {
        list: ledger::plates(&plate.port, plate.state_name()),
        sort: plate.built_at.as_millisecond(),
        id: found.id,
    };
    change.remove.push(entry(&found.plate));
    change.put.push(entry(after));
    Ok(())
}

/// Is the newest test of this sample on that plate, and not final?
pub(super) fn is_on(sample: &Sample, plate: Id) -> bool {
    let newest = sample.tests.last().filter(|_| matches!(sample.state, State::Received { .. }));
    newest.is_some_and(|newest| match &newest.state {
        test::State::OnPlate { plate: p, .. } => *p == plate,
        test::State::Read(reading) => reading.plate.as_ref().is_some_and(|(p, _)| *p == plate),
        test::State::Queued | test::State::Released { .. } => false,
    })
}

/// Every test on the plate waits for another one.
pub(super) async fn requeue(
    app: &App,
    who: &Caller,
    port: &Port,
    found: &Found,
    change: &mut Change,
) -> Result<(), Failure> {
    let labels: Vec<String> = found.plate.tubes().map(|(_, label)| label.to_owned()).collect();
    let places = sample::places(app, &labels).await?;
    let mut many = Many::open(app, places.iter().flatten().map(|place| place.journey)).await?;
    for place in places.iter().flatten() {
        if many.journey(place.journey).is_ok_and(|j| place.of(j).is_some_and(|s| is_on(s, found.id))) {
            let command = TestCommand::Requeue { sample: place.number };
            many.does(place.journey, &Command::Test { command, by: who.name(), deadlines: port.deadlines })?;
        }
    }
    many.write(change, who, &format!("{{\"plate\":\"{}\"}}", found.id))
}
