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

    async fn a_body_that_is_no_json_says_where_it_breaks(place: Place) {
        let post = |kind: &str, body: Vec<u8>| place.call("POST", "/api/v1/declarations").body(kind, body);
        let problem = post("application/json", b"{\n  \"port\": }".to_vec()).send().await.ok(400);
        assert_eq!((&problem["code"], &problem["line"], &problem["column"]), (&json!("malformed"), &json!(2), &json!(11)));
        assert_eq!(post("application/json", vec![b'"', 0xFF, b'"']).send().await.ok(400)["code"], "malformed");
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
        assert_eq!(told(&scan(json!({})).await), [("/scan_id", "not-a-uuid")]);
        assert_eq!(told(&scan(json!({"scan_id": 5})).await), [("/scan_id", "wrong-value")]);
        assert_eq!(told(&scan(json!({"scan_id": uuid(), "station": "nowhere"})).await), [("/station", "not-a-station")]);
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
