//! Dates and times as DTM has them (UN/EDIFACT code list 2379): two-digit years, four-digit years, with or without a format.

use jiff::civil::{Date, DateTime};
use pratique_core::identity::BirthDate;

/// A time: `1306210900`, `201306210900`, or a date alone. A two-digit year is of this century: flights are.
#[must_use]
pub fn time(text: &str) -> Option<DateTime> {
    let digits = digits(text)?;
    let (date, clock) = match digits.len() {
        6 | 8 => (digits, ""),
        10 => digits.split_at(6),
        12 => digits.split_at(8),
        14 => (&digits[..8], &digits[8..12]),
        _ => return None,
    };
    let (year, month, day) = parts(date, |short| 2000 + short)?;
    let date = Date::new(year, month, day).ok()?;
    let number = |range: std::ops::Range<usize>| clock.get(range).unwrap_or("0").parse::<i8>().ok();
    let (hour, minute) = if clock.is_empty() { (0, 0) } else { (number(0..2)?, number(2..4)?) };
    jiff::civil::Time::new(hour, minute, 0, 0).ok().map(|time| date.to_datetime(time))
}

/// A birth date: the latest that is not after the flight's day (ICAO Doc 9303-3, 4.8, as for machine-readable zones). Unknown
/// months and days are zeros or left out.
#[must_use]
pub fn birth(text: &str, on: Date) -> Option<BirthDate> {
    let digits = digits(text)?;
    let (year, month, day) = match digits.len() {
        4 => (digits.parse().ok()?, 0, 0),
        6 | 8 => parts(digits, |short| {
            let this = on.year() / 100 * 100 + short;
            let tail = digits[2..].parse::<i32>().unwrap_or_default();
            let is_later = (short, tail) > (on.year() % 100, i32::from(on.month()) * 100 + i32::from(on.day()));
            if is_later { this - 100 } else { this }
        })?,
        _ => return None,
    };
    let text = match (month, day) {
        (0, _) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    };
    let born: BirthDate = text.parse().ok()?;
    (born.earliest() <= on && born.earliest().year() > on.year() - 140).then_some(born)
}

/// The last day of a document: of a two-digit year, the one within fifty years of the flight.
#[must_use]
pub fn expiry(text: &str, on: Date) -> Option<Date> {
    let (year, month, day) = parts(digits(text).filter(|d| matches!(d.len(), 6 | 8))?, |short| {
        let this = on.year() / 100 * 100 + short;
        match this - on.year() {
            50.. => this - 100,
            ..-50 => this + 100,
            _ => this,
        }
    })?;
    Date::new(year, month, day).ok()
}

fn digits(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// Year, month and day of `YYMMDD` or `YYYYMMDD`.
fn parts(digits: &str, century: impl Fn(i16) -> i16) -> Option<(i16, i8, i8)> {
    let (year, rest) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let year: i16 = year.parse().ok()?;
    let year = if digits.len() == 6 { century(year) } else { year };
    Some((year, rest.get(..2)?.parse().ok()?, rest.get(2..)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ON: Date = date(2026, 11, 24);

    #[test]
    fn a_two_digit_birth_year_is_the_latest_that_can_be() {
        let born = |text| birth(text, ON).map(|b| b.to_string());
        assert_eq!(born("720907").as_deref(), Some("1972-09-07"));
        assert_eq!(born("261124").as_deref(), Some("2026-11-24"));
        assert_eq!(born("261125").as_deref(), Some("1926-11-25"));
        assert_eq!(born("19720907").as_deref(), Some("1972-09-07"));
        assert_eq!(born("19720000").as_deref(), Some("1972"));
        for bad in ["", "7209", "72090", "991399", "72-09-07", "20270101", "AB0907"] {
            assert_eq!(born(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_are_local_as_sent() {
        assert_eq!(time("1306210900").unwrap().to_string(), "2013-06-21T09:00:00");
        assert_eq!(time("201306210900"), time(" 1306210900"));
        assert_eq!(time("130621").unwrap().to_string(), "2013-06-21T00:00:00");
        assert_eq!((time("1306212500"), time("13x")), (None, None));
    }

    #[test]
    fn a_document_runs_out_within_fifty_years() {
        assert_eq!(expiry("151231", ON), Some(date(2015, 12, 31)));
        assert_eq!(expiry("610218", ON), Some(date(2061, 2, 18)));
        assert_eq!(expiry("20310131", ON), Some(date(2031, 1, 31)));
        assert_eq!(expiry("990230", ON), None);
    }
}
