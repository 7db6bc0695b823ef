//! Wrong proofs, counted by code: whoever holds a pass's short code must not find the document number by trying (security.md
//! 2.4). A code that does not exist is counted like one that does, so that the count tells nothing.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use pratique_core::code::ShortCode;

use crate::app::App;
use crate::failure::Failure;

/// Wrong proofs before a wait. A page tries what was typed as a number and as a birth date, so this is five of its tries.
pub const WRONG_MAX: u32 = 10;
/// The first wait; each further wrong proof doubles it.
const WAIT_MIN: i64 = 15;
/// So often it doubles, and no more: 16 hours.
const DOUBLED_MAX: u32 = 6;
/// Codes remembered. Whoever fills this to be forgotten has spent more tries than it gives back.
const CODES_MAX: usize = 100_000;

/// The wrong proofs that this server saw; another server counts its own.
#[derive(Debug, Default)]
pub struct Proofs(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    by_code: HashMap<[u8; 16], Wrong>,
    oldest_first: VecDeque<[u8; 16]>,
}

#[derive(Debug, Clone, Copy)]
struct Wrong {
    times: u32,
    last: Timestamp,
}

impl Wrong {
    /// Until when no proof is looked at.
    fn until(self) -> Option<Timestamp> {
        let over = self.times.checked_sub(WRONG_MAX)?;
        Some(self.last + SignedDuration::from_mins(WAIT_MIN << over.min(DOUBLED_MAX)))
    }
}

impl Proofs {
    /// May a proof for this code be looked at now?
    ///
    /// # Errors
    /// [`Failure::Slow`], for a right proof too: otherwise guessing would go on.
    pub fn admit(&self, app: &App, code: &ShortCode) -> Result<(), Failure> {
        let now = app.now();
        let until = self.lock().by_code.get(&app.indexes.code(code)).copied().and_then(Wrong::until);
        match until.filter(|until| *until > now) {
            Some(until) => {
                let wait_ms = u64::try_from(until.duration_since(now).as_millis()).unwrap_or(0);
                Err(Failure::Slow(wait_ms.div_ceil(1000)))
            }
            None => Ok(()),
        }
    }

    /// Counts a wrong one.
    pub fn wrong(&self, app: &App, code: &ShortCode) {
        let (index, now) = (app.indexes.code(code), app.now());
        let mut counts = self.lock();
        if let Some(wrong) = counts.by_code.get_mut(&index) {
            *wrong = Wrong { times: wrong.times.saturating_add(1), last: now };
            return;
        }
        counts.by_code.insert(index, Wrong { times: 1, last: now });
        counts.oldest_first.push_back(index);
        while counts.oldest_first.len() > CODES_MAX {
            if let Some(oldest) = counts.oldest_first.pop_front() {
                counts.by_code.remove(&oldest);
            }
        }
    }

    /// A right one: its owner is back.
    pub fn right(&self, app: &App, code: &ShortCode) {
        if let Some(wrong) = self.lock().by_code.get_mut(&app.indexes.code(code)) {
            wrong.times = 0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
