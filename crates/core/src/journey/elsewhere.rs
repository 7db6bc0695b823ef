//! What another journey of the same document says against going on with this one. Whoever was held, referred or sent away must
//! not get a clean start by declaring anew under another flight number: a codeshare's, or one that does not exist.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::advice::Advice;
use super::obligation::State;
use super::{Disposition, Journey, ObligationKind, Outcome, Pass, Triage};
use crate::rules::Tier;

/// Days after an arrival for which its end, or a tier that an officer saw, speaks against another entry. The longest time of
/// incubation that ports reckon with is 21 days (Ebola and Marburg disease, mpox: WHO fact sheets): what was found then may
/// still break out. It is no port's own choice, since it is the disease's. What is still owed speaks for as long as it is owed.
pub const RECENT_D: i64 = 21;

/// What stands against going on, in rising weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elsewhere {
    /// An officer saw a tier above green there, and nobody has settled it.
    Flagged,
    /// Something that blocks is owed there: an examination, a sample, a conclusion, an order to be served.
    Referred,
    /// It ended another way than by going on.
    Ended,
    /// Held there: who this is has not been resolved.
    Held,
}

impl Elsewhere {
    /// All of them.
    pub const ALL: [Elsewhere; 4] = [Elsewhere::Flagged, Elsewhere::Referred, Elsewhere::Ended, Elsewhere::Held];

    /// The stable code, of the notice and of the refusal.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Elsewhere::Flagged => "flagged-elsewhere",
            Elsewhere::Referred => "referred-elsewhere",
            Elsewhere::Ended => "ended-elsewhere",
            Elsewhere::Held => "held-elsewhere",
        }
    }

    /// What it alone advises.
    #[must_use]
    pub fn advice(self) -> Advice {
        match self {
            Elsewhere::Flagged | Elsewhere::Referred => Advice::Refer,
            Elsewhere::Ended | Elsewhere::Held => Advice::Hold,
        }
    }
}

/// What `other` says against going on with `here`, both of one document at one port. An open hold or examination is answered
/// there. An end or a tier can also be settled here: by an examination that found the person fit, answered by somebody else
/// than who asked for it (I4), after the last that happened there.
#[must_use]
pub fn elsewhere(here: Option<&Journey>, other: &Journey, now: Timestamp) -> Option<Elsewhere> {
    if other.open().any(|o| o.kind == ObligationKind::ResolveHold) {
        return Some(Elsewhere::Held);
    }
    if other.open().any(|o| o.kind.blocks_clearance()) {
        return Some(Elsewhere::Referred);
    }
    if !is_recent(other, now) || here.is_some_and(|here| was_examined_since(here, other)) {
        return None;
    }
    let was_seen = !matches!(other.triage, Triage::Unknown | Triage::Proposed(_));
    if other.disposition.is_some_and(speaks) {
        Some(Elsewhere::Ended)
    } else if was_seen && other.triage.tier() > Tier::Green {
        Some(Elsewhere::Flagged)
    } else {
        None
    }
}

/// Does an end say anything of the person? A release does not, nor that they or their flight never came, nor that this was the
/// same entry told twice.
fn speaks(end: Disposition) -> bool {
    !matches!(end, Disposition::Release | Disposition::NoShow | Disposition::Diverted | Disposition::Void)
}

/// Can this journey, as it stands or after one more act, speak against another?
#[must_use]
pub fn is_recent(journey: &Journey, now: Timestamp) -> bool {
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    journey.flight.date >= today.saturating_sub(RECENT_D.days())
}

fn was_examined_since(here: &Journey, other: &Journey) -> bool {
    let last = last_act(other);
    here.obligations.iter().filter(|o| o.kind == ObligationKind::Examine).any(|o| match &o.state {
        State::Answered { by, at, outcome: Outcome::Fit } => *by != o.opened_by && last.is_none_or(|last| *at >= last),
        _ => false,
    })
}

/// The last time that somebody judged the person there: saw them, asked for a look, gave its answer. What departments report
/// back later judges nobody anew.
fn last_act(journey: &Journey) -> Option<Timestamp> {
    let shown = match &journey.pass {
        Pass::Presented { first, .. } => Some(*first),
        _ => None,
    };
    let judges = |kind| {
        use ObligationKind::{Conclude, Examine, ResolveHold, ReviewCorrection};
        matches!(kind, Examine | ResolveHold | Conclude | ReviewCorrection)
    };
    let acts = journey.obligations.iter().filter(|o| judges(o.kind)).map(|o| match &o.state {
        State::Answered { at, .. } => *at,
        State::Open | State::Acknowledged { .. } => o.opened_at,
    });
    acts.chain(shown).max()
}
