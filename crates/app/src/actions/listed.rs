//! On which lists a journey or a flight stands, as it is now. Lists follow from the state alone, so that a screen, a job and a count never
//! ask anything but a list, and no act has to think of them.

use pratique_core::access::Role;
use pratique_core::flight::Flight;
use pratique_core::id::Id;
use pratique_core::journey::sample::State as Custody;
use pratique_core::journey::{Journey, Sample, TestResult, handover, test};
use pratique_core::retention;
use pratique_store::Entry;

use crate::ledger;

/// All entries of a journey. What is finished stands on the one by which its time is known, and on no other, so that lists stay as
/// long as the work and not as the years; whoever was erased stands on none.
#[must_use]
pub fn entries(journey: &Journey, id: Id) -> Vec<Entry> {
    if journey.erased_at.is_some() {
        return Vec::new();
    }
    let port = journey.port.as_str();
    let entry = |list: String, at: jiff::Timestamp| Entry { list, sort: at.as_millisecond(), id };
    let due = journey.open().map(|o| o.due).min().map(|at| entry(ledger::obligations(port), at));
    let rung = journey.open().filter_map(|o| o.next_rung()).min().map(|at| entry(ledger::ladder(port), at));
    let kept = retention::since(journey).map(|at| entry(ledger::kept(port, retention::purpose(journey).name()), at));
    let mut all: Vec<Entry> = due.into_iter().chain(rung).chain(kept).collect();
    for role in Role::ALL {
        let mine = journey.open().filter(|o| o.kind.owner() == role).map(|o| o.due).min();
        all.extend(mine.map(|at| entry(ledger::owed_by(port, role.name()), at)));
    }
    for open in journey.open() {
        let list = ledger::loops(port, open.kind.name(), open.department.as_deref());
        let id = ledger::loop_entry(open.due, id, open.number);
        all.push(Entry { list, sort: open.opened_at.as_millisecond(), id });
    }
    for sample in &journey.samples {
        let unfinished = !matches!(sample.state, Custody::NotSampled { .. } | Custody::Rejected { .. });
        if unfinished && !matches!(sample.state, Custody::Received { .. } | Custody::Lost { .. }) {
            all.push(entry(ledger::samples(port, sample.state_name()), sample.ordered_at));
        }
        all.extend(tested(port, sample, entry));
    }
    for given in &journey.handovers {
        match given.state {
            handover::State::Offered | handover::State::Accepted { .. } => {
                all.push(entry(ledger::inbox(port, &given.to), given.at));
            }
            handover::State::Answered { at, .. } => all.push(entry(ledger::inbox_done(port, &given.to), at)),
            handover::State::Declined { .. } | handover::State::Withdrawn { .. } => {}
        }
    }
    // Two samples of one person in one state are one line of a list.
    all.sort();
    all.dedup();
    all
}

fn tested(port: &str, sample: &Sample, entry: impl Fn(String, jiff::Timestamp) -> Entry) -> Option<Entry> {
    let (Custody::Received { taken, .. }, Some(newest)) = (&sample.state, sample.tests.last()) else { return None };
    match &newest.state {
        test::State::Released { reading, at, .. } => {
            (reading.result == TestResult::Positive).then(|| entry(ledger::cases(port), *at))
        }
        _ => Some(entry(ledger::tests(port, newest.state_name()), taken.at)),
    }
}

/// All entries of a flight: the schedule's, and the count of those that came.
#[must_use]
pub fn of_flight(flight: &Flight) -> Vec<Entry> {
    let (port, id) = (flight.id.port.as_str(), ledger::flight_row(&flight.id));
    let entry = |list: String, at: jiff::Timestamp| Entry { list, sort: at.as_millisecond(), id };
    let came = flight.came_at().map(|at| entry(ledger::came(port, flight.category.name()), at));
    came.into_iter().chain([entry(ledger::flights(port), flight.scheduled_arrival)]).collect()
}
