//! What a supervisor watches: who owes how much, how long it has been open, and where people and tubes wait.

use jiff::{SignedDuration, Timestamp};

use crate::access::Role;
use crate::journey::ObligationKind;
use crate::journey::obligation::urgency;
use crate::named::named;
use crate::rules::Tier;

/// Ages that open loops are told by: below so many hours, and the last without an end.
pub const AGES_H: [i64; 3] = [1, 4, 24];

/// Who owes something: a role, and the department where the role alone does not say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner {
    /// The role.
    pub role: Role,
    /// The department.
    pub department: Option<String>,
}

/// One open loop, by its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By when it is owed.
    pub due: Timestamp,
}

/// Open loops added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub open: u64,
    /// Of these, those of which half of the time is gone.
    pub amber: u64,
    /// Of these, those that are overdue.
    pub red: u64,
    /// How many have been open for less than each of [`AGES_H`] and not less than the one before; then the older ones.
    pub ages: [u64; AGES_H.len() + 1],
    /// When the oldest was opened.
    pub oldest: Option<Timestamp>,
}

impl Tally {
    /// Adds one, as it stands now.
    pub fn add(&mut self, open: Loop, now: Timestamp) {
        self.open += 1;
        match urgency(open.opened_at, open.due, now) {
            Tier::Red => self.red += 1,
            Tier::Amber => self.amber += 1,
            Tier::Green => {}
        }
        let age = now.duration_since(open.opened_at);
        let younger = AGES_H.iter().filter(|h| age >= SignedDuration::from_hours(**h)).count();
        self.ages[younger] += 1;
        self.oldest = Some(self.oldest.map_or(open.opened_at, |oldest| oldest.min(open.opened_at)));
    }

    /// Adds others.
    pub fn join(&mut self, other: &Tally) {
        self.open += other.open;
        self.amber += other.amber;
        self.red += other.red;
        self.ages.iter_mut().zip(other.ages).for_each(|(age, more)| *age += more);
        self.oldest = self.oldest.into_iter().chain(other.oldest).min();
    }
}

/// Where people or tubes wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Queue {
    /// Referred people, for the medical desk.
    Desk,
    /// Held people, until it is known who they are.
    Hold,
    /// People of whom a sample is to be taken.
    Booth,
    /// People who are to be told of an order.
    Orders,
    /// Tubes on their way to the laboratory.
    Transport,
    /// Tubes in the laboratory, for a plate.
    Bench,
    /// Tubes on a plate, for the instrument.
    Plate,
    /// Tests that were read, for the second person.
    Release,
}

named!(Queue, ALL, [
    Queue::Desk => "desk",
    Queue::Hold => "hold",
    Queue::Booth => "booth",
    Queue::Orders => "orders",
    Queue::Transport => "transport",
    Queue::Bench => "bench",
    Queue::Plate => "plate",
    Queue::Release => "release",
]);

impl Queue {
    /// The obligation that waiting in it is; none for tubes inside the laboratory, which wait by the state of their test.
    #[must_use]
    pub fn kind(self) -> Option<ObligationKind> {
        match self {
            Queue::Desk => Some(ObligationKind::Examine),
            Queue::Hold => Some(ObligationKind::ResolveHold),
            Queue::Booth => Some(ObligationKind::CollectSample),
            Queue::Orders => Some(ObligationKind::ServeOrder),
            Queue::Transport => Some(ObligationKind::DeliverSample),
            Queue::Bench | Queue::Plate | Queue::Release => None,
        }
    }

    /// The state of a test that waits in it (`Test::state_name`); none where people wait.
    #[must_use]
    pub fn test_state(self) -> Option<&'static str> {
        match self {
            Queue::Bench => Some("queued"),
            Queue::Plate => Some("on-plate"),
            Queue::Release => Some("read"),
            Queue::Desk | Queue::Hold | Queue::Booth | Queue::Orders | Queue::Transport => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(min: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(min)
    }

    #[test]
    fn a_loop_is_amber_at_half_of_its_time_and_red_when_it_is_due() {
        let open = Loop { opened_at: at(0), due: at(60) };
        let told = |min: i64| {
            let mut tally = Tally::default();
            tally.add(open, at(min));
            (tally.amber, tally.red, tally.ages)
        };
        assert_eq!(told(29), (0, 0, [1, 0, 0, 0]));
        assert_eq!(told(30), (1, 0, [1, 0, 0, 0]));
        assert_eq!(told(60), (0, 1, [0, 1, 0, 0]));
        assert_eq!(told(240), (0, 1, [0, 0, 1, 0]));
        assert_eq!(told(24 * 60), (0, 1, [0, 0, 0, 1]));
    }

    #[test]
    fn every_queue_is_somebodys() {
        assert!(Queue::ALL.iter().all(|queue| queue.kind().is_some() != queue.test_state().is_some()));
    }

    proptest! {
        #[test]
        fn what_is_added_in_parts_is_added_up(loops in prop::collection::vec((0i64..3000, 0i64..3000), 0..20), cut in 0usize..20, now in 0i64..4000) {
            let sum = |loops: &[(i64, i64)]| {
                let mut tally = Tally::default();
                loops.iter().for_each(|(opened, takes)| tally.add(Loop { opened_at: at(*opened), due: at(opened + takes) }, at(now)));
                tally
            };
            let (first, second) = loops.split_at(cut.min(loops.len()));
            let mut joined = sum(first);
            joined.join(&sum(second));
            prop_assert_eq!(&joined, &sum(&loops));
            prop_assert_eq!(joined.ages.iter().sum::<u64>(), joined.open);
            prop_assert!(joined.amber + joined.red <= joined.open);
        }
    }
}
