//! PAXLST: passenger and crew lists in UN/EDIFACT, D.02B to D.15B and the dialects that carriers really send (WCO/IATA/ICAO
//! implementation guide, 2013 and later; journey.md 3).
//!
//! A list is read segment by segment. What is not understood, or not there, is parked or left open; nothing but the absence of
//! any PAXLST message at all is an error.

mod date;
mod flight;
mod person;
mod segments;

use jiff::civil::Date;
use pratique_core::flight::manifest::{Listed, Manifest, Parked, Part, Warning};

use flight::Legs;
use person::Reading;
use segments::{Segment, segments};

/// Why there is no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaxlstError {
    /// No UNH that says PAXLST.
    #[error("no PAXLST message: a list starts with UNB, or UNH+…+PAXLST")]
    NotPaxlst,
}

/// Reads one interchange; several PAXLST messages in it (passengers, then crew) are one list. `today` settles two-digit years
/// where the list names no day of its own.
///
/// # Errors
/// [`PaxlstError::NotPaxlst`].
pub fn read(bytes: &[u8], today: Date) -> Result<Manifest, PaxlstError> {
    let segments = segments(bytes);
    if !segments.iter().any(|s| s.tag == "UNH" && s.at(1, 0).eq_ignore_ascii_case("PAXLST")) {
        return Err(PaxlstError::NotPaxlst);
    }
    // The flight's own day settles two-digit years: a list is often read again years later.
    let legs = flight::legs(&segments);
    let on = legs.day().unwrap_or(today);
    let mut list = List { manifest: Manifest::default(), person: None, listed_before: 0, on, in_list: false };
    for segment in &segments {
        list.take(segment);
    }
    list.close_person();
    let Legs { carrier, number, legs, .. } = legs;
    list.manifest.flight = pratique_core::flight::manifest::Route { carrier, number, legs };
    Ok(list.manifest)
}

struct List {
    manifest: Manifest,
    person: Option<Reading>,
    /// How many people the messages before this one listed.
    listed_before: usize,
    on: Date,
    /// Inside a PAXLST message; what else an interchange carries is not ours.
    in_list: bool,
}

impl List {
    fn take(&mut self, segment: &Segment) {
        match segment.tag.as_str() {
            // Envelopes are the network's: one that is broken (`UNG *PAXLST`) loses nobody.
            _ if segment.fault && ["UNB", "UNG", "UNE", "UNZ"].iter().any(|tag| segment.text.starts_with(tag)) => {}
            _ if segment.fault => self.park(segment, "not-a-segment"),
            "UNH" => {
                self.close_person();
                self.in_list = segment.at(1, 0).eq_ignore_ascii_case("PAXLST");
                self.listed_before = self.manifest.people.len();
            }
            "UNB" | "UNG" | "UNE" | "UNZ" => {}
            _ if !self.in_list => {}
            "NAD" => self.party(segment),
            "CNT" => {
                self.close_person();
                self.control(segment);
            }
            "UNT" => {
                self.close_person();
                self.in_list = false;
            }
            // The head of the list and the end of it; AUT is a seal of the sender's that we cannot check.
            "BGM" | "CTA" | "UNS" | "AUT" if self.person.is_none() => {}
            "TDT" | "GID" => self.close_person(),
            tag => self.detail(tag, segment),
        }
    }

    /// A segment of the person being read; before the first person, of the head.
    fn detail(&mut self, tag: &str, segment: &Segment) {
        let refused = match &mut self.person {
            Some(reading) => reading.take(tag, segment, self.on),
            None => flight::refuses(tag, segment),
        };
        if let Some(reason) = refused {
            self.park(segment, reason);
        }
    }

    fn party(&mut self, segment: &Segment) {
        self.close_person();
        match segment.at(0, 0) {
            // Senders and other addresses of the head are no persons on board.
            "MS" | "MR" | "CA" | "GR" | "ZZZ" => {}
            "FL" | "DDU" | "FM" | "DDT" => match Reading::begin(segment) {
                Some(reading) => self.person = Some(reading),
                None => self.park(segment, "no-name"),
            },
            _ => self.park(segment, "unknown-party"),
        }
    }

    fn close_person(&mut self) {
        if let Some(reading) = self.person.take() {
            let listed: Listed = reading.into();
            self.manifest.people.push(listed);
        }
    }

    /// CNT+42 counts passengers, CNT+41 crew (code list 6069). A count that differs is said and changes nothing.
    fn control(&mut self, segment: &Segment) {
        let part = match segment.at(0, 0) {
            "42" => Part::Passenger,
            "41" => Part::Crew,
            // Counts of other things, e.g. 3, are the sender's own.
            _ => return,
        };
        let Ok(said) = segment.value().parse::<u64>() else { return self.park(segment, "not-a-count") };
        let here = &self.manifest.people[self.listed_before..];
        let found = here.iter().filter(|p| p.role == part).count() as u64;
        if said != found {
            self.manifest.warnings.push(Warning { code: "count-differs".to_owned(), said, found });
        }
    }

    fn park(&mut self, segment: &Segment, reason: &str) {
        self.manifest.park(Parked::new(&segment.text, segment.position, None, reason));
    }
}
