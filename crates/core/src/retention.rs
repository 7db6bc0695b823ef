//! How long what is known of a person is kept, by purpose, and from when on it may go. The port's file says the numbers; the
//! privacy notice, the person's own page and the job that erases all read them here, so that none of them can promise what
//! another does not keep.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::journey::test::State as Tested;
use crate::journey::{Declaration, Event, Journey, ObligationKind, Outcome, Refusal, TestResult, handover, order};
use crate::named::named;

/// Hours after a day began in UTC at which nobody can arrive with it any more: it has ended everywhere after 36 (UTC-12), and a
/// pass is good for 48 hours after its flight's schedule (contract.md, The pass).
const ARRIVAL_OVER_H: i64 = 36 + 48;

/// A hundred years: no law keeps a declaration longer, and instants do not reach for ever.
const DAYS_MAX: i64 = 36_500;

/// What somebody's data are kept for, lightest first. An entry has one at a time: the heaviest that it has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Declared and never shown at a station: withdrawn, replaced, or the person did not come.
    Unused,
    /// Passed through health inspection, and nothing more.
    Entry,
    /// A sample was ordered or taken.
    Sampled,
    /// A contact of a case.
    Contact,
    /// A positive result, an order, or a handover to a department.
    Case,
}

named!(Purpose, ALL, [
    Purpose::Unused => "unused",
    Purpose::Entry => "entry",
    Purpose::Sampled => "sampled",
    Purpose::Contact => "contact",
    Purpose::Case => "case",
]);

/// For how long, in days after the entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Erased by itself after so many.
    pub days: i64,
    /// Before so many the law forbids to erase it, also on the person's own request.
    pub law_days: i64,
}

/// The terms of a port. What its file leaves out is as in security.md 2.6: 28 days for a clean declaration, 180 for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Of what was never shown.
    pub unused: Term,
    /// Of a clean entry.
    pub entry: Term,
    /// Of somebody sampled.
    pub sampled: Term,
    /// Of a contact.
    pub contact: Term,
    /// Of a case.
    pub case: Term,
    /// Days for which an airline's list of people is kept after it came.
    pub manifest_days: i64,
    /// Days for which a draft that nobody sent is kept after it was last saved.
    pub draft_days: i64,
}

impl Default for Retention {
    fn default() -> Self {
        let term = |days, law_days| Term { days, law_days };
        Retention {
            unused: term(28, 0),
            // An investigation asks back fourteen days, one longest incubation: so long a clean entry is needed.
            entry: term(28, 14),
            sampled: term(90, 28),
            contact: term(90, 28),
            case: term(180, 180),
            manifest_days: 28,
            draft_days: 30,
        }
    }
}

impl Retention {
    /// The term of a purpose.
    #[must_use]
    pub fn term(&self, purpose: Purpose) -> Term {
        match purpose {
            Purpose::Unused => self.unused,
            Purpose::Entry => self.entry,
            Purpose::Sampled => self.sampled,
            Purpose::Contact => self.contact,
            Purpose::Case => self.case,
        }
    }

    /// What of these numbers cannot be, in words; `None` if they can.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        for purpose in Purpose::ALL {
            let term = self.term(*purpose);
            if !(1..=DAYS_MAX).contains(&term.days) || !(0..=term.days).contains(&term.law_days) {
                let name = purpose.name();
                return Some(format!("{name}: `days` is from 1 to {DAYS_MAX}, and `law_days` between 0 and `days`"));
            }
        }
        // A heavier purpose is the one that counts, so it must be the longer one too.
        let terms: Vec<Term> = Purpose::ALL.iter().map(|purpose| self.term(*purpose)).collect();
        if terms.windows(2).any(|pair| pair[0].days > pair[1].days || pair[0].law_days > pair[1].law_days) {
            return Some(
                "unused, entry, sampled, contact, case: none may be shorter than the one before it".to_owned(),
            );
        }
        let fits = |days| (1..=DAYS_MAX).contains(&days);
        (!fits(self.manifest_days) || !fits(self.draft_days))
            .then(|| format!("`manifest_days` and `draft_days` are from 1 to {DAYS_MAX}"))
    }
}

/// What an entry's data are kept for as it stands.
#[must_use]
pub fn purpose(journey: &Journey) -> Purpose {
    let positive =
        |state: &Tested| matches!(state, Tested::Released { reading, .. } if reading.result == TestResult::Positive);
    let positive = journey.samples.iter().flat_map(|sample| &sample.tests).any(|test| positive(&test.state));
    let ordered = journey.orders.iter().any(|order| !matches!(order.state, order::State::Proposed { .. }));
    let given = |state: &handover::State| {
        !matches!(state, handover::State::Declined { .. } | handover::State::Withdrawn { .. })
    };
    let given = journey.handovers.iter().any(|handover| given(&handover.state));
    match &journey.declaration {
        _ if positive || ordered || given => Purpose::Case,
        _ if !journey.contact_of.is_empty() => Purpose::Contact,
        _ if !journey.samples.is_empty() => Purpose::Sampled,
        Declaration::Presented(_) | Declaration::Corrected(_) => Purpose::Entry,
        Declaration::Submitted(_) | Declaration::Withdrawn(_) | Declaration::Superseded { .. } => Purpose::Unused,
    }
}

/// When the entry was over: it was closed; or, if it never was, its arrival was past and nothing more had been declared.
#[must_use]
pub fn over_at(journey: &Journey) -> Timestamp {
    let began = TimeZone::UTC.to_timestamp(journey.flight.date.at(0, 0, 0, 0));
    let arrived = began.unwrap_or(Timestamp::UNIX_EPOCH) + SignedDuration::from_hours(ARRIVAL_OVER_H);
    journey.closed_at.unwrap_or(arrived).max(journey.declaration.made().at)
}

/// Since when its time runs; `None` while somebody owes something for this person, and once they were erased.
#[must_use]
pub fn since(journey: &Journey) -> Option<Timestamp> {
    let runs = journey.erased_at.is_none() && journey.open().next().is_none();
    runs.then(|| over_at(journey))
}

/// So many days after the entry was over.
#[must_use]
pub fn after(journey: &Journey, days: i64) -> Timestamp {
    let kept = SignedDuration::from_hours(24 * days);
    over_at(journey).checked_add(kept).unwrap_or(Timestamp::MAX)
}

/// The person goes: their key is destroyed with this event, and what stays names nobody. Not while something is owed (what they
/// asked for themself is answered by it), and not before `kept_until`.
pub(crate) fn erase(journey: &Journey, by: &str, kept_until: Timestamp, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    if journey.erased_at.is_some() {
        return Ok(Vec::new());
    }
    let (asked, owed): (Vec<_>, Vec<_>) = journey.open().partition(|o| o.kind == ObligationKind::CorrectRecord);
    if !owed.is_empty() {
        return Err(Refusal::StillOwed { numbers: owed.iter().map(|o| o.number).collect() });
    }
    if now < kept_until {
        return Err(Refusal::KeptUntil { until: kept_until });
    }
    let answered = asked.iter().map(|o| Event::ObligationAnswered {
        number: o.number,
        by: by.to_owned(),
        at: now,
        outcome: Outcome::Done,
    });
    Ok(answered.chain([Event::Erased { at: now, by: by.to_owned() }]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_and_what_cannot_is_named() {
        let sound = Retention::default();
        assert_eq!(sound.fault(), None);
        let bad = Retention { case: Term { days: 20, law_days: 20 }, ..sound };
        assert!(bad.fault().unwrap().contains("shorter than the one before"));
        let bad = Retention { entry: Term { days: 28, law_days: 29 }, ..sound };
        assert!(bad.fault().unwrap().starts_with("entry:"));
        assert!(Retention { draft_days: 0, ..sound }.fault().unwrap().contains("draft_days"));
    }
}
