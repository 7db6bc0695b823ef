//! From loose JSON to a checked [`Declare`]: identity, trip, contact, companions. All faults at once, each at its field.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value};

use super::read::Reader;
use super::{Channel, Companion, Contact, Declare, Relation, Trip};
use crate::country;
use crate::field::FieldError;
use crate::flight::Designator;
use crate::identity::document::normal_number;
use crate::identity::{BirthDate, Document, DocumentType, Name, Sex, Traveller};
use crate::language;
use crate::paper::{Paper, Serial};

/// Nobody declares more than nine others at once: a tenth is a tour, and a tour leader's list comes as a file.
pub const COMPANIONS_MAX: usize = 9;
/// A trip lies at most this many days ahead or behind: beyond that the date is a typing mistake.
pub const TRIP_DAYS_MAX: i32 = 60;
/// Nobody alive is older; a birth date before that is a typing mistake.
const AGE_YEARS_MAX: i16 = 130;

impl Declare {
    /// Checks what was sent. `today` is the port's local date.
    ///
    /// # Errors
    /// Every fault, in the order of the form, with pointers into `body`.
    pub fn check(body: &Value, today: Date) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let root = Reader::root(body);
        if !root.is_object(&mut faults) {
            return Err(faults);
        }
        let port = root.parsed("port", "not-a-port", locode, &mut faults);
        let language = root.optional("language", "not-a-language", language::tag, &mut faults);
        let paper = paper(&root, &mut faults);
        let usual = if root.get("paper").is_some() { Channel::Paper } else { Channel::Api };
        let channel = root.optional("channel", "not-a-channel", channel, &mut faults).unwrap_or(usual);
        if root.get("paper").is_some() && channel != Channel::Paper {
            faults.push(FieldError::new("/channel", "paper-channel"));
        }
        let traveller = root.object("traveller", &mut faults).and_then(|at| traveller(&at, today, &mut faults));
        let trip = root.object("trip", &mut faults).and_then(|at| trip(&at, today, &mut faults));
        let contact = root.object("contact", &mut faults).map(|at| contact(&at, &mut faults)).unwrap_or_default();
        let answers = answers(&root, &mut faults);
        let companions = companions(&root, today, &mut faults);
        if root.get("paper").is_some() && !companions.is_empty() {
            faults.push(FieldError::new("/companions", "paper-of-one"));
        }
        distinct(&root, &mut faults);
        if body.get("attested") != Some(&Value::Bool(true)) {
            faults.push(FieldError::new("/attested", "not-attested"));
        }
        let questionnaire = root.text("questionnaire", 200, &mut faults);
        let notice = root.text("notice", 80, &mut faults);
        let (Some(port), Some(traveller), Some(trip), true) = (port, traveller, trip, faults.is_empty()) else {
            return Err(faults);
        };
        let language = language.unwrap_or_else(|| "en".to_owned());
        Ok(Declare {
            port,
            questionnaire,
            language,
            channel,
            paper,
            traveller,
            trip,
            contact,
            answers,
            companions,
            notice,
        })
    }
}

/// The same document twice in one party is the same person twice. Read apart from the rest, so that it is told also beside
/// other faults.
fn distinct(root: &Reader<'_>, faults: &mut Vec<FieldError>) {
    let key = |person: &Reader<'_>| {
        let document = person.child("traveller").child("document");
        let text = |name| document.get(name).and_then(Value::as_str);
        Some((normal_number(text("number")?)?, state(text("issuer")?)?))
    };
    let mut seen = vec![key(root)];
    for (at, companion) in root.list("companions", &mut Vec::new()).iter().enumerate() {
        let this = key(companion);
        if this.is_some() && seen.contains(&this) {
            let pointer = format!("/companions/{at}/traveller/document/number");
            faults.push(FieldError::new(pointer, "same-person-twice"));
        }
        seen.push(this);
    }
}

fn locode(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase();
    (text.len() == 5 && text.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(text)
}

fn channel(text: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|c| c.name() == text)
}

/// The form and the time on it, if it was a paper. Whether the form is known and the time can be is the action's to say.
fn paper(root: &Reader<'_>, faults: &mut Vec<FieldError>) -> Option<Paper> {
    root.get("paper")?;
    let at = root.object("paper", faults)?;
    let serial = match at.parsed("serial", "not-a-serial", |text| Some(text.parse::<Serial>()), faults) {
        Some(Ok(serial)) => Some(serial),
        Some(Err(bad)) => {
            faults.push(FieldError::new(at.at("serial"), bad.code()));
            None
        }
        None => None,
    };
    let time = at.parsed("at", "not-a-time", |text| text.parse::<Timestamp>().ok(), faults);
    Some(Paper { serial: serial?, at: time? })
}

fn traveller(at: &Reader<'_>, today: Date, faults: &mut Vec<FieldError>) -> Option<Traveller> {
    if !at.is_object(faults) {
        return None;
    }
    let given = at.get("document").is_some();
    let document = given.then(|| at.object("document", faults).and_then(|at| document(&at, faults)));
    let name = at.object("name", faults).and_then(|at| name(&at, faults));
    let birth_date = at.parsed("birth_date", "not-a-date", |t| t.parse::<BirthDate>().ok(), faults);
    if let Some(born) = birth_date {
        if born.earliest() > today {
            faults.push(FieldError::new(at.at("birth_date"), "date-in-future"));
        } else if today.year() - born.earliest().year() > AGE_YEARS_MAX {
            faults.push(FieldError::new(at.at("birth_date"), "date-too-old"));
        }
    }
    let sex = at.parsed("sex", "not-a-sex", Sex::parse, faults);
    let nationality = at.parsed("nationality", "not-a-country", state, faults);
    let document = match document {
        Some(read) => Some(read?),
        None => None,
    };
    Some(Traveller { document, name: name?, birth_date: birth_date?, sex: sex?, nationality: nationality? })
}

fn state(text: &str) -> Option<String> {
    country::canonical(text).map(str::to_owned)
}

fn document(at: &Reader<'_>, faults: &mut Vec<FieldError>) -> Option<Document> {
    let kind =
        at.optional("type", "not-a-document-type", DocumentType::parse, faults).unwrap_or(DocumentType::Passport);
    let number = at.parsed("number", "not-a-document-number", normal_number, faults);
    let issuer = at.parsed("issuer", "not-a-country", state, faults);
    let expires = at.optional("expires", "not-a-date", day, faults);
    Some(Document { kind, number: number?, issuer: issuer?, expires })
}

fn name(at: &Reader<'_>, faults: &mut Vec<FieldError>) -> Option<Name> {
    let before = faults.len();
    let primary = at.name("primary", faults);
    let secondary = at.name("secondary", faults);
    let native = at.name("native", faults);
    if primary.is_none() && faults.len() == before {
        faults.push(FieldError::new(at.at("primary"), "required"));
    }
    Some(Name { primary: primary?, secondary, native })
}

fn trip(at: &Reader<'_>, today: Date, faults: &mut Vec<FieldError>) -> Option<Trip> {
    let flight = at.parsed("flight", "not-a-flight", |t| t.parse::<Designator>().ok(), faults);
    let date = at.parsed("date", "not-a-date", day, faults);
    if date.is_some_and(|date| date > today.saturating_add(TRIP_DAYS_MAX.days())) {
        faults.push(FieldError::new(at.at("date"), "trip-too-far").with("days", TRIP_DAYS_MAX));
    }
    // Nearer than that it is the flight's own times that say so.
    if date.is_some_and(|date| date < today.saturating_sub(TRIP_DAYS_MAX.days())) {
        faults.push(FieldError::new(at.at("date"), "trip-over"));
    }
    let seat = at.optional("seat", "not-a-seat", seat, faults);
    let origin = at.optional("origin", "not-an-airport", place, faults);
    let via = match at.get("via") {
        Some(Value::String(_)) => at.optional("via", "not-an-airport", place, faults).into_iter().collect(),
        _ => at
            .list("via", faults)
            .iter()
            .take(5)
            .filter_map(|stop| stop.own_text("not-an-airport", place, faults))
            .collect(),
    };
    Some(Trip { flight: flight?, date: date?, seat, origin, via })
}

/// A day and no more: `2026-11-24` or `20261124`. A time behind it would be read and thrown away.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() <= "2026-11-24".len())
}

/// A seat as printed on a boarding pass: a row, kept without the noughts before it, and one letter; `INF` for a lap infant.
fn seat(text: &str) -> Option<String> {
    let text = text.replace(' ', "").to_ascii_uppercase();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (row, letter) = (text[..digits].trim_start_matches('0'), &text[digits..]);
    let fits = digits <= 3 && !row.is_empty() && matches!(letter.as_bytes(), [b'A'..=b'Z']);
    (fits || text == "INF").then(|| format!("{row}{letter}"))
}

/// An airport (IATA, three letters), a UN/LOCODE or a state's code.
fn place(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase();
    ((2..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(text)
}

fn contact(at: &Reader<'_>, faults: &mut Vec<FieldError>) -> Contact {
    let before = faults.len();
    let contact = Contact {
        phone: at.optional("phone", "not-a-phone", phone, faults),
        email: at.optional("email", "not-an-email", email, faults),
        address: at.text("address", 300, faults),
    };
    // A result must reach the person (journey.md 6.1: a positive is called within 15 minutes).
    if contact.phone.is_none() && contact.email.is_none() && faults.len() == before {
        faults.push(FieldError::new(at.at("phone"), "contact-missing"));
    }
    contact
}

/// Digits with an optional leading plus (ITU-T E.164: at most 15); spaces, hyphens and brackets are how people write.
fn phone(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    ((5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(kept)
}

/// One `@` with something on both sides and a dot behind it: whether it works, only a message shows.
fn email(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let plain = !local.is_empty() && !text.contains(char::is_whitespace) && !local.contains('@');
    let dotted = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    (plain && dotted && text.len() <= 254).then(|| text.to_owned())
}

fn answers(at: &Reader<'_>, faults: &mut Vec<FieldError>) -> Map<String, Value> {
    match at.get("answers") {
        Some(Value::Object(map)) => map.clone(),
        Some(_) => {
            faults.push(FieldError::new(at.at("answers"), "not-an-object"));
            Map::new()
        }
        None => Map::new(),
    }
}

fn companions(root: &Reader<'_>, today: Date, faults: &mut Vec<FieldError>) -> Vec<Companion> {
    let list = root.list("companions", faults);
    if list.len() > COMPANIONS_MAX {
        faults.push(FieldError::new("/companions", "too-many-companions").with("max", COMPANIONS_MAX));
        return Vec::new();
    }
    list.iter().filter_map(|at| companion(at, today, faults)).collect()
}

fn companion(at: &Reader<'_>, today: Date, faults: &mut Vec<FieldError>) -> Option<Companion> {
    if !at.is_object(faults) {
        return None;
    }
    let traveller = at.object("traveller", faults).and_then(|at| traveller(&at, today, faults));
    let answers = answers(at, faults);
    let relation = at.optional("relation", "not-a-relation", relation, faults).unwrap_or(Relation::Other);
    let seat = at.optional("seat", "not-a-seat", seat, faults);
    Some(Companion { traveller: traveller?, answers, relation, seat })
}

fn relation(text: &str) -> Option<Relation> {
    Relation::ALL.into_iter().find(|r| r.name() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn today() -> Date {
        jiff::civil::date(2026, 11, 24)
    }

    fn body() -> Value {
        json!({
            "port": "CNPEK", "language": "en", "channel": "web",
            "traveller": {
                "document": {"type": "passport", "number": "e 1234 5678", "issuer": "CN"},
                "name": {"primary": "Wang", "secondary": "Xiaoming", "native": "王小明"},
                "birth_date": "1990-02-01", "sex": "M", "nationality": "CHN"
            },
            "trip": {"flight": "CA 938", "date": "2026-11-24", "seat": "31a"},
            "contact": {"phone": "+86 138-0000-0000"},
            "answers": {}, "attested": true
        })
    }

    fn told(body: &Value) -> Vec<(String, String)> {
        Declare::check(body, today()).unwrap_err().into_iter().map(|f| (f.pointer, f.code)).collect()
    }

    #[test]
    fn what_people_type_is_put_in_order() {
        let declare = Declare::check(&body(), today()).unwrap();
        let document = declare.traveller.document.unwrap();
        assert_eq!((document.number.as_str(), document.issuer.as_str()), ("E12345678", "CHN"));
        assert_eq!(declare.trip.flight.to_string(), "CA938");
        assert_eq!(declare.trip.seat.as_deref(), Some("31A"));
        assert_eq!(declare.contact.phone.as_deref(), Some("+8613800000000"));
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let faults = told(&json!({"port": "Beijing", "channel": "pigeon", "traveller": {"sex": 1}}));
        for expected in [
            ("/port", "not-a-port"),
            ("/channel", "not-a-channel"),
            ("/traveller/name/primary", "required"),
            ("/traveller/birth_date", "required"),
            ("/traveller/sex", "wrong-type"),
            ("/traveller/nationality", "required"),
            ("/trip/flight", "required"),
            ("/trip/date", "required"),
            ("/contact/phone", "contact-missing"),
            ("/attested", "not-attested"),
        ] {
            assert!(faults.contains(&(expected.0.into(), expected.1.into())), "{expected:?} is not among {faults:?}");
        }
        for body in [json!(null), json!([]), json!("x"), json!({"companions": 3, "answers": [], "contact": "x"})] {
            assert!(Declare::check(&body, today()).is_err());
        }
    }

    #[test]
    fn what_is_of_another_kind_is_told_once_and_not_as_missing() {
        let one = |body: Value| told(&body);
        for (value, pointer) in [(json!([]), ""), (json!("x"), ""), (json!(3), "")] {
            assert_eq!(one(value), [(pointer.to_owned(), "not-an-object".to_owned())]);
        }
        for pointer in ["/traveller", "/traveller/name", "/traveller/document", "/trip", "/contact"] {
            let mut sent = body();
            *sent.pointer_mut(pointer).unwrap() = json!("x");
            assert_eq!(told(&sent), [(pointer.to_owned(), "not-an-object".to_owned())]);
        }
        let mut sent = body();
        sent["companions"] = json!([3]);
        assert_eq!(told(&sent), [("/companions/0".into(), "not-an-object".into())]);
    }

    #[test]
    fn a_paper_has_its_number_and_its_time_and_is_one_persons() {
        let mut sent = body();
        sent.as_object_mut().unwrap().remove("channel");
        sent["paper"] = json!({"serial": "cnpek 000042 t", "at": "2026-11-24T00:00:00Z"});
        let declare = Declare::check(&sent, today()).unwrap();
        assert_eq!((declare.channel, declare.paper.unwrap().serial.number), (Channel::Paper, 42));
        sent["paper"] = json!({"serial": "CNPEK-000043-T", "at": "noon"});
        sent["channel"] = json!("web");
        sent["companions"] = json!([{"traveller": sent["traveller"], "answers": {}}]);
        sent["companions"][0]["traveller"]["document"]["number"] = json!("E9");
        let expected = [
            ("/paper/serial", "serial-check"),
            ("/paper/at", "not-a-time"),
            ("/channel", "paper-channel"),
            ("/companions", "paper-of-one"),
        ];
        assert_eq!(told(&sent), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        sent = body();
        sent["channel"] = json!("paper");
        assert!(Declare::check(&sent, today()).unwrap().paper.is_none(), "a program may say so of what it received");
    }

    #[test]
    fn a_language_is_known_by_its_shape() {
        for (tag, fits) in
            [("zh-Hans-CN", true), ("en", true), ("x", false), ("english please", false), ("zh_CN", false)]
        {
            let mut sent = body();
            sent["language"] = json!(tag);
            assert_eq!(Declare::check(&sent, today()).is_ok(), fits, "{tag}");
        }
    }

    #[test]
    fn a_person_without_a_document_may_declare_and_a_date_may_lack_its_day() {
        let mut sent = body();
        sent["traveller"]["document"] = Value::Null;
        sent["traveller"]["birth_date"] = json!("1990");
        assert!(Declare::check(&sent, today()).is_ok());
    }

    #[test]
    fn typing_mistakes_are_found() {
        for (pointer, value, code) in [
            ("/traveller/birth_date", "2030-01-01", "date-in-future"),
            ("/traveller/birth_date", "1790-01-01", "date-too-old"),
            ("/trip/date", "2027-11-24", "trip-too-far"),
            ("/trip/date", "2025-11-24", "trip-over"),
            ("/trip/date", "2026-11-24T10:00", "not-a-date"),
            ("/trip/date", "24.11.2026", "not-a-date"),
            ("/trip/seat", "row 3", "not-a-seat"),
            ("/contact/phone", "call me", "not-a-phone"),
            ("/traveller/name/primary", "A\u{202E}B", "not-text"),
        ] {
            let mut sent = body();
            *sent.pointer_mut(pointer).unwrap() = json!(value);
            assert_eq!(told(&sent), [(pointer.to_owned(), code.to_owned())], "{value}");
        }
    }

    /// Its letter alone was kept, which could not be read again. Found by fuzzing.
    #[test]
    fn row_nought_has_no_seat() {
        for seat in ["0A", "00A", "000A"] {
            let mut sent = body();
            sent["trip"]["seat"] = json!(seat);
            assert_eq!(told(&sent), [("/trip/seat".to_owned(), "not-a-seat".to_owned())], "{seat}");
        }
    }

    #[test]
    fn one_person_cannot_be_their_own_companion() {
        let mut sent = body();
        sent["companions"] = json!([{"traveller": sent["traveller"], "answers": {}, "relation": "child"}]);
        assert_eq!(told(&sent), [("/companions/0/traveller/document/number".into(), "same-person-twice".into())]);
        sent["companions"] = json!(vec![json!({}); 10]);
        assert_eq!(told(&sent), [("/companions".into(), "too-many-companions".into())]);
    }

    #[test]
    fn every_code_that_is_given_is_in_the_list_of_codes() {
        let source = concat!(include_str!("form.rs"), include_str!("read.rs"), include_str!("../flight/schedule.rs"));
        let quoted = source.split('"').skip(1).step_by(2);
        let codes = quoted.filter(|q| q.starts_with("not-") || q.ends_with("-missing") || q.ends_with("-twice"));
        for code in codes {
            assert!(crate::field::CODES.contains(&code), "{code} is not listed in field.rs");
        }
    }
}
