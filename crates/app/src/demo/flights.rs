//! The demo's flights: carriers and origins as they are met at Beijing Capital, times and loads made up.

use pratique_core::flight::Category;

use super::names::Tongue;

/// What happens to a flight on the demo's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Comes so many minutes after its time; before it where negative.
    Comes(i64),
    /// Will not come.
    Cancelled,
    /// Goes elsewhere.
    Diverted,
    /// Is not on the schedule, though people declare for it.
    Unscheduled,
}

/// One flight of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Carrier and number.
    pub designator: &'static str,
    /// Where it comes from, IATA.
    pub origin: &'static str,
    /// Scheduled arrival by the port's clock, minutes after midnight.
    pub due_min: i64,
    /// Its category.
    pub category: Category,
    /// People who declare, of a full demo.
    pub people: usize,
    /// Whose names they have, the frequent first.
    pub tongues: &'static [Tongue],
    /// What happens to it.
    pub turn: Turn,
}

const fn line(
    designator: &'static str,
    origin: &'static str,
    (hour, minute): (i64, i64),
    category: Category,
    people: usize,
    tongues: &'static [Tongue],
    turn: Turn,
) -> Line {
    Line { designator, origin, due_min: hour * 60 + minute, category, people, tongues, turn }
}

use Category::{Cargo, Hmt, International};
use Tongue::*;
use Turn::{Cancelled, Comes, Diverted, Unscheduled};

const CHINA_AND: &[Tongue] = &[Chinese, Chinese, English];
const GREATER_CHINA: &[Tongue] = &[Cantonese, Chinese, Taiwanese];

/// The day's flights, by their local times.
pub const LINES: &[Line] = &[
    line("CK208", "FRA", (0, 35), Cargo, 3, &[Chinese], Comes(5)),
    line("SQ802", "SIN", (0, 55), International, 96, &[Chinese, English, Malay], Comes(-12)),
    line("CA976", "SIN", (1, 20), International, 84, &[Chinese, Malay, English], Comes(8)),
    line("TG614", "BKK", (2, 5), International, 90, &[Thai, Chinese, English], Comes(0)),
    line("5X190", "ANC", (2, 50), Cargo, 4, &[English], Comes(22)),
    line("CA788", "JED", (3, 30), International, 88, &[Chinese, Arabic, English], Comes(14)),
    line("MU592", "SVO", (4, 10), International, 72, &[Chinese, Russian], Comes(-18)),
    line("CA992", "YVR", (4, 40), International, 118, CHINA_AND, Comes(31)),
    line("CA996", "YUL", (5, 0), International, 112, CHINA_AND, Comes(-9)),
    line("FX5014", "MEM", (5, 15), Cargo, 2, &[English], Comes(3)),
    line("CZ348", "AMS", (5, 40), International, 86, &[Chinese, English, German], Comes(6)),
    line("CA938", "LHR", (6, 15), International, 108, &[Chinese, English, English], Comes(-21)),
    line("HU7976", "BRU", (6, 30), International, 64, &[Chinese, French, German], Comes(0)),
    line("CA966", "FRA", (6, 50), International, 102, &[Chinese, German], Comes(17)),
    line("LH720", "FRA", (7, 30), International, 98, &[German, Chinese, English], Comes(2)),
    line("AF382", "CDG", (8, 5), International, 94, &[French, Chinese, Arabic], Comes(-6)),
    line("CK224", "ORD", (8, 20), Cargo, 4, &[Chinese, English], Comes(40)),
    line("ET604", "ADD", (8, 45), International, 78, &[Amharic, Chinese, English], Comes(12)),
    line("CI511", "TPE", (9, 10), Hmt, 82, &[Taiwanese, Chinese], Comes(-4)),
    line("CA112", "HKG", (9, 35), Hmt, 76, GREATER_CHINA, Comes(9)),
    line("BA39", "LHR", (9, 55), International, 92, &[English, Chinese], Comes(26)),
    line("K4338", "CVG", (10, 10), Cargo, 3, &[English], Comes(-8)),
    line("CX390", "HKG", (10, 40), Hmt, 90, GREATER_CHINA, Comes(4)),
    line("KE2851", "GMP", (11, 5), International, 80, &[Korean, Chinese], Comes(0)),
    line("NX6", "MFM", (11, 30), Hmt, 58, &[Cantonese, Portuguese], Comes(7)),
    line("JL21", "HND", (12, 0), International, 84, &[Japanese, Chinese], Comes(-3)),
    line("OZ331", "ICN", (12, 25), International, 76, &[Korean, Chinese], Comes(11)),
    line("HX336", "HKG", (13, 0), Hmt, 66, GREATER_CHINA, Cancelled),
    line("SU204", "SVO", (13, 20), International, 74, &[Russian, Chinese], Comes(19)),
    line("CA168", "HND", (13, 55), International, 78, &[Japanese, Chinese], Comes(-7)),
    line("NH961", "HND", (14, 30), International, 82, &[Japanese, English], Comes(0)),
    line("CA9124", "ALA", (14, 45), International, 24, &[Russian, Chinese], Unscheduled),
    line("QR894", "DOH", (15, 10), International, 90, &[Arabic, Chinese, English], Comes(15)),
    line("BR716", "TPE", (15, 35), Hmt, 84, &[Taiwanese, Chinese], Comes(-5)),
    line("CA1048", "FRA", (15, 50), Cargo, 3, &[Chinese], Comes(10)),
    line("EK306", "DXB", (16, 20), International, 100, &[Arabic, English, Chinese], Comes(6)),
    line("CA746", "PNH", (16, 55), International, 44, &[Chinese, Khmer], Comes(28)),
    line("CA912", "ARN", (17, 25), International, 56, &[Chinese, English], Diverted),
    line("MU5030", "NGO", (18, 0), International, 66, &[Japanese, Chinese], Comes(0)),
    line("CZ6008", "DEL", (18, 40), International, 62, &[Hindi, Chinese], Comes(13)),
    line("CX334", "HKG", (19, 10), Hmt, 72, GREATER_CHINA, Comes(-2)),
    line("CA854", "WAW", (19, 50), International, 48, &[Chinese, Russian, German], Comes(35)),
    line("5X218", "CGN", (20, 20), Cargo, 2, &[German], Comes(-15)),
    line("CA908", "MAD", (21, 0), International, 104, CHINA_AND, Comes(5)),
    line("HU492", "TLV", (21, 45), International, 52, &[Chinese, English], Comes(0)),
    line("CA842", "VIE", (22, 30), International, 88, CHINA_AND, Comes(18)),
    line("FX5188", "NRT", (23, 5), Cargo, 2, &[Japanese, English], Comes(1)),
    line("CA836", "GVA", (23, 40), International, 54, &[French, Chinese], Comes(-10)),
];

/// A flight of three days before: whoever declared for it and never came is past all validity.
pub const GONE: Line = line("CA822", "ULN", (11, 15), International, 12, &[Chinese, Russian], Comes(4));

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_flight_has_a_name_of_its_own_and_a_time_of_the_day() {
        let names: BTreeSet<_> = LINES.iter().map(|line| line.designator).collect();
        assert_eq!(names.len(), LINES.len());
        assert!(LINES.iter().all(|line| (0..24 * 60).contains(&line.due_min) && line.people > 0));
        assert!(LINES.windows(2).all(|pair| pair[0].due_min < pair[1].due_min));
    }

    #[test]
    fn a_full_day_has_some_thousands_of_people_and_every_turn() {
        let people: usize = LINES.iter().map(|line| line.people).sum();
        assert!((2_800..=3_600).contains(&people), "{people}");
        for turn in [Turn::Cancelled, Turn::Diverted, Turn::Unscheduled] {
            assert_eq!(LINES.iter().filter(|line| line.turn == turn).count(), 1, "{turn:?}");
        }
    }
}
