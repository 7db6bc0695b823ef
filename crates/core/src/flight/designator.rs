//! What a flight is called: carrier and number, and with the port and the date of the scheduled arrival there, its id.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Carrier and number as printed on a ticket: `CA938`. Two characters of IATA or three letters of ICAO, one to four digits, and
/// at most one letter behind them (IATA SSIM, chapter 2). Leading zeros are dropped: `CA0938` is `CA938`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Designator {
    carrier: String,
    number: String,
}

/// The text is not a flight number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a flight number: write the airline's two or three characters and the digits, as in CA938")]
pub struct BadDesignator;

impl Designator {
    /// The carrier's code, `CA`.
    #[must_use]
    pub fn carrier(&self) -> &str {
        &self.carrier
    }

    /// The number, `938`.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl FromStr for Designator {
    type Err = BadDesignator;

    fn from_str(text: &str) -> Result<Self, BadDesignator> {
        if text.len() > 24 {
            return Err(BadDesignator);
        }
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>().to_ascii_uppercase();
        if !text.is_ascii() {
            return Err(BadDesignator);
        }
        // Three letters are an ICAO code; otherwise two characters of which one is a letter (IATA: 3U, CA, U2).
        let split = if text.len() > 3 && text.bytes().take(3).all(|b| b.is_ascii_uppercase()) { 3 } else { 2 };
        let (carrier, number) = text.split_at_checked(split).ok_or(BadDesignator)?;
        let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let digits_fit = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_carrier(carrier) || !digits_fit || number.len() - digits.len() > 1 {
            return Err(BadDesignator);
        }
        let letter = &number[digits.len()..];
        let number = match digits.trim_start_matches('0') {
            "" => format!("0{letter}"),
            digits => format!("{digits}{letter}"),
        };
        Ok(Designator { carrier: carrier.to_owned(), number })
    }
}

/// Is this a carrier's code: two characters of IATA of which one is a letter (`CA`, `3U`), or three letters of ICAO (`CCA`)?
#[must_use]
pub fn is_carrier(code: &str) -> bool {
    match code.len() {
        2 => {
            code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
                && !code.bytes().all(|b| b.is_ascii_digit())
        }
        3 => code.bytes().all(|b| b.is_ascii_uppercase()),
        _ => false,
    }
}

impl TryFrom<String> for Designator {
    type Error = BadDesignator;

    fn try_from(text: String) -> Result<Self, BadDesignator> {
        text.parse()
    }
}

impl From<Designator> for String {
    fn from(d: Designator) -> String {
        d.to_string()
    }
}

impl fmt::Display for Designator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.carrier, self.number)
    }
}

/// One arrival: `CA938-2026-11-24-CNPEK`. The date is the scheduled arrival's at the port, by the port's own calendar
/// (contract.md), and stays in the name when the flight is late.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FlightId {
    /// Carrier and number.
    pub designator: Designator,
    /// Date of the scheduled arrival, local to the port.
    pub date: Date,
    /// The port's UN/LOCODE.
    pub port: String,
}

/// The text is not a flight's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a flight's id: expected flight, date of scheduled arrival and port, as in CA938-2026-11-24-CNPEK")]
pub struct BadFlightId;

impl FromStr for FlightId {
    type Err = BadFlightId;

    fn from_str(text: &str) -> Result<Self, BadFlightId> {
        let (designator, rest) = text.split_once('-').ok_or(BadFlightId)?;
        let (date, port) = rest.rsplit_once('-').ok_or(BadFlightId)?;
        let is_locode = port.len() == 5 && port.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if date.len() != 10 || !is_locode {
            return Err(BadFlightId);
        }
        Ok(FlightId {
            designator: designator.parse().map_err(|_| BadFlightId)?,
            date: date.parse().map_err(|_| BadFlightId)?,
            port: port.to_owned(),
        })
    }
}

impl TryFrom<String> for FlightId {
    type Error = BadFlightId;

    fn try_from(text: String) -> Result<Self, BadFlightId> {
        text.parse()
    }
}

impl From<FlightId> for String {
    fn from(id: FlightId) -> String {
        id.to_string()
    }
}

impl fmt::Display for FlightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.designator, self.date, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `CA00K` became `CAK`, which is no flight. Found by fuzzing.
    #[test]
    fn noughts_before_a_letter_leave_a_number_that_can_be_read_back() {
        for (typed, kept) in [("CA000", "CA0"), ("CA00K", "CA0K"), ("CA010K", "CA10K")] {
            let flight: Designator = typed.parse().unwrap();
            assert_eq!((flight.to_string().as_str(), flight.to_string().parse()), (kept, Ok(flight)));
        }
    }

    #[test]
    fn a_flight_number_is_the_same_however_it_is_typed() {
        for typed in ["CA938", "ca 938", "CA0938", "ca-938", " CA938 "] {
            assert_eq!(typed.parse::<Designator>().unwrap().to_string(), "CA938", "{typed}");
        }
        assert_eq!("CCA938".parse::<Designator>().unwrap().carrier(), "CCA");
        assert_eq!("3U8888".parse::<Designator>().unwrap().carrier(), "3U");
        assert_eq!("U21A".parse::<Designator>().unwrap().number(), "1A");
        for bad in ["", "CA", "938", "CA12345", "12938", "CA9X8", "国航938", "CA938AB"] {
            assert_eq!(bad.parse::<Designator>(), Err(BadDesignator), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn an_id_is_read_back(carrier in "[A-Z]{2}", number in 1u16..10_000, day in 0i32..9000) {
            use jiff::ToSpan;
            let date = jiff::civil::date(2020, 1, 1) + day.days();
            let id: FlightId = format!("{carrier}{number}-{date}-CNPEK").parse().unwrap();
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = (text.parse::<Designator>(), text.parse::<FlightId>());
        }
    }
}
