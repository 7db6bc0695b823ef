//! Wrong proofs, counted by code: whoever holds a pass's short code must not find the document number by trying (security.md
//! 2.4). A code that does not exist is counted like one that does, so that the count tells nothing.
//!
//! Counted apart, by the same limits: other document numbers put into one's own declaration. The answer tells whether somebody
//! has declared with them, so it must not be asked at will; and a right proof of one's own code does not wipe this count out.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use pratique_core::code::ShortCode;
use pratique_core::id::Id;

use crate::app::App;
use crate::failure::Failure;
use crate::keys::BlindIndex;

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
    by_index: HashMap<BlindIndex, Wrong>,
    oldest_first: VecDeque<BlindIndex>,
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
        self.open(app, app.indexes.code(code))
    }

    /// Counts a wrong one.
    pub fn wrong(&self, app: &App, code: &ShortCode) {
        self.count(app, app.indexes.code(code));
    }

    /// A right one: its owner is back.
    pub fn right(&self, app: &App, code: &ShortCode) {
        if let Some(wrong) = self.lock().by_index.get_mut(&app.indexes.code(code)) {
            wrong.times = 0;
        }
    }

    /// Counts another document put into a declaration, whether somebody has declared with it or not.
    ///
    /// # Errors
    /// [`Failure::Slow`] if that was done too often.
    pub fn other_document(&self, app: &App, journey: Id) -> Result<(), Failure> {
        let index = of_document(app, journey);
        self.open(app, index)?;
        self.count(app, index);
        Ok(())
    }

    fn open(&self, app: &App, index: BlindIndex) -> Result<(), Failure> {
        let now = app.now();
        let until = self.lock().by_index.get(&index).copied().and_then(Wrong::until);
        match until.filter(|until| *until > now) {
            Some(until) => {
                let wait_ms = u64::try_from(until.duration_since(now).as_millis()).unwrap_or(0);
                Err(Failure::Slow(wait_ms.div_ceil(1000)))
            }
            None => Ok(()),
        }
    }

    fn count(&self, app: &App, index: BlindIndex) {
        let now = app.now();
        let mut counts = self.lock();
        if let Some(wrong) = counts.by_index.get_mut(&index) {
            *wrong = Wrong { times: wrong.times.saturating_add(1), last: now };
            return;
        }
        counts.by_index.insert(index, Wrong { times: 1, last: now });
        counts.oldest_first.push_back(index);
        while counts.oldest_first.len() > CODES_MAX {
            if let Some(oldest) = counts.oldest_first.pop_front() {
                counts.by_index.remove(&oldest);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of_document(app: &App, journey: Id) -> BlindIndex {
    let hash = app.indexes.once(&[b"other document", &journey.0]);
    let mut index = BlindIndex::default();
    index.copy_from_slice(&hash[..16]);
    index
}
