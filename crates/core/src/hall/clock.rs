//! The model's clock: milliseconds since midnight of the day that it plays, on the port's own clock.

use super::scenario::BadScenario;

/// A second.
pub const SECOND_MS: i64 = 1_000;
/// A minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// What figures are given for: a quarter of an hour.
pub const QUARTER_MS: i64 = 15 * MINUTE_MS;
/// A day.
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Where the model stops. Whoever is not through two days after the day's end never will be.
pub const HORIZON_MS: i64 = 3 * DAY_MS;

/// Reads `14:05`.
///
/// # Errors
/// [`BadScenario`] at `field`.
pub fn time_of_day(text: &str, field: &str) -> Result<i64, BadScenario> {
    let read = text.trim().split_once(':').and_then(|(hours, minutes)| {
        let digits = |part: &str| (part.len() <= 2).then(|| part.parse::<u8>().ok()).flatten();
        Some((digits(hours)?, digits(minutes)?))
    });
    match read {
        Some((hours @ 0..=23, minutes @ 0..=59)) => Ok((i64::from(hours) * 60 + i64::from(minutes)) * MINUTE_MS),
        _ => Err(BadScenario::at(field, format!("{text:?} is no time of day; write it as 14:05, from 00:00 to 23:59"))),
    }
}

/// `14:05`; from the next midnight on `+1 00:10`.
#[must_use]
pub fn words(at_ms: i64) -> String {
    let (day, minute) = (at_ms.div_euclid(DAY_MS), at_ms.rem_euclid(DAY_MS) / MINUTE_MS);
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    if day == 0 { time } else { format!("{day:+} {time}") }
}

/// A span in minutes, with one decimal: nobody plans by seconds.
#[must_use]
pub fn minutes(span_ms: i64) -> f64 {
    (span_ms as f64 / (MINUTE_MS as f64 / 10.0)).round() / 10.0
}

/// The same of a whole number of minutes.
#[must_use]
pub fn of_minutes(minutes: f64) -> i64 {
    (minutes * MINUTE_MS as f64).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_told_the_same() {
        for text in ["00:00", "09:05", "23:59"] {
            assert_eq!(words(time_of_day(text, "x").unwrap()), text);
        }
        assert_eq!(words(DAY_MS + 10 * MINUTE_MS), "+1 00:10");
        assert_eq!(words(-MINUTE_MS), "-1 23:59");
        for text in ["24:00", "9", "9:60", "", "-1:00", "009:00", "nine"] {
            assert_eq!(time_of_day(text, "flight[0].on_block").unwrap_err().field, "flight[0].on_block", "{text}");
        }
    }
}
