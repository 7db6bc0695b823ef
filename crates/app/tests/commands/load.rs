//! `load` on a real server: both models, what is counted, and what is said when it cannot be.

use serde_json::Value;

use super::process::Place;

const OPEN: [&str; 5] = ["serve", "--listen", "127.0.0.1:0", "--per-address", "0"];

fn officer(place: &Place) -> String {
    let added = place.run(&["user", "add", "lane", "--role", "officer", "--at", "CNPEK", "--token"]).worked().line();
    let file = place.path("officer.token");
    std::fs::write(&file, added["token"].as_str().unwrap()).unwrap();
    file
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[tokio::test]
async fn at_a_rate_every_request_is_begun_and_each_is_counted_once() {
    let place = Place::new();
    let server = place.serve(&OPEN);
    let token = officer(&place);
    let url = server.address.as_str();
    let args = ["load", url, "--declare", "20/s", "--scan", "10", "--for", "2", "--warm-up", "0.5", "--prepare", "5"];
    let report = place.run(&[&args[..], &["--token-file", &token, "--json"]].concat()).worked().line();
    assert_eq!(report["prepared"], 5);
    for (kind, asked, begun) in [("declare", 20.0, 40), ("scan", 10.0, 20)] {
        let figures = &report[kind];
        assert_eq!((number(&figures["asked_a_second"]), &figures["done"]), (asked, &Value::from(begun)), "{report}");
        assert_eq!(figures["errors"], serde_json::json!({}), "{report}");
        let order = ["p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms"].map(|name| number(&figures[name]));
        assert!(order[0] > 0.0 && order.is_sorted(), "{report}");
    }
}

#[tokio::test]
async fn clients_ask_again_as_soon_as_they_are_answered_and_a_table_says_so() {
    let place = Place::new();
    let server = place.serve(&OPEN);
    let args = ["load", &server.address, "--declare-clients", "4", "--for", "1", "--warm-up", "0"];
    let table = place.run(&args).worked().out;
    let row: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(row[..3], ["declare", "4", "clients"], "{table}");
    assert!(row[3].parse::<u64>().unwrap() > 4 && row.last() == Some(&"0"), "{table}");
}

#[tokio::test]
async fn a_refusal_is_counted_by_its_code_with_what_to_do() {
    let place = Place::new();
    // One a minute: whatever comes beyond it is refused.
    let server = place.serve(&["serve", "--listen", "127.0.0.1:0", "--per-address", "1"]);
    let args = ["load", &server.address, "--declare", "20", "--for", "1", "--warm-up", "0"];
    let report = place.run(&[&args[..], &["--json"]].concat()).worked().line();
    assert_eq!(report["declare"]["done"], 1, "{report}");
    let (code, count) = report["declare"]["errors"].as_object().unwrap().iter().next().unwrap();
    assert!(code.starts_with("429 ") && *count == 19, "{report}");
    let again = place.run(&args);
    assert_eq!(again.code, 1, "nothing was answered well: {again:?}");
    assert!(again.err.contains("--per-address 0"), "{again:?}");
}

#[test]
fn what_cannot_be_measured_is_said_in_one_line() {
    let place = Place::new();
    place.run(&["load", "http://127.0.0.1:9", "--declare", "5", "--for", "1"]).refused(&["127.0.0.1:9", "running"]);
    place.run(&["load", "localhost:8080", "--declare", "5", "--for", "1"]).refused(&["http://HOST:PORT"]);
    place.run(&["load", "http://127.0.0.1:9", "--for", "1"]).refused(&["--declare", "--scan-clients"]);
    place.run(&["load", "http://127.0.0.1:9", "--scan", "5", "--for", "1"]).refused(&["PRATIQUE_TOKEN", "user add"]);
    let bad = place.path("answers.json");
    std::fs::write(&bad, "[]").unwrap();
    place
        .run(&["load", "http://a", "--declare", "1", "--for", "1", "--answers", &bad])
        .refused(&["answers.json", "object"]);
    for bad in [
        &["--declare", "none", "--for", "1"][..],
        &["--declare", "5", "--for", "0"],
        &["--declare", "5", "--declare-clients", "2", "--for", "1"],
        &["--declare", "5"],
    ] {
        let answer = place.run(&[&["load", "http://127.0.0.1:9"], bad].concat()).code_is(2);
        assert!(answer.err.contains("--"), "{answer:?}");
    }
}
