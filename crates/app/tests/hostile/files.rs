//! The shared hostile data, and files that the API takes.

use std::io::Write as _;
use std::path::PathBuf;

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::support::people::{LI, ca938};
use crate::support::{On, Place};
use crate::values::{Dice, PLANTED, no_json};

/// The shared data of this kind; says so and gives none where there are none.
fn shared(kind: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PRATIQUE_TEST_DATA").map(|root| PathBuf::from(root).join("hostile").join(kind));
    if folder.as_ref().is_none_or(|folder| !folder.is_dir()) {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr().write_all(format!("skipped: there is no shared data hostile/{kind}\n").as_bytes());
        return None;
    }
    folder
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(path)) } else { all.push(path) }
    }
    all.sort();
    all
}

/// 144 texts of JSON that parsers disagree about, and files that are no JSON at all.
#[tokio::test(flavor = "multi_thread")]
async fn f20_no_file_of_the_shared_data_is_taken_for_a_declaration() {
    let place = Place::open(On::Memory).await;
    let before = json!(place.app.store.checkpoint().await.unwrap());
    for kind in ["json", "cbor", "cose"] {
        let Some(folder) = shared(kind) else { continue };
        for path in files(folder) {
            let call =
                place.call("POST", "/api/v1/declarations").body("application/json", std::fs::read(&path).unwrap());
            let answer = call.send().await;
            assert!((400..500).contains(&answer.status), "{}: {}", path.display(), answer.text());
            assert!(answer.json()["code"].is_string());
        }
    }
    assert_eq!(json!(place.app.store.checkpoint().await.unwrap()), before);
}

/// Each naughty string in each text of a declaration: refused with its field, or kept and given back as it is (in its NFC form).
#[tokio::test(flavor = "multi_thread")]
async fn f22_every_naughty_string_is_refused_by_its_field_or_kept() {
    let Some(folder) = shared("strings") else { return };
    let place = Place::open(On::Memory).await;
    let planner = place.token("planner", Role::Planner).await;
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&ca938()).send().await.ok(201);
    let text = std::fs::read(folder.join("blns_part.txt")).unwrap();
    let text = String::from_utf8_lossy(&text).into_owned();
    let fields = [
        "/traveller/name/primary",
        "/traveller/name/native",
        "/traveller/document/number",
        "/contact/address",
        "/answers/occupation",
        "/trip/seat",
    ];
    let (mut kept, mut refused) = (0, 0);
    for (at, naughty) in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).enumerate() {
        let field = fields[at % fields.len()];
        let mut body = LI.declaration();
        body["traveller"]["name"]["native"] = json!("");
        body["contact"]["address"] = json!("");
        body["answers"]["occupation"] = json!("");
        *body.pointer_mut(field).unwrap() = json!(naughty);
        let answer = place.post("", "/declarations", &body).await;
        if answer.status == 201 {
            let code = answer.json()["code"].as_str().unwrap().to_owned();
            if field != "/traveller/document/number" && !naughty.trim().is_empty() {
                let held =
                    place.get(&format!("/api/v1/declarations/{code}/held")).proof(LI.number).send().await.ok(200);
                assert!(holds(&held, naughty), "{naughty:?} in {field} is not given back: {held}");
            }
            kept += 1;
        } else {
            let told = answer.ok(422);
            let places: Vec<&str> =
                told["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
            assert!(places.iter().any(|place| place.starts_with(field)), "{naughty:?} in {field}: {places:?}");
            refused += 1;
        }
    }
    println!("{kept} kept, {refused} refused");
    assert!(kept > 20 && refused > 20);
}

/// Whether one of its texts is this one; white space around and runs of it within are nobody's data.
fn holds(value: &Value, text: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match value {
        Value::String(held) => plain(held) == plain(text),
        Value::Array(parts) => parts.iter().any(|part| holds(part, text)),
        Value::Object(parts) => parts.values().any(|part| holds(part, text)),
        _ => false,
    }
}

/// Files that staff send: lists of passengers, runs of an instrument, a day's schedule.
#[tokio::test(flavor = "multi_thread")]
async fn f23_no_file_that_staff_send_is_half_taken() {
    let place = Place::open(On::Memory).await;
    let planner = place.token("planner", Role::Planner).await;
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&ca938()).send().await.ok(201);
    let before = json!(place.app.store.checkpoint().await.unwrap());
    let dice = Dice::new(5);
    for turn in 0..300 {
        let file = match turn % 3 {
            0 => dice.bytes(3_000),
            1 => no_json(&dice),
            _ => format!("UNB+UNOA:4+A+B'{PLANTED}'").repeat(dice.below(20) + 1).into_bytes(),
        };
        for (method, path, kind) in [
            ("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest", "text/csv"),
            ("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest", "application/edifact"),
            ("POST", "/api/v1/flights/schedule?port=CNPEK", "application/x-ndjson"),
        ] {
            let answer = place.call(method, path).token(&planner).body(kind, file.clone()).send().await;
            assert!((400..500).contains(&answer.status), "{turn} {path} {kind}: {} {}", answer.status, answer.text());
        }
    }
    assert_eq!(json!(place.app.store.checkpoint().await.unwrap()), before);
}
