//! The first pack's form: the Chinese card of 2020.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Answers, Code, FieldError, Kind, Questionnaire, check, lint};
use serde_json::{Value, json};

fn form() -> Questionnaire {
    Questionnaire::parse(include_bytes!("../../../packs/respiratory/questionnaire.json")).unwrap()
}

/// A healthy traveller's answers, with these changed.
fn answers(changes: Value) -> Result<Answers, Vec<FieldError>> {
    let mut answers = json!({"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false,
        "unwell": false, "medicine": false, "tested": false});
    for (link_id, value) in changes.as_object().unwrap() {
        answers[link_id] = value.clone();
    }
    check(&form(), answers.as_object().unwrap(), date(2026, 11, 24))
}

fn errors(changes: Value) -> Vec<(Code, String)> {
    answers(changes).unwrap_err().into_iter().map(|error| (error.code, error.pointer)).collect()
}

#[test]
fn it_is_sound_and_complete_in_english_and_chinese() {
    assert_eq!(lint(&form(), None), []);
    assert_eq!(form().languages(), ["en", "zh-Hans"]);
    assert_eq!((form().title("en"), form().title("zh-CN")), ("Health declaration", "健康申报"));
}

#[test]
fn the_names_that_rules_refer_to_stand_fast() {
    let form = form();
    let names: Vec<_> = form.each().iter().map(|item| item.link_id.as_str()).collect();
    let expected = "about occupation travel visited visited_country visited_place visited_from visited_to exposure \
        contact_case contact_ill community_cases cluster health unwell symptoms symptom_onset temperature_c medicine test \
        tested test_result test_date";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    let codes: Vec<_> = form.find("symptoms").unwrap().options.iter().map(|option| option.code.as_str()).collect();
    let expected = "fever fatigue dry_cough sputum headache sore_throat short_breath hard_breathing chest_tightness red_eyes \
        diarrhoea vomiting rash bleeding loss_of_smell";
    assert_eq!(codes, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(
        (form.url.as_str(), form.version.as_str()),
        ("https://pratique.example/packs/respiratory/questionnaire", "2")
    );
}

#[test]
fn every_question_with_a_medical_word_explains_it() {
    let form = form();
    let asked = form.each().into_iter().filter(|item| item.kind == Kind::Boolean);
    assert!(asked.clone().count() == 7 && asked.into_iter().all(|item| item.help("en").is_some()));
}

#[test]
fn a_healthy_traveller_answers_seven_questions() {
    assert_eq!(
        Value::Object(answers(json!({})).unwrap().as_map().clone()),
        json!({"exposure": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false},
            "health": {"unwell": false, "medicine": false}, "test": {"tested": false}})
    );
    assert_eq!(check(&form(), &serde_json::Map::new(), date(2026, 11, 24)).unwrap_err().len(), 7);
}

#[test]
fn an_ill_traveller_says_what_and_since_when() {
    let ill = json!({"unwell": true, "symptoms": ["fever", "sore elbow"], "symptom_onset": "2026-11-20",
        "temperature_c": 38.6, "medicine": true, "tested": true, "test_result": "waiting", "test_date": "2026-11-23",
        "occupation": "pilot", "visited": [{"visited_country": "KHM", "visited_place": "Phnom Penh",
        "visited_from": "2026-11-10", "visited_to": "2026-11-23"}, {"visited_country": "cn"}]});
    let accepted = answers(ill).unwrap();
    assert_eq!(accepted.get("symptoms"), Some(&json!(["fever", "sore elbow"])));
    assert_eq!(accepted.get("visited").unwrap()[1], json!({"visited_country": "CHN"}));
}

#[test]
fn what_does_not_fit_is_said_at_its_place() {
    assert_eq!(errors(json!({"unwell": true})), [(Code::Required, "/health/symptoms".to_owned())]);
    assert_eq!(errors(json!({"tested": true})), [(Code::Required, "/test/test_result".to_owned())]);
    let hot = json!({"unwell": true, "symptoms": ["fever"], "temperature_c": 101.3, "symptom_onset": "2026-12-24"});
    let hot = errors(hot);
    assert_eq!(hot, [(Code::TooLate, "/symptom_onset".to_owned()), (Code::TooLarge, "/temperature_c".to_owned())]);
    let nowhere = errors(json!({"visited": [{"visited_place": "Paris"}]}));
    assert_eq!(nowhere, [(Code::Required, "/travel/visited/0/visited_country".to_owned())]);
    let far = vec![json!({"visited_country": "KHM"}); 11];
    assert_eq!(errors(json!({"visited": far})), [(Code::TooMany, "/visited".to_owned())]);
    assert_eq!(errors(json!({"phone": "1"})), [(Code::UnknownQuestion, "/phone".to_owned())]);
}

#[test]
fn who_goes_back_to_no_leaves_no_symptoms_behind() {
    let back = answers(json!({"unwell": false, "symptoms": ["fever"], "temperature_c": 39, "test_result": "positive"}));
    assert!(
        ["symptoms", "temperature_c", "test_result"].iter().all(|link_id| back
            .as_ref()
            .unwrap()
            .get(link_id)
            .is_none())
    );
}
