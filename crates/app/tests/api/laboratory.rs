//! The laboratory's stories, from the tube to what the person is told.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::sampling::{
    Declared, INCONCLUSIVE, NEGATIVE, POSITIVE, Staff, bare, file, import, ordered, owed, person, plate, received,
    release, told, tube,
};
use crate::support::{On, Place, on_every_engine};

/// So many people with their tubes in the laboratory.
async fn people(place: &Place, staff: &Staff, count: usize) -> (Vec<Declared>, Vec<String>) {
    let (mut people, mut labels) = (Vec::new(), Vec::new());
    for number in 0..count {
        let who = ordered(place, staff, person(number)).await;
        labels.push(received(place, staff, &who).await);
        people.push(who);
    }
    (people, labels)
}

async fn seen(place: &Place, token: &str, plate: &Value) -> Value {
    place.get(&format!("/api/v1/laboratory/plates/{}", plate["id"].as_str().unwrap())).token(token).send().await.ok(200)
}

fn of_plate(plate: &Value, verb: &str) -> String {
    format!("/laboratory/plates/{}/{verb}", plate["id"].as_str().unwrap())
}

on_every_engine! {
    async fn negatives_are_released_in_one_act_by_another_person_and_a_positive_alone(place: Place) {
        let staff = Staff::of(&place).await;
        let (people, labels) = people(&place, &staff, 4).await;
        // Left out, the longest waiting come first.
        let built = place.post(&staff.technician, "/laboratory/plates", &json!({})).await.ok(201);
        let on: Vec<&str> = built["wells"].as_array().unwrap().iter().filter_map(|w| w["label"].as_str()).collect();
        assert_eq!(on.len(), 4);
        assert_eq!(built["wells"][6], json!({"well": "H12", "control": "no-template"}));
        let queue = place.get("/api/v1/samples?test=queued").token(&staff.technician).send().await.ok(200);
        assert_eq!(queue["tubes"], json!([]));

        let csv = file(&built, |label| if label == labels[2] { POSITIVE } else { NEGATIVE });
        let dry = import(&place, &staff.technician, &built, &csv, true).await.ok(200);
        assert_eq!((&dry["applied"], &dry["counts"]), (&json!(false), &json!({"negative": 3, "positive": 1})));
        assert_eq!(seen(&place, &staff.technician, &built).await["state"], "built");
        assert_eq!(release(&place, &staff.releaser, &labels[0]).await.ok(409)["code"], "not-read");
        let done = import(&place, &staff.technician, &built, &csv, false).await.ok(200);
        assert_eq!((&done["applied"], &done["state"]), (&json!(true), &json!("accepted")));
        let again = import(&place, &staff.technician, &built, &csv, false).await.ok(200);
        assert_eq!((&again["applied"], &again["counts"]), (&json!(false), &done["counts"]));
        let other = csv.replace("27.1", "27.2");
        assert_eq!(import(&place, &staff.technician, &built, &other, false).await.ok(409)["code"], "plate-not-built");

        // Nothing is final yet, and whoever read does not release.
        assert_eq!(told(&place, &people[0]).await["state"], "in-laboratory");
        assert_eq!(place.post(&staff.technician, &of_plate(&built, "release"), &json!({})).await.status, 403);
        let released = place.post(&staff.releaser, &of_plate(&built, "release"), &json!({})).await.ok(200);
        assert_eq!(released["released"].as_array().unwrap().len(), 3);
        assert_eq!(released["left"], json!([{"label": labels[2], "result": "positive"}]));
        let own = told(&place, &people[0]).await;
        assert_eq!((&own["state"], &own["result"]), (&json!("result"), &json!("negative")));
        assert_eq!(told(&place, &people[2]).await["state"], "in-laboratory");
        assert_eq!(owed(&place, &staff, &people[0]).await, ["conclude"]);

        let tube = release(&place, &staff.releaser, &labels[2]).await.ok(200);
        assert_eq!((&tube["tests"][0]["result"], &tube["report_due"]), (&json!("positive"), &Value::Null));
        let own = told(&place, &people[2]).await;
        assert_eq!(own["result"], "positive");
        assert!(own["text"].as_str().unwrap().contains("doctor"));
        assert_eq!(owed(&place, &staff, &people[2]).await, ["conclude", "tell-person", "trace-contacts"]);
        assert_eq!(release(&place, &staff.releaser, &labels[2]).await.ok(409)["code"], "already-released");
        let plates = place.get("/api/v1/laboratory/plates").token(&staff.releaser).send().await.ok(200);
        assert_eq!((&plates["plates"][0]["state"], &plates["plates"][0]["tubes"]), (&json!("accepted"), &json!(4)));
    }

    async fn a_full_plate_is_built_read_and_released(place: Place) {
        let staff = Staff::of(&place).await;
        let (people, labels) = people(&place, &staff, 12).await;
        let all: Vec<&String> = labels.iter().collect();
        let twice = [all.clone(), vec![&labels[0]]].concat();
        assert_eq!(place.post(&staff.technician, "/laboratory/plates", &json!({"labels": twice})).await.ok(409)["code"], "plate-twice");
        let built = plate(&place, &staff, &all).await;
        let elsewhere = place.post(&staff.technician, "/laboratory/plates", &json!({"labels": [labels[3]]})).await.ok(422);
        assert_eq!(elsewhere["errors"][0], json!({"pointer": "/labels/0", "code": "not-queued", "message": elsewhere["errors"][0]["message"]}));
        assert_eq!(place.post(&staff.technician, "/laboratory/plates", &json!({})).await.ok(409)["code"], "plate-empty");
        let csv = file(&built, |_| NEGATIVE);
        // What an instrument of another make writes of the same plate.
        let rows: String = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>().join("\t") + "\n").collect();
        let export = format!("* Experiment Barcode = {}\n\n[Results]\nWell Position\tSample Name\tTarget Name\tCT\n{rows}", built["name"].as_str().unwrap());
        let instrument = place.token("cycler 1", Role::Instrument).await;
        let done = import(&place, &instrument, &built, &export, false).await.ok(200);
        assert_eq!((&done["format"], &done["state"]), (&json!("quantstudio"), &json!("accepted")));
        let released = place.post(&staff.releaser, &of_plate(&built, "release"), &json!({})).await.ok(200);
        assert_eq!(released["released"].as_array().unwrap().len(), 12);
        for who in &people {
            assert_eq!(told(&place, who).await["result"], "negative");
        }
    }

    async fn a_file_that_does_not_fit_is_refused_with_every_row(place: Place) {
        let staff = Staff::of(&place).await;
        let (_, labels) = people(&place, &staff, 3).await;
        let built = plate(&place, &staff, &[&labels[0], &labels[1]]).await;
        let good = file(&built, |_| NEGATIVE);
        let swapped = good.replace(&labels[0], "X").replace(&labels[1], &labels[0]).replace('X', &labels[1]);
        let unknown = good.replace(&labels[0], &labels[2]);
        let cut: String = good.lines().take(4).map(|line| format!("{line}\n")).collect();
        for (csv, code, line) in [
            (swapped, "other-label", json!(2)), (unknown, "other-label", json!(2)), (cut, "missing", Value::Null),
            (good.replace("A1", "A13"), "not-a-well", json!(2)), (good.replace("27.1", "27,1"), "extra-cell", json!(4)),
            ("hello".into(), "no-column", json!(1)), (good.replace(",N,", ",M,"), "unknown-target", json!(3)),
        ] {
            let dry = import(&place, &staff.technician, &built, &csv, true).await.ok(200);
            let fault = &dry["faults"][0];
            assert_eq!((&fault["code"], &fault["line"]), (&json!(code), &line), "{dry}");
            assert!(!fault["message"].as_str().unwrap().contains('⟦'), "{fault}");
            let refused = import(&place, &staff.technician, &built, &csv, false).await.ok(422);
            assert_eq!(refused["errors"].as_array().unwrap().len(), dry["faults"].as_array().unwrap().len());
        }
        assert_eq!(seen(&place, &staff.technician, &built).await["state"], "built", "nothing was taken");
        assert_eq!(tube(&place, &staff.technician, &labels[0]).await["tests"][0]["state"], "on-plate");
    }

    async fn a_plate_whose_controls_fail_sends_its_tests_back(place: Place) {
        let staff = Staff::of(&place).await;
        let (people, labels) = people(&place, &staff, 2).await;
        let all: Vec<&String> = labels.iter().collect();
        let built = plate(&place, &staff, &all).await;
        let dirty = file(&built, |_| POSITIVE).replace("H12,,N,", "H12,,N,37.5");
        let done = import(&place, &staff.technician, &built, &dirty, false).await.ok(200);
        assert_eq!(done["controls"], json!([{"control": "no-template", "channel": "N", "why": "amplified"}]));
        assert_eq!(seen(&place, &staff.technician, &built).await["state"], "rejected");
        assert_eq!(place.post(&staff.releaser, &of_plate(&built, "release"), &json!({})).await.ok(409)["code"], "plate-not-accepted");
        assert_eq!(release(&place, &staff.releaser, &labels[0]).await.ok(409)["code"], "not-read");

        // The next plate is dropped, the third counts.
        let dropped = plate(&place, &staff, &all).await;
        place.post(&staff.technician, &of_plate(&dropped, "reject"), &json!({})).await.ok(200);
        let third = plate(&place, &staff, &all).await;
        let used = import(&place, &staff.technician, &third, &dirty, false).await.ok(422);
        assert_eq!(used["errors"][0]["code"], "run-of-another-plate");
        import(&place, &staff.technician, &third, &file(&third, |_| NEGATIVE), false).await.ok(200);
        place.post(&staff.releaser, &of_plate(&third, "release"), &json!({})).await.ok(200);
        assert_eq!(told(&place, &people[1]).await["result"], "negative");
        assert_eq!(place.post(&staff.technician, &of_plate(&third, "reject"), &json!({})).await.ok(409)["code"], "plate-released");
    }

    async fn an_inconclusive_result_is_tested_again_then_taken_again_then_a_doctors(place: Place) {
        let staff = Staff::of(&place).await;
        let who = ordered(&place, &staff, person(1)).await;
        for sample in 1..=2 {
            let label = received(&place, &staff, &who).await;
            for test in 1..=2 {
                let built = plate(&place, &staff, &[&label]).await;
                let run = file(&built, |_| INCONCLUSIVE);
                if test == 2 {
                    // The first test's file again is no second test.
                    let again = import(&place, &staff.technician, &built, &run, false).await.ok(422);
                    assert_eq!(again["errors"][0]["code"], "run-of-another-plate");
                }
                let run = run.replace("36.9", &format!("36.{test}"));
                let run = if test == 1 { file(&built, |_| INCONCLUSIVE) } else { run };
                import(&place, &staff.technician, &built, &run, false).await.ok(200);
                let nothing = place.post(&staff.releaser, &of_plate(&built, "release"), &json!({})).await.ok(200);
                assert_eq!(nothing["released"], json!([]), "no inconclusive is released in a batch");
                assert_eq!(told(&place, &who).await["state"], "in-laboratory");
                let tube = release(&place, &staff.releaser, &label).await.ok(200);
                assert_eq!(tube["tests"].as_array().unwrap().len(), 2, "sample {sample}");
            }
            let next: &[&str] = if sample == 1 { &["collect-sample"] } else { &["conclude"] };
            assert_eq!(owed(&place, &staff, &who).await, next);
        }
        assert_eq!(told(&place, &who).await["result"], "inconclusive");
    }

    async fn a_test_is_read_by_hand_and_a_result_amended_by_two(place: Place) {
        let staff = Staff::of(&place).await;
        let (people, labels) = people(&place, &staff, 1).await;
        let of = |verb: &str| format!("/laboratory/results/{}/{verb}", bare(&labels[0]));
        let says = |result: &str| json!({"result": result});
        assert_eq!(place.post(&staff.technician, &of("review"), &says("maybe")).await.status, 422);
        place.post(&staff.technician, &of("review"), &says("negative")).await.ok(200);
        assert_eq!(place.post(&staff.releaser, &of("amend"), &says("positive")).await.ok(409)["code"], "not-released");
        release(&place, &staff.releaser, &labels[0]).await.ok(200);
        assert_eq!(told(&place, &people[0]).await["result"], "negative");

        assert_eq!(place.post(&staff.releaser, &of("amend"), &says("negative")).await.ok(422)["errors"][0]["code"], "same-result");
        let proposed = place.post(&staff.releaser, &of("amend"), &says("positive")).await.ok(200);
        assert_eq!((&proposed["state"], &proposed["found_by"]), (&json!("proposed"), &json!("ren")));
        assert_eq!(told(&place, &people[0]).await["result"], "negative", "one person alone amends nothing");
        assert_eq!(place.post(&staff.releaser, &of("amend"), &says("positive")).await.ok(409)["code"], "second-person-needed");
        assert_eq!(place.post(&staff.technician, &of("amend"), &says("positive")).await.ok(409)["code"], "second-person-needed");
        let second = place.token("second", Role::Releaser).await;
        let amended = place.post(&second, &of("amend"), &says("positive")).await.ok(200);
        assert_eq!((&amended["state"], &amended["found_by"]), (&json!("amended"), &json!("ren")));
        assert_eq!(told(&place, &people[0]).await["result"], "positive");
        assert_eq!(tube(&place, &second, &labels[0]).await["tests"][0]["version"], 2);
        assert_eq!(owed(&place, &staff, &people[0]).await, ["conclude", "tell-person", "trace-contacts"]);
        // An old proposal says nothing of the new result.
        let proposed = place.post(&staff.releaser, &of("amend"), &says("negative")).await.ok(200);
        assert_eq!(proposed["state"], "proposed");
    }

    async fn one_token_in_two_roles_is_still_one_person(place: Place) {
        let staff = Staff::of(&place).await;
        let (_, labels) = people(&place, &staff, 1).await;
        let built = plate(&place, &staff, &[&labels[0]]).await;
        import(&place, &staff.technician, &built, &file(&built, |_| NEGATIVE), false).await.ok(200);
        assert_eq!(place.post(&staff.sampler, &of_plate(&built, "release"), &json!({})).await.status, 403);
        assert_eq!(release(&place, &staff.technician, &labels[0]).await.status, 403);
        assert_eq!(place.post(&staff.releaser, "/laboratory/plates", &json!({})).await.status, 403);
    }

    async fn the_laboratory_works_blind(place: Place) {
        let staff = Staff::of(&place).await;
        let (people, labels) = people(&place, &staff, 2).await;
        let built = plate(&place, &staff, &[&labels[0]]).await;
        let mut said = vec![built.to_string()];
        for (token, path) in [
            (&staff.technician, "samples?test=queued".to_owned()), (&staff.technician, "samples?test=on-plate".to_owned()),
            (&staff.technician, format!("samples/{}", bare(&labels[0]))), (&staff.technician, "laboratory/plates".to_owned()),
            (&staff.releaser, format!("laboratory/plates/{}", built["id"].as_str().unwrap())), (&staff.technician, "laboratory/custody".to_owned()),
        ] {
            said.push(place.get(&format!("/api/v1/{path}")).token(token).send().await.ok(200).to_string());
        }
        said.push(import(&place, &staff.technician, &built, &file(&built, |_| NEGATIVE), false).await.text());
        said.push(place.post(&staff.releaser, &of_plate(&built, "release"), &json!({})).await.text());
        said.push(place.post(&staff.technician, "/laboratory/rejections", &json!({"label": labels[1], "why": "leaking"})).await.text());
        let said = said.join("\n");
        for who in &people {
            let journey = who.journey.as_str().unwrap();
            for planted in [who.person.primary, who.person.secondary, who.person.number, &who.code, journey, "31A"] {
                assert!(!said.contains(planted), "{planted} was said to the laboratory");
            }
        }
        // And who works there sees nothing else.
        for path in ["obligations", "flights"] {
            assert_eq!(place.get(&format!("/api/v1/{path}")).token(&staff.technician).send().await.status, 403);
        }
    }
}
