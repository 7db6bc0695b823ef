//! Which forms are read, and what is said of the others.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use pratique_core::questionnaire::{Fault, Kind, Questionnaire};
use serde_json::{Value, json};

fn parse(items: Value) -> Result<Questionnaire, Vec<Fault>> {
    let form = json!({"resourceType": "Questionnaire", "url": "u", "version": "1", "title": "T", "item": items});
    Questionnaire::parse(form.to_string().as_bytes())
}

/// The first fault's pointer and message.
fn fault(items: Value) -> (String, String) {
    let faults = parse(items).unwrap_err();
    (faults[0].pointer.clone(), faults[0].message.clone())
}

#[test]
fn every_kind_of_question_is_read() {
    let form = parse(json!([
        {"linkId": "g", "type": "group", "item": [
            {"linkId": "a", "type": "display", "text": "Read this"},
            {"linkId": "b", "type": "boolean"}, {"linkId": "c", "type": "string"}, {"linkId": "d", "type": "text"},
            {"linkId": "e", "type": "integer"}, {"linkId": "f", "type": "decimal"}, {"linkId": "h", "type": "date"},
            {"linkId": "i", "type": "choice"}, {"linkId": "j", "type": "open-choice"},
            {"linkId": "k", "type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/iso3166-1-3|4.0.1"}]}
    ]))
    .unwrap();
    let kinds: Vec<_> = form.each().iter().map(|item| item.kind).collect();
    assert_eq!(kinds, Kind::ALL);
}

#[test]
fn a_form_that_cannot_be_asked_is_refused_with_the_place_and_what_to_do() {
    let group = |inner: Value| json!([{"linkId": "g", "type": "group", "item": [inner]}]);
    for (items, pointer, words) in [
        (group(json!({"linkId": "q", "type": "quantity"})), "/item/0/item/0", "cannot be asked"),
        (json!([{"type": "string"}]), "/item/0", "needs a linkId"),
        (json!([{"linkId": "a", "type": "string"}, {"linkId": "a", "type": "text"}]), "/item/1", "unique"),
        (json!([{"linkId": "g", "type": "group"}]), "/item/0", "at least one item"),
        (
            json!([{"linkId": "a", "type": "string", "item": [{"linkId": "b", "type": "string"}]}]),
            "/item/0",
            "only groups",
        ),
        (json!([{"linkId": "a", "type": "string", "required": "yes"}]), "/item/0", "true or false"),
        (json!([{"linkId": "a", "type": "choice", "answerValueSet": "http://x"}]), "/item/0", "is not known"),
        (
            json!([{"linkId": "a", "type": "boolean", "answerOption": [{"valueString": "x"}]}]),
            "/item/0",
            "answerOption",
        ),
        (json!([{"linkId": "a", "type": "boolean", "modifierExtension": []}]), "/item/0", "modifierExtension"),
        (
            json!([{"linkId": "a", "type": "choice", "answerOption": [{"valueString": " x"}]}]),
            "/item/0/answerOption/0",
            "space",
        ),
    ] {
        let (at, message) = fault(items.clone());
        assert_eq!(at, pointer, "{items}: {message}");
        assert!(message.contains(words), "{items}: {message}");
    }
}

#[test]
fn a_condition_that_cannot_be_evaluated_or_never_holds_is_a_fault() {
    for (question, operator, answer, words) in [
        ("b", "exists", json!({"answerBoolean": true}), "backwards"),
        ("z", "exists", json!({"answerBoolean": true}), "backwards"),
        ("row", "=", json!({"answerBoolean": true}), "same row"),
        ("g", "exists", json!({"answerBoolean": true}), "no question"),
        ("a", "exists", json!({"answerString": "x"}), "que-7"),
        ("a", ">", json!({"answerBoolean": true}), "no order"),
        ("a", "=", json!({"answerString": "x"}), "never hold"),
        ("a", "~", json!({"answerBoolean": true}), "operator"),
        ("a", "=", json!({}), "answer[x]"),
        ("d", "<", json!({"answerDate": "soon"}), "not an answer"),
    ] {
        let mut condition = answer;
        condition["question"] = json!(question);
        condition["operator"] = json!(operator);
        let (at, message) = fault(json!([
            {"linkId": "a", "type": "boolean"}, {"linkId": "d", "type": "date"},
            {"linkId": "g", "type": "group", "repeats": true, "item": [{"linkId": "row", "type": "boolean"}]},
            {"linkId": "b", "type": "string", "enableWhen": [condition]}]));
        assert_eq!(at, "/item/3/enableWhen/0");
        assert!(message.contains(words), "{question} {operator}: {message}");
    }
}

#[test]
fn several_conditions_without_a_behaviour_are_a_fault() {
    let condition = json!({"question": "a", "operator": "exists", "answerBoolean": true});
    let items = json!([{"linkId": "a", "type": "boolean"},
        {"linkId": "b", "type": "string", "enableWhen": [condition, condition]}]);
    assert!(fault(items).1.contains("que-12"));
}

#[test]
fn every_fault_is_told_at_once() {
    let faults = parse(json!([{"linkId": "a", "type": "url"}, {"linkId": "b", "type": "time"}])).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.link_id.as_deref()).collect::<Vec<_>>(), [Some("a"), Some("b")]);
}

#[test]
fn a_form_too_deep_too_long_or_no_form_at_all_is_refused() {
    let deep = (0..9).fold(
        json!({"linkId": "q", "type": "string"}),
        |inner, n| json!({"linkId": format!("g{n}"), "type": "group", "item": [inner]}),
    );
    assert!(fault(json!([deep])).1.contains("nested deeper"));
    let long: Vec<_> = (0..501).map(|n| json!({"linkId": format!("q{n}"), "type": "string"})).collect();
    assert!(fault(json!(long)).1.contains("more than 500 items"));
    for bytes in [&b""[..], b"[]", b"{\"resourceType\":\"Patient\"}", &vec![b' '; 2 << 20]] {
        assert_eq!(Questionnaire::parse(bytes).unwrap_err().len(), 1);
    }
}

#[test]
fn texts_come_in_the_language_asked_for_and_help_belongs_to_its_question() {
    let translated = |words: &str| {
        json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
            {"url": "lang", "valueCode": "zh-Hans"}, {"url": "content", "valueString": words}]}]})
    };
    let control = json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"code": "help"}]}}]);
    let form = parse(json!([{"linkId": "a", "type": "choice", "text": "Fever?", "_text": translated("发烧吗？"),
        "answerOption": [{"valueCoding": {"code": "y", "display": "Yes", "_display": translated("是")}}],
        "item": [{"linkId": "h", "type": "display", "extension": control, "text": "Hot", "_text": translated("热")}]}]))
    .unwrap();
    let item = form.find("a").unwrap();
    assert_eq!((item.text("zh-CN"), item.help("zh"), item.options[0].text("zh-Hans")), ("发烧吗？", Some("热"), "是"));
    assert_eq!((item.text("fr"), item.help("en"), item.options[0].text("de")), ("Fever?", Some("Hot"), "Yes"));
    assert_eq!(form.languages(), ["en", "zh-Hans"]);
    assert!(item.children.is_empty() && form.find("h").is_none());
}
