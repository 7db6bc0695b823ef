//! The schedule.

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::support::people::ca938;
use crate::support::{Answer, On, Place, on_every_engine};

async fn import(place: &Place, token: &str, file: &str) -> Answer {
    let call = place.call("POST", "/api/v1/flights/schedule?port=CNPEK").token(token);
    call.body("text/csv; charset=utf-8", file.to_owned()).send().await
}

const FILE: &str = "\u{feff}flight,date,origin,scheduled_arrival,actual_arrival,category,status,gate
CA938,2026-11-24,LHR,2026-11-24T14:00,,international,,E12
CX 390,,HKG,2026-11-24T03:30:00Z,2026-11-24T03:10:00Z,hmt,,
CA1,2026-11-24,JFK,tomorrow,,international,,
,,JFK,2026-11-24T15:00,,cargo,,
CX390,,HKG,2026-11-24T03:30:00Z,,hmt,,
FX5014,,ANC,2026-11-25T01:00,,parcels,,
";

on_every_engine! {
    async fn a_schedule_takes_its_good_lines_and_tells_the_others(place: Place) {
        let planner = place.token("planner", Role::Planner).await;
        place.set("2026-11-24T04:00:00Z");
        let taken = import(&place, &planner, FILE).await.ok(200);
        assert_eq!((&taken["made"], &taken["moved"], &taken["refused"]), (&json!(2), &json!(0), &json!(4)));
        let told: Vec<_> = taken["lines"].as_array().unwrap().iter()
            .map(|l| (l["line"].as_u64().unwrap(), l["errors"][0]["pointer"].as_str().unwrap(), l["errors"][0]["code"].as_str().unwrap()))
            .collect();
        assert_eq!(told, [(4, "/scheduled_arrival", "not-a-time"), (5, "/flight", "required"), (6, "/flight", "flight-twice"), (7, "/category", "not-an-option")]);

        let again = import(&place, &planner, FILE).await.ok(200);
        assert_eq!((&again["made"], &again["moved"], &again["unchanged"]), (&json!(0), &json!(0), &json!(2)));
        let listed = place.get("/api/v1/flights?port=CNPEK").token(&planner).send().await.ok(200);
        let ids: Vec<_> = listed["flights"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["CX390-2026-11-24-CNPEK", "CA938-2026-11-24-CNPEK"]);
        assert_eq!((&listed["flights"][0]["status"], &listed["flights"][1]["scheduled_arrival"]), (&json!("landed"), &json!("2026-11-24T06:00:00Z")));
        let moved = import(&place, &planner, &FILE.replace("T14:00", "T13:00")).await.ok(200);
        assert_eq!((&moved["moved"], &moved["unchanged"]), (&json!(1), &json!(1)));
    }

    async fn a_large_schedule_is_taken_whole_and_listed_by_pages(place: Place) {
        let planner = place.token("planner", Role::Planner).await;
        let mut file = String::from("flight,origin,scheduled_arrival,category\n");
        for n in 0..1203 {
            file += &format!("CA{},LHR,2026-11-24T{:02}:{:02}:00Z,international\n", n + 1, n / 60 % 16, n % 60);
        }
        assert_eq!(import(&place, &planner, &file).await.ok(200)["made"], 1203);
        let mut seen = std::collections::BTreeSet::new();
        let mut path = "/api/v1/flights?from=2026-11-23T00:00:00Z&to=2026-11-26T00:00:00Z".to_owned();
        loop {
            let page = place.get(&path).token(&planner).send().await.ok(200);
            for flight in page["flights"].as_array().unwrap() {
                assert!(seen.insert(flight["id"].as_str().unwrap().to_owned()));
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/flights?from=2026-11-23T00:00:00Z&to=2026-11-26T00:00:00Z&after={next}");
        }
        assert_eq!(seen.len(), 1203);
    }

    async fn a_file_that_is_no_schedule_is_refused_whole(place: Place) {
        let planner = place.token("planner", Role::Planner).await;
        let refused = import(&place, &planner, "flight,origin\nCA938,LHR\n").await.ok(422);
        let pointers: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
        assert_eq!(pointers, ["/scheduled_arrival", "/category"]);
        let call = place.call("POST", "/api/v1/flights/schedule").token(&planner).json(&json!([]));
        assert_eq!(call.send().await.status, 415);
        let call = place.call("POST", "/api/v1/flights/schedule").token(&planner);
        assert_eq!(call.body("text/csv", vec![b'a'; 5 * 1024 * 1024 + 1]).send().await.status, 413);
    }

    async fn an_airline_moves_its_own_flights_alone(place: Place) {
        let airline = place.token_for("air china", Role::Airline, Some("CA")).await;
        let put = async |id: &str| place.call("PUT", &format!("/api/v1/flights/{id}")).token(&airline).json(&ca938()).send().await;
        assert_eq!(put("CA938-2026-11-24-CNPEK").await.status, 201);
        assert_eq!(put("BA39-2026-11-24-CNPEK").await.status, 403);
        assert_eq!(put("CA938-2026-11-24-CNPVG").await.status, 403);
        let file = "flight,origin,scheduled_arrival,category\nCA2,JFK,2026-11-24T15:00,international\nBA39,LHR,2026-11-24T16:00,international\n";
        let taken = import(&place, &airline, file).await.ok(200);
        assert_eq!((&taken["made"], &taken["lines"][0]["errors"][0]["code"]), (&json!(1), &json!("not-your-flight")));
    }

    async fn an_airline_sees_its_own_flights_alone(place: Place) {
        let planner = place.token("planner", Role::Planner).await;
        import(&place, &planner, FILE).await.ok(200);
        let airline = place.token_for("air china", Role::Airline, Some("CA")).await;
        let listed = place.get("/api/v1/flights?port=CNPEK").token(&airline).send().await.ok(200);
        let ids: Vec<_> = listed["flights"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["CA938-2026-11-24-CNPEK"]);
        let one = async |id: &str| place.get(&format!("/api/v1/flights/{id}")).token(&airline).send().await.status;
        assert_eq!((one(ids[0]).await, one("CX390-2026-11-24-CNPEK").await, one("CX1-2026-11-24-CNPEK").await), (200, 403, 403));
    }

    async fn who_may_not_is_told_so(place: Place) {
        let officer = place.token("officer", Role::Officer).await;
        let put = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").json(&ca938());
        let nobody = put.send().await;
        assert_eq!((nobody.status, nobody.header("www-authenticate")), (401, "Bearer"));
        let put = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&officer).json(&ca938());
        assert_eq!(put.send().await.status, 403);
        let get = place.get("/api/v1/flights?port=CNPVG").token(&officer).send().await;
        assert_eq!(get.status, 403);
        assert_eq!(place.get("/api/v1/flights/CA1-2026-11-24-CNPEK").token(&officer).send().await.status, 404);
        let bad: Value = place.call("PUT", "/api/v1/flights/CA938").token(&officer).json(&ca938()).send().await.ok(422);
        assert_eq!(bad["errors"][0]["code"], "not-a-flight-id");
    }
}
