//! What the demo's people answer: nearly all that they are well, some that they are not.

use jiff::ToSpan;
use jiff::civil::Date;
use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

use super::names::one;

/// How somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// Nothing to tell.
    None,
    /// Something that an officer should ask about.
    Slight,
    /// Something that a medical officer should see.
    Grave,
}

impl Complaint {
    /// By chance, in shares as an ordinary day has them: of a thousand people, twenty grave and thirty-five slight.
    #[must_use]
    pub fn by_chance(rng: &mut ChaCha20Rng) -> Self {
        match rng.random_range(0..1000) {
            0..20 => Complaint::Grave,
            20..55 => Complaint::Slight,
            _ => Complaint::None,
        }
    }
}

/// Countries and towns that people of a flight were in, the origin's first. Of passengers of the hub in the Gulf all stayed
/// elsewhere and changed aircraft there.
fn stays(origin: &str) -> &'static [(&'static str, &'static str)] {
    match origin {
        "SIN" => &[("SGP", "Singapore"), ("MYS", "Johor Bahru"), ("IDN", "Batam")],
        "BKK" => &[("THA", "Bangkok"), ("THA", "Chiang Mai")],
        "JED" => &[("SAU", "Jeddah"), ("EGY", "Cairo")],
        "SVO" => &[("RUS", "Moscow")],
        "YVR" => &[("CAN", "Vancouver"), ("CAN", "Calgary")],
        "YUL" => &[("CAN", "Montreal"), ("CAN", "Toronto")],
        "AMS" => &[("NLD", "Amsterdam"), ("BEL", "Antwerp")],
        "LHR" => &[("GBR", "London"), ("GBR", "Leeds"), ("IRL", "Dublin")],
        "BRU" => &[("BEL", "Brussels"), ("LUX", "Luxembourg")],
        "FRA" | "CGN" => &[("DEU", "Frankfurt"), ("DEU", "Cologne"), ("CHE", "Zurich")],
        "CDG" => &[("FRA", "Paris"), ("FRA", "Lille"), ("ESP", "Bilbao")],
        "ADD" => &[("ETH", "Addis Ababa"), ("KEN", "Nairobi"), ("AGO", "Luanda")],
        "TPE" => &[("TWN", "Taipei"), ("TWN", "Tainan")],
        "HKG" => &[("HKG", "Kowloon"), ("HKG", "Sha Tin")],
        "MFM" => &[("MAC", "Macao"), ("PRT", "Lisbon")],
        "GMP" | "ICN" => &[("KOR", "Seoul"), ("KOR", "Incheon")],
        "HND" | "NRT" => &[("JPN", "Tokyo"), ("JPN", "Yokohama")],
        "NGO" => &[("JPN", "Nagoya")],
        "DOH" => &[("QAT", "Doha"), ("JOR", "Amman")],
        "DXB" => &[("KEN", "Nairobi"), ("ZAF", "Cape Town"), ("GRC", "Athens"), ("OMN", "Muscat")],
        "PNH" => &[("KHM", "Phnom Penh")],
        "DEL" => &[("IND", "Delhi"), ("NPL", "Kathmandu")],
        "WAW" => &[("POL", "Warsaw"), ("LTU", "Vilnius")],
        "MAD" => &[("ESP", "Madrid"), ("PRT", "Porto")],
        "TLV" => &[("ISR", "Haifa")],
        "VIE" => &[("AUT", "Vienna"), ("HUN", "Budapest")],
        "GVA" => &[("CHE", "Geneva"), ("CHE", "Lausanne")],
        "ALA" => &[("KAZ", "Almaty")],
        "ULN" => &[("MNG", "Ulaanbaatar")],
        "ARN" => &[("SWE", "Stockholm"), ("FIN", "Turku")],
        _ => &[("USA", "Louisville"), ("USA", "Memphis")],
    }
}

const OCCUPATIONS: &[&str] = &[
    "engineer",
    "student",
    "teacher",
    "nurse",
    "sales manager",
    "retired",
    "cook",
    "translator",
    "farmer",
    "designer",
];

/// One person's answers, by their age and complaint.
#[must_use]
pub fn answers(complaint: Complaint, age_y: i16, origin: &str, day: Date, rng: &mut ChaCha20Rng) -> Value {
    let (country, place) = one(stays(origin), rng);
    let from = day.saturating_sub(i64::from(rng.random_range(3..30)).days());
    let occupation = match age_y {
        0..6 => "child",
        6..18 => "pupil",
        65.. => "retired",
        _ => one(OCCUPATIONS, rng),
    };
    let mut answers = json!({
        "about": {"occupation": occupation},
        "travel": {"visited": [{
            "visited_country": country,
            "visited_place": place,
            "visited_from": from,
            "visited_to": day.yesterday().unwrap_or(day),
        }]},
        "exposure": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false},
        "health": {"unwell": false, "medicine": false},
        "test": {"tested": false},
    });
    if rng.random_ratio(2, 5) {
        let date = day.saturating_sub(i64::from(rng.random_range(1..4)).days());
        answers["test"] = json!({"tested": true, "test_result": "negative", "test_date": date});
    }
    complain(&mut answers, complaint, day, rng);
    answers
}

/// Writes a complaint into answers.
pub fn complain(answers: &mut Value, complaint: Complaint, day: Date, rng: &mut ChaCha20Rng) {
    let onset = day.saturating_sub(i64::from(rng.random_range(1..4)).days());
    let ill =
        |symptoms: &[&str]| json!({"unwell": true, "symptoms": symptoms, "symptom_onset": onset, "medicine": false});
    match (complaint, rng.random_range(0..6)) {
        (Complaint::None, _) => {}
        (Complaint::Slight, 0) => answers["health"] = ill(&["sore_throat"]),
        (Complaint::Slight, 1) => answers["health"] = ill(&["dry_cough", "headache"]),
        (Complaint::Slight, 2) => answers["exposure"]["contact_ill"] = json!(true),
        (Complaint::Slight, 3) => answers["health"]["medicine"] = json!(true),
        (Complaint::Slight, 4) => {
            answers["test"] =
                json!({"tested": true, "test_result": "waiting", "test_date": day.yesterday().unwrap_or(day)});
        }
        (Complaint::Slight, _) => answers["health"] = ill(&["fatigue"]),
        (Complaint::Grave, 0 | 1) => answers["exposure"]["contact_case"] = json!(true),
        (Complaint::Grave, 2) => answers["health"] = ill(&["hard_breathing"]),
        (Complaint::Grave, 3) => {
            answers["exposure"]["cluster"] = json!(true);
            answers["health"] = ill(&["fever", "fatigue"]);
            answers["health"]["temperature_c"] = json!(38.6);
        }
        (Complaint::Grave, 4) => answers["health"] = ill(&["fever", "rash"]),
        (Complaint::Grave, _) => {
            answers["exposure"]["community_cases"] = json!(true);
            answers["health"] = ill(&["chest_tightness", "dry_cough"]);
        }
    }
}
