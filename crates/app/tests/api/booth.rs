//! The booth: one person, one label, one tube.

use jiff::ToSpan;
use pratique::actions::give_up_sample::miss_overdue;
use pratique_core::access::Role;
use serde_json::{Value, json};

use super::sampling::{Staff, bare, collected, ordered, owed, person, received, seated, told, tube};
use crate::support::people::OKAFOR;
use crate::support::{On, Place, at, on_every_engine, uuid};

on_every_engine! {
    async fn a_sample_is_ordered_once_and_told_to_its_person(place: Place) {
        let staff = Staff::of(&place).await;
        let who = ordered(&place, &staff, person(1)).await;
        assert_eq!(told(&place, &who).await["state"], "to-be-taken");
        let again = place.post(&staff.medical, "/samples", &json!({"journey": who.journey})).await.ok(409);
        assert_eq!(again["code"], "sample-owed");
        let denied = place.post(&staff.sampler, "/samples", &json!({"journey": who.journey})).await;
        assert_eq!(denied.status, 403);
        assert_eq!(place.post(&staff.medical, "/samples", &json!({"journey": uuid()})).await.status, 404);
    }

    async fn a_label_comes_only_from_a_scan_at_a_booth_a_moment_ago_and_with_consent(place: Place) {
        let staff = Staff::of(&place).await;
        let who = ordered(&place, &staff, person(1)).await;
        let label = |scan: &str, consent: &str| json!({"scan_id": scan, "consent": consent});
        let code = |answer: Value| answer["errors"][0]["code"].as_str().unwrap().to_owned();
        // A scan at another station, one that nobody made, one that is too old, another's document, another consent.
        let lane = uuid();
        let officer = place.token("officer", Role::Officer).await;
        place.post(&officer, "/checkpoint/scans", &json!({"scan_id": lane, "station": "T3D-L01", "pass": who.pass})).await.ok(200);
        assert_eq!(place.post(&staff.sampler, "/checkpoint/scans", &json!({"scan_id": uuid(), "station": "T3D-L01", "pass": who.pass})).await.status, 403);
        for scan in [lane, uuid()] {
            let refused = place.post(&staff.sampler, "/samples/labels", &label(&scan, "1")).await.ok(422);
            assert_eq!(code(refused), "scan-not-here");
        }
        let swapped = uuid();
        let body = json!({"scan_id": swapped, "station": "T3D-B02", "pass": who.pass, "mrz": OKAFOR.mrz()});
        place.post(&staff.sampler, "/checkpoint/scans", &body).await.ok(200);
        assert_eq!(code(place.post(&staff.sampler, "/samples/labels", &label(&swapped, "1")).await.ok(422)), "scan-other-document");
        let forged = uuid();
        place.post(&staff.sampler, "/checkpoint/scans", &json!({"scan_id": forged, "station": "T3D-B02", "pass": "PQ1:X"})).await.ok(200);
        assert_eq!(code(place.post(&staff.sampler, "/samples/labels", &label(&forged, "1")).await.ok(422)), "scan-not-good");
        let good = seated(&place, &staff, &who).await;
        assert_eq!(code(place.post(&staff.sampler, "/samples/labels", &label(&good, "0")).await.ok(422)), "other-consent");
        place.clock.set(place.clock.now() + 16.minutes());
        assert_eq!(code(place.post(&staff.sampler, "/samples/labels", &label(&good, "1")).await.ok(422)), "scan-too-old");

        let fresh = seated(&place, &staff, &who).await;
        let made = place.call("POST", "/api/v1/samples/labels").token(&staff.sampler).once("k").json(&label(&fresh, "1")).send().await;
        let again = place.call("POST", "/api/v1/samples/labels").token(&staff.sampler).once("k").json(&label(&fresh, "1")).send().await;
        assert_eq!((made.status, &made.bytes), (201, &again.bytes));
        let picture = place.get(made.json()["label_svg"].as_str().unwrap()).token(&staff.sampler).send().await;
        assert!(picture.text().contains(made.json()["label"].as_str().unwrap()));
    }

    async fn two_people_are_never_mixed_up(place: Place) {
        let staff = Staff::of(&place).await;
        let (one, two) = (ordered(&place, &staff, person(1)).await, ordered(&place, &staff, person(2)).await);
        let (first, second) = (seated(&place, &staff, &one).await, seated(&place, &staff, &two).await);
        let label = |scan: &str| json!({"scan_id": scan, "consent": "1"});
        let labelled = |answer: Value| answer["label"].as_str().unwrap().to_owned();
        let void = labelled(place.post(&staff.sampler, "/samples/labels", &label(&first)).await.ok(201));
        let own = labelled(place.post(&staff.sampler, "/samples/labels", &label(&first)).await.ok(201));
        let other = labelled(place.post(&staff.sampler, "/samples/labels", &label(&second)).await.ok(201));
        // The other's tube, a void label, one that nobody printed: each is the wrong tube in this hand.
        for wrong in [&other, &void, &"#00000000A".to_owned()] {
            let path = format!("/samples/{}/collect", bare(wrong));
            let refused = place.post(&staff.sampler, &path, &json!({"scan_id": first})).await;
            assert!(matches!(refused.status, 409 | 422), "{}", refused.text());
        }
        assert_eq!(place.get(&format!("/api/v1/samples/{}", bare(&void))).token(&staff.sampler).send().await.status, 404);
        let path = format!("/samples/{}/collect", bare(&own));
        place.post(&staff.sampler, &path, &json!({"scan_id": first})).await.ok(200);
        let twice = place.post(&staff.sampler, &path, &json!({"scan_id": first})).await.ok(409);
        assert_eq!(twice["code"], "sample-elsewhere");
        assert_eq!(owed(&place, &staff, &one).await, ["deliver-sample", "report-result"]);
        assert_eq!(tube(&place, &staff.technician, &own).await["specimen"], "nasopharyngeal");
    }

    async fn a_refusal_goes_to_the_doctor(place: Place) {
        let staff = Staff::of(&place).await;
        let who = ordered(&place, &staff, person(1)).await;
        let scan = seated(&place, &staff, &who).await;
        let body = json!({"scan_id": scan, "why": "refused", "reason": "Afraid of swabs"});
        let answer = place.post(&staff.sampler, "/samples/not-sampled", &body).await.ok(200);
        assert_eq!(answer, json!({"label": null, "state": "not-sampled"}));
        assert_eq!(owed(&place, &staff, &who).await, ["conclude"]);
        assert_eq!(told(&place, &who).await["state"], "not-taken");
        // Another way may be found.
        place.post(&staff.medical, "/samples", &json!({"journey": who.journey})).await.ok(201);
    }

    async fn what_is_wrong_with_one_tube_does_not_hold_up_the_parcel(place: Place) {
        let staff = Staff::of(&place).await;
        let mut labels = Vec::new();
        for number in 1..=3 {
            let who = ordered(&place, &staff, person(number)).await;
            labels.push(collected(&place, &staff, &who).await);
        }
        let sent = json!({"labels": [labels[0], labels[1], "#00000000A", "nonsense", labels[0]], "parcel": "Box 7"});
        let answer = place.post(&staff.sampler, "/samples/parcels", &sent).await.ok(200);
        assert_eq!((&answer["taken"], &answer["refused"]), (&json!(2), &json!(2)));
        assert_eq!(tube(&place, &staff.sampler, &labels[0]).await["parcel"], "Box 7");
        let there = json!({"labels": labels});
        let answer = place.post(&staff.technician, "/laboratory/receipts", &there).await.ok(200);
        // The third was never sent, and is there all the same.
        assert_eq!(answer["taken"], 3);
        assert_eq!(place.post(&staff.sampler, "/laboratory/receipts", &there).await.status, 403);
    }

    async fn a_tube_that_does_not_arrive_is_missed_found_or_given_up(place: Place) {
        let staff = Staff::of(&place).await;
        let (late, lost) = (ordered(&place, &staff, person(1)).await, ordered(&place, &staff, person(2)).await);
        let (found, gone) = (collected(&place, &staff, &late).await, collected(&place, &staff, &lost).await);
        assert_eq!(miss_overdue(&place.app).await.unwrap(), 0);
        place.clock.set(place.clock.now() + 121.minutes());
        // The server's own job may have been here first: it is done once all the same.
        miss_overdue(&place.app).await.unwrap();
        assert_eq!(miss_overdue(&place.app).await.unwrap(), 0);
        let missing = place.get("/api/v1/samples?state=missing").token(&staff.technician).send().await.ok(200);
        assert_eq!(missing["tubes"].as_array().unwrap().len(), 2);
        let custody = place.get("/api/v1/laboratory/custody").token(&staff.technician).send().await.ok(200);
        assert_eq!((&custody["tubes_without_step"], &custody["people_without_tube"]), (&json!(2), &json!(0)));
        assert_eq!(told(&place, &late).await["state"], "on-its-way");

        place.post(&staff.technician, "/laboratory/receipts", &json!({"labels": [found]})).await.ok(200);
        let given_up = place.post(&staff.technician, "/laboratory/losses", &json!({"label": gone})).await.ok(200);
        assert_eq!(given_up["state"], "lost");
        assert_eq!(owed(&place, &staff, &lost).await, ["collect-sample"], "another is taken");
        let custody = place.get("/api/v1/laboratory/custody").token(&staff.technician).send().await.ok(200);
        assert_eq!((&custody["tubes_without_step"], &custody["people_without_tube"]), (&json!(0), &json!(0)));
        // A tube that turns up after all is not believed any more.
        let late = place.post(&staff.technician, "/laboratory/receipts", &json!({"labels": [gone]})).await.ok(200);
        assert_eq!(late["tubes"][0]["code"], "sample-given-up");
        let again = ordered_again(&place, &staff, &lost).await;
        assert_ne!(again, gone);
    }

    async fn a_rejected_tube_is_taken_again(place: Place) {
        let staff = Staff::of(&place).await;
        let who = ordered(&place, &staff, person(1)).await;
        let label = received(&place, &staff, &who).await;
        let reject = |why: &str| json!({"label": label, "why": why});
        assert_eq!(place.post(&staff.technician, "/laboratory/rejections", &reject("ugly")).await.status, 422);
        place.post(&staff.technician, "/laboratory/rejections", &reject("leaking")).await.ok(200);
        assert_eq!(tube(&place, &staff.technician, &label).await["why"], "leaking");
        assert_eq!(told(&place, &who).await["state"], "to-be-taken");
        assert_eq!(owed(&place, &staff, &who).await, ["collect-sample"]);
        ordered_again(&place, &staff, &who).await;
    }
}

/// The second sample is taken like the first: the person comes to the booth again.
async fn ordered_again(place: &Place, staff: &Staff, who: &super::sampling::Declared) -> String {
    assert!(place.clock.now() > at("2026-11-23T00:00:00Z"));
    received(place, staff, who).await
}
