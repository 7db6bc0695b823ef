//! Invented people, and what they declare.

use pratique_formats::mrz::{self, Fields, Kind, Name, Sex};
use serde_json::{Value, json};

/// One person with a passport.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub primary: &'static str,
    pub secondary: &'static str,
    pub number: &'static str,
    pub issuer: &'static str,
    pub born: &'static str,
    pub sex: &'static str,
}

pub const LI: Person =
    Person { primary: "Li", secondary: "Na", number: "E12345678", issuer: "CHN", born: "1988-03-02", sex: "F" };
/// Li Na's child.
pub const LI_JUNIOR: Person =
    Person { primary: "Li", secondary: "Tong", number: "E87654321", issuer: "CHN", born: "2019-07-21", sex: "M" };
pub const OKAFOR: Person =
    Person { primary: "Okafor", secondary: "Ngozi", number: "A01234567", issuer: "NGA", born: "1979-12-30", sex: "F" };
pub const GARCIA: Person =
    Person { primary: "Garcia", secondary: "Maria", number: "PAB123456", issuer: "ESP", born: "1995-05-05", sex: "F" };

impl Person {
    pub fn traveller(&self) -> Value {
        json!({
            "document": {"type": "passport", "number": self.number, "issuer": self.issuer, "expires": "2031-01-31"},
            "name": {"primary": self.primary, "secondary": self.secondary},
            "birth_date": self.born, "sex": self.sex, "nationality": self.issuer,
        })
    }

    /// The zone of their passport.
    pub fn mrz(&self) -> String {
        let fields = Fields {
            document: mrz::Document {
                type_: "P".into(),
                number: self.number.into(),
                issuer: self.issuer.into(),
                expires: Some("2031-01-31".into()),
            },
            name: Name { primary: self.primary.into(), secondary: self.secondary.into() },
            birth_date: Some(self.born.into()),
            sex: if self.sex == "F" { Sex::F } else { Sex::M },
            nationality: self.issuer.into(),
            optional: vec![],
        };
        mrz::encode(Kind::Td3, &fields).unwrap()
    }

    /// What they declare for CA938 of 24 November, in good health.
    pub fn declaration(&self) -> Value {
        json!({
            "port": "CNPEK", "language": "en", "channel": "web",
            "traveller": self.traveller(),
            "trip": {"flight": "CA938", "date": "2026-11-24", "seat": "31A"},
            "contact": {"phone": "+8613800000000"},
            "answers": healthy(), "attested": true,
        })
    }
}

pub fn healthy() -> Value {
    json!({"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false,
        "unwell": false, "medicine": false, "tested": false})
}

/// CA938 from London, due at 14:00 in Beijing.
pub fn ca938() -> Value {
    json!({"origin": "LHR", "scheduled_arrival": "2026-11-24T06:00:00Z", "category": "international"})
}
