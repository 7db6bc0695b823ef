//! Whoever knows somebody's document number and flight, and not when they were born, can do nothing to their declaration: both
//! stand, and a person who has the passport in the hand finds out whose is whose.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{Answer, On, Place, on_every_engine};

const REASON: &str = "another-birth-date";

/// Somebody who names Li Na's passport as their own.
const STRANGER: Person = Person { primary: "Stranger", secondary: "Some", born: "1977-01-09", ..LI };

async fn declared(place: &Place, body: &Value) -> Value {
    place.post("", "/declarations", body).await.ok(201)
}

async fn state(place: &Place, declared: &Value) -> String {
    let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
    place.get(&path).proof(LI.number).send().await.ok(200)["state"].as_str().unwrap().to_owned()
}

async fn put(place: &Place, declared: &Value, proof: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
    place.call("PUT", &path).proof(proof).json(body).send().await
}

async fn clear(place: &Place, token: &str, scanned: &Value, reason: Option<&str>) -> Answer {
    let body = json!({"scan_id": scanned["scan_id"], "decision": "clear", "reason": reason});
    place.post(token, "/checkpoint/decisions", &body).await
}

fn says(scanned: &Value, code: &str) -> bool {
    scanned["reasons"].as_array().unwrap().iter().any(|r| r["code"] == code)
}

fn red(person: &Person) -> Value {
    let mut body = person.declaration();
    body["answers"]["contact_case"] = json!(true);
    body
}

on_every_engine! {
    async fn a_stranger_takes_nothing_from_the_holder_and_learns_nothing_of_them(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let own = declared(&place, &LI.declaration()).await;
        let other = declared(&place, &STRANGER.declaration()).await;
        assert_eq!((state(&place, &own).await, state(&place, &other).await), ("ready".into(), "ready".into()));
        // Without the document nobody can say whose it is; with it the holder is known, and the other is not.
        for pass in [&own, &other] {
            let bare = scan(&place, &officer, &json!({"pass": pass["pass"]})).await;
            assert_eq!((&bare["pass"]["verdict"], &bare["advice"]), (&json!("valid"), &json!("refer")), "{bare}");
            assert!(says(&bare, REASON), "{bare}");
        }
        let theirs = scan(&place, &officer, &json!({"pass": other["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&theirs["document"], &theirs["advice"]), (&json!("mismatch"), &json!("hold")), "{theirs}");
        let shown = scan(&place, &officer, &json!({"pass": own["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&shown["document"], &shown["advice"]), (&json!("match"), &json!("clear")), "{shown}");
        assert!(!says(&shown, REASON), "{shown}");
        // That the number was shown is told to nobody who does not know the birth date.
        for day in 1..=9 {
            let guess = format!("1977-02-0{day}");
            let mut body = STRANGER.declaration();
            body["traveller"]["birth_date"] = json!(guess);
            declared(&place, &body).await;
        }
        clear(&place, &officer, &shown, None).await.ok(200);
        assert_eq!(state(&place, &own).await, "cleared");
    }

    async fn an_officer_who_looked_at_the_passport_says_so_and_clears(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let own = declared(&place, &LI.declaration()).await;
        // A scan of before the other one was made is no better.
        let early = scan(&place, &officer, &json!({"pass": own["pass"]})).await;
        assert_eq!(early["advice"], "clear");
        declared(&place, &STRANGER.declaration()).await;
        assert_eq!(clear(&place, &officer, &early, None).await.ok(409)["code"], "reason-needed");
        let english = scan(&place, &officer, &json!({"code": own["code"]})).await;
        let reason = english["reasons"].as_array().unwrap().iter().find(|r| r["code"] == REASON).unwrap();
        assert_eq!((&reason["kind"], &reason["advice"]), (&json!("notice"), &json!("refer")));
        assert!(reason["text"].as_str().unwrap().contains("another birth date"), "{reason}");
        assert_eq!(clear(&place, &officer, &english, None).await.ok(409)["code"], "reason-needed");
        clear(&place, &officer, &english, Some("The passport says 1988")).await.ok(200);
    }

    async fn a_document_leads_to_the_declaration_of_its_birth_date(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        declared(&place, &LI.declaration()).await;
        place.set("2026-11-24T00:01:00Z");
        declared(&place, &STRANGER.declaration()).await;
        let own = scan(&place, &officer, &json!({"mrz": LI.mrz()})).await;
        assert_eq!((&own["document"], &own["advice"]), (&json!("match"), &json!("clear")), "{own}");
        let other = scan(&place, &officer, &json!({"mrz": STRANGER.mrz()})).await;
        assert_eq!(other["document"], "match", "{other}");
        assert_ne!(own["journey"], other["journey"]);
        // The number alone does not say which.
        let typed = scan(&place, &officer, &json!({"document": LI.number})).await;
        assert_eq!(typed["advice"], "refer", "{typed}");
        assert!(says(&typed, REASON), "{typed}");
    }

    async fn one_that_the_duty_lead_ended_speaks_against_nobody_any_more(place: Place) {
        flight(&place).await;
        let (officer, lead) = (place.token("officer", Role::Officer).await, place.token("lead", Role::Supervisor).await);
        let own = declared(&place, &LI.declaration()).await;
        let other = declared(&place, &STRANGER.declaration()).await;
        let theirs = scan(&place, &officer, &json!({"code": other["code"]})).await;
        let path = format!("/journeys/{}/disposition", theirs["journey"].as_str().unwrap());
        place.post(&lead, &path, &json!({"disposition": "void", "reason": "not their passport"})).await.ok(200);
        let bare = scan(&place, &officer, &json!({"pass": own["pass"]})).await;
        assert_eq!(bare["advice"], "clear", "{bare}");
    }

    async fn a_strangers_answers_are_not_held_against_the_holder(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        declared(&place, &red(&STRANGER)).await;
        let own = declared(&place, &LI.declaration()).await;
        let shown = scan(&place, &officer, &json!({"pass": own["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&shown["tier"], &shown["advice"]), (&json!("green"), &json!("clear")), "{shown}");
    }

    async fn a_birth_date_that_is_changed_on_the_way_shakes_no_answers_off(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        // Red under the true birth date, which is then made another one.
        let first = declared(&place, &red(&LI)).await;
        let mut away = red(&LI);
        away["traveller"]["birth_date"] = json!(STRANGER.born);
        put(&place, &first, LI.number, &away).await.ok(200);
        let anew = declared(&place, &LI.declaration()).await;
        assert_eq!(state(&place, &first).await, "ready");
        let shown = scan(&place, &officer, &json!({"pass": anew["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(shown["tier"], "amber", "{shown}");
        assert!(says(&shown, "pratique:changed-answers"), "{shown}");

        // The other way about: green under a false one, which is then made the true one.
        declared(&place, &red(&GARCIA)).await;
        let mut green = GARCIA.declaration();
        green["traveller"]["birth_date"] = json!("1990-01-01");
        let green = declared(&place, &green).await;
        let held = put(&place, &green, GARCIA.number, &GARCIA.declaration()).await.ok(422);
        assert_eq!(held["errors"][0]["code"], "declared-already");
    }

    async fn a_slip_in_the_birth_date_is_mended_and_the_newest_holds_again(place: Place) {
        flight(&place).await;
        let mut slip = LI.declaration();
        slip["traveller"]["birth_date"] = json!("1988-02-03");
        let mine = declared(&place, &slip).await;
        put(&place, &mine, LI.number, &LI.declaration()).await.ok(200);
        // The slip's claim is free, and the right one is held.
        let slipped_again = declared(&place, &slip).await;
        assert_eq!(state(&place, &mine).await, "ready");
        declared(&place, &LI.declaration()).await;
        assert_eq!(state(&place, &mine).await, "replaced");
        assert_eq!(state(&place, &slipped_again).await, "ready");
    }

    async fn nobody_is_taken_along_as_a_companion_either(place: Place) {
        flight(&place).await;
        let own = declared(&place, &LI.declaration()).await;
        let mut body = OKAFOR.declaration();
        let companion = json!({"traveller": STRANGER.traveller(), "answers": body["answers"], "relation": "other"});
        body["companions"] = json!([companion]);
        declared(&place, &body).await;
        assert_eq!(state(&place, &own).await, "ready");
    }
}
