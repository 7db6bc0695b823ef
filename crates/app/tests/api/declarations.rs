//! A traveller's own declaration through its life.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{LI, LI_JUNIOR, OKAFOR, ca938};
use crate::support::{Answer, On, Place, on_every_engine};

async fn own(place: &Place, method: &str, code: &Value, proof: &str) -> Answer {
    let path = format!("/api/v1/declarations/{}", code.as_str().unwrap());
    place.call(method, &path).proof(proof).send().await
}

async fn confirm(place: &Place, code: &Value) -> Answer {
    let path = format!("/api/v1/declarations/{}/confirm", code.as_str().unwrap());
    place.call("POST", &path).proof(LI.number).send().await
}

async fn amend(place: &Place, code: &Value, body: &Value) -> Answer {
    let path = format!("/api/v1/declarations/{}", code.as_str().unwrap());
    place.call("PUT", &path).proof(LI.number).json(body).send().await
}

on_every_engine! {
    async fn a_wrong_proof_and_an_unknown_code_look_the_same(place: Place) {
        flight(&place).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let mine = own(&place, "GET", &declared["code"], "e 1234-5678").await.ok(200);
        assert_eq!((&mine["pass"], &mine["traveller"]["name"]["primary"]), (&declared["pass"], &json!("Li")));
        assert_eq!((&mine["version"], &mine["trip"]["seat"]), (&json!(1), &json!("31A")));

        let wrong = own(&place, "GET", &declared["code"], OKAFOR.number).await;
        let unknown = own(&place, "GET", &json!(pratique_core::code::ShortCode::from_random(5).to_string()), LI.number).await;
        let no_code = own(&place, "GET", &json!("nonsense"), LI.number).await;
        let no_proof = own(&place, "GET", &declared["code"], "").await;
        assert_eq!(wrong.status, 404);
        for other in [&unknown, &no_code, &no_proof] {
            assert_eq!((other.status, &other.bytes), (wrong.status, &wrong.bytes));
        }
        for method in ["PUT", "DELETE"] {
            let call = place.call(method, &format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap()));
            assert_eq!(call.proof("X").json(&LI.declaration()).send().await.status, 404);
        }
    }

    async fn guessing_at_a_proof_is_slowed_down(place: Place) {
        flight(&place).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        for code in [&declared["code"], &json!(pratique_core::code::ShortCode::from_random(5).to_string())] {
            for n in 0..5 {
                assert_eq!(own(&place, "GET", code, &format!("E000000{n}")).await.status, 404);
            }
            let slowed = own(&place, "GET", code, LI.number).await;
            assert_eq!((slowed.status, slowed.header("retry-after")), (429, "900"));
        }
        place.set("2026-11-24T00:15:00Z");
        assert_eq!(own(&place, "GET", &declared["code"], "E00000000").await.status, 404);
        place.set("2026-11-24T00:44:59Z");
        assert_eq!(own(&place, "GET", &declared["code"], LI.number).await.status, 429);
        place.set("2026-11-24T00:45:00Z");
        assert_eq!(own(&place, "GET", &declared["code"], LI.number).await.status, 200);
        assert_eq!(own(&place, "GET", &declared["code"], "E00000000").await.status, 404);
    }

    async fn somebody_without_a_document_proves_with_the_birth_date(place: Place) {
        let mut body = LI.declaration();
        body["traveller"].as_object_mut().unwrap().remove("document");
        let declared = place.post("", "/declarations", &body).await.ok(201);
        assert_eq!(own(&place, "GET", &declared["code"], LI.born).await.status, 200);
        assert_eq!(own(&place, "GET", &declared["code"], "1988-03-03").await.status, 404);
    }

    async fn a_flight_that_is_not_on_the_schedule_is_taken_and_marked(place: Place) {
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(declared["flight"], json!({"id": "CA938-2026-11-24-CNPEK", "on_schedule": false}));
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert!(scanned["reasons"].as_array().unwrap().iter().any(|r| r["code"] == "flight-not-scheduled"));
    }

    async fn a_party_stays_in_the_order_in_which_it_was_named(place: Place) {
        let mut body = LI.declaration();
        let named = ["Ada", "Bo", "Chi", "Dan", "Eva", "Fei", "Gus", "Hui", "Ida"];
        let companion = |name: &&str| {
            let mut traveller = LI_JUNIOR.traveller();
            traveller["document"]["number"] = json!(format!("E0000{name}"));
            traveller["name"] = json!({"primary": name});
            json!({"traveller": traveller, "answers": crate::support::people::healthy(), "relation": "child"})
        };
        body["companions"] = named.iter().map(companion).collect();
        let declared = place.post("", "/declarations", &body).await.ok(201);
        let code = declared["code"].as_str().unwrap().parse().unwrap();
        let id = pratique::lookups::journey::by_code(&place.app, &code).await.unwrap().unwrap();
        let party = pratique::lookups::party::of(&place.app, id).await.unwrap();
        let names: Vec<_> = party.iter().map(|member| member.dossier.content.traveller.name.line()).collect();
        assert_eq!(names, named);
    }

    async fn an_arrival_whose_pass_would_be_over_is_refused_and_a_late_aircraft_is_not(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        body["trip"]["date"] = json!("2026-11-21");
        let refused = place.post("", "/declarations", &body).await.ok(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/trip/date"), &json!("trip-over")));
        // The last day of which a pass is still good: that day's end, and 48 hours.
        body["trip"]["date"] = json!("2026-11-22");
        place.post("", "/declarations", &body).await.ok(201);
        let token = place.token("other planner", Role::Supervisor).await;
        let mut late = ca938();
        late["scheduled_arrival"] = json!("2026-11-21T06:00:00Z");
        late["actual_arrival"] = json!("2026-11-23T06:00:00Z");
        place.call("PUT", "/api/v1/flights/CA938-2026-11-21-CNPEK").token(&token).json(&late).send().await.ok(201);
        body["trip"]["date"] = json!("2026-11-21");
        let declared = place.post("", "/declarations", &body).await.ok(201);
        // What was declared in time is amended also when it is over: tracing needs it.
        place.set("2026-11-28T00:00:00Z");
        let amended = amend(&place, &declared["code"], &body).await;
        assert_eq!(amended.status, 200);
    }

    async fn an_early_declaration_is_confirmed_when_its_time_has_come(place: Place) {
        flight(&place).await;
        place.set("2026-11-22T00:00:00Z");
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(declared["state"], "early");
        let early = confirm(&place, &declared["code"]).await.ok(409);
        assert_eq!((&early["code"], &early["counts_from"]), (&json!("too-early"), &json!("2026-11-23T06:00:00Z")));
        let seen = scan(&place, &officer, &json!({"code": declared["code"]})).await;
        assert_eq!(seen["pass"]["verdict"], "not-yet");

        // The flight comes two hours early: it counts two hours earlier too.
        let planner = place.token("planner 2", Role::Planner).await;
        place.set("2026-11-24T04:00:00Z");
        let mut early = ca938();
        early["actual_arrival"] = json!("2026-11-24T04:00:00Z");
        let moved = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&early).send().await;
        assert_eq!(moved.ok(200)["status"], "landed");
        let mine = own(&place, "GET", &declared["code"], LI.number).await.ok(200);
        assert_eq!(mine["counts_from"], "2026-11-23T04:00:00Z");
    }

    async fn confirming_gives_a_new_pass_that_counts(place: Place) {
        flight(&place).await;
        place.set("2026-11-22T00:00:00Z");
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        place.set("2026-11-23T06:00:00Z");
        let confirmed = confirm(&place, &declared["code"]).await.ok(200);
        assert_eq!((&confirmed["state"], &confirmed["version"]), (&json!("ready"), &json!(1)));
        assert_ne!(confirmed["pass"], declared["pass"]);
        let seen = scan(&place, &officer, &json!({"pass": confirmed["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&seen["pass"]["verdict"], &seen["advice"]), (&json!("valid"), &json!("clear")));
        let old = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(old["pass"]["verdict"], "revoked");
    }

    async fn an_amendment_before_the_scan_replaces_the_pass(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let mut body = LI.declaration();
        body["answers"]["unwell"] = json!(true);
        body["answers"]["symptoms"] = json!(["headache"]);
        body["channel"] = json!("wechat");
        let amended = amend(&place, &declared["code"], &body).await.ok(200);
        assert_eq!((&amended["code"], &amended["version"]), (&declared["code"], &json!(2)));
        let old = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&old["pass"]["verdict"], &old["advice"]), (&json!("revoked"), &json!("hold")));
        let new = scan(&place, &officer, &json!({"pass": amended["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&new["pass"]["verdict"], &new["tier"]), (&json!("valid"), &json!("amber")));
    }

    async fn an_amendment_after_the_scan_is_a_correction_that_an_officer_sees(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        let mut body = LI.declaration();
        body["answers"]["contact_ill"] = json!(true);
        amend(&place, &declared["code"], &body).await.ok(200);
        let owed = place.get("/api/v1/obligations").token(&officer).send().await.ok(200);
        assert_eq!(owed["obligations"][0]["kind"], "review-correction");
        let id = owed["obligations"][0]["id"].as_str().unwrap();
        let seen = place.post(&officer, &format!("/obligations/{id}/answer"), &json!({"outcome": "seen"})).await;
        assert_eq!(seen.ok(200)["state"], "answered");
    }

    async fn what_is_withdrawn_is_no_pass_any_more(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        assert_eq!(own(&place, "DELETE", &declared["code"], LI.number).await.ok(200)["state"], "withdrawn");
        let seen = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&seen["pass"]["verdict"], &seen["advice"]), (&json!("revoked"), &json!("hold")));
        assert_eq!(amend(&place, &declared["code"], &LI.declaration()).await.ok(409)["code"], "withdrawn");
        let second = place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
        scan(&place, &officer, &json!({"pass": second["pass"]})).await;
        let late = own(&place, "DELETE", &second["code"], OKAFOR.number).await;
        assert_eq!(late.ok(409)["code"], "already-presented");
    }

    async fn a_repeat_gets_the_first_answers_bytes(place: Place) {
        flight(&place).await;
        let send = async |body: &Value| place.call("POST", "/api/v1/declarations").once("k-1").json(body).send().await;
        let first = send(&LI.declaration()).await;
        let again = send(&LI.declaration()).await;
        assert_eq!((first.status, &first.bytes), (201, &again.bytes));
        assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
        assert_eq!(send(&OKAFOR.declaration()).await.ok(409)["code"], "key-reused");
        let listed = place.token("supervisor", Role::Supervisor).await;
        let flight = place.get("/api/v1/flights/CA938-2026-11-24-CNPEK").token(&listed).send().await.ok(200);
        assert_eq!(flight["declared"], 1);

        // The key alone fetches nothing: the stored answer shows a person.
        let path = format!("/api/v1/declarations/{}", first.json()["code"].as_str().unwrap());
        let withdraw = async |proof: &str| place.call("DELETE", &path).once("k-2").proof(proof).send().await;
        let gone = withdraw(LI.number).await;
        assert_eq!((gone.status, withdraw("E00000000").await.status), (200, 404));
        assert_eq!(withdraw(LI.number).await.bytes, gone.bytes);
    }

    async fn the_picture_is_for_the_same_proof(place: Place) {
        flight(&place).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let path = declared["pass_svg"].as_str().unwrap();
        let picture = place.get(path).proof(LI.number).send().await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/svg+xml"));
        let expected = pratique_formats::qr::Qr::encode(declared["pass"].as_str().unwrap()).unwrap().svg("");
        assert_eq!(picture.text().split("<path").nth(2), expected.split("<path").nth(2));
        assert_eq!(place.get(path).proof("X").send().await.status, 404);
        assert_eq!(place.get(path).send().await.status, 404);
    }
}
