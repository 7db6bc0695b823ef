//! What is known of a person is in no log, and nobody reads it in the database's file.

use pratique_core::access::Role;
use serde_json::json;

use super::checkpoint::{flight, scan};
use crate::support::people::Person;
use crate::support::{On, Place, log, on_every_engine, uuid};

const PLANTED: Person = Person {
    primary: "Quillfeather",
    secondary: "Zephyrine",
    number: "ZQX771903",
    issuer: "GBR",
    born: "1971-09-13",
    sex: "F",
};

on_every_engine! {
    async fn nothing_planted_is_found_in_logs_or_files(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let mut body = PLANTED.declaration();
        body["traveller"]["name"]["native"] = json!("羽笔西风");
        body["contact"] = json!({"phone": "+447700900461", "email": "zephyrine@quill.example", "address": "7 Nibcutters Row"});
        body["answers"]["occupation"] = json!("Taxidermist");
        body["trip"]["seat"] = json!("77K");
        let sent = place.call("POST", "/api/v1/declarations").once("zephyrine-key").json(&body).send().await;
        let declared = sent.ok(201);
        let code = declared["code"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/declarations/{code}");
        place.get(&path).proof(PLANTED.number).send().await.ok(200);
        place.get(declared["pass_svg"].as_str().unwrap()).proof(PLANTED.number).send().await;
        place.get(&path).proof("ZQX771904").send().await;
        body["trip"]["seat"] = json!("77J");
        place.call("PUT", &path).proof(PLANTED.number).once("zephyrine-put").json(&body).send().await.ok(200);
        let scanned = scan(&place, &officer, &json!({"code": code, "mrz": PLANTED.mrz()})).await;
        let decided = json!({"scan_id": scanned["scan_id"], "decision": "hold", "reason": "Marmalade in the luggage"});
        let held = place.post(&officer, "/checkpoint/decisions", &decided).await.ok(200);
        let owed = held["obligations"][0].as_str().unwrap();
        let answer = json!({"outcome": "identity-confirmed", "reason": "Looks like her picture"});
        place.post(&officer, &format!("/obligations/{owed}/answer"), &answer).await.ok(200);
        body["trip"]["date"] = json!("Quillfeather");
        place.post("", "/declarations", &body).await.ok(422);
        place.post("", "/checkpoint/scans", &json!({"scan_id": uuid(), "code": code})).await;
        place.get(&format!("{path}/nothing?number={}", PLANTED.number)).send().await;

        // A seat is so short that random text holds it now and then: it is looked for in quotation marks, as JSON has it.
        let planted = [
            PLANTED.primary, PLANTED.secondary, PLANTED.number, PLANTED.born, "羽笔西风", "+447700900461",
            "zephyrine@quill", "Nibcutters", "Taxidermist", "\"77K\"", "\"77J\"", "Marmalade", "Looks like her", &code, &officer,
        ];
        let logged = log::lines();
        assert!(logged.contains("route=\"/api/v1/declarations/{code}\""), "requests are logged by their routes");
        for secret in planted {
            let found = logged.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
            assert!(found.is_none(), "{secret} is in the log: {found:?}");
        }
        for file in std::fs::read_dir(place.folder.root()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for secret in planted {
                assert!(!holds(&bytes, secret.as_bytes()), "{secret} is in a file of the store");
            }
        }
    }
}

on_every_engine! {
    /// A rule's id is health data: "fever" beside a person's journey says what they have (security.md 2.6).
    async fn a_dump_of_the_store_names_no_rule_that_hit(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let mut body = PLANTED.declaration();
        body["answers"]["contact_case"] = json!(true);
        body["answers"]["cluster"] = json!(true);
        let declared = place.post("", "/declarations", &body).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": PLANTED.mrz()})).await;
        let codes: Vec<_> = scanned["reasons"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
        assert!(codes.contains(&"contact-case") && codes.contains(&"cluster"), "{codes:?}");
        let decision = json!({"scan_id": scanned["scan_id"], "decision": "refer"});
        place.post(&officer, "/checkpoint/decisions", &decision).await.ok(200);
        body["answers"]["cluster"] = json!(false);
        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        place.call("PUT", &path).proof(PLANTED.number).json(&body).send().await.ok(200);

        let dump = place.folder.path("dump.db");
        place.app.store.backup(&dump, 1, "test").await.unwrap();
        let bytes = std::fs::read(&dump).unwrap();
        assert!(holds(&bytes, b"\"assessed\"") || holds(&bytes, b"assessed"), "the dump holds the events");
        let pack = place.app.house.packs().next().unwrap();
        // A short id stands in other words too ("ill" in "will"): JSON has it in quotation marks.
        for id in pack.pack.rules.rules.iter().map(|rule| &rule.id) {
            assert!(!holds(&bytes, format!("\"{id}\"").as_bytes()), "{id} is readable in a dump");
            assert!(id.len() < 8 || !holds(&bytes, id.as_bytes()), "{id} is readable in a dump");
        }
    }
}

fn holds(bytes: &[u8], secret: &[u8]) -> bool {
    bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret))
}
