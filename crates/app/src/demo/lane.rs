//! At the lane and at the desk: what officers do with a party of the demo.

use jiff::{SignedDuration, Timestamp};
use pratique_core::journey::advice::Advice;
use rand::RngExt;

use super::answers::Complaint;
use super::booth;
use super::desk;
use super::fate::Fate;
use super::handing;
use super::life::{Life, mins};
use super::staff;
use crate::actions::answer_obligation::{AnswerRequest, answer};
use crate::actions::decide::{Decided, DecisionRequest, decide};
use crate::actions::scan::scan;
use crate::app::App;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::verdict::{ScanRequest, Scanned};

/// A sound zone of nobody in the demo: the specimen of ICAO Doc 9303-4, appendix A.
const STRANGER: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
/// Seconds that an officer looks before deciding.
const LOOK_S: i64 = 9;

/// Everybody of a party comes to the lane, one after the other.
pub(super) async fn pass(life: &mut Life, app: &App) -> Result<(), Failure> {
    let Some(first) = life.scanned_at else { return Ok(()) };
    for person in 0..life.held.len() {
        let at = first + SignedDuration::from_secs(26 * i64::try_from(person).unwrap_or(0));
        if at > life.now {
            return Ok(());
        }
        // What is special about a party is special about its declarer.
        let fate = if person == 0 { life.fate } else { Fate::Plain };
        one(life, app, person, fate, at).await?;
    }
    Ok(())
}

async fn one(life: &mut Life, app: &App, person: usize, fate: Fate, at: Timestamp) -> Result<(), Failure> {
    let seen = scanned(life, app, person, fate, at).await?;
    match (fate, seen.advice) {
        (Fate::Presented, _) => Ok(()),
        (Fate::Corrected, _) => life.amend(app, at + mins(3), Complaint::Slight).await,
        (Fate::Held | Fate::Resolved, _) | (_, Advice::Hold) => {
            let why = "The photograph in the document shows somebody else";
            let held = decided(life, app, &seen, "hold", Some(why), at).await?;
            if fate == Fate::Resolved { resolved(life, app, person, &held, at).await } else { Ok(()) }
        }
        (_, Advice::Clear) => decided(life, app, &seen, "clear", None, at).await.map(drop),
        (_, Advice::Refer) => referred(life, app, person, fate, &seen, at).await,
    }
}

/// Not green: a word at the lane where that is enough, otherwise the desk.
async fn referred(
    life: &mut Life,
    app: &App,
    person: usize,
    fate: Fate,
    seen: &Scanned,
    at: Timestamp,
) -> Result<(), Failure> {
    let tier = seen.tier.as_deref();
    let by_itself = fate == Fate::Plain || !fate.needs_complaint();
    if by_itself && tier != Some("red") && (tier != Some("amber") || life.rng.random_ratio(1, 3)) {
        let why = "Asked at the lane: nothing that stands against going on";
        return decided(life, app, seen, "clear", Some(why), at).await.map(drop);
    }
    let sent = decided(life, app, seen, "refer", Some("To the desk, please"), at).await?;
    let Some(obligation) = sent.obligations.first().cloned() else { return Ok(()) };
    let ago_min = life.now.duration_since(at).as_mins();
    let outcome = match fate {
        Fate::Referred | Fate::Overdue => return Ok(()),
        Fate::Examined => None,
        Fate::Fit => Some("fit"),
        Fate::Hospital => Some("hospital"),
        Fate::Observed => Some("home-observation"),
        Fate::Sampled | Fate::Swabbed | Fate::Tested => Some("sampled"),
        Fate::Ordered | Fate::Isolated => Some("central-isolation"),
        _ if ago_min < 20 => return Ok(()),
        _ if ago_min < 40 => None,
        _ => Some(by_chance(life, tier)),
    };
    let may_go_on = desk::attend(life, app, &obligation, outcome, at).await?;
    if matches!(fate, Fate::Swabbed | Fate::Tested) {
        return booth::sampled(life, app, person, at + mins(25)).await;
    }
    if let Some(outcome) = outcome {
        handing::over(life, app, &obligation, outcome, at + mins(21)).await?;
    }
    if may_go_on {
        let again = at + mins(24);
        let seen = scanned(life, app, person, Fate::Plain, again).await?;
        decided(life, app, &seen, "clear", Some("Examined and fit"), again).await?;
    }
    Ok(())
}

fn by_chance(life: &mut Life, tier: Option<&str>) -> &'static str {
    match (tier, life.rng.random_range(0..10)) {
        (Some("red"), 0..3) => "hospital",
        (Some("red"), 3..6) => "central-isolation",
        (_, 9) => "home-observation",
        _ => "fit",
    }
}

/// A held person was who they said: they go on as anybody would with their answers.
async fn resolved(life: &mut Life, app: &App, person: usize, held: &Decided, at: Timestamp) -> Result<(), Failure> {
    let Some(obligation) = held.obligations.first() else { return Ok(()) };
    let other = officer(life, 1);
    let why = Some("A renewed passport: the old one was in the other bag".to_owned());
    let request = AnswerRequest { outcome: "identity-confirmed".to_owned(), reason: why };
    Clock::at(at + mins(14), answer(app, &other, obligation, &request, None)).await?;
    let again = at + mins(17);
    let seen = scanned(life, app, person, Fate::Plain, again).await?;
    match seen.advice {
        Advice::Clear => decided(life, app, &seen, "clear", Some("Identity confirmed"), again).await.map(drop),
        Advice::Refer => referred(life, app, person, Fate::Plain, &seen, again).await,
        Advice::Hold => Ok(()),
    }
}

fn officer(life: &Life, next: usize) -> Caller {
    staff::officer(life.lane + next, &life.flight.id.port)
}

async fn scanned(life: &mut Life, app: &App, person: usize, fate: Fate, at: Timestamp) -> Result<Scanned, Failure> {
    let (code, pass) = life.held[person].clone();
    let mut request = ScanRequest {
        scan_id: app.rng.id(at).to_string(),
        station: format!("T3D-L{:02}", life.lane + 1),
        ..ScanRequest::default()
    };
    // One in nine has no picture to show and reads the code out; some documents the reader cannot read.
    match life.rng.random_ratio(8, 9) {
        true => request.pass = Some(pass),
        false => request.code = Some(code),
    }
    let own = &life.party.people[person];
    request.mrz = match fate {
        Fate::Held | Fate::Resolved => Some(STRANGER.to_owned()),
        _ => life.rng.random_ratio(14, 15).then(|| own.mrz.clone()),
    };
    let who = officer(life, 0);
    Clock::at(at, scan(app, &who, &life.flight.id.port, &request, "en", None)).await?.read()
}

async fn decided(
    life: &Life,
    app: &App,
    seen: &Scanned,
    decision: &str,
    reason: Option<&str>,
    at: Timestamp,
) -> Result<Decided, Failure> {
    let request = DecisionRequest {
        scan_id: seen.scan_id.to_string(),
        decision: decision.to_owned(),
        reason: reason.map(str::to_owned),
        by_itself: false,
    };
    let at = at + SignedDuration::from_secs(LOOK_S);
    Clock::at(at, decide(app, &officer(life, 0), &life.flight.id.port, &request, None)).await?.read()
}
