//! One person of a list: NAD and what follows it (segment groups 4 and 5).

use jiff::civil::Date;
use pratique_core::country;
use pratique_core::flight::manifest::{Listed, ListedDocument, Part, Places};
use pratique_core::identity::name::clean_name;
use pratique_core::identity::{BirthDate, Name, Sex};

use super::date;
use super::flight::place;
use super::segments::Segment;

/// A person while they are being read.
#[derive(Debug)]
pub(super) struct Reading {
    role: Part,
    transit: bool,
    name: Name,
    birth_date: Option<BirthDate>,
    sex: Option<Sex>,
    nationality: Option<String>,
    seat: Option<String>,
    documents: Vec<ListedDocument>,
    places: Places,
    /// What follows belongs to a document, of which an empty DOC opens none.
    in_document: bool,
    document_open: bool,
}

/// More documents than anybody carries; what comes behind is parked.
const DOCUMENTS_MAX: usize = 20;

impl Reading {
    /// `NAD+FL+++surname:given:given+…`; FM crew, DDU and DDT passengers and crew who do not enter (code list 3035).
    pub(super) fn begin(segment: &Segment) -> Option<Self> {
        let (role, transit) = match segment.at(0, 0) {
            "FM" => (Part::Crew, false),
            "DDT" => (Part::Crew, true),
            "DDU" => (Part::Passenger, true),
            _ => (Part::Passenger, false),
        };
        Some(Reading {
            role,
            transit,
            name: name(segment)?,
            birth_date: None,
            sex: None,
            nationality: None,
            seat: None,
            documents: Vec::new(),
            places: Places::default(),
            in_document: false,
            document_open: false,
        })
    }

    /// Takes a segment; the reason, if it is not understood.
    pub(super) fn take(&mut self, tag: &str, segment: &Segment, on: Date) -> Option<&'static str> {
        match tag {
            "ATT" => self.attribute(segment),
            "DTM" => self.date(segment, on),
            "LOC" => self.place(segment),
            "NAT" => some(segment.value(), |code| self.nationality = Some(state(code))),
            "RFF" => self.reference(segment),
            "DOC" => self.document(segment),
            "SEA" => some(segment.at(0, 0), |seat| self.seat = Some(seat_of(seat))),
            "FTX" if segment.at(0, 0) == "SEA" => some(segment.value(), |seat| self.seat = Some(seat_of(seat))),
            // Baggage, verification, contact, work, words: understood, and nothing that we need of a person.
            "MEA" | "GEI" | "GIS" | "FTX" | "COM" | "EMP" | "CPI" | "QTY" | "CTA" | "BGM" | "UNS" | "AUT" => None,
            _ => Some("unknown-segment"),
        }
    }

    /// `ATT+2++M`, `ATT+2++1` as ISO/IEC 5218 has it.
    fn attribute(&mut self, segment: &Segment) -> Option<&'static str> {
        if segment.at(0, 0) != "2" {
            return Some("unknown-qualifier");
        }
        self.sex = match segment.value().to_ascii_uppercase().as_str() {
            "M" | "1" => Some(Sex::M),
            "F" | "2" => Some(Sex::F),
            "X" | "U" | "0" | "9" => Some(Sex::X),
            "" => None,
            _ => return Some("not-a-sex"),
        };
        None
    }

    fn date(&mut self, segment: &Segment, on: Date) -> Option<&'static str> {
        let value = segment.value();
        match (segment.at(0, 0), value) {
            ("329" | "36", "") => None,
            ("329", _) => {
                self.birth_date = date::birth(value, on);
                self.birth_date.is_none().then_some("not-a-date")
            }
            ("36", _) => {
                let read = date::expiry(value, on);
                match self.documents.last_mut().filter(|_| self.document_open) {
                    Some(document) => document.expires = read,
                    None if self.in_document => return None,
                    None => return Some("no-document"),
                }
                read.is_none().then_some("not-a-date")
            }
            // Dates of other things: of issue (182), of a visa, of a booking.
            ("182" | "137" | "184" | "194" | "189" | "232" | "10" | "554", _) => None,
            _ => Some("unknown-qualifier"),
        }
    }

    fn place(&mut self, segment: &Segment) -> Option<&'static str> {
        let place = place(segment);
        let place = (!place.is_empty()).then_some(place);
        let qualifier = segment.at(0, 0);
        let slot = match qualifier {
            "178" => &mut self.places.embarks,
            "179" => &mut self.places.disembarks,
            "22" => &mut self.places.clears,
            "174" => &mut self.places.residence,
            "180" => &mut self.places.birth_place,
            "SEA" => return some(&place.unwrap_or_default(), |seat| self.seat = Some(seat_of(seat))),
            "91" => return self.issuer(place),
            // Places of the way, a visa's place of issue, addresses: nothing that we keep.
            "92" | "125" | "87" | "130" | "188" | "229" | "27" => return None,
            _ => return Some("unknown-qualifier"),
        };
        *slot = match qualifier {
            "174" => place.map(|code| state(&code)),
            _ => place,
        };
        None
    }

    fn issuer(&mut self, place: Option<String>) -> Option<&'static str> {
        match self.documents.last_mut().filter(|_| self.document_open) {
            Some(document) => document.issuer = place.map(|code| state(&code)),
            None if self.in_document || place.is_none() => {}
            None => return Some("no-document"),
        }
        None
    }

    /// Only the seat is kept: locators and the sender's own references are no business of ours.
    fn reference(&mut self, segment: &Segment) -> Option<&'static str> {
        match segment.at(0, 0) {
            "SEA" => some(segment.value(), |seat| self.seat = Some(seat_of(seat))),
            qualifier if (2..=3).contains(&qualifier.len()) => None,
            _ => Some("unknown-qualifier"),
        }
    }

    /// `DOC+P:110:111+MB140241`; the type may be empty, and senders write empty ones to fill a form.
    fn document(&mut self, segment: &Segment) -> Option<&'static str> {
        let number: String = segment.at(1, 0).chars().filter(|c| !c.is_whitespace()).take(40).collect();
        (self.in_document, self.document_open) = (true, false);
        if number.is_empty() {
            return (!segment.at(0, 0).is_empty()).then_some("no-number");
        }
        if self.documents.len() >= DOCUMENTS_MAX {
            return Some("too-many");
        }
        let kind = segment.at(0, 0);
        let kind = (!kind.is_empty()).then(|| kind.to_ascii_uppercase());
        self.documents.push(ListedDocument { kind, number, issuer: None, expires: None });
        self.document_open = true;
        None
    }
}

impl From<Reading> for Listed {
    fn from(read: Reading) -> Listed {
        Listed {
            role: read.role,
            transit: read.transit,
            name: read.name,
            birth_date: read.birth_date,
            sex: read.sex,
            nationality: read.nationality,
            seat: read.seat,
            documents: read.documents,
            places: read.places,
        }
    }
}

/// Surname, then given names; some senders write one component with a slash, as on a ticket.
fn name(segment: &Segment) -> Option<Name> {
    let written =
        [3, 2, 4].into_iter().map(|n| segment.components(n)).find(|c| c.iter().any(|text| !text.is_empty()))?;
    let parts: Vec<&str> = match written {
        [one] => one.splitn(2, '/').collect(),
        several => several.iter().map(String::as_str).collect(),
    };
    let mut parts = parts.into_iter().filter_map(|part| clean_name(&part.replace(['<', '>'], " ")).ok());
    let primary = parts.next()?;
    let given: Vec<String> = parts.collect();
    Some(Name { primary, secondary: (!given.is_empty()).then(|| given.join(" ")), native: None })
}

/// A state's code as we keep it; one that no list has, as sent.
fn state(code: &str) -> String {
    country::canonical(code).map_or_else(|| code.to_ascii_uppercase(), str::to_owned)
}

fn seat_of(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).take(5).collect::<String>().to_ascii_uppercase()
}

/// Does something with a value that is there; what is empty says nothing.
fn some(value: &str, mut keep: impl FnMut(&str)) -> Option<&'static str> {
    if !value.is_empty() {
        keep(value);
    }
    None
}
