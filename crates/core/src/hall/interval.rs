//! How sure a figure is: the spread over runs, and the interval of a share.

use serde::Serialize;

/// A figure over all runs: the middle, and what nine of ten runs lie between.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Spread {
    /// A twentieth lies below.
    pub p05: f64,
    /// The median.
    pub p50: f64,
    /// A twentieth lies above.
    pub p95: f64,
}

/// A share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Share {
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The value at a quantile by nearest rank, of sorted values; 0 of none.
#[must_use]
pub fn quantile(sorted: &[i64], q: f64) -> i64 {
    let rank = (q * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(0)
}

impl Spread {
    /// Of values in milliseconds; told in minutes.
    #[must_use]
    pub fn of_minutes(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        let at = |q| super::clock::minutes(quantile(&values, q));
        Spread { p05: at(0.05), p50: at(0.5), p95: at(0.95) }
    }
}

impl Share {
    /// A share seen over `runs` independent runs, with Wilson's interval (JASA 1927), which stays honest near 0 and 1. Flights
    /// of one run share its queues, so a run counts as one look, however many flights it has: rather too wide than too narrow.
    #[must_use]
    pub fn seen(share: f64, runs: usize) -> Self {
        const Z: f64 = 1.959_964;
        let n = runs.max(1) as f64;
        let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Share { share: rounded(share), low: rounded(middle - half), high: rounded(middle + half) }
    }
}

/// A share as told: three places.
#[must_use]
pub fn rounded(share: f64) -> f64 {
    (share.clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_seen() {
        let values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!([0.0, 0.05, 0.5, 0.95, 1.0].map(|q| quantile(&values, q)), [1, 1, 5, 10, 10]);
        assert_eq!(quantile(&[], 0.5), 0);
    }

    #[test]
    fn a_share_of_all_is_not_certainty() {
        let all = Share::seen(1.0, 20);
        assert_eq!((all.share, all.high), (1.0, 1.0));
        assert!((all.low - 0.839).abs() < 0.001, "{all:?}");
        // Newcombe 1998, table I: 15 of 148.
        let some = Share::seen(15.0 / 148.0, 148);
        assert!((some.low - 0.0624).abs() < 0.0006 && (some.high - 0.1605).abs() < 0.0006, "{some:?}");
    }
}
