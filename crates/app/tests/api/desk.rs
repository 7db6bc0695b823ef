//! The medical desk, the orders, and how entries end.

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{Answer, On, Place, on_every_engine};

/// Somebody who was referred to the desk: who they are there, and what is owed for them.
struct Referred {
    journey: String,
    scan: Value,
    owed: String,
    pass: Value,
    officer: String,
    medical: String,
}

async fn referred(place: &Place, person: &Person, answers: Value) -> Referred {
    flight(place).await;
    let officer = place.token("officer", Role::Officer).await;
    let medical = place.token("medical", Role::Medical).await;
    let mut body = person.declaration();
    for (name, value) in answers.as_object().unwrap() {
        body["answers"][name] = value.clone();
    }
    let declared = place.post("", "/declarations", &body).await.ok(201);
    let scanned = scan(place, &officer, &json!({"pass": declared["pass"], "mrz": person.mrz()})).await;
    let decision = json!({"scan_id": scanned["scan_id"], "decision": "refer"});
    let decided = place.post(&officer, "/checkpoint/decisions", &decision).await.ok(200);
    Referred {
        journey: scanned["journey"].as_str().unwrap().to_owned(),
        scan: scanned["scan_id"].clone(),
        owed: decided["obligations"][0].as_str().unwrap().to_owned(),
        pass: declared["pass"].clone(),
        officer,
        medical,
    }
}

fn kinds(listed: &Value) -> Vec<String> {
    let all = listed["obligations"].as_array().unwrap();
    all.iter().map(|o| format!("{} {}", o["kind"].as_str().unwrap(), o["about"])).collect()
}

async fn open(place: &Place, token: &str) -> Value {
    place.get("/api/v1/obligations").token(token).send().await.ok(200)
}

fn errors(answer: Answer) -> Vec<String> {
    let problem = answer.ok(422);
    let all = problem["errors"].as_array().unwrap();
    all.iter().map(|e| format!("{} {}", e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
}

on_every_engine! {
    async fn an_examination_is_sealed_and_the_rules_run_again_on_it(place: Place) {
        let at = referred(&place, &LI, json!({})).await;
        let fever = json!({"journey": at.journey, "station": "T3D-D01", "symptoms": ["dry_cough"], "note": "Shivers",
            "temperature_c": [{"value": 37.9, "device": "camera"}, {"value": 38.44, "site": "ear", "device": "infrared"}]});
        assert_eq!(place.post(&at.officer, "/examinations", &fever).await.status, 403);
        let done = place.post(&at.medical, "/examinations", &fever).await.ok(201);
        assert_eq!((&done["journey"], &done["tier"], &done["still_open"]), (&json!(at.journey), &json!("red"), &json!([at.owed])));
        assert!(done["reasons"].as_array().unwrap().iter().any(|r| r["code"] == "fever-measured-high"), "{done}");
        assert!(done["judged_by"]["pack"].as_str().unwrap().starts_with("respiratory@"), "{done}");

        // Every reading is kept, under the person's key alone.
        let id = at.journey.parse().unwrap();
        let kept = pratique::lookups::findings::all(&place.app, id).await.unwrap();
        let readings: Vec<f64> = kept[0].findings.temperatures.iter().map(|t| t.value_c).collect();
        assert_eq!((readings, kept[0].findings.symptoms.clone()), (vec![37.9, 38.4], vec!["dry_cough".to_owned()]));
        for event in place.app.store.events(id).await.unwrap() {
            assert!(!event.body.contains("38.4") && !event.body.contains("dry_cough"), "{}", event.body);
        }
        let seen = scan(&place, &at.officer, &json!({"pass": at.pass})).await;
        assert!(seen["reasons"].as_array().unwrap().iter().any(|r| r["code"] == "fever-measured-high"), "{seen}");
    }

    async fn a_cool_thermometer_after_a_warm_camera_leaves_the_tier_as_it_was(place: Place) {
        let at = referred(&place, &LI, json!({})).await;
        let body = json!({"scan_id": at.scan, "station": "T3D-D02",
            "temperature_c": [{"value": 38.1, "device": "camera"}, {"value": 36.6, "device": "contact", "site": "armpit"}]});
        assert_eq!(place.post(&at.medical, "/examinations", &body).await.ok(201)["tier"], "green");
        let alone = json!({"obligation": at.owed, "station": "T3D-D02", "temperature_c": 38.1});
        assert_eq!(place.post(&at.medical, "/examinations", &alone).await.ok(201)["tier"], "red");
    }

    async fn every_wrong_field_of_an_examination_is_told_at_once(place: Place) {
        let at = referred(&place, &LI, json!({})).await;
        let wrong = json!({"journey": at.journey, "station": "T3D-L01", "symptoms": ["dry_cough", "moonsickness"],
            "temperature_c": [98.6, {"value": 36.6, "site": "elbow"}, 12.0], "note": "x".repeat(501)});
        let told = errors(place.post(&at.medical, "/examinations", &wrong).await);
        assert_eq!(told, ["/station not-a-station", "/temperature_c/0 too-large", "/temperature_c/1/site not-an-option",
            "/temperature_c/2 too-small", "/symptoms/1 not-an-option", "/note too-long"]);
        let nothing = json!({"journey": at.journey, "station": "T3D-D01"});
        assert_eq!(errors(place.post(&at.medical, "/examinations", &nothing).await), ["/temperature_c nothing-found"]);
        let nobody = json!({"station": "T3D-D01", "temperature_c": 36.6});
        assert_eq!(errors(place.post(&at.medical, "/examinations", &nobody).await), ["/journey required"]);
    }

    async fn an_investigation_is_checked_like_a_declaration_and_kept_sealed(place: Place) {
        let at = referred(&place, &OKAFOR, json!({"contact_case": true})).await;
        let form = place.get("/api/v1/questionnaires/CNPEK/investigation").send().await.ok(200);
        let answers = json!({"exposures": {"exposed_case": true, "exposed_case_how": "Shared a room", "exposed_hospital": false,
            "exposed_animal": false, "exposed_cluster": false}, "vaccinated": false,
            "contact": [{"contact_name": "Tunde Okafor", "contact_how": "lives-together", "contact_last": "2026-11-23"}]});
        let body = json!({"journey": at.journey, "questionnaire": form["version"], "answers": answers});
        let done = place.post(&at.medical, "/investigations", &body).await.ok(201);
        assert_eq!((&done["questionnaire"], &done["journey"]), (&form["version"], &json!(at.journey)));
        let kept = pratique::lookups::inquiry::all(&place.app, at.journey.parse().unwrap()).await.unwrap();
        assert_eq!(kept[0].inquiry.answers["people"]["contact"][0]["contact_name"], "Tunde Okafor");

        let mut wrong = body.clone();
        wrong["answers"] = json!({"exposed_case": "perhaps", "contact": [{"contact_last": "2031-01-01"}]});
        let told = errors(place.post(&at.medical, "/investigations", &wrong).await);
        assert!(told.contains(&"/answers/exposed_case wrong-type".to_owned()), "{told:?}");
        assert!(told.contains(&"/answers/people/contact/0/contact_name required".to_owned()), "{told:?}");
        wrong["questionnaire"] = json!("0");
        assert_eq!(errors(place.post(&at.medical, "/investigations", &wrong).await), ["/questionnaire other-questionnaire"]);
        assert_eq!(place.post(&at.officer, "/investigations", &body).await.status, 403);
    }

    async fn an_order_is_given_by_a_doctor_served_in_a_language_changed_and_ended(place: Place) {
        let at = referred(&place, &OKAFOR, json!({"contact_case": true})).await;
        let orders = format!("/api/v1/journeys/{}/orders", at.journey);
        // Why the pack would order something is the doctor's to know.
        assert_eq!(place.get(&orders).token(&at.officer).send().await.ok(200), json!({"orders": [], "proposals": []}));
        let thought = place.get(&orders).token(&at.medical).send().await.ok(200);
        assert_eq!((&thought["orders"], &thought["proposals"][0]["measure"], &thought["proposals"][0]["days"]),
            (&json!([]), &json!("central-isolation"), &json!(14)));
        // No rule and no officer of a lane puts one in force.
        let give = json!({"journey": at.journey, "measure": "central-isolation", "days": 14, "reason": "Contact of a case"});
        assert_eq!(place.post(&at.officer, "/orders", &give).await.status, 403);
        let given = place.post(&at.medical, "/orders", &give).await.ok(201);
        // The last minute of the fourteenth day, in Beijing.
        assert_eq!((&given["state"], &given["until"], &given["issued_by"]), (&json!("issued"), &json!("2026-12-08T15:59:00Z"), &json!("medical")));
        assert_eq!(kinds(&open(&place, &at.officer).await), ["serve-order 1"]);
        assert_eq!(place.post(&at.medical, "/orders", &give).await.ok(409)["code"], "order-in-force");
        assert_eq!(place.get(&orders).token(&at.medical).send().await.ok(200)["proposals"], json!([]));

        let path = format!("/orders/{}", given["id"].as_str().unwrap());
        let serve = |language: &str| json!({"language": language});
        assert_eq!(errors(place.post(&at.officer, &format!("{path}/serve"), &serve("")).await), ["/language required"]);
        assert_eq!(errors(place.post(&at.officer, &format!("{path}/serve"), &serve("English, please")).await), ["/language not-a-language"]);
        let served = place.post(&at.officer, &format!("{path}/serve"), &serve("en")).await.ok(200);
        assert_eq!((&served["state"], &served["language"]), (&json!("active"), &json!("en")));
        assert_eq!(kinds(&open(&place, &at.officer).await), ["end-order 1"]);

        let end = |ending: &str| json!({"ending": ending});
        assert_eq!(place.post(&at.medical, &format!("{path}/end"), &end("completed")).await.ok(409)["code"], "order-not-over");
        assert_eq!(place.post(&at.officer, &format!("{path}/change"), &json!({"days": 7})).await.status, 403);
        let changed = place.post(&at.medical, &format!("{path}/change"), &json!({"until": "2026-12-01"})).await.ok(200);
        assert_eq!(changed["until"], "2026-12-01T15:59:00Z");
        place.set("2026-12-01T16:00:00Z");
        let ended = place.post(&at.medical, &format!("{path}/end"), &end("completed")).await.ok(200);
        assert_eq!((&ended["state"], &ended["ending"], &ended["closed"]), (&json!("ended"), &json!("completed"), &json!(true)));
        assert_eq!(kinds(&open(&place, &at.officer).await), Vec::<String>::new());
    }

    async fn an_order_without_a_measure_or_an_end_or_for_too_long_is_refused_by_field(place: Place) {
        let at = referred(&place, &GARCIA, json!({"contact_case": true})).await;
        for (body, told) in [
            (json!({"measure": "prison", "days": 14}), "/measure not-a-measure"),
            (json!({"measure": "hospital"}), "/until required"),
            (json!({"measure": "hospital", "days": 140}), "/days order-too-long"),
            (json!({"measure": "hospital", "until": "2062-12-08"}), "/until order-too-long"),
            (json!({"measure": "hospital", "until": "next week"}), "/until not-an-end"),
        ] {
            let mut body = body;
            body["journey"] = json!(at.journey);
            assert_eq!(errors(place.post(&at.medical, "/orders", &body).await), [told]);
        }
        let past = json!({"journey": at.journey, "measure": "hospital", "until": "2026-11-23"});
        assert_eq!(place.post(&at.medical, "/orders", &past).await.ok(409)["code"], "ends-before-it-begins");
        assert_eq!(place.post(&at.medical, &format!("/orders/{}.9/serve", at.journey), &json!({"language": "en"})).await.status, 404);
    }

    async fn who_flies_on_is_classed_and_leaves_and_the_loop_closes(place: Place) {
        let at = referred(&place, &LI, json!({})).await;
        let supervisor = place.token("supervisor", Role::Supervisor).await;
        let path = |what: &str| format!("/journeys/{}/{what}", at.journey);
        let class = |class: &str| json!({"class": class, "departs": "2026-11-24T15:30:00Z"});
        assert_eq!(place.post(&at.officer, &path("class"), &json!({"class": "transit"})).await.ok(409)["code"], "departure-needed");
        assert_eq!(errors(place.post(&at.officer, &path("class"), &class("pirate")).await), ["/class not-a-class"]);
        let classed = place.post(&at.officer, &path("class"), &class("transit")).await.ok(200);
        assert_eq!(classed["still_open"].as_array().unwrap().len(), 2);

        // Nobody flies on past an examination, nobody is let go without a reason, and nothing closes while something is owed.
        let departed = json!({"disposition": "departed", "reason": "CA934 left with them on board"});
        assert_eq!(place.post(&at.medical, &path("disposition"), &departed).await.status, 403);
        assert_eq!(place.post(&supervisor, &path("disposition"), &departed).await.ok(409)["code"], "still-owed");
        let closing = place.post(&supervisor, &path("close"), &json!({})).await.ok(409);
        assert_eq!((&closing["code"], &closing["obligations"]), (&json!("still-owed"), &json!([1, 2])));
        let fit = json!({"outcome": "fit", "reason": "36.6"});
        place.post(&at.medical, &format!("/obligations/{}/answer", at.owed), &fit).await.ok(200);
        assert_eq!(place.post(&supervisor, &path("disposition"), &json!({"disposition": "departed"})).await.ok(409)["code"], "reason-needed");
        assert_eq!(errors(place.post(&supervisor, &path("disposition"), &json!({"disposition": "vanished"})).await), ["/disposition not-a-disposition"]);
        let gone = place.post(&supervisor, &path("disposition"), &departed).await.ok(200);
        assert_eq!((&gone["closed"], &gone["still_open"]), (&json!(true), &json!([])));
        assert_eq!(place.post(&supervisor, &path("close"), &json!({})).await.ok(200)["closed"], true);
    }

    async fn a_sample_ordered_at_the_desk_answers_the_examination_and_is_owed(place: Place) {
        let at = referred(&place, &OKAFOR, json!({"contact_case": true})).await;
        let answer = format!("/obligations/{}/answer", at.owed);
        let sampled = json!({"outcome": "sampled"});
        assert_eq!(place.post(&at.medical, &answer, &sampled).await.ok(409)["code"], "no-such-sample");
        let medical = pratique::caller::Caller::Staff(pratique::caller::Staff {
            name: "medical".into(),
            grant: pratique_core::access::Grant { role: Role::Medical, port: "CNPEK".into(), organisation: None },
        });
        let request = pratique::actions::order_sample::OrderRequest { journey: Some(at.journey.clone()), scan_id: None };
        pratique::actions::order_sample::order_sample(&place.app, &medical, &request, None).await.unwrap();
        let kinds = kinds(&open(&place, &at.officer).await);
        assert!(kinds.contains(&"collect-sample 1".to_owned()), "{kinds:?}");
    }
}
