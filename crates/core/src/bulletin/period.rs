//! The period of a bulletin: whole days on the port's clock, the first and the last of them counted in.

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::field::FieldError;

/// The most days in one bulletin: longer than any outbreak so far has kept a port at work.
pub const DAYS_MAX: i32 = 3_660;

/// Whole days at a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// From the first midnight to the one after the last day: a day has 23 or 25 hours where clocks change.
    pub span: Range<Timestamp>,
}

impl Period {
    /// The period of these days, if the calendar of this zone has them.
    #[must_use]
    pub fn of(from: Date, to: Date, zone: &TimeZone) -> Option<Self> {
        let midnight = |day: Date| day.to_zoned_datetime(zone.clone()).ok().map(|at| at.timestamp());
        Some(Period { from, to, span: midnight(from)?..midnight(to.tomorrow().ok()?)? })
    }

    /// The period that somebody typed; all faults at once. Its last day may be still to come, as in the bulletin of a month
    /// that has begun; its first one may not.
    ///
    /// # Errors
    /// At `/from` and `/to`: left out, not a date, backwards, not begun, more than [`DAYS_MAX`] days.
    pub fn read(from: &str, to: &str, zone: &TimeZone, today: Date) -> Result<Self, Vec<FieldError>> {
        let (first, last) = (date(from, "/from"), date(to, "/to"));
        let (first, last) = match (first, last) {
            (Ok(first), Ok(last)) => (first, last),
            (first, last) => return Err([first.err(), last.err()].into_iter().flatten().collect()),
        };
        let days = first.until(last).map_or(i32::MAX, |span| span.get_days()).saturating_add(1);
        if last < first {
            return Err(vec![FieldError::new("/to", "period-backwards")]);
        }
        if first > today {
            return Err(vec![FieldError::new("/from", "period-in-future")]);
        }
        if days > DAYS_MAX {
            return Err(vec![FieldError::new("/from", "period-too-long").with("max", DAYS_MAX)]);
        }
        Period::of(first, last, zone).ok_or_else(|| vec![FieldError::new("/to", "not-a-date")])
    }

    /// How many days.
    #[must_use]
    pub fn days(&self) -> usize {
        let days = self.from.until(self.to).map_or(0, |span| span.get_days());
        usize::try_from(days).unwrap_or_default() + 1
    }

    /// Each of its days.
    #[must_use]
    pub fn each_day(&self, zone: &TimeZone) -> Vec<Period> {
        let days = self.from.series(1.day()).take(self.days());
        days.filter_map(|day| Period::of(day, day, zone)).collect()
    }

    /// The hours of its first day, each with the clock's reading at its beginning. Where clocks go back one reading comes
    /// twice, and where they go forward one is left out.
    #[must_use]
    pub fn hours(&self, zone: &TimeZone) -> Vec<(String, Range<Timestamp>)> {
        let end = self.from.tomorrow().ok().and_then(|day| day.to_zoned_datetime(zone.clone()).ok());
        let end = end.map_or(self.span.end, |at| at.timestamp());
        let mut hours = Vec::new();
        let mut from = self.span.start;
        while from < end {
            let to = (from + jiff::SignedDuration::from_hours(1)).min(end);
            hours.push((from.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string(), from..to));
            from = to;
        }
        hours
    }
}

fn date(text: &str, pointer: &str) -> Result<Date, FieldError> {
    let plausible = |date: &Date| (2000..2200).contains(&date.year());
    match text.trim() {
        "" => Err(FieldError::new(pointer, "required")),
        text => text.parse::<Date>().ok().filter(plausible).ok_or_else(|| FieldError::new(pointer, "not-a-date")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    fn read(from: &str, to: &str) -> Result<Period, Vec<(String, String)>> {
        let read = Period::read(from, to, &TimeZone::get("Asia/Shanghai").unwrap(), TODAY);
        read.map_err(|faults| faults.into_iter().map(|f| (f.pointer, f.code)).collect())
    }

    #[test]
    fn a_period_is_whole_days_on_the_ports_clock() {
        let period = read("2026-11-23", " 2026-11-24 ").unwrap();
        let span = "2026-11-22T16:00:00Z".parse().unwrap().."2026-11-24T16:00:00Z".parse().unwrap();
        assert_eq!((period.days(), &period.span), (2, &span));
        let days = period.each_day(&TimeZone::get("Asia/Shanghai").unwrap());
        assert_eq!(days.iter().map(|d| d.from.day()).collect::<Vec<_>>(), [23, 24]);
        assert_eq!(
            (days[0].span.start, days[0].span.end, days[1].span.end),
            (span.start, days[1].span.start, span.end)
        );
    }

    #[test]
    fn what_is_no_period_is_told_at_its_field() {
        for (from, to, expected) in [
            ("", "soon", vec![("/from", "required"), ("/to", "not-a-date")]),
            ("2026-02-30", "2026-11-24", vec![("/from", "not-a-date")]),
            ("9999-12-31", "9999-12-31", vec![("/from", "not-a-date"), ("/to", "not-a-date")]),
            ("2026-11-24", "2026-11-23", vec![("/to", "period-backwards")]),
            ("2026-11-25", "2026-11-26", vec![("/from", "period-in-future")]),
            ("2010-01-01", "2026-11-24", vec![("/from", "period-too-long")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(p, c)| (p.to_owned(), c.to_owned())).collect();
            assert_eq!(read(from, to), Err(expected), "{from:?} {to:?}");
        }
        assert!(read("2026-11-01", "2026-11-30").is_ok(), "a month that has begun");
        assert_eq!(read("2016-11-17", "2026-11-24").unwrap().days(), 3_660);
    }

    #[test]
    fn the_hours_of_a_day_are_23_or_25_where_clocks_change() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        for (day, hours, twice) in [("2026-03-29", 23, 0), ("2026-10-25", 25, 2), ("2026-11-24", 24, 1)] {
            let day: Date = day.parse().unwrap();
            let found = Period::of(day, day, &zone).unwrap().hours(&zone);
            assert_eq!(found.len(), hours);
            assert_eq!(found.iter().filter(|(from, _)| from == "02:00").count(), twice, "{day}");
        }
    }
}
