//! The bulletin: the figures of a period, as the article prints them. Each figure is counted from events, at the instant of the
//! event; what a journey's acts count for is said here and nowhere else, so that a count kept beside the log and one made from
//! the log are the same (product.md, rule 3).

mod issue;
mod period;

pub use issue::{Bulletin, Cell, Day, HIDDEN_BELOW};
pub use period::{DAYS_MAX, Period};

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::flight::{Category, Flight};
use crate::journey::{Class, Decision, Disposition, Event, Journey, ObligationKind, TestResult, apply, begin};

/// A figure of the bulletin or of the supervisor's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// Passengers who passed through health inspection (检疫): an officer decided on them for the first time. The bulletin's
    /// *quarantined*; isolation is another figure (product.md, The words).
    PassengersQuarantined,
    /// Crew who did; on a line of their own.
    CrewQuarantined,
    /// Samples collected.
    SamplesCollected,
    /// Tests completed: released for the first time, whatever they say.
    TestsCompleted,
    /// Persons with a first positive result.
    Positives,
    /// Persons referred to the desk.
    Referred,
    /// Orders of isolation or observation put in force.
    OrdersServed,
    /// Handovers that a department accepted.
    HandoversAccepted,
    /// Persons refused entry.
    EntryRefused,
}

impl Figure {
    /// All of them, in the order of the bulletin.
    pub const ALL: [Figure; 9] = [
        Figure::PassengersQuarantined,
        Figure::CrewQuarantined,
        Figure::SamplesCollected,
        Figure::TestsCompleted,
        Figure::Positives,
        Figure::Referred,
        Figure::OrdersServed,
        Figure::HandoversAccepted,
        Figure::EntryRefused,
    ];

    /// Those that are also told day by day and hour by hour: how much was done, and nothing of who was ill.
    pub const OF_WORK: [Figure; 4] =
        [Figure::PassengersQuarantined, Figure::CrewQuarantined, Figure::SamplesCollected, Figure::TestsCompleted];

    /// Does it tell how people were? Such a figure says too much about too few where it is small.
    #[must_use]
    pub fn is_of_health(self) -> bool {
        !Self::OF_WORK.contains(&self)
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.name() == text)
    }

    /// The stable name (`figure-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Figure::PassengersQuarantined => "passengers-quarantined",
            Figure::CrewQuarantined => "crew-quarantined",
            Figure::SamplesCollected => "samples-collected",
            Figure::TestsCompleted => "tests-completed",
            Figure::Positives => "positives",
            Figure::Referred => "referred",
            Figure::OrdersServed => "orders-served",
            Figure::HandoversAccepted => "handovers-accepted",
            Figure::EntryRefused => "entry-refused",
        }
    }
}

/// Once that something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// For which figure.
    pub figure: Figure,
    /// When.
    pub at: Timestamp,
    /// By which of the events, from 0. Two may count for one figure at the same instant.
    pub event: i64,
}

/// What the events of one act count for, and when. `before` is the journey before them; none for a declaration.
#[must_use]
pub fn counted(before: Option<&Journey>, events: &[Event]) -> Vec<Counted> {
    let mut state = before.cloned();
    let mut counted = Vec::new();
    for (event, number) in events.iter().zip(0..) {
        if let Some(journey) = &state {
            one(journey, event, &mut |figure, at| counted.push(Counted { figure, at, event: number }));
        }
        state = match state {
            Some(journey) => Some(apply(journey, event)),
            None => begin(event),
        };
    }
    counted
}

fn one(journey: &Journey, event: &Event, count: &mut impl FnMut(Figure, Timestamp)) {
    match event {
        Event::Decided { at, decision, .. } => {
            if journey.inspected_at.is_none() {
                let is_crew = journey.class == Class::Crew;
                count(if is_crew { Figure::CrewQuarantined } else { Figure::PassengersQuarantined }, *at);
            }
            if *decision == Decision::Refer && !journey.obligations.iter().any(|o| o.kind == ObligationKind::Examine) {
                count(Figure::Referred, *at);
            }
        }
        Event::SampleCollected { taken, .. } => count(Figure::SamplesCollected, taken.at),
        Event::ResultReleased { at, version, reading, .. } => {
            if *version == 1 {
                count(Figure::TestsCompleted, *at);
            }
            if reading.result == TestResult::Positive && !was_positive(journey) {
                count(Figure::Positives, *at);
            }
        }
        Event::OrderServed { at, .. } => count(Figure::OrdersServed, *at),
        Event::HandoverAccepted { at, .. } => count(Figure::HandoversAccepted, *at),
        // A doctor who concludes anew, after a corrected result, refuses nobody a second time.
        Event::Disposed { at, disposition: Disposition::RefusedEntry, .. }
            if journey.disposition != Some(Disposition::RefusedEntry) =>
        {
            count(Figure::EntryRefused, *at);
        }
        _ => {}
    }
}

fn was_positive(journey: &Journey) -> bool {
    journey.samples.iter().flat_map(|s| &s.tests).any(|t| t.released() == Some(TestResult::Positive))
}

/// The figures that whole histories make within a period: what the kept counts must agree with.
#[must_use]
pub fn of_log<'a>(
    histories: impl IntoIterator<Item = &'a [Event]>,
    period: &std::ops::Range<Timestamp>,
) -> BTreeMap<Figure, u64> {
    let mut figures: BTreeMap<Figure, u64> = Figure::ALL.into_iter().map(|f| (f, 0)).collect();
    for Counted { figure, at, .. } in histories.into_iter().flat_map(|events| counted(None, events)) {
        if period.contains(&at) {
            *figures.entry(figure).or_default() += 1;
        }
    }
    figures
}

/// The flights that came within a period, by category: what the kept counts must agree with. A flight counts at its actual
/// arrival; see [`Flight::came_at`].
pub fn of_flights<'a>(
    flights: impl IntoIterator<Item = &'a Flight>,
    period: &std::ops::Range<Timestamp>,
) -> BTreeMap<Category, u64> {
    let mut came: BTreeMap<Category, u64> = Category::ALL.into_iter().map(|category| (category, 0)).collect();
    for flight in flights {
        if flight.came_at().is_some_and(|at| period.contains(&at)) {
            *came.entry(flight.category).or_default() += 1;
        }
    }
    came
}
