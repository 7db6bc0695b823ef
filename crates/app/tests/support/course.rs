//! What the booth, the laboratory and the desk do to a journey, straight through its actions' one road (`actions::deed`): for
//! tests of what follows from it elsewhere.

use pratique::actions::deed::{Deed, done};
use pratique::caller::Caller;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::sample::Specimen;
use pratique_core::journey::{Command, Measure, OrderCommand, SampleCommand, TestCommand, TestResult};
use pratique_core::port::Deadlines;

use super::Place;

async fn does(place: &Place, journey: &str, command: Command) {
    let journey: Id = journey.parse().unwrap();
    let deed = Deed { label: "test", act: Act::Release, journey, command, reason: None, detail: "{}".into() };
    done(&place.app, &Caller::System("test"), &deed, None).await.unwrap();
}

async fn sample(place: &Place, journey: &str, command: SampleCommand) {
    does(place, journey, Command::Sample { command, by: "sampler".into(), deadlines: Deadlines::default() }).await;
}

async fn test(place: &Place, journey: &str, by: &str, command: TestCommand) {
    does(place, journey, Command::Test { command, by: by.into(), deadlines: Deadlines::default() }).await;
}

/// A sample is taken, brought, read and released.
pub async fn result(place: &Place, journey: &str, result: TestResult) {
    let (number, label, station) = (1, format!("T{}", &journey[24..]), "T3D-B01".to_owned());
    sample(place, journey, SampleCommand::Order).await;
    let scan = journey.parse().unwrap();
    let tube =
        SampleCommand::Label { number, label: label.clone(), scan, consent: "1".into(), station: station.clone() };
    sample(place, journey, tube).await;
    sample(place, journey, SampleCommand::Collect { number, label, specimen: Specimen::Oropharyngeal, station }).await;
    sample(place, journey, SampleCommand::Receive { number }).await;
    test(place, journey, "technician", TestCommand::Read { sample: number, result, plate: None }).await;
    test(place, journey, "releaser", TestCommand::Release { sample: number, tracing: tracing() }).await;
}

/// The released result was wrong.
pub async fn amended(place: &Place, journey: &str, result: TestResult) {
    let amend = TestCommand::Amend { sample: 1, result, found_by: "technician".into(), tracing: tracing() };
    test(place, journey, "releaser", amend).await;
}

/// Isolation is ordered, until 8 December, and explained.
pub async fn isolated(place: &Place, journey: &str) {
    let order = |command| Command::Order { command, by: "chen".into(), deadlines: Deadlines::default() };
    let until = "2026-12-08T00:00:00Z".parse().unwrap();
    does(place, journey, order(OrderCommand::Issue { number: None, measure: Measure::CentralIsolation, until })).await;
    does(place, journey, order(OrderCommand::Serve { number: 1, language: "zh-Hans".into() })).await;
}

fn tracing() -> Option<String> {
    Some("contact-tracing".to_owned())
}
