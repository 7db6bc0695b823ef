//! Manifests, who has not declared, and a flight's health part.

use std::collections::HashMap;

use utoipa::ToSchema;

/// A manifest in JSON: what `pratique manifest` writes.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"flight": {"carrier": "CA", "number": "938", "legs": []}, "people": [{"role": "passenger",
    "name": {"primary": "LI", "secondary": "NA"}, "birth_date": "1988-03-02", "sex": "F", "nationality": "CHN", "seat": "31A",
    "documents": [{"type": "P", "number": "E12345678", "issuer": "CHN", "expires": "2031-01-31"}]}], "parked": []}))]
pub struct Manifest {
    /// Carrier, number, legs.
    pub flight: Option<serde_json::Value>,
    /// Passengers and crew.
    pub people: Vec<serde_json::Value>,
    /// What was not understood before.
    pub parked: Option<Vec<serde_json::Value>>,
}

/// What became of a manifest. It names nobody.
#[derive(Debug, ToSchema)]
pub struct HandedIn {
    /// The flight.
    pub flight: String,
    /// Which edition counts now; older ones are kept.
    pub edition: i64,
    /// Passengers.
    pub passengers: u64,
    /// Crew.
    pub crew: u64,
    /// What was not understood, by its place.
    pub parked: Vec<ParkedAt>,
    /// What did not add up.
    pub warnings: Vec<Warning>,
}

/// A piece that was not understood.
#[derive(Debug, ToSchema)]
pub struct ParkedAt {
    /// The segment's number in the interchange, or the line of the file; from 1.
    pub position: u64,
    /// The column, in a file with columns.
    pub column: Option<String>,
    /// Why, as a code.
    pub reason: String,
}

/// A count that differs.
#[derive(Debug, ToSchema)]
pub struct Warning {
    /// `count-differs` or `more-parked`.
    pub code: String,
    /// What the list says.
    pub said: u64,
    /// What was found.
    pub found: u64,
}

/// Who of a flight has declared.
#[derive(Debug, ToSchema)]
pub struct Readiness {
    /// The flight.
    pub flight: String,
    /// The newest manifest.
    pub manifest: Option<Edition>,
    /// People on it.
    pub listed: u64,
    /// Of them, who declared: by the same document, or as a person said.
    pub declared: u64,
    /// Of them, who did not and should.
    pub not_declared: u64,
    /// Where they sit.
    pub not_declared_seats: Vec<Seat>,
    /// Declarations that may be one of theirs, for a person to look at.
    pub to_review: u64,
    /// Declarations for the flight of people who are not on it, those to review among them.
    pub unlisted: u64,
    /// Where everybody is.
    pub balance: Balance,
}

/// An edition of a manifest.
#[derive(Debug, ToSchema)]
pub struct Edition {
    /// Its number.
    pub edition: i64,
    /// When it came.
    #[schema(format = DateTime)]
    pub received_at: String,
    /// Passengers.
    pub passengers: u64,
    /// Crew.
    pub crew: u64,
    /// How many pieces were not understood.
    pub parked: u64,
    /// What did not add up.
    pub warnings: Vec<Warning>,
}

/// One who has not declared.
#[derive(Debug, ToSchema)]
pub struct Seat {
    /// Their line of the manifest.
    pub id: String,
    /// `passenger` or `crew`.
    pub role: String,
    /// Where they sit.
    pub seat: Option<String>,
}

/// A flight's balance.
#[derive(Debug, ToSchema)]
pub struct Balance {
    /// On the manifest.
    pub manifest: u64,
    /// Declared, and not on it.
    pub unlisted: u64,
    /// Went on.
    pub cleared: u64,
    /// Ended another way, by its name.
    pub ended: HashMap<String, u64>,
    /// Still to be seen, or owed something.
    pub open: u64,
    /// Did not fly.
    pub no_show: u64,
    /// On the manifest and not seen.
    pub not_found: u64,
    /// Other than 0: somebody is counted twice or not at all.
    pub difference: i64,
}

/// What somebody says of a line of a manifest.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"say": "same", "journey": "0192f7a0-0000-7000-8000-000000000001"}))]
pub struct JudgementRequest {
    /// `same` or `different`, with the journey; `no-show` or `flew`.
    pub say: String,
    /// The declaration's journey.
    pub journey: Option<String>,
}

/// What stands then.
#[derive(Debug, ToSchema)]
pub struct Judged {
    /// The line of the manifest.
    pub listed: String,
    /// What was said.
    pub said: String,
}

/// A question before boarding.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"flight": "CA938", "date": "2026-11-24", "document": {"number": "E12345678", "issuer": "CHN"}}))]
pub struct BoardingRequest {
    /// The flight number.
    pub flight: String,
    /// The date of the scheduled arrival at the port.
    pub date: String,
    /// The document.
    pub document: AskedDocument,
}

/// The document of a question.
#[derive(Debug, ToSchema)]
pub struct AskedDocument {
    /// Its number.
    pub number: String,
    /// The issuing state.
    pub issuer: Option<String>,
}

/// The answer: nothing else of the person.
#[derive(Debug, ToSchema)]
pub struct BoardingAnswer {
    /// `declared`, `early` (to be confirmed within 24 hours of the arrival) or `not-declared`.
    pub status: String,
}

/// A flight's health part, as handed in.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"ill": [{"signs": ["fever", "cough"], "seat": "31A"}], "disinsection": {"method": "residual"},
    "boarding": {"outcome": "free-pratique"}}))]
pub struct InspectionRequest {
    /// People ill on board, or who left earlier.
    pub ill: Option<Vec<Ill>>,
    /// Insects were killed.
    pub disinsection: Option<Treatment>,
    /// The craft was disinfected.
    pub disinfection: Option<Treatment>,
    /// The inspection on board.
    pub boarding: Option<Boarding>,
    /// Words about it; sealed.
    pub note: Option<String>,
}

/// One ill person.
#[derive(Debug, ToSchema)]
pub struct Ill {
    /// `fever`, `unwell`, `cough`, `breathing`, `diarrhoea`, `vomiting`, `rash`, `bleeding`, `confusion` (IHR Annex 9).
    pub signs: Vec<String>,
    /// Where they sit; sealed.
    pub seat: Option<String>,
    /// They left the craft earlier.
    pub left_earlier: Option<bool>,
}

/// A treatment of the craft.
#[derive(Debug, ToSchema)]
pub struct Treatment {
    /// When; now if left out.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// How.
    pub method: Option<String>,
}

/// The inspection on board.
#[derive(Debug, ToSchema)]
pub struct Boarding {
    /// When; now if left out.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// `free-pratique`, `conditional` or `held`.
    pub outcome: String,
}

/// A flight's health part, as recorded: counts and codes.
#[derive(Debug, ToSchema)]
pub struct InspectionView {
    /// Its id.
    pub id: String,
    /// The flight.
    pub flight: String,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who recorded it.
    pub by: String,
    /// How many were ill.
    pub ill: u64,
    /// How many had each sign.
    pub signs: HashMap<String, u64>,
    /// When insects were killed.
    #[schema(format = DateTime)]
    pub disinsected_at: Option<String>,
    /// When the craft was disinfected.
    #[schema(format = DateTime)]
    pub disinfected_at: Option<String>,
    /// When somebody went on board.
    #[schema(format = DateTime)]
    pub boarded_at: Option<String>,
    /// How that ended.
    pub outcome: Option<String>,
}
