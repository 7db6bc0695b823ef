//! The limits of an answer.

use jiff::ToSpan;
use jiff::civil::Date;

/// The limits of each answer, and of how many there may be. Units last: characters, digits, answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bounds {
    /// The smallest number (extension minValue).
    pub number_min: Option<f64>,
    /// The largest number (extension maxValue).
    pub number_max: Option<f64>,
    /// The earliest date (extension minValue).
    pub date_min: Option<DateBound>,
    /// The latest date (extension maxValue).
    pub date_max: Option<DateBound>,
    /// The fewest characters (extension minLength).
    pub length_min: Option<usize>,
    /// The most characters (maxLength).
    pub length_max: Option<usize>,
    /// The fewest answers or rows (extension minOccurs).
    pub count_min: Option<usize>,
    /// The most answers or rows (extension maxOccurs).
    pub count_max: Option<usize>,
    /// The most digits after the decimal point (extension maxDecimalPlaces).
    pub decimals_max: Option<usize>,
}

impl Bounds {
    /// No question takes more answers, no group more rows, whatever the form says: a body is read whole into memory.
    pub const COUNT_MAX: usize = 100;
    /// The most characters of one line where the form sets no limit (and the most it can set).
    pub const LINE_MAX: usize = 255;
    /// The same for a text of several lines.
    pub const TEXT_MAX: usize = 2000;
}

/// The longest way from today that a limit goes.
const DAYS_MAX: i32 = 36_500;

/// A date as a limit: fixed, or counted from the day of the declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBound {
    /// This day.
    Fixed(Date),
    /// So many days after today, or before it where negative.
    Today {
        /// From -36,500 to 36,500.
        plus_days: i32,
    },
}

impl DateBound {
    /// The day that it means for a declaration made today.
    #[must_use]
    pub fn on(self, today: Date) -> Date {
        match self {
            DateBound::Fixed(date) => date,
            // The library panics on spans beyond its calendar; a century either way is enough for any limit.
            DateBound::Today { plus_days } => today.saturating_add(plus_days.clamp(-DAYS_MAX, DAYS_MAX).days()),
        }
    }

    /// Reads `today()`, `today() + 3 days`, `today() - 14 days`: the part of FHIRPath that forms use for this.
    pub(super) fn read(expression: &str) -> Option<Self> {
        let rest = expression.trim().strip_prefix("today()")?.trim();
        if rest.is_empty() {
            return Some(DateBound::Today { plus_days: 0 });
        }
        let (sign, rest) = match rest.strip_prefix('+') {
            Some(rest) => (1, rest),
            None => (-1, rest.strip_prefix('-')?),
        };
        let days = rest.trim().strip_suffix('s').unwrap_or(rest.trim()).strip_suffix("day")?.trim();
        let days: i32 = days.parse().ok().filter(|days| (0..=DAYS_MAX).contains(days))?;
        Some(DateBound::Today { plus_days: sign * days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_limit_counts_from_the_day_of_the_declaration() {
        let today = date(2026, 3, 1);
        for (expression, day) in [
            ("today()", date(2026, 3, 1)),
            (" today() - 14 days", date(2026, 2, 15)),
            ("today()+1 day", date(2026, 3, 2)),
        ] {
            assert_eq!(DateBound::read(expression).map(|bound| bound.on(today)), Some(day), "{expression}");
        }
        for other in ["now()", "today() - 2 months", "today() -- 2 days", "today() + 99999 days", "today() 3 days", ""]
        {
            assert_eq!(DateBound::read(other), None, "{other}");
        }
    }
}
