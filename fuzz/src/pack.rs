//! What a pack's author and a traveller's client hand in: forms, answers, rules.

use std::sync::LazyLock;

use jiff::civil::date;
use pratique_core::questionnaire::{Questionnaire, check, lint};
use pratique_core::rules::{Areas, Condition, RuleSet};
use pratique_formats::fhir::questionnaire_response::QuestionnaireResponse;
use serde_json::{Map, Value};

pub(crate) const FORM: &str = r#"{"resourceType":"Questionnaire","url":"https://example.org/form","version":"1.0.0","status":"active",
"language":"en","title":"Health","item":[{"linkId":"unwell","type":"boolean","text":"Are you unwell?","required":true},
{"linkId":"symptoms","type":"choice","text":"Which?","repeats":true,"enableWhen":[{"question":"unwell","operator":"=",
"answerBoolean":true}],"answerOption":[{"valueCoding":{"code":"fever","display":"Fever"}},{"valueCoding":{"code":"cough",
"display":"Cough"}}]},{"linkId":"stay","type":"group","text":"Places","repeats":true,"item":[{"linkId":"since","type":"date",
"text":"Since"},{"linkId":"nights","type":"integer","text":"Nights"}]}]}"#;

pub(crate) const RESPONSE: &str = r#"{"resourceType":"QuestionnaireResponse","questionnaire":"https://example.org/form|1.0.0",
"status":"completed","item":[{"linkId":"unwell","answer":[{"valueBoolean":true}]},{"linkId":"symptoms","answer":[{"valueCoding":
{"code":"fever"}}]},{"linkId":"stay","item":[{"linkId":"since","answer":[{"valueDate":"2026-11-01"}]},{"linkId":"nights",
"answer":[{"valueInteger":3}]}]}]}"#;

pub(crate) fn rules_seeds() -> Vec<Vec<u8>> {
    let set = "version = \"1.0.0\"\n[[term]]\nid = \"fever\"\nmeans = \"'fever' in answers.symptoms\"\n\
               [[rule]]\nid = \"ill\"\ntier = \"amber\"\nwhen = \"term.fever\"\nreason = { en = \"Fever\", zh = \"发热\" }\n";
    let areas = "country,place,level,from,to,source\nUSA,Seattle,high,2026-10-01,,invented\n";
    let condition = "stays.exists(s, s.level == 'high' && (s.country == 'USA' || size(answers.symptoms) > 1))";
    [set, areas, condition].map(Vec::from).to_vec()
}

static SOUND_FORM: LazyLock<Option<Questionnaire>> = LazyLock::new(|| Questionnaire::parse(FORM.as_bytes()).ok());

/// A form; and any JSON object as answers to a sound one.
pub fn questionnaire(data: &[u8]) {
    if let Ok(form) = Questionnaire::parse(data) {
        let _ = lint(&form, SOUND_FORM.as_ref());
        let _ = check(&form, &Map::new(), date(2026, 11, 24));
    }
    if let (Some(form), Ok(Value::Object(answers))) = (SOUND_FORM.as_ref(), serde_json::from_slice(data)) {
        let _ = check(form, &answers, date(2026, 11, 24));
    }
}

/// Answers as FHIR has them.
pub fn questionnaire_response(data: &[u8]) {
    if let (Some(form), Ok(response)) = (SOUND_FORM.as_ref(), QuestionnaireResponse::parse(data))
        && let Ok(answers) = response.answers(form)
    {
        let _ = check(form, &answers, date(2026, 11, 24));
    }
}

/// Rule sets, risk areas and bare conditions: the evaluator's parser overflows the stack where it is not guarded.
pub fn rules(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = RuleSet::parse(text);
    let _ = Areas::parse(text, 14);
    let _ = Condition::compile(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mutations of an unsound seed would never get past the first fault.
    #[test]
    fn the_seeds_are_sound() {
        let form = Questionnaire::parse(FORM.as_bytes()).unwrap();
        let answers = QuestionnaireResponse::parse(RESPONSE.as_bytes()).unwrap().answers(&form).unwrap();
        check(&form, &answers, date(2026, 11, 24)).unwrap();
        let [set, areas, condition] =
            <[Vec<u8>; 3]>::try_from(rules_seeds()).unwrap().map(|seed| String::from_utf8(seed).unwrap());
        RuleSet::parse(&set).unwrap();
        Areas::parse(&areas, 14).unwrap();
        Condition::compile(&condition).unwrap();
    }
}
