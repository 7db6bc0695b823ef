//! What is said against a form before it is put in force.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use pratique_core::questionnaire::{FindingKind, Questionnaire, lint};
use serde_json::{Value, json};

fn form(version: &str, items: Value) -> Questionnaire {
    let form = json!({"resourceType": "Questionnaire", "url": "u", "version": version, "title": "T", "item": items});
    Questionnaire::parse(form.to_string().as_bytes()).unwrap()
}

/// What is said: of which kind, of which item ("" for the form), in which words.
fn said(form: &Questionnaire, previous: Option<&Questionnaire>) -> Vec<(FindingKind, String, String)> {
    let findings = lint(form, previous).into_iter();
    findings.map(|finding| (finding.kind, finding.link_id.unwrap_or_default(), finding.message)).collect()
}

fn only(findings: &[(FindingKind, String, String)], kind: FindingKind, link_id: &str, words: &str) {
    assert!(
        matches!(findings, [(k, id, message)] if *k == kind && id == link_id && message.contains(words)),
        "expected one {kind:?} of {link_id:?} with {words:?}: {findings:?}"
    );
}

#[test]
fn a_sound_form_has_nothing_said_against_it() {
    assert_eq!(said(&form("1", json!([{"linkId": "a", "type": "boolean", "text": "A"}])), None), []);
}

#[test]
fn what_cannot_work_is_unsound() {
    let extension = |name: &str, value: i32| json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueInteger": value});
    let of = |item: Value| said(&form("1", json!([item])), None);
    only(&of(json!({"linkId": "a", "type": "choice", "text": "A"})), FindingKind::Unsound, "a", "nothing to choose");
    only(&of(json!({"linkId": "a.b", "type": "boolean", "text": "A"})), FindingKind::Unsound, "a.b", "rules cannot");
    only(&of(json!({"linkId": "in", "type": "boolean", "text": "A"})), FindingKind::Unsound, "in", "rules cannot");
    let crossed = json!({"linkId": "a", "type": "integer", "text": "A",
        "extension": [extension("minValue", 5), extension("maxValue", 4)]});
    only(&of(crossed), FindingKind::Unsound, "a", "no answer fits");
    let crowd = json!({"linkId": "a", "type": "string", "text": "A", "repeats": true,
        "extension": [extension("minOccurs", 3), extension("maxOccurs", 2)]});
    only(&of(crowd), FindingKind::Unsound, "a", "no answer fits");
    only(
        &said(&form("", json!([{"linkId": "a", "type": "boolean", "text": "A"}])), None),
        FindingKind::Unsound,
        "",
        "version",
    );
}

#[test]
fn what_can_never_be_asked_is_unsound_and_told_once() {
    let when = |behaviour: &str, conditions: Value| {
        let group = json!({"linkId": "g", "type": "group", "text": "G", "enableBehavior": behaviour,
            "enableWhen": conditions, "item": [{"linkId": "inner", "type": "string", "text": "I"}]});
        let choice = json!({"linkId": "c", "type": "choice", "text": "C", "answerOption": [
            {"valueCoding": {"code": "x", "display": "X"}}, {"valueCoding": {"code": "y", "display": "Y"}}]});
        said(&form("1", json!([choice, group])), None)
    };
    let is = |code: &str| json!({"question": "c", "operator": "=", "answerCoding": {"code": code}});
    let none = json!({"question": "c", "operator": "exists", "answerBoolean": false});
    only(&when("all", json!([is("z")])), FindingKind::Unsound, "g", "never");
    only(&when("all", json!([is("x"), is("y")])), FindingKind::Unsound, "g", "never");
    only(&when("all", json!([is("x"), none])), FindingKind::Unsound, "g", "never");
    assert_eq!(when("any", json!([is("x"), is("y")])), []);
    assert_eq!(when("any", json!([is("x"), is("z")])), []);
}

#[test]
fn a_language_that_occurs_must_be_everywhere() {
    let chinese = json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
        {"url": "lang", "valueCode": "zh-Hans"}, {"url": "content", "valueString": "甲"}]}]});
    let form = json!({"resourceType": "Questionnaire", "url": "u", "version": "1", "title": "T", "_title": chinese,
        "item": [{"linkId": "a", "type": "choice", "text": "A", "_text": chinese,
            "answerOption": [{"valueCoding": {"code": "x", "display": "X"}}]}]});
    let form = Questionnaire::parse(form.to_string().as_bytes()).unwrap();
    only(&said(&form, None), FindingKind::Incomplete, "a", "the option x has no words in zh-Hans");
}

#[test]
fn a_new_version_may_add_but_not_change_what_answers_mean() {
    let choice = |codes: &[&str]| {
        let options: Vec<_> = codes.iter().map(|c| json!({"valueCoding": {"code": c, "display": c}})).collect();
        json!([{"linkId": "a", "type": "choice", "text": "A", "answerOption": options}])
    };
    let old = form("1", choice(&["x", "y"]));
    assert_eq!(said(&form("1", choice(&["x", "y"])), Some(&old)), []);
    assert_eq!(said(&form("2", choice(&["x", "y", "z"])), Some(&old)), []);
    only(&said(&form("1", choice(&["x", "y", "z"])), Some(&old)), FindingKind::Incompatible, "", "version is still");
    only(&said(&form("2", choice(&["x"])), Some(&old)), FindingKind::Incompatible, "a", "the option y is gone");
    let other = form("2", json!([{"linkId": "a", "type": "string", "text": "A"}]));
    only(&said(&other, Some(&old)), FindingKind::Incompatible, "a", "of the kind choice");
}
