//! With what an obligation is answered.

use serde::{Deserialize, Serialize};

use super::{Disposition, ObligationKind};

/// The answer to an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Examined: nothing stands against going on.
    Fit,
    /// Examined: a sample was ordered, and its result is waited for.
    Sampled,
    /// The entry ends.
    Disposed(Disposition),
    /// The person is who the pass says.
    IdentityConfirmed,
    /// The correction was looked at.
    Seen,
    /// The person was reached and told.
    Reached,
    /// Done, by the act itself.
    Done,
    /// It fell away: what was owed is owed in another way, or cannot be met any more.
    Lapsed,
    /// The decision that opened it was taken back.
    TakenBack,
}

impl Outcome {
    /// May somebody answer this kind of obligation with it? What is met by an act (a sample collected, a handover accepted) is
    /// not answered by hand: the act says so.
    #[must_use]
    pub fn fits(self, kind: ObligationKind) -> bool {
        let disposed = match self {
            Outcome::Disposed(disposition) => Disposition::AT_THE_DESK.contains(&disposition),
            _ => false,
        };
        // Who may go on from the lane is `Fit` or `IdentityConfirmed`; the release itself comes with the clearance at the last
        // stage, and so never past the second person (I4). After a result two people of the laboratory stand before the doctor.
        let ends = disposed && self != Outcome::Disposed(Disposition::Release);
        match kind {
            ObligationKind::Examine => ends || matches!(self, Outcome::Fit | Outcome::Sampled),
            ObligationKind::ResolveHold => ends || self == Outcome::IdentityConfirmed,
            ObligationKind::ReviewCorrection => self == Outcome::Seen,
            ObligationKind::Conclude => disposed,
            ObligationKind::TellPerson | ObligationKind::ReachContact => self == Outcome::Reached,
            ObligationKind::TraceContacts => self == Outcome::Done,
            ObligationKind::CorrectRecord => matches!(self, Outcome::Done | Outcome::Seen),
            _ => false,
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "fit" => Some(Outcome::Fit),
            "sampled" => Some(Outcome::Sampled),
            "identity-confirmed" => Some(Outcome::IdentityConfirmed),
            "seen" => Some(Outcome::Seen),
            "reached" => Some(Outcome::Reached),
            "done" => Some(Outcome::Done),
            "lapsed" => Some(Outcome::Lapsed),
            "taken-back" => Some(Outcome::TakenBack),
            other => Disposition::parse(other).map(Outcome::Disposed),
        }
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Fit => "fit",
            Outcome::Sampled => "sampled",
            Outcome::IdentityConfirmed => "identity-confirmed",
            Outcome::Seen => "seen",
            Outcome::Reached => "reached",
            Outcome::Done => "done",
            Outcome::Lapsed => "lapsed",
            Outcome::TakenBack => "taken-back",
            Outcome::Disposed(disposition) => disposition.name(),
        }
    }
}
