//! The one verdict that an officer sees: what to do with the person in front of them, and why in codes. Pure, so that server,
//! kiosk and offline gate say the same (I11). Whatever is in doubt is never clear.

use serde::{Deserialize, Serialize};

use super::{DocumentCheck, Elsewhere, Journey, ObligationKind};
use crate::flight::Status;
use crate::rules::Tier;

/// What is advised. It is advice: the officer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Nothing stands against going on.
    Clear,
    /// Somebody should look.
    Refer,
    /// Do not let go on.
    Hold,
}

impl Advice {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Advice::Clear => "clear",
            Advice::Refer => "refer",
            Advice::Hold => "hold",
        }
    }
}

/// The pass as it stands live: signature, dates and what the store knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassVerdict {
    /// Good.
    Valid,
    /// Its time is over.
    Expired,
    /// Its time has not come: declared too early and not confirmed.
    NotYet,
    /// Withdrawn, replaced, or its key revoked.
    Revoked,
    /// Not signed by the key it names.
    Forged,
    /// Nobody knows the key it names.
    UnknownIssuer,
    /// No pass at all.
    Malformed,
}

impl PassVerdict {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PassVerdict::Valid => "valid",
            PassVerdict::Expired => "expired",
            PassVerdict::NotYet => "not-yet",
            PassVerdict::Revoked => "revoked",
            PassVerdict::Forged => "forged",
            PassVerdict::UnknownIssuer => "unknown-issuer",
            PassVerdict::Malformed => "malformed",
        }
    }
}

/// How somebody stands to the list of people on their flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnList {
    /// On it.
    Yes,
    /// Somebody on it may be them.
    Nearly,
    /// Not on it.
    No,
}

impl OnList {
    /// Reads the standing's name, as answers have it (`matched`, `review`, `absent`); nothing where there is no list.
    #[must_use]
    pub fn of(standing: &str) -> Option<Self> {
        match standing {
            "matched" => Some(OnList::Yes),
            "review" => Some(OnList::Nearly),
            "absent" => Some(OnList::No),
            _ => None,
        }
    }
}

/// What was seen at the station.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The pass.
    pub verdict: PassVerdict,
    /// The document beside it.
    pub document: DocumentCheck,
    /// A machine-readable zone was read whose check digits do not fit.
    pub damaged_mrz: bool,
    /// The journey, if it could be found.
    pub journey: Option<&'a Journey>,
    /// Nothing is wrong with what was scanned or typed, but it leads to nobody at this port: then that alone is said.
    pub astray: bool,
    /// What was scanned leads to a declaration for another port.
    pub other_port: bool,
    /// How the person stands to the flight's list; nothing where none was handed in.
    pub on_list: Option<OnList>,
    /// Where the flight is; `None` if the port's schedule does not have it.
    pub flight: Option<Status>,
    /// What other journeys of the same document say against going on, the weightiest.
    pub elsewhere: Option<Elsewhere>,
    /// Another declaration names the same document on the same flight with another birth date, and the document was not read here.
    pub contested: bool,
    /// The stage that a clearance here would use up.
    pub stage: &'a str,
}

/// A finding beside those of the rules: words are in `locales` (`notice-CODE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The stable code.
    pub code: &'static str,
    /// What it alone would advise.
    pub advice: Advice,
}

/// All codes that [`advise`] gives.
pub const NOTICES: [&str; 32] = [
    "pass-expired",
    "pass-not-yet",
    "pass-revoked",
    "pass-forged",
    "pass-unknown-issuer",
    "pass-malformed",
    "not-declared",
    "other-port",
    "not-on-list",
    "nearly-on-list",
    "document-mismatch",
    "document-mismatch-before",
    "document-unchecked",
    "document-damaged",
    "another-birth-date",
    "already-used",
    "referred",
    "held",
    "corrected",
    "sample-owed",
    "result-awaited",
    "to-conclude",
    "order-unserved",
    "ended",
    "flagged-elsewhere",
    "referred-elsewhere",
    "ended-elsewhere",
    "held-elsewhere",
    "flight-not-scheduled",
    "flight-cancelled",
    "flight-diverted",
    "tier",
];

/// The advice and every notice behind it. The rules' own reasons stand in the journey's triage.
#[must_use]
pub fn advise(seen: &Seen<'_>) -> (Advice, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut note = |code, advice| notices.push(Notice { code, advice });
    match seen.verdict {
        _ if seen.astray => {}
        PassVerdict::Valid => {}
        PassVerdict::Expired => note("pass-expired", Advice::Refer),
        PassVerdict::NotYet => note("pass-not-yet", Advice::Refer),
        PassVerdict::Revoked => note("pass-revoked", Advice::Hold),
        PassVerdict::Forged => note("pass-forged", Advice::Hold),
        PassVerdict::UnknownIssuer => note("pass-unknown-issuer", Advice::Hold),
        PassVerdict::Malformed => note("pass-malformed", Advice::Hold),
    }
    let was_mismatched = seen.journey.is_some_and(|j| j.mismatched_at.is_some());
    match seen.document {
        DocumentCheck::Match => {}
        DocumentCheck::Mismatch => note("document-mismatch", Advice::Hold),
        // It outlasts its own scan: whoever comes back without the document is not clean by that.
        DocumentCheck::Unchecked if was_mismatched => note("document-mismatch-before", Advice::Hold),
        DocumentCheck::Unchecked if seen.damaged_mrz => note("document-damaged", Advice::Refer),
        // Where nobody was found there is nothing to compare it with.
        DocumentCheck::Unchecked if seen.journey.is_none() => {}
        DocumentCheck::Unchecked => note("document-unchecked", Advice::Clear),
    }
    if seen.contested {
        // Which of the two is this person's, their passport says.
        note("another-birth-date", Advice::Refer);
    }
    match seen.journey {
        Some(journey) => about(journey, seen, &mut note),
        None if seen.other_port => note("other-port", Advice::Refer),
        // A genuine pass whose journey is gone, or a code or document that leads nowhere.
        None => note("not-declared", Advice::Refer),
    }
    if let Some(elsewhere) = seen.elsewhere {
        note(elsewhere.code(), elsewhere.advice());
    }
    let advice = notices.iter().map(|n| n.advice).max().unwrap_or(Advice::Clear);
    (advice, notices)
}

fn about(journey: &Journey, seen: &Seen<'_>, note: &mut impl FnMut(&'static str, Advice)) {
    if journey.pass.used_at(seen.stage).is_some() {
        note("already-used", Advice::Hold);
    }
    let ended = journey.disposition.is_some_and(|d| d != super::Disposition::Release);
    if ended {
        note("ended", Advice::Hold);
    }
    for owed in journey.open() {
        match owed.kind {
            ObligationKind::ResolveHold => note("held", Advice::Hold),
            ObligationKind::Examine => note("referred", Advice::Refer),
            ObligationKind::ReviewCorrection => note("corrected", Advice::Refer),
            ObligationKind::CollectSample => note("sample-owed", Advice::Refer),
            ObligationKind::ReportResult => note("result-awaited", Advice::Refer),
            ObligationKind::Conclude => note("to-conclude", Advice::Hold),
            ObligationKind::ServeOrder => note("order-unserved", Advice::Hold),
            // What others owe about the person is none of the lane's business.
            _ => {}
        }
    }
    if journey.triage.tier() > Tier::Green {
        note("tier", Advice::Refer);
    }
    match seen.on_list {
        // Whoever flew without being listed is asked for the boarding pass (journey.md 6.4).
        Some(OnList::No) => note("not-on-list", Advice::Refer),
        Some(OnList::Nearly) => note("nearly-on-list", Advice::Clear),
        Some(OnList::Yes) | None => {}
    }
    match seen.flight {
        None => note("flight-not-scheduled", Advice::Clear),
        // Whoever stands here has come with something else.
        Some(Status::Cancelled) => note("flight-cancelled", Advice::Refer),
        Some(Status::Diverted) => note("flight-diverted", Advice::Refer),
        Some(Status::Scheduled | Status::Airborne | Status::Landed) => {}
    }
}
