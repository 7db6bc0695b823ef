//! Any number of people in good health, for tests that load a server: each has a document number of their own, and nothing else.

use serde_json::{Value, json};

/// The document number of a person.
pub fn number(person: u64) -> String {
    format!("E{person:08}")
}

/// What they declare, for a flight on a date.
pub fn declaration(person: u64, (flight, date): &(String, String), seat: &str) -> Value {
    json!({
        "port": "CNPEK", "language": "en", "channel": "web", "attested": true,
        "traveller": {
            "document": {"type": "passport", "number": number(person), "issuer": "NGA"},
            "name": {"primary": "Okafor", "secondary": "Ngozi"},
            "birth_date": "1979-12-30", "sex": "F", "nationality": "NGA",
        },
        "trip": {"flight": flight, "date": date, "seat": seat},
        "contact": {"phone": "+2348030000000"},
        "answers": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false,
            "unwell": false, "medicine": false, "tested": false},
    })
}
