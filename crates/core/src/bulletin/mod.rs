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

/// Once that something counts, or counts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// For which figure.
    pub figure: Figure,
    /// When.
    pub at: Timestamp,
    /// By which event of the journey. Two may count for one figure at the same instant.
    pub seq: i64,
}

/// What an act does to the figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// What counts from now on.
    pub counted: Vec<Counted>,
    /// What counted, and was taken back with the decision that made it count.
    pub taken_back: Vec<Counted>,
}

/// What the events of one act count for, and when. `before` is the journey before them; none for a declaration.
#[must_use]
pub fn counted(before: Option<&Journey>, events: &[Event]) -> Tally {
    let mut state = before.cloned();
    let mut tally = Tally::default();
    for event in events {
        if let Some(journey) = &state {
            let seq = journey.seq + 1;
            one(journey, event, &mut |figure, at| tally.counted.push(Counted { figure, at, seq }));
            tally.taken_back.extend(taken_back(journey, event));
        }
        state = match state {
            Some(journey) => Some(apply(journey, event)),
            None => begin(event),
        };
    }
    tally
}

/// A decision counts at its own event; what it counted for follows from what it found.
fn taken_back(journey: &Journey, event: &Event) -> Vec<Counted> {
    let Some(last) = journey.last_decision.as_deref().filter(|_| matches!(event, Event::DecisionUndone { .. })) else {
        return Vec::new();
    };
    let inspected = last.inspected_at.is_none().then(|| inspected(journey));
    let referred = (last.decision == Decision::Refer && !was_referred(journey, last.owed)).then_some(Figure::Referred);
    let counted = |figure| Counted { figure, at: last.at, seq: last.seq };
    inspected.into_iter().chain(referred).map(counted).collect()
}

fn inspected(journey: &Journey) -> Figure {
    if journey.class == Class::Crew { Figure::CrewQuarantined } else { Figure::PassengersQuarantined }
}

/// Was the person referred by one of the first so many acts that something was owed for?
fn was_referred(journey: &Journey, first: usize) -> bool {
    let owed = journey.obligations.iter().take(first);
    owed.into_iter().any(|o| o.kind == ObligationKind::Examine && !o.is_taken_back())
}

fn one(journey: &Journey, event: &Event, count: &mut impl FnMut(Figure, Timestamp)) {
    match event {
        Event::Decided { at, decision, .. } => {
            if journey.inspected_at.is_none() {
                count(inspected(journey), *at);
            }
            if *decision == Decision::Refer && !was_referred(journey, usize::MAX) {
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
    for events in histories {
        let mut tally = counted(None, events);
        tally.counted.retain(|one| period.contains(&one.at) && !tally.taken_back.contains(one));
        for Counted { figure, .. } in tally.counted {
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
