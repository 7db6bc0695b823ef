//! The first pack's second form: what the desk asks of whom it looks into.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Kind, Questionnaire, check, lint};
use serde_json::json;

fn form() -> Questionnaire {
    Questionnaire::parse(include_bytes!("../../../packs/respiratory/investigation.json")).unwrap()
}

#[test]
fn it_is_sound_and_complete_in_english_and_chinese() {
    assert_eq!(lint(&form(), None), []);
    assert_eq!(form().languages(), ["en", "zh-Hans"]);
    assert_eq!((form().title("en"), form().title("zh-CN")), ("Epidemiological investigation", "流行病学调查"));
    assert_eq!(form().url, "https://pratique.example/packs/respiratory/investigation");
}

#[test]
fn whoever_met_nobody_answers_five_questions() {
    let form = form();
    let required = form.each().into_iter().filter(|item| item.kind == Kind::Boolean && item.count_min() > 0);
    assert_eq!(required.count(), 5);
    let answers = json!({"exposed_case": false, "exposed_hospital": false, "exposed_animal": false,
        "exposed_cluster": false, "vaccinated": false});
    assert!(check(&form, answers.as_object().unwrap(), date(2026, 11, 24)).is_ok());
}

#[test]
fn a_contact_has_a_name_and_a_kind() {
    let answers = json!({"exposed_case": false, "exposed_hospital": false, "exposed_animal": false,
        "exposed_cluster": false, "vaccinated": false, "contact": [{"contact_last": "2026-11-23"}]});
    let errors = check(&form(), answers.as_object().unwrap(), date(2026, 11, 24)).unwrap_err();
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/people/contact/0/contact_name", "/people/contact/0/contact_how"]);
}
