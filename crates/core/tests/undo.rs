//! A decision taken back: who, when, only while nothing came after it, and what it counted for.
#![expect(clippy::unwrap_used, reason = "a test's own helpers may fail the test")]

use jiff::{SignedDuration, Timestamp};
use pratique_core::bulletin::{self, Figure};
use pratique_core::declaration::Channel;
use pratique_core::id::Id;
use pratique_core::journey::checkpoint::DecisionInput;
use pratique_core::journey::command::NewDeclaration;
use pratique_core::journey::*;
use pratique_core::rules::Tier;

const SCAN: Id = Id([7; 16]);

fn arrival() -> Timestamp {
    "2026-11-24T06:00:00Z".parse().unwrap()
}

fn after(s: i64) -> Timestamp {
    arrival() + SignedDuration::from_secs(s)
}

/// A green declaration that was shown at a lane.
fn shown() -> Vec<Event> {
    let new = NewDeclaration {
        port: "CNPEK".into(),
        flight: "CA938-2026-11-24-CNPEK".parse().unwrap(),
        party: None,
        channel: Channel::Web,
        questionnaire: "1".into(),
        counted: true,
        made_at: None,
        triage: TriageInput { tier: Tier::Green, reasons: Vec::new(), rules: "1".into(), pack: "respiratory@1".into() },
        earlier: None,
        pass: PassRef { cti: format!("{:024x}", 1), issued_at: after(-3600), expires_at: after(200_000) },
    };
    let mut log = decide(None, &Command::Declare(new), after(-3600)).unwrap();
    does(&mut log, &scan(), 0).unwrap();
    log
}

fn scan() -> Command {
    Command::Scan(ScanFacts { scan: SCAN, station: "T3D-L01".into(), document: DocumentCheck::Match })
}

fn decision(decision: Decision, document: DocumentCheck, by_itself: bool) -> Command {
    Command::Decide(DecisionInput {
        scan: ScanFacts { scan: SCAN, station: "T3D-L01".into(), document },
        verdict: PassVerdict::Valid,
        scanned_at: arrival(),
        elsewhere: None,
        contested: false,
        stage: "entry".into(),
        stages: vec!["entry".into()],
        decision,
        reasoned: false,
        by_itself,
        by: "wang".into(),
        due: after(1800),
    })
}

fn decided(what: Decision) -> Command {
    decision(what, DocumentCheck::Match, false)
}

fn undo(log: &[Event], by: &str) -> Command {
    Command::Undo(UndoInput { scan: SCAN, seq: i64::try_from(log.len()).unwrap(), by: by.into(), grace_s: 30 })
}

fn does(log: &mut Vec<Event>, command: &Command, s: i64) -> Result<(), Refusal> {
    let events = decide(Some(&fold(log).unwrap()), command, after(s))?;
    log.extend(events);
    Ok(())
}

fn count(log: &[Event], figure: Figure) -> u64 {
    bulletin::of_log([log], &(Timestamp::MIN..Timestamp::MAX))[&figure]
}

#[test]
fn a_clearance_taken_back_leaves_the_pass_unused_and_the_entry_open() {
    let mut log = shown();
    let before = fold(&log).unwrap();
    does(&mut log, &decided(Decision::Clear), 5).unwrap();
    assert!(fold(&log).unwrap().closed_at.is_some());
    let undone = undo(&log, "wang");
    does(&mut log, &undone, 20).unwrap();
    let journey = fold(&log).unwrap();
    assert_eq!(Journey { seq: before.seq, ..journey.clone() }, before);
    assert!(log.iter().any(|e| matches!(e, Event::PassUsed { .. })), "the log keeps what was done");
    does(&mut log, &decided(Decision::Clear), 25).unwrap();
    assert_eq!(fold(&log).unwrap().pass.uses().len(), 1);
}

#[test]
fn only_the_same_officer_in_time_and_only_once() {
    let mut log = shown();
    let none = undo(&log, "wang");
    assert_eq!(does(&mut log, &none, 1), Err(Refusal::NothingToUndo));
    does(&mut log, &decided(Decision::Hold), 5).unwrap();
    let (own, other) = (undo(&log, "wang"), undo(&log, "chen"));
    assert_eq!(does(&mut log, &other, 6), Err(Refusal::NotYoursToUndo));
    assert_eq!(does(&mut log, &own, 36), Err(Refusal::UndoTooLate));
    does(&mut log, &own, 35).unwrap();
    let again = undo(&log, "wang");
    assert_eq!(does(&mut log, &again, 35), Err(Refusal::NothingToUndo));
}

#[test]
fn what_somebody_else_has_taken_up_is_not_pulled_from_under_them() {
    let mut log = shown();
    does(&mut log, &decided(Decision::Refer), 5).unwrap();
    let at_once = undo(&log, "wang");
    does(&mut log, &Command::Acknowledge { number: 1, by: "chen".into() }, 6).unwrap();
    assert_eq!(does(&mut log, &at_once, 7), Err(Refusal::MovedOn));
    // However late it is told how many events there were.
    let told_wrong = undo(&log, "wang");
    let mut rescanned = log.clone();
    does(&mut rescanned, &scan(), 8).unwrap();
    assert_eq!(does(&mut rescanned, &told_wrong, 9), Err(Refusal::NothingToUndo));
}

#[test]
fn a_referral_taken_back_owes_nothing_and_counts_for_nothing() {
    let mut log = shown();
    does(&mut log, &decided(Decision::Refer), 5).unwrap();
    assert_eq!((count(&log, Figure::Referred), count(&log, Figure::PassengersQuarantined)), (1, 1));
    let undone = undo(&log, "wang");
    does(&mut log, &undone, 6).unwrap();
    let journey = fold(&log).unwrap();
    assert!(journey.open().next().is_none() && journey.obligations[0].is_taken_back());
    assert_eq!((count(&log, Figure::Referred), count(&log, Figure::PassengersQuarantined)), (0, 0));
    does(&mut log, &decided(Decision::Refer), 7).unwrap();
    assert_eq!((count(&log, Figure::Referred), count(&log, Figure::PassengersQuarantined)), (1, 1));
    assert_eq!(fold(&log).unwrap().open().map(|o| o.number).collect::<Vec<_>>(), [2], "a number is given once");
}

#[test]
fn by_itself_a_console_clears_only_with_the_right_document() {
    let mut log = shown();
    let bare = decision(Decision::Clear, DocumentCheck::Unchecked, true);
    assert_eq!(does(&mut log, &bare, 2), Err(Refusal::NotByItself));
    does(&mut log, &decision(Decision::Clear, DocumentCheck::Match, true), 2).unwrap();
    assert!(log.iter().any(|e| matches!(e, Event::Decided { by_itself: true, .. })), "and it is on record");
}
