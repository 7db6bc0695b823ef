//! A scan as it comes in, as it is kept, and as it is answered: the shapes that the scan's action and lookups share.

use jiff::Timestamp;
use jiff::civil::Date;
use pratique_core::code::ShortCode;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::advice::{self, PassVerdict};
use pratique_core::journey::{self, DocumentCheck, Use};
use pratique_core::port::Port;
use pratique_formats::mrz;
use serde::{Deserialize, Serialize};

/// A scan as a station sends it (contract.md, `POST /checkpoint/scans`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanRequest {
    /// The client's own UUID: sending it again gives the first answer.
    pub scan_id: String,
    /// The station's code.
    pub station: String,
    /// The text of a QR code.
    #[serde(default)]
    pub pass: Option<String>,
    /// A short code, typed.
    #[serde(default)]
    pub code: Option<String>,
    /// A document, typed.
    #[serde(default)]
    pub document: Option<TypedDocument>,
    /// The machine-readable zone of the document in front of the officer.
    #[serde(default)]
    pub mrz: Option<String>,
    /// When the client scanned it, if not now (offline). Recorded beside our own time, never instead of it.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

impl ScanRequest {
    /// Everything in it that cannot be, before anything is looked for.
    #[must_use]
    pub fn faults(&self, port: &Port, today: Date) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut add = |is_wrong: bool, pointer: &str, code: &str| {
            if is_wrong {
                faults.push(FieldError::new(pointer, code));
            }
        };
        let said = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        add(self.scan_id.parse::<Id>().is_err(), "/scan_id", "not-a-uuid");
        add(port.station(&self.station).is_none(), "/station", "not-a-station");
        // Which of the two would count is no business of chance.
        let both = said(&self.pass) && said(&self.code);
        add(both, "/pass", "one-of-two");
        add(both, "/code", "one-of-two");
        let nothing = self.pass.is_none() && self.code.is_none() && self.document.is_none() && !said(&self.mrz);
        add(nothing, "/pass", "nothing-scanned");
        let code = self.code.as_deref().filter(|_| !both && self.pass.is_none());
        add(code.is_some_and(|code| code.parse::<ShortCode>().is_err()), "/code", "not-a-code");
        let zone = self.mrz.as_deref().map(str::trim).filter(|zone| !zone.is_empty());
        add(zone.is_some_and(|zone| mrz::read(zone, today).is_err()), "/mrz", "not-an-mrz");
        faults
    }
}

/// A document as an officer types it: its number alone, or with what else is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TypedDocument {
    /// The number.
    Number(String),
    /// More of it.
    Parts {
        /// The number.
        number: String,
        /// The issuing state.
        #[serde(default)]
        issuer: Option<String>,
        /// The holder's birth date.
        #[serde(default)]
        birth_date: Option<String>,
    },
}

/// What the store keeps of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRecord {
    /// The port.
    pub port: String,
    /// The station.
    pub station: String,
    /// The stage that a clearance on it uses up.
    pub stage: String,
    /// When we received it.
    pub at: Timestamp,
    /// When the station says it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_at: Option<Timestamp>,
    /// Who scanned.
    pub by: String,
    /// The journey that it led to.
    pub journey: Option<Id>,
    /// The pass.
    pub verdict: PassVerdict,
    /// The document.
    pub document: DocumentCheck,
    /// What was advised.
    pub advice: advice::Advice,
    /// The notices behind it, so that the verdict can be shown again as it was; the rules' reasons stand in the journey.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeRecord>,
    /// Other journeys of the same document, or of the one in the officer's hand, that spoke against going on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Id>,
    /// Where the pass had been used up before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<UsedAnswer>,
    /// How the person stood to the flight's list.
    #[serde(default = "no_list")]
    pub manifest: String,
    /// What was decided, once somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<journey::Decision>,
    /// Who decided that, and when: what a decision is taken back by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ActRecord>,
    /// The decision that was taken back last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<UndoneRecord>,
}

impl ScanRecord {
    /// What is said of the pass (`pass-verdict-NAME`): of a code or a number that leads to nobody that it does so, since it never
    /// was a pass that could be read.
    #[must_use]
    pub fn pass_said(&self) -> &'static str {
        let is_unread = self.notices.iter().any(|notice| notice.code == "pass-malformed");
        match self.verdict {
            PassVerdict::Malformed if self.journey.is_none() && !is_unread => "nobody",
            verdict => verdict.name(),
        }
    }
}

fn no_list() -> String {
    "unknown".to_owned()
}

/// The decision that stands, as a scan's record keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRecord {
    /// What.
    pub decision: journey::Decision,
    /// The officer.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How many events the journey had after it.
    pub seq: i64,
    /// What had been decided on the same scan before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<journey::Decision>,
    /// The console went on by itself, after the countdown that the officer let run out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_itself: bool,
}

/// A decision that was taken back, as a scan's record keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneRecord {
    /// What.
    pub decision: journey::Decision,
    /// The officer.
    pub by: String,
    /// When it was taken back.
    pub at: Timestamp,
}

/// A notice, as a scan's record keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRecord {
    /// The notice's code.
    pub code: String,
    /// What it alone advises.
    pub advice: advice::Advice,
}

impl From<&advice::Notice> for NoticeRecord {
    fn from(notice: &advice::Notice) -> Self {
        NoticeRecord { code: notice.code.to_owned(), advice: notice.advice }
    }
}

/// The pass's part of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassAnswer {
    /// How the pass stands.
    pub verdict: PassVerdict,
}

/// One reason, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonAnswer {
    /// `rule` or `notice`.
    pub kind: String,
    /// The rule's id or the notice's code.
    pub code: String,
    /// What it alone advises.
    pub advice: advice::Advice,
    /// In words.
    pub text: String,
}

/// By what a tier and its reasons were judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedBy {
    /// The rule set's version.
    pub rules: String,
    /// The pack's id and version, `respiratory@1`.
    pub pack: String,
}

/// Where and by whom a pass was used up before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedAnswer {
    /// The stage.
    pub stage: String,
    /// The station.
    pub station: String,
    /// When.
    pub at: Timestamp,
    /// The officer.
    pub by: String,
}

impl From<&Use> for UsedAnswer {
    fn from(used: &Use) -> Self {
        UsedAnswer { stage: used.stage.clone(), station: used.station.clone(), at: used.at, by: used.by.clone() }
    }
}

/// The answer to a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// The scan's own id, for the decision.
    pub scan_id: Id,
    /// The pass.
    pub pass: PassAnswer,
    /// The document beside it.
    pub document: DocumentCheck,
    /// Whether the flight's manifest has this person; `unknown` where there is none.
    pub manifest: String,
    /// The tier; absent where no journey was found.
    pub tier: Option<String>,
    /// Every reason, weightiest first.
    pub reasons: Vec<ReasonAnswer>,
    /// By what they were judged; absent where no rules have run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<JudgedBy>,
    /// Set if the pass was used up at this stage before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<UsedAnswer>,
    /// What is advised.
    pub advice: advice::Advice,
    /// The journey; absent where none was found.
    pub journey: Option<Id>,
    /// What is shown of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The flight declared for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<String>,
}
