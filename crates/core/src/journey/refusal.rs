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
    /// A console decides by itself on nothing but a clean pass with its document.
    #[error("a console clears by itself only a clean pass with its document")]
    NotByItself,
    /// No decision on this scan stands.
    #[error("there is no decision on this scan to take back")]
    NothingToUndo,
    /// Another officer decided.
    #[error("only the officer who decided can take it back")]
    NotYoursToUndo,
    /// The grace is over.
    #[error("it is too late to take this decision back; scan again, or call a supervisor")]
    UndoTooLate,
    /// Something else happened since.
    #[error("something else has happened to this entry since; scan again")]
    MovedOn,
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
    /// Something is final already.
    #[error("this result was released already; amend it with a second person")]
    AlreadyReleased,
    /// Nothing is final yet.
    #[error("this result was not released yet: release it, or read it anew")]
    NotReleased,
    /// Nobody has read it.
    #[error("this test was not read yet")]
    NotRead,
    /// The test is not where the command needs it.
    #[error("this test is on another plate, or waits for one")]
    TestElsewhere,
    /// No sample has this number.
    #[error("there is no such sample")]
    NoSuchSample,
    /// The sample is not where the command needs it.
    #[error("this sample is not here: look where it stands")]
    SampleElsewhere,
    /// A sample is still to be taken.
    #[error("a sample is to be taken from this person already")]
    SampleOwed,
    /// It was given up; another was ordered.
    #[error("this sample was given up as lost, and another was ordered")]
    SampleGivenUp,
    /// The tube bears another label.
    #[error("this tube bears another label than the one printed for this person")]
    WrongTube,
    /// No tube was labelled.
    #[error("print a label from the person's pass first")]
    NoLabel,
    /// No order has this number.
    #[error("there is no such order")]
    NoSuchOrder,
    /// Another order holds.
    #[error("another order holds for this person: end or change that one")]
    OrderInForce,
    /// The order is not where the command needs it.
    #[error("this order was given, or has ended, already")]
    OrderElsewhere,
    /// Its time is not over.
    #[error("this order's time is not over: lift it instead, if it is to end now")]
    OrderNotOver,
    /// An end that lies before now.
    #[error("the end must lie in the future")]
    EndsBeforeItBegins,
    /// No handover has this number.
    #[error("there is no such handover")]
    NoSuchHandover,
    /// It is offered there already.
    #[error("this was offered to that department already")]
    OfferedAlready,
    /// The handover is not where the command needs it.
    #[error("this handover was answered, declined or withdrawn already")]
    HandoverElsewhere,
    /// It was not accepted yet.
    #[error("accept the handover before answering it")]
    NotAccepted,
    /// Who flies on must say when.
    #[error("say when this person flies on; the time must lie in the future")]
    DepartureNeeded,
    /// Nobody said how the entry ends.
    #[error("nobody has said yet how this entry ends")]
    NoDisposition,
    /// The entry has ended.
    #[error("this entry is closed")]
    AlreadyClosed,
    /// The law does not let it go yet.
    #[error("the law keeps this until {until}")]
    KeptUntil {
        /// From when on it may be erased.
        until: Timestamp,
    },
    /// Enough wishes wait for an answer.
    #[error("what was asked before waits for an answer")]
    AlreadyAsked,
    /// Whoever it was about is not known any more.
    #[error("the person behind this entry was erased")]
    Erased,
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
            Refusal::NotByItself => "not-by-itself",
            Refusal::NothingToUndo => "nothing-to-undo",
            Refusal::NotYoursToUndo => "not-yours-to-undo",
            Refusal::UndoTooLate => "undo-too-late",
            Refusal::MovedOn => "moved-on",
            Refusal::Elsewhere(elsewhere) => elsewhere.code(),
            Refusal::DocumentMismatch => "document-mismatch",
            Refusal::PassNotGood => "pass-not-good",
            Refusal::ReasonNeeded => "reason-needed",
            Refusal::SecondPersonNeeded => "second-person-needed",
            Refusal::StillOwed { .. } => "still-owed",
            Refusal::NoSuchObligation => "no-such-obligation",
            Refusal::AlreadyAnswered => "already-answered",
            Refusal::OutcomeDoesNotFit => "outcome-does-not-fit",
            Refusal::AlreadyReleased => "already-released",
            Refusal::NotReleased => "not-released",
            Refusal::NotRead => "not-read",
            Refusal::TestElsewhere => "test-elsewhere",
            Refusal::NoSuchSample => "no-such-sample",
            Refusal::SampleElsewhere => "sample-elsewhere",
            Refusal::SampleOwed => "sample-owed",
            Refusal::SampleGivenUp => "sample-given-up",
            Refusal::WrongTube => "wrong-tube",
            Refusal::NoLabel => "no-label",
            Refusal::NoSuchOrder => "no-such-order",
            Refusal::OrderInForce => "order-in-force",
            Refusal::OrderElsewhere => "order-elsewhere",
            Refusal::OrderNotOver => "order-not-over",
            Refusal::EndsBeforeItBegins => "ends-before-it-begins",
            Refusal::NoSuchHandover => "no-such-handover",
            Refusal::OfferedAlready => "offered-already",
            Refusal::HandoverElsewhere => "handover-elsewhere",
            Refusal::NotAccepted => "not-accepted",
            Refusal::DepartureNeeded => "departure-needed",
            Refusal::NoDisposition => "no-disposition",
            Refusal::AlreadyClosed => "already-closed",
            Refusal::KeptUntil { .. } => "kept-until",
            Refusal::AlreadyAsked => "already-asked",
            Refusal::Erased => "erased",
        }
    }
}
