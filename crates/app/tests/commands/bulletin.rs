//! The bulletin from the command line.

use serde_json::json;

use super::process::Place;

const LISTEN: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

/// Today in Beijing, as `date` has it.
fn today() -> String {
    let date = std::process::Command::new("date").env("TZ", "Asia/Shanghai").arg("+%F").output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn it_is_written_beside_a_running_server_as_text_html_and_json() {
    let place = Place::new();
    let server = place.serve(&LISTEN);
    let added = place.run(&["user", "add", "sun", "--role", "planner", "--at", "CNPEK", "--token"]).worked().line();
    let day = today();
    let midnight = format!("{day}T00:00:00");
    let flight =
        json!({"origin": "ANC", "scheduled_arrival": midnight, "actual_arrival": midnight, "category": "cargo"});
    let url = format!("{}/api/v1/flights/FX14-{day}-CNPEK", server.address);
    let token = added["token"].as_str().unwrap();
    let made = reqwest::Client::new().put(url).bearer_auth(token).json(&flight).send().await.unwrap();
    assert_eq!(made.status().as_u16(), 201);

    let asked = |more: &[&str]| place.run(&[&["bulletin", "--from", &day, "--to", &day], more].concat()).worked().out;
    let json: serde_json::Value = serde_json::from_str(&asked(&["--format", "json"])).unwrap();
    assert_eq!(
        (&json["port"], &json["flights"]["cargo"], &json["flights"]["total"]),
        (&json!("CNPEK"), &json!(1), &json!(1))
    );
    assert_eq!((&json["from"], &json["time_zone"]), (&json!(day), &json!("Asia/Shanghai")));
    let text = asked(&["--at", "cnpek"]);
    assert!(text.starts_with("Health inspection bulletin\n") && text.contains("  Cargo flights: 1\n"), "{text}");
    let html = asked(&["--format", "html", "--language", "zh"]);
    assert!(
        html.starts_with("<!DOCTYPE html>") && html.contains("货运航班") && html.contains("lang=\"zh-Hans\""),
        "{html}"
    );
}

#[test]
fn what_cannot_be_is_said_with_what_to_do() {
    let place = Place::new();
    place.run(&["bulletin", "--from", "2026-11-24", "--to", "2026-11-24"]).refused(&["--data"]);
    place.run(&["migrate"]).worked();
    let refused =
        |from: &str, to: &str, words: &[&str]| place.run(&["bulletin", "--from", from, "--to", to]).refused(words);
    refused("yesterday", "2026-11-24", &["from: ", "as in 2026-11-24"]);
    refused("2020-10-12", "2020-09-03", &["to: ", "before the first"]);
    refused("2199-01-01", "2199-01-02", &["from: ", "still to come"]);
    refused("2001-01-01", "2020-01-01", &["3660"]);
    let asked = ["bulletin", "--from", "2020-09-03", "--to", "2020-10-12"];
    place.run(&[&asked[..], &["--language", "tlh"]].concat()).refused(&["--language", "en, zh-Hans"]);
    place.run(&[&asked[..], &["--at", "XXXXX"]].concat()).refused(&["--at", "CNPEK"]);
}
