//! Why a command does not go through. A refusal is an answer, not a failure: it says what the person at the screen can do.

use jiff::Timestamp;

use super::elsewhere::Elsewhere;
use super::pass::Use;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no declaration.
    #[error("there is no such declaration")]
    NotDeclared,
    /// There is one already.
    #[error("this declaration exists already")]
    AlreadyDeclared,
    /// It was withdrawn.
    #[error("the declaration was withdrawn; make a new one")]
    Withdrawn,
    /// A newer one took its place.
    #[error("a newer declaration of the same person took its place; use the newer code")]
    Superseded,
    /// It was shown at a checkpoint already.
    #[error("it was shown at a checkpoint already; ask an officer")]
    AlreadyPresented,
    /// A confirmation outside the 24 hours.
    #[error("too early: confirm from {counts_from} on")]
    TooEarly {
        /// From when on it can be confirmed.
        counts_from: Timestamp,
    },
    /// A decision without a scan.
    #[error("scan the pass before deciding")]
    NotScanned,
    /// The stage was used up before.
    #[error("the pass was used at {} by {} at {}", .0.station, .0.by, .0.at)]
    UsedUp(Use),
    /// The scan is too old to decide on.
    #[error("this scan is too old to decide on; scan again")]
    ScanTooOld,
    /// Another journey of the same document stands against it.
    #[error("another declaration of the same document stands against it; settle that one first")]
    Elsewhere(Elsewhere),
    /// The document is somebody else's.
    #[error("the document does not belong to this pass; hold, or scan the right document")]
    DocumentMismatch,
    /// What was scanned is no good pass.
    #[error("the pass that was scanned is not good; scan the newest one, or the document")]
    PassNotGood,
    /// An amber tier is cleared only with words.
    #[error("give the reason why this person may go on")]
    ReasonNeeded,
    /// A red tier is lowered by two people only.
    #[error("a second person must examine this one: refer to the medical desk")]
    SecondPersonNeeded,
    /// Something is owed first.
    #[error("something is still owed for this person: answer it first")]
    StillOwed {
        /// The numbers of the obligations.
        numbers: Vec<u32>,
    },
    /// No obligation has this number.
    #[error("there is no such obligation")]
    NoSuchObligation,
    /// It is done already.
    #[error("this obligation was answered already")]
    AlreadyAnswered,
    /// The answer belongs to another kind of obligation.
    #[error("this answer does not fit what is owed")]
    OutcomeDoesNotFit,
    /// The entry has ended.
    #[error("this entry is closed")]
    AlreadyClosed,
}

impl Refusal {
    /// The stable code, as in problem answers and in `locales` (`refusal-CODE`).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NotDeclared => "not-declared",
            Refusal::AlreadyDeclared => "already-declared",
            Refusal::Withdrawn => "withdrawn",
            Refusal::Superseded => "replaced",
            Refusal::AlreadyPresented => "already-presented",
            Refusal::TooEarly { .. } => "too-early",
            Refusal::NotScanned => "not-scanned",
            Refusal::UsedUp(_) => "already-used",
            Refusal::ScanTooOld => "scan-too-old",
            Refusal::Elsewhere(elsewhere) => elsewhere.code(),
            Refusal::DocumentMismatch => "document-mismatch",
            Refusal::PassNotGood => "pass-not-good",
            Refusal::ReasonNeeded => "reason-needed",
            Refusal::SecondPersonNeeded => "second-person-needed",
            Refusal::StillOwed { .. } => "still-owed",
            Refusal::NoSuchObligation => "no-such-obligation",
            Refusal::AlreadyAnswered => "already-answered",
            Refusal::OutcomeDoesNotFit => "outcome-does-not-fit",
            Refusal::AlreadyClosed => "already-closed",
        }
    }
}
