//! Plates, runs, results.

use std::collections::BTreeMap;

use utoipa::ToSchema;

/// A tube that gives no result, as sent.
#[derive(Debug, ToSchema)]
pub struct RejectRequest {
    /// The tube.
    pub label: String,
    /// `leaking`, `insufficient`, `unlabelled`, `mislabelled`, `contaminated`, `spoiled`.
    pub why: String,
}

/// A tube given up, as sent.
#[derive(Debug, ToSchema)]
pub struct LoseRequest {
    /// The tube.
    pub label: String,
}

/// A plate asked for.
#[derive(Debug, ToSchema)]
pub struct PlateRequest {
    /// The assay's id; the pack's first if left out.
    pub assay: Option<String>,
    /// Up to 93 tubes in their order; the longest waiting if left out.
    pub labels: Option<Vec<String>>,
}

/// A plate in short.
#[derive(Debug, ToSchema)]
pub struct PlateLine {
    /// Its id.
    pub id: String,
    /// `P-` and eight characters: what instruments are told.
    pub name: String,
    /// The assay.
    pub assay: String,
    /// `built`, `accepted`, `rejected`.
    pub state: String,
    /// When it was built.
    #[schema(format = DateTime)]
    pub built_at: String,
    /// By whom.
    pub built_by: String,
    /// How many tubes are on it.
    pub tubes: usize,
}

/// The newest plates.
#[derive(Debug, ToSchema)]
pub struct PlateList {
    /// Newest first, of each state at most 50.
    pub plates: Vec<PlateLine>,
}

/// A well.
#[derive(Debug, ToSchema)]
pub struct Well {
    /// `A1` to `H12`.
    pub well: String,
    /// `positive`, `extraction`, `no-template`, for a control.
    pub control: Option<String>,
    /// The tube.
    pub label: Option<String>,
    /// What the well says, on an accepted plate.
    pub call: Option<String>,
    /// Where the tube's test on this plate stands; null if it went to another.
    pub test: Option<String>,
}

/// What is wrong with a control.
#[derive(Debug, ToSchema)]
pub struct ControlFault {
    /// Which.
    pub control: String,
    /// The channel.
    pub channel: String,
    /// `missing`, `early`, `late`, `amplified`.
    pub why: String,
}

/// The run that a plate had.
#[derive(Debug, ToSchema)]
pub struct Run {
    /// The format that the file was read as.
    pub instrument: String,
    /// Who imported it.
    pub by: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The file's SHA-256.
    pub sha256: String,
}

/// A plate with its map.
#[derive(Debug, ToSchema)]
pub struct Plate {
    /// Its id.
    pub id: String,
    /// `P-` and eight characters.
    pub name: String,
    /// The assay.
    pub assay: String,
    /// `built`, `accepted`, `rejected`.
    pub state: String,
    /// When it was built.
    #[schema(format = DateTime)]
    pub built_at: String,
    /// By whom.
    pub built_by: String,
    /// How many tubes are on it.
    pub tubes: usize,
    /// The wells in use, in the order of filling.
    pub wells: Vec<Well>,
    /// Why the controls do not let it count.
    pub controls: Vec<ControlFault>,
    /// Its run.
    pub run: Option<Run>,
}

/// One thing in a file that does not fit.
#[derive(Debug, ToSchema)]
pub struct RunFault {
    /// The line; null for what is missing.
    pub line: Option<u64>,
    /// The column; null for a whole row.
    pub column: Option<u64>,
    /// The well.
    pub well: Option<String>,
    /// `other-plate`, `empty-well`, `unknown-label`, `other-label`, `unknown-target`, `twice`, `missing`; of a file that cannot be
    /// read `not-utf8`, `too-large`, `no-results`, `no-column`, `empty`, `cell-too-long`, `extra-cell`, `not-a-well`, `not-a-cycle`.
    pub code: String,
    /// In the caller's language.
    pub message: String,
}

/// What one well says.
#[derive(Debug, ToSchema)]
pub struct WellCall {
    /// The well.
    pub well: String,
    /// The tube.
    pub label: String,
    /// `positive`, `negative`, `inconclusive`, `invalid`.
    pub result: String,
}

/// What a file says, and what became of it.
#[derive(Debug, ToSchema)]
pub struct RunAnswer {
    /// The plate.
    pub plate: String,
    /// Its name.
    pub name: String,
    /// The format that it was read as.
    pub format: String,
    /// It was written: false for a dry run, and for a file that was imported before.
    pub applied: bool,
    /// What became of the plate, or would.
    pub state: String,
    /// What does not fit, at most 200; then nothing is taken.
    pub faults: Vec<RunFault>,
    /// What is wrong with the controls; then all tests wait for another plate.
    pub controls: Vec<ControlFault>,
    /// What each well says.
    pub calls: Vec<WellCall>,
    /// How many wells say what.
    pub counts: BTreeMap<String, usize>,
}

/// A result as read, or as it should have been.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"result": "negative"}))]
pub struct ResultRequest {
    /// `positive`, `negative`, `inconclusive`, `invalid`.
    pub result: String,
}

/// A result that was not released with its plate.
#[derive(Debug, ToSchema)]
pub struct LeftResult {
    /// The tube.
    pub label: String,
    /// What it says.
    pub result: String,
}

/// What was released of a plate.
#[derive(Debug, ToSchema)]
pub struct PlateReleased {
    /// The plate.
    pub plate: String,
    /// Labels of the negatives that are final now.
    pub released: Vec<String>,
    /// What waits to be released one by one.
    pub left: Vec<LeftResult>,
}

/// What became of an amendment.
#[derive(Debug, ToSchema)]
pub struct Amended {
    /// The tube.
    pub label: String,
    /// `proposed`: a second person must send the same; `amended`.
    pub state: String,
    /// The new result.
    pub result: String,
    /// Who found the error.
    pub found_by: String,
}

/// One step of a sample's way.
#[derive(Debug, ToSchema)]
pub struct CustodyStep {
    /// `ordered`, `labelled`, `collected`, `sent`, `missing`, `queued`, `on-plate`, `read`.
    pub step: String,
    /// How many samples are there.
    pub count: usize,
    /// Whose time for the next step is over.
    pub late: usize,
    /// For which nobody owes a next step.
    pub astray: usize,
}

/// Where all samples are.
#[derive(Debug, ToSchema)]
pub struct Custody {
    /// Step by step.
    pub steps: Vec<CustodyStep>,
    /// People of whom a sample is to be taken, late or owed by nobody. Nought is how it should be.
    pub people_without_tube: usize,
    /// Tubes whose next step is late or owed by nobody. Nought is how it should be.
    pub tubes_without_step: usize,
}
