//! A birth date, which may lack its day or its month (ICAO Doc 9303-3, 4.8: unknown parts are fillers).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `1974-07-23`, `1974-07` or `1974`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BirthDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// The text is not a birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date: write year, month and day as in 1974-07-23, or leave out what is not known: 1974-07, 1974")]
pub struct BadBirthDate;

impl BirthDate {
    /// The day itself, where all of it is known.
    #[must_use]
    pub fn full(&self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day it can be: what age rules and "not in the future" go by.
    #[must_use]
    pub fn earliest(&self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// Whole years on that day, if the person were born on the first day that fits; `None` before birth.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<i64> {
        let born = self.earliest();
        if day < born {
            return None;
        }
        let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
        Some(i64::from(day.year()) - i64::from(born.year()) - i64::from(before_birthday))
    }
}

impl FromStr for BirthDate {
    type Err = BadBirthDate;

    fn from_str(text: &str) -> Result<Self, BadBirthDate> {
        let mut parts = text.trim().split('-');
        let mut number = |digits: usize| match parts.next() {
            None => Ok(None),
            Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<i16>().map(Some).map_err(|_| BadBirthDate)
            }
            Some(_) => Err(BadBirthDate),
        };
        let (year, month, day) = (number(4)?.ok_or(BadBirthDate)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(BadBirthDate);
        }
        let narrow = |n: Option<i16>| n.map(i8::try_from).transpose().map_err(|_| BadBirthDate);
        let date = BirthDate { year, month: narrow(month)?, day: narrow(day)? };
        Date::new(year, date.month.unwrap_or(1), date.day.unwrap_or(1)).map_err(|_| BadBirthDate)?;
        Ok(date)
    }
}

impl TryFrom<String> for BirthDate {
    type Error = BadBirthDate;

    fn try_from(text: String) -> Result<Self, BadBirthDate> {
        text.parse()
    }
}

impl From<BirthDate> for String {
    fn from(date: BirthDate) -> String {
        date.to_string()
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unknown_parts_are_left_out() {
        for text in ["1974-07-23", "1974-07", "1974", "2000-02-29"] {
            assert_eq!(text.parse::<BirthDate>().unwrap().to_string(), text);
        }
        for text in ["", "74", "1974-13", "1974-02-30", "1974-7-3", "1974-07-23-1", "1974-07-23T00", "二〇〇〇"] {
            assert_eq!(text.parse::<BirthDate>(), Err(BadBirthDate), "{text}");
        }
    }

    #[test]
    fn a_birthday_adds_the_year_on_the_day_itself() {
        let born: BirthDate = "2012-02-29".parse().unwrap();
        assert_eq!(born.age_on(jiff::civil::date(2026, 2, 28)), Some(13));
        assert_eq!(born.age_on(jiff::civil::date(2026, 3, 1)), Some(14));
        assert_eq!(born.age_on(jiff::civil::date(2011, 3, 1)), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,16}") {
            if let Ok(date) = text.parse::<BirthDate>() {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
            }
        }
    }
}
