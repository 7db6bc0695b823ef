//! The 24-hour rule (product.md, rule 1): a declaration counts if it was made or confirmed at most 24 elapsed hours before the
//! earlier of the scheduled and the actual arrival. Instants decide; zones matter only for what is shown.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Hours before arrival from which a declaration counts.
pub const COUNTING_H: i64 = 24;
/// Hours after arrival for which a pass is good (contract.md, The pass: `exp`).
pub const VALID_AFTER_ARRIVAL_H: i64 = 48;

/// The times that a flight sets for the declarations of the people on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The earlier of scheduled and actual arrival.
    pub reference: Timestamp,
    /// The first instant at which a declaration counts.
    pub counts_from: Timestamp,
    /// The last instant at which the pass is good: the later arrival and 48 hours.
    pub valid_until: Timestamp,
}

/// Where a declaration stands under the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Made too early: kept, and to be confirmed from `counts_from` on.
    Early,
    /// Made in the 24 hours before arrival.
    Counts,
    /// Made after arrival, at a kiosk, in WeChat or on the web; as good as one made before (journey.md 6.4).
    OnArrival,
}

impl Window {
    /// The window of a flight with these arrivals.
    #[must_use]
    pub fn of(scheduled: Timestamp, actual: Option<Timestamp>) -> Self {
        let reference = actual.map_or(scheduled, |a| a.min(scheduled));
        let latest = actual.map_or(scheduled, |a| a.max(scheduled));
        Window {
            reference,
            counts_from: shifted(reference, -COUNTING_H),
            valid_until: shifted(latest, VALID_AFTER_ARRIVAL_H),
        }
    }

    /// The window of a flight that is not on the schedule: only the traveller's own date is known, so the reference is the
    /// first instant of that day and the pass lasts from its last. `None` where the calendar has no such day.
    #[must_use]
    pub fn of_day(day: jiff::civil::Date, zone: &jiff::tz::TimeZone) -> Option<Self> {
        let start = day.to_zoned_datetime(zone.clone()).ok()?.timestamp();
        let end = day.tomorrow().ok()?.to_zoned_datetime(zone.clone()).ok()?.timestamp();
        Some(Window { valid_until: shifted(end, VALID_AFTER_ARRIVAL_H), ..Window::of(start, None) })
    }

    /// Where a declaration made at `made` stands. `counted` says that it counted when it was made, as the flight stood then:
    /// a delay never takes that away.
    #[must_use]
    pub fn standing(&self, made: Timestamp, counted: bool) -> Standing {
        if made > self.reference {
            Standing::OnArrival
        } else if counted || made >= self.counts_from {
            Standing::Counts
        } else {
            Standing::Early
        }
    }
}

/// Elapsed hours later (or earlier), held at the ends of time rather than overflowing there.
fn shifted(at: Timestamp, hours: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_24_hours_are_counted_to_the_second() {
        let window = Window::of(at("2026-11-24T06:00:00Z"), None);
        assert_eq!(window.standing(at("2026-11-23T05:59:59Z"), false), Standing::Early);
        assert_eq!(window.standing(at("2026-11-23T06:00:00Z"), false), Standing::Counts);
        assert_eq!(window.standing(at("2026-11-24T06:00:01Z"), false), Standing::OnArrival);
    }

    #[test]
    fn an_early_flight_helps_and_a_delay_never_invalidates() {
        let scheduled = at("2026-11-24T06:00:00Z");
        let made = at("2026-11-23T05:30:00Z");
        assert_eq!(Window::of(scheduled, None).standing(made, false), Standing::Early);
        assert_eq!(Window::of(scheduled, Some(at("2026-11-24T05:00:00Z"))).standing(made, false), Standing::Counts);

        let in_time = at("2026-11-23T06:30:00Z");
        for late_h in [1, 5, 30] {
            let actual = scheduled + SignedDuration::from_hours(late_h);
            assert_eq!(Window::of(scheduled, Some(actual)).standing(in_time, false), Standing::Counts);
            // The whole schedule moved, not only the aircraft: what counted goes on counting.
            assert_eq!(Window::of(actual, None).standing(in_time, true), Standing::Counts);
        }
    }

    proptest! {
        #[test]
        fn learning_the_actual_arrival_never_turns_a_counting_declaration_early(
            scheduled in 0i64..4_000_000_000, actual in 0i64..4_000_000_000, made in 0i64..4_000_000_000,
        ) {
            let t = |s| Timestamp::from_second(s).unwrap();
            let before = Window::of(t(scheduled), None).standing(t(made), false);
            let after = Window::of(t(scheduled), Some(t(actual))).standing(t(made), false);
            prop_assert!(before == Standing::Early || after != Standing::Early);
        }
    }
}
