//! Scans and decisions.

use utoipa::ToSchema;

use super::declaration::ShownState;

/// How a pass stands, live.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum PassVerdict {
    /// Good.
    Valid,
    /// Its time is over.
    Expired,
    /// Declared too early and not confirmed.
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

/// How the document beside it stands.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum DocumentCheck {
    /// It is theirs.
    Match,
    /// It is somebody else's.
    Mismatch,
    /// None was read, or it could not be.
    Unchecked,
}

/// What is advised or decided.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Decision {
    /// May go on.
    Clear,
    /// To the medical desk.
    Refer,
    /// Stays until it is known who this is.
    Hold,
}

/// The tier of an assessment.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Tier {
    /// Nothing stands out.
    Green,
    /// An officer should have a word.
    Amber,
    /// The desk should see the person first.
    Red,
}

/// A document, typed.
#[derive(Debug, ToSchema)]
pub struct TypedDocument {
    /// The number; with the other two it is compared as a zone would be.
    pub number: String,
    /// The issuing state.
    pub issuer: Option<String>,
    /// The holder's birth date.
    pub birth_date: Option<String>,
}

/// A scan as a station sends it: one of `pass`, `code`, `document`, or `mrz` alone.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"scan_id": "0192f7a0-0000-7000-8000-000000000001", "station": "T3D-L01", "code": "7Q2K-9MXT-4BF", "document": {"number": "E12345678"}}))]
pub struct ScanRequest {
    /// The client's own UUID.
    pub scan_id: String,
    /// The station's code, as the port's file has it.
    pub station: String,
    /// The text of a QR code.
    pub pass: Option<String>,
    /// A short code.
    pub code: Option<String>,
    /// A document's number, or more of it.
    #[schema(value_type = Option<TypedDocument>)]
    pub document: Option<TypedDocument>,
    /// The machine-readable zone, lines joined by a line end.
    pub mrz: Option<String>,
    /// When the client scanned it, if not now: a scan made offline is sent later. At most five minutes ahead of our clock.
    #[schema(format = DateTime)]
    pub at: Option<String>,
}

/// The pass's part of a verdict.
#[derive(Debug, ToSchema)]
pub struct PassPart {
    /// How it stands.
    pub verdict: PassVerdict,
}

/// One reason.
#[derive(Debug, ToSchema)]
pub struct Reason {
    /// `rule` or `notice`.
    pub kind: String,
    /// The rule's id, `pratique:` and the name of a reason of our own, or the notice's code.
    pub code: String,
    /// What it alone advises.
    pub advice: Decision,
    /// In the caller's language.
    pub text: String,
}

/// By what a tier and its reasons were judged.
#[derive(Debug, ToSchema)]
pub struct JudgedBy {
    /// The version of the rules.
    pub rules: String,
    /// The pack and its version, as in `respiratory@1.0.1`.
    pub pack: String,
}

/// Where a pass was used up.
#[derive(Debug, ToSchema)]
pub struct Used {
    /// The stage.
    pub stage: String,
    /// The station.
    pub station: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// By whom.
    pub by: String,
}

/// The verdict on a scan.
#[derive(Debug, ToSchema)]
pub struct ScanAnswer {
    /// The scan, for the decision.
    pub scan_id: String,
    /// The pass.
    pub pass: PassPart,
    /// The document beside it.
    pub document: DocumentCheck,
    /// `matched`, `review`, `absent`, or `unknown` while there is no manifest.
    pub manifest: String,
    /// The tier; null where nobody was found.
    pub tier: Option<Tier>,
    /// Every reason, weightiest first.
    pub reasons: Vec<Reason>,
    /// By what they were judged; left out where no rules have run, and for whoever is not told the tier.
    pub judged_by: Option<JudgedBy>,
    /// Set if the pass was used up at this stage before.
    pub used: Option<Used>,
    /// What is advised. The officer decides.
    pub advice: Decision,
    /// The journey; null where none was found.
    pub journey: Option<String>,
    /// Where the entry stands.
    pub state: Option<ShownState>,
    /// The flight declared for.
    pub flight: Option<String>,
}

/// A decision as a station sends it.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"scan_id": "0192f7a0-0000-7000-8000-000000000001", "decision": "clear"}))]
pub struct DecisionRequest {
    /// The scan that it decides.
    pub scan_id: String,
    /// What is decided.
    pub decision: Decision,
    /// Why, in words; needed to clear somebody whom a rule would have seen. Kept sealed.
    pub reason: Option<String>,
    /// The console goes on by itself, after a countdown that the officer let run out: only with `clear`, without a reason, on a
    /// scan that advised it with the right document. Recorded as such.
    pub by_itself: Option<bool>,
}

/// A decision to be taken back.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"scan_id": "0192f7a0-0000-7000-8000-000000000001", "station": "T3D-L01"}))]
pub struct UndoRequest {
    /// The scan that was decided.
    pub scan_id: String,
    /// The station at which it was scanned.
    pub station: String,
}

/// What was taken back.
#[derive(Debug, ToSchema)]
pub struct UndoAnswer {
    /// The scan, which can be decided anew.
    pub scan_id: String,
    /// The decision that stands no more.
    pub undone: Decision,
    /// The journey.
    pub journey: String,
    /// Where the entry stands now.
    pub state: ShownState,
}

/// What a decision did.
#[derive(Debug, ToSchema)]
pub struct DecisionAnswer {
    /// The scan.
    pub scan_id: String,
    /// What was decided.
    pub decision: Decision,
    /// The journey.
    pub journey: String,
    /// Where the entry stands now.
    pub state: ShownState,
    /// Where the pass was used up, by a clearance.
    pub used: Option<Used>,
    /// Ids of what is owed now.
    pub obligations: Option<Vec<String>>,
}
