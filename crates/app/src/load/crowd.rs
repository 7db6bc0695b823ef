//! The people: invented, of the state UTO that ICAO keeps for specimens, each known by a number. Their documents differ from
//! those of every other run, so that nobody's declaration takes the place of an earlier one.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use jiff::civil::Date;
use pratique_formats::mrz::{self, Fields, Kind};
use serde_json::{Value, json};

use super::line::{Line, Target};
use super::{LoadFault, advice};

/// What a document's number is written with: no letter that could be taken for a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Stands in a form where the number goes: nothing else has this text.
const GAP: &str = "@NUMBER@";
/// People who are declared at once before the scans begin.
const GATHERING: usize = 16;
const NAMES: [(&str, &str, &str, &str); 8] = [
    ("Eriksson", "Anna Maria", "1974-08-12", "F"),
    ("Okafor", "Ngozi", "1979-12-30", "F"),
    ("Li", "Xiaoming", "1990-02-01", "M"),
    ("Garcia Lopez", "Jose", "1961-05-17", "M"),
    ("Ivanova", "Olga", "2001-11-09", "F"),
    ("Nguyen", "Van Anh", "1988-03-28", "F"),
    ("Haddad", "Omar", "1969-07-04", "M"),
    ("Smith", "John", "1955-01-23", "M"),
];

/// A declaration with a gap for the number of the document.
#[derive(Debug)]
struct Form {
    before: String,
    after: String,
}

/// Everybody who could come, and who has declared.
#[derive(Debug)]
pub struct Crowd {
    forms: Vec<Form>,
    /// 20 bits of chance, the same for everybody of one run.
    salt: u64,
    next: AtomicU64,
    declared: Mutex<Vec<(u64, String)>>,
    turn: AtomicU64,
    today: Date,
}

impl Crowd {
    /// Travellers to a port on a day by these flights, answering so.
    #[must_use]
    pub fn new(port: &str, flights: &[String], date: Date, answers: &Value, salt: u32) -> Self {
        let forms = flights.iter().flat_map(|flight| NAMES.map(|name| form(port, flight, date, answers, name)));
        Crowd {
            forms: forms.collect(),
            salt: u64::from(salt & 0xf_ffff),
            next: AtomicU64::new(0),
            declared: Mutex::default(),
            turn: AtomicU64::new(0),
            today: date,
        }
    }

    /// What somebody healthy answers to the form of the packs that come with the program.
    #[must_use]
    pub fn healthy(date: Date) -> Value {
        let day = |before: i64| date.saturating_sub(jiff::ToSpan::days(before)).to_string();
        json!({
            "about": {"occupation": "engineer"},
            "travel": {"visited": [{
                "visited_country": "DEU", "visited_place": "Cologne", "visited_from": day(9), "visited_to": day(1),
            }]},
            "exposure": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false},
            "health": {"unwell": false, "medicine": false},
            "test": {"tested": true, "test_result": "negative", "test_date": day(2)},
        })
    }

    /// Somebody new.
    pub fn somebody(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// The number of somebody's document: nine characters, as a passport's.
    #[must_use]
    pub fn number(&self, person: u64) -> String {
        let bits = self.salt << 25 | person & 0x1ff_ffff;
        (0..9).rev().map(|at| char::from(DIGITS[(bits >> (5 * at)) as usize & 31])).collect()
    }

    /// Somebody's declaration.
    #[must_use]
    pub fn declaration(&self, person: u64) -> Bytes {
        let form = &self.forms[person as usize % self.forms.len()];
        [form.before.as_str(), &self.number(person), &form.after].concat().into()
    }

    /// The machine-readable zone of somebody's document.
    #[must_use]
    pub fn zone(&self, person: u64) -> String {
        let (primary, secondary, born, sex) = NAMES[person as usize % NAMES.len()];
        let fields = Fields {
            document: mrz::Document {
                type_: "P".to_owned(),
                number: self.number(person),
                issuer: "UTO".to_owned(),
                expires: Some(self.today.saturating_add(jiff::ToSpan::days(1000)).to_string()),
            },
            name: mrz::Name { primary: primary.to_owned(), secondary: secondary.to_owned() },
            birth_date: Some(born.to_owned()),
            sex: if sex == "F" { mrz::Sex::F } else { mrz::Sex::M },
            nationality: "UTO".to_owned(),
            optional: Vec::new(),
        };
        // A test reads every zone back.
        mrz::encode(Kind::Td3, &fields).unwrap_or_default()
    }

    /// Remembers the pass that somebody was given.
    pub fn given(&self, person: u64, answer: &[u8]) {
        #[derive(serde::Deserialize)]
        struct Given {
            pass: String,
        }
        if let Ok(given) = serde_json::from_slice::<Given>(answer) {
            self.declared.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((person, given.pass));
        }
    }

    /// Somebody who has declared, one after the other, with their pass.
    #[must_use]
    pub fn presented(&self) -> Option<(u64, String)> {
        let declared = self.declared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = self.turn.fetch_add(1, Ordering::Relaxed) as usize % declared.len().max(1);
        declared.get(at).cloned()
    }

    /// Has so many people declared, so that there is somebody to scan.
    pub(super) async fn gather(&self, target: &Target, count: u32) -> Result<u32, LoadFault> {
        let some = (0..GATHERING).map(|_| async {
            let mut line = Line::to(target);
            while self.next.load(Ordering::Relaxed) < u64::from(count) {
                let person = self.somebody();
                match line.declare(&self.number(person), self.declaration(person)).await {
                    Ok(heard) if heard.is_good() => self.given(person, &heard.body),
                    Ok(heard) => return Err(heard.code()),
                    Err(why) => return Err(why),
                }
            }
            Ok(())
        });
        let heard = futures_util::future::join_all(some).await;
        heard.into_iter().collect::<Result<(), String>>().map_err(|code| {
            let advice = advice(&code);
            LoadFault::NoPeople(code, advice)
        })?;
        let declared = self.declared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(u32::try_from(declared.len()).unwrap_or(u32::MAX))
    }
}

fn form(
    port: &str,
    flight: &str,
    date: Date,
    answers: &Value,
    (primary, secondary, born, sex): (&str, &str, &str, &str),
) -> Form {
    let body = json!({
        "port": port, "language": "en", "channel": "api", "attested": true,
        "traveller": {
            "document": {"type": "passport", "number": GAP, "issuer": "UTO"},
            "name": {"primary": primary, "secondary": secondary},
            "birth_date": born, "sex": sex, "nationality": "UTO",
        },
        "trip": {"flight": flight, "date": date, "seat": "31A"},
        "contact": {"phone": "+46 70 000 00 00"},
        "answers": answers,
    });
    let text = body.to_string();
    let (before, after) = text.split_once(GAP).unwrap_or((&text, ""));
    Form { before: before.to_owned(), after: after.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pratique_core::declaration::Declare;

    use super::*;

    const DAY: Date = jiff::civil::date(2026, 11, 24);

    fn crowd(salt: u32) -> Crowd {
        let flights = ["CA938".to_owned(), "LH720".to_owned()];
        Crowd::new("CNPEK", &flights, DAY, &Crowd::healthy(DAY), salt)
    }

    #[test]
    fn every_declaration_is_sound_and_every_zone_reads_back_as_declared() {
        let crowd = crowd(7);
        for person in 0..100 {
            let body: Value = serde_json::from_slice(&crowd.declaration(person)).unwrap();
            let declare = Declare::check(&body, DAY).unwrap();
            let document = declare.traveller.document.unwrap();
            let zone = mrz::read(&crowd.zone(person), DAY).unwrap();
            assert!(zone.valid);
            assert_eq!(zone.fields.document.number, document.number);
            assert_eq!(zone.fields.birth_date.as_deref(), body["traveller"]["birth_date"].as_str());
        }
    }

    #[test]
    fn no_number_comes_twice_in_one_run_or_in_two() {
        let (one, other) = (crowd(1), crowd(2));
        let numbers: BTreeSet<String> = (0..1000).flat_map(|n| [one.number(n), other.number(n)]).collect();
        assert_eq!(numbers.len(), 2000);
    }

    #[test]
    fn they_are_presented_one_after_the_other_and_nobody_before_anybody_declared() {
        let crowd = crowd(1);
        assert_eq!(crowd.presented(), None);
        crowd.given(3, br#"{"pass":"PQ1:A","code":"x"}"#);
        crowd.given(4, br#"{"pass":"PQ1:B"}"#);
        crowd.given(5, b"no answer");
        let seen: BTreeSet<u64> = (0..2).filter_map(|_| crowd.presented()).map(|(person, _)| person).collect();
        assert_eq!(seen, BTreeSet::from([3, 4]));
    }
}
