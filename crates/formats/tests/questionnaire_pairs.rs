//! Accept and refuse, judged against the FHIR validator's own pairs of questionnaire and response.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use pratique_core::questionnaire::{Questionnaire, check};
use pratique_formats::fhir::questionnaire_response::QuestionnaireResponse;
use serde_json::Value;

/// Pairs on which we differ, each with the reason. Everything else must agree.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("reference-absolute-qr", "the type reference is not asked in any form of ours, so the form is refused"),
    ("reference-relative-qr", "the type reference is not asked in any form of ours, so the form is refused"),
];

fn test_data() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("PRATIQUE_TEST_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root.join("../shared/data"));
    if !folder.is_dir() {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr().write_all(format!("skipped: no test data at {}\n", folder.display()).as_bytes());
        return None;
    }
    Some(folder)
}

/// Whether we accept the response: the way that the FHIR channel goes.
fn accepts(form: &[u8], response: &[u8]) -> Result<(), String> {
    let form = Questionnaire::parse(form).map_err(|faults| format!("form: {}", faults[0]))?;
    let response = QuestionnaireResponse::parse(response).map_err(|faults| format!("response: {}", faults[0]))?;
    if response.questionnaire.as_deref() != Some(form.url.as_str()) {
        return Err("the response answers another form".to_owned());
    }
    let answers = response.answers(&form).map_err(|errors| format!("{:?}", errors[0]))?;
    check(&form, &answers, date(2026, 11, 24)).map(|_| ()).map_err(|errors| format!("{:?}", errors[0]))
}

#[test]
fn accept_and_refuse_agree_with_every_pair_of_the_validator() {
    let Some(data) = test_data() else { return };
    let pairs = data.join("fhir/questionnaire_validation/pairs");
    let expected: Vec<Value> = serde_json::from_slice(&std::fs::read(pairs.join("expected.json")).unwrap()).unwrap();
    let exceptions = BTreeMap::from(EXCEPTIONS);
    let (mut agreed, mut wrong, mut stale) = (0, Vec::new(), Vec::new());
    for pair in &expected {
        let name = pair["name"].as_str().unwrap();
        let wanted = pair["errorCount"].as_u64() == Some(0) && pair["fatalCount"].as_u64() == Some(0);
        // A form that is not there is refused like one that cannot be read.
        let form = std::fs::read(pairs.join(pair["questionnaire"][0].as_str().unwrap())).unwrap_or_default();
        let response = std::fs::read(pairs.join(pair["response"].as_str().unwrap())).unwrap();
        let got = accepts(&form, &response);
        println!("{name}: expected {}, {got:?}", if wanted { "accept" } else { "refuse" });
        match (got.is_ok() == wanted, exceptions.get(name)) {
            (true, None) => agreed += 1,
            (true, Some(_)) => stale.push(name),
            (false, Some(reason)) => println!("  exception: {reason}"),
            (false, None) => wrong.push(name),
        }
    }
    println!("{agreed} of {} pairs agree, {} are exceptions", expected.len(), EXCEPTIONS.len());
    assert!(wrong.is_empty(), "these pairs disagree: {wrong:?}");
    assert!(stale.is_empty(), "these exceptions agree now, so take them off the list: {stale:?}");
    assert_eq!(agreed + EXCEPTIONS.len(), expected.len(), "an exception names no pair");
}

#[test]
fn no_real_document_makes_the_readers_panic() {
    let Some(data) = test_data() else { return };
    let mut read = 0;
    for folder in ["r4_examples", "who_surveillance", "questionnaire_validation", "questionnaire_validation/pairs"] {
        for entry in std::fs::read_dir(data.join("fhir").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "json") {
                let bytes = std::fs::read(&path).unwrap();
                let _ = Questionnaire::parse(&bytes);
                let _ = QuestionnaireResponse::parse(&bytes);
                read += 1;
            }
        }
    }
    assert!(read > 80, "only {read} documents were found");
}
