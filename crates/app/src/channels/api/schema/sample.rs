//! Samples and tubes. Nothing here says whose a tube is.

use utoipa::ToSchema;

/// A sample ordered, as sent: one of the two.
#[derive(Debug, ToSchema)]
pub struct SampleOrderRequest {
    /// The journey, as a scan answers it.
    pub journey: Option<String>,
    /// A scan of the person's pass.
    pub scan_id: Option<String>,
}

/// A sample ordered.
#[derive(Debug, ToSchema)]
pub struct SampleOrdered {
    /// The journey.
    pub journey: String,
    /// The sample's number in it.
    pub number: u32,
    /// By when it is taken.
    #[schema(format = DateTime)]
    pub due: String,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
}

/// A label asked for.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"scan_id": "0193a5c0-0000-7000-8000-000000000001", "consent": "1"}))]
pub struct LabelRequest {
    /// A scan of the person's pass at a booth, at most 15 minutes old.
    pub scan_id: String,
    /// The version of the consent that the person gave.
    pub consent: String,
}

/// A label to print.
#[derive(Debug, ToSchema)]
pub struct Label {
    /// `#` and nine letters and digits.
    pub label: String,
    /// The picture's address: a bar code (Code 128) of the nine, and the letters.
    pub label_svg: String,
    /// The consent's version, kept with the tube.
    pub consent: String,
}

/// A sample taken, as sent.
#[derive(Debug, ToSchema)]
pub struct CollectRequest {
    /// The scan of the person in the chair.
    pub scan_id: String,
    /// `nasopharyngeal` (if left out), `oropharyngeal`, `nasal`, `saliva`, `sputum`.
    pub specimen: Option<String>,
}

/// A sample not taken, as sent.
#[derive(Debug, ToSchema)]
pub struct NotSampledRequest {
    /// The scan of the person in the chair.
    pub scan_id: String,
    /// `refused` or `unable`.
    pub why: String,
    /// In words. Kept sealed.
    pub reason: Option<String>,
}

/// Where one sample is now.
#[derive(Debug, ToSchema)]
pub struct SampleState {
    /// Its label, if a tube has one.
    pub label: Option<String>,
    /// `ordered`, `not-sampled`, `labelled`, `collected`, `sent`, `received`, `rejected`, `missing`, `lost`.
    pub state: String,
}

/// Tubes as scanned.
#[derive(Debug, ToSchema)]
pub struct TubesRequest {
    /// Their labels, with or without `#`.
    pub labels: Vec<String>,
    /// The bag or box: for tubes that are sent.
    pub parcel: Option<String>,
}

/// What became of one tube.
#[derive(Debug, ToSchema)]
pub struct TubeMoved {
    /// The label.
    pub label: String,
    /// Where it is now; null for one that nobody here knows.
    pub state: Option<String>,
    /// It was taken.
    pub ok: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, in the caller's language.
    pub message: Option<String>,
}

/// What became of all tubes.
#[derive(Debug, ToSchema)]
pub struct TubesMoved {
    /// How many were taken.
    pub taken: usize,
    /// How many were not.
    pub refused: usize,
    /// Each, once.
    pub tubes: Vec<TubeMoved>,
}

/// One test of a tube.
#[derive(Debug, ToSchema)]
pub struct Test {
    /// Its number for this sample, from 1.
    pub number: u32,
    /// `queued`, `on-plate`, `read`, `released`.
    pub state: String,
    /// The plate's id.
    pub plate: Option<String>,
    /// The plate's name, `P-` and eight characters.
    pub plate_name: Option<String>,
    /// The well, `A1` to `H12`.
    pub well: Option<String>,
    /// `positive`, `negative`, `inconclusive`, `invalid`.
    pub result: Option<String>,
    /// Who read it.
    pub read_by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub read_at: Option<String>,
    /// The second person.
    pub released_by: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub released_at: Option<String>,
    /// 1, and one more for each amendment.
    pub version: Option<u32>,
}

/// A tube.
#[derive(Debug, ToSchema)]
pub struct Tube {
    /// Its label; null before one is printed.
    pub label: Option<String>,
    /// As in `SampleState`.
    pub state: String,
    /// When the sample was ordered.
    #[schema(format = DateTime)]
    pub ordered_at: String,
    /// It takes the place of one that gave no result.
    pub repeat: bool,
    /// What was taken.
    pub specimen: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    pub collected_at: Option<String>,
    /// By whom.
    pub collected_by: Option<String>,
    /// At which booth.
    pub station: Option<String>,
    /// The bag or box in which it travels.
    pub parcel: Option<String>,
    /// When it came into the laboratory.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// By when its result is owed; null once it is there.
    #[schema(format = DateTime)]
    pub report_due: Option<String>,
    /// Why it was rejected, or not taken.
    pub why: Option<String>,
    /// Its tests; the last one counts.
    pub tests: Vec<Test>,
}

/// A page of tubes.
#[derive(Debug, ToSchema)]
pub struct TubePage {
    /// Tubes, oldest first.
    pub tubes: Vec<Tube>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
}
