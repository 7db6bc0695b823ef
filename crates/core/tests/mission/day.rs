//! One entry's day: it is declared, and then deed follows on deed through `decide` alone.

use jiff::{SignedDuration, Timestamp};
use pratique_core::declaration::Channel;
use pratique_core::id::Id;
use pratique_core::journey::checkpoint::DecisionInput;
use pratique_core::journey::command::NewDeclaration;
use pratique_core::journey::obligation::Answer;
use pratique_core::journey::*;
use pratique_core::port::Deadlines;
use pratique_core::rules::Tier;
use proptest::prelude::*;

use crate::deeds::{Deed, PEOPLE, Step, step};

pub fn triage(tier: Tier) -> TriageInput {
    TriageInput { tier, reasons: Vec::new(), rules: "1".into(), pack: "respiratory@1".into() }
}

pub fn arrival() -> Timestamp {
    "2026-11-24T06:00:00Z".parse().unwrap()
}

pub fn first(tier: Tier) -> Vec<Event> {
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

pub fn command((_, by, deed): &Step, now: Timestamp) -> Command {
    let (by, deadlines) = (PEOPLE[*by].to_owned(), Deadlines::default());
    let scan = || ScanFacts { scan: Id([7; 16]), station: "T3D-L01".into(), document: DocumentCheck::Match };
    match deed.clone() {
        Deed::Scan => Command::Scan(scan()),
        Deed::Decide(decision) => Command::Decide(DecisionInput {
            scan: scan(),
            verdict: PassVerdict::Valid,
            scanned_at: now,
            elsewhere: None,
            contested: false,
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
pub type Look<'a> = &'a mut dyn FnMut(&Journey, &Step, &[Event], &Journey);

pub fn live(tier: Tier, steps: &[Step], look: Look<'_>) -> Vec<Event> {
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

pub fn days() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..90)
}
