//! One person, several declarations: what an officer has seen of one of them is not shaken off by making another.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, Person, healthy};
use crate::support::{Answer, On, Place, on_every_engine};

/// The same person in good health under another flight number.
fn anew(person: &Person, number: &str, date: &str) -> Value {
    let mut body = person.declaration();
    body["trip"] = json!({"flight": number, "date": date});
    body
}

fn red(person: &Person) -> Value {
    let mut body = person.declaration();
    body["answers"]["contact_case"] = json!(true);
    body
}

async fn declared(place: &Place, body: &Value) -> Value {
    place.post("", "/declarations", body).await.ok(201)
}

async fn decide(place: &Place, token: &str, scanned: &Value, decision: &str) -> Answer {
    let body = json!({"scan_id": scanned["scan_id"], "decision": decision, "reason": "as said"});
    place.post(token, "/checkpoint/decisions", &body).await
}

async fn answer(place: &Place, token: &str, decided: &Value, outcome: &str) {
    let path = format!("/obligations/{}/answer", decided["obligations"][0].as_str().unwrap());
    place.post(token, &path, &json!({"outcome": outcome, "reason": "36.6 °C twice"})).await.ok(200);
}

fn says(scanned: &Value, code: &str) -> bool {
    scanned["reasons"].as_array().unwrap().iter().any(|r| r["code"] == code)
}

on_every_engine! {
    async fn a_referred_person_gets_no_clearance_under_another_flight_number(place: Place) {
        flight(&place).await;
        let (officer, medical) = (place.token("officer", Role::Officer).await, place.token("medical", Role::Medical).await);
        let first = declared(&place, &LI.declaration()).await;
        let seen = scan(&place, &officer, &json!({"pass": first["pass"], "mrz": LI.mrz()})).await;
        let referred = decide(&place, &officer, &seen, "refer").await.ok(200);

        let second = declared(&place, &anew(&LI, "UA7613", "2026-11-24")).await;
        let fresh = scan(&place, &officer, &json!({"pass": second["pass"], "mrz": LI.mrz()})).await;
        assert!(says(&fresh, "referred-elsewhere"), "{fresh}");
        assert_eq!(fresh["advice"], "refer");
        assert_eq!(decide(&place, &officer, &fresh, "clear").await.ok(409)["code"], "referred-elsewhere");
        // The desk answers the first; then nothing stands against the second any more.
        answer(&place, &medical, &referred, "fit").await;
        let again = scan(&place, &officer, &json!({"pass": second["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(again["advice"], "clear", "{again}");
        decide(&place, &officer, &again, "clear").await.ok(200);
    }

    async fn a_held_person_is_held_under_every_other_declaration_also_behind_many_of_them(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let first = declared(&place, &LI.declaration()).await;
        let seen = scan(&place, &officer, &json!({"pass": first["pass"], "mrz": LI.mrz()})).await;
        decide(&place, &officer, &seen, "hold").await.ok(200);
        let mut last = Value::Null;
        for number in 0..25 {
            place.set(&format!("2026-11-24T00:{:02}:00Z", number + 1));
            last = declared(&place, &anew(&LI, &format!("ZZ{}", 100 + number), "2026-11-24")).await;
        }
        let fresh = scan(&place, &officer, &json!({"code": last["code"]})).await;
        assert!(says(&fresh, "held-elsewhere"), "{fresh}");
        assert_eq!(fresh["advice"], "hold");
        assert_eq!(decide(&place, &officer, &fresh, "clear").await.ok(409)["code"], "held-elsewhere");
        // The document alone leads to the one that is held, not to the newest.
        for what in [json!({"document": LI.number}), json!({"mrz": LI.mrz()})] {
            let found = scan(&place, &officer, &what).await;
            assert_eq!((&found["journey"], &found["advice"]), (&seen["journey"], &json!("hold")));
        }
    }

    async fn whoever_was_sent_home_comes_back_only_past_the_desk(place: Place) {
        flight(&place).await;
        let (officer, medical) = (place.token("officer", Role::Officer).await, place.token("medical", Role::Medical).await);
        let first = declared(&place, &red(&LI)).await;
        let seen = scan(&place, &officer, &json!({"pass": first["pass"], "mrz": LI.mrz()})).await;
        let referred = decide(&place, &officer, &seen, "refer").await.ok(200);
        answer(&place, &medical, &referred, "home-observation").await;

        place.set("2026-11-24T01:00:00Z");
        let second = declared(&place, &anew(&LI, "UA7613", "2026-11-25")).await;
        let show = json!({"pass": second["pass"], "mrz": LI.mrz()});
        let fresh = scan(&place, &officer, &show).await;
        assert!(says(&fresh, "ended-elsewhere"), "{fresh}");
        assert_eq!(fresh["advice"], "hold");
        assert_eq!(decide(&place, &officer, &fresh, "clear").await.ok(409)["code"], "ended-elsewhere");
        // Two people, one of them the desk, may find that it is over.
        let sent = decide(&place, &officer, &fresh, "refer").await.ok(200);
        answer(&place, &medical, &sent, "fit").await;
        let well = scan(&place, &officer, &show).await;
        assert_eq!(well["advice"], "clear", "{well}");
        decide(&place, &officer, &well, "clear").await.ok(200);
    }

    async fn a_tier_that_an_officer_has_seen_is_not_shaken_off_and_does_not_last_for_ever(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let first = declared(&place, &red(&LI)).await;
        scan(&place, &officer, &json!({"pass": first["pass"], "mrz": LI.mrz()})).await;
        let second = declared(&place, &anew(&LI, "UA7613", "2026-11-24")).await;
        let fresh = scan(&place, &officer, &json!({"pass": second["pass"], "mrz": LI.mrz()})).await;
        assert!(says(&fresh, "flagged-elsewhere"), "{fresh}");
        assert_eq!(decide(&place, &officer, &fresh, "clear").await.ok(409)["code"], "flagged-elsewhere");

        place.set("2026-12-16T00:00:00Z");
        let later = declared(&place, &anew(&LI, "UA7613", "2026-12-16")).await;
        let fresh = scan(&place, &officer, &json!({"pass": later["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(fresh["advice"], "clear", "{fresh}");
    }

    async fn another_states_document_of_the_same_number_is_another_persons(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let held = declared(&place, &LI.declaration()).await;
        let seen = scan(&place, &officer, &json!({"pass": held["pass"], "mrz": LI.mrz()})).await;
        decide(&place, &officer, &seen, "hold").await.ok(200);
        let namesake = Person { number: LI.number, ..GARCIA };
        let own = declared(&place, &namesake.declaration()).await;
        let fresh = scan(&place, &officer, &json!({"pass": own["pass"], "mrz": namesake.mrz()})).await;
        assert_eq!(fresh["advice"], "clear", "{fresh}");
        decide(&place, &officer, &fresh, "clear").await.ok(200);
    }

    async fn a_hold_and_a_clearance_at_the_same_moment_are_one_after_the_other(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let place = std::sync::Arc::new(place);
        for round in 0..8 {
            let mut body = LI.declaration();
            body["traveller"]["document"]["number"] = json!(format!("E5000000{round}"));
            let first = declared(&place, &body).await;
            body["trip"] = json!({"flight": "UA7613", "date": "2026-11-24"});
            let second = declared(&place, &body).await;
            let one = scan(&place, &officer, &json!({"code": first["code"]})).await;
            let two = scan(&place, &officer, &json!({"code": second["code"]})).await;
            let hold = tokio::spawn({
                let (place, officer, one) = (std::sync::Arc::clone(&place), officer.clone(), one.clone());
                async move { decide(&place, &officer, &one, "hold").await }
            });
            let clear = decide(&place, &officer, &two, "clear").await;
            hold.await.unwrap().ok(200);
            // Whichever was first: after the hold nobody is cleared.
            if clear.status != 200 {
                assert_eq!(clear.ok(409)["code"], "held-elsewhere");
            }
            let again = scan(&place, &officer, &json!({"code": second["code"]})).await;
            assert!(says(&again, "held-elsewhere"), "{again}");
        }
    }

    async fn answers_that_get_better_before_the_first_scan_are_asked_about(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        // Declared anew, withdrawn and declared anew, declared anew under another number, amended, and amended twice.
        declared(&place, &red(&LI)).await;
        let anew_same = declared(&place, &LI.declaration()).await;
        let withdrawn = declared(&place, &red(&GARCIA)).await;
        let path = format!("/api/v1/declarations/{}", withdrawn["code"].as_str().unwrap());
        place.call("DELETE", &path).proof(GARCIA.number).send().await.ok(200);
        let after_withdrawal = declared(&place, &GARCIA.declaration()).await;
        let codeshare = declared(&place, &anew(&LI, "UA7613", "2026-11-24")).await;
        let other = Person { number: "E22222222", ..LI };
        let amended = declared(&place, &red(&other)).await;
        let path = format!("/api/v1/declarations/{}", amended["code"].as_str().unwrap());
        for _ in 0..2 {
            place.call("PUT", &path).proof(other.number).json(&other.declaration()).send().await.ok(200);
        }
        for (declared, person) in [(&anew_same, LI), (&after_withdrawal, GARCIA), (&codeshare, LI), (&amended, other)] {
            let seen = scan(&place, &officer, &json!({"code": declared["code"], "mrz": person.mrz()})).await;
            assert_eq!((&seen["tier"], &seen["advice"]), (&json!("amber"), &json!("refer")), "{seen}");
            let reason = seen["reasons"].as_array().unwrap().iter().find(|r| r["code"] == "pratique:changed-answers").unwrap();
            assert!(reason["text"].as_str().unwrap().contains("answers"), "{reason}");
        }
    }

    async fn mending_an_amber_answer_or_a_seat_is_free(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let mut amber = LI.declaration();
        amber["answers"] = healthy();
        amber["answers"]["unwell"] = json!(true);
        amber["answers"]["symptoms"] = json!(["fatigue"]);
        amber["answers"]["symptom_onset"] = json!("2026-11-22");
        let mine = declared(&place, &amber).await;
        let path = format!("/api/v1/declarations/{}", mine["code"].as_str().unwrap());
        place.call("PUT", &path).proof(LI.number).json(&LI.declaration()).send().await.ok(200);
        let seen = scan(&place, &officer, &json!({"code": mine["code"], "mrz": LI.mrz()})).await;
        assert_eq!(seen["tier"], "green", "{seen}");
    }
}
