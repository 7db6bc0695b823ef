//! From a positive result to the last contact reached.

use pratique_core::access::Role;
use pratique_core::journey::TestResult;
use serde_json::{Value, json};

use super::checkpoint::flight;
use super::departments::{department, presented};
use crate::support::course::result;
use crate::support::people::{GARCIA, LI, LI_JUNIOR, OKAFOR, Person};
use crate::support::{On, Place, on_every_engine};

const FAR: Person =
    Person { primary: "Far", secondary: "Away", number: "F1111111", issuer: "FRA", born: "1990-01-01", sex: "M" };

async fn contacts(place: &Place, token: &str, case: &str) -> Value {
    place.get(&format!("/api/v1/cases/{case}/contacts")).token(token).send().await.ok(200)
}

fn found(seen: &Value, list: &str) -> Vec<(String, Value, Value)> {
    let line = |c: &Value| (c["journey"].as_str().unwrap().to_owned(), c["rule"].clone(), c["rows"].clone());
    seen[list].as_array().unwrap().iter().map(line).collect()
}

on_every_engine! {
    async fn a_positive_result_leads_to_its_contacts_and_each_is_reached(place: Place) {
        flight(&place).await;
        let case = presented(&place, &LI, "31A").await;
        let near = presented(&place, &OKAFOR, "34C").await;
        let far = presented(&place, &FAR, "35A").await;
        let mut seatless = GARCIA.declaration();
        seatless["trip"].as_object_mut().unwrap().remove("seat");
        let declared = place.post("", "/declarations", &seatless).await.ok(201);
        let officer = place.token("another lane", Role::Officer).await;
        let scanned = crate::checkpoint::scan(&place, &officer, &json!({"code": declared["code"]})).await;
        let unknown = scanned["journey"].as_str().unwrap().to_owned();

        let tracer = department(&place, "contact-tracing").await;
        let hospital = department(&place, "hospital").await;
        assert_eq!(place.get("/api/v1/cases").token(&hospital).send().await.status, 403);
        let none = place.get("/api/v1/cases").token(&tracer).send().await.ok(200);
        assert_eq!(none["cases"], json!([]));
        assert_eq!(place.get(&format!("/api/v1/cases/{case}/contacts")).token(&tracer).send().await.status, 404);

        result(&place, &case, TestResult::Positive).await;
        let cases = place.get("/api/v1/cases").token(&tracer).send().await.ok(200);
        assert_eq!(cases["cases"][0]["journey"], json!(case));
        let owed = cases["cases"][0]["obligation"].as_str().unwrap().to_owned();

        // The rules find who sat within three rows; who has no seat on record is to be asked. Nobody has a name yet.
        let seen = contacts(&place, &tracer, &case).await;
        assert_eq!(found(&seen, "contacts"), [(near.clone(), json!("seat"), json!(3))]);
        assert_eq!(found(&seen, "unknown"), [(unknown.clone(), Value::Null, Value::Null)]);
        assert!(!seen.to_string().contains("Okafor"));

        let path = format!("/cases/{case}/contacts");
        assert_eq!(place.post(&tracer, &path, &json!({})).await.status, 422);
        let stranger = json!({"contacts": [far, "x"]});
        let refused = place.post(&tracer, &path, &stranger).await.ok(422);
        assert_eq!(refused["errors"].as_array().unwrap().len(), 2);
        assert_eq!(place.post(&hospital, &path, &json!({"all": true})).await.status, 403);
        let tied = place.post(&tracer, &path, &json!({"all": true, "contacts": [unknown]})).await.ok(200);
        assert_eq!(tied["contacts"], json!([near, unknown]));
        let again = place.post(&tracer, &path, &json!({"all": true})).await.ok(200);
        assert_eq!(again["contacts"], json!([]));

        // Who is to be reached has a name and a number, as long as they are to be reached.
        let seen = contacts(&place, &tracer, &case).await;
        assert_eq!(found(&seen, "contacts")[1], (unknown.clone(), json!("asked"), Value::Null));
        let first = &seen["contacts"][0];
        assert_eq!((&first["name"], &first["phone"]), (&json!("Okafor Ngozi"), &json!("+8613911112222")));
        let reached = json!({"outcome": "reached", "reason": "Rang at noon"});
        for contact in seen["contacts"].as_array().unwrap() {
            let obligation = contact["obligation"].as_str().unwrap();
            place.post(&tracer, &format!("/obligations/{obligation}/answer"), &reached).await.ok(200);
        }
        let seen = contacts(&place, &tracer, &case).await;
        assert_eq!((&seen["contacts"][0]["name"], &seen["contacts"][0]["tied"]), (&Value::Null, &json!(true)));
        place.post(&tracer, &format!("/obligations/{owed}/answer"), &json!({"outcome": "done"})).await.ok(200);
        let cases = place.get("/api/v1/cases").token(&tracer).send().await.ok(200);
        assert_eq!(cases["cases"][0]["obligation"], Value::Null);
    }

    async fn a_seat_that_nobody_declared_is_taken_from_the_manifest(place: Place) {
        flight(&place).await;
        let case = presented(&place, &LI, "31A").await;
        let mut seatless = OKAFOR.declaration();
        seatless["trip"].as_object_mut().unwrap().remove("seat");
        place.post("", "/declarations", &seatless).await.ok(201);
        let planner = place.token("list", Role::Planner).await;
        let list = "surname,given_names,date_of_birth,passport_number,issuing_state,seat\nOKAFOR,NGOZI,1979-12-30,A01234567,NGA,32C\n";
        let path = "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest";
        place.call("PUT", path).token(&planner).body("text/csv", list).send().await.ok(201);
        result(&place, &case, TestResult::Positive).await;
        let tracer = department(&place, "contact-tracing").await;
        let seen = contacts(&place, &tracer, &case).await;
        assert_eq!((&seen["contacts"][0]["seat"], &seen["contacts"][0]["rows"]), (&json!("32C"), &json!(1)));
        assert_eq!(seen["unknown"], json!([]));
    }

    async fn a_contact_whose_entry_was_closed_is_owed_a_call_again(place: Place) {
        flight(&place).await;
        let case = presented(&place, &LI, "31A").await;
        let child = presented(&place, &LI_JUNIOR, "31B").await;
        let officer = place.token("exit", Role::Officer).await;
        let scanned = crate::checkpoint::scan(&place, &officer, &json!({"document": LI_JUNIOR.number})).await;
        let clear = json!({"scan_id": scanned["scan_id"], "decision": "clear", "reason": "well"});
        place.post(&officer, "/checkpoint/decisions", &clear).await.ok(200);
        let closed = async || {
            let id = child.parse().unwrap();
            let row = place.app.store.row(id).await.unwrap().unwrap();
            serde_json::from_str::<Value>(&row.state).unwrap()["closed_at"].is_string()
        };
        assert!(closed().await);
        result(&place, &case, TestResult::Positive).await;
        let tracer = department(&place, "contact-tracing").await;
        place.post(&tracer, &format!("/cases/{case}/contacts"), &json!({"all": true})).await.ok(200);
        assert!(!closed().await, "something is owed again");
        let seen = contacts(&place, &tracer, &case).await;
        let owed = seen["contacts"][0]["obligation"].as_str().unwrap();
        let done = place.post(&tracer, &format!("/obligations/{owed}/answer"), &json!({"outcome": "reached"})).await.ok(200);
        assert_eq!(done["closed"], true);
        assert!(closed().await);
    }
}
