//! What one scan found is not forgotten by the next, and no scan is decided on when it is old.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, ca938};
use crate::support::{On, Place, on_every_engine, uuid};

fn says(scanned: &Value, code: &str) -> bool {
    scanned["reasons"].as_array().unwrap().iter().any(|r| r["code"] == code)
}

on_every_engine! {
    async fn a_strangers_document_is_remembered_until_the_right_one_comes(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let clear = |scanned: &Value| json!({"scan_id": scanned["scan_id"], "decision": "clear"});
        let before = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": GARCIA.mrz()})).await;
        let bare = scan(&place, &officer, &json!({"pass": declared["pass"]})).await;
        assert!(says(&bare, "document-mismatch-before"), "{bare}");
        assert_eq!((&bare["document"], &bare["advice"]), (&json!("unchecked"), &json!("hold")));
        // Nor does an earlier scan clear it.
        for scanned in [&bare, &before] {
            assert_eq!(place.post(&officer, "/checkpoint/decisions", &clear(scanned)).await.ok(409)["code"], "document-mismatch");
        }
        let right = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(right["advice"], "clear");
        place.post(&officer, "/checkpoint/decisions", &clear(&right)).await.ok(200);
    }

    async fn a_strangers_document_is_answered_by_who_finds_out_who_it_is(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let other = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": GARCIA.mrz()})).await;
        let held = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": other["scan_id"], "decision": "hold"})).await.ok(200);
        let path = format!("/obligations/{}/answer", held["obligations"][0].as_str().unwrap());
        place.post(&officer, &path, &json!({"outcome": "identity-confirmed"})).await.ok(200);
        let bare = scan(&place, &officer, &json!({"pass": declared["pass"]})).await;
        assert_eq!(bare["advice"], "clear", "{bare}");
        place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": bare["scan_id"], "decision": "clear"})).await.ok(200);
    }

    async fn an_old_scan_is_not_decided_on(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let old = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        place.set("2026-11-24T00:15:01Z");
        for decision in ["clear", "refer", "hold"] {
            let refused = place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": old["scan_id"], "decision": decision})).await.ok(409);
            assert_eq!(refused["code"], "scan-too-old");
            assert!(refused["detail"].as_str().unwrap().contains("Scan again"), "{refused}");
        }
        let fresh = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        place.set("2026-11-24T00:30:01Z");
        place.post(&officer, "/checkpoint/decisions", &json!({"scan_id": fresh["scan_id"], "decision": "clear"})).await.ok(200);
    }

    async fn a_flight_that_did_not_come_is_told(place: Place) {
        flight(&place).await;
        let (officer, planner) = (place.token("officer", Role::Officer).await, place.token("other planner", Role::Planner).await);
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        for status in ["cancelled", "diverted"] {
            let mut body = ca938();
            body["status"] = json!(status);
            place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&body).send().await.ok(200);
            let seen = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
            assert!(says(&seen, &format!("flight-{status}")), "{seen}");
            assert_eq!(seen["advice"], "refer");
        }
    }

    async fn a_scan_of_the_future_is_a_wrong_field_and_one_of_the_past_is_kept(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let at = |time: &str| json!({"scan_id": uuid(), "station": "T3D-L01", "pass": declared["pass"], "at": time});
        for good in ["2026-11-23T20:00:00Z", "2026-11-24T00:05:00Z"] {
            place.post(&officer, "/checkpoint/scans", &at(good)).await.ok(200);
        }
        let refused = place.post(&officer, "/checkpoint/scans", &at("2026-11-24T00:05:01Z")).await.ok(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/at"), &json!("at-in-future")));
    }

    async fn a_document_leads_to_todays_flight_and_not_to_the_newest(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let today = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let mut next_week = LI.declaration();
        next_week["trip"] = json!({"flight": "CA938", "date": "2026-12-01"});
        place.set("2026-11-24T00:01:00Z");
        place.post("", "/declarations", &next_week).await.ok(201);
        let by_code = scan(&place, &officer, &json!({"code": today["code"]})).await;
        let by_number = scan(&place, &officer, &json!({"document": LI.number})).await;
        assert_eq!(by_number["journey"], by_code["journey"]);
    }
}
