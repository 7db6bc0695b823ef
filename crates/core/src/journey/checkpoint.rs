//! What happens at a station: a scan, which uses nothing up, and an officer's decision on it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::advice::PassVerdict;
use super::elsewhere::Elsewhere;
use super::obligation::{self, ObligationKind};
use super::pass::Use;
use super::{Declaration, Disposition, Event, Journey, Refusal, Triage};
use crate::id::Id;
use crate::rules::Tier;

/// Minutes for which a scan can be decided on. A queue moves on in one or two and a talk at the lane takes three to eight
/// (journey.md 6.2, rows 12 and 15): after twice that nobody can say that the person of the scan is still the one in front.
pub const SCAN_GOOD_MIN: i64 = 15;

/// What the document in front of the officer says of the person on the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentCheck {
    /// It is theirs.
    Match,
    /// It is somebody else's.
    Mismatch,
    /// None was read.
    Unchecked,
}

/// An officer's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// May go on.
    Clear,
    /// To the medical desk.
    Refer,
    /// Stays, until a supervisor has resolved who this is.
    Hold,
}

impl Decision {
    /// All decisions.
    pub const ALL: [Decision; 3] = [Decision::Clear, Decision::Refer, Decision::Hold];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Decision::Clear => "clear",
            Decision::Refer => "refer",
            Decision::Hold => "hold",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.name() == text.trim())
    }
}

/// A scan of this journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanFacts {
    /// The client's own UUID.
    pub scan: Id,
    /// The station.
    pub station: String,
    /// What the document said.
    pub document: DocumentCheck,
}

/// A decision with what it needs.
#[derive(Debug, Clone)]
pub struct DecisionInput {
    /// The scan that it decides.
    pub scan: ScanFacts,
    /// How the pass stood at that scan.
    pub verdict: PassVerdict,
    /// When it was received.
    pub scanned_at: Timestamp,
    /// What other journeys of the same document say against going on, the weightiest.
    pub elsewhere: Option<Elsewhere>,
    /// Another declaration names the same document with another birth date, and the document was not read at that scan.
    pub contested: bool,
    /// The stage that a clearance here uses up.
    pub stage: String,
    /// All stages of the port, to know which is the last.
    pub stages: Vec<String>,
    /// What is decided.
    pub decision: Decision,
    /// Words were given (they are sealed elsewhere).
    pub reasoned: bool,
    /// The console goes on by itself, after the countdown that the officer let run out.
    pub by_itself: bool,
    /// The officer.
    pub by: String,
    /// By when a referred person is examined, a held one resolved.
    pub due: Timestamp,
}

pub(super) fn scan(journey: &Journey, scan: &ScanFacts, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    journey.declaration.living()?;
    let (station, document) = (scan.station.clone(), scan.document);
    Ok(vec![Event::Scanned { at: now, scan: scan.scan, station, document }])
}

pub(super) fn decide(journey: &Journey, input: &DecisionInput, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    journey.declaration.living()?;
    if matches!(journey.declaration, Declaration::Submitted(_)) {
        return Err(Refusal::NotScanned);
    }
    // Whoever was sent to hospital or refused cannot be cleared any more; a second clearance is told where the first was.
    let ended = journey.disposition.is_some_and(|d| d != Disposition::Release);
    if ended || (journey.closed_at.is_some() && input.decision != Decision::Clear) {
        return Err(Refusal::AlreadyClosed);
    }
    if now.duration_since(input.scanned_at) > SignedDuration::from_mins(SCAN_GOOD_MIN) {
        return Err(Refusal::ScanTooOld);
    }
    let decided = Event::Decided {
        at: now,
        scan: input.scan.scan,
        decision: input.decision,
        by: input.by.clone(),
        reasoned: input.reasoned,
        by_itself: input.by_itself,
    };
    let rest = match input.decision {
        Decision::Clear => clear(journey, input, now)?,
        Decision::Refer => open_once(journey, ObligationKind::Examine, input, now),
        Decision::Hold => open_once(journey, ObligationKind::ResolveHold, input, now),
    };
    Ok(std::iter::once(decided).chain(rest).collect())
}

/// A clearance needs: a stage not used yet, the right document, nothing owed here or elsewhere, and for a tier above green a
/// reason (amber) or a second person's act before it (red; I4).
fn clear(journey: &Journey, input: &DecisionInput, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    journey.pass.unused(&input.stage)?;
    // By itself a console clears nobody of whom a person would have to judge anything.
    if input.by_itself && input.scan.document != DocumentCheck::Match {
        return Err(Refusal::NotByItself);
    }
    // What any scan of this journey found stands, also against an earlier scan, until it is resolved.
    if input.scan.document == DocumentCheck::Mismatch || journey.mismatched_at.is_some() {
        return Err(Refusal::DocumentMismatch);
    }
    match input.verdict {
        PassVerdict::Valid => {}
        // Its time is over or has not come: the officer has asked, and says so.
        PassVerdict::Expired | PassVerdict::NotYet if input.reasoned => {}
        PassVerdict::Expired | PassVerdict::NotYet => return Err(Refusal::ReasonNeeded),
        _ => return Err(Refusal::PassNotGood),
    }
    let blocking: Vec<u32> = journey.open().filter(|o| o.kind.blocks_clearance()).map(|o| o.number).collect();
    if !blocking.is_empty() {
        return Err(Refusal::StillOwed { numbers: blocking });
    }
    if let Some(elsewhere) = input.elsewhere {
        return Err(Refusal::Elsewhere(elsewhere));
    }
    // The officer has looked at the passport, and says so.
    if input.contested && !input.reasoned {
        return Err(Refusal::ReasonNeeded);
    }
    let mut events = Vec::new();
    match journey.triage.tier() {
        Tier::Green => {
            if matches!(journey.triage, Triage::Seen(_)) {
                events.push(Event::TriageConfirmed { at: now, by: input.by.clone() });
            }
        }
        Tier::Amber if !input.reasoned => return Err(Refusal::ReasonNeeded),
        Tier::Amber => events.push(Event::TriageOverridden {
            at: now,
            from: Tier::Amber,
            to: Tier::Green,
            by: input.by.clone(),
            first: None,
        }),
        Tier::Red => return Err(Refusal::SecondPersonNeeded),
    }
    let used = Use {
        stage: input.stage.clone(),
        station: input.scan.station.clone(),
        at: now,
        by: input.by.clone(),
        scan: input.scan.scan,
    };
    events.push(Event::PassUsed { used });
    let is_last = input.stages.iter().all(|s| *s == input.stage || journey.pass.used_at(s).is_some());
    if is_last && journey.disposition.is_none() {
        events.push(Event::Disposed { at: now, disposition: Disposition::Release, by: input.by.clone() });
    }
    Ok(events)
}

/// Referring twice does not owe twice.
fn open_once(journey: &Journey, kind: ObligationKind, input: &DecisionInput, now: Timestamp) -> Vec<Event> {
    if journey.open().any(|o| o.kind == kind) {
        return Vec::new();
    }
    vec![obligation::opened(journey, kind, &input.by, now, input.due)]
}
