//! Forms written into drafts: what is typed arrives where the contract wants it, and nothing else changes.

use pratique::channels::traveller::draft;
use pratique::channels::traveller::form::{Sent, store};
use pratique::channels::traveller::step::{Person, Step, after, before, steps};
use pratique::channels::traveller::view::Questions;
use pratique::page::field::OTHER;
use pratique::page::{Control, Element, Field};
use pratique_core::declaration::Declare;
use pratique_core::questionnaire::{Questionnaire, check};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::samples::{TODAY, drafted, every_kind, shell};

fn sent(pairs: &[(&str, &str)]) -> Sent {
    Sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn stored(step: &Step, body: &mut Value, pairs: &[(&str, &str)]) {
    store(body, &every_kind(), &sent(pairs), |pointer| step.owns(pointer));
}

fn section(name: &str) -> Step {
    Step::Section(Person::Declarer, name.to_owned())
}

/// What a browser sends of a page: every control's name and value, as they stand.
fn browser(page: &Questions) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    page.elements.iter().for_each(|element| of_element(element, &mut pairs));
    pairs
}

fn of_element(element: &Element, into: &mut Vec<(String, String)>) {
    match element {
        Element::Text(_) => {}
        Element::Field(field) => of_field(field, into),
        Element::Group(group) => group.elements.iter().for_each(|one| of_element(one, into)),
        Element::Rows(rows) => rows.rows.iter().flat_map(|row| &row.elements).for_each(|one| of_element(one, into)),
    }
}

fn of_field(field: &Field, into: &mut Vec<(String, String)>) {
    let mut push = |value: &str| into.push((field.name.clone(), value.to_owned()));
    match &field.control {
        Control::Line(line) => push(&line.value),
        Control::Lines { value } => push(&value.replace('\n', "\r\n")),
        Control::Select { picks, .. } => push(&picks.iter().find(|pick| pick.chosen).unwrap_or(&picks[0]).value),
        Control::Radios { picks, other } | Control::Checks { picks, other } => {
            push("");
            picks.iter().filter(|pick| pick.chosen).for_each(|pick| push(&pick.value));
            other.iter().for_each(|other| push(&other.value));
        }
        Control::Several { fields, .. } => fields.iter().for_each(|one| of_field(one, into)),
    }
}

#[test]
fn a_page_sent_back_as_it_was_shown_changes_nothing() {
    let form = every_kind();
    let mut body = drafted();
    draft::drop_blank_rows(&mut body);
    for step in steps(&form, &body, TODAY) {
        let page = Questions::of(shell("en", "/"), &step, &body, &form, TODAY, &|_| false);
        let Some(page) = page else { continue };
        let mut again = body.clone();
        store(&mut again, &form, &Sent(browser(&page)), |pointer| step.owns(pointer));
        // A list shows its first answer, which an untouched list then sends.
        again.as_object_mut().unwrap().entry("companions").and_modify(|list| {
            for one in list.as_array_mut().unwrap() {
                one["traveller"].as_object_mut().unwrap().remove("document");
            }
        });
        assert_eq!(settled(&again), settled(&body), "{step:?}");
    }
}

/// Line ends as the core writes them.
fn settled(body: &Value) -> Value {
    serde_json::from_str(&body.to_string().replace("\\r\\n", "\\n")).unwrap()
}

#[test]
fn what_is_typed_arrives_in_the_shape_of_the_contract() {
    let mut body = draft::begin("CNPEK", "en", "2026-12");
    stored(&Step::Trip, &mut body, &[("/trip/flight", " ca938 "), ("/trip/date", "20261124"), ("/trip/seat", "")]);
    let you = Step::You(Person::Declarer);
    let fields = [
        ("/traveller/document/type", "passport"),
        ("/traveller/document/number", "E 1234 5678"),
        ("/traveller/document/issuer", ""),
        ("/traveller/name/primary", "Wang"),
        ("/traveller/name/secondary", "Xiaoming"),
        ("/traveller/name/native", ""),
        ("/traveller/birth_date", "1990年2月1日"),
        ("/traveller/sex", ""),
        ("/traveller/sex", "M"),
        ("/traveller/nationality", "CHN"),
    ];
    stored(&you, &mut body, &fields);
    stored(&Step::Contact, &mut body, &[("/contact/phone", "+86 138 0000 0000"), ("/contact/email", "")]);
    let health = [
        ("/answers/health/fever", ""),
        ("/answers/health/fever", "true"),
        ("/answers/health/temperature", "38,2"),
        ("/answers/health/symptoms", ""),
        ("/answers/health/symptoms", "cough"),
        ("/answers/health/symptoms", "dizzy"),
        ("/answers/health/days", "３"),
        ("/answers/health/job", ""),
        ("/answers/health/job", OTHER),
        ("/answers/health/job", "Baker"),
        ("/answers/health/inner/names", "aspirin"),
        ("/answers/health/inner/names", ""),
    ];
    stored(&section("health"), &mut body, &health);
    let places =
        [("/answers/visited/0/country", ""), ("/answers/visited/0/city", ""), ("/answers/visited/1/country", "KHM")];
    stored(&section("visited"), &mut body, &places);
    body["attested"] = json!(true);

    let expected = json!({
        "health": {"fever": true, "temperature": 38.2, "symptoms": ["cough", "dizzy"], "days": 3, "job": "Baker",
                   "inner": {"names": ["aspirin"]}},
        "visited": [{"country": "KHM"}]
    });
    assert_eq!(body["answers"], expected);
    let declare = Declare::check(&draft::body(&body), TODAY).unwrap();
    assert_eq!(declare.traveller.document.unwrap().issuer, "CHN", "left out, it is the nationality");
    assert_eq!(declare.trip.flight.to_string(), "CA938");
    assert!(check(&every_kind(), &declare.answers, TODAY).is_ok());
}

#[test]
fn a_person_without_a_document_says_so_once() {
    let mut body = drafted();
    stored(&Step::You(Person::Declarer), &mut body, &[("/traveller/document/type", "none")]);
    body["companions"] = json!([]);
    body["attested"] = json!(true);
    let declare = Declare::check(&draft::body(&body), TODAY).unwrap_err();
    // Only the name of the sample is wrong: the number is not asked of somebody who has no document.
    assert_eq!(declare.iter().map(|f| f.pointer.as_str()).collect::<Vec<_>>(), ["/traveller/name/primary"]);
    stored(
        &Step::You(Person::Declarer),
        &mut body,
        &[("/traveller/document/type", "passport"), ("/traveller/document/number", "")],
    );
    let told = Declare::check(&draft::body(&body), TODAY).unwrap_err();
    assert!(told.iter().any(|f| f.pointer == "/traveller/document/number" && f.code == "required"), "{told:?}");
}

#[test]
fn a_page_changes_only_its_own_fields_and_only_those_it_showed() {
    let mut body = drafted();
    let before = body.clone();
    stored(&Step::Trip, &mut body, &[("/traveller/sex", "F"), ("/port", "XXXXX"), ("/answers/health/fever", "false")]);
    assert_eq!(body, before);
    for stranger in [
        "/answers/nothing",
        "/answers/health",
        "/companions/9/seat",
        "/companions/x/seat",
        "/answers/visited/100/city",
        "",
        "/",
        "csrf",
    ] {
        store(&mut body, &every_kind(), &sent(&[(stranger, "x")]), |_| true);
        assert_eq!(body, before, "{stranger}");
    }
    // Nobody unticks what the page did not show.
    stored(&section("health"), &mut body, &[("/answers/health/days", "2")]);
    assert_eq!(body["answers"]["health"]["symptoms"], before["answers"]["health"]["symptoms"]);
    stored(&section("health"), &mut body, &[("/answers/health/symptoms", "")]);
    assert_eq!(body["answers"]["health"].get("symptoms"), None, "shown and all unticked: taken away");
}

#[test]
fn rows_are_added_and_removed_without_losing_what_was_typed() {
    let mut body = draft::begin("CNPEK", "en", "2026-12");
    let rows = section("visited");
    let typed = [("/answers/visited/0/country", "KHM"), ("/answers/visited/0/city", "Siem Reap")];
    stored(&rows, &mut body, &[typed[0], typed[1], ("add", "/answers/visited")]);
    assert_eq!(body["answers"]["visited"], json!([{"country": "KHM", "city": "Siem Reap"}, {}]));
    let page = Questions::of(shell("en", "/"), &rows, &body, &every_kind(), TODAY, &|_| true).unwrap();
    assert!(page.is_sound(), "an empty row is an offer: {:?}", page.summary.errors);
    stored(
        &rows,
        &mut body,
        &[typed[0], typed[1], ("/answers/visited/1/country", "THA"), ("remove", "/answers/visited/0")],
    );
    assert_eq!(body["answers"]["visited"], json!([{"country": "THA"}]));
}

#[test]
fn answers_of_one_question_are_added_one_by_one() {
    let mut body = draft::begin("CNPEK", "en", "2026-12");
    let name = "/answers/health/inner/names";
    stored(&section("health"), &mut body, &[(name, "aspirin"), ("add", name)]);
    assert_eq!(body.pointer(name), Some(&json!(["aspirin", ""])));
    stored(&section("health"), &mut body, &[(name, "aspirin"), (name, "")]);
    assert_eq!(body.pointer(name), Some(&json!(["aspirin"])));
}

#[test]
fn of_an_open_choice_the_pressed_button_counts_and_words_alone_count_too() {
    let job = "/answers/health/job";
    for (pairs, kept) in [
        (vec![(job, ""), (job, "nurse"), (job, "typed")], json!("nurse")),
        (vec![(job, ""), (job, OTHER), (job, "typed")], json!("typed")),
        (vec![(job, ""), (job, "typed")], json!("typed")),
        (vec![(job, ""), (job, OTHER), (job, " ")], Value::Null),
    ] {
        let mut body = draft::begin("CNPEK", "en", "2026-12");
        stored(&section("health"), &mut body, &pairs);
        assert_eq!(body.pointer(job).cloned().unwrap_or_default(), kept, "{pairs:?}");
    }
}

#[test]
fn an_error_stands_at_its_field_and_in_the_summary_in_the_same_words() {
    let form = every_kind();
    let page = Questions::of(shell("en", "/"), &section("health"), &drafted(), &form, TODAY, &|_| true).unwrap();
    let (address, words) = &page.summary.errors[0];
    assert_eq!(address, "#f:answers:health:temperature");
    assert_eq!(words, "“How high was it, in °C?”: Enter a number, as in 37.5.");
    let html = askama::Template::render(&page).unwrap();
    assert_eq!(html.matches(words).count(), 2);
    assert!(html.contains("<title>Error: Your health – Pratique</title>"));
    assert!(html.contains("value=\"hot\""), "what was typed is shown again");
    let silent = Questions::of(shell("en", "/"), &section("health"), &drafted(), &form, TODAY, &|_| false).unwrap();
    assert!(silent.is_sound());
}

#[test]
fn the_way_leads_through_every_page_and_back() {
    let (form, body) = (every_kind(), drafted());
    let steps = steps(&form, &body, TODAY);
    let mut way = vec![Step::Trip];
    while *way.last().unwrap() != Step::Check {
        way.push(after(&steps, way.last().unwrap()));
        assert!(way.len() < 30, "{way:?}");
    }
    let addresses: Vec<_> = way.iter().map(Step::address).collect();
    let expected =
        ["trip", "you", "contact", "answers/read", "answers/health", "answers/visited", "companions", "check"];
    assert_eq!(addresses, expected.map(|part| format!("/declare/{part}")));
    assert_eq!(before(&steps, &Step::Trip), None);
    assert_eq!(before(&steps, &Step::Check), Some(Step::Companions));
    let child = Person::Companion(0);
    assert_eq!(after(&steps, &Step::You(child)), Step::Section(child, "read".to_owned()));
    assert_eq!(after(&steps, &Step::Section(child, "visited".to_owned())), Step::Companions);
}

proptest! {
    #[test]
    fn no_form_panics_or_grows_without_bound(pairs in prop::collection::vec(("(/(answers|companions|visited|health|0|99|1|country|trip|add|~1)){0,5}|add|remove", ".{0,8}|/answers/visited(/9)?"), 0..20)) {
        let mut body = drafted();
        store(&mut body, &every_kind(), &Sent(pairs), |_| true);
        prop_assert!(body.to_string().len() < 20_000);
        for step in steps(&every_kind(), &body, TODAY) {
            let _ = Questions::of(shell("en", "/"), &step, &body, &every_kind(), TODAY, &|_| true);
        }
    }
}

#[test]
fn a_seat_that_is_not_known_yet_is_said_and_leaves_no_trace_in_what_is_sent() {
    let mut body = drafted();
    stored(&Step::Trip, &mut body, &[("/trip/seat", ""), ("/trip/seat_later", ""), ("/trip/seat_later", "true")]);
    assert!(draft::is_seat_later(&body, "/trip/seat"));
    let companion = Step::You(Person::Companion(0));
    stored(&companion, &mut body, &[("/companions/0/seat", ""), ("/companions/0/seat_later", "true")]);
    assert!(draft::is_seat_later(&body, "/companions/0/seat"));
    stored(&Step::Trip, &mut body, &[("/party", "alone")]);
    let sent = draft::body(&body).to_string();
    assert!(!sent.contains("seat") && !sent.contains("party"), "{sent}");
    // A seat that is given after all counts, whatever the box says.
    stored(&Step::Trip, &mut body, &[("/trip/seat", "31A"), ("/trip/seat_later", "true")]);
    assert!(!draft::is_seat_later(&body, "/trip/seat"));
    assert_eq!(draft::body(&body)["trip"]["seat"], "31A");
    stored(&Step::Trip, &mut body, &[("/trip/seat", ""), ("/trip/seat_later", "")]);
    assert!(!draft::is_seat_later(&body, "/trip/seat"), "a box without its tick says nothing");
}

#[test]
fn who_travels_alone_is_not_asked_who_travels_along() {
    let form = every_kind();
    let asked = |body: &Value| steps(&form, body, TODAY).contains(&Step::Companions);
    let mut body = json!({"port": "CNPEK", "answers": {}});
    assert!(asked(&body), "nothing was said");
    stored(&Step::Trip, &mut body, &[("/party", "group")]);
    assert!(asked(&body));
    stored(&Step::Trip, &mut body, &[("/party", "alone")]);
    assert!(!asked(&body));
    draft::add_companion(&mut body);
    assert!(asked(&body), "somebody was added after all");
}

#[test]
fn questions_stand_on_screens_that_are_answered_in_one_go() {
    let form = Questionnaire::parse(include_bytes!("../../../../packs/respiratory/questionnaire.json")).unwrap();
    let screens =
        |step: &Step, body: &Value| Questions::of(shell("en", "/"), step, body, &form, TODAY, &|_| false).unwrap().asks;
    let well = json!({"port": "CNPEK", "answers": {}});
    assert_eq!(screens(&section("exposure"), &well), [1, 1, 1, 1]);
    assert_eq!(screens(&section("health"), &well), [1, 1]);
    assert_eq!(screens(&Step::You(Person::Declarer), &well), [1, 1, 2, 2, 2, 2, 2, 2, 2]);
    assert_eq!(screens(&Step::You(Person::Companion(0)), &well), [1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3]);
    // What an answer opens comes after what everybody is asked: nobody is asked that twice.
    let ill = json!({"port": "CNPEK", "answers": {"health": {"unwell": true}}});
    assert_eq!(screens(&section("health"), &ill), [1, 2, 3, 4, 1]);
}

#[test]
fn somebody_in_good_health_sees_at_most_twelve_screens() {
    let form = Questionnaire::parse(include_bytes!("../../../../packs/respiratory/questionnaire.json")).unwrap();
    let body =
        json!({"port": "CNPEK", "party": "alone", "answers": {"health": {"unwell": false}, "test": {"tested": false}}});
    let asked: usize = steps(&form, &body, TODAY)
        .iter()
        .map(|step| {
            let page = Questions::of(shell("en", "/"), step, &body, &form, TODAY, &|_| false);
            page.map_or(1, |page| *page.asks.iter().max().unwrap())
        })
        .sum();
    // The first page and the pass are screens too (experience.md 3.8).
    assert!(asked + 2 <= 12, "{asked} screens of questions");
}
