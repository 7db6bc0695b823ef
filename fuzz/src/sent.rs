//! What a traveller sends and what people type: a declaration's own fields, codes, labels, numbers, dates.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use jiff::civil::{Date, date};
use pratique_core::code::{ResumeCode, ShortCode};
use pratique_core::declaration::Declare;
use pratique_core::flight::{Designator, FlightId};
use pratique_core::id::Id;
use pratique_core::identity::BirthDate;
use pratique_core::identity::document::normal_number;
use pratique_core::identity::name::clean_name;
use pratique_core::laboratory::{Ct, Label, Well};
use pratique_core::paper::Serial;
use pratique_core::{country, language};
use serde_json::Value;

const TODAY: Date = date(2026, 11, 24);

const DECLARATION: &str = r#"{"port":"CNPEK","language":"en","channel":"web","traveller":{"document":{"type":"passport",
"number":"e 1234 5678","issuer":"CN","expires":"2031-01-31"},"name":{"primary":"Wang","secondary":"Xiaoming","native":"王小明"},
"birth_date":"1990-02","sex":"M","nationality":"CHN"},"trip":{"flight":"CA 0938","date":"2026-11-24","seat":"31a","origin":"LHR",
"via":["DXB"]},"contact":{"phone":"+86 138-0000-0000","email":"wang@example.org","address":"Hotel"},"answers":{"unwell":false},
"companions":[{"traveller":{"name":{"primary":"Li"},"birth_date":"2020-01-02","sex":"F","nationality":"IRL"},"answers":{},
"relation":"child"}],"attested":true}"#;

pub(crate) fn declaration_seeds() -> Vec<Vec<u8>> {
    vec![DECLARATION.into()]
}

/// The body of a declaration. What was taken once is taken again as the same: it is kept in that shape and comes back from there.
pub fn declaration(data: &[u8]) {
    let Ok(body) = serde_json::from_slice::<Value>(data) else { return };
    let Ok(taken) = Declare::check(&body, TODAY) else { return };
    let mut kept = serde_json::to_value(&taken).unwrap_or_default();
    kept["attested"] = Value::Bool(true);
    assert_eq!(Declare::check(&kept, TODAY), Ok(taken));
}

/// Something of each kind, as it is printed.
fn printed() -> [String; 10] {
    [
        ShortCode::from_random(0x3_1234_5678_9abc).grouped(),
        ResumeCode::from_random(7).grouped(),
        Label::from_random(77).to_string(),
        Serial { port: "CNPEK".into(), number: 42 }.to_string(),
        "CA938-2026-11-24-CNPEK".into(),
        "1974-08-12".into(),
        "23.46".into(),
        "H12".into(),
        Id([5; 16]).to_string(),
        "e 1234-5678".into(),
    ]
}

pub(crate) fn typed_seeds() -> Vec<Vec<u8>> {
    printed().map(String::into_bytes).to_vec()
}

/// Whatever is read is printed so that it is read as the same again.
fn again<T: FromStr + PartialEq + Debug>(text: &str, print: impl Fn(&T) -> String) -> bool
where
    T::Err: Debug,
{
    let Ok(read) = text.parse::<T>() else { return false };
    let printed = print(&read);
    assert!(printed.parse::<T>().is_ok_and(|again| again == read), "{read:?} is printed as {printed:?}");
    true
}

fn shown<T: Display>(value: &T) -> String {
    value.to_string()
}

/// A text of one line as everything that is typed in a field or stands in an address.
pub fn typed(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    again(text, ShortCode::grouped);
    again(text, ResumeCode::grouped);
    again::<Label>(text, shown);
    again::<Serial>(text, shown);
    again::<Designator>(text, shown);
    again::<FlightId>(text, shown);
    again::<BirthDate>(text, shown);
    again::<Ct>(text, shown);
    again::<Well>(text, shown);
    again::<Id>(text, shown);
    for order in [normal_number, |text: &str| clean_name(text).ok(), language::tag] {
        let ordered = order(text);
        assert!(ordered.iter().all(|once| order(once) == ordered), "{ordered:?} is put in order again");
    }
    assert!(country::canonical(text).is_none_or(|code| country::canonical(code) == Some(code)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_are_sound() {
        Declare::check(&serde_json::from_str(DECLARATION).unwrap(), TODAY).unwrap();
        let [short, resume, label, serial, flight, birth, ct, well, id, number] = printed();
        assert!(again(&short, ShortCode::grouped) && again(&resume, ResumeCode::grouped));
        assert!(again::<Label>(&label, shown) && again::<Serial>(&serial, shown) && again::<FlightId>(&flight, shown));
        assert!(again::<BirthDate>(&birth, shown) && again::<Ct>(&ct, shown) && again::<Well>(&well, shown));
        assert!(again::<Id>(&id, shown) && normal_number(&number).is_some());
    }
}
