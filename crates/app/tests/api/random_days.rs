//! Two invariants of journey.md 6.3 that need the whole house, over days drawn at random: I7, that nothing of anybody's health is
//! in a pass, an address, a message or a line of the log, whatever they declare and whatever becomes of them; and I11, that the
//! same answers come to the same finding in whatever way they are declared.

use pratique::actions::print_forms::{Forms, FormsRequest, print_forms};
use pratique::caller::Caller;
use pratique_core::access::Role;
use pratique_core::declaration::Channel;
use pratique_core::journey::TestResult;
use pratique_core::paper::Serial;
use pratique_formats::pass;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use super::telling::emptied;
use crate::support::course::{amended, result};
use crate::support::people::{LI, healthy};
use crate::support::post::{Post, Ways};
use crate::support::{On, Place, log, on_every_engine};

/// What only somebody who knows of a person's health could write: their own words, and the codes of what they chose.
const WORDS: [&str; 5] =
    ["Grumbling kneecaps", "Hiccoughs since Lisbon", "Falconer", "Looks quite flushed", "Shivers at noon"];
const CODES: [&str; 4] = ["hard_breathing", "loss_of_smell", "red_eyes", "chest_tightness"];

/// One person's part of a day.
#[derive(Debug, Clone)]
struct Part {
    answers: Value,
    decision: &'static str,
    result: Option<TestResult>,
    amended: Option<TestResult>,
}

fn answers() -> impl Strategy<Value = Value> {
    let flags = prop::collection::vec(any::<bool>(), 6);
    let symptoms = prop::sample::subsequence(CODES.to_vec(), 0..=CODES.len());
    (flags, symptoms, prop::option::of(36.0..39.9f64), any::<bool>()).prop_map(
        |(flags, symptoms, temperature, speaks)| {
            let mut answers = healthy();
            for (name, flag) in
                ["contact_case", "contact_ill", "community_cases", "cluster", "unwell", "medicine"].iter().zip(flags)
            {
                answers[*name] = json!(flag);
            }
            if answers["unwell"] == json!(true) {
                let own = speaks.then_some(WORDS[usize::from(symptoms.len() % 2 == 0)]);
                let named: Vec<&str> = symptoms.into_iter().chain(own).collect();
                answers["symptoms"] = json!(if named.is_empty() { vec![WORDS[0]] } else { named });
                answers["symptom_onset"] = json!("2026-11-22");
                if let Some(temperature) = temperature {
                    answers["temperature_c"] = json!((temperature * 10.0).round() / 10.0);
                }
            }
            answers["occupation"] = json!(WORDS[2]);
            answers
        },
    )
}

fn part() -> impl Strategy<Value = Part> {
    let results = || prop::option::of(prop::sample::select(TestResult::ALL));
    let decision = prop::sample::select(vec!["clear", "refer", "hold"]);
    (answers(), decision, results(), results()).prop_map(|(answers, decision, result, amended)| Part {
        answers,
        decision,
        result,
        amended,
    })
}

fn drawn<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

/// Li Na under another number, with these answers.
fn body(number: usize, answers: &Value) -> Value {
    let mut body = LI.declaration();
    body["traveller"]["document"]["number"] = json!(format!("E{number:08}"));
    body["contact"] = json!({"phone": format!("+86138{number:08}"), "email": format!("na{number}@mail.example")});
    body["answers"] = answers.clone();
    body
}

/// Every text under a JSON value that is an address.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with('/') || text.starts_with("http") => found.push(text.clone()),
        Value::Array(parts) => parts.iter().for_each(|part| addresses(part, found)),
        Value::Object(parts) => parts.values().for_each(|part| addresses(part, found)),
        _ => {}
    }
}

/// One person's whole part; gives the pass and every address that was answered.
async fn played(place: &Place, (officer, doctor): (&str, &str), number: usize, part: &Part) -> (String, Vec<String>) {
    let declared = place.post("", "/declarations", &body(number, &part.answers)).await.ok(201);
    let pass = declared["pass"].as_str().unwrap().to_owned();
    let scanned = scan(place, officer, &json!({"pass": pass})).await;
    let journey = scanned["journey"].as_str().unwrap().to_owned();
    if let Some(first) = part.result {
        result(place, &journey, first).await;
        // Only what is another result is a correction, and one that was made again from the same tube is not final.
        let is_final = matches!(first, TestResult::Positive | TestResult::Negative);
        if let Some(second) = part.amended.filter(|second| is_final && *second != first) {
            amended(place, &journey, second).await;
        }
    }
    // Some of these are refused; a refusal tells nothing either.
    let decision = json!({"scan_id": scanned["scan_id"], "decision": part.decision, "reason": WORDS[3]});
    let decided = place.post(officer, "/checkpoint/decisions", &decision).await.json();
    let examined = json!({"journey": journey, "station": "T3D-D01", "symptoms": ["dry_cough"], "note": WORDS[4]});
    let examined = place.post(doctor, "/desk/examinations", &examined).await.json();
    let owed = place.get("/api/v1/obligations").token(doctor).send().await.ok(200);
    let mut found = Vec::new();
    for answer in [declared, scanned, decided, examined, owed] {
        addresses(&answer, &mut found);
    }
    (pass, found)
}

/// What of this stands in the text.
fn told<'a>(text: &str, more: &[&'a str]) -> Vec<&'a str> {
    let lower = text.to_lowercase();
    let all = WORDS.iter().chain(&CODES).chain(more);
    all.copied().filter(|word| lower.contains(&word.to_lowercase())).collect()
}

const RESULTS: [&str; 6] = ["positive", "negative", "inconclusive", "阳性", "阴性", "symptom"];

on_every_engine! {
    async fn i7_nothing_of_anybodys_health_leaves_the_house(place: Place) {
        let post = Post::of(&place, Ways::Both).await;
        flight(&place).await;
        let mut runner = TestRunner::deterministic();
        let parts: Vec<Part> = (0..16).map(|_| drawn(&part(), &mut runner)).collect();
        assert!(parts.iter().filter(|p| p.answers["unwell"] == json!(true)).count() > 3, "nobody of them is ill");
        let (officer, doctor) = (place.token("officer", Role::Officer).await, place.token("chen", Role::Medical).await);
        let mut lengths = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let (text, addresses) = played(&place, (&officer, &doctor), at + 1, part).await;
            let read = pass::read(&text).unwrap();
            // Beside the issuer, the times and a random number there is only what a checkpoint alone can open, always as long.
            assert_eq!((read.claims.issuer.as_str(), read.claims.not_before), ("CNPEK", None));
            lengths.push(text.len());
            for address in addresses {
                assert_eq!(told(&address, &RESULTS), [""; 0], "in {address}");
            }
        }
        assert!(lengths.iter().all(|length| *length == lengths[0]), "a pass's length tells people apart: {lengths:?}");
        // The server's own job sends them too; all are out when nothing is left.
        emptied(&place).await;
        let texts: Vec<String> = post.texts().iter().map(Value::to_string).collect();
        let mails: Vec<String> = post.mails().iter().map(|mail| mail.raw.clone() + &mail.text()).collect();
        assert!(!texts.is_empty() && !mails.is_empty(), "nobody was told anything");
        for message in texts.iter().chain(&mails) {
            assert_eq!(told(message, &RESULTS), [""; 0], "in {message}");
        }
        let logged = log::lines();
        for line in logged.lines() {
            assert_eq!(told(line, &["temperature_c"]), [""; 0], "in {line}");
        }
    }

    async fn i11_the_same_answers_come_to_the_same_finding_in_every_way(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let request = FormsRequest { count: 20, language: "en".into(), notice: "2026-11".into() };
        let printed: Forms = print_forms(&place.app, &Caller::System("test"), "CNPEK", &request, None).await.unwrap().read().unwrap();
        let mut runner = TestRunner::deterministic();
        let mut tiers = std::collections::BTreeSet::new();
        for day in 0..8u32 {
            let answers = drawn(&answers(), &mut runner);
            let mut findings = Vec::new();
            for (at, channel) in Channel::ALL.into_iter().enumerate() {
                let mut body = body(1000 + day as usize * 10 + at, &answers);
                body["channel"] = json!(channel.name());
                if channel == Channel::Paper {
                    let serial = Serial { port: "CNPEK".into(), number: printed.first + day };
                    body["paper"] = json!({"serial": serial.to_string(), "at": "2026-11-24T00:00:00Z"});
                }
                let declared = place.post(&officer, "/declarations", &body).await.ok(201);
                let scanned = scan(&place, &officer, &json!({"code": declared["code"]})).await;
                findings.push(json!([scanned["tier"], scanned["reasons"], scanned["advice"]]));
            }
            assert!(findings.iter().all(|finding| *finding == findings[0]), "{answers}: {findings:#?}");
            tiers.insert(findings[0][0].to_string());
        }
        assert!(tiers.len() > 1, "all days were alike: {tiers:?}");
    }
}
