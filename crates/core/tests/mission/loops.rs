//! What follows from what: nobody waits without somebody who owes them the next step, and the log alone tells all of it.

use jiff::Timestamp;
use pratique_core::bulletin::{self, Figure};
use pratique_core::flight::Window;
use pratique_core::journey::sample::State as Custody;
use pratique_core::journey::*;
use proptest::prelude::*;

use crate::day::{arrival, days, live};
use crate::deeds::{Deed, tier};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn whoever_no_message_reached_is_called_and_no_message_counts_twice(t in tier(), steps in days()) {
        live(t, &steps, &mut |before, step, _, after| {
            let mut seen: Vec<_> = after.messages.iter().map(|m| (m.of, m.way)).collect();
            seen.sort_by_key(|(of, way)| (of.sample, of.test, of.version, *way));
            seen.dedup();
            assert_eq!(seen.len(), after.messages.len(), "one message counts twice");
            let Deed::Message(MessageCommand { of, is_over: true, .. }) = &step.2 else { return };
            let reached = after.messages.iter().any(|m| m.of == *of && m.undelivered.is_none());
            if pratique_core::telling::stands(before, *of) && !reached {
                let called = |o: &Obligation| o.kind == ObligationKind::TellPerson && o.about == Some(of.sample);
                assert!(after.open().any(called), "nobody calls whom no message reached");
            }
        });
    }

    #[test]
    fn nobody_who_waits_for_a_result_is_forgotten(t in tier(), steps in days()) {
        live(t, &steps, &mut |_, _, _, after| {
            let owed = |kind, about| after.open().any(|o| o.kind == kind && o.about == about);
            for sample in &after.samples {
                let about = Some(sample.number);
                // Whoever is not there any more is not called to the booth.
                let ended = after.disposition.is_some_and(Disposition::is_without_examination);
                match &sample.state {
                    Custody::Ordered | Custody::Labelled(_) => {
                        assert!(ended || owed(ObligationKind::CollectSample, about), "nobody owes the swab");
                    }
                    Custody::Collected(_) | Custody::Sent { .. } | Custody::Missing { .. } => {
                        assert!(owed(ObligationKind::DeliverSample, about) && owed(ObligationKind::ReportResult, about));
                    }
                    Custody::Received { .. } if pratique_core::journey::test::result_of(sample).is_none() => {
                        assert!(owed(ObligationKind::ReportResult, about), "nobody owes the result");
                    }
                    Custody::Rejected { .. } | Custody::Lost { .. } => {
                        assert!(after.samples.iter().any(|s| s.number > sample.number), "no other sample was ordered");
                    }
                    _ => {}
                }
            }
        });
    }

    #[test]
    fn a_positive_is_told_traced_and_concluded(t in tier(), steps in days()) {
        live(t, &steps, &mut |_, _, events, after| {
            for event in events {
                if let Event::ResultReleased { reading, sample, .. } = event
                    && reading.result == TestResult::Positive
                {
                    for (kind, about) in [
                        (ObligationKind::TellPerson, Some(*sample)),
                        (ObligationKind::TraceContacts, Some(*sample)),
                        (ObligationKind::Conclude, None),
                    ] {
                        assert!(after.open().any(|o| o.kind == kind && o.about == about), "{} is not owed", kind.name());
                    }
                    assert!(after.closed_at.is_none(), "a positive must reopen the loop");
                }
            }
        });
    }

    #[test]
    fn a_handover_stays_the_senders_until_it_is_accepted_and_is_answered(t in tier(), steps in days()) {
        live(t, &steps, &mut |_, _, _, after| {
            for handover in &after.handovers {
                let owed = |kind| after.open().any(|o| o.kind == kind && o.about == Some(handover.number));
                assert_eq!(matches!(handover.state, handover::State::Offered), owed(ObligationKind::AcceptHandover));
                assert_eq!(matches!(handover.state, handover::State::Accepted { .. }), owed(ObligationKind::AnswerHandover));
            }
        });
    }

    #[test]
    fn the_ladder_is_climbed_in_order_and_only_when_late(t in tier(), steps in days()) {
        live(t, &steps, &mut |before, _, events, _| {
            for event in events {
                if let Event::ObligationEscalated { number, level, at } = event {
                    let owed = before.obligations.iter().find(|o| o.number == *number).unwrap();
                    assert!(owed.is_open() && *at >= owed.due && *level > owed.level && *level <= 4);
                }
            }
        });
    }

    #[test]
    fn figures_counted_act_by_act_are_those_of_the_whole_log(t in tier(), steps in days()) {
        let mut kept = std::collections::BTreeMap::new();
        let log = live(t, &steps, &mut |before, _, events, _| {
            for figure in bulletin::counted(Some(before), events).counted.into_iter().map(|counted| counted.figure) {
                *kept.entry(figure).or_insert(0u64) += 1;
            }
        });
        let whole = bulletin::of_log([log.as_slice()], &(Timestamp::MIN..Timestamp::MAX));
        for figure in Figure::ALL {
            prop_assert_eq!(kept.get(&figure).copied().unwrap_or_default(), whole[&figure], "{}", figure.name());
        }
        prop_assert!(whole[&Figure::PassengersQuarantined] + whole[&Figure::CrewQuarantined] <= 1);
        prop_assert!(whole[&Figure::Positives] <= 1 && whole[&Figure::Referred] <= 1);
    }

    #[test]
    fn the_history_alone_makes_the_state_and_survives_the_store(t in tier(), steps in days()) {
        let log = live(t, &steps, &mut |_, _, _, _| {});
        let stored: Vec<Event> = log.iter().map(|e| serde_json::from_str(&serde_json::to_string(e).unwrap()).unwrap()).collect();
        let journey = fold(&stored).unwrap();
        let row: Journey = serde_json::from_str(&serde_json::to_string(&journey).unwrap()).unwrap();
        prop_assert_eq!(&row, &fold(&log).unwrap());
        for event in &log {
            let json = serde_json::to_value(event).unwrap();
            prop_assert_eq!(json["event"].as_str(), Some(event.name()), "the log's word is the event's own");
        }
        let window = Window::of(arrival(), None);
        let shown = row.shown(&window, arrival());
        prop_assert!(Shown::ALL.contains(&shown));
    }
}
