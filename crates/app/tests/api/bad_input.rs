//! What cannot be taken is told by its place, and nothing of it is stored.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::flight;
use crate::support::people::LI;
use crate::support::{On, Place, on_every_engine, uuid};

fn told(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap();
    errors.iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
}

on_every_engine! {
    async fn every_wrong_field_is_told_and_nothing_stored(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        body["traveller"]["birth_date"] = json!("1988-02-30");
        body["trip"]["flight"] = json!("nonsense");
        body["attested"] = json!(false);
        let problem = place.post("", "/declarations", &body).await.ok(422);
        let faults = told(&problem);
        for expected in [("/traveller/birth_date", "not-a-date"), ("/trip/flight", "not-a-flight"), ("/attested", "not-attested")] {
            assert!(faults.contains(&expected), "{expected:?} is not among {faults:?}");
        }
        let mut body = LI.declaration();
        body["answers"]["unwell"] = json!("perhaps");
        body["answers"]["who_knows"] = json!(1);
        let problem = place.post("", "/declarations", &body).await.ok(422);
        assert!(told(&problem).iter().all(|(pointer, _)| pointer.starts_with("/answers/")), "{problem}");
        let officer = place.token("officer", Role::Officer).await;
        let seen = place.get("/api/v1/flights/CA938-2026-11-24-CNPEK").token(&officer).send().await.ok(200);
        assert_eq!(seen["declared"], 0);
    }

    async fn a_stay_that_ends_before_it_begins_is_told_at_its_last_day(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        let stay = |from: &str, to: &str| json!({"visited_country": "KHM", "visited_from": from, "visited_to": to});
        body["answers"]["visited"] = json!([stay("2026-11-12", "2026-11-14"), stay("2026-11-20", "2026-11-15")]);
        let problem = place.post("", "/declarations", &body).await.ok(422);
        assert_eq!(told(&problem), [("/answers/travel/visited/1/visited_to", "too-early")]);
        body["answers"]["visited"][1] = stay("2026-11-15", "2026-11-15");
        place.post("", "/declarations", &body).await.ok(201);
    }

    /// Whoever mends one field at a time gives up before the last.
    async fn identity_trip_contact_answers_and_companions_are_told_together(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        body["traveller"]["sex"] = json!(5);
        body["trip"]["seat"] = json!("row 3");
        body["contact"] = json!({});
        body["answers"] = json!({"unwell": "perhaps"});
        let twin = LI.declaration();
        body["companions"] = json!([{"traveller": twin["traveller"], "answers": {"tested": 3}, "relation": "cousin"}]);
        body["language"] = json!("not a language");
        let problem = place.post("", "/declarations", &body).await.ok(422);
        let faults = told(&problem);
        for expected in [
            ("/language", "not-a-language"), ("/traveller/sex", "wrong-type"), ("/trip/seat", "not-a-seat"), ("/contact/phone", "contact-missing"),
            ("/answers/unwell", "wrong-type"), ("/companions/0/relation", "not-a-relation"), ("/companions/0/answers/tested", "wrong-type"),
            ("/companions/0/traveller/document/number", "same-person-twice"),
        ] {
            assert!(faults.contains(&expected), "{expected:?} is not among {faults:?}");
        }
        // So it is for a change.
        let mine = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let path = format!("/api/v1/declarations/{}", mine["code"].as_str().unwrap());
        let problem = place.call("PUT", &path).proof(LI.number).json(&body).send().await.ok(422);
        assert!(told(&problem).contains(&("/answers/unwell", "wrong-type")) && told(&problem).contains(&("/trip/seat", "not-a-seat")));
        // What is no object is told once, and not as nine things that are missing.
        for body in [json!([]), json!("x")] {
            assert_eq!(told(&place.post("", "/declarations", &body).await.ok(422)), [("", "not-an-object")]);
        }
    }

    async fn what_may_be_left_out_has_a_default_and_the_nearest_language_is_used(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        body.as_object_mut().unwrap().remove("channel");
        body["language"] = json!("zh-CN");
        body["companions"] = json!([{"traveller": crate::support::people::LI_JUNIOR.traveller(), "answers": crate::support::people::healthy()}]);
        let declared = place.post("", "/declarations", &body).await.ok(201);
        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        let own = place.get(&path).proof(LI.number).send().await.ok(200);
        assert_eq!((&own["language"], &own["next"]), (&json!("zh-Hans"), &declared["next"]));
        assert!(declared["next"].as_str().unwrap().contains("通行码"));
    }

    async fn a_flight_is_checked_as_a_whole_and_cannot_have_arrived_tomorrow(place: Place) {
        let planner = place.token("planner", Role::Planner).await;
        let put = async |id: &str, body: Value| place.call("PUT", &format!("/api/v1/flights/{id}")).token(&planner).json(&body).send().await;
        let wrong = put("CA938-2026-11-24-CNPEK", json!({"origin": 3, "category": "bus", "scheduled_arrival": "soon"})).await.ok(422);
        assert_eq!(told(&wrong), [("/origin", "wrong-type"), ("/scheduled_arrival", "not-a-time"), ("/category", "not-an-option")]);
        // Nobody finds out by guessing what there is to choose from.
        let category = &wrong["errors"][2];
        assert_eq!(category["options"][0], "international", "{category}");
        let message = category["message"].as_str().unwrap();
        assert!(category["options"].as_array().unwrap().iter().all(|option| message.contains(option.as_str().unwrap())), "{message}");
        let mut body = crate::support::people::ca938();
        body["actual_arrival"] = json!("2026-11-24T06:00:00Z");
        assert_eq!(told(&put("CA938-2026-11-24-CNPEK", body.clone()).await.ok(422)), [("/actual_arrival", "time-in-future")]);
        body["actual_arrival"] = json!("2026-11-22T06:00:00Z");
        assert_eq!(told(&put("CA938-2026-11-24-CNPEK", body.clone()).await.ok(422)), [("/actual_arrival", "too-long-before-schedule")]);
        body["actual_arrival"] = json!("2026-11-23T23:59:00Z");
        // Ids are people's typing: small letters do.
        assert_eq!(put("ca938-2026-11-24-cnpek", body).await.ok(201)["id"], "CA938-2026-11-24-CNPEK");
        let found = place.get("/api/v1/flights/ca938-2026-11-24-cnpek").token(&planner).send().await.ok(200);
        assert_eq!(found["id"], "CA938-2026-11-24-CNPEK");
        let listed = place.get("/api/v1/flights?port=cnpek").token(&planner).send().await.ok(200);
        assert_eq!(listed["flights"].as_array().unwrap().len(), 1);
    }

    async fn what_is_not_there_is_named(place: Place) {
        let medical = place.token("medical", Role::Medical).await;
        let detail = async |path: &str| place.get(path).token(&medical).proof("X").send().await.ok(404)["detail"].as_str().unwrap().to_owned();
        for (path, words) in [
            ("/api/v1/flights/CA1-2026-11-24-CNPEK", "no such flight"),
            ("/api/v1/declarations/00000000000", "no declaration with this code"),
            ("/api/v1/nowhere", "nothing at this address"),
            ("/api/v1/questionnaires/XXXXX", "no such port"),
        ] {
            let told = detail(path).await;
            assert!(told.contains(words), "{path}: {told}");
        }
        let owed = format!("/obligations/{}.1/acknowledge", uuid());
        assert!(place.post(&medical, &owed, &json!({})).await.ok(404)["detail"].as_str().unwrap().contains("Nothing is owed"));
        let decision = json!({"scan_id": uuid(), "decision": "refer"});
        assert!(place.post(&medical, "/checkpoint/decisions", &decision).await.ok(404)["detail"].as_str().unwrap().contains("no such scan"));
        assert_eq!(place.get("/api/v1/questionnaires/cnpek").send().await.status, 200);
    }

    async fn a_body_that_is_no_json_says_where_it_breaks(place: Place) {
        let post = |kind: &str, body: Vec<u8>| place.call("POST", "/api/v1/declarations").body(kind, body);
        let problem = post("application/json", b"{\n  \"port\": }".to_vec()).send().await.ok(400);
        assert_eq!((&problem["code"], &problem["line"], &problem["column"]), (&json!("malformed"), &json!(2), &json!(11)));
        let told = |problem: Value| (problem["line"].clone(), problem["column"].clone(), problem["detail"].as_str().unwrap().to_owned());
        let latin = told(post("application/json", b"{\n \"a\": \"\xFF\"}".to_vec()).send().await.ok(400));
        assert_eq!((latin.0, latin.1), (json!(2), json!(8)));
        assert!(latin.2.contains("not UTF-8"), "{}", latin.2);
        let large = told(post("application/json", b"{\"a\": 1e400}".to_vec()).send().await.ok(400));
        assert!(large.2.contains("too large"), "{}", large.2);
        assert_eq!(post("text/plain", b"{}".to_vec()).send().await.ok(415)["code"], "unsupported");
        assert_eq!(post("application/json", "[".repeat(33).into_bytes()).send().await.ok(400)["code"], "too-complex");
        let wide = format!("{{{}}}", (0..501).map(|n| format!("\"a{n}\":1")).collect::<Vec<_>>().join(","));
        assert_eq!(post("application/json", wide.into_bytes()).send().await.ok(400)["code"], "too-complex");
        assert_eq!(post("application/json", vec![b' '; 64 * 1024 + 1]).send().await.ok(413)["code"], "too-large");
        for body in ["null", "[]", "3", "\"x\"", "{}", ""] {
            assert_eq!(post("application/json", body.into()).send().await.ok(422)["code"], "invalid", "{body}");
        }
    }

    async fn what_is_missing_or_of_another_type_is_named(place: Place) {
        let officer = place.token("officer", Role::Officer).await;
        let scan = async |body: Value| place.post(&officer, "/checkpoint/scans", &body).await.ok(422);
        assert_eq!(told(&scan(json!({})).await), [("/scan_id", "not-a-uuid"), ("/station", "not-a-station"), ("/pass", "nothing-scanned")]);
        let wrong = scan(json!({"scan_id": 5, "station": [], "code": "ABC", "mrz": "P<"})).await;
        assert_eq!(told(&wrong), [("/scan_id", "wrong-type"), ("/station", "wrong-type"), ("/code", "not-a-code"), ("/mrz", "not-an-mrz")]);
        assert_eq!(wrong["errors"][0]["message"], "Send text here, in quotation marks.");
        let both = scan(json!({"scan_id": uuid(), "station": "T3D-L01", "code": "00000000000", "pass": "PQ1:X"})).await;
        assert_eq!(told(&both), [("/pass", "one-of-two"), ("/code", "one-of-two")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "nowhere", "mrz": LI.mrz()})).await), [("/station", "not-a-station")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "T3D-L01"})).await), [("/pass", "nothing-scanned")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "T3D-L01", "code": "ABC"})).await), [("/code", "not-a-code")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "T3D-L01", "mrz": "P<"})).await), [("/mrz", "not-an-mrz")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "T3D-L01", "at": "noon"})).await), [("/at", "wrong-value")]);
        let decide = async |body: Value| place.post(&officer, "/checkpoint/decisions", &body).await;
        assert_eq!(told(&decide(json!({"scan_id": uuid(), "decision": "maybe"})).await.ok(422)), [("/decision", "not-a-decision")]);
        assert_eq!(decide(json!({"scan_id": uuid(), "decision": "clear"})).await.status, 404);
        let long = decide(json!({"scan_id": uuid(), "decision": "clear", "reason": "x".repeat(501)})).await.ok(422);
        assert_eq!(long["errors"][0]["message"], "Shorten this to 500 characters or fewer.");
        let list = place.get("/api/v1/obligations?after=here").token(&officer).send().await.ok(422);
        assert_eq!(told(&list), [("/after", "not-a-cursor")]);
        let list = place.get("/api/v1/flights?from=yesterday").token(&officer).send().await.ok(422);
        assert_eq!(list["errors"][0]["code"], "not-a-query");
    }

    async fn an_address_or_a_method_that_is_not_there_is_a_problem_too(place: Place) {
        let missing = place.get("/api/v1/nothing").send().await;
        assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
        let wrong = place.call("PATCH", "/api/v1/declarations/0123").send().await;
        assert_eq!((wrong.status, wrong.header("content-type")), (405, "application/problem+json"));
        let mut allowed: Vec<_> = wrong.header("allow").split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["DELETE", "GET", "HEAD", "PUT"]);
        let bad_key = place.call("POST", "/api/v1/declarations").once(&"k".repeat(256)).json(&LI.declaration());
        assert_eq!(told(&bad_key.send().await.ok(422)), [("/Idempotency-Key", "not-a-key")]);
    }
}
