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
}
