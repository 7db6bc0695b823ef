//! Commands beside a running server.

use std::time::Duration;

use serde_json::{Value, json};

use super::process::Place;

const LISTEN: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

async fn status(url: String, token: &str) -> u16 {
    reqwest::Client::new().get(url).bearer_auth(token).send().await.unwrap().status().as_u16()
}

/// Asks until the answer is the one, for a second: what the contract promises.
async fn becomes(wanted: u16, url: &str, token: &str) {
    let mut last = 0;
    for _ in 0..20 {
        last = status(url.to_owned(), token).await;
        if last == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("still {last}, not {wanted}, after a second");
}

#[tokio::test]
async fn a_server_makes_its_store_and_keys_and_stops_cleanly_on_either_signal() {
    let place = Place::new();
    let server = place.serve(&LISTEN);
    assert_eq!(place.run(&["keys", "list", "--at", "CNPEK"]).worked().lines().len(), 2);
    let mode = {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(place.data().join("root.key")).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode, 0o400);
    assert_eq!(server.stop("-TERM"), 0);
    let again = place.serve(&LISTEN);
    assert_eq!(place.run(&["keys", "list", "--at", "CNPEK"]).worked().lines().len(), 2, "keys are made once");
    assert_eq!(again.stop("-INT"), 0);
}

#[tokio::test]
async fn a_taken_address_is_said_with_what_to_do() {
    let place = Place::new();
    let server = place.serve(&LISTEN);
    let taken = server.address.trim_start_matches("http://").to_owned();
    let answer = Place::new().run(&["serve", "--listen", &taken]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains(&taken) && answer.err.contains("--listen"), "{answer:?}");
}

#[tokio::test]
async fn nothing_is_made_or_migrated_by_a_server_that_was_called_wrongly() {
    let other = Place::new();
    let server = other.serve(&LISTEN);
    let taken = server.address.trim_start_matches("http://").to_owned();
    for (args, said) in [
        (&["--listen", &taken][..], "--listen"),
        (&["--listen", "127.0.0.1:0", "--config", "nowhere"], "--config"),
        (&["--listen", "127.0.0.1:0", "--site", "nonsense"], "--site"),
    ] {
        let place = Place::new();
        let answer = place.run(&[&["serve"][..], args].concat());
        assert!(answer.code == 1 && answer.err.contains(said), "{args:?}: {answer:?}");
        assert!(!place.data().exists(), "{args:?} made {:?}", place.data());
    }
}

#[tokio::test]
async fn a_disabled_user_stops_within_a_second_and_a_new_one_works_at_once() {
    let place = Place::new();
    let server = place.serve(&LISTEN);
    let added = place.run(&["user", "add", "lane", "--role", "officer", "--at", "CNPEK", "--token"]).worked().line();
    let token = added["token"].as_str().unwrap();
    let url = format!("{}/api/v1/obligations?port=CNPEK", server.address);
    becomes(200, &url, token).await;
    place.run(&["user", "disable", "lane"]).worked();
    becomes(401, &url, token).await;
    assert!(place.run(&["user", "list"]).worked().line()["disabled_at"].is_string());
}

#[tokio::test]
async fn a_pass_from_a_server_verifies_by_the_exported_file_until_its_key_is_revoked() {
    let place = Place::new();
    let server = place.serve(&LISTEN);
    let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let issued = declared(&server.address).await;
    let pass = issued["pass"].as_str().unwrap();
    let verify = |checkpoint: bool, lines: &[Value]| {
        let path = place.path("trust.json");
        let mut export = vec!["keys", "export"];
        export.extend(checkpoint.then_some("--checkpoint"));
        std::fs::write(&path, place.run(&export).worked().out).unwrap();
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        place.feed(&["pass", "verify", "--trust", &path], input.as_bytes()).worked().lines()
    };
    let at = issued["counts_from"].as_str().unwrap();
    let line = json!({"pass": pass, "mrz": zone, "at": issued["valid_until"]});
    assert_eq!(verify(false, &[line])[0]["document"], "unchecked", "the public file opens nothing");

    let other = zone.replace("L898902C36UTO", "L898902C44UTO");
    let bad_check = zone.replace("L898902C36UTO", "L898902C46UTO");
    let told = verify(
        true,
        &[
            json!({"pass": pass, "mrz": zone}),
            json!({"pass": pass, "mrz": bad_check}),
            json!({"pass": pass, "mrz": "no zone at all"}),
            json!({"pass": pass.replace("PQ1:", "PQ2:")}),
            json!({"mrz": zone}),
            json!({"pass": pass, "at": "1999-01-01"}),
            json!({"pass": pass, "mrz": other}),
        ],
    );
    assert_eq!(told[0]["document"], "match", "{told:?} {at}");
    assert_eq!((&told[1]["document"], &told[1]["note"]["code"]), (&json!("unchecked"), &json!("damaged-mrz")));
    assert_eq!((&told[2]["document"], &told[2]["note"]["code"]), (&json!("unchecked"), &json!("not-an-mrz")));
    assert_eq!(told[3]["verdict"], "malformed");
    assert_eq!(told[4]["error"]["code"], "missing");
    assert_eq!(told[5]["verdict"], "not-yet");
    assert_ne!(told[6]["document"], "match");

    let keys = place.run(&["keys", "list", "--at", "CNPEK"]).worked().lines();
    let kid = keys.iter().find(|key| key["use"] == "sign").unwrap()["name"].as_str().unwrap().to_owned();
    place.run(&["keys", "revoke", &kid, "--at", "CNPEK", "--from", "2020-01-01T00:00:00Z"]).worked();
    assert_eq!(verify(true, &[json!({"pass": pass, "mrz": zone})])[0]["verdict"], "revoked");
}

/// Somebody declares for tomorrow's flight over the API.
async fn declared(address: &str) -> Value {
    let form = reqwest::get(format!("{address}/api/v1/questionnaires/CNPEK")).await.unwrap();
    assert_eq!(form.status().as_u16(), 200);
    let date =
        String::from_utf8(std::process::Command::new("date").args(["-u", "+%F"]).output().unwrap().stdout).unwrap();
    let body = json!({
        "port": "CNPEK", "language": "en", "channel": "api", "attested": true,
        "traveller": {
            "document": {"type": "passport", "number": "L898902C3", "issuer": "UTO"},
            "name": {"primary": "Eriksson", "secondary": "Anna Maria"},
            "birth_date": "1974-08-12", "sex": "F", "nationality": "UTO",
        },
        "trip": {"flight": "CA938", "date": date.trim()},
        "contact": {"phone": "+46 70 000 00 00"},
        "answers": {
            "exposure": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false},
            "health": {"unwell": false, "medicine": false},
            "test": {"tested": false},
        },
    });
    let answer =
        reqwest::Client::new().post(format!("{address}/api/v1/declarations")).json(&body).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    answer.json().await.unwrap()
}
