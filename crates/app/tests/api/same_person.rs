//! One document has one living declaration for one arrival, however often and however fast it declares; and the log of each
//! journey makes its row.

use std::sync::Arc;

use pratique_core::access::Role;
use pratique_core::id::Id;
use pratique_core::journey::{self, Event, Journey};
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, OKAFOR};
use crate::support::{Answer, On, Place, on_every_engine};

async fn state(place: &Place, code: &Value, proof: &str) -> String {
    let path = format!("/api/v1/declarations/{}", code.as_str().unwrap());
    place.get(&path).proof(proof).send().await.ok(200)["state"].as_str().unwrap().to_owned()
}

async fn put(place: &Place, declared: &Value, proof: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
    place.call("PUT", &path).proof(proof).json(body).send().await
}

/// The events of a journey, folded, are its row (ARCHITECTURE.md, invariant 5).
async fn log_makes_row(place: &Place, journey: &Value) {
    let id: Id = journey.as_str().unwrap().parse().unwrap();
    let stored = place.app.store.events(id).await.unwrap();
    let events: Vec<Event> = stored.iter().map(|e| serde_json::from_str(&e.body).unwrap()).collect();
    assert!(stored.iter().zip(1..).all(|(event, seq)| event.seq == seq));
    let row = place.app.store.row(id).await.unwrap().unwrap();
    assert_eq!(journey::fold(&events), Some(serde_json::from_str::<Journey>(&row.state).unwrap()));
}

on_every_engine! {
    async fn declared_again_the_newest_holds(place: Place) {
        flight(&place).await;
        let first = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let second = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(state(&place, &first["code"], LI.number).await, "replaced");
        assert_eq!(state(&place, &second["code"], LI.number).await, "ready");

        // Whoever withdraws may declare anew, and whoever was scanned corrects instead.
        let path = format!("/api/v1/declarations/{}", second["code"].as_str().unwrap());
        place.call("DELETE", &path).proof(LI.number).send().await.ok(200);
        let third = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(state(&place, &second["code"], LI.number).await, "withdrawn");
        let officer = place.token("officer", Role::Officer).await;
        scan(&place, &officer, &json!({"pass": third["pass"], "mrz": LI.mrz()})).await;
        let late = place.post("", "/declarations", &LI.declaration()).await;
        assert_eq!(late.ok(409)["code"], "already-presented");
    }

    /// Whoever has a declaration of their own must not find out from it who else has declared.
    async fn other_document_numbers_are_not_tried_at_will(place: Place) {
        flight(&place).await;
        place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
        let mine = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        for _ in 0..10 {
            let told = put(&place, &mine, LI.number, &OKAFOR.declaration()).await.ok(422);
            assert_eq!(told["errors"][0]["code"], "declared-already");
        }
        let slowed = put(&place, &mine, LI.number, &OKAFOR.declaration()).await;
        assert_eq!((slowed.status, slowed.header("retry-after")), (429, "900"));
        let mut free = LI.declaration();
        free["traveller"]["document"]["number"] = json!("FREE12345");
        assert_eq!(put(&place, &mine, LI.number, &free).await.status, 429, "a free number is no answer either");
        // What changes no document is not concerned, and time heals.
        assert_eq!(put(&place, &mine, LI.number, &LI.declaration()).await.status, 200);
        place.set("2026-11-24T00:16:00Z");
        assert_eq!(put(&place, &mine, LI.number, &free).await.status, 200);
    }

    /// Nor from as many throwaway declarations as they like.
    async fn nor_is_one_number_tried_from_many_declarations(place: Place) {
        flight(&place).await;
        place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
        let mut told = 0;
        for n in 0..4 {
            let mut throwaway = LI.declaration();
            throwaway["traveller"]["document"]["number"] = json!(format!("E5000000{n}"));
            let own = place.post("", "/declarations", &throwaway).await.ok(201);
            for _ in 0..5 {
                let answer = put(&place, &own, &format!("E5000000{n}"), &OKAFOR.declaration()).await;
                match answer.status {
                    422 => told += 1,
                    _ => assert_eq!((answer.status, answer.header("retry-after")), (429, "3600")),
                }
            }
        }
        assert_eq!(told, 10);
        // Nobody else is slowed by it, and an hour later it is open again.
        place.post("", "/declarations", &GARCIA.declaration()).await.ok(201);
        place.set("2026-11-24T01:01:00Z");
        let last = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(put(&place, &last, LI.number, &OKAFOR.declaration()).await.status, 422);
    }

    async fn that_a_document_was_shown_is_told_so_often_and_no_more(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let own = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        scan(&place, &officer, &json!({"pass": own["pass"], "mrz": LI.mrz()})).await;
        for _ in 0..10 {
            let told = place.post("", "/declarations", &LI.declaration()).await;
            assert_eq!(told.ok(409)["code"], "already-presented");
        }
        let slowed = place.post("", "/declarations", &LI.declaration()).await;
        assert_eq!((slowed.status, slowed.header("retry-after")), (429, "3600"));
        assert_eq!(slowed.json()["code"], "too-many-tries");
        // As a companion it is the same document.
        let mut family = GARCIA.declaration();
        family["companions"] = json!([{"traveller": LI.traveller(), "answers": family["answers"], "relation": "other"}]);
        assert_eq!(place.post("", "/declarations", &family).await.status, 429);
        place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
    }

    async fn of_many_declarations_at_once_one_lives(place: Place) {
        flight(&place).await;
        let place = Arc::new(place);
        let calls: Vec<_> = (0..24).map(|_| {
            let place = Arc::clone(&place);
            tokio::spawn(async move { place.post("", "/declarations", &GARCIA.declaration()).await.ok(201) })
        }).collect();
        let mut states = Vec::new();
        for call in calls {
            let declared = call.await.unwrap();
            states.push(declared["code"].clone());
        }
        let mut ready = 0;
        for code in &states {
            ready += usize::from(state(&place, code, GARCIA.number).await == "ready");
        }
        assert_eq!(ready, 1);
    }

    async fn a_document_that_another_declaration_has_is_not_taken_by_an_amendment(place: Place) {
        flight(&place).await;
        place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
        let mine = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let path = format!("/api/v1/declarations/{}", mine["code"].as_str().unwrap());
        let refused = place.call("PUT", &path).proof(LI.number).json(&OKAFOR.declaration()).send().await.ok(422);
        assert_eq!(refused["errors"][0]["code"], "declared-already");
        let mut renewed = LI.declaration();
        renewed["traveller"]["document"]["number"] = json!("E99999999");
        place.call("PUT", &path).proof(LI.number).json(&renewed).send().await.ok(200);
        assert_eq!(state(&place, &mine["code"], "E99999999").await, "ready");
        // The old number is free again, the new one is not.
        place.post("", "/declarations", &LI.declaration()).await.ok(201);
        place.post("", "/declarations", &renewed).await.ok(201);
        assert_eq!(state(&place, &mine["code"], "E99999999").await, "replaced");
    }

    async fn the_log_of_a_whole_life_makes_its_row(place: Place) {
        flight(&place).await;
        let (officer, medical) = (place.token("officer", Role::Officer).await, place.token("medical", Role::Medical).await);
        let mut ill = LI.declaration();
        ill["answers"]["unwell"] = json!(true);
        ill["answers"]["symptoms"] = json!(["fever"]);
        ill["answers"]["contact_case"] = json!(true);
        let declared = place.post("", "/declarations", &ill).await.ok(201);
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        log_makes_row(&place, &scanned["journey"]).await;
        let refer = json!({"scan_id": scanned["scan_id"], "decision": "refer"});
        let referred = place.post(&officer, "/checkpoint/decisions", &refer).await.ok(200);
        let owed = format!("/obligations/{}", referred["obligations"][0].as_str().unwrap());
        place.post(&medical, &format!("{owed}/acknowledge"), &json!({})).await.ok(200);
        place.post(&medical, &format!("{owed}/answer"), &json!({"outcome": "fit", "reason": "Hay fever"})).await.ok(200);
        let clear = json!({"scan_id": scanned["scan_id"], "decision": "clear"});
        place.post(&officer, "/checkpoint/decisions", &clear).await.ok(200);
        log_makes_row(&place, &scanned["journey"]).await;
    }
}
