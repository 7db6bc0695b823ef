//! Departments: what they are given, what they may know of it, and what becomes of it.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{LI, OKAFOR, Person};
use crate::support::{On, Place, on_every_engine, uuid};

/// What a person of these tests declares, besides being healthy: an address and a phone of their own.
pub async fn presented(place: &Place, person: &Person, seat: &str) -> String {
    let mut body = person.declaration();
    body["contact"] =
        json!({"phone": "+8613911112222", "email": "mail@example.org", "address": "7 Lotus Lane, Beijing"});
    body["trip"]["seat"] = json!(seat);
    let declared = place.post("", "/declarations", &body).await.ok(201);
    let officer = place.token(&format!("lane {}", uuid()), Role::Officer).await;
    let scanned = scan(place, &officer, &json!({"code": declared["code"], "mrz": person.mrz()})).await;
    scanned["journey"].as_str().unwrap().to_owned()
}

pub async fn department(place: &Place, code: &str) -> String {
    place.token_for(code, Role::Department, Some(code)).await
}

pub async fn offered(place: &Place, sender: &str, journey: &str, to: &str) -> String {
    let body = json!({"journey": journey, "to": to, "note": "Coughs, and is afraid of needles"});
    let offered = place.post(sender, "/handovers", &body).await.ok(201);
    assert_eq!((&offered["to"], &offered["state"]), (&json!(to), &json!("offered")));
    offered["id"].as_str().unwrap().to_owned()
}

fn keys(person: &Value) -> Vec<&str> {
    person.as_object().unwrap().keys().map(String::as_str).collect()
}

async fn looks(place: &Place, token: &str, id: &str) -> Value {
    place.get(&format!("/api/v1/handovers/{id}")).token(token).send().await.ok(200)
}

on_every_engine! {
    async fn a_handover_is_the_senders_until_it_is_accepted_and_over_once_it_is_answered(place: Place) {
        flight(&place).await;
        let journey = presented(&place, &LI, "31A").await;
        let doctor = place.token("chen", Role::Medical).await;
        let (hospital, isolation) = (department(&place, "hospital").await, department(&place, "on-site-quarantine").await);
        let id = offered(&place, &doctor, &journey, "hospital").await;
        let twice = place.post(&doctor, "/handovers", &json!({"journey": journey, "to": "hospital"})).await;
        assert_eq!(twice.status, 409);

        // It waits in the hospital's inbox, without a name, and in nobody else's.
        let inbox = place.get("/api/v1/inbox").token(&hospital).send().await.ok(200);
        assert_eq!(inbox["handovers"][0]["id"], json!(id));
        assert_eq!(inbox["handovers"][0]["due"], json!("2026-11-24T01:00:00Z"));
        assert!(!inbox.to_string().contains("Li"));
        let other = place.get("/api/v1/inbox").token(&isolation).send().await.ok(200);
        assert_eq!(other["handovers"], json!([]));
        for act in ["accept", "decline", "answer"] {
            let body = json!({"reason": "x", "report": "completed"});
            let foreign = place.post(&isolation, &format!("/handovers/{id}/{act}"), &body).await;
            assert_eq!(foreign.status, 404, "{act}");
        }
        assert_eq!(place.get(&format!("/api/v1/handovers/{id}")).token(&isolation).send().await.status, 404);

        // Declined with a reason: the sender owes an offer to another department.
        assert_eq!(place.post(&hospital, &format!("/handovers/{id}/decline"), &json!({})).await.status, 422);
        let reason = json!({"reason": "No bed before tomorrow"});
        let declined = place.post(&hospital, &format!("/handovers/{id}/decline"), &reason).await.ok(200);
        assert_eq!(declined["state"], "declined");
        assert_eq!(place.get(&format!("/api/v1/handovers/{id}")).token(&hospital).send().await.status, 404);
        let owed = place.get("/api/v1/obligations").token(&doctor).send().await.ok(200);
        assert_eq!(owed["obligations"][0]["kind"], "offer-again");

        let id = offered(&place, &doctor, &journey, "on-site-quarantine").await;
        let early = place.post(&isolation, &format!("/handovers/{id}/answer"), &json!({"report": "completed"})).await;
        assert_eq!(early.status, 409);
        let accepted = place.post(&isolation, &format!("/handovers/{id}/accept"), &json!({})).await.ok(200);
        assert_eq!(accepted["state"], "accepted");
        assert_eq!(place.post(&isolation, &format!("/handovers/{id}/accept"), &json!({})).await.status, 200);
        let seen = looks(&place, &isolation, &id).await;
        assert_eq!((&seen["note"], &seen["by"]), (&json!("Coughs, and is afraid of needles"), &json!("on-site-quarantine")));
        assert_eq!(seen["due"], "2026-12-08T00:00:00Z");
        place.set("2026-12-04T00:00:00Z");
        let report = json!({"report": "completed", "note": "Ten days, no symptoms"});
        let answered = place.post(&isolation, &format!("/handovers/{id}/answer"), &report).await.ok(200);
        assert_eq!(answered["state"], "answered");
        let done = place.get("/api/v1/inbox?list=answered").token(&isolation).send().await.ok(200);
        assert_eq!((&done["handovers"][0]["id"], &done["handovers"][0]["report"]), (&json!(id), &json!("completed")));
        assert_eq!(looks(&place, &isolation, &id).await["answer"], "Ten days, no symptoms");
        // Fourteen days later it is none of theirs any more.
        place.set("2026-12-18T00:00:00Z");
        assert_eq!(place.get(&format!("/api/v1/handovers/{id}")).token(&isolation).send().await.status, 404);
    }

    async fn each_department_knows_what_its_purpose_needs_and_every_look_is_logged(place: Place) {
        flight(&place).await;
        let journey = presented(&place, &OKAFOR, "31A").await;
        let officer = place.token("wang", Role::Officer).await;
        let expected = [
            ("on-site-quarantine", "isolation", vec![
                "age_band", "companions", "document_tail", "flight", "name", "orders", "phone", "results", "sex", "tier",
            ]),
            ("contact-tracing", "tracing", vec![
                "address", "age_band", "companions", "contacts", "document_tail", "email", "flight",
                "investigations", "name", "phone", "results", "seat",
            ]),
            ("joint-prevention", "joint-prevention", vec![
                "address", "birth_date", "companions", "contacts", "document", "flight", "name", "nationality", "orders",
                "phone", "results", "sex",
            ]),
            ("hospital", "treatment", vec![
                "birth_date", "document", "examinations", "findings", "investigations", "judged_by", "name", "nationality", "orders", "phone", "reasons", "results",
                "samples", "sex", "tier",
            ]),
        ];
        for (code, purpose, fields) in expected {
            let token = department(&place, code).await;
            let id = offered(&place, &officer, &journey, code).await;
            let seen = looks(&place, &token, &id).await;
            assert_eq!(seen["purpose"], purpose);
            assert_eq!(keys(&seen["person"]), fields, "{code}");
            if code == "on-site-quarantine" {
                assert_eq!(seen["person"]["document_tail"], "567");
                assert_eq!(seen["person"]["age_band"], "40-49");
                assert!(!seen.to_string().contains(OKAFOR.number));
            }
            // Taken back: nothing is left to read.
            place.post(&officer, &format!("/handovers/{id}/withdraw"), &json!({})).await.ok(200);
            assert_eq!(place.get(&format!("/api/v1/handovers/{id}")).token(&token).send().await.status, 404);
        }
        for (role, status) in [(Role::Officer, 403), (Role::Supervisor, 403), (Role::Auditor, 403)] {
            let token = place.token(&format!("other {}", role.name()), role).await;
            assert_eq!(place.get("/api/v1/inbox").token(&token).send().await.status, status, "{role:?}");
        }
    }

    async fn what_nobody_took_climbs_the_ladder_once_a_rung(place: Place) {
        use pratique::actions::escalate::escalate;
        flight(&place).await;
        let journey = presented(&place, &LI, "31A").await;
        let doctor = place.token("chen", Role::Medical).await;
        offered(&place, &doctor, &journey, "hospital").await;
        let hospital = department(&place, "hospital").await;
        let level = async || {
            let inbox = place.get("/api/v1/inbox").token(&hospital).send().await.ok(200);
            let one = &inbox["handovers"][0];
            (one["urgency"].as_str().unwrap().to_owned(), one["level"].as_u64().unwrap())
        };
        escalate(&place.app).await.unwrap();
        assert_eq!(level().await, ("green".into(), 0));
        for (time, urgency, rung) in [
            ("2026-11-24T00:30:00Z", "amber", 0),
            ("2026-11-24T01:00:00Z", "red", 1),
            ("2026-11-24T04:59:00Z", "red", 1),
            ("2026-11-24T05:00:00Z", "red", 2),
            // The server slept over the third rung: it climbs to where its age puts it.
            ("2026-11-25T01:00:00Z", "red", 4),
            ("2026-11-26T01:00:00Z", "red", 4),
        ] {
            place.set(time);
            escalate(&place.app).await.unwrap();
            assert_eq!(escalate(&place.app).await.unwrap(), 0, "a rung is climbed once");
            assert_eq!(level().await, (urgency.into(), rung), "{time}");
        }
    }
}
