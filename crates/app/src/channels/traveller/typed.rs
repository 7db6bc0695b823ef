//! What people type, in the one way that we write it: digits of every width, dates in every order that leaves no doubt.

use jiff::civil::Date;

/// Full-width digits and signs, which Chinese and Japanese keyboards give, as ASCII.
#[must_use]
pub fn digits(text: &str) -> String {
    let narrow = |c: char| match c {
        // The full-width forms stand in the order of ASCII (Unicode, FF01–FF5E).
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    text.trim().chars().map(narrow).collect()
}

/// A date as year, month and day: `19740723`, `1974/7/23`, `1974 7 23` and `1974年7月23日` become `1974-07-23`; parts that are
/// not known may be left out. With the year at its end it is read where only one of the other two can be the month, as in
/// `23.7.1974` and `7/23/1974`; `3/4/1974` is two days of the year, stays as it was typed, and the error says how to write it.
///
/// So does a day that no calendar has.
///
/// ```
/// use pratique::channels::traveller::typed::date;
/// assert_eq!(date("1974年7月23日"), "1974-07-23");
/// assert_eq!(date("23.7.1974"), "1974-07-23");
/// assert_eq!(date("3/7/1974"), "3/7/1974");
/// ```
#[must_use]
pub fn date(text: &str) -> String {
    let read = in_order(&digits(text));
    // A day that no calendar has comes back to its field as it was typed, or nobody finds what they got wrong.
    read.filter(|date| is_in_the_calendar(date)).unwrap_or_else(|| text.trim().to_owned())
}

/// The parts in their order, where there is one that leaves no doubt.
fn in_order(typed: &str) -> Option<String> {
    let is_run = typed.len() == 8 && typed.bytes().all(|b| b.is_ascii_digit());
    if is_run {
        return Some(format!("{}-{}-{}", &typed[..4], &typed[4..6], &typed[6..]));
    }
    if typed.chars().any(|c| !(c.is_ascii_digit() || "-/. 年月日".contains(c))) {
        return None;
    }
    let parts: Vec<&str> = typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match parts.split_first() {
        Some((year, rest)) if year.len() == 4 && rest.len() <= 2 && rest.iter().all(|part| part.len() <= 2) => {
            Some(rest.iter().fold((*year).to_owned(), |date, part| format!("{date}-{part:0>2}")))
        }
        _ => year_last(&parts),
    }
}

/// A year, a month or a day that there is.
fn is_in_the_calendar(date: &str) -> bool {
    let first = |end: &str| format!("{date}{end}").parse::<Date>().is_ok();
    match date.len() {
        4 => first("-01-01"),
        7 => first("-01"),
        _ => first(""),
    }
}

/// Day and month in the one order that they can have, before a year of four digits.
fn year_last(parts: &[&str]) -> Option<String> {
    let [first, second, year] = parts else { return None };
    let of_two = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let (day, month) = match (of_two(first)?, of_two(second)?) {
        (same, other) if same == other && (1..=12).contains(&same) => (same, other),
        (day @ 13..=31, month @ 1..=12) | (month @ 1..=12, day @ 13..=31) => (day, month),
        _ => return None,
    };
    (year.len() == 4).then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_may_be_typed_in_many_ways() {
        for typed in [
            "1974-07-23",
            " 19740723 ",
            "1974/7/23",
            "1974.07.23",
            "1974 7 23",
            "1974年7月23日",
            "１９７４－７－２３",
            "23.7.1974",
            "23/07/1974",
            "7/23/1974",
            "23 7 1974",
            "２３．７．１９７４",
        ] {
            assert_eq!(date(typed), "1974-07-23", "{typed}");
        }
        assert_eq!(
            (date("1974"), date("1974-7"), date("1974年7月")),
            ("1974".into(), "1974-07".into(), "1974-07".into())
        );
    }

    #[test]
    fn what_leaves_a_doubt_stays_as_it_was_typed() {
        assert_eq!(date("7/7/1974"), "1974-07-07");
        for typed in [
            "3/7/1974",
            "12.11.2026",
            "32/7/1974",
            "32/32/1974",
            "0/0/1974",
            "23/13/1974",
            "23/7/74",
            "7-23",
            "July 1974",
            "1974-07-23-1",
            "31/02/2026",
            "20260231",
            "2026-2-30",
            "1974-13",
            "123456789",
            "",
        ] {
            assert_eq!(date(typed), typed);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_a_date_read_once_stays(text in ".{0,20}") {
            let once = date(&text);
            prop_assert_eq!(date(&once), once);
        }
    }
}
