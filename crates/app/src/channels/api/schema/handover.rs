//! What departments are given.

use utoipa::ToSchema;

use super::checkpoint::{JudgedBy, Tier};

/// One handover. No person is named.
#[derive(Debug, ToSchema)]
pub struct Handover {
    /// Its id.
    pub id: String,
    /// The journey.
    pub journey: String,
    /// The department, as the port's file names it.
    pub to: String,
    /// Who offered it.
    pub offered_by: String,
    /// When.
    #[schema(format = DateTime)]
    pub offered_at: String,
    /// `offered`, `accepted`, `declined`, `answered` or `withdrawn`.
    pub state: String,
    /// Who accepted, declined, answered or took it back.
    pub by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// The report that it was answered with.
    pub report: Option<String>,
    /// By when the department accepts, or reports back.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Half of the time is gone: amber; all of it: red.
    pub urgency: Option<Tier>,
    /// How far up the ladder it was carried: 0 for none.
    pub level: Option<u8>,
}

/// A page of an inbox.
#[derive(Debug, ToSchema)]
pub struct InboxPage {
    /// What the department was given.
    pub handovers: Vec<Handover>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
}

/// One handover with the person, as the department's purpose allows.
#[derive(Debug, ToSchema)]
pub struct HandoverView {
    /// Its id.
    pub id: String,
    /// The journey.
    pub journey: String,
    /// The department, as the port's file names it.
    pub to: String,
    /// What the department may know people for: `isolation`, `tracing`, `joint-prevention` or `treatment`.
    pub purpose: String,
    /// Who offered it.
    pub offered_by: String,
    /// When.
    #[schema(format = DateTime)]
    pub offered_at: String,
    /// `offered`, `accepted`, `declined`, `answered` or `withdrawn`.
    pub state: String,
    /// Who accepted, declined, answered or took it back.
    pub by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// The report that it was answered with.
    pub report: Option<String>,
    /// By when the department accepts, or reports back.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Half of the time is gone: amber; all of it: red.
    pub urgency: Option<Tier>,
    /// How far up the ladder it was carried: 0 for none.
    pub level: Option<u8>,
    /// The sender's words.
    pub note: Option<String>,
    /// The department's own words, as it declined or answered.
    pub answer: Option<String>,
    /// The person. A field that the purpose does not need is not there.
    pub person: Shared,
}

/// A person as a department may know them. A field that the purpose does not need, or that nobody knows, is not there.
#[derive(Debug, ToSchema)]
pub struct Shared {
    /// The name.
    pub name: Option<String>,
    /// The document.
    pub document: Option<Paper>,
    /// The end of its number.
    pub document_tail: Option<String>,
    /// The birth date, as far as it is known.
    pub birth_date: Option<String>,
    /// Ten years of age: `30-39`.
    pub age_band: Option<String>,
    /// `F`, `M` or `X`.
    pub sex: Option<String>,
    /// State code.
    pub nationality: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address for the next 14 days.
    pub address: Option<String>,
    /// The flight.
    pub flight: Option<String>,
    /// The seat.
    pub seat: Option<String>,
    /// Journeys declared together with this one.
    pub companions: Option<Vec<String>>,
    /// The tier.
    pub tier: Option<Tier>,
    /// Why the rules said so.
    pub reasons: Option<Vec<String>>,
    /// By what they were judged.
    pub judged_by: Option<JudgedBy>,
    /// What the desk found.
    pub findings: Option<Vec<Finding>>,
    /// What it measured and saw, oldest first.
    pub examinations: Option<Vec<SharedExamination>>,
    /// Where they were and whom they met, as they answered the desk, oldest first.
    pub investigations: Option<Vec<SharedInvestigation>>,
    /// Where samples are.
    pub samples: Option<Vec<SharedSample>>,
    /// Released results.
    pub results: Option<Vec<SharedResult>>,
    /// Orders that were given.
    pub orders: Option<Vec<SharedOrder>>,
    /// Cases that they are a contact of.
    pub contacts: Option<Vec<SharedContact>>,
}

/// A travel document.
#[derive(Debug, ToSchema)]
pub struct Paper {
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
}

/// What the desk found.
#[derive(Debug, ToSchema)]
pub struct Finding {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// In the doctor's words.
    pub text: String,
}

/// One examination at the desk.
#[derive(Debug, ToSchema)]
pub struct SharedExamination {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Every reading: `value_c` in degrees Celsius; `site`, `device` and `at` where the desk said so.
    pub temperatures: Vec<serde_json::Value>,
    /// Codes of the pack's symptoms.
    pub symptoms: Vec<String>,
    /// The pack whose codes they are, as `respiratory@1`.
    pub pack: String,
}

/// One investigation at the desk.
#[derive(Debug, ToSchema)]
pub struct SharedInvestigation {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The pack whose form it was.
    pub pack: String,
    /// The form's version.
    pub questionnaire: String,
    /// The answers by `linkId`, as in a declaration.
    pub answers: serde_json::Value,
}

/// A sample.
#[derive(Debug, ToSchema)]
pub struct SharedSample {
    /// Its number in the journey.
    pub sample: u32,
    /// Where it stands.
    pub state: String,
}

/// A result.
#[derive(Debug, ToSchema)]
pub struct SharedResult {
    /// The sample's number in the journey.
    pub sample: u32,
    /// `positive`, `negative`, `inconclusive` or `invalid`.
    pub result: String,
    /// When it was released.
    #[schema(format = DateTime)]
    pub at: String,
    /// 1, and one more for each amendment.
    pub version: u32,
}

/// An order.
#[derive(Debug, ToSchema)]
pub struct SharedOrder {
    /// Its number in the journey.
    pub order: u32,
    /// What is ordered.
    pub measure: String,
    /// `issued`, `active` or `ended`.
    pub state: String,
    /// When it ends.
    #[schema(format = DateTime)]
    pub until: Option<String>,
}

/// A tie to a case.
#[derive(Debug, ToSchema)]
pub struct SharedContact {
    /// The case's journey.
    pub case: String,
    /// Why: `same-party`, `seat`, `crew`, `asked`, `examined-together`.
    pub rule: String,
    /// Rows between the two.
    pub rows: Option<u32>,
}

/// An offer as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"journey": "01989f4e-0000-7000-8000-000000000000", "to": "hospital", "note": "39.4 °C, oxygen on the way"}))]
pub struct HandOverRequest {
    /// Whose journey.
    pub journey: String,
    /// The department, as the port's file names it.
    pub to: String,
    /// Words for whoever receives it. Kept sealed.
    pub note: Option<String>,
}

/// A refusal as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"reason": "No bed free before tomorrow"}))]
pub struct DeclineRequest {
    /// Why. Kept sealed.
    pub reason: String,
}

/// A report as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"report": "completed", "note": "Ten days, no symptoms"}))]
pub struct ReportRequest {
    /// `completed`, `discharged`, `contacts-reached`, `not-found` or `passed-on`.
    pub report: String,
    /// Words about it. Kept sealed.
    pub note: Option<String>,
}

/// What an act on a handover did.
#[derive(Debug, ToSchema)]
pub struct Handed {
    /// The handover.
    pub id: String,
    /// The department.
    pub to: String,
    /// `offered`, `accepted`, `declined`, `answered` or `withdrawn`.
    pub state: String,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
    /// Nothing is owed any more and the entry has ended.
    pub closed: bool,
}
