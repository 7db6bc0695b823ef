//! Wrong tries, counted by whom or what they were at: so many go through, then each further one waits twice as long as the one
//! before. Known by keyed hashes alone, and of a bounded number: whoever fills that to be forgotten has spent more tries than
//! it gives back.
//!
//! A try is counted before it is looked at, so that many at once cannot slip through together, and given back if it was right.
//! That is why this is our own and not `governor`'s: what keeps to GCRA (ITU-T I.371, A.1) takes and never gives back.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::failure::Failure;
use crate::keys::BlindIndex;

/// How many are remembered of each kind.
const REMEMBERED_MAX: usize = 100_000;

/// What is let through, and what then.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Wrong tries before the first wait.
    pub free: u32,
    /// The first wait, in minutes; each further wrong try doubles it.
    pub wait_min: i64,
    /// So often it doubles, and no more.
    pub doubled_max: u32,
    /// Hours without a wrong try after which all of them are forgotten.
    pub forgotten_h: i64,
}

/// The wrong tries of one kind.
#[derive(Debug)]
pub struct Wrongs {
    rule: Rule,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    by_index: HashMap<BlindIndex, Wrong>,
    oldest_first: VecDeque<BlindIndex>,
}

#[derive(Debug, Clone, Copy)]
struct Wrong {
    times: u32,
    last: Timestamp,
}

/// A try that was counted, to be given back if it was right.
#[derive(Debug)]
pub struct Counted {
    index: BlindIndex,
    at: Timestamp,
    before: Option<Timestamp>,
}

impl Wrongs {
    /// None so far.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Wrongs { rule, counts: Mutex::default() }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// [`Failure::Slow`] with the seconds to wait, for a right try too: otherwise guessing would go on.
    pub fn take(&self, index: BlindIndex, now: Timestamp) -> Result<Counted, Failure> {
        let mut counts = self.lock();
        let Some(wrong) = counts.by_index.get_mut(&index) else {
            counts.add(index, now);
            return Ok(Counted { index, at: now, before: None });
        };
        if now >= wrong.last + SignedDuration::from_hours(self.rule.forgotten_h) {
            *wrong = Wrong { times: 1, last: now };
            return Ok(Counted { index, at: now, before: None });
        }
        if let Some(until) = self.rule.until(*wrong).filter(|until| *until > now) {
            return Err(slow(until, now));
        }
        let before = Some(wrong.last);
        *wrong = Wrong { times: wrong.times.saturating_add(1), last: now };
        Ok(Counted { index, at: now, before })
    }

    /// Has the wait of this one passed? Counts nothing.
    ///
    /// # Errors
    /// As [`Wrongs::take`].
    pub fn waited(&self, index: BlindIndex, now: Timestamp) -> Result<(), Failure> {
        let wrong = self.lock().by_index.get(&index).copied();
        let is_kept = |w: &Wrong| now < w.last + SignedDuration::from_hours(self.rule.forgotten_h);
        match wrong.filter(is_kept).and_then(|wrong| self.rule.until(wrong)).filter(|until| *until > now) {
            Some(until) => Err(slow(until, now)),
            None => Ok(()),
        }
    }

    /// It was right after all: this one is not counted, those before stay.
    pub fn give_back(&self, counted: &Counted) {
        if let Some(wrong) = self.lock().by_index.get_mut(&counted.index) {
            wrong.times = wrong.times.saturating_sub(1);
            // Others may have tried meanwhile: their time stays.
            if wrong.last == counted.at {
                wrong.last = counted.before.unwrap_or(wrong.last);
            }
        }
    }

    /// Whoever it belongs to is back: nothing is held against it.
    pub fn forget(&self, counted: &Counted) {
        if let Some(wrong) = self.lock().by_index.get_mut(&counted.index) {
            wrong.times = 0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn slow(until: Timestamp, now: Timestamp) -> Failure {
    let wait_ms = u64::try_from(until.duration_since(now).as_millis()).unwrap_or(0);
    Failure::Slow(wait_ms.div_ceil(1000))
}

impl Rule {
    /// Until when nothing is looked at.
    fn until(self, wrong: Wrong) -> Option<Timestamp> {
        let over = wrong.times.checked_sub(self.free)?;
        Some(wrong.last + SignedDuration::from_mins(self.wait_min << over.min(self.doubled_max)))
    }
}

impl Counts {
    fn add(&mut self, index: BlindIndex, now: Timestamp) {
        self.by_index.insert(index, Wrong { times: 1, last: now });
        self.oldest_first.push_back(index);
        while self.oldest_first.len() > REMEMBERED_MAX {
            if let Some(oldest) = self.oldest_first.pop_front() {
                self.by_index.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule { free: 3, wait_min: 1, doubled_max: 2, forgotten_h: 1 };

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + s).unwrap()
    }

    fn wait_s(refused: Result<Counted, Failure>) -> Option<u64> {
        refused.err().and_then(|failure| failure.retry_after_s())
    }

    #[test]
    fn waits_double_up_to_a_bound_and_an_hour_forgets() {
        let wrongs = Wrongs::new(RULE);
        let mut now = 0;
        for _ in 0..3 {
            assert!(wrongs.take([1; 16], at(now)).is_ok());
        }
        for wait in [60, 120, 240, 240] {
            assert_eq!(wait_s(wrongs.take([1; 16], at(now))), Some(wait));
            now += i64::try_from(wait).unwrap();
            assert!(wrongs.take([1; 16], at(now)).is_ok(), "after {wait} s");
        }
        assert!(wrongs.take([2; 16], at(now)).is_ok(), "another is another");
        for _ in 0..9 {
            assert_eq!(wrongs.waited([1; 16], at(now + 1)).err().and_then(|slow| slow.retry_after_s()), Some(239));
            assert!(wrongs.waited([3; 16], at(now)).is_ok(), "to ask counts nothing");
        }
        assert_eq!(wait_s(wrongs.take([1; 16], at(now + 1))), Some(239));
        assert!(wrongs.take([1; 16], at(now + 3600)).is_ok());
    }

    #[test]
    fn a_right_try_is_given_back_and_wakes_no_old_wait() {
        let wrongs = Wrongs::new(RULE);
        for _ in 0..10 {
            wrongs.give_back(&wrongs.take([1; 16], at(0)).unwrap());
        }
        for _ in 0..3 {
            wrongs.take([1; 16], at(0)).unwrap();
        }
        wrongs.give_back(&wrongs.take([1; 16], at(60)).unwrap());
        assert!(wrongs.take([1; 16], at(61)).is_ok(), "the three of before have waited their minute");
    }

    #[test]
    fn memory_is_bounded() {
        let wrongs = Wrongs::new(RULE);
        for n in 0..u128::try_from(REMEMBERED_MAX + 10).unwrap() {
            wrongs.take(n.to_be_bytes(), at(0)).unwrap();
        }
        let counts = wrongs.lock();
        assert_eq!((counts.by_index.len(), counts.oldest_first.len()), (REMEMBERED_MAX, REMEMBERED_MAX));
    }
}
