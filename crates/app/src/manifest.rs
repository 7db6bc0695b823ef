//! What is kept of a flight's manifest. In clear: counts, codes, seats and blind indexes. Each person is sealed under a key of
//! their own, so that one can be erased and the rest of the list stays; what was parked, which may name anybody, is sealed under
//! the edition's key.

use jiff::Timestamp;
use pratique_core::flight::FlightId;
use pratique_core::flight::manifest::{Part, Warning};
use pratique_core::id::Id;
use serde::{Deserialize, Serialize};

/// The newest edition of a flight's manifest. Older ones are kept: their people stand on lists of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The flight.
    pub flight: FlightId,
    /// Its number, from 1.
    pub edition: i64,
    /// The edition's own id: the key that seals what was parked.
    pub id: Id,
    /// When it came.
    pub at: Timestamp,
    /// Who handed it in.
    pub by: String,
    /// Keyed hash of what was handed in: the same again changes nothing.
    pub hash: String,
    /// Passengers.
    pub passengers: u64,
    /// Crew.
    pub crew: u64,
    /// How many pieces were not understood.
    pub parked: u64,
    /// What did not add up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// One person of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The flight.
    pub flight: FlightId,
    /// Of which edition.
    pub edition: i64,
    /// Passenger or crew.
    pub role: Part,
    /// Where they sit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Keyed hashes of their documents on this arrival (`Indexes::arrival`), by which a declaration is found without opening
    /// anybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrivals: Vec<String>,
    /// The declaration that a person said is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<Mark>,
    /// Declarations that a person said are not theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Mark>,
    /// They did not fly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_show: Option<Mark>,
}

/// What somebody said of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// About which journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journey: Option<Id>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The part under which a person's entry is sealed; there is only one.
pub const ENTRY_PART: i64 = 1;

/// The place of a sealed entry.
pub const ENTRY_PLACE: &str = "listed";
