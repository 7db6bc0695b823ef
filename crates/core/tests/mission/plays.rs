//! Days with a story, deed by deed.

use jiff::{SignedDuration, Timestamp};
use pratique_core::id::Id;
use pratique_core::journey::handover::Report;
use pratique_core::journey::order::Ending;
use pratique_core::journey::sample::{NotSampled, Specimen, Unfit};
use pratique_core::journey::*;
use pratique_core::rules::Tier;

use crate::day::{arrival, command, first};
use crate::deeds::Deed;

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
