//! The four fields by which a person is found are keyed in twice and compared: what was read wrongly off a paper once is seldom
//! read wrongly in the same way again (journey.md 6.4).

use pratique_core::flight::Designator;
use pratique_core::identity::document::normal_number;
use serde_json::Value;

use crate::channels::traveller::form::Sent;
use crate::channels::traveller::own::{self, Own};
use crate::channels::traveller::typed;

/// The fields, by their pointers.
pub const FIELDS: [&str; 4] =
    ["/traveller/document/number", "/traveller/birth_date", "/trip/flight", "/traveller/name/primary"];

/// Where the second entry of a field stands in the page's form.
#[must_use]
pub fn second(pointer: &str) -> String {
    format!("/twice{pointer}")
}

/// The four fields themselves.
pub fn fields() -> impl Iterator<Item = &'static Own> {
    let all = own::PERSON.iter().chain(own::TRIP);
    FIELDS.into_iter().filter_map(move |pointer| all.clone().find(|own| own.pointer == pointer))
}

/// The fields whose two entries differ.
#[must_use]
pub fn differing(body: &Value, sent: &Sent) -> Vec<&'static str> {
    let differs = |pointer: &&str| {
        let first = body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let again = sent.one(&second(pointer)).unwrap_or_default();
        plain(pointer, first) != plain(pointer, again)
    };
    FIELDS.into_iter().filter(differs).collect()
}

/// The text as it is compared: blanks, capitals and the order of a date are no difference.
fn plain(pointer: &str, text: &str) -> String {
    let text = text.trim();
    match pointer {
        "/traveller/document/number" => normal_number(text).unwrap_or_else(|| text.to_owned()),
        "/traveller/birth_date" => typed::date(text),
        "/trip/flight" => text.parse::<Designator>().map_or_else(|_| text.to_owned(), |flight| flight.to_string()),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body() -> Value {
        json!({
            "trip": {"flight": "ca938"},
            "traveller": {"document": {"number": "e 1234 5678"}, "birth_date": "1988-03-02", "name": {"primary": "Li  Na"}}
        })
    }

    fn sent(values: [&str; 4]) -> Sent {
        Sent(FIELDS.iter().zip(values).map(|(field, value)| (second(field), value.to_owned())).collect())
    }

    #[test]
    fn the_same_in_another_writing_is_the_same() {
        assert_eq!(differing(&body(), &sent(["E12345678", "19880302", "CA 938", "LI NA"])), [""; 0]);
    }

    #[test]
    fn each_difference_is_named_and_so_is_what_was_typed_once() {
        assert_eq!(differing(&body(), &sent(["E12345687", "1988-02-03", "CA983", "LI NO"])), FIELDS);
        assert_eq!(differing(&body(), &Sent::default()), FIELDS);
        assert_eq!(differing(&json!({}), &Sent::default()), [""; 0]);
        assert_eq!(fields().count(), 4);
    }
}
