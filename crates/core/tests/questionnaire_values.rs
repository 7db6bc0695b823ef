//! What each kind of question takes, and what is said of other values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Code, Questionnaire, check};
use serde_json::{Value, json};

/// Asks one question, answers it, and gives the accepted value or the code, the pointer and the parameters.
fn ask(question: Value, value: Value) -> Result<Value, (Code, String)> {
    let mut question = question;
    question["linkId"] = json!("q");
    let form = json!({"resourceType": "Questionnaire", "item": [question]});
    let form = Questionnaire::parse(form.to_string().as_bytes()).unwrap();
    let answers = json!({"q": value}).as_object().unwrap().clone();
    match check(&form, &answers, date(2026, 11, 24)) {
        Ok(answers) => Ok(answers.get("q").cloned().unwrap_or_default()),
        Err(errors) => {
            let params: Vec<_> = errors[0].params.values().cloned().collect();
            Err((errors[0].code, format!("{} {}", errors[0].pointer, params.join(" "))))
        }
    }
}

fn kind(kind: &str) -> Value {
    json!({"type": kind})
}

fn limit(name: &str, value_type: &str, value: Value) -> Value {
    json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), format!("value{value_type}"): value})
}

#[test]
fn each_kind_takes_its_own_values_and_gives_them_one_form() {
    for (question, good, canonical) in [
        (kind("boolean"), json!(false), json!(false)),
        (kind("string"), json!(" Zu\u{308}rich "), json!("Zürich")),
        (kind("text"), json!("one\r\ntwo"), json!("one\ntwo")),
        (kind("integer"), json!(-5), json!(-5)),
        (kind("decimal"), json!(38.5), json!(38.5)),
        (kind("date"), json!("2024-02-29"), json!("2024-02-29")),
        (json!({"type": "choice", "answerOption": [{"valueString": "b c"}]}), json!("b c"), json!("b c")),
        (
            json!({"type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/iso3166-1-3"}),
            json!("kh"),
            json!("KHM"),
        ),
    ] {
        assert_eq!(ask(question.clone(), good), Ok(canonical), "{question}");
    }
}

#[test]
fn what_is_wrong_with_other_values_is_named() {
    let choice = json!({"type": "choice", "answerOption": [{"valueCoding": {"code": "a"}}]});
    let country = json!({"type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/iso3166-1-3"});
    for (question, bad, code) in [
        (kind("boolean"), json!("true"), Code::WrongType),
        (kind("string"), json!(5), Code::WrongType),
        (kind("string"), json!("a\nb"), Code::BadCharacter),
        (kind("string"), json!("a\u{202e}b"), Code::BadCharacter),
        (kind("string"), json!("é".repeat(256)), Code::TooLong),
        (kind("string"), json!(["a", "b"]), Code::TooMany),
        (kind("text"), json!("a\u{0}b"), Code::BadCharacter),
        (kind("text"), json!("a".repeat(2001)), Code::TooLong),
        (kind("integer"), json!(1.5), Code::NotAWholeNumber),
        (kind("integer"), json!(3_000_000_000_u64), Code::NotAWholeNumber),
        (kind("decimal"), json!("38.5"), Code::NotANumber),
        (kind("date"), json!("2026-02-30"), Code::NotADate),
        (kind("date"), json!("20260201"), Code::NotADate),
        (kind("date"), json!("2026-02"), Code::NotADate),
        (kind("date"), json!("0026-02-01"), Code::NotADate),
        (choice, json!("c"), Code::NotAnOption),
        (country.clone(), json!("ZZZ"), Code::NotACountry),
        (country, json!("XXA"), Code::NotACountry),
        (kind("display"), json!("x"), Code::NotAQuestion),
        (json!({"type": "string", "repeats": true}), json!("a"), Code::WrongType),
    ] {
        assert_eq!(ask(question.clone(), bad).map_err(|(code, _)| code), Err(code), "{question}");
    }
}

#[test]
fn limits_are_held_and_named() {
    let number = json!({"type": "decimal", "extension": [limit("minValue", "Decimal", json!(34.0)),
        limit("maxValue", "Integer", json!(43)), limit("maxDecimalPlaces", "Integer", json!(1))]});
    assert_eq!(ask(number.clone(), json!(34)), Ok(json!(34)));
    assert_eq!(ask(number.clone(), json!(33.9)), Err((Code::TooSmall, "/q 34".into())));
    assert_eq!(ask(number.clone(), json!(43.1)), Err((Code::TooLarge, "/q 43".into())));
    assert_eq!(ask(number, json!(36.65)), Err((Code::TooManyDecimals, "/q 1".into())));
    let today = json!({"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "_valueDate": {"extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/cqf-expression",
         "valueExpression": {"language": "text/fhirpath", "expression": "today()"}}]}});
    let day = json!({"type": "date", "extension": [limit("minValue", "Date", json!("2026-11-10")), today]});
    assert_eq!(ask(day.clone(), json!("2026-11-24")), Ok(json!("2026-11-24")));
    assert_eq!(ask(day.clone(), json!("2026-11-25")), Err((Code::TooLate, "/q 2026-11-24".into())));
    assert_eq!(ask(day, json!("2026-11-09")), Err((Code::TooEarly, "/q 2026-11-10".into())));
    let words = json!({"type": "string", "maxLength": 3, "extension": [limit("minLength", "Integer", json!(2))]});
    assert_eq!(ask(words.clone(), json!("日本語")), Ok(json!("日本語")));
    assert_eq!(ask(words.clone(), json!("a")), Err((Code::TooShort, "/q 2".into())));
    assert_eq!(ask(words, json!("abcd")), Err((Code::TooLong, "/q 3".into())));
}

#[test]
fn repeats_are_counted_and_each_wrong_one_is_named() {
    let several = json!({"type": "integer", "repeats": true,
        "extension": [limit("minOccurs", "Integer", json!(2)), limit("maxOccurs", "Integer", json!(3))]});
    assert_eq!(ask(several.clone(), json!([1, "", 1])), Ok(json!([1, 1])));
    assert_eq!(ask(several.clone(), json!([])), Err((Code::Required, "/q ".into())));
    assert_eq!(ask(several.clone(), json!([1])), Err((Code::TooFew, "/q 2".into())));
    assert_eq!(ask(several.clone(), json!([1, 2, 3, 4])), Err((Code::TooMany, "/q 3".into())));
    assert_eq!(ask(several, json!([1, 2, "x"])), Err((Code::NotAWholeNumber, "/q/2 ".into())));
    assert_eq!(ask(json!({"type": "string", "repeats": true}), json!(vec!["x"; 101])).unwrap_err().0, Code::TooMany);
}

#[test]
fn an_open_choice_takes_an_option_or_own_words_and_an_option_once() {
    let open = json!({"type": "open-choice", "repeats": true, "maxLength": 10,
        "answerOption": [{"valueCoding": {"code": "fever"}}, {"valueCoding": {"code": "rash"}}]});
    assert_eq!(ask(open.clone(), json!(["fever", "sore elbow", "fever"])), Ok(json!(["fever", "sore elbow"])));
    assert_eq!(ask(open.clone(), json!(["a sore elbow"])), Err((Code::TooLong, "/q/0 10".into())));
    assert_eq!(ask(open, json!(["a\tb"])), Err((Code::BadCharacter, "/q/0 U+0009".into())));
}

#[test]
fn a_field_of_a_page_becomes_the_value_that_the_api_would_send() {
    let items = json!([{"linkId": "b", "type": "boolean"}, {"linkId": "i", "type": "integer"},
        {"linkId": "d", "type": "decimal"}, {"linkId": "s", "type": "string"}]);
    let form = json!({"resourceType": "Questionnaire", "item": items});
    let form = Questionnaire::parse(form.to_string().as_bytes()).unwrap();
    let value = |link_id: &str, text: &str| form.find(link_id).unwrap().value_of_field(text);
    assert_eq!([value("b", "true"), value("b", "maybe")], [json!(true), json!("maybe")]);
    assert_eq!([value("i", " 5 "), value("i", "5.5")], [json!(5), json!("5.5")]);
    assert_eq!([value("d", "38,5"), value("d", "hot"), value("d", "NaN")], [json!(38.5), json!("hot"), json!("NaN")]);
    assert_eq!(value("s", "5"), json!("5"));
}

#[test]
fn codes_are_all_different_and_written_alike() {
    let codes: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), Code::ALL.len());
    assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}
