//! Wrong proofs of travellers, counted by code and by document: whoever holds a pass's short code must not find the document
//! number by trying, and whoever holds a passport must not try codes (security.md 2.4). A code that does not exist is counted
//! like one that does, so that the count tells nothing.
//!
//! Counted apart: other document numbers put into one's own declaration. The answer tells whether somebody has declared with
//! them, so it must not be asked at will; and a right proof of one's own code does not wipe this count out.
//!
//! So are the answers that tell that a document has declared or was shown at a lane, by that document and by the address that
//! asks, whatever declaration they are asked with, and declarations that name a document which others name with another birth
//! date, by the address alone: nobody's number can be locked by guessing at it.
//!
//! All of them together have a budget: more wrong proofs a minute than people mistype are somebody who guesses from many places
//! at once. It is said in the log and the figures, and everybody's proofs cost more for a while (`channels/web/pace`).

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use pratique_core::code::ShortCode;
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;

use crate::app::{App, OWN_NETWORKS_FACTOR};
use crate::failure::Failure;
use crate::keys::BlindIndex;
use crate::wrongs::{Counted, Rule, Wrongs};

/// Counter of wrong proofs.
pub const WRONG: &str = "pratique_wrong_proofs_total";
/// Gauge: 1 while there are more than the budget.
pub const ALARM: &str = "pratique_guessing_alarm";

/// At one code: five, then 15 minutes, doubling to 16 hours.
const BY_CODE: Rule = Rule { free: 5, wait_min: 15, doubled_max: 6, forgotten_h: 72 };
/// With one document: ten an hour.
const BY_DOCUMENT: Rule = Rule { free: 10, wait_min: 60, doubled_max: 0, forgotten_h: 1 };
/// Other documents put into one declaration.
const OTHER_DOCUMENT: Rule = Rule { free: 10, wait_min: 15, doubled_max: 6, forgotten_h: 72 };
/// Answers to one address that tell something of a document, as many as failed sign-ins: a whole airport may stand behind one.
const BY_ADDRESS: Rule = Rule { free: 120, wait_min: 1, doubled_max: 4, forgotten_h: 1 };
/// Wrong proofs of everybody in one minute.
pub const BUDGET_MIN: u32 = 1000;
/// Minutes for which an alarm lasts after the last minute that was over the budget.
const ALARMED_MIN: i64 = 5;

/// The wrong proofs that this server saw; another server counts its own.
#[derive(Debug)]
pub struct Proofs {
    by_code: Wrongs,
    by_document: Wrongs,
    other_documents: Wrongs,
    told_documents: Wrongs,
    told_addresses: Wrongs,
    told_own_networks: Wrongs,
    budget: Mutex<Budget>,
}

#[derive(Debug, Default)]
struct Budget {
    minute: i64,
    wrong: u32,
    alarmed_until: Option<Timestamp>,
}

/// A proof that is being looked at.
#[derive(Debug)]
pub struct Tried {
    code: Counted,
    document: Option<Counted>,
}

impl Default for Proofs {
    fn default() -> Self {
        Proofs {
            by_code: Wrongs::new(BY_CODE),
            by_document: Wrongs::new(BY_DOCUMENT),
            other_documents: Wrongs::new(OTHER_DOCUMENT),
            told_documents: Wrongs::new(BY_DOCUMENT),
            told_addresses: Wrongs::new(BY_ADDRESS),
            told_own_networks: Wrongs::new(Rule { free: BY_ADDRESS.free * OWN_NETWORKS_FACTOR.get(), ..BY_ADDRESS }),
            budget: Mutex::default(),
        }
    }
}

impl Proofs {
    /// Counts a proof before it is looked at.
    ///
    /// # Errors
    /// [`Failure::Slow`] where there were too many wrong ones at this code or with this document.
    pub fn admit(&self, app: &App, code: &ShortCode, proof: &str) -> Result<Tried, Failure> {
        let now = app.now();
        let code = self.by_code.take(app.indexes.code(code), now)?;
        let document = document(proof).map(|number| self.by_document.take(of(app, "proof", number.as_bytes()), now));
        match document.transpose() {
            Ok(document) => Ok(Tried { code, document }),
            Err(slow) => {
                self.by_code.give_back(&code);
                Err(slow)
            }
        }
    }

    /// A right one: its owner is back.
    pub fn right(&self, tried: &Tried) {
        self.by_code.forget(&tried.code);
        if let Some(document) = &tried.document {
            self.by_document.give_back(document);
        }
    }

    /// It was not looked at, for a reason of ours.
    pub fn unseen(&self, tried: &Tried) {
        self.by_code.give_back(&tried.code);
        if let Some(document) = &tried.document {
            self.by_document.give_back(document);
        }
    }

    /// A wrong one, which was counted already where it was tried: here against everybody's budget.
    pub fn wrong(&self, app: &App) {
        metrics::counter!(WRONG).increment(1);
        let now = app.now();
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.as_second().div_euclid(60);
        if budget.minute != minute {
            (budget.minute, budget.wrong) = (minute, 0);
        }
        budget.wrong += 1;
        if budget.wrong <= BUDGET_MIN {
            return;
        }
        if budget.alarmed_until.is_none_or(|until| until <= now) {
            tracing::warn!(budget = BUDGET_MIN, "more wrong proofs than a minute's budget: somebody may be guessing");
        }
        budget.alarmed_until = Some(now + SignedDuration::from_mins(ALARMED_MIN));
        metrics::gauge!(ALARM).set(1.0);
    }

    /// Are there more wrong proofs than people mistype?
    #[must_use]
    pub fn alarmed(&self, now: Timestamp) -> bool {
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(until) = budget.alarmed_until else { return false };
        if until <= now {
            budget.alarmed_until = None;
            metrics::gauge!(ALARM).set(0.0);
        }
        until > now
    }

    /// Counts another document put into a declaration, whether somebody has declared with it or not.
    ///
    /// # Errors
    /// [`Failure::Slow`] if that was done too often.
    pub fn other_document(&self, app: &App, journey: Id) -> Result<(), Failure> {
        self.other_documents.take(of(app, "other document", &journey.0), app.now()).map(drop)
    }

    /// Is this address still answered, and with this document, where the answer could tell something of it? A right one and a
    /// wrong one alike.
    ///
    /// # Errors
    /// [`Failure::Slow`] after too many answers that told something.
    pub fn open_to(&self, app: &App, address: Option<IpAddr>, number: Option<&str>) -> Result<(), Failure> {
        let now = app.now();
        if let Some((counts, index)) = self.told_at(app, address) {
            counts.waited(index, now)?;
        }
        match number {
            Some(number) => self.told_documents.waited(of(app, "told document", number.as_bytes()), now),
            None => Ok(()),
        }
    }

    /// Counts an answer that told something of a document; without a number, one that may have.
    pub fn told(&self, app: &App, address: Option<IpAddr>, number: Option<&str>) {
        let now = app.now();
        // Whether it was to wait was asked before: of those that come at the same moment each is counted.
        if let Some((counts, index)) = self.told_at(app, address) {
            drop(counts.take(index, now));
        }
        if let Some(number) = number {
            drop(self.told_documents.take(of(app, "told document", number.as_bytes()), now));
        }
    }

    /// The count of an address, where addresses are counted at all.
    fn told_at(&self, app: &App, address: Option<IpAddr>) -> Option<(&Wrongs, BlindIndex)> {
        let address = address.filter(|_| app.config.traffic.per_address_min.is_some())?;
        let is_own = app.house.ports().flat_map(|port| &port.own_networks).any(|own| own.contains(&address));
        let counts = if is_own { &self.told_own_networks } else { &self.told_addresses };
        Some((counts, of(app, "told address", &network(address))))
    }
}

/// One household or office has a whole /64 of IPv6 (RFC 6177), so that is what counts as one address.
#[must_use]
pub fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// The document number that a proof is. A day is none: many people share a birthday, and one of them must not wait for another.
fn document(proof: &str) -> Option<String> {
    let is_day = proof.trim().parse::<jiff::civil::Date>().is_ok();
    normal_number(proof).filter(|_| !is_day)
}

fn of(app: &App, what: &str, value: &[u8]) -> BlindIndex {
    let hash = app.indexes.once(&[what.as_bytes(), value]);
    let mut index = BlindIndex::default();
    index.copy_from_slice(&hash[..16]);
    index
}
