//! Groups, rows, conditions and the way through a form.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use jiff::civil::date;
use pratique_core::questionnaire::{Answers, Code, FieldError, Questionnaire, check, route};
use serde_json::{Map, Value, json};

fn form(items: Value) -> Questionnaire {
    let form = json!({"resourceType": "Questionnaire", "item": items});
    Questionnaire::parse(form.to_string().as_bytes()).unwrap()
}

fn map(answers: Value) -> Map<String, Value> {
    answers.as_object().unwrap().clone()
}

fn answer(form: &Questionnaire, answers: Value) -> Result<Answers, Vec<FieldError>> {
    check(form, &map(answers), date(2026, 11, 24))
}

#[test]
fn answers_beside_their_group_come_out_inside_it() {
    let form = form(json!([{"linkId": "g", "type": "group", "item": [{"linkId": "a", "type": "boolean"},
        {"linkId": "h", "type": "group", "item": [{"linkId": "b", "type": "integer"}]}]}]));
    let nested = json!({"g": {"a": true, "h": {"b": 1}}});
    let shapes = [
        nested.clone(),
        json!({"a": true, "b": 1}),
        json!({"g": {"a": true, "b": 1}}),
        json!({"h": {"b": 1}, "a": true}),
    ];
    for shape in shapes {
        let answers = answer(&form, shape).unwrap();
        assert_eq!(Value::Object(answers.as_map().clone()), nested);
        assert_eq!(answers.get("b"), Some(&json!(1)));
        assert_eq!(Value::Object(answers.flattened()), json!({"a": true, "b": 1}));
    }
    assert!(answer(&form, json!({"a": true, "g": {"a": null}})).is_ok());
    let twice = answer(&form, json!({"a": true, "g": {"a": false}})).unwrap_err();
    assert_eq!((twice[0].code, twice[0].pointer.as_str()), (Code::GivenTwice, "/g/a"));
}

#[test]
fn a_question_that_the_form_does_not_have_is_an_error_that_can_be_found_again() {
    let rows = json!({"linkId": "g", "type": "group", "repeats": true, "item": [{"linkId": "a", "type": "boolean"}]});
    let errors =
        answer(&form(json!([rows])), json!({"x/y~z": 1, "g": [{"a": true}, {"b": 1}], "a": true})).unwrap_err();
    let mut found: Vec<_> = errors.iter().map(|error| (error.code, error.pointer.as_str())).collect();
    found.sort_unstable();
    let unknown = Code::UnknownQuestion;
    assert_eq!(found, [(unknown, "/a"), (unknown, "/g/1/b"), (unknown, "/x~1y~0z")]);
}

#[test]
fn required_holds_where_the_question_is_asked_and_nowhere_else() {
    let form = form(json!([{"linkId": "ill", "type": "boolean", "required": true},
        {"linkId": "g", "type": "group", "item": [
            {"linkId": "since", "type": "date", "required": true,
             "enableWhen": [{"question": "ill", "operator": "=", "answerBoolean": true}]}]},
        {"linkId": "rows", "type": "group", "repeats": true, "item": [
            {"linkId": "where", "type": "string", "required": true}, {"linkId": "when", "type": "date"}]}]));
    let errors = |answers| match answer(&form, answers) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.into_iter().map(|error| (error.code.as_str(), error.pointer)).collect::<Vec<_>>(),
    };
    assert_eq!(errors(json!({"ill": false})), []);
    assert_eq!(errors(json!({})), [("required", "/ill".to_owned())]);
    assert_eq!(errors(json!({"ill": true, "since": " "})), [("required", "/g/since".to_owned())]);
    let rows = json!({"ill": false, "rows": [{"where": "", "when": null}, {"when": "2026-01-01"}]});
    assert_eq!(errors(rows), [("required", "/rows/1/where".to_owned())]);
    // What is not asked is not read: neither its value nor its kind.
    let changed = answer(&form, json!({"ill": false, "since": ["nonsense"]})).unwrap();
    assert_eq!(Value::Object(changed.as_map().clone()), json!({"ill": false}));
}

#[test]
fn every_operator_decides_as_r4_words_it() {
    let enabled = |operator: &str, expected: i32, answers: Value| {
        let form = form(json!([{"linkId": "n", "type": "integer", "repeats": true},
            {"linkId": "q", "type": "string",
             "enableWhen": [{"question": "n", "operator": operator, "answerInteger": expected}]}]));
        answer(&form, json!({"n": answers, "q": "x"})).unwrap().get("q").is_some()
    };
    for (operator, expected, answers, holds) in [
        ("=", 2, json!([1, 2]), true),
        ("=", 3, json!([1, 2]), false),
        ("!=", 2, json!([1, 2]), false),
        ("!=", 3, json!([1, 2]), true),
        ("!=", 3, json!(null), true),
        (">", 1, json!([1, 2]), true),
        (">", 2, json!([1, 2]), false),
        ("<", 2, json!([1, 2]), true),
        ("<", 1, json!([1, 2]), false),
        (">=", 2, json!([1, 2]), true),
        (">=", 3, json!([1, 2]), false),
        ("<=", 1, json!([1, 2]), true),
        ("<=", 0, json!([1, 2]), false),
        ("<=", 0, json!(null), false),
    ] {
        assert_eq!(enabled(operator, expected, answers.clone()), holds, "{answers} {operator} {expected}");
    }
}

#[test]
fn conditions_join_by_all_or_any_and_follow_through_what_is_not_asked() {
    let form = |behaviour: &str| {
        form(json!([{"linkId": "a", "type": "boolean"}, {"linkId": "b", "type": "boolean"},
            {"linkId": "c", "type": "boolean", "enableBehavior": behaviour, "enableWhen": [
                {"question": "a", "operator": "=", "answerBoolean": true},
                {"question": "b", "operator": "=", "answerBoolean": true}]},
            {"linkId": "d", "type": "string",
             "enableWhen": [{"question": "c", "operator": "exists", "answerBoolean": true}]}]))
    };
    let kept = |behaviour: &str, a: bool, b: bool| {
        let answers = answer(&form(behaviour), json!({"a": a, "b": b, "c": true, "d": "x"})).unwrap();
        (answers.get("c").is_some(), answers.get("d").is_some())
    };
    assert_eq!(kept("all", true, true), (true, true));
    assert_eq!(kept("all", true, false), (false, false));
    assert_eq!(kept("any", true, false), (true, true));
    assert_eq!(kept("any", false, false), (false, false));
}

#[test]
fn in_a_row_a_condition_looks_at_its_own_row_first_and_then_outside() {
    let when = |question: &str| json!([{"question": question, "operator": "=", "answerBoolean": true}]);
    let form = form(json!([{"linkId": "all", "type": "boolean"},
        {"linkId": "rows", "type": "group", "repeats": true, "item": [
            {"linkId": "own", "type": "boolean"},
            {"linkId": "inner", "type": "string", "enableWhen": when("own")},
            {"linkId": "outer", "type": "string", "enableWhen": when("all")}]}]));
    let row = |own: bool| json!({"own": own, "inner": "i", "outer": "o"});
    let answers = answer(&form, json!({"all": true, "rows": [row(true), row(false)]})).unwrap();
    assert_eq!(
        answers.get("rows"),
        Some(&json!([{"own": true, "inner": "i", "outer": "o"}, {"own": false, "outer": "o"}]))
    );
}

#[test]
fn the_route_shows_what_is_asked_now_and_which_section_is_next() {
    let form = form(json!([
        {"linkId": "one", "type": "group", "item": [{"linkId": "ill", "type": "boolean", "required": true}]},
        {"linkId": "two", "type": "group",
         "enableWhen": [{"question": "ill", "operator": "=", "answerBoolean": true}],
         "item": [{"linkId": "since", "type": "date", "required": true}]},
        {"linkId": "three", "type": "group", "item": [{"linkId": "note", "type": "text"}]}]));
    let today = date(2026, 11, 24);
    let next = |answers: Value, after: &str| {
        route(&form, &map(answers), today).after(Some(after)).map(|shown| shown.item.link_id.clone())
    };
    assert_eq!(next(json!({"ill": true}), "one"), Some("two".to_owned()));
    assert_eq!(next(json!({"ill": false}), "one"), Some("three".to_owned()));
    assert_eq!(next(json!({}), "three"), None);
    let answers = map(json!({"ill": true, "since": "yesterday"}));
    let route = route(&form, &answers, today);
    let open = route.first_open().unwrap();
    let since = &open.rows[0][0];
    assert_eq!((open.item.link_id.as_str(), since.pointer.as_str()), ("two", "/two/since"));
    assert_eq!((since.errors[0].code, &since.given), (Code::NotADate, &Some(json!("yesterday"))));
    assert!(since.is_required() && !since.is_complete() && route.section("three").unwrap().is_complete());
}

#[test]
fn a_blank_row_is_shown_to_be_filled_in_but_does_not_count() {
    let form = form(json!([{"linkId": "on", "type": "boolean"},
        {"linkId": "rows", "type": "group", "repeats": true, "required": true, "item": [
            {"linkId": "a", "type": "string", "required": true,
             "enableWhen": [{"question": "on", "operator": "=", "answerBoolean": true}]}]}]));
    let today = date(2026, 11, 24);
    let answers = map(json!({"on": true, "rows": [{}, {"a": ""}]}));
    let way = route(&form, &answers, today);
    let rows = way.section("rows").unwrap();
    assert_eq!(rows.rows.len(), 2);
    assert_eq!((rows.rows[1][0].pointer.as_str(), rows.rows[1][0].is_complete()), ("/rows/1/a", true));
    assert_eq!(check(&form, &answers, today).unwrap_err()[0].pointer, "/rows");
    // A row with nothing but an answer that is not asked for is no row either.
    let errors = answer(&form, json!({"on": false, "rows": [{"a": "x"}]})).unwrap_err();
    assert_eq!((errors.len(), errors[0].code, errors[0].pointer.as_str()), (1, Code::Required, "/rows"));
    assert!(answer(&form, json!({"on": true, "rows": [{"a": "x"}, {}]})).is_ok());
}
