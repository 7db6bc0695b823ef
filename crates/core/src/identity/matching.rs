//! Are two records the same person? A score from 0 to 1 with every reason. A document that is the same, number and issuer,
//! decides; without one, name, birth date, sex, nationality, flight and seat are weighed, and what is not near certain is for a
//! person to look at (product.md: match).

use serde::{Deserialize, Serialize};

use super::document::normal_number;
use super::likeness::likeness;
use super::{BirthDate, Name, Sex};
use crate::country;

/// From here on two records are the same.
pub const SAME_FROM: f64 = 0.92;
/// From here on a person should look.
pub const REVIEW_FROM: f64 = 0.7;

/// What is known of one person, from whatever source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: Name,
    /// The birth date.
    pub birth_date: Option<BirthDate>,
    /// State code.
    pub nationality: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Papers: number, and issuing state where it is known.
    pub documents: Vec<(String, Option<String>)>,
    /// The flight.
    pub flight: Option<String>,
    /// The seat.
    pub seat: Option<String>,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Different people, as far as anybody can tell.
    Different,
    /// A person should look.
    Review,
    /// The same.
    Same,
}

/// One reason, for or against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code, e.g. `birth-date-transposed`.
    pub code: String,
    /// How far it speaks for the same person, from 0 to 1.
    pub score: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// 0 to 1.
    pub score: f64,
    /// What follows.
    pub verdict: Verdict,
    /// Why, in the order in which it was looked at.
    pub reasons: Vec<Reason>,
}

/// Compares two records.
#[must_use]
pub fn compare(a: &Identity, b: &Identity) -> Match {
    let mut weighed = Weighed::default();
    let named = likeness(&a.name, &b.name);
    let document = documents(a, b);
    let born = birth_dates(a.birth_date, b.birth_date);
    if let Some((code, score)) = document {
        weighed.say(code, score);
    }
    weighed.add(name_code(named.exact, named.score), named.score, 5.0);
    if let Some((code, score)) = born {
        weighed.add(code, score, 4.0);
    }
    weighed.lesser(a, b);
    // Same number and issuer decide; only if nothing else fits does a person look: a number mistyped into somebody else's.
    if let Some(("document-same", _)) = document {
        let contradicted = named.score < 0.4 && born.is_some_and(|(_, score)| score < 0.5);
        return weighed.end(if contradicted { 0.85 } else { 1.0 });
    }
    let mut score = weighed.mean();
    // A weak name stays weak, whatever else fits: on one flight, hundreds share a nationality and some a birthday.
    if named.score < 0.6 {
        score = score.min(0.45 + named.score / 3.0);
    }
    match born {
        Some((_, s)) if s >= 0.95 && named.score >= 0.85 => score = score.max(0.94),
        // Another birthday: relatives share a name, and twins do not share a birthday of another day.
        Some((_, s)) if s < 0.5 => score = score.min(if named.score >= 0.9 { 0.72 } else { 0.5 }),
        // A slip in the date is for a person to see.
        Some((_, s)) if s < 0.95 => score = score.min(SAME_FROM - 0.01),
        // By name alone: a short name is many people's. The longer it is, the fewer share it.
        None if named.letters < 10 || !named.exact => score = score.min(SAME_FROM - 0.01),
        _ => {}
    }
    score = match document {
        Some(("document-number-same", _)) if named.score >= 0.7 => score.max(0.88),
        // A number that is nearly the same is nobody's proof: it takes the birthday as well.
        Some(("document-slip", _)) if named.score >= 0.7 => match born {
            Some((_, s)) if s >= 0.95 => score.max(0.88),
            _ => score.clamp(0.88, SAME_FROM - 0.01),
        },
        // People renew passports and hold two; still it is no proof.
        Some(("document-other", _)) => score.min(SAME_FROM - 0.01),
        _ => score,
    };
    weighed.end(score)
}

#[derive(Default)]
struct Weighed {
    reasons: Vec<Reason>,
    sum: f64,
    weight: f64,
}

impl Weighed {
    fn say(&mut self, code: &str, score: f64) {
        self.reasons.push(Reason { code: code.to_owned(), score: rounded(score) });
    }

    fn add(&mut self, code: &str, score: f64, weight: f64) {
        self.say(code, score);
        self.sum += weight * score;
        self.weight += weight;
    }

    /// What many share, or what changes: it tips a balance, no more.
    fn lesser(&mut self, a: &Identity, b: &Identity) {
        if let (Some(a), Some(b)) = (a.sex, b.sex)
            && ![a, b].contains(&Sex::X)
        {
            if a == b { self.add("sex-same", 1.0, 0.3) } else { self.add("sex-other", 0.0, 1.5) }
        }
        let state = |code: &Option<String>| code.as_deref().map(|c| country::canonical(c).unwrap_or(c).to_owned());
        if let (Some(a), Some(b)) = (state(&a.nationality), state(&b.nationality)) {
            if a == b { self.add("nationality-same", 1.0, 0.4) } else { self.add("nationality-other", 0.3, 0.6) }
        }
        if let (Some(a), Some(b)) = (&a.flight, &b.flight) {
            if a == b { self.add("flight-same", 1.0, 0.3) } else { self.add("flight-other", 0.4, 0.5) }
        }
        if let (Some(a), Some(b)) = (&a.seat, &b.seat) {
            if normal_seat(a) == normal_seat(b) {
                self.add("seat-same", 1.0, 0.8)
            } else {
                self.add("seat-other", 0.5, 0.4)
            }
        }
    }

    fn mean(&self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }

    fn end(self, score: f64) -> Match {
        let score = rounded(score);
        let verdict = match score {
            s if s >= SAME_FROM => Verdict::Same,
            s if s >= REVIEW_FROM => Verdict::Review,
            _ => Verdict::Different,
        };
        Match { score, verdict, reasons: self.reasons }
    }
}

fn rounded(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

fn name_code(exact: bool, score: f64) -> &'static str {
    match score {
        _ if exact => "name-same",
        s if s >= REVIEW_FROM => "name-like",
        _ => "name-other",
    }
}

/// The best pair of papers.
fn documents(a: &Identity, b: &Identity) -> Option<(&'static str, f64)> {
    let all = a.documents.iter().flat_map(|a| b.documents.iter().map(move |b| papers(a, b)));
    all.flatten().max_by(|one, other| one.1.total_cmp(&other.1))
}

fn papers(a: &(String, Option<String>), b: &(String, Option<String>)) -> Option<(&'static str, f64)> {
    let (one, other) = (normal_number(&a.0)?, normal_number(&b.0)?);
    let state = |code: &Option<String>| code.as_deref().map(|c| country::canonical(c).unwrap_or(c).to_owned());
    Some(match (one == other, state(&a.1), state(&b.1)) {
        (true, Some(a), Some(b)) if a == b => ("document-same", 1.0),
        (true, Some(_), Some(_)) => ("document-other-issuer", 0.5),
        (true, ..) => ("document-number-same", 0.9),
        (false, ..) if one.len() >= 6 && strsim::damerau_levenshtein(&one, &other) == 1 => ("document-slip", 0.7),
        _ => ("document-other", 0.2),
    })
}

fn birth_dates(a: Option<BirthDate>, b: Option<BirthDate>) -> Option<(&'static str, f64)> {
    let (a, b) = (a?, b?);
    if a == b {
        return Some(("birth-date-same", if a.full().is_some() { 1.0 } else { 0.8 }));
    }
    let (text_a, text_b) = (a.to_string(), b.to_string());
    if text_a.starts_with(&text_b) || text_b.starts_with(&text_a) {
        return Some(("birth-date-fits", 0.85));
    }
    let (Some(a), Some(b)) = (a.full(), b.full()) else { return Some(("birth-date-other", 0.0)) };
    if a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month()) {
        return Some(("birth-date-transposed", 0.8));
    }
    let differing = text_a.bytes().zip(text_b.bytes()).filter(|(x, y)| x != y).count();
    Some(match differing {
        1 => ("birth-date-slip", 0.75),
        2 if strsim::damerau_levenshtein(&text_a, &text_b) == 1 => ("birth-date-slip", 0.75),
        _ if (a.month(), a.day()) == (b.month(), b.day()) => ("birth-date-other-year", 0.4),
        _ => ("birth-date-other", 0.0),
    })
}

/// `05A`, `5a` and `5 A` are one seat.
#[must_use]
pub fn normal_seat(seat: &str) -> String {
    let bare: String = seat.chars().filter(char::is_ascii_alphanumeric).collect();
    bare.trim_start_matches('0').to_ascii_uppercase()
}
