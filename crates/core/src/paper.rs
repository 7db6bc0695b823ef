//! The paper form: numbered, filled in with a pen when there is no power, no network or no machine, and keyed in later. The time
//! on the paper is the time that counts (journey.md 6.4, "Paper fallback").

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::code::{character, check};

/// A serial's digits as they are printed, at least so many.
const DIGITS_MIN: usize = 6;
/// More digits are no serial of ours, and the check's weights end there.
const DIGITS_MAX: usize = 9;
/// The characters of a UN/LOCODE.
const PORT_CHARS: usize = 5;
/// How far the clock of whoever filled in the paper may be ahead of ours.
const AHEAD_MIN: i64 = 5;

/// The number of one printed form: the port, a number that counts up, a check character. It names nobody.
///
/// ```
/// use pratique_core::paper::Serial;
/// let serial = Serial { port: "CNPEK".into(), number: 42 };
/// assert_eq!(serial.to_string(), "CNPEK-000042-T");
/// // Read off the paper in small letters, with blanks: it is the same form.
/// assert_eq!("cnpek 000042 t".parse(), Ok(serial));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serial {
    /// The port's UN/LOCODE.
    pub port: String,
    /// Which of the port's forms.
    pub number: u32,
}

/// Why a text is no serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSerial {
    /// Not a port, digits and a character.
    #[error("a form's number looks like CNPEK-000042-T")]
    Shape,
    /// The check character does not fit: something was read or typed wrongly.
    #[error("one character of the form's number is wrong: compare it with the paper")]
    Check,
}

impl BadSerial {
    /// The stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            BadSerial::Shape => "not-a-serial",
            BadSerial::Check => "serial-check",
        }
    }
}

impl Serial {
    fn digits(&self) -> String {
        format!("{:0DIGITS_MIN$}", self.number)
    }

    /// Reckoned over the digits alone: a form of another port is unknown here anyway.
    fn check(&self) -> char {
        let values: Vec<u32> = self.digits().chars().filter_map(|c| c.to_digit(10)).collect();
        character(check(&values))
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.port, self.digits(), self.check())
    }
}

impl FromStr for Serial {
    type Err = BadSerial;

    fn from_str(text: &str) -> Result<Self, BadSerial> {
        let bare: Vec<char> =
            text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2013}')).collect();
        let bare: String = bare.into_iter().map(|c| c.to_ascii_uppercase()).collect();
        if !bare.is_ascii() || bare.len() <= PORT_CHARS + 1 {
            return Err(BadSerial::Shape);
        }
        let (port, rest) = bare.split_at(PORT_CHARS);
        let (digits, last) = rest.split_at(rest.len() - 1);
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
        let counts = (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !counts || !plain(port) || !plain(last) {
            return Err(BadSerial::Shape);
        }
        let number = digits.parse().map_err(|_| BadSerial::Shape)?;
        let serial = Serial { port: port.to_owned(), number };
        // The letters that look like digits are taken as those, as in a pass's code.
        let last = last.replace('O', "0").replace(['I', 'L'], "1");
        if serial.digits() == digits && last.starts_with(serial.check()) { Ok(serial) } else { Err(BadSerial::Check) }
    }
}

/// The form and the time that stand on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The form's number.
    pub serial: Serial,
    /// When it was filled in, as the paper says.
    pub at: Timestamp,
}

/// Why a paper's time cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untimely {
    /// It is still to come.
    Future,
    /// It was filled in longer ago than the port takes papers for.
    Old,
}

impl Paper {
    /// Is the paper's time one that can be taken now?
    ///
    /// # Errors
    /// [`Untimely`].
    pub fn timely(&self, now: Timestamp, hours_max: i64) -> Result<(), Untimely> {
        if self.at > now + SignedDuration::from_mins(AHEAD_MIN) {
            Err(Untimely::Future)
        } else if now.duration_since(self.at) > SignedDuration::from_hours(hours_max) {
            Err(Untimely::Old)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_serial_is_read_back_in_any_writing(number in 0u32..1_000_000_000, lower: bool, bare: bool) {
            let serial = Serial { port: "CNPEK".into(), number };
            let mut text = serial.to_string();
            if lower { text = text.to_lowercase(); }
            if bare { text = text.replace('-', ""); }
            prop_assert_eq!(text.parse(), Ok(serial));
        }

        #[test]
        fn one_wrong_digit_and_two_exchanged_are_always_found(number in 0u32..1_000_000, at in 0usize..6, step in 1u8..10) {
            let text = Serial { port: "CNPEK".into(), number }.to_string().into_bytes();
            let place = 6 + at;
            let mut wrong = text.clone();
            wrong[place] = b'0' + (wrong[place] - b'0' + step) % 10;
            prop_assert_eq!(String::from_utf8(wrong).unwrap().parse::<Serial>(), Err(BadSerial::Check));
            let mut exchanged = text.clone();
            if at < 5 && exchanged[place] != exchanged[place + 1] {
                exchanged.swap(place, place + 1);
                prop_assert_eq!(String::from_utf8(exchanged).unwrap().parse::<Serial>(), Err(BadSerial::Check));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,30}") {
            let _ = text.parse::<Serial>();
        }
    }

    #[test]
    fn what_is_no_serial_is_told_from_one_with_a_slip() {
        for text in ["", "CNPEK", "42", "CNPEK-42-T", "CNPEK-00004x-T", "号码", "CNPEK-0000000042-T", "CNPEK-000042-"]
        {
            assert_eq!(text.parse::<Serial>(), Err(BadSerial::Shape), "{text:?}");
        }
        assert_eq!("CNPEK-000042-V".parse::<Serial>(), Err(BadSerial::Check));
        // The same number with zeros before it would be a second name of one form.
        assert!("CNPEK-0000042-T".parse::<Serial>().is_err());
    }

    #[test]
    fn a_paper_is_neither_of_tomorrow_nor_of_last_week() {
        let now: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let timely = |at: &str| {
            let serial = Serial { port: "CNPEK".into(), number: 1 };
            Paper { serial, at: at.parse().unwrap() }.timely(now, 72)
        };
        assert_eq!(timely("2026-11-24T00:05:00Z"), Ok(()), "clocks differ a little");
        assert_eq!(timely("2026-11-24T00:05:01Z"), Err(Untimely::Future));
        assert_eq!(timely("2026-11-21T00:00:00Z"), Ok(()));
        assert_eq!(timely("2026-11-20T23:59:59Z"), Err(Untimely::Old));
    }
}
