//! What the passport reader typed, as the person of a declaration. What a check digit speaks against is left out, so that nobody
//! declares under a number that was misread: the person types that part.

use jiff::civil::Date;
use pratique_core::country;
use pratique_core::identity::DocumentType;
use pratique_formats::mrz::{self, Kind, Mrz, MrzError};
use serde_json::{Map, Value, json};

/// A machine-readable zone as far as it can be believed.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The traveller, as `POST /declarations` takes one; without what was misread.
    pub traveller: Value,
    /// The names of the fields that were misread: `number`, `birth-date`, `expires`, or `zone` for the check over all of them.
    pub misread: Vec<&'static str>,
}

/// Why nothing can be made of it: a stable name for the words (`kiosk-read-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Nothing came.
    Empty,
    /// It has not the shape of a zone.
    NoZone,
    /// It is a visa's: it names the visa and not the passport.
    Visa,
}

impl Unread {
    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Unread::Empty => "empty",
            Unread::NoZone => "no-zone",
            Unread::Visa => "visa",
        }
    }
}

/// Reads what came from a keyboard wedge: two or three lines, or one run of 88, 72 or 90 characters.
///
/// # Errors
/// [`Unread`].
pub fn read(text: &str, today: Date) -> Result<Reading, Unread> {
    let zone = match mrz::read(&plain(text), today) {
        Ok(zone) => zone,
        Err(MrzError::Empty) => return Err(Unread::Empty),
        Err(_) => return Err(Unread::NoZone),
    };
    if matches!(zone.kind, Kind::MrvA | Kind::MrvB) {
        return Err(Unread::Visa);
    }
    let misread = misread(&zone);
    Ok(Reading { traveller: traveller(&zone, &misread), misread })
}

/// Readers put lines into one with blanks or tabs, and full stops of their own around it; a zone has none of these.
fn plain(text: &str) -> String {
    let line = |line: &str| line.split_whitespace().collect::<String>();
    let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    // Some send each line of a card as soon as they have it, and the first again with the rest: that is no zone, and is said so.
    lines.join("\n")
}

fn misread(zone: &Mrz) -> Vec<&'static str> {
    let checks = &zone.checks;
    let mut misread = Vec::new();
    let mut note = |fits: bool, name| {
        if !fits {
            misread.push(name)
        }
    };
    note(checks.number && !zone.fields.document.number.is_empty(), "number");
    note(checks.birth_date && zone.fields.birth_date.is_some(), "birth-date");
    note(checks.expires, "expires");
    // The check over all of them alone: some character is wrong, and nobody knows which.
    if misread.is_empty() && (checks.composite == Some(false) || checks.optional == Some(false)) {
        misread.push("zone");
    }
    misread
}

fn traveller(zone: &Mrz, misread: &[&str]) -> Value {
    let fields = &zone.fields;
    let fits = |name: &str| !misread.contains(&name) && !misread.contains(&"zone");
    let mut document = Map::new();
    document.insert("type".into(), json!(kind(zone).name()));
    if fits("number") {
        document.insert("number".into(), json!(fields.document.number));
    }
    if let Some(issuer) = country::canonical(&fields.document.issuer) {
        document.insert("issuer".into(), json!(issuer));
    }
    // Some papers have no day of expiry, and the month alone is no date.
    if let Some(expires) = fields.document.expires.as_ref().filter(|day| fits("expires") && day.len() == 10) {
        document.insert("expires".into(), json!(expires));
    }
    let mut traveller = Map::new();
    traveller.insert("document".into(), Value::Object(document));
    let (primary, secondary) = (&fields.name.primary, &fields.name.secondary);
    let named: Map<String, Value> = [("primary", primary), ("secondary", secondary)]
        .into_iter()
        .filter(|(_, part)| !part.is_empty())
        .map(|(key, part)| (key.to_owned(), json!(part)))
        .collect();
    traveller.insert("name".into(), Value::Object(named));
    if let Some(born) = fields.birth_date.as_ref().filter(|_| fits("birth-date")) {
        traveller.insert("birth_date".into(), json!(born));
    }
    traveller.insert("sex".into(), json!(fields.sex));
    if let Some(nationality) = country::canonical(&fields.nationality) {
        traveller.insert("nationality".into(), json!(nationality));
    }
    Value::Object(traveller)
}

/// A card of China's that travels is a permit of residents of Hong Kong, Macao or Taiwan: its identity card has no zone.
fn kind(zone: &Mrz) -> DocumentType {
    let document = &zone.fields.document;
    let is_permit = zone.kind == Kind::Td1 && document.issuer == "CHN" && document.type_.starts_with('C');
    if is_permit {
        return DocumentType::TravelPermit;
    }
    DocumentType::parse(&document.type_).unwrap_or(DocumentType::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    // The specimens of ICAO Doc 9303, parts 4 and 5.
    const TD3: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const TD1: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

    fn of(text: &str) -> Result<Reading, Unread> {
        read(text, date(2026, 11, 24))
    }

    #[test]
    fn a_passport_is_a_person_however_the_reader_types_it() {
        let first = of(TD3).unwrap();
        assert_eq!(first.misread, [""; 0]);
        assert_eq!(
            first.traveller,
            json!({
                "document": {"type": "passport", "number": "L898902C3", "issuer": "UTO", "expires": "2012-04-15"},
                "name": {"primary": "ERIKSSON", "secondary": "ANNA MARIA"},
                "birth_date": "1974-08-12", "sex": "F", "nationality": "UTO"
            })
        );
        for typed in
            [TD3.replace('\n', ""), TD3.replace('\n', "\r\n") + "\r\n", TD3.to_lowercase(), format!("\n {TD3}\t\n")]
        {
            assert_eq!(of(&typed), Ok(first.clone()), "{typed:?}");
        }
        for typed in [TD1.to_owned(), TD1.replace('\n', "")] {
            let card = of(&typed).unwrap();
            assert_eq!((card.traveller["document"]["type"].as_str(), card.misread.len()), (Some("identity-card"), 0));
            assert_eq!(card.traveller["document"]["number"], "D23145890");
        }
    }

    #[test]
    fn what_a_check_digit_speaks_against_is_named_and_left_out() {
        let number = of(&TD3.replace("L898902C36", "L898902C46")).unwrap();
        assert_eq!(number.misread, ["number"]);
        assert!(number.traveller["document"].get("number").is_none());
        assert_eq!(
            (&number.traveller["birth_date"], &number.traveller["name"]["primary"]),
            (&json!("1974-08-12"), &json!("ERIKSSON"))
        );
        let born = of(&TD3.replace("7408122", "7408112")).unwrap();
        assert_eq!(born.misread, ["birth-date"]);
        assert!(born.traveller.get("birth_date").is_none() && born.traveller["document"]["number"] == "L898902C3");
        let all = of(&TD3.replace("<<<<<10", "<<<<<11")).unwrap();
        assert_eq!(all.misread, ["zone"]);
        assert!(all.traveller.get("birth_date").is_none() && all.traveller["document"].get("number").is_none());
    }

    #[test]
    fn a_visa_and_what_is_no_zone_are_told_apart() {
        assert_eq!(of(" \r\n"), Err(Unread::Empty));
        assert_eq!(of(TD3.lines().next().unwrap()), Err(Unread::NoZone));
        assert_eq!(of("PQ1:ABC"), Err(Unread::NoZone));
        let visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<";
        assert_eq!(of(visa), Err(Unread::Visa));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[A-Z0-9<\n ]{0,120}") {
            let _ = of(&text);
        }
    }
}
