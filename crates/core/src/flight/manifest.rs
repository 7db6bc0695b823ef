//! A manifest: who is on board, as the carrier handed it in. What could not be understood is parked beside the rest with its
//! place and its reason, so that a person can look at it; it is never thrown away and never stops what could be read.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::country;
use crate::identity::document::normal_number;
use crate::identity::matching::Identity;
use crate::identity::name::{clean, clean_name};
use crate::identity::{BirthDate, Name, Sex};

/// One flight's list, or what a message gave of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The flight, as the list names it.
    #[serde(default)]
    pub flight: Route,
    /// Passengers and crew, in the order of the list.
    #[serde(default)]
    pub people: Vec<Listed>,
    /// What was not understood.
    #[serde(default)]
    pub parked: Vec<Parked>,
    /// What was understood but does not fit together: a count that differs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A flight with its legs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The carrier's code, `CA`.
    #[serde(default)]
    pub carrier: Option<String>,
    /// The number, `938`.
    #[serde(default)]
    pub number: Option<String>,
    /// Its legs in order.
    #[serde(default)]
    pub legs: Vec<Leg>,
}

/// One leg. Times are local as sent: a list names no zones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The flight that flies it, where it is another than the list's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<String>,
    /// Where it starts.
    #[serde(default)]
    pub from: Option<String>,
    /// Where it ends.
    #[serde(default)]
    pub to: Option<String>,
    /// When it starts.
    #[serde(default)]
    pub departure: Option<DateTime>,
    /// When it ends.
    #[serde(default)]
    pub arrival: Option<DateTime>,
}

/// What somebody is on board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A passenger.
    #[default]
    Passenger,
    /// One of the crew.
    Crew,
}

impl Part {
    /// Both.
    pub const ALL: [Part; 2] = [Part::Passenger, Part::Crew];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Passenger => "passenger",
            Part::Crew => "crew",
        }
    }
}

/// One person of the list. Only the name is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Passenger or crew.
    #[serde(default)]
    pub role: Part,
    /// Travels on without entering (NAD DDU, DDT).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transit: bool,
    /// The name.
    pub name: Name,
    /// The birth date.
    #[serde(default)]
    pub birth_date: Option<BirthDate>,
    /// Sex.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// State code.
    #[serde(default)]
    pub nationality: Option<String>,
    /// The seat.
    #[serde(default)]
    pub seat: Option<String>,
    /// Travel documents.
    #[serde(default)]
    pub documents: Vec<ListedDocument>,
    /// Where this person boards, leaves, is cleared, lives and was born, as far as the list says.
    #[serde(flatten)]
    pub places: Places,
}

impl Listed {
    /// The papers that prove who somebody is: number in its normal form, and issuing state as we write it.
    pub fn papers(&self) -> impl Iterator<Item = (String, String)> {
        let papers = self.documents.iter().filter(|document| document.identifies());
        papers.filter_map(|document| {
            let issuer = document.issuer.as_deref()?;
            Some((normal_number(&document.number)?, country::canonical(issuer).unwrap_or(issuer).to_owned()))
        })
    }
}

/// The places of one person (PAXLST LOC 178, 179, 22, 174, 180).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Where they board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embarks: Option<String>,
    /// Where they leave the craft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disembarks: Option<String>,
    /// Where they are cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clears: Option<String>,
    /// State of residence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<String>,
    /// Place of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_place: Option<String>,
}

/// A document as the list has it: its type is the letter of the list (`P`, `I`, `V`), not one of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedDocument {
    /// Type, where the list says one.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// The number, as sent.
    pub number: String,
    /// The issuing state.
    #[serde(default)]
    pub issuer: Option<String>,
    /// The last day of validity.
    #[serde(default)]
    pub expires: Option<Date>,
}

impl ListedDocument {
    /// Papers that prove who somebody is: all but visas and what the list itself calls other.
    #[must_use]
    pub fn identifies(&self) -> bool {
        !matches!(self.kind.as_deref(), Some("V" | "VI" | "visa"))
    }
}

/// One piece of a list that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The piece as sent: a segment, a line, a cell.
    pub segment: String,
    /// Where it stands: the segment's number in the interchange, or the line of the file; from 1.
    pub position: u64,
    /// The column, in a file with columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why, as a stable code.
    pub reason: String,
}

/// The longest piece kept with a reason.
const PARKED_CHARS_MAX: usize = 200;
/// How many pieces are kept; of a list that is broken throughout, the first ones tell enough.
pub const PARKED_MAX: usize = 1_000;

impl Parked {
    /// A piece, cut to what a screen can show.
    #[must_use]
    pub fn new(segment: &str, position: u64, column: Option<&str>, reason: &str) -> Self {
        Parked {
            segment: segment.chars().filter(|c| !c.is_control()).take(PARKED_CHARS_MAX).collect(),
            position,
            column: column.map(str::to_owned),
            reason: reason.to_owned(),
        }
    }
}

/// Something that does not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// `count-differs` or `more-parked`.
    pub code: String,
    /// What the list says.
    pub said: u64,
    /// What was found.
    pub found: u64,
}

impl Manifest {
    /// Parks a piece, or counts it where too many are parked already.
    pub fn park(&mut self, piece: Parked) {
        if self.parked.len() < PARKED_MAX {
            return self.parked.push(piece);
        }
        match self.warnings.iter_mut().find(|w| w.code == "more-parked") {
            Some(warning) => warning.found += 1,
            None => self.warnings.push(Warning {
                code: "more-parked".to_owned(),
                said: PARKED_MAX as u64,
                found: PARKED_MAX as u64 + 1,
            }),
        }
    }

    /// How many of one part are listed.
    #[must_use]
    pub fn count(&self, part: Part) -> usize {
        self.people.iter().filter(|p| p.role == part).count()
    }

    /// A list as somebody's own program wrote it: what cannot be kept of a person is left out, and whoever has no name that can
    /// be shown is parked.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        let code =
            |text: Option<String>, max: usize| text.and_then(|text| clean(&text, max).ok()).filter(|t| !t.is_empty());
        for (at, mut person) in std::mem::take(&mut self.people).into_iter().enumerate() {
            let Ok(primary) = clean_name(&person.name.primary) else {
                self.park(Parked::new("", at as u64 + 1, None, "no-name"));
                continue;
            };
            let part = |text: &Option<String>| text.as_deref().and_then(|text| clean_name(text).ok());
            person.name = Name { primary, secondary: part(&person.name.secondary), native: part(&person.name.native) };
            person.nationality = code(person.nationality, 3);
            person.seat = code(person.seat, 5);
            person.documents.truncate(20);
            for document in &mut person.documents {
                document.kind = code(document.kind.take(), 20);
                document.issuer = code(document.issuer.take(), 3);
                document.number = clean(&document.number, 40).unwrap_or_default();
            }
            let places = std::mem::take(&mut person.places);
            person.places = Places {
                embarks: code(places.embarks, 40),
                disembarks: code(places.disembarks, 40),
                clears: code(places.clears, 40),
                residence: code(places.residence, 40),
                birth_place: code(places.birth_place, 120),
            };
            self.people.push(person);
        }
        self
    }
}

impl Listed {
    /// What is known of this person, for the match.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let papers = self.documents.iter().filter(|d| d.identifies());
        Identity {
            name: self.name.clone(),
            birth_date: self.birth_date,
            nationality: self.nationality.clone(),
            sex: self.sex,
            documents: papers.map(|d| (d.number.clone(), d.issuer.clone())).collect(),
            flight: None,
            seat: self.seat.clone(),
        }
    }
}
