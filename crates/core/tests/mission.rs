//! The whole mission's invariants (journey.md 6.3) over random days: samples, tests, orders, handovers, contacts and the desk,
//! in whatever order people work.
#![expect(clippy::unwrap_used, reason = "a test's own helpers may fail the test")]

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use pratique_core::bulletin::{self, Figure};
use pratique_core::declaration::Channel;
use pratique_core::flight::Window;
use pratique_core::id::Id;
use pratique_core::journey::checkpoint::DecisionInput;
use pratique_core::journey::command::NewDeclaration;
use pratique_core::journey::handover::Report;
use pratique_core::journey::obligation::Answer;
use pratique_core::journey::order::Ending;
use pratique_core::journey::sample::{NotSampled, Specimen, State as Custody, Unfit};
use pratique_core::journey::*;
use pratique_core::port::Deadlines;
use pratique_core::rules::Tier;
use proptest::prelude::*;

const PEOPLE: [&str; 3] = ["li.na", "chen.mo", "wang.fang"];

/// One thing that somebody does.
#[derive(Debug, Clone)]
enum Deed {
    Scan,
    Decide(Decision),
    Answer { number: u32, outcome: Outcome },
    Escalate { number: u32, level: u8 },
    Sample(SampleCommand),
    Test(TestCommand),
    Message(MessageCommand),
    Order(OrderCommand),
    Handover(HandoverCommand),
    Desk(DeskCommand),
}

/// A deed, who does it, and how many minutes after the one before.
type Step = (i64, usize, Deed);

fn plate() -> Id {
    Id([5; 16])
}

fn sample() -> impl Strategy<Value = SampleCommand> {
    let n = 1..4u32;
    prop_oneof![
        4 => Just(SampleCommand::Order),
        4 => n.clone().prop_map(|number| SampleCommand::Label {
            number,
            label: format!("S{number}"),
            scan: Id([7; 16]),
            consent: "1".into(),
            station: "T3D-B01".into(),
        }),
        4 => (n.clone(), 1..4u32).prop_map(|(number, on_tube)| SampleCommand::Collect {
            number,
            label: format!("S{on_tube}"),
            specimen: Specimen::Oropharyngeal,
            station: "T3D-B01".into(),
        }),
        1 => n.clone().prop_map(|number| SampleCommand::NotSampled { number, why: NotSampled::Refused }),
        2 => n.clone().prop_map(|number| SampleCommand::Send { number, parcel: "bag 1".into() }),
        4 => n.clone().prop_map(|number| SampleCommand::Receive { number }),
        1 => n.clone().prop_map(|number| SampleCommand::Reject { number, why: Unfit::Leaking }),
        1 => n.clone().prop_map(|number| SampleCommand::Miss { number }),
        1 => n.prop_map(|number| SampleCommand::Lose { number }),
    ]
}

fn test() -> impl Strategy<Value = TestCommand> {
    let (n, result) = (1..4u32, prop::sample::select(TestResult::ALL));
    let tracing = || Some("tracing".to_owned());
    prop_oneof![
        3 => n.clone().prop_map(|sample| TestCommand::Plate { sample, plate: plate(), well: "A1".into() }),
        1 => n.clone().prop_map(|sample| TestCommand::Requeue { sample }),
        4 => (n.clone(), result.clone(), any::<bool>()).prop_map(|(sample, result, by_hand)| TestCommand::Read {
            sample,
            result,
            plate: (!by_hand).then(|| (plate(), "A1".to_owned())),
        }),
        4 => n.clone().prop_map(move |sample| TestCommand::Release { sample, tracing: tracing() }),
        1 => (n, result).prop_map(move |(sample, result)| TestCommand::Amend {
            sample,
            result,
            found_by: PEOPLE[0].into(),
            tracing: tracing(),
        }),
    ]
}

fn message() -> impl Strategy<Value = MessageCommand> {
    let outcome = prop::sample::select(&[None, Some(Undelivered::Refused), Some(Undelivered::NoAnswer)][..]);
    let ways = prop::collection::vec((prop::sample::select(Way::ALL), outcome), 0..3);
    (1..4u32, 1..3u32, 1..3u32, ways, any::<bool>()).prop_map(|(sample, test, version, came_to, is_over)| {
        MessageCommand { of: ResultRef { sample, test, version }, came_to, is_over }
    })
}

fn order() -> impl Strategy<Value = OrderCommand> {
    let (n, measure) = (1..4u32, prop::sample::select(Measure::ALL));
    let until = |days: i64| arrival() + SignedDuration::from_hours(24 * days);
    prop_oneof![
        2 => measure.clone().prop_map(|measure| OrderCommand::Propose { measure }),
        3 => (prop::option::of(n.clone()), measure, 1..15i64)
            .prop_map(move |(number, measure, days)| OrderCommand::Issue { number, measure, until: until(days) }),
        3 => n.clone().prop_map(|number| OrderCommand::Serve { number, language: "en".into() }),
        1 => (n.clone(), 1..20i64).prop_map(move |(number, days)| OrderCommand::Change { number, until: until(days) }),
        2 => (n, prop::sample::select(Ending::ALL)).prop_map(|(number, ending)| OrderCommand::End { number, ending }),
    ]
}

fn handover() -> impl Strategy<Value = HandoverCommand> {
    let (n, to) = (1..4u32, prop::sample::select(&["isolation", "tracing", "hospital"][..]));
    prop_oneof![
        3 => to.prop_map(|to| HandoverCommand::Offer { to: to.into() }),
        3 => n.clone().prop_map(|number| HandoverCommand::Accept { number }),
        1 => (n.clone(), any::<bool>()).prop_map(|(number, reasoned)| HandoverCommand::Decline { number, reasoned }),
        3 => n.clone().prop_map(|number| HandoverCommand::Answer { number, report: Report::Completed }),
        1 => n.prop_map(|number| HandoverCommand::Withdraw { number }),
    ]
}

fn desk() -> impl Strategy<Value = DeskCommand> {
    let contact = |n: u8| ContactOf {
        case: Id([n; 16]),
        rule: "seat".into(),
        rows: Some(1),
        by: "tracing".into(),
        at: arrival(),
    };
    let class = prop::sample::select(Class::ALL);
    let departs = prop::option::of(1..40i64).prop_map(|h| h.map(|h| arrival() + SignedDuration::from_hours(h)));
    prop_oneof![
        2 => tier().prop_map(|t| DeskCommand::Examine { station: "T3D-D01".into(), triage: triage(t) }),
        1 => Just(DeskCommand::Investigate { questionnaire: "1".into() }),
        1 => (class, departs).prop_map(|(class, departs)| DeskCommand::Classify { class, departs }),
        1 => (prop::sample::select(Disposition::ALL), any::<bool>())
            .prop_map(|(disposition, reasoned)| DeskCommand::Dispose { disposition, reasoned }),
        1 => (0..3u8).prop_map(move |n| DeskCommand::TieToCase { contact: contact(n), tracing: None }),
        2 => Just(DeskCommand::Close),
    ]
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![Just(Tier::Green), Just(Tier::Amber), Just(Tier::Red)]
}

fn step() -> impl Strategy<Value = Step> {
    let outcomes = [
        Outcome::Fit,
        Outcome::Sampled,
        Outcome::IdentityConfirmed,
        Outcome::Seen,
        Outcome::Reached,
        Outcome::Done,
        Outcome::Lapsed,
        Outcome::Disposed(Disposition::Release),
        Outcome::Disposed(Disposition::Hospital),
    ];
    let deed = prop_oneof![
        2 => Just(Deed::Scan),
        3 => prop::sample::select(&Decision::ALL[..]).prop_map(Deed::Decide),
        6 => (1..12u32, prop::sample::select(outcomes.to_vec()))
            .prop_map(|(number, outcome)| Deed::Answer { number, outcome }),
        1 => (1..12u32, 1..6u8).prop_map(|(number, level)| Deed::Escalate { number, level }),
        10 => sample().prop_map(Deed::Sample),
        8 => test().prop_map(Deed::Test),
        3 => message().prop_map(Deed::Message),
        4 => order().prop_map(Deed::Order),
        4 => handover().prop_map(Deed::Handover),
        4 => desk().prop_map(Deed::Desk),
    ];
    (0..400i64, 0..PEOPLE.len(), deed)
}

fn triage(tier: Tier) -> TriageInput {
    TriageInput { tier, reasons: Vec::new(), rules: "1".into(), pack: "respiratory@1".into() }
}

fn arrival() -> Timestamp {
    "2026-11-24T06:00:00Z".parse().unwrap()
}

fn first(tier: Tier) -> Vec<Event> {
    let made = arrival() - SignedDuration::from_hours(5);
    let new = NewDeclaration {
        port: "CNPEK".into(),
        flight: "CA938-2026-11-24-CNPEK".parse().unwrap(),
        party: None,
        channel: Channel::Web,
        questionnaire: "1".into(),
        counted: true,
        made_at: None,
        triage: triage(tier),
        earlier: None,
        pass: PassRef { cti: format!("{:024x}", 1), issued_at: made, expires_at: arrival() },
    };
    decide(None, &Command::Declare(new), made).unwrap()
}

fn command((_, by, deed): &Step, now: Timestamp) -> Command {
    let (by, deadlines) = (PEOPLE[*by].to_owned(), Deadlines::default());
    let scan = || ScanFacts { scan: Id([7; 16]), station: "T3D-L01".into(), document: DocumentCheck::Match };
    match deed.clone() {
        Deed::Scan => Command::Scan(scan()),
        Deed::Decide(decision) => Command::Decide(DecisionInput {
            scan: scan(),
            verdict: PassVerdict::Valid,
            scanned_at: now,
            elsewhere: None,
            stage: "entry".into(),
            stages: vec!["entry".into()],
            decision,
            reasoned: true,
            by_itself: false,
            by,
            due: now + SignedDuration::from_mins(30),
        }),
        Deed::Answer { number, outcome } => Command::Answer(Answer { number, outcome, reasoned: true, by }),
        Deed::Escalate { number, level } => Command::Escalate { number, level },
        Deed::Sample(command) => Command::Sample { command, by, deadlines },
        Deed::Test(command) => Command::Test { command, by, deadlines },
        Deed::Message(command) => Command::Message { command, by, deadlines },
        Deed::Order(command) => Command::Order { command, by, deadlines },
        Deed::Handover(command) => Command::Handover { command, by, deadlines },
        Deed::Desk(command) => Command::Desk { command, by, deadlines },
    }
}

/// What a move is judged by: the state before, the step, its events, the state after.
type Look<'a> = &'a mut dyn FnMut(&Journey, &Step, &[Event], &Journey);

fn live(tier: Tier, steps: &[Step], look: Look<'_>) -> Vec<Event> {
    let mut now = arrival();
    let mut log = first(tier);
    for step in steps {
        now += SignedDuration::from_mins(step.0);
        let before = fold(&log).unwrap();
        let Ok(events) = decide(Some(&before), &command(step, now), now) else { continue };
        log.extend(events.iter().cloned());
        look(&before, step, &events, &fold(&log).unwrap());
    }
    log
}

fn days() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..90)
}

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

/// Plays deeds by name and answers the last refusal.
struct Play {
    log: Vec<Event>,
    now: Timestamp,
}

impl Play {
    fn begin() -> Self {
        Play { log: first(Tier::Red), now: arrival() }
    }

    fn does(&mut self, who: usize, deed: Deed) -> Result<&mut Self, Refusal> {
        self.now += SignedDuration::from_mins(1);
        let events = decide(fold(&self.log).as_ref(), &command(&(0, who, deed), self.now), self.now)?;
        self.log.extend(events);
        Ok(self)
    }

    fn journey(&self) -> Journey {
        fold(&self.log).unwrap()
    }

    fn owed(&self) -> Vec<&'static str> {
        self.journey().open().map(|o| o.kind.name()).collect()
    }

    /// From the order to a tube in the laboratory.
    fn brings(&mut self, number: u32) -> &mut Self {
        let label = format!("S{number}");
        let station = || "T3D-B01".to_owned();
        let scan = Id([7; 16]);
        let tube = SampleCommand::Label { number, label: label.clone(), scan, consent: "1".into(), station: station() };
        self.does(0, Deed::Sample(tube)).unwrap();
        let specimen = Specimen::Oropharyngeal;
        self.does(0, Deed::Sample(SampleCommand::Collect { number, label, specimen, station: station() })).unwrap();
        self.does(1, Deed::Sample(SampleCommand::Receive { number })).unwrap()
    }

    fn reads_and_releases(&mut self, sample: u32, result: TestResult) -> &mut Self {
        self.does(1, Deed::Test(TestCommand::Read { sample, result, plate: None })).unwrap();
        self.does(2, Deed::Test(TestCommand::Release { sample, tracing: Some("tracing".into()) })).unwrap()
    }
}

#[test]
fn a_positive_goes_from_the_lane_to_a_closed_loop() {
    let mut day = Play::begin();
    day.does(0, Deed::Scan).unwrap().does(0, Deed::Decide(Decision::Refer)).unwrap();
    day.does(1, Deed::Sample(SampleCommand::Order)).unwrap();
    day.does(1, Deed::Answer { number: 1, outcome: Outcome::Sampled }).unwrap();
    assert_eq!(day.owed(), ["collect-sample"]);
    day.brings(1);
    assert_eq!(day.owed(), ["report-result"]);
    let alone = Deed::Test(TestCommand::Read { sample: 1, result: TestResult::Positive, plate: None });
    day.does(2, alone).unwrap();
    let release = Deed::Test(TestCommand::Release { sample: 1, tracing: None });
    assert_eq!(day.does(2, release).err(), Some(Refusal::SecondPersonNeeded));
    day.reads_and_releases(1, TestResult::Positive);
    assert_eq!(day.owed(), ["tell-person", "conclude", "trace-contacts"]);

    let until = day.now + SignedDuration::from_hours(14 * 24);
    let issue = OrderCommand::Issue { number: None, measure: Measure::Hospital, until };
    day.does(1, Deed::Order(issue)).unwrap();
    day.does(0, Deed::Order(OrderCommand::Serve { number: 1, language: "zh-Hans".into() })).unwrap();
    day.does(1, Deed::Handover(HandoverCommand::Offer { to: "hospital".into() })).unwrap();
    let owed = day.owed();
    assert_eq!(owed, ["tell-person", "trace-contacts", "end-order", "accept-handover"]);
    assert!(
        matches!(day.does(1, Deed::Desk(DeskCommand::Close)).err(), Some(Refusal::StillOwed { numbers }) if numbers.len() == 4)
    );

    day.does(2, Deed::Handover(HandoverCommand::Accept { number: 1 })).unwrap();
    for kind in [ObligationKind::TellPerson, ObligationKind::TraceContacts] {
        let number = day.journey().open().find(|o| o.kind == kind).unwrap().number;
        let outcome = if kind == ObligationKind::TellPerson { Outcome::Reached } else { Outcome::Done };
        day.does(1, Deed::Answer { number, outcome }).unwrap();
    }
    let early = Deed::Order(OrderCommand::End { number: 1, ending: Ending::Completed });
    assert_eq!(day.does(1, early.clone()).err(), Some(Refusal::OrderNotOver));
    day.now = until;
    day.does(1, early).unwrap();
    day.does(2, Deed::Handover(HandoverCommand::Answer { number: 1, report: Report::Discharged })).unwrap();
    assert_eq!(day.owed(), Vec::<&str>::new());
    assert!(day.journey().closed_at.is_some());
    day.does(0, Deed::Desk(DeskCommand::Close)).unwrap();
}

#[test]
fn a_result_that_says_nothing_is_repeated_then_sampled_again_then_a_doctors() {
    let mut day = Play::begin();
    day.does(0, Deed::Scan).unwrap().does(1, Deed::Sample(SampleCommand::Order)).unwrap();
    day.brings(1).reads_and_releases(1, TestResult::Inconclusive);
    assert_eq!(day.journey().samples[0].tests.len(), 2, "once more from the same tube");
    day.reads_and_releases(1, TestResult::Inconclusive);
    assert_eq!(day.owed(), ["collect-sample"], "then a new sample");
    day.brings(2).reads_and_releases(2, TestResult::Invalid);
    day.reads_and_releases(2, TestResult::Inconclusive);
    assert_eq!(day.owed(), ["conclude"], "then a clinician decides");
}

#[test]
fn a_corrected_result_opens_the_loop_again_for_everybody_who_acted_on_it() {
    let mut day = Play::begin();
    day.does(0, Deed::Scan).unwrap().does(1, Deed::Sample(SampleCommand::Order)).unwrap();
    day.brings(1).reads_and_releases(1, TestResult::Negative);
    let number = day.journey().open().next().unwrap().number;
    day.does(0, Deed::Answer { number, outcome: Outcome::Disposed(Disposition::Release) }).unwrap();
    assert!(day.journey().closed_at.is_some());
    let amend =
        TestCommand::Amend { sample: 1, result: TestResult::Positive, found_by: "chen.mo".into(), tracing: None };
    day.does(2, Deed::Test(amend)).unwrap();
    assert!(day.journey().closed_at.is_none());
    assert_eq!(day.owed(), ["tell-person", "conclude", "trace-contacts"]);
}

#[test]
fn a_lost_tube_asks_for_another_and_a_refusal_asks_the_doctor() {
    let mut day = Play::begin();
    day.does(0, Deed::Scan).unwrap().does(1, Deed::Sample(SampleCommand::Order)).unwrap();
    let twice = day.does(1, Deed::Sample(SampleCommand::Order));
    assert_eq!(twice.err(), Some(Refusal::SampleOwed));
    day.brings(1);
    day.does(1, Deed::Sample(SampleCommand::Reject { number: 1, why: Unfit::Leaking })).unwrap();
    assert_eq!(day.owed(), ["collect-sample"]);
    day.does(0, Deed::Sample(SampleCommand::NotSampled { number: 2, why: NotSampled::Refused })).unwrap();
    assert_eq!(day.owed(), ["conclude"]);
}

#[test]
fn who_flies_on_is_owed_a_departure_and_closes_with_it() {
    let mut day = Play::begin();
    let classify = |class, departs| Deed::Desk(DeskCommand::Classify { class, departs });
    assert_eq!(day.does(0, classify(Class::Transit, None)).err(), Some(Refusal::DepartureNeeded));
    let departs = Some(day.now + SignedDuration::from_hours(4));
    day.does(0, classify(Class::Crew, departs)).unwrap();
    assert_eq!(day.owed(), ["depart"]);
    let dispose = |reasoned| Deed::Desk(DeskCommand::Dispose { disposition: Disposition::Departed, reasoned });
    assert_eq!(day.does(0, dispose(false)).err(), Some(Refusal::ReasonNeeded));
    day.does(0, dispose(true)).unwrap();
    assert!(day.journey().closed_at.is_some());
}

#[test]
fn a_contact_of_a_later_case_opens_a_closed_journey() {
    let mut day = Play::begin();
    day.does(0, Deed::Scan).unwrap();
    day.does(0, Deed::Desk(DeskCommand::Dispose { disposition: Disposition::Departed, reasoned: true })).unwrap();
    assert!(day.journey().closed_at.is_some());
    let contact = ContactOf { case: Id([3; 16]), rule: "seat".into(), rows: Some(2), by: "zhou".into(), at: day.now };
    let tie = Deed::Desk(DeskCommand::TieToCase { contact, tracing: Some("tracing".into()) });
    day.does(1, tie.clone()).unwrap().does(1, tie).unwrap();
    assert_eq!(day.owed(), ["reach-contact"]);
    assert_eq!(day.journey().open().next().unwrap().department.as_deref(), Some("tracing"));
}
