//! One issue of the bulletin: flights by category and the figures of a period, and what of them may leave the port.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Figure;
use crate::flight::Category;

/// A figure of health below this is not told outside the port: where few are ill, a number points at a person
/// (experience.md 3.6). None at all points at nobody.
pub const HIDDEN_BELOW: u64 = 5;

/// The figures of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// [`Figure::OF_WORK`], each with its count.
    pub figures: BTreeMap<Figure, u64>,
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulletin {
    /// The port's UN/LOCODE.
    pub port: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// When it was counted: of a period that is not over, up to then.
    pub counted_at: Timestamp,
    /// Flights that came, by category.
    pub flights: BTreeMap<Category, u64>,
    /// All figures.
    pub figures: BTreeMap<Figure, u64>,
    /// The days of a period that has more than one and is short enough to be told so.
    pub days: Vec<Day>,
}

/// A number as it may be told outside the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// As it is.
    Count(u64),
    /// At least one and fewer than [`HIDDEN_BELOW`].
    Few,
}

impl Bulletin {
    /// Days up to which a bulletin tells each of them.
    pub const DAYS_TOLD_MAX: usize = 62;

    /// All flights that came.
    #[must_use]
    pub fn flights_total(&self) -> u64 {
        self.flights.values().sum()
    }

    /// A figure as it may be told.
    #[must_use]
    pub fn told(&self, figure: Figure) -> Cell {
        match self.figures.get(&figure).copied().unwrap_or_default() {
            few if figure.is_of_health() && (1..HIDDEN_BELOW).contains(&few) => Cell::Few,
            count => Cell::Count(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ill_people_are_not_told_and_work_and_nobody_are() {
        let of = |figure: Figure, count: u64| Bulletin {
            port: "CNPEK".into(),
            from: Date::ZERO,
            to: Date::ZERO,
            counted_at: Timestamp::UNIX_EPOCH,
            flights: BTreeMap::new(),
            figures: [(figure, count)].into(),
            days: Vec::new(),
        };
        for (count, cell) in [(0, Cell::Count(0)), (1, Cell::Few), (4, Cell::Few), (5, Cell::Count(5))] {
            assert_eq!(of(Figure::Positives, count).told(Figure::Positives), cell);
        }
        assert_eq!(of(Figure::SamplesCollected, 1).told(Figure::SamplesCollected), Cell::Count(1));
        assert!(Figure::ALL.iter().all(|f| f.is_of_health() != Figure::OF_WORK.contains(f)));
    }
}
