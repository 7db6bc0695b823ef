//! Manifests, who has not declared, and a flight's health part.

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::support::people::{GARCIA, LI, OKAFOR, Person, ca938};
use crate::support::{On, Place, on_every_engine, uuid};

const CA938: &str = "/api/v1/flights/CA938-2026-11-24-CNPEK";

const PAXLST: &str = "UNB+UNOA:4+CA+PEK+261123:2000+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+CA938+++CA'LOC+125+LHR'\
DTM+189:2611231600:201'LOC+87+PEK'DTM+232:2611241400:201'\
NAD+FL+++LI:NA'ATT+2++F'DTM+329:880302'NAT+2+CHN'RFF+SEA:31A'DOC+P+E12345678'LOC+91+CHN'\
NAD+FL+++OKAFOR:NGOZI'ATT+2++F'DTM+329:791230'NAT+2+NGA'RFF+SEA:12C'DOC+P+A01234999'LOC+91+NGA'\
NAD+FL+++SMITH:JOHN'ATT+2++M'DTM+329:700101'NAT+2+GBR'RFF+SEA:3K'DOC+P+500000001'LOC+91+GBR'\
NAD+FM+++WANG:WEI'DOC+P+E99999999'LOC+91+CHN'LOC+777+X'CNT+42:4'UNT+30+1'UNZ+1+1'";

async fn schedule(place: &Place) -> String {
    let airline = place.token_for("air china", Role::Airline, Some("CA")).await;
    let put = place.call("PUT", CA938).token(&airline).json(&ca938()).send().await;
    assert_eq!(put.status, 201, "{}", put.text());
    airline
}

async fn hand_in(place: &Place, token: &str, list: &str) -> Value {
    let call = place.call("PUT", &format!("{CA938}/manifest")).token(token);
    let answer = call.body("application/edifact", list.to_owned()).send().await;
    assert!(answer.status < 300, "{}", answer.text());
    answer.json()
}

async fn readiness(place: &Place, token: &str) -> Value {
    place.get(&format!("{CA938}/readiness")).token(token).send().await.ok(200)
}

async fn declare(place: &Place, person: &Person) -> Value {
    place.post("", "/declarations", &person.declaration()).await.ok(201)
}

async fn scan(place: &Place, officer: &str, pass: &Value) -> Value {
    let body = json!({"scan_id": uuid(), "station": "T3D-L01", "pass": pass});
    place.post(officer, "/checkpoint/scans", &body).await.ok(200)
}

fn figures(ready: &Value) -> [u64; 5] {
    ["listed", "declared", "not_declared", "to_review", "unlisted"].map(|name| ready[name].as_u64().unwrap())
}

on_every_engine! {
    async fn whoever_is_on_the_list_is_found_by_document_before_and_after_it_comes(place: Place) {
        let airline = schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let li = declare(&place, &LI).await;
        assert_eq!(scan(&place, &officer, &li["pass"]).await["manifest"], "unknown");
        assert_eq!(readiness(&place, &airline).await["manifest"], Value::Null);

        let taken = hand_in(&place, &airline, PAXLST).await;
        assert_eq!((&taken["edition"], &taken["passengers"], &taken["crew"]), (&json!(1), &json!(3), &json!(1)));
        assert_eq!(taken["parked"], json!([{"position": 33, "column": null, "reason": "unknown-qualifier"}]));
        assert_eq!(taken["warnings"], json!([{"code": "count-differs", "said": 4, "found": 3}]));
        assert_eq!(figures(&readiness(&place, &airline).await), [4, 1, 3, 0, 0]);

        // Okafor's number is mistyped on the list: a person looks. Garcia is not on it at all.
        let okafor = declare(&place, &OKAFOR).await;
        let garcia = declare(&place, &GARCIA).await;
        let ready = readiness(&place, &airline).await;
        assert_eq!(figures(&ready), [4, 1, 3, 1, 2]);
        let seats: Vec<_> = ready["not_declared_seats"].as_array().unwrap().iter().map(|s| &s["seat"]).collect();
        assert_eq!(seats, [&json!("12C"), &json!("3K"), &Value::Null]);
        assert_eq!(scan(&place, &officer, &li["pass"]).await["manifest"], "matched");
        assert_eq!(scan(&place, &officer, &okafor["pass"]).await["manifest"], "review");
        assert_eq!(scan(&place, &officer, &garcia["pass"]).await["manifest"], "absent");
    }

    async fn one_document_under_two_birth_dates_is_one_person_of_the_list(place: Place) {
        let airline = schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        hand_in(&place, &airline, PAXLST).await;
        // Whoever comes first, the line is theirs whose birth date it has; the other one is nobody's on the list.
        let other = declare(&place, &Person { primary: "Stranger", born: "1977-01-09", ..LI }).await;
        assert_eq!(figures(&readiness(&place, &airline).await), [4, 1, 3, 0, 0]);
        let own = declare(&place, &LI).await;
        let ready = readiness(&place, &airline).await;
        assert_eq!(figures(&ready), [4, 1, 3, 0, 1]);
        assert_eq!((&ready["balance"]["open"], &ready["balance"]["difference"]), (&json!(2), &json!(0)));
        // Nor does anybody get lost when one of them is taken back.
        let path = format!("/api/v1/declarations/{}", other["code"].as_str().unwrap());
        place.call("DELETE", &path).proof(LI.number).send().await.ok(200);
        assert_eq!(figures(&readiness(&place, &airline).await), [4, 1, 3, 0, 0]);
        let other = declare(&place, &Person { primary: "Stranger", born: "1977-01-09", ..LI }).await;
        assert_eq!(scan(&place, &officer, &own["pass"]).await["manifest"], "matched");
        assert_eq!(scan(&place, &officer, &other["pass"]).await["manifest"], "review");
        // A line that says no birth date goes with one of them.
        let bare = PAXLST.replace("DTM+329:880302'", "");
        assert_eq!(hand_in(&place, &airline, &bare).await["edition"], 2);
        let ready = readiness(&place, &airline).await;
        assert_eq!((figures(&ready), &ready["balance"]["difference"]), ([4, 1, 3, 0, 1], &json!(0)));
        let document = json!({"number": LI.number, "issuer": "CHN"});
        let asked = json!({"flight": "CA938", "date": "2026-11-24", "document": document});
        assert_eq!(place.post(&airline, "/ok-to-board", &asked).await.ok(200)["status"], "declared");
    }

    async fn a_person_says_who_is_who_and_a_newer_list_does_not_undo_it(place: Place) {
        let airline = schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let supervisor = place.token("supervisor", Role::Supervisor).await;
        hand_in(&place, &airline, PAXLST).await;
        let okafor = declare(&place, &OKAFOR).await;
        let journey = scan(&place, &officer, &okafor["pass"]).await["journey"].clone();
        let ready = readiness(&place, &officer).await;
        let line = |ready: &Value, seat: &str| {
            let seats = ready["not_declared_seats"].as_array().unwrap();
            seats.iter().find(|s| s["seat"] == seat).map(|s| s["id"].as_str().unwrap().to_owned())
        };
        let say = async |token: &str, line: &str, word: Value| {
            place.call("POST", &format!("{CA938}/manifest/{line}")).token(token).json(&word).send().await
        };
        let seat = line(&ready, "12C").unwrap();
        assert_eq!(say(&airline, &seat, json!({"say": "same", "journey": journey})).await.status, 403);
        say(&officer, &seat, json!({"say": "different", "journey": journey})).await.ok(200);
        assert_eq!(figures(&readiness(&place, &officer).await), [4, 0, 4, 0, 1]);
        assert_eq!(scan(&place, &officer, &okafor["pass"]).await["manifest"], "absent");
        say(&officer, &seat, json!({"say": "same", "journey": journey})).await.ok(200);
        assert_eq!(scan(&place, &officer, &okafor["pass"]).await["manifest"], "matched");

        // John Smith did not fly, says his airline.
        let smith = line(&ready, "3K").unwrap();
        assert_eq!(say(&officer, &smith, json!({"say": "no-show"})).await.status, 403);
        say(&airline, &smith, json!({"say": "no-show"})).await.ok(200);
        let balance = json!({"manifest": 4, "unlisted": 0, "cleared": 0, "ended": {}, "open": 1, "no_show": 1, "not_found": 2, "difference": 0});
        assert_eq!(readiness(&place, &supervisor).await["balance"], balance);

        // The same list again changes nothing; a longer one keeps what was said.
        assert_eq!(hand_in(&place, &airline, PAXLST).await["edition"], 1);
        let longer = PAXLST.replace("NAD+FM+++WANG", "NAD+FL+++GARCIA:MARIA'DOC+P+PAB123456'LOC+91+ESP'NAD+FM+++WANG");
        assert_eq!(hand_in(&place, &airline, &longer).await["edition"], 2);
        let ready = readiness(&place, &officer).await;
        assert_eq!((figures(&ready), &ready["balance"]["no_show"]), ([5, 1, 3, 0, 0], &json!(1)));
        assert_eq!(scan(&place, &officer, &okafor["pass"]).await["manifest"], "matched");
        assert_eq!(say(&officer, &uuid(), json!({"say": "different", "journey": journey})).await.status, 404);
        assert_eq!(say(&officer, &seat, json!({"say": "maybe"})).await.status, 422);
    }

    async fn a_list_comes_in_three_kinds_from_whoever_may(place: Place) {
        let airline = schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let other = place.token_for("british", Role::Airline, Some("BA")).await;
        let put = async |token: &str, kind: &str, body: &str| {
            place.call("PUT", &format!("{CA938}/manifest")).token(token).body(kind, body.to_owned()).send().await
        };
        let csv = "surname,given_names,dob,passport_number,issuer,seat\nLI,NA,1988-03-02,E12345678,CHN,31A\nX,,soon,,,\n";
        let taken = put(&airline, "text/csv; charset=utf-8", csv).await.ok(201);
        assert_eq!(taken["parked"], json!([{"position": 3, "column": "dob", "reason": "not-a-date"}]));
        let json = json!({"people": [{"name": {"primary": "LI", "secondary": "NA"}, "documents": [{"number": "E12345678", "issuer": "CHN"}]}]});
        assert_eq!(put(&airline, "application/json", &json.to_string()).await.ok(200)["edition"], 2);
        declare(&place, &LI).await;
        assert_eq!(figures(&readiness(&place, &airline).await), [1, 1, 0, 0, 0]);
        for (token, kind, body, status) in [
            (&officer, "text/csv", csv, 403),
            (&other, "text/csv", csv, 403),
            (&airline, "text/plain", csv, 415),
            (&airline, "application/edifact", csv, 422),
            (&airline, "text/csv", "seat\n1A\n", 422),
            (&airline, "text/csv", "surname,flight\nLI,CA17\n", 422),
            (&airline, "application/json", "{\"people\": [", 400),
            (&airline, "application/json", "{\"people\": [{}]}", 422),
            (&airline, "application/json", "{\"people\": []}", 422),
        ] {
            assert_eq!(put(token, kind, body).await.status, status, "{kind} {body}");
        }
        let unknown = place.call("PUT", "/api/v1/flights/CA17-2026-11-24-CNPEK/manifest").token(&airline);
        assert_eq!(unknown.body("text/csv", "surname\nLI\n").send().await.status, 404);
        assert_eq!(place.get(&format!("{CA938}/readiness")).token(&other).send().await.status, 403);
        let key = place.call("PUT", &format!("{CA938}/manifest")).token(&airline).once("list-1");
        let first = key.body("application/edifact", PAXLST).send().await;
        let again = place.call("PUT", &format!("{CA938}/manifest")).token(&airline).once("list-1");
        assert_eq!(again.body("application/edifact", PAXLST).send().await.bytes, first.bytes);
    }

    async fn an_airline_learns_whether_somebody_declared_and_nothing_else(place: Place) {
        let airline = schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        declare(&place, &LI).await;
        let ask = async |token: &str, flight: &str, number: &str, issuer: Option<&str>| {
            let body = json!({"flight": flight, "date": "2026-11-24", "document": {"number": number, "issuer": issuer}});
            place.post(token, "/ok-to-board", &body).await
        };
        for (number, issuer, status) in [
            ("E12345678", Some("CHN"), "declared"),
            ("e1234 5678", Some("cn"), "declared"),
            ("E12345678", None, "declared"),
            ("E12345678", Some("NGA"), "not-declared"),
            ("E00000000", Some("CHN"), "not-declared"),
        ] {
            assert_eq!(ask(&airline, "CA938", number, issuer).await.ok(200), json!({"status": status}), "{number} {issuer:?}");
        }
        assert_eq!(ask(&officer, "CA938", "E12345678", None).await.status, 403);
        assert_eq!(ask(&airline, "BA39", "E12345678", None).await.status, 403);
        assert_eq!(ask(&airline, "CA938", "护照", None).await.status, 422);
        place.set("2026-11-22T00:00:00Z");
        declare(&place, &OKAFOR).await;
        assert_eq!(ask(&airline, "CA938", OKAFOR.number, Some("NGA")).await.ok(200)["status"], "early");
    }

    async fn whoever_guesses_numbers_is_slowed_down(place: Place) {
        let airline = schedule(&place).await;
        let body = json!({"flight": "CA938", "date": "2026-11-24", "document": {"number": "E12345678"}});
        let mut slowed = 0;
        for _ in 0..1_210 {
            slowed += u32::from(place.post(&airline, "/ok-to-board", &body).await.status == 429);
        }
        assert_eq!(slowed, 10);
        place.set("2026-11-24T00:00:10Z");
        assert_eq!(place.post(&airline, "/ok-to-board", &body).await.status, 200);
    }

    async fn a_flights_health_part_is_recorded_and_its_words_are_sealed(place: Place) {
        schedule(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let airline = place.token_for("air china 2", Role::Airline, Some("CA")).await;
        let form = json!({"ill": [{"signs": ["fever", "cough"], "seat": "31A"}, {"signs": ["fever"], "left_earlier": true}],
            "disinsection": {"method": "residual"}, "boarding": {"outcome": "free-pratique"}, "note": "Zanzibar wanderer"});
        let path = "/flights/CA938-2026-11-24-CNPEK/inspection";
        let kept = place.post(&officer, path, &form).await.ok(201);
        assert_eq!((&kept["ill"], &kept["signs"]), (&json!(2), &json!({"fever": 2, "cough": 1})));
        assert_eq!((&kept["outcome"], &kept["boarded_at"]), (&json!("free-pratique"), &json!("2026-11-24T00:00:00Z")));
        assert_eq!(kept["disinfected_at"], Value::Null);
        assert_eq!(place.post(&airline, path, &form).await.status, 403);
        assert_eq!(place.post(&officer, path, &json!({})).await.status, 422);
        let bad = place.post(&officer, path, &json!({"ill": [{"signs": ["hiccups"]}]})).await.ok(422);
        assert_eq!(bad["errors"][0]["pointer"], "/ill/0/signs/0");
        assert_eq!(place.post(&officer, "/flights/CA17-2026-11-24-CNPEK/inspection", &form).await.status, 404);
    }

    async fn nobody_on_a_list_stands_in_the_store_in_clear(place: Place) {
        let airline = schedule(&place).await;
        hand_in(&place, &airline, PAXLST).await;
        let record = pratique::lookups::manifest::record(&place.app, &"CA938-2026-11-24-CNPEK".parse().unwrap()).await.unwrap().unwrap().0;
        let lines = pratique::lookups::manifest::lines(&place.app, &record).await.unwrap();
        for (id, line, _) in &lines {
            let kept = serde_json::to_string(line).unwrap();
            assert!(!["OKAFOR", "SMITH", "E12345678", "1988", "A01234999"].iter().any(|text| kept.contains(text)), "{kept}");
            let body = place.app.store.body(*id, 1).await.unwrap().unwrap();
            assert_eq!(body.person, Some(*id));
        }
        // One person's key is destroyed: the rest of the list stays.
        let gone = lines[1].0;
        let shred = pratique_store::Change { label: "erase", shred: vec![gone], audit: vec![pratique::actions::write::audit(
            &pratique::caller::Caller::System("test"), "erase", Some(gone), "", place.app.now())], ..Default::default() };
        place.app.store.apply(shred).await.unwrap();
        assert!(pratique::lookups::manifest::entry(&place.app, gone).await.unwrap().is_none());
        assert!(pratique::lookups::manifest::entry(&place.app, lines[0].0).await.unwrap().is_some());
        assert_eq!(figures(&readiness(&place, &airline).await), [4, 0, 4, 0, 0]);
    }
}
