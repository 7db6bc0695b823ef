//! A flight's health part: what the general declaration says of people on board (IHR 2005, Annex 9), the inspection on board,
//! disinsection and disinfection. Also of cargo flights.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::FlightId;
use crate::field::FieldError;
use crate::identity::name::clean;

/// The signs that Annex 9 asks for, of people ill on board other than airsick or hurt.
pub const SIGNS: [&str; 9] =
    ["fever", "unwell", "cough", "breathing", "diarrhoea", "vomiting", "rash", "bleeding", "confusion"];
/// How an inspection on board ends.
pub const OUTCOMES: [&str; 3] = ["free-pratique", "conditional", "held"];
/// The longest words kept.
const WORDS_CHARS_MAX: usize = 2_000;
/// More ill people than any craft carries.
const ILL_MAX: usize = 1_000;

/// As handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InspectionForm {
    /// People ill on board, or who left the craft earlier.
    pub ill: Vec<Ill>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ill {
    /// Codes of [`SIGNS`].
    pub signs: Vec<String>,
    /// Where they sit; sealed.
    pub seat: Option<String>,
    /// They left the craft earlier.
    pub left_earlier: bool,
}

/// A treatment of the craft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treatment {
    /// When.
    pub at: Option<Timestamp>,
    /// How, in a few words.
    pub method: Option<String>,
}

/// The inspection on board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Boarding {
    /// When.
    pub at: Option<Timestamp>,
    /// One of [`OUTCOMES`].
    pub outcome: String,
}

/// What is kept in clear: counts and codes. Seats and words are sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The flight.
    pub flight: FlightId,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: String,
    /// How many were ill.
    pub ill: u64,
    /// How many had each sign.
    pub signs: BTreeMap<String, u64>,
    /// When insects were killed.
    pub disinsected_at: Option<Timestamp>,
    /// When the craft was disinfected.
    pub disinfected_at: Option<Timestamp>,
    /// When somebody went on board.
    pub boarded_at: Option<Timestamp>,
    /// How that ended.
    pub outcome: Option<String>,
}

impl InspectionForm {
    /// Checks it; all faults at once. A treatment or an inspection without a time was now.
    ///
    /// # Errors
    /// Unknown codes, words that are too long, nothing at all.
    pub fn check(&self, flight: FlightId, by: &str, now: Timestamp) -> Result<Inspection, Vec<FieldError>> {
        let mut faults = Vec::new();
        if self == &InspectionForm::default() {
            faults.push(FieldError::new("", "required"));
        }
        if self.ill.len() > ILL_MAX {
            faults.push(FieldError::new("/ill", "too-long").with("max", ILL_MAX));
        }
        let mut signs = BTreeMap::new();
        for (at, ill) in self.ill.iter().take(ILL_MAX).enumerate() {
            for (nth, sign) in ill.signs.iter().enumerate() {
                match SIGNS.iter().find(|known| *known == sign) {
                    Some(known) => *signs.entry((*known).to_owned()).or_default() += 1,
                    None => {
                        faults.push(FieldError::not_an_option(format!("/ill/{at}/signs/{nth}"), SIGNS));
                    }
                }
            }
            words(ill.seat.as_deref(), 10, &format!("/ill/{at}/seat"), &mut faults);
        }
        for (treatment, at) in
            [(&self.disinsection, "/disinsection/method"), (&self.disinfection, "/disinfection/method")]
        {
            words(treatment.as_ref().and_then(|t| t.method.as_deref()), 200, at, &mut faults);
        }
        words(self.note.as_deref(), WORDS_CHARS_MAX, "/note", &mut faults);
        let outcome = self.boarding.as_ref().map(|b| b.outcome.clone());
        if outcome.as_deref().is_some_and(|o| !OUTCOMES.contains(&o)) {
            faults.push(FieldError::not_an_option("/boarding/outcome", OUTCOMES));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let when = |t: &Option<Treatment>| t.as_ref().map(|t| t.at.unwrap_or(now));
        Ok(Inspection {
            flight,
            at: now,
            by: by.to_owned(),
            ill: self.ill.len() as u64,
            signs,
            disinsected_at: when(&self.disinsection),
            disinfected_at: when(&self.disinfection),
            boarded_at: self.boarding.as_ref().map(|b| b.at.unwrap_or(now)),
            outcome,
        })
    }
}

fn words(text: Option<&str>, max: usize, at: &str, faults: &mut Vec<FieldError>) {
    if text.is_some_and(|text| clean(text, max).is_err()) {
        faults.push(FieldError::new(at, "too-long").with("max", max));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_counted_and_unknown_ones_told_where_they_stand() {
        let ill = |signs: &[&str]| Ill { signs: signs.iter().map(|s| (*s).to_owned()).collect(), ..Ill::default() };
        let form = InspectionForm { ill: vec![ill(&["fever", "cough"]), ill(&["fever"])], ..InspectionForm::default() };
        let flight: FlightId = "CA938-2026-11-24-CNPEK".parse().unwrap();
        let kept = form.check(flight.clone(), "li", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((kept.ill, kept.signs["fever"], kept.signs["cough"]), (2, 2, 1));
        let bad = InspectionForm {
            ill: vec![ill(&["hiccups"])],
            boarding: Some(Boarding { at: None, outcome: "fine".into() }),
            ..InspectionForm::default()
        };
        let told: Vec<_> = bad
            .check(flight.clone(), "li", Timestamp::UNIX_EPOCH)
            .unwrap_err()
            .into_iter()
            .map(|f| f.pointer)
            .collect();
        assert_eq!(told, ["/ill/0/signs/0", "/boarding/outcome"]);
        assert!(InspectionForm::default().check(flight, "li", Timestamp::UNIX_EPOCH).is_err());
    }
}
