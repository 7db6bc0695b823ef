//! A paper form keyed in over the API: only by the port's own staff, once, and with the time on the paper.

use pratique::actions::print_forms::{Forms, FormsRequest, print_forms};
use pratique::caller::Caller;
use pratique_core::access::Role;
use pratique_core::paper::Serial;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{On, Place, on_every_engine};

/// Numbers so many forms, as the page does.
async fn forms(place: &Place, count: u32) -> Vec<String> {
    let request = FormsRequest { count, language: "en".into(), notice: "2026-11".into() };
    let who = Caller::System("test");
    let printed: Forms = print_forms(&place.app, &who, "CNPEK", &request, None).await.unwrap().read().unwrap();
    let numbers = printed.first..printed.first + printed.count;
    numbers.map(|number| Serial { port: "CNPEK".into(), number }.to_string()).collect()
}

fn paper(person: &Person, serial: &str, at: &str) -> Value {
    let mut body = person.declaration();
    body["channel"] = json!("paper");
    body["paper"] = json!({ "serial": serial, "at": at });
    body
}

on_every_engine! {
    async fn a_paper_counts_from_the_time_on_it_and_both_times_are_kept(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let serials = forms(&place, 2).await;
        // Filled in before landing, keyed in two days later, when power was back.
        place.set("2026-11-25T20:00:00Z");
        let body = paper(&LI, &serials[0].to_lowercase(), "2026-11-24T02:30:00Z");
        let declared = place.post(&officer, "/declarations", &body).await.ok(201);
        assert_eq!(declared["state"], "ready");
        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        let own = place.get(&path).proof(LI.number).send().await.ok(200);
        assert_eq!(own["made_at"], "2026-11-24T02:30:00Z");
        let kept = pratique::lookups::paper::read(&place.app, &serials[0].parse().unwrap()).await.unwrap().unwrap().0;
        let keyed = kept.keyed.unwrap();
        assert_eq!((keyed.filled_at.to_string(), keyed.at.to_string()), ("2026-11-24T02:30:00Z".into(), "2026-11-25T20:00:00Z".into()));
        assert_eq!(keyed.by, "wang");

        // More than 24 hours before arrival it was too early, whenever it is keyed in.
        let early = paper(&OKAFOR, &serials[1], "2026-11-23T05:00:00Z");
        assert_eq!(place.post(&officer, "/declarations", &early).await.ok(201)["state"], "early");
    }

    /// Seattle is a risk area, and was left a fortnight before the paper was filled in: that it lay for two days changes nothing.
    async fn a_risk_of_the_papers_day_is_not_forgotten_while_it_lies(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let serials = forms(&place, 1).await;
        place.set("2026-11-25T20:00:00Z");
        let mut body = paper(&LI, &serials[0], "2026-11-24T02:30:00Z");
        body["answers"]["visited"] = json!([{"visited_country": "USA", "visited_place": "Seattle",
            "visited_from": "2026-11-01", "visited_to": "2026-11-10"}]);
        let declared = place.post(&officer, "/declarations", &body).await.ok(201);
        let seen = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!(seen["tier"], "amber", "{seen}");
    }

    async fn a_form_is_keyed_in_once_and_a_repeat_gets_the_first_answer(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let medical = place.token("chen", Role::Medical).await;
        let serial = forms(&place, 1).await.remove(0);
        let body = paper(&LI, &serial, "2026-11-23T23:00:00Z");
        let send = || place.call("POST", "/api/v1/declarations").token(&officer).once("k").json(&body).send();
        let first = send().await.ok(201);
        assert_eq!(send().await.ok(201), first);
        place.set("2026-11-24T01:00:00Z");
        let again = place.post(&medical, "/declarations", &paper(&GARCIA, &serial, "2026-11-23T23:00:00Z")).await.ok(422);
        let told = &again["errors"][0];
        assert_eq!((&told["pointer"], &told["code"]), (&json!("/paper/serial"), &json!("serial-used")));
        let words = told["message"].as_str().unwrap();
        assert!(words.contains("2026-11-24 08:00") && words.contains("wang"), "{words}");
    }

    async fn of_two_who_key_in_one_form_at_once_one_is_told(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let serial = forms(&place, 1).await.remove(0);
        let (one, other) = (paper(&LI, &serial, "2026-11-23T23:00:00Z"), paper(&GARCIA, &serial, "2026-11-23T23:00:00Z"));
        let (one, other) = tokio::join!(place.post(&officer, "/declarations", &one), place.post(&officer, "/declarations", &other));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "{} {}", one.text(), other.text());
    }

    async fn what_cannot_be_a_papers_time_or_number_is_told_with_all_the_rest(place: Place) {
        flight(&place).await;
        let officer = place.token("wang", Role::Officer).await;
        let serial = forms(&place, 1).await.remove(0);
        for (serial, at, expected) in [
            (serial.as_str(), "2026-11-24T00:30:00Z", vec![("/paper/at", "paper-in-future")]),
            (serial.as_str(), "2026-11-20T00:00:00Z", vec![("/paper/at", "paper-too-old")]),
            ("CNPEK-000999-D", "2026-11-24T00:00:00Z", vec![("/paper/serial", "serial-check")]),
            ("CNPEK-000002-B", "2026-11-24T00:00:00Z", vec![("/paper/serial", "serial-check")]),
            ("12", "today", vec![("/paper/serial", "not-a-serial"), ("/paper/at", "not-a-time")]),
        ] {
            let told = place.post(&officer, "/declarations", &paper(&LI, serial, at)).await.ok(422);
            let told: Vec<_> = told["errors"].as_array().unwrap().iter()
                .map(|e| (e["pointer"].as_str().unwrap().to_owned(), e["code"].as_str().unwrap().to_owned())).collect();
            let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(told, expected, "{serial} {at}");
        }
        let unknown = Serial { port: "CNPEK".into(), number: 77 }.to_string();
        let told = place.post(&officer, "/declarations", &paper(&LI, &unknown, "2026-11-24T00:00:00Z")).await.ok(422);
        assert_eq!(told["errors"][0]["code"], "serial-unknown");
        let mut wrong = paper(&LI, &serial, "2026-11-25T00:00:00Z");
        wrong["answers"]["unwell"] = json!("perhaps");
        wrong["channel"] = json!("kiosk");
        let told = place.post(&officer, "/declarations", &wrong).await.ok(422);
        assert!(told.to_string().contains("paper-channel") && told.to_string().contains("/answers/unwell"), "{told}");
        // Nothing of it used the form up.
        place.post(&officer, "/declarations", &paper(&LI, &serial, "2026-11-24T00:00:00Z")).await.ok(201);
    }

    async fn nobody_but_staff_who_may_says_that_something_was_written_earlier(place: Place) {
        flight(&place).await;
        let serial = forms(&place, 1).await.remove(0);
        let body = paper(&LI, &serial, "2026-11-23T23:00:00Z");
        assert_eq!(place.post("", "/declarations", &body).await.ok(401)["code"], "signed-out");
        for (name, role) in [("sun", Role::Supervisor), ("k1", Role::Kiosk), ("ca", Role::Sampler)] {
            let token = place.token(name, role).await;
            assert_eq!(place.post(&token, "/declarations", &body).await.ok(403)["code"], "denied", "{role:?}");
        }
        // The channel alone is as it always was: made when it was received.
        let mut plain = LI.declaration();
        plain["channel"] = json!("paper");
        let declared = place.post("", "/declarations", &plain).await.ok(201);
        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        assert_eq!(place.get(&path).proof(LI.number).send().await.ok(200)["made_at"], "2026-11-24T00:00:00Z");
    }
}
