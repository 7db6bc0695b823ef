//! A journey as a whole.

use utoipa::ToSchema;

/// The class of an entry.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"class": "transit", "departs": "2026-11-24T15:30:00Z"}))]
pub struct ClassRequest {
    /// `entering`, `transit` or `crew`.
    pub class: String,
    /// When they fly on, for a transit or a crew.
    #[schema(format = DateTime)]
    pub departs: Option<String>,
}

/// The end of an entry.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"disposition": "no-show", "reason": "The carrier confirmed that they did not board"}))]
pub struct DispositionRequest {
    /// `departed`, `onward-transfer`, `crew-rest`, `diverted`, `no-show`, `deceased` or `void`.
    pub disposition: String,
    /// The evidence, in words; needed. Kept sealed.
    pub reason: Option<String>,
}

/// What the journey still owes.
#[derive(Debug, ToSchema)]
pub struct JourneyDone {
    /// The journey.
    pub journey: String,
    /// Ids of what it still owes.
    pub still_open: Vec<String>,
    /// Nothing is owed any more and the entry has ended.
    pub closed: bool,
}
