//! What people may do in the course of one entry, drawn at random.

use jiff::SignedDuration;
use pratique_core::id::Id;
use pratique_core::journey::handover::Report;
use pratique_core::journey::order::Ending;
use pratique_core::journey::sample::{NotSampled, Specimen, Unfit};
use pratique_core::journey::*;
use pratique_core::rules::Tier;
use proptest::prelude::*;

use crate::day::{arrival, triage};

pub const PEOPLE: [&str; 3] = ["li.na", "chen.mo", "wang.fang"];

/// One thing that somebody does.
#[derive(Debug, Clone)]
pub enum Deed {
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
pub type Step = (i64, usize, Deed);

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

pub fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![Just(Tier::Green), Just(Tier::Amber), Just(Tier::Red)]
}

pub fn step() -> impl Strategy<Value = Step> {
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
