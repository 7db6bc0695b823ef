//! What becomes of the demo's parties: nearly all declare, come and go on; one in ten shows what else can happen.

use jiff::{SignedDuration, Timestamp};
use pratique_core::flight::Category;
use rand::RngExt;
use rand_chacha::ChaCha20Rng;

use super::day::Planned;
use super::flights::Turn;

/// What becomes of a party, or of its declarer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Declares in time; comes, is scanned, and what follows follows from the rules.
    Plain,
    /// Declares too early and has not confirmed.
    Early,
    /// Declares too early and confirms in time.
    Confirmed,
    /// Changes the answers before arrival.
    Amended,
    /// Takes the declaration back.
    Withdrawn,
    /// Declares twice.
    Replaced,
    /// Declares on arrival, at a kiosk.
    Kiosk,
    /// Declares on arrival, on a phone.
    Phone,
    /// Has landed and was not at a lane yet.
    Absent,
    /// Stands before the officer: scanned, not decided.
    Presented,
    /// Changed the answers after the scan.
    Corrected,
    /// Shows somebody else's document: held.
    Held,
    /// Held, and it was their own second passport after all.
    Resolved,
    /// Waits for the desk, in time.
    Referred,
    /// Waits for the desk, too long already.
    Overdue,
    /// Is being examined.
    Examined,
    /// Was examined and goes on.
    Fit,
    /// Goes to a hospital.
    Hospital,
    /// Is observed at home.
    Observed,
    /// A sample is to be taken.
    Sampled,
    /// Was sampled; the tube is on its way.
    Swabbed,
    /// Was sampled; the tube is in the laboratory.
    Tested,
    /// An order was given, and nobody has told them yet.
    Ordered,
    /// Knows of the order, and is in isolation.
    Isolated,
}

use Fate::*;

/// Each of these occurs at least once where there are people enough, whatever chance says.
pub const CERTAIN: [Fate; 28] = [
    Early, Confirmed, Amended, Withdrawn, Replaced, Kiosk, Phone, Absent, Absent, Presented, Corrected, Held, Resolved,
    Referred, Overdue, Examined, Fit, Hospital, Sampled, Swabbed, Tested, Tested, Tested, Tested, Tested, Tested,
    Ordered, Isolated,
];

impl Fate {
    /// Can it befall a party of this flight as the day stands?
    #[must_use]
    pub fn fits(self, flight: &Planned, now: Timestamp) -> bool {
        let landed_min = flight.since(now).map(|since| since.as_mins());
        let comes = matches!(flight.line.turn, Turn::Comes(_)) && flight.line.category != Category::Cargo;
        let today = flight.scheduled > now - SignedDuration::from_hours(24);
        comes
            && today
            && match self {
                Plain | Amended | Withdrawn | Replaced | Confirmed => true,
                Early => landed_min.is_none(),
                Absent => landed_min.is_some_and(|min| min >= 5),
                Presented | Referred | Held | Corrected | Kiosk | Phone => landed_min.is_some_and(|min| min >= 45),
                Overdue | Examined | Fit | Hospital | Observed | Resolved | Sampled | Swabbed | Ordered | Isolated => {
                    landed_min.is_some_and(|min| min >= 120)
                }
                Tested => landed_min.is_some_and(|min| min >= 260),
            }
    }

    /// By chance.
    #[must_use]
    pub fn by_chance(rng: &mut ChaCha20Rng) -> Self {
        match rng.random_range(0..1000) {
            0..14 => Early,
            14..34 => Confirmed,
            34..56 => Amended,
            56..64 => Withdrawn,
            64..72 => Replaced,
            72..92 => Kiosk,
            92..108 => Phone,
            108..112 => Absent,
            112..114 => Corrected,
            114..115 => Resolved,
            115..119 => Tested,
            _ => Plain,
        }
    }

    /// The declarer must have something to tell for this.
    #[must_use]
    pub fn needs_complaint(self) -> bool {
        matches!(
            self,
            Referred | Overdue | Examined | Fit | Hospital | Observed | Sampled | Swabbed | Tested | Ordered | Isolated
        )
    }

    /// Declared on arrival alone.
    #[must_use]
    pub fn is_late(self) -> bool {
        matches!(self, Kiosk | Phone)
    }

    /// How many minutes ago the declarer stood at the lane, where the fate says so: from, to.
    #[must_use]
    pub fn scanned_ago_min(self) -> Option<(i64, i64)> {
        match self {
            Presented => Some((1, 3)),
            Referred => Some((4, 14)),
            Held => Some((6, 20)),
            Corrected => Some((12, 30)),
            Overdue => Some((42, 70)),
            Examined | Ordered => Some((20, 28)),
            Sampled => Some((24, 60)),
            Swabbed => Some((48, 62)),
            Tested => Some((155, 220)),
            Fit | Hospital | Observed | Resolved | Isolated => Some((55, 90)),
            _ => None,
        }
    }
}
