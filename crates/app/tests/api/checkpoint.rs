//! Scan, decide, and close the loop.

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::support::people::{GARCIA, LI, LI_JUNIOR, OKAFOR, ca938};
use crate::support::{On, Place, on_every_engine, uuid};

/// Puts CA938 on the schedule.
pub async fn flight(place: &Place) {
    let planner = place.token("planner", Role::Planner).await;
    let call = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&ca938());
    call.send().await.ok(201);
}

pub async fn scan(place: &Place, token: &str, what: &Value) -> Value {
    let mut body = json!({"scan_id": uuid(), "station": "T3D-L01"});
    body.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    place.post(token, "/checkpoint/scans", &body).await.ok(200)
}

fn verdict(scanned: &Value) -> (&str, &str, &str) {
    (
        scanned["pass"]["verdict"].as_str().unwrap(),
        scanned["document"].as_str().unwrap(),
        scanned["advice"].as_str().unwrap(),
    )
}

on_every_engine! {
    async fn a_traveller_with_a_companion_is_scanned_and_cleared_once(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let mut body = LI.declaration();
        body["companions"] = json!([{"traveller": LI_JUNIOR.traveller(), "answers": body["answers"], "relation": "child", "seat": "31B"}]);
        let declared = place.post("", "/declarations", &body).await.ok(201);
        assert_eq!((&declared["state"], &declared["flight"]["on_schedule"]), (&json!("ready"), &json!(true)));
        assert_eq!(declared["counts_from"], "2026-11-23T06:00:00Z");
        let child = &declared["companions"][0];

        // The right document, the other one's, none, and a pass that nobody issued.
        let own = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(verdict(&own), ("valid", "match", "clear"));
        assert_eq!((&own["tier"], &own["manifest"]), (&json!("green"), &json!("unknown")));
        let bare = scan(&place, &officer, &json!({"pass": child["pass"]})).await;
        assert_eq!(verdict(&bare), ("valid", "unchecked", "clear"));
        let swapped = scan(&place, &officer, &json!({"pass": child["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(verdict(&swapped), ("valid", "mismatch", "hold"));
        let none = scan(&place, &officer, &json!({"pass": "PQ1:NOTHING"})).await;
        assert_eq!((verdict(&none), &none["journey"]), (("malformed", "unchecked", "hold"), &Value::Null));

        // Another document is never cleared.
        let refused = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": swapped["scan_id"], "decision": "clear"})).await;
        assert_eq!(refused.ok(409)["code"], "document-mismatch");

        let cleared = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": own["scan_id"], "decision": "clear"})).await.ok(200);
        assert_eq!(cleared["state"], "cleared");
        let again = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": own["scan_id"], "decision": "clear"})).await.ok(409);
        assert_eq!((&again["code"], &again["used"]), (&json!("already-used"), &cleared["used"]));
        let later = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&later["used"], &later["advice"]), (&cleared["used"], &json!("hold")));
    }

    async fn a_code_or_a_document_leads_to_the_same_person(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let by_code = scan(&place, &officer, &json!({"code": declared["code"], "mrz": LI.mrz()})).await;
        let by_number = scan(&place, &officer, &json!({"document": LI.number})).await;
        let by_zone = scan(&place, &officer, &json!({"mrz": LI.mrz()})).await;
        assert_eq!(verdict(&by_code), ("valid", "match", "clear"));
        assert_eq!(verdict(&by_zone), ("valid", "match", "clear"));
        assert!(by_code["journey"].is_string());
        assert_eq!((&by_number["journey"], &by_zone["journey"]), (&by_code["journey"], &by_code["journey"]));
        let typed = json!({"code": declared["code"], "document": {"number": "e 1234 5678", "issuer": "CN", "birth_date": LI.born}});
        assert_eq!(verdict(&scan(&place, &officer, &typed).await), ("valid", "match", "clear"));
    }

    async fn the_same_scan_sent_again_gets_the_first_answer(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let body = json!({"scan_id": uuid(), "station": "T3D-L01", "pass": declared["pass"]});
        let first = place.post(&officer, "/checkpoint/scans", &body).await;
        let second = place.post(&officer, "/checkpoint/scans", &body).await;
        assert_eq!((first.status, first.bytes), (second.status, second.bytes));
        // The id names one scan: neither another key nor another officer makes a second of it.
        let other = place.token("other officer", Role::Officer).await;
        for call in [place.call("POST", "/api/v1/checkpoint/scans").token(&officer).once("k"), place.call("POST", "/api/v1/checkpoint/scans").token(&other)] {
            assert_eq!(call.json(&body).send().await.ok(409)["code"], "key-reused");
        }
    }

    async fn a_red_tier_is_lowered_by_two_people(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let medical = place.token("medical", Role::Medical).await;
        let mut body = OKAFOR.declaration();
        body["answers"]["contact_case"] = json!(true);
        let declared = place.post("", "/declarations", &body).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": OKAFOR.mrz()})).await;
        assert_eq!((&scanned["tier"], verdict(&scanned)), (&json!("red"), ("valid", "match", "refer")));
        assert!(scanned["reasons"].as_array().unwrap().iter().any(|r| r["code"] == "contact-case"));
        let pack = &place.app.house.in_force(place.app.house.port("CNPEK").unwrap()).unwrap().pack;
        let named = format!("{}@{}", pack.id, pack.version);
        assert_eq!(scanned["judged_by"], json!({"rules": pack.rules.version, "pack": named}));
        let decide = |decision: &str| json!({"scan_id": scanned["scan_id"], "decision": decision});
        assert_eq!(place.post(&officer, "/checkpoint/decisions", &decide("clear")).await.ok(409)["code"], "second-person-needed");

        let referred = place.post(&officer, "/checkpoint/decisions", &decide("refer")).await.ok(200);
        let owed = referred["obligations"][0].as_str().unwrap().to_owned();
        let listed = place.get("/api/v1/obligations?port=CNPEK").token(&officer).send().await.ok(200);
        assert_eq!((&listed["obligations"][0]["id"], &listed["obligations"][0]["kind"]), (&json!(owed), &json!("examine")));
        assert_eq!(place.post(&officer, "/checkpoint/decisions", &decide("clear")).await.ok(409)["code"], "still-owed");

        // The officer does not owe the examination; the desk does.
        let answer = |outcome: &str| json!({"outcome": outcome, "reason": "36.6 °C twice"});
        let path = format!("/obligations/{owed}/answer");
        assert_eq!(place.post(&officer, &path, &answer("fit")).await.status, 403);
        let taken = place.post(&medical, &format!("/obligations/{owed}/acknowledge"), &json!({})).await.ok(200);
        assert_eq!(taken["state"], "acknowledged");
        assert_eq!(place.post(&medical, &path, &answer("seen")).await.ok(409)["code"], "outcome-does-not-fit");
        let done = place.post(&medical, &path, &answer("fit")).await.ok(200);
        assert_eq!((&done["state"], &done["still_open"]), (&json!("answered"), &json!([])));
        assert_eq!(place.post(&medical, &path, &answer("fit")).await.ok(409)["code"], "already-answered");

        let seen = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": OKAFOR.mrz()})).await;
        let cleared = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": seen["scan_id"], "decision": "clear"})).await;
        assert_eq!(cleared.ok(200)["state"], "cleared");
        let listed = place.get("/api/v1/obligations").token(&officer).send().await.ok(200);
        assert_eq!(listed, json!({"obligations": [], "next": null}));
    }

    async fn of_many_officers_at_once_exactly_one_clears(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &GARCIA.declaration()).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": GARCIA.mrz()})).await;
        let body = json!({"scan_id": scanned["scan_id"], "decision": "clear"});
        let place = std::sync::Arc::new(place);
        let calls: Vec<_> = (0..64).map(|_| {
            let (place, officer, body) = (std::sync::Arc::clone(&place), officer.clone(), body.clone());
            tokio::spawn(async move { place.post(&officer, "/checkpoint/decisions", &body).await })
        }).collect();
        let mut answers = Vec::new();
        for call in calls {
            answers.push(call.await.unwrap());
        }
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|a| a.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 63));
        let used = won[0].json()["used"].clone();
        for answer in lost {
            assert_eq!(answer.ok(409)["used"], used);
        }
    }

    async fn a_decision_is_taken_back_at_once_by_its_own_officer_alone(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let other = place.token("other officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        let undo = json!({"scan_id": scanned["scan_id"], "station": "T3D-L01"});
        let decide = |decision: &str| json!({"scan_id": scanned["scan_id"], "decision": decision});
        assert_eq!(place.post(&officer, "/checkpoint/undo", &undo).await.ok(409)["code"], "nothing-to-undo");
        place.post(&officer, "/checkpoint/decisions", &decide("clear")).await.ok(200);

        assert_eq!(place.post(&other, "/checkpoint/undo", &undo).await.ok(409)["code"], "not-yours-to-undo");
        let elsewhere = json!({"scan_id": scanned["scan_id"], "station": "T3D-L02"});
        assert_eq!(place.post(&officer, "/checkpoint/undo", &elsewhere).await.ok(422)["errors"][0]["code"], "not-this-station");
        let sampler = place.token("sampler", Role::Sampler).await;
        assert_eq!(place.post(&sampler, "/checkpoint/undo", &undo).await.status, 403);

        let repeatable = || place.call("POST", "/api/v1/checkpoint/undo").token(&officer).once("undo-1").json(&undo);
        let undone = repeatable().send().await;
        assert_eq!(repeatable().send().await.bytes, undone.bytes, "sent twice it is done once");
        let undone = undone.ok(200);
        assert_eq!((&undone["undone"], &undone["state"]), (&json!("clear"), &json!("presented")));

        // The pass is unused again, and used up once by the next.
        let again = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((verdict(&again), &again["used"]), (("valid", "match", "clear"), &Value::Null));
        let cleared = json!({"scan_id": again["scan_id"], "decision": "clear"});
        place.post(&officer, "/checkpoint/decisions", &cleared).await.ok(200);
        assert_eq!(place.post(&officer, "/checkpoint/decisions", &decide("clear")).await.ok(409)["code"], "already-used");
        place.clock.set(place.app.now() + jiff::SignedDuration::from_secs(31));
        let late = json!({"scan_id": again["scan_id"], "station": "T3D-L01"});
        assert_eq!(place.post(&officer, "/checkpoint/undo", &late).await.ok(409)["code"], "undo-too-late");
    }

    async fn what_was_taken_back_counts_for_nothing_and_is_owed_by_nobody(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let supervisor = place.token("supervisor", Role::Supervisor).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        let refer = json!({"scan_id": scanned["scan_id"], "decision": "refer", "reason": "a slip of the hand"});
        let undo = json!({"scan_id": scanned["scan_id"], "station": "T3D-L01"});
        let figures = async || {
            let told = place.get("/api/v1/bulletin?port=CNPEK&from=2026-11-24&to=2026-11-24").token(&supervisor).send().await.ok(200);
            let open = place.get("/api/v1/obligations").token(&officer).send().await.ok(200);
            (told["figures"].clone(), open["obligations"].as_array().unwrap().len())
        };
        let before = figures().await;
        place.post(&officer, "/checkpoint/decisions", &refer).await.ok(200);
        let referred = figures().await;
        assert!(referred.0 != before.0 && referred.1 == before.1 + 1, "{referred:?}");
        place.post(&officer, "/checkpoint/undo", &undo).await.ok(200);
        assert_eq!(figures().await, before);
        place.post(&officer, "/checkpoint/decisions", &refer).await.ok(200);
        assert_eq!(figures().await, referred);
    }

    async fn a_console_clears_by_itself_only_what_is_clean_and_it_is_on_record(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let bare = scan(&place, &officer, &json!({"pass": declared["pass"]})).await;
        let by_itself = |scanned: &Value, decision: &str| json!({"scan_id": scanned["scan_id"], "decision": decision, "by_itself": true});
        assert_eq!(place.post(&officer, "/checkpoint/decisions", &by_itself(&bare, "clear")).await.ok(409)["code"], "not-by-itself");
        let clean = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(place.post(&officer, "/checkpoint/decisions", &by_itself(&clean, "hold")).await.ok(409)["code"], "not-by-itself");
        place.post(&officer, "/checkpoint/decisions", &by_itself(&clean, "clear")).await.ok(200);
        let heads = place.app.store.checkpoint().await.unwrap().heads;
        let mut decided = Vec::new();
        for head in heads {
            let chain = place.app.store.audit_range(head.writer, 1, 1000).await.unwrap();
            decided.extend(chain.into_iter().filter(|link| link.entry.action == "decide").map(|link| link.entry.detail));
        }
        assert!(decided.len() == 1 && decided[0].contains("\"by_itself\":true"), "{decided:?}");
    }
}
