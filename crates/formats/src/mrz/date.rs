//! Dates of six characters, `YYMMDD`, parts of which may be unknown (ICAO Doc 9303-3, 4.8).

use jiff::civil::Date;

/// How the century is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum TwoDigitYear {
    /// A birth is past: the latest that is not after the day given.
    LatestNotAfter,
    /// An expiry is near: of the hundred years from 50 before the day's year to 49 after it.
    Nearest,
}

/// No such date: the check digit may fit all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// `1974-08-12`, `1974-08`, `1974`, or `None` where even the year is unknown. A day without a month says nothing.
pub(super) fn read(cell: &str, at: Date, rule: TwoDigitYear) -> Result<Option<String>, Unreadable> {
    let [year, month, day] = [0, 2, 4].map(|from| part(cell.get(from..from + 2).unwrap_or_default()));
    let (Some(year), month, day) = (year?, month?, day?) else { return Ok(None) };
    let known = Known { month, day: month.and(day) };
    let latest = match rule {
        TwoDigitYear::LatestNotAfter => at.year(),
        TwoDigitYear::Nearest => at.year() + 49,
    };
    // The latest year of these two digits that is not after `latest`, then the century before it.
    let year = latest - (latest - i16::from(year)).rem_euclid(100);
    let date = [year, year - 100]
        .into_iter()
        .find(|&year| known.exists(year) && (matches!(rule, TwoDigitYear::Nearest) || known.starts(year) <= Some(at)));
    date.map(|year| Some(known.print(year))).ok_or(Unreadable)
}

fn part(digits: &str) -> Result<Option<i8>, Unreadable> {
    match digits {
        "<<" => Ok(None),
        _ if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().map(Some).or(Err(Unreadable)),
        _ => Err(Unreadable),
    }
}

#[derive(Clone, Copy)]
struct Known {
    month: Option<i8>,
    day: Option<i8>,
}

impl Known {
    fn starts(self, year: i16) -> Option<Date> {
        Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    fn exists(self, year: i16) -> bool {
        self.starts(year).is_some()
    }

    fn print(self, year: i16) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        }
    }
}

/// The six characters of `1974-08-12`, `1974-08`, `1974` or nothing; `None` if it is no date.
pub(super) fn write(date: Option<&str>) -> Option<String> {
    let Some(date) = date else { return Some("<".repeat(6)) };
    if !date.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None; // `parse` would take a sign
    }
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let (month, day) = (parts.next(), parts.next());
    let two = |part: Option<&str>| match part {
        None => Some(None),
        Some(part) => part.parse().ok().filter(|_| part.len() == 2).map(Some),
    };
    let known = Known { month: two(month)?, day: two(day)? };
    let year: i16 = year.parse().ok()?;
    known.exists(year).then_some(())?;
    parts
        .next()
        .is_none()
        .then(|| format!("{:02}{}{}", year.rem_euclid(100), month.unwrap_or("<<"), day.unwrap_or("<<")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn birth(cell: &str) -> Result<Option<String>, Unreadable> {
        read(cell, date(2026, 11, 24), TwoDigitYear::LatestNotAfter)
    }

    fn expiry(cell: &str) -> Result<Option<String>, Unreadable> {
        read(cell, date(2026, 11, 24), TwoDigitYear::Nearest)
    }

    #[test]
    fn a_birth_is_the_latest_that_is_not_after_the_day() {
        for (cell, said) in [
            ("261124", "2026-11-24"),
            ("261125", "1926-11-25"),
            ("270101", "1927-01-01"),
            ("740812", "1974-08-12"),
            ("26<<<<", "2026"),
            ("27<<<<", "1927"),
            ("2611<<", "2026-11"),
            ("2612<<", "1926-12"),
            ("74<<12", "1974"),
        ] {
            assert_eq!(birth(cell), Ok(Some(said.to_owned())), "{cell}");
        }
    }

    #[test]
    fn an_expiry_is_the_nearest() {
        assert_eq!(expiry("340528"), Ok(Some("2034-05-28".into())));
        assert_eq!(expiry("951231"), Ok(Some("1995-12-31".into())));
        assert_eq!(expiry("750101"), Ok(Some("2075-01-01".into())));
        assert_eq!(expiry("760101"), Ok(Some("1976-01-01".into())));
    }

    #[test]
    fn a_leap_day_is_put_where_there_was_one() {
        assert_eq!(birth("240229"), Ok(Some("2024-02-29".into())));
        assert_eq!(read("000229", date(2000, 2, 28), TwoDigitYear::LatestNotAfter), Err(Unreadable));
    }

    #[test]
    fn an_unknown_date_is_none_and_an_impossible_one_is_unreadable() {
        assert_eq!(birth("<<<<<<"), Ok(None));
        for cell in ["740231", "741301", "7A0812", "74081<", "0000"] {
            assert_eq!(birth(cell), Err(Unreadable), "{cell}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_written() {
        for bad in ["", "74-08-12", "1974-8-1", "1974-02-30", "1974-08-12-01", "1974-13", "+974"] {
            assert_eq!(write(Some(bad)), None, "{bad}");
        }
        assert_eq!(write(Some("1974-08")).as_deref(), Some("7408<<"));
    }
}
