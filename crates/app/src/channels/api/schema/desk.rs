//! The medical desk.

use utoipa::ToSchema;

use super::checkpoint::{JudgedBy, Reason, Tier};

/// An examination as a desk sends it. The person is named by `journey`, `scan_id` or `obligation`.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"obligation": "0192f7a0-0000-7000-8000-000000000001.1", "station": "T3D-D01", "temperature_c": [{"value": 37.6, "device": "camera"}, {"value": 36.8, "site": "ear", "device": "infrared"}], "symptoms": ["dry_cough"], "note": "Coughs since childhood"}))]
pub struct ExaminationRequest {
    /// The journey.
    pub journey: Option<String>,
    /// A scan of the person's pass.
    pub scan_id: Option<String>,
    /// Something that is owed for them.
    pub obligation: Option<String>,
    /// The desk's code.
    pub station: String,
    /// A number, or a list of numbers and of readings in full, in the order in which they were taken: 30.0 to 45.0 °C.
    pub temperature_c: Option<Measured>,
    /// Codes of the symptoms in the port's form.
    pub symptoms: Option<Vec<String>>,
    /// In words. Kept sealed.
    pub note: Option<String>,
}

/// One reading or several.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum Measured {
    /// One, in degrees Celsius.
    One(f64),
    /// Several.
    Several(Vec<Reading>),
}

/// A reading.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum Reading {
    /// In degrees Celsius.
    Value(f64),
    /// In full.
    Full(FullReading),
}

/// A reading in full.
#[derive(Debug, ToSchema)]
pub struct FullReading {
    /// In degrees Celsius.
    pub value: f64,
    /// `forehead`, `ear`, `armpit`, `mouth` or `wrist`.
    pub site: Option<String>,
    /// `camera`, `infrared` or `contact`.
    pub device: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub at: Option<String>,
}

/// What an examination did.
#[derive(Debug, ToSchema)]
pub struct ExaminationAnswer {
    /// The journey.
    pub journey: String,
    /// The tier now.
    pub tier: Tier,
    /// Every rule that hit.
    pub reasons: Vec<Reason>,
    /// By what they were judged.
    pub judged_by: Option<JudgedBy>,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
}

/// An investigation as a desk sends it. The person is named by `journey`, `scan_id` or `obligation`.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"journey": "0192f7a0-0000-7000-8000-000000000001", "answers": {"exposed_case": false, "exposed_hospital": false, "exposed_animal": false, "exposed_cluster": false, "vaccinated": true}}))]
pub struct InvestigationRequest {
    /// The journey.
    pub journey: Option<String>,
    /// A scan of the person's pass.
    pub scan_id: Option<String>,
    /// Something that is owed for them.
    pub obligation: Option<String>,
    /// The form that was asked: version, url, or `url|version`.
    pub questionnaire: Option<String>,
    /// The answers by `linkId`.
    #[schema(value_type = Object)]
    pub answers: String,
    /// In words. Kept sealed.
    pub note: Option<String>,
}

/// What an investigation did.
#[derive(Debug, ToSchema)]
pub struct InvestigationAnswer {
    /// The journey.
    pub journey: String,
    /// The form's version.
    pub questionnaire: String,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
}
