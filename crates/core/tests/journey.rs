//! The journey's invariants (journey.md 6.3) as properties over random command sequences: whatever people do, in whatever
//! order, at whatever time, these hold.
#![expect(clippy::unwrap_used, reason = "a test's own helpers may fail the test")]

use jiff::{SignedDuration, Timestamp};
use pratique_core::access::Role;
use pratique_core::declaration::Channel;
use pratique_core::flight::{Standing, Window};
use pratique_core::id::Id;
use pratique_core::journey::checkpoint::DecisionInput;
use pratique_core::journey::command::{Change, NewDeclaration};
use pratique_core::journey::elsewhere::{RECENT_D, elsewhere};
use pratique_core::journey::obligation::Answer;
use pratique_core::journey::triage::CHANGED_ANSWERS;
use pratique_core::journey::*;
use pratique_core::rules::Tier;
use proptest::prelude::*;

const STAGES: [&str; 2] = ["entry", "exit"];
const GRACE_S: i64 = 30;

/// One thing that somebody does, and how many minutes after the one before.
#[derive(Debug, Clone)]
enum Step {
    Amend(Tier),
    Confirm(Tier),
    Withdraw,
    Supersede,
    Scan(DocumentCheck),
    Decide { decision: Decision, stage: usize, document: DocumentCheck, reasoned: bool, by: usize },
    Undo { by: usize },
    Acknowledge { number: u32, by: usize },
    Answer { number: u32, outcome: Outcome, by: usize },
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![Just(Tier::Green), Just(Tier::Amber), Just(Tier::Red)]
}

fn document() -> impl Strategy<Value = DocumentCheck> {
    prop_oneof![3 => Just(DocumentCheck::Match), 1 => Just(DocumentCheck::Mismatch), 1 => Just(DocumentCheck::Unchecked)]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        3 => Just(Outcome::Fit),
        2 => Just(Outcome::IdentityConfirmed),
        2 => Just(Outcome::Seen),
        1 => Just(Outcome::Disposed(Disposition::Hospital)),
        1 => Just(Outcome::Disposed(Disposition::Release)),
    ]
}

fn step() -> impl Strategy<Value = (i64, Step)> {
    let decide = (prop::sample::select(&Decision::ALL[..]), 0..2usize, document(), any::<bool>(), 0..3usize)
        .prop_map(|(decision, stage, document, reasoned, by)| Step::Decide { decision, stage, document, reasoned, by });
    let step = prop_oneof![
        2 => tier().prop_map(Step::Amend),
        1 => tier().prop_map(Step::Confirm),
        1 => Just(Step::Withdraw),
        1 => Just(Step::Supersede),
        4 => document().prop_map(Step::Scan),
        6 => decide,
        3 => (0..3usize).prop_map(|by| Step::Undo { by }),
        1 => (1..4u32, 0..3usize).prop_map(|(number, by)| Step::Acknowledge { number, by }),
        5 => (1..4u32, outcome(), 0..3usize).prop_map(|(number, outcome, by)| Step::Answer { number, outcome, by }),
    ];
    // People at a lane act in the same minute; others come hours later.
    (prop_oneof![1 => Just(0i64), 2 => 0..300i64], step)
}

fn officer(at: usize) -> String {
    format!("officer-{at}")
}

fn triage(tier: Tier) -> TriageInput {
    let reasons = match tier {
        Tier::Green => Vec::new(),
        tier => vec![ReasonRef { rule: "some-rule".into(), tier }],
    };
    TriageInput { tier, reasons, rules: "1".into(), pack: "respiratory@1".into() }
}

fn pass(n: usize, now: Timestamp) -> PassRef {
    PassRef { cti: format!("{n:024x}"), issued_at: now, expires_at: now + SignedDuration::from_hours(72) }
}

fn arrival() -> Timestamp {
    "2026-11-24T06:00:00Z".parse().unwrap()
}

fn first(made: Timestamp, tier: Tier) -> Vec<Event> {
    let window = Window::of(arrival(), None);
    let new = NewDeclaration {
        port: "CNPEK".into(),
        flight: "CA938-2026-11-24-CNPEK".parse().unwrap(),
        party: None,
        channel: Channel::Web,
        questionnaire: "1".into(),
        counted: window.standing(made, false) == Standing::Counts,
        made_at: None,
        triage: triage(tier),
        earlier: None,
        pass: pass(0, made),
    };
    decide(None, &Command::Declare(new), made).unwrap()
}

/// `decided`: how many events there were after the last decision.
fn command_after(decided: i64, step: &Step, n: usize, now: Timestamp) -> Command {
    let window = Window::of(arrival(), None);
    let change = |tier: &Tier| Change {
        channel: Channel::Web,
        questionnaire: "1".into(),
        counts_from: window.counts_from,
        counted: window.standing(now, false) == Standing::Counts,
        triage: triage(*tier),
        pass: pass(n, now),
        review_due: now + SignedDuration::from_mins(60),
    };
    let facts =
        |document: &DocumentCheck| ScanFacts { scan: Id([7; 16]), station: "T3D-L01".into(), document: *document };
    match step {
        Step::Amend(tier) => Command::Amend(change(tier)),
        Step::Confirm(tier) => Command::Confirm(change(tier)),
        Step::Withdraw => Command::Withdraw,
        Step::Supersede => Command::Supersede { by: Id([9; 16]) },
        Step::Scan(document) => Command::Scan(facts(document)),
        Step::Decide { decision, stage, document, reasoned, by } => Command::Decide(DecisionInput {
            scan: facts(document),
            verdict: if n.is_multiple_of(5) { PassVerdict::NotYet } else { PassVerdict::Valid },
            scanned_at: now,
            elsewhere: None,
            contested: false,
            stage: STAGES[*stage].into(),
            stages: STAGES.iter().map(|s| (*s).to_owned()).collect(),
            decision: *decision,
            reasoned: *reasoned,
            by_itself: false,
            by: officer(*by),
            due: now + SignedDuration::from_mins(30),
        }),
        Step::Undo { by } => {
            Command::Undo(UndoInput { scan: Id([7; 16]), seq: decided, by: officer(*by), grace_s: GRACE_S })
        }
        Step::Acknowledge { number, by } => Command::Acknowledge { number: *number, by: officer(*by) },
        Step::Answer { number, outcome, by } => Command::Answer(Answer {
            number: *number,
            outcome: *outcome,
            reasoned: !n.is_multiple_of(4),
            by: officer(*by),
        }),
    }
}

fn command(step: &Step, n: usize, now: Timestamp) -> Command {
    command_after(0, step, n, now)
}

/// Plays a life and hands every accepted move to `look`: the state before, the events, the state after.
fn live(
    start_min: i64,
    tier: Tier,
    steps: &[(i64, Step)],
    mut look: impl FnMut(&Journey, &[Event], &Journey),
) -> Vec<Event> {
    let mut now = arrival() - SignedDuration::from_mins(start_min);
    let mut log = first(now, tier);
    let mut decided = 0;
    for (n, (wait_min, step)) in steps.iter().enumerate() {
        now += SignedDuration::from_mins(*wait_min);
        let before = fold(&log).unwrap();
        let Ok(events) = decide(Some(&before), &command_after(decided, step, n + 1, now), now) else { continue };
        log.extend(events.iter().cloned());
        if matches!(step, Step::Decide { .. }) {
            decided = before.seq + i64::try_from(events.len()).unwrap();
        }
        look(&before, &events, &fold(&log).unwrap());
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn i6_a_pass_is_used_up_once_at_each_stage(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        // Of all uses in the log at most one stands: between two lies one that was taken back.
        let log = live(start, t, &steps, |_, _, after| {
            for stage in STAGES {
                let used = after.pass.uses().iter().filter(|u| u.stage == stage).count();
                assert!(used <= 1, "{stage} was used {used} times");
            }
        });
        for stage in STAGES {
            let of_stage = |e: &&Event| matches!(e, Event::PassUsed { used } if used.stage == stage);
            let used = log.iter().filter(of_stage).count();
            let undone = log.iter().filter(|e| matches!(e, Event::DecisionUndone { decision: Decision::Clear, .. })).count();
            prop_assert!(used <= 1 + undone, "{stage} was used {used} times, and {undone} were taken back");
        }
    }

    #[test]
    fn a_decision_taken_back_leaves_all_as_it_was_but_for_the_log(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        let mut found: Option<(Journey, Timestamp, String)> = None;
        live(start, t, &steps, |before, events, after| {
            let Some(what) = events.first() else { return };
            match what {
                Event::Decided { at, by, .. } => found = Some((before.clone(), *at, by.clone())),
                Event::DecisionUndone { at, by, .. } => {
                    let (was, decided_at, decided_by) = found.take().expect("a decision was taken back that was not the last act");
                    assert!(*by == decided_by && at.duration_since(decided_at) <= SignedDuration::from_secs(GRACE_S));
                    let bare = |j: &Journey| Journey { seq: 0, obligations: Vec::new(), last_decision: None, ..j.clone() };
                    assert_eq!(bare(after), bare(&was));
                    let owed = |j: &Journey| j.open().cloned().collect::<Vec<_>>();
                    assert_eq!(owed(after), owed(&was));
                }
                _ => found = None,
            }
        });
    }

    #[test]
    fn i9_a_journey_closes_only_with_a_disposition_and_nothing_owed(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        live(start, t, &steps, |_, events, after| {
            if events.iter().any(|e| matches!(e, Event::Closed { .. })) {
                assert!(after.disposition.is_some() && after.open().next().is_none());
            }
            // And the other way round: what has ended and owes nothing is closed, what owes something again is reopened.
            assert_eq!(after.closed_at.is_some(), after.disposition.is_some() && after.open().next().is_none());
        });
    }

    #[test]
    fn i4_nobody_alone_lowers_red_and_amber_needs_a_reason(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        live(start, t, &steps, |before, events, after| {
            for event in events {
                if let Event::TriageOverridden { from, to, by, first, .. } = event {
                    assert!(to < from);
                    assert!(*from != Tier::Red || first.as_ref().is_some_and(|f| f != by), "{by} lowered red alone");
                    let reasoned = events.iter().any(|e| matches!(e, Event::Decided { reasoned: true, .. }));
                    assert!(first.is_some() || reasoned);

                }
            }
            let by_a_person = events.iter().any(|e| matches!(e, Event::TriageOverridden { .. }));
            let seen = !matches!(before.triage, Triage::Proposed(_) | Triage::Unknown);
            assert!(!seen || by_a_person || after.triage.tier() >= before.triage.tier(), "rules lowered what a person had seen");
        });
    }

    #[test]
    fn i5_no_change_of_answers_loses_the_ones_before(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        live(start, t, &steps, |before, events, after| {
            let changed = events.iter().any(|e| matches!(e, Event::Amended { .. } | Event::Corrected { .. }));
            let step = u32::from(changed);
            assert_eq!(after.declaration.made().version, before.declaration.made().version + step);
        });
    }

    #[test]
    fn nobody_is_cleared_while_owed_an_examination_or_with_a_strangers_document(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        live(start, t, &steps, |before, events, _| {
            if events.iter().any(|e| matches!(e, Event::PassUsed { .. })) {
                assert!(before.open().all(|o| !o.kind.blocks_clearance()));
                assert!(before.declaration.living().is_ok());
                assert!(before.disposition.is_none_or(|d| d == Disposition::Release), "somebody disposed of was cleared");
                assert!(before.triage.tier() < Tier::Red);
            }
        });
        let log = live(start, t, &steps, |_, _, _| {});
        let ended = fold(&log).unwrap();
        prop_assert!(ended.disposition.is_none() || !matches!(ended.declaration, Declaration::Submitted(_)));
    }

    #[test]
    fn every_obligation_has_an_owner_a_deadline_and_one_end(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        let log = live(start, t, &steps, |_, _, _| {});
        let journey = fold(&log).unwrap();
        for o in &journey.obligations {
            prop_assert!(o.due > o.opened_at);
            prop_assert!([Role::Medical, Role::Officer].contains(&o.kind.owner()));
            let answers = log.iter().filter(|e| matches!(e, Event::ObligationAnswered { number, .. } if *number == o.number)).count();
            prop_assert_eq!(answers, usize::from(!o.is_open()));
        }
    }

    #[test]
    fn a_strangers_document_stands_until_the_right_one_or_an_officer_resolves_it(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        let log = live(start, t, &steps, |_, _, _| {});
        let mut open = false;
        for event in &log {
            match event {
                Event::Scanned { document: DocumentCheck::Mismatch, .. } => open = true,
                Event::Scanned { document: DocumentCheck::Match, .. }
                | Event::ObligationAnswered { outcome: Outcome::IdentityConfirmed, .. } => open = false,
                Event::PassUsed { .. } => prop_assert!(!open, "cleared behind a stranger's document"),
                _ => {}
            }
        }
        prop_assert_eq!(fold(&log).unwrap().mismatched_at.is_some(), open);
    }

    #[test]
    fn no_amendment_washes_a_red_away_unasked(start in 0i64..3000, steps in prop::collection::vec(step(), 0..40)) {
        let says = |j: &Journey| j.triage.standing().is_some_and(|s| s.input.reasons.iter().any(|r| r.rule == CHANGED_ANSWERS));
        live(start, Tier::Red, &steps, |before, events, after| {
            let unseen = matches!(before.triage, Triage::Proposed(_));
            let amended = events.iter().any(|e| matches!(e, Event::Amended { .. }));
            if unseen && amended && before.triage.tier() == Tier::Red {
                assert!(after.triage.tier() == Tier::Red || says(after));
            }
            if unseen && says(before) {
                assert!(says(after) && after.triage.tier() >= Tier::Amber);
            }
        });
    }

    #[test]
    fn the_history_alone_makes_the_state_and_survives_the_store(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40)) {
        let log = live(start, t, &steps, |_, _, _| {});
        let stored: Vec<Event> = log.iter().map(|e| serde_json::from_str(&serde_json::to_string(e).unwrap()).unwrap()).collect();
        let journey = fold(&stored).unwrap();
        prop_assert_eq!(&journey, &fold(&log).unwrap());
        prop_assert_eq!(journey.seq, i64::try_from(log.len()).unwrap());
        let row: Journey = serde_json::from_str(&serde_json::to_string(&journey).unwrap()).unwrap();
        prop_assert_eq!(row, journey);
    }

    #[test]
    fn the_same_command_at_the_same_time_gives_the_same_events(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..20)) {
        prop_assert_eq!(live(start, t, &steps, |_, _, _| {}), live(start, t, &steps, |_, _, _| {}));
    }

    #[test]
    fn the_shown_state_agrees_with_its_causes(start in 0i64..3000, t in tier(), steps in prop::collection::vec(step(), 0..40), later in 0i64..6000) {
        let log = live(start, t, &steps, |_, _, _| {});
        let journey = fold(&log).unwrap();
        let now = arrival() + SignedDuration::from_mins(later);
        let shown = journey.shown(&Window::of(arrival(), None), now);
        prop_assert_eq!(shown == Shown::Cleared, journey.disposition == Some(Disposition::Release) && journey.declaration.living().is_ok());
        prop_assert_eq!(shown == Shown::Expired, journey.disposition.is_none() && matches!(journey.declaration, Declaration::Submitted(_)) && later > 48 * 60);
    }
}

#[test]
fn an_early_declaration_waits_for_its_confirmation() {
    let made = arrival() - SignedDuration::from_hours(30);
    let journey = fold(&first(made, Tier::Green)).unwrap();
    let window = Window::of(arrival(), None);
    assert_eq!(journey.shown(&window, made), Shown::Early);

    let confirm = |now| decide(Some(&journey), &command(&Step::Confirm(Tier::Green), 1, now), now);
    let too_early = confirm(arrival() - SignedDuration::from_hours(25));
    assert_eq!(too_early, Err(Refusal::TooEarly { counts_from: window.counts_from }));

    let in_time = arrival() - SignedDuration::from_hours(23);
    let confirmed = confirm(in_time).unwrap().iter().fold(journey.clone(), apply);
    assert_eq!(confirmed.shown(&window, in_time), Shown::Ready);
}

#[test]
fn what_was_written_on_paper_counts_from_the_time_on_the_paper() {
    let (written, keyed) = (arrival() - SignedDuration::from_hours(3), arrival() + SignedDuration::from_hours(40));
    let window = Window::of(arrival(), None);
    let mut events = first(keyed, Tier::Green);
    let Event::Declared { made_at, .. } = &mut events[0] else { unreachable!("a declaration comes first") };
    *made_at = Some(written);
    let journey = events[1..].iter().fold(begin(&events[0]).unwrap(), apply);
    assert_eq!(journey.declaration.made().at, written);
    assert_eq!(
        journey.declaration.standing(&window),
        Standing::Counts,
        "as it stood on the paper, not as it was keyed in"
    );
    let old = serde_json::to_value(&first(keyed, Tier::Green)[0]).unwrap();
    assert!(old.get("made_at").is_none(), "an event without a paper looks as it always did");
}

#[test]
fn a_referral_is_owed_until_another_person_answers_it() {
    let now = arrival();
    let mut log = first(now - SignedDuration::from_hours(3), Tier::Red);
    let play = |log: &mut Vec<Event>, step: Step| -> Result<(), Refusal> {
        let events = decide(fold(log).as_ref(), &command(&step, 1, now), now)?;
        log.extend(events);
        Ok(())
    };
    let decision =
        |decision, by| Step::Decide { decision, stage: 0, document: DocumentCheck::Match, reasoned: true, by };
    assert_eq!(play(&mut log, decision(Decision::Clear, 0)), Err(Refusal::NotScanned));
    play(&mut log, Step::Scan(DocumentCheck::Match)).unwrap();
    assert_eq!(play(&mut log, decision(Decision::Clear, 0)), Err(Refusal::SecondPersonNeeded));
    play(&mut log, decision(Decision::Refer, 0)).unwrap();
    assert_eq!(fold(&log).unwrap().shown(&Window::of(arrival(), None), now), Shown::Referred);
    assert_eq!(play(&mut log, decision(Decision::Clear, 1)), Err(Refusal::StillOwed { numbers: vec![1] }));

    let fit = |by| Step::Answer { number: 1, outcome: Outcome::Fit, by };
    assert_eq!(play(&mut log, fit(0)), Err(Refusal::SecondPersonNeeded));
    play(&mut log, fit(1)).unwrap();
    play(&mut log, decision(Decision::Clear, 0)).unwrap();
    assert!(
        matches!(play(&mut log, decision(Decision::Clear, 0)), Err(Refusal::UsedUp(used)) if used.by == "officer-0")
    );
}

#[test]
fn a_command_before_any_declaration_is_refused() {
    assert_eq!(decide(None, &Command::Withdraw, arrival()), Err(Refusal::NotDeclared));
    assert!(fold(&[Event::Closed { at: arrival() }]).is_none());
}

#[test]
fn nobody_is_released_by_an_answer_and_an_entry_ends_once() {
    for kind in [ObligationKind::Examine, ObligationKind::ResolveHold, ObligationKind::ReviewCorrection] {
        assert!(!Outcome::Disposed(Disposition::Release).fits(kind));
    }
    let now = arrival();
    let mut log = first(now - SignedDuration::from_hours(3), Tier::Green);
    let mut play = |n: usize, step: Step| {
        let events = decide(fold(&log).as_ref(), &command(&step, n, now), now)?;
        log.extend(events);
        Ok::<(), Refusal>(())
    };
    let decision =
        |decision, by| Step::Decide { decision, stage: 0, document: DocumentCheck::Match, reasoned: true, by };
    let hospital = |number| Step::Answer { number, outcome: Outcome::Disposed(Disposition::Hospital), by: 1 };
    play(1, Step::Scan(DocumentCheck::Match)).unwrap();
    play(1, decision(Decision::Refer, 0)).unwrap();
    play(1, decision(Decision::Hold, 0)).unwrap();
    play(1, hospital(1)).unwrap();
    assert_eq!(play(1, hospital(2)), Err(Refusal::AlreadyClosed));
    assert_eq!(play(1, decision(Decision::Clear, 0)), Err(Refusal::AlreadyClosed));
}

#[test]
fn who_declared_too_early_confirms_at_the_lane() {
    let made = arrival() - SignedDuration::from_hours(30);
    let window = Window::of(arrival(), None);
    let mut journey = fold(&first(made, Tier::Green)).unwrap();
    let now = arrival() + SignedDuration::from_mins(20);
    for step in [Step::Scan(DocumentCheck::Match), Step::Confirm(Tier::Green)] {
        let events = decide(Some(&journey), &command(&step, 1, now), now).unwrap();
        journey = events.iter().fold(journey, apply);
    }
    assert_eq!(journey.declaration.standing(&window), Standing::OnArrival);
}

#[test]
fn a_new_reason_is_not_covered_by_an_old_override() {
    let input = |rules: &[&str]| TriageInput {
        reasons: rules.iter().map(|r| ReasonRef { rule: (*r).into(), tier: Tier::Red }).collect(),
        ..triage(Tier::Red)
    };
    let at = arrival();
    let overridden =
        Event::TriageOverridden { at, from: Tier::Red, to: Tier::Green, by: "b".into(), first: Some("a".into()) };
    let mut log = first(at, Tier::Red);
    log.extend([Event::Assessed { at, input: input(&["fever"]) }, overridden]);
    let then = |rules: &[&str]| {
        fold(&[log.clone(), vec![Event::Assessed { at, input: input(rules) }]].concat()).unwrap().triage.tier()
    };
    assert_eq!(then(&["fever"]), Tier::Green);
    assert_eq!(then(&["fever", "contact-case"]), Tier::Red);
}

/// A journey after these steps, all of them accepted, at the arrival and an hour apart.
fn lived(tier: Tier, steps: &[Step]) -> Journey {
    let mut log = first(arrival() - SignedDuration::from_hours(3), tier);
    for (n, step) in steps.iter().enumerate() {
        let now = arrival() + SignedDuration::from_hours(i64::try_from(n).unwrap());
        log.extend(decide(fold(&log).as_ref(), &command(step, n + 1, now), now).unwrap());
    }
    fold(&log).unwrap()
}

fn decided(decision: Decision, by: usize) -> Step {
    Step::Decide { decision, stage: 0, document: DocumentCheck::Match, reasoned: true, by }
}

fn answered(outcome: Outcome, by: usize) -> Step {
    Step::Answer { number: 1, outcome, by }
}

#[test]
fn what_was_found_on_one_journey_speaks_against_another() {
    let scan = Step::Scan(DocumentCheck::Match);
    let hospital = answered(Outcome::Disposed(Disposition::Hospital), 1);
    let now = arrival() + SignedDuration::from_hours(9);
    let against = |tier, steps: &[Step]| elsewhere(None, &lived(tier, steps), now);
    assert_eq!(against(Tier::Red, &[]), None);
    assert_eq!(against(Tier::Green, std::slice::from_ref(&scan)), None);
    assert_eq!(against(Tier::Amber, std::slice::from_ref(&scan)), Some(Elsewhere::Flagged));
    assert_eq!(against(Tier::Green, &[scan.clone(), decided(Decision::Refer, 0)]), Some(Elsewhere::Referred));
    assert_eq!(against(Tier::Green, &[scan.clone(), decided(Decision::Hold, 0)]), Some(Elsewhere::Held));
    assert_eq!(against(Tier::Red, &[scan.clone(), decided(Decision::Refer, 0), hospital]), Some(Elsewhere::Ended));
    let fit = answered(Outcome::Fit, 1);
    assert_eq!(against(Tier::Red, &[scan.clone(), decided(Decision::Refer, 0), fit]), None);
    assert_eq!(against(Tier::Amber, &[scan, decided(Decision::Clear, 0)]), None);
}

#[test]
fn an_end_speaks_for_21_days_and_what_is_owed_for_as_long_as_it_is_owed() {
    let scan = Step::Scan(DocumentCheck::Match);
    let held = lived(Tier::Green, &[scan.clone(), decided(Decision::Hold, 0)]);
    let refused = answered(Outcome::Disposed(Disposition::RefusedEntry), 1);
    let ended = lived(Tier::Green, &[scan, decided(Decision::Hold, 0), refused]);
    let day = |days: i64| arrival() + SignedDuration::from_hours(24 * days);
    assert_eq!(elsewhere(None, &ended, day(RECENT_D)), Some(Elsewhere::Ended));
    assert_eq!(elsewhere(None, &ended, day(RECENT_D + 1)), None);
    assert_eq!(elsewhere(None, &held, day(400)), Some(Elsewhere::Held));
}

#[test]
fn an_examination_here_by_two_people_settles_what_ended_before_it() {
    let scan = Step::Scan(DocumentCheck::Match);
    let hospital = answered(Outcome::Disposed(Disposition::Hospital), 1);
    let other = |steps: &[Step]| lived(Tier::Red, steps);
    let ended = other(&[scan.clone(), decided(Decision::Refer, 0), hospital.clone()]);
    let later = other(&[scan.clone(), scan.clone(), scan.clone(), decided(Decision::Refer, 0), hospital]);
    let by_two = lived(Tier::Green, &[scan.clone(), decided(Decision::Refer, 0), answered(Outcome::Fit, 1)]);
    let by_one = lived(Tier::Green, &[scan.clone(), decided(Decision::Refer, 1), answered(Outcome::Fit, 1)]);
    let now = arrival() + SignedDuration::from_hours(9);
    assert_eq!(elsewhere(Some(&by_two), &ended, now), None);
    assert_eq!(elsewhere(Some(&by_one), &ended, now), Some(Elsewhere::Ended));
    assert_eq!(elsewhere(Some(&by_two), &later, now), Some(Elsewhere::Ended));
    // What is owed there is answered there.
    let held = other(&[scan, decided(Decision::Hold, 0)]);
    assert_eq!(elsewhere(Some(&by_two), &held, now), Some(Elsewhere::Held));
}

#[test]
fn nobody_is_cleared_against_another_journey_or_on_an_old_scan() {
    let journey = lived(Tier::Green, &[Step::Scan(DocumentCheck::Match)]);
    let now = arrival() + SignedDuration::from_hours(1);
    let with = |change: &dyn Fn(&mut DecisionInput), decision| {
        let Command::Decide(mut input) = command(&decided(decision, 0), 1, now) else { unreachable!() };
        change(&mut input);
        decide(Some(&journey), &Command::Decide(input), now).map(drop)
    };
    for found in Elsewhere::ALL {
        let against = |input: &mut DecisionInput| input.elsewhere = Some(found);
        assert_eq!(with(&against, Decision::Clear), Err(Refusal::Elsewhere(found)));
        assert_eq!((with(&against, Decision::Refer), with(&against, Decision::Hold)), (Ok(()), Ok(())));
    }
    for decision in Decision::ALL {
        let ago = |s: i64| move |input: &mut DecisionInput| input.scanned_at = now - SignedDuration::from_secs(s);
        assert_eq!(with(&ago(15 * 60), decision), Ok(()));
        assert_eq!(with(&ago(15 * 60 + 1), decision), Err(Refusal::ScanTooOld));
    }
}

#[test]
fn a_better_declaration_after_a_worse_one_is_amber_and_a_worse_one_keeps_its_own_tier() {
    for (earlier, now, tier, changed) in [
        (Tier::Red, Tier::Green, Tier::Amber, true),
        (Tier::Amber, Tier::Green, Tier::Amber, true),
        (Tier::Red, Tier::Amber, Tier::Amber, true),
        (Tier::Green, Tier::Green, Tier::Green, false),
        (Tier::Amber, Tier::Red, Tier::Red, false),
    ] {
        let after = triage(now).after(Some(earlier));
        let says = after.reasons.iter().any(|r| r.rule == CHANGED_ANSWERS);
        assert_eq!((after.tier, says), (tier, changed));
        assert_eq!(after.clone().after(Some(earlier)), after, "said once");
    }
    assert_eq!(triage(Tier::Green).after(None), triage(Tier::Green));
}

#[test]
fn an_end_that_says_nothing_of_the_person_speaks_against_nobody() {
    let now = arrival() + SignedDuration::from_hours(9);
    let seen = lived(Tier::Green, &[Step::Scan(DocumentCheck::Match)]);
    for end in Disposition::ALL.iter().copied() {
        let silent =
            [Disposition::Release, Disposition::NoShow, Disposition::Diverted, Disposition::Void].contains(&end);
        let found = elsewhere(None, &Journey { disposition: Some(end), ..seen.clone() }, now);
        assert_eq!(found, (!silent).then_some(Elsewhere::Ended), "{}", end.name());
    }
}
