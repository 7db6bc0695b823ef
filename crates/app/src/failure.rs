//! Why an action or a lookup gives no answer, typed. The channels turn it into RFC 9457 or a page; here is no HTTP.

use pratique_core::access::Denied;
use pratique_core::field::FieldError;
use pratique_core::journey::Refusal;
use pratique_core::laboratory::PlateRefusal;
use pratique_store::StoreError;

use crate::keys::SealError;
use crate::keys::ring::RingError;

/// Somebody has to look at a clock that jumped, or make a key to sign with: neither takes less than this.
const SOMEBODY_WAIT_S: u64 = 60;

/// A failure, or a refusal that somebody can act on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Fields that cannot be taken; nothing was stored.
    #[error("{} field(s) cannot be taken as they are", .0.len())]
    Invalid(Vec<FieldError>),
    /// The journey refuses.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A plate of the laboratory refuses.
    #[error(transparent)]
    Plate(#[from] PlateRefusal),
    /// Nobody is signed in, or the session is over.
    #[error("sign in first")]
    SignedOut,
    /// Signed in, but not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such thing, or not for this person: the two look the same from outside (security.md 2.4).
    #[error("there is nothing here under that name")]
    NotFound,
    /// The same idempotency key came with another body.
    #[error("this Idempotency-Key was used for another request; take a new one")]
    KeyReused,
    /// Others kept changing the same thing.
    #[error("the same thing was changed by others at the same time; try again")]
    Busy,
    /// The store could not write or read; nothing was lost.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key is missing or does not open.
    #[error(transparent)]
    Key(#[from] RingError),
    /// Sealed data do not open.
    #[error(transparent)]
    Sealed(#[from] SealError),
    /// The machine's clock jumped: no pass is issued until it is right again.
    #[error("the clock jumped; no pass is issued until it is right again")]
    ClockInDoubt,
    /// Too many tries; wait so many seconds.
    #[error("too many tries; wait {0} s")]
    Slow(u64),
    /// More is asked than can be worked on; come again in so many seconds.
    #[error("more is asked than can be worked on; again in {0} s")]
    Overloaded(u64),
    /// What was sent is not JSON.
    #[error("not JSON at line {line}, column {column}")]
    Malformed {
        /// In which way.
        why: Broken,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The same, where it is known of what kind the thing is that is not there.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// What was sent is JSON, but nested deeper or of more members than any form of ours.
    #[error("too many members, or nested too deep")]
    TooComplex,
    /// What was sent is larger than we read.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// What was sent is of another kind; this one is read.
    #[error("send it as {0}")]
    Unsupported(&'static str),
    /// The address has no such method.
    #[error("this address has no such method")]
    NoSuchMethod,
    /// It took too long. What was asked may still have been done: the same request with the same key finds out.
    #[error("the answer took too long")]
    TimedOut,
    /// Somebody else's server, named here, does not answer as it should.
    #[error("{0} does not answer")]
    NoAnswer(&'static str),
    /// What must not happen, said where it did.
    #[error("something that must not happen: {0}")]
    Bug(String),
}

/// In which way something is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It breaks off, or a sign stands where it does not belong.
    Syntax,
    /// It is not UTF-8.
    Encoding,
    /// It holds a number larger than numbers can be.
    Number,
}

impl Failure {
    /// Says of what kind the thing is that is not there; any other failure stays as it is.
    #[must_use]
    pub fn missing(self, what: &'static str) -> Self {
        if matches!(self, Failure::NotFound) { Failure::Missing(what) } else { self }
    }

    /// One wrong field.
    pub fn field(pointer: &str, code: &str) -> Self {
        Failure::Invalid(vec![FieldError::new(pointer, code)])
    }

    /// The disk is full: said as such, and it heals without a restart (F5).
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Failure::Store(StoreError::DiskFull(_)))
    }

    /// No key of the port may sign, as when all are revoked: somebody must make one, and no restart is needed (F27).
    #[must_use]
    pub fn is_keyless(&self) -> bool {
        matches!(self, Failure::Key(RingError::NoKey(_)))
    }

    /// This server issues no passes until somebody has looked; those that exist are scanned as before.
    fn makes_no_pass(&self) -> bool {
        matches!(self, Failure::ClockInDoubt) || self.is_keyless()
    }

    /// What was sent is good and cannot be taken just now: the same will do a little later, so it is worth keeping.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Failure::Busy | Failure::TimedOut)
            || self.makes_no_pass()
            || matches!(self, Failure::Store(e) if e.retry_after_s().is_some())
    }

    /// Seconds after which another try makes sense.
    #[must_use]
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Failure::Busy | Failure::TimedOut => Some(1),
            Failure::NoAnswer(_) => Some(5),
            _ if self.makes_no_pass() => Some(SOMEBODY_WAIT_S),
            Failure::Slow(s) | Failure::Overloaded(s) => Some(*s),
            Failure::Store(e) => e.retry_after_s(),
            _ => None,
        }
    }

    /// A defect, with words for whoever mends it.
    pub fn bug(what: impl ToString) -> Self {
        Failure::Bug(what.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(e: serde_json::Error) -> Self {
        Failure::bug(e)
    }
}
