//! Times in words. Instants decide; people read clocks, so a page shows the port's clock and UTC, each with its name
//! (product.md, rule 1; journey.md I10).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::words::Words;

/// An instant, as two clocks show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// On the port's clock: "24 November 2026, 14:00".
    pub local: String,
    /// Which clock that is: "port time, UTC+8". The zone's name in the tz database is for machines and in one language.
    pub zone: String,
    /// The same instant in UTC.
    pub utc: String,
    /// As machines read it, for `<time datetime>`.
    pub instant: String,
}

impl When {
    /// The instant in words.
    #[must_use]
    pub fn of(words: Words, at: Timestamp, zone: &TimeZone) -> Self {
        let local = at.to_zoned_datetime(zone.clone());
        When {
            local: moment(words, local.datetime()),
            zone: words.with("zone-of-port", &[("offset", &format!("UTC{}", offset(local.offset().seconds())))]),
            utc: moment(words, TimeZone::UTC.to_datetime(at)),
            instant: format!("{at:.0}"),
        }
    }
}

/// A day in words: "24 November 2026".
#[must_use]
pub fn day(words: Words, date: Date) -> String {
    let month = words.t(&format!("month-{}", date.month()));
    let figures = [date.year().to_string(), month, date.day().to_string()];
    words.with("date", &[("year", &figures[0]), ("month", &figures[1]), ("day", &figures[2])])
}

/// A date as JSON holds it, whole or in part (`1974-07-23`, `1974-07`, `1974`), in words; what is not one stays as it is.
#[must_use]
pub fn day_of(words: Words, text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |date| day(words, date))
}

fn moment(words: Words, at: DateTime) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    words.with("date-and-time", &[("date", &day(words, at.date())), ("time", &time)])
}

/// `+8`, `-3:30`, or nothing for UTC itself.
fn offset(offset_s: i32) -> String {
    let minutes = offset_s.unsigned_abs() / 60;
    let sign = if offset_s < 0 { '−' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => String::new(),
        (hours, 0) => format!("{sign}{hours}"),
        (hours, minutes) => format!("{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_on_both_clocks() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let when = When::of(Words::of("en"), "2026-11-23T18:30:59.4Z".parse().unwrap(), &zone);
        assert_eq!(when.local, "24 November 2026, 02:30");
        assert_eq!(when.zone, "port time, UTC+8");
        assert_eq!(when.utc, "23 November 2026, 18:30");
        assert_eq!(when.instant, "2026-11-23T18:30:59Z");
        let chinese = When::of(Words::of("zh"), "2026-11-23T18:30:00Z".parse().unwrap(), &zone);
        assert_eq!((chinese.local.as_str(), chinese.zone.as_str()), ("2026年11月24日 02:30", "口岸时间，UTC+8"));
    }

    proptest::proptest! {
        /// I10: whatever the instant and the port, a page names the zone of each clock, and the two clocks are that far apart.
        #[test]
        fn i10_a_time_is_shown_on_the_ports_clock_with_its_zone(
            at_s in 1_700_000_000i64..2_000_000_000,
            name in proptest::sample::select(&["Asia/Shanghai", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "UTC"][..]),
        ) {
            let (at, zone) = (Timestamp::from_second(at_s).unwrap(), TimeZone::get(name).unwrap());
            let when = When::of(Words::of("zh-Hans"), at, &zone);
            let shown = |text: &str| DateTime::strptime("%Y年%m月%d日 %H:%M", text).unwrap();
            // The two clocks are as far apart as the zone says, also in the hour that comes twice.
            let minute = at.as_second().div_euclid(60) * 60;
            proptest::prop_assert_eq!(TimeZone::UTC.to_timestamp(shown(&when.utc)).unwrap().as_second(), minute);
            let apart_s = i32::try_from(shown(&when.local).duration_since(shown(&when.utc)).as_secs()).unwrap();
            proptest::prop_assert_eq!(apart_s, zone.to_offset(at).seconds());
            proptest::prop_assert_eq!(&when.zone, &format!("口岸时间，UTC{}", offset(apart_s)));
            proptest::prop_assert_eq!(when.instant.parse::<Timestamp>().unwrap(), at);
        }
    }

    #[test]
    fn half_hours_and_the_west_have_offsets_too() {
        assert_eq!((offset(0), offset(-12600), offset(20700)), (String::new(), "−3:30".into(), "+5:45".into()));
    }
}
