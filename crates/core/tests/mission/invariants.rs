//! The invariants of journey.md 6.3, each by its number. I4, I5 and I6 are in `journey.rs` beside this folder, where answers are
//! changed and passes are used; I1's count is in `flight::balance`. I7, and I11 for every way in which one may declare, need the
//! whole house: `crates/app/tests/api/random_days.rs`.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use pratique_core::flight::Status;
use pratique_core::id::Id;
use pratique_core::journey::advice::Notice;
use pratique_core::journey::sample::State as Custody;
use pratique_core::journey::*;
use pratique_core::{news, sharing, telling};
use proptest::prelude::*;
use serde_json::Value;

use crate::day::{arrival, days, first, live};
use crate::deeds::{Deed, PEOPLE, tier};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn i1_an_entry_has_one_end_at_a_time_and_a_named_person_for_each(t in tier(), steps in days()) {
        live(t, &steps, &mut |before, _, events, after| {
            let ends = events.iter().filter(|e| matches!(e, Event::Disposed { .. })).count();
            assert!(ends <= 1, "one act ended the entry {ends} times");
            if ends == 0 {
                assert_eq!(before.disposition, after.disposition);
            }
        });
    }

    #[test]
    fn i2_no_result_without_custody_and_two_people(t in tier(), steps in days()) {
        let log = live(t, &steps, &mut |before, _, events, _| {
            for event in events {
                if let Event::ResultReleased { sample, reading, by, .. } = event {
                    let of = before.samples.iter().find(|s| s.number == *sample).unwrap();
                    assert!(matches!(of.state, Custody::Received { .. }), "a result without a sample in the laboratory");
                    assert_ne!(&reading.by, by, "one person alone made a result final");
                }
                if let Event::SampleCollected { taken, .. } = event {
                    assert!(!taken.tube.consent.is_empty() && taken.tube.scan == Id([7; 16]));
                }
            }
        });
        // The chain of custody, step by step, in every log.
        let mut reached: HashMap<u32, Vec<&str>> = HashMap::new();
        for event in &log {
            match event {
                Event::SampleLabelled { number, .. } => reached.entry(*number).or_default().push("labelled"),
                Event::SampleCollected { number, .. } => {
                    prop_assert!(reached[number].contains(&"labelled"));
                    reached.entry(*number).or_default().push("collected");
                }
                Event::SampleReceived { number, .. } => {
                    prop_assert!(reached[number].contains(&"collected"));
                    reached.entry(*number).or_default().push("received");
                }
                Event::TestQueued { sample, .. } => prop_assert!(reached[sample].contains(&"received")),
                _ => {}
            }
        }
    }

    #[test]
    fn i3_no_order_is_in_force_without_a_named_officer_and_a_served_time(t in tier(), steps in days()) {
        live(t, &steps, &mut |before, _, events, after| {
            for order in after.orders.iter().filter(|o| o.is_active()) {
                let was = before.orders.iter().find(|o| o.number == order.number);
                assert!(was.is_some_and(|w| w.is_active()) || events.iter().any(|e| matches!(e, Event::OrderServed { .. })));
            }
            assert!(after.orders.iter().filter(|o| o.until().is_some()).count() <= 1, "two orders hold at once");
            for event in events {
                if let Event::OrderIssued { issued, .. } = event {
                    assert!(PEOPLE.contains(&issued.by.as_str()) && issued.until > issued.at);
                }
            }
        });
    }

    #[test]
    fn i9_what_has_ended_and_owes_nothing_is_closed_and_nothing_else(t in tier(), steps in days()) {
        live(t, &steps, &mut |_, step, events, after| {
            let may = after.disposition.is_some() && after.open().next().is_none();
            assert_eq!(after.closed_at.is_some(), may);
            if matches!(step.2, Deed::Desk(DeskCommand::Close)) {
                assert!(may && events.is_empty(), "closing was not refused though something stood against it");
            }
        });
    }

    #[test]
    fn i8_i11_a_gate_that_has_only_a_copy_of_the_log_says_what_the_server_says(t in tier(), steps in days(), seen in seen()) {
        let mut log = first(t);
        live(t, &steps, &mut |_, _, events, after| {
            log.extend(events.iter().cloned());
            let copied: Vec<Event> = serde_json::from_str(&serde_json::to_string(&log).unwrap()).unwrap();
            let copy = fold(&copied).unwrap();
            assert_eq!(said(seen, Some(&copy)), said(seen, Some(after)));
        });
    }

    #[test]
    fn i10_every_time_is_kept_in_utc(t in tier(), steps in days()) {
        let log = live(t, &steps, &mut |_, _, _, _| {});
        let mut times = 0;
        for event in &log {
            each_text(&serde_json::to_value(event).unwrap(), &mut |text| {
                if text.parse::<Timestamp>().is_ok() {
                    assert!(text.ends_with('Z'), "{text} in {}", event.name());
                    times += 1;
                }
            });
        }
        prop_assert!(times >= log.len(), "an event says no time");
    }

    #[test]
    fn i12_a_correction_reaches_whoever_could_read_what_it_corrects(t in tier(), steps in days()) {
        // Who could read each result while it stood, as seen after each deed; a result by its sample and test.
        let mut readers: HashMap<(u32, u32), BTreeSet<String>> = HashMap::new();
        let mut now = arrival();
        live(t, &steps, &mut |before, step, events, after| {
            now = events.iter().filter_map(at).max().unwrap_or(now);
            for event in events {
                let Event::ResultReleased { sample, test, version, .. } = event else { continue };
                let read = readers.insert((*sample, *test), BTreeSet::new()).unwrap_or_default();
                if *version == 1 {
                    continue;
                }
                let told = news::told(Some(before), after, event);
                assert!(read.iter().all(|department| told.contains(&department.as_str())), "{read:?} read it, {told:?} hear");
                let telling = telling::of(after, event).unwrap();
                assert_eq!(telling.matter, telling::Matter::Changed, "{step:?}");
                for (kind, about) in [(ObligationKind::Conclude, None), (ObligationKind::TellPerson, Some(*sample))] {
                    assert!(after.open().any(|o| o.kind == kind && o.about == about), "{} is not owed", kind.name());
                }
            }
            let open = after.handovers.iter().filter(|h| sharing::is_readable(h, now));
            let reading: BTreeSet<String> = open.map(|h| h.to.clone()).collect();
            readers.values_mut().for_each(|read| read.extend(reading.iter().cloned()));
        });
    }
}

/// What a lane may see beside the journey.
type AtLane = (PassVerdict, DocumentCheck, bool, Option<Status>);

fn seen() -> impl Strategy<Value = AtLane> {
    let verdict = prop_oneof![Just(PassVerdict::Valid), Just(PassVerdict::Expired), Just(PassVerdict::Revoked)];
    let document =
        prop_oneof![Just(DocumentCheck::Match), Just(DocumentCheck::Mismatch), Just(DocumentCheck::Unchecked)];
    let flight = prop_oneof![Just(None), Just(Some(Status::Landed)), Just(Some(Status::Diverted))];
    (verdict, document, any::<bool>(), flight)
}

fn said((verdict, document, damaged_mrz, flight): AtLane, journey: Option<&Journey>) -> (Advice, Vec<Notice>) {
    let stage = "entry";
    advise(&Seen {
        verdict,
        document,
        damaged_mrz,
        journey,
        astray: false,
        other_port: false,
        on_list: None,
        flight,
        elsewhere: None,
        contested: false,
        stage,
    })
}

/// When an event happened, as its JSON says.
fn at(event: &Event) -> Option<Timestamp> {
    serde_json::to_value(event).unwrap()["at"].as_str()?.parse().ok()
}

fn each_text(value: &Value, look: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(parts) => parts.iter().for_each(|part| each_text(part, look)),
        Value::Object(parts) => parts.values().for_each(|part| each_text(part, look)),
        _ => {}
    }
}
