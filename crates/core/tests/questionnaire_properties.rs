//! Laws of the engine over random forms and random answers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Questionnaire, check, lint, route};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The questions of a random form, as FHIR JSON; each may depend on the one before it that is a boolean or an integer.
fn questions() -> impl Strategy<Value = Vec<Value>> {
    let one = (0..9usize, any::<bool>(), any::<bool>(), 0..6usize, any::<bool>(), 0..3i64);
    prop::collection::vec(one, 1..9).prop_map(|drawn| {
        let mut questions: Vec<Value> = Vec::new();
        for (n, (kind, required, repeats, operator, expected, number)) in drawn.into_iter().enumerate() {
            let types = ["boolean", "integer", "boolean", "string", "text", "decimal", "date", "open-choice", "choice"];
            let mut question = json!({"linkId": format!("q{n}"), "type": types[kind], "required": required && n % 3 == 0,
                "repeats": repeats});
            if kind >= 7 {
                question["answerOption"] = json!([{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b"}}]);
            }
            let target = questions.iter().rev().find(|q| ["boolean", "integer"].contains(&q["type"].as_str().unwrap()));
            if let (Some(target), true) = (target, n % 2 == 1 || operator > 3) {
                question["enableWhen"] = json!([condition(target, operator, expected, number)]);
            }
            questions.push(question);
        }
        questions
    })
}

const ORDERS: [&str; 6] = [">", "<", ">=", "<=", "=", "!="];

fn condition(target: &Value, operator: usize, expected: bool, number: i64) -> Value {
    let question = &target["linkId"];
    match (target["type"].as_str(), operator) {
        (_, 0) => json!({"question": question, "operator": "exists", "answerBoolean": expected}),
        (Some("boolean"), n) => {
            json!({"question": question, "operator": if n % 2 == 0 { "=" } else { "!=" }, "answerBoolean": expected})
        }
        (_, n) => {
            json!({"question": question, "operator": (ORDERS[n]), "answerInteger": number})
        }
    }
}

/// A form of these questions: some beside, some in a group, some in a repeating group.
fn form(questions: &[Value], shape: usize) -> Value {
    let items = match shape {
        0 => json!(questions),
        1 => json!([{"linkId": "g", "type": "group", "item": questions}]),
        _ => json!([{"linkId": "rows", "type": "group", "repeats": true, "item": questions}]),
    };
    json!({"resourceType": "Questionnaire", "url": "u", "version": "1", "title": "T", "item": items})
}

/// Values that some question takes, and some that none does.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => any::<bool>().prop_map(Value::from),
        4 => (0..4i64).prop_map(Value::from),
        2 => prop::sample::select(vec!["a", "b", " a ", "2026-01-31", "own words", "e\u{301}", "\u{202e}", ""]).prop_map(Value::from),
        1 => any::<String>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[gq][0-9]?", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Values of the kind of each question, so that many answer sets are accepted.
fn fitting(question: &Value, seed: usize) -> Value {
    let one = |n: usize| match question["type"].as_str().unwrap() {
        "boolean" => json!(n.is_multiple_of(2)),
        "integer" => json!(n % 3),
        "decimal" => json!(n as f64 / 4.0),
        "date" => json!(format!("2026-01-{:02}", 1 + n % 28)),
        "choice" => json!(["a", "b"][n % 2]),
        "open-choice" => json!(["a", " e\u{301} ", "own words"][n % 3]),
        _ => json!([" words ", "Zu\u{308}rich"][n % 2]),
    };
    if question["repeats"] == json!(true) { json!([one(seed), one(seed + 1), one(seed)]) } else { one(seed) }
}

/// A second, simpler reading of R4: does the condition hold for the accepted answers of its scope?
fn holds(condition: &Value, accepted: &Map<String, Value>) -> bool {
    let given: Vec<&Value> = match accepted.get(condition["question"].as_str().unwrap()) {
        None => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
    };
    let number = |value: &Value| value.as_i64().unwrap_or_else(|| i64::from(value == &json!(true)));
    let wanted = condition.get("answerBoolean").or(condition.get("answerInteger")).unwrap();
    match condition["operator"].as_str().unwrap() {
        "exists" => given.is_empty() != (wanted == &json!(true)),
        "=" => given.contains(&wanted),
        "!=" => !given.contains(&wanted),
        ">" => given.iter().any(|value| number(value) > number(wanted)),
        "<" => given.iter().any(|value| number(value) < number(wanted)),
        ">=" => given.iter().any(|value| number(value) >= number(wanted)),
        _ => given.iter().any(|value| number(value) <= number(wanted)),
    }
}

fn parse(form: &Value) -> Questionnaire {
    Questionnaire::parse(form.to_string().as_bytes()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_answers_panic_and_the_route_agrees_with_the_check(
        questions in questions(), shape in 0..3usize,
        answers in prop::collection::btree_map("g|rows|q[0-8]|x", value(), 0..6),
    ) {
        let form = parse(&form(&questions, shape));
        let answers: Map<_, _> = answers.into_iter().collect();
        let today = date(2026, 11, 24);
        let checked = check(&form, &answers, today);
        if checked.is_ok() {
            prop_assert!(route(&form, &answers, today).first_open().is_none());
        }
        let _ = lint(&form, None);
    }

    #[test]
    fn accepted_answers_are_accepted_again_unchanged_and_hold_nothing_that_was_not_asked(
        questions in questions(), shape in 0..3usize, seed in 0..1000usize, skip in any::<u16>(), nested: bool,
    ) {
        let given: Map<String, Value> = questions.iter().enumerate()
            .filter(|(n, _)| n % 3 == 0 || skip >> n & 1 == 0)
            .map(|(n, question)| (format!("q{n}"), fitting(question, seed + n)))
            .collect();
        let answers = match (shape, nested) {
            (2, _) => json!({"rows": [given, given]}).as_object().unwrap().clone(),
            (1, true) => json!({"g": given}).as_object().unwrap().clone(),
            _ => given,
        };
        let form = parse(&form(&questions, shape));
        let today = date(2026, 11, 24);
        let once = check(&form, &answers, today).unwrap();
        prop_assert_eq!(check(&form, once.as_map(), today).unwrap(), once.clone());
        let scopes: Vec<Map<String, Value>> = match once.get("rows") {
            Some(rows) => rows.as_array().unwrap().iter().map(|row| row.as_object().unwrap().clone()).collect(),
            None => vec![once.flattened()],
        };
        for scope in scopes {
            for question in questions.iter().filter(|question| scope.contains_key(question["linkId"].as_str().unwrap())) {
                for condition in question["enableWhen"].as_array().into_iter().flatten() {
                    prop_assert!(holds(condition, &scope), "{question} in {scope:?}");
                }
            }
        }
    }

    #[test]
    fn no_bytes_panic(text in any::<String>(), junk in value()) {
        let _ = Questionnaire::parse(text.as_bytes());
        let form = json!({"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string", "text": junk,
            "extension": junk, "enableWhen": junk, "answerOption": junk, "item": junk, "_text": junk}]});
        let _ = Questionnaire::parse(form.to_string().as_bytes());
    }
}
