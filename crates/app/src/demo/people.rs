//! The demo's people, invented by a seeded generator: the same seed, day and flight give the same people.

use jiff::ToSpan;
use jiff::civil::Date;
use pratique_core::flight::Category;
use pratique_formats::mrz::{self, Fields, Kind};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

use super::answers::{self, Complaint};
use super::flights::Line;
use super::names::{self, Tongue, one};

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// `traveller` of the contract.
    pub traveller: Value,
    /// Their answers.
    pub answers: Value,
    /// Their seat.
    pub seat: Option<String>,
    /// How they belong to whoever declares for them.
    pub relation: Option<&'static str>,
    /// The document's number, which proves the declaration theirs.
    pub number: String,
    /// The document's zone.
    pub mrz: String,
    /// How they are.
    pub complaint: Complaint,
}

/// People who are declared together, the declarer first.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Everybody.
    pub people: Vec<Person>,
    /// The language in which the declarer reads.
    pub language: &'static str,
    /// A telephone number.
    pub phone: String,
}

/// Who somebody is in a party.
struct Member {
    family: (&'static str, &'static str),
    tongue: Tongue,
    is_woman: bool,
    age_y: i16,
    relation: Option<&'static str>,
}

/// The demo's day, and the one that answers refer to.
#[derive(Clone, Copy)]
struct Days {
    day: Date,
    told: Date,
}

/// A generator of its own for every flight, so that a change in one flight leaves the others' people as they were.
#[must_use]
pub fn generator(seed: u64, day: Date, name: &str) -> ChaCha20Rng {
    use sha2::{Digest, Sha256};
    let text = format!("pratique demo {seed} {day} {name}");
    ChaCha20Rng::from_seed(Sha256::digest(text).into())
}

/// All parties of a flight, about `count` people. `told` is the day by which their answers are true: before they declare.
#[must_use]
pub fn parties(seed: u64, day: Date, line: &Line, count: usize, told: Date) -> Vec<Party> {
    let (mut rng, days) = (generator(seed, day, line.designator), Days { day, told });
    let mut seats = seats(line, &mut rng);
    let mut parties = Vec::new();
    let mut left = count;
    while left > 0 {
        let tongue = one(line.tongues, &mut rng);
        let size = if line.category == Category::Cargo { 1 } else { size(&mut rng).min(left) };
        parties.push(party(tongue, size, line, days, &mut seats, &mut rng));
        left -= size;
    }
    parties
}

/// Seats of a cabin in order, some left free; nobody on a cargo flight has one.
fn seats(line: &Line, rng: &mut ChaCha20Rng) -> std::vec::IntoIter<String> {
    if line.category == Category::Cargo {
        return Vec::new().into_iter();
    }
    let mut blocks: Vec<u32> = (11..70).collect();
    blocks.shuffle(rng);
    let row = |row: u32| "ACDEFGHJKL".chars().map(move |letter| format!("{row}{letter}"));
    blocks.into_iter().flat_map(row).collect::<Vec<_>>().into_iter()
}

fn size(rng: &mut ChaCha20Rng) -> usize {
    match rng.random_range(0..100) {
        0..72 => 1,
        72..84 => 2,
        84..92 => 3,
        92..97 => 4,
        _ => 5,
    }
}

fn party(
    tongue: Tongue,
    size: usize,
    line: &Line,
    days: Days,
    seats: &mut std::vec::IntoIter<String>,
    rng: &mut ChaCha20Rng,
) -> Party {
    let family = names::family(tongue, rng);
    let is_woman = rng.random_bool(0.5);
    let age_y = rng.random_range(19..78);
    let declarer = Member { family, tongue, is_woman, age_y, relation: None };
    let companion = |at: usize, rng: &mut ChaCha20Rng| match at {
        1 if age_y > 22 => Member { family, tongue, is_woman: !is_woman, age_y: age_y - 2, relation: Some("partner") },
        4 => Member { family, tongue, is_woman: true, age_y: (age_y + 26).min(93), relation: Some("parent") },
        _ => {
            let age_y = rng.random_range(0..16);
            Member { family, tongue, is_woman: rng.random_bool(0.5), age_y, relation: Some("child") }
        }
    };
    let mut people = vec![person(&declarer, line, days, seats, rng)];
    for at in 1..size {
        let member = companion(at, rng);
        people.push(person(&member, line, days, seats, rng));
    }
    let phone = format!("+86 1{}", rng.random_range(3_000_000_000u64..9_999_999_999));
    Party { people, language: tongue.language(), phone }
}

fn person(
    member: &Member,
    line: &Line,
    days: Days,
    seats: &mut std::vec::IntoIter<String>,
    rng: &mut ChaCha20Rng,
) -> Person {
    let name = names::name(member.tongue, member.family, member.is_woman, rng);
    let Days { day, told } = days;
    let born = day.saturating_sub((i64::from(member.age_y) * 365 + rng.random_range(20..340)).days());
    // Some papers know only the year.
    let birth_date = if rng.random_ratio(1, 300) { born.strftime("%Y").to_string() } else { born.to_string() };
    let sex = if member.is_woman { "F" } else { "M" };
    let paper = Paper::of(one(member.tongue.states(), rng), day, rng);
    let complaint = Complaint::by_chance(rng);
    let seat = if member.age_y < 2 { Some("INF".to_owned()) } else { seats.next() };
    Person {
        mrz: paper.zone(&name, &birth_date, sex),
        traveller: json!({
            "document": {"type": paper.kind, "number": paper.number, "issuer": paper.issuer, "expires": paper.expires},
            "name": name,
            "birth_date": birth_date,
            "sex": sex,
            "nationality": paper.nationality,
        }),
        answers: answers::answers(complaint, member.age_y, line.origin, told, rng),
        seat: seat.filter(|_| line.category != Category::Cargo),
        relation: member.relation,
        number: paper.number,
        complaint,
    }
}

/// A travel document.
struct Paper {
    kind: &'static str,
    layout: Kind,
    number: String,
    issuer: &'static str,
    nationality: &'static str,
    expires: Date,
}

impl Paper {
    /// Residents of Hong Kong, Macao and Taiwan come on permits that the mainland issues; all others on passports. Numbers
    /// have each state's shape and mean nobody.
    fn of(state: &'static str, day: Date, rng: &mut ChaCha20Rng) -> Self {
        let (kind, layout, issuer) = match state {
            "HKG" | "MAC" | "TWN" => ("travel-permit", Kind::Td1, "CHN"),
            other => ("passport", Kind::Td3, other),
        };
        let shape = match state {
            "CHN" => "E########",
            "HKG" => "H########",
            "MAC" => "M########",
            "TWN" => "########",
            "USA" | "GBR" | "RUS" => "#########",
            "JPN" => "T@#######",
            "KOR" => "M########",
            "DEU" => "C@@##@##@",
            "FRA" => "##@@#####",
            _ => "@@#######",
        };
        // Consonants alone: no number becomes a word.
        let draw = |c: char, rng: &mut ChaCha20Rng| match c {
            '#' => char::from(b'0' + rng.random_range(0..10u8)),
            '@' => one(&['C', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'T', 'V', 'W', 'X', 'Y', 'Z'], rng),
            other => other,
        };
        let number = shape.chars().map(|c| draw(c, rng)).collect();
        let expires = day.saturating_add(i64::from(rng.random_range(90..3600)).days());
        Paper { kind, layout, number, issuer, nationality: issuer, expires }
    }

    fn zone(&self, name: &Value, birth_date: &str, sex: &str) -> String {
        let part = |member: &str| name.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let issuer = if self.issuer == "DEU" { "D" } else { self.issuer }.to_owned();
        let fields = Fields {
            document: mrz::Document {
                type_: if self.layout == Kind::Td1 { "C" } else { "P" }.to_owned(),
                number: self.number.clone(),
                issuer: issuer.clone(),
                expires: Some(self.expires.to_string()),
            },
            name: mrz::Name { primary: part("primary"), secondary: part("secondary") },
            birth_date: Some(birth_date.to_owned()),
            sex: if sex == "F" { mrz::Sex::F } else { mrz::Sex::M },
            nationality: issuer,
            optional: Vec::new(),
        };
        // The lists hold only names that a zone can carry; a test reads every zone back.
        mrz::encode(self.layout, &fields).unwrap_or_default()
    }
}

impl Party {
    /// The declaration as the contract has it.
    #[must_use]
    pub fn body(&self, line: &Line, date: Date, port: &str, channel: &str) -> Value {
        let declarer = &self.people[0];
        let companion = |person: &Person| {
            json!({
                "traveller": person.traveller,
                "answers": person.answers,
                "relation": person.relation,
                "seat": person.seat,
            })
        };
        json!({
            "port": port,
            "language": self.language,
            "channel": channel,
            "traveller": declarer.traveller,
            "trip": {"flight": line.designator, "date": date, "seat": declarer.seat, "origin": line.origin},
            "contact": {"phone": self.phone},
            "answers": declarer.answers,
            "companions": self.people[1..].iter().map(companion).collect::<Vec<_>>(),
            "attested": true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::flights::LINES;
    use super::*;
    use pratique_core::declaration::Declare;
    use std::collections::BTreeSet;

    const DAY: Date = jiff::civil::date(2026, 11, 24);

    #[test]
    fn the_same_seed_and_day_give_the_same_people_and_another_seed_others() {
        let line = &LINES[3];
        assert_eq!(parties(1, DAY, line, 40, DAY), parties(1, DAY, line, 40, DAY));
        assert_ne!(parties(1, DAY, line, 40, DAY), parties(2, DAY, line, 40, DAY));
    }

    #[test]
    fn every_declaration_is_sound_and_every_zone_reads_back_as_declared() {
        for line in LINES {
            for party in parties(7, DAY, line, line.people, DAY) {
                let declare = Declare::check(&party.body(line, DAY, "CNPEK", "web"), DAY).unwrap();
                assert_eq!(declare.companions.len() + 1, party.people.len());
                for person in &party.people {
                    let read = mrz::read(&person.mrz, DAY).unwrap();
                    assert!(read.valid, "{}", person.mrz);
                    assert_eq!(read.fields.document.number, person.number);
                    assert_eq!(read.fields.birth_date.as_deref(), person.traveller["birth_date"].as_str());
                }
            }
        }
    }

    #[test]
    fn no_seat_is_given_twice_on_a_flight_and_no_document_twice_on_a_day() {
        let mut numbers = BTreeSet::new();
        for line in LINES {
            let mut taken = BTreeSet::new();
            for person in parties(7, DAY, line, line.people, DAY).iter().flat_map(|party| &party.people) {
                assert!(numbers.insert(person.number.clone()), "{}", person.number);
                if let Some(seat) = person.seat.as_ref().filter(|seat| *seat != "INF") {
                    assert!(taken.insert(seat.clone()), "{seat} twice on {}", line.designator);
                }
            }
        }
    }
}
