//! FHIR responses become the plain answers of the contract.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Code, Questionnaire, check};
use pratique_formats::fhir::questionnaire_response::QuestionnaireResponse;
use proptest::prelude::*;
use serde_json::{Value, json};

fn form() -> Questionnaire {
    Questionnaire::parse(include_bytes!("../../../packs/respiratory/questionnaire.json")).unwrap()
}

fn read(items: Value) -> QuestionnaireResponse {
    let response =
        json!({"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "u|1", "item": items});
    QuestionnaireResponse::parse(response.to_string().as_bytes()).unwrap()
}

/// The first error of one answer to one question of the respiratory form.
fn refused(link_id: &str, answer: Value) -> (Code, String) {
    let errors = read(json!([{"linkId": link_id, "answer": [answer]}])).answers(&form()).unwrap_err();
    (errors[0].code, errors[0].pointer.clone())
}

#[test]
fn a_whole_declaration_in_fhir_is_the_same_declaration() {
    let boolean = |link_id: &str, value: bool| json!({"linkId": link_id, "answer": [{"valueBoolean": value}]});
    let country = |code: &str| {
        let coding = json!({"valueCoding": {"system": "urn:iso:std:iso:3166", "code": code}});
        json!({"linkId": "visited", "item": [{"linkId": "visited_country", "answer": [coding]}]})
    };
    let symptoms = json!({"linkId": "symptoms", "answer": [
        {"valueCoding": {"system": "https://pratique.example/packs/respiratory/symptoms", "code": "fever"}},
        {"valueString": "sore elbow"}]});
    let response = read(json!([
        {"linkId": "travel", "item": [country("KHM"), country("CN")]},
        {"linkId": "exposure", "item": [boolean("contact_case", false), boolean("contact_ill", true),
            boolean("community_cases", false), boolean("cluster", false)]},
        {"linkId": "health", "item": [boolean("unwell", true), symptoms,
            {"linkId": "temperature_c", "answer": [{"valueDecimal": 38.5}]}, boolean("medicine", false)]},
        {"linkId": "test", "item": [boolean("tested", false)]}]));
    let answers = check(&form(), &response.answers(&form()).unwrap(), date(2026, 11, 24)).unwrap();
    assert_eq!(
        Value::Object(answers.flattened()),
        json!({"visited": [{"visited_country": "KHM"}, {"visited_country": "CHN"}], "contact_case": false,
            "contact_ill": true, "community_cases": false, "cluster": false, "unwell": true,
            "symptoms": ["fever", "sore elbow"], "temperature_c": 38.5, "medicine": false, "tested": false})
    );
    assert_eq!((response.questionnaire.as_deref(), response.version.as_deref()), (Some("u"), Some("1")));
}

#[test]
fn an_answer_of_another_type_or_system_is_refused_at_its_place() {
    assert_eq!(refused("unwell", json!({"valueString": "true"})), (Code::WrongType, "/unwell/0".into()));
    assert_eq!(refused("temperature_c", json!({"valueInteger": 38})).0, Code::WrongType);
    assert_eq!(
        refused("test_result", json!({"valueCoding": {"system": "http://other", "code": "positive"}})).0,
        Code::NotAnOption
    );
    assert_eq!(refused("symptoms", json!({"valueCoding": {"code": "hiccups"}})).0, Code::NotAnOption);
    assert_eq!(
        refused("visited_country", json!({"valueCoding": {"system": "http://other", "code": "CHN"}})).0,
        Code::NotACountry
    );
    assert_eq!(refused("health", json!({"valueBoolean": true})).0, Code::WrongType);
}

#[test]
fn what_is_no_response_is_refused_with_its_place() {
    let faults = |response: Value| {
        let faults = QuestionnaireResponse::parse(response.to_string().as_bytes()).unwrap_err();
        faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    let base = json!({"resourceType": "QuestionnaireResponse", "status": "completed"});
    let with = |key: &str, value: Value| {
        let mut response = base.clone();
        response[key] = value;
        response
    };
    assert_eq!(faults(with("resourceType", json!("Patient"))), [""]);
    assert_eq!(faults(with("status", json!("done"))), ["/status"]);
    assert_eq!(faults(with("item", json!({}))), ["/item"]);
    assert_eq!(faults(with("item", json!([{"answer": []}]))), ["/item/0"]);
    let two = json!([{"linkId": "a", "answer": [{"valueBoolean": true, "valueString": "x"}]}]);
    assert_eq!(faults(with("item", two)), ["/item/0/answer/0"]);
    assert_eq!(faults(with("item", json!(vec![json!({"linkId": "a"}); 5001]))), [""]);
}

proptest! {
    #[test]
    fn no_bytes_panic(text in any::<String>(), link_id in "[a-z~/]{0,4}", number in any::<f64>()) {
        let _ = QuestionnaireResponse::parse(text.as_bytes());
        let item = json!([{"linkId": link_id, "answer": [{"valueDecimal": number, "item": [{"linkId": text}]}]}]);
        let response = json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": item});
        if let Ok(response) = QuestionnaireResponse::parse(response.to_string().as_bytes()) {
            let _ = response.answers(&form());
        }
    }
}
