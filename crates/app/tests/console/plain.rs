//! What an officer is told in one line, each case for itself, in every language: nothing is left to be guessed.

use pratique::words::Words;
use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::browser::{Browser, Page, later};
use crate::lane::{declare, open};
use crate::support::Place;
use crate::support::people::{GARCIA, LI};

const LANGUAGES: [&str; 2] = ["en", "zh-Hans"];

/// An officer at a lane who reads this language.
async fn officer<'a>(place: &'a Place, language: &str) -> Browser<'a> {
    let lane = Browser::at_lane(place, &format!("wang {language}"), Role::Officer).await;
    lane.cookies.borrow_mut().insert("lang".into(), language.into());
    lane
}

/// The band and the first reason, as the one glance sees them.
#[track_caller]
fn says(page: &Page, language: &str, band: &str, reason: &str) {
    let words = Words::of(language);
    let (band_word, why) = (words.t(&format!("band-{band}")), words.t(reason));
    assert!(!why.contains('\u{27e6}'), "{language}: no words for {reason}");
    page.has(&format!("class=\"verdict {band}\"")).has(&format!("<h1>{band_word}</h1>"));
    page.has(&format!("<p class=\"why\">{why}</p>"));
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

async fn pass(place: &Place) -> String {
    text(&declare(place, &LI, json!({})).await, "pass")
}

#[tokio::test]
async fn a_document_that_is_another_persons() {
    for language in LANGUAGES {
        let place = open().await;
        let lane = officer(&place, language).await;
        says(&lane.scan(&pass(&place).await, &GARCIA.mrz()).await, language, "hold", "notice-document-mismatch");
    }
}

#[tokio::test]
async fn a_second_use_with_where_when_and_by_whom() {
    for language in LANGUAGES {
        let place = open().await;
        let lane = officer(&place, language).await;
        let pass = pass(&place).await;
        let first = lane.scan(&pass, &LI.mrz()).await;
        lane.decide(&first, "clear", "").await;
        later(&place, 61);
        let again = lane.scan(&pass, &LI.mrz()).await;
        says(&again, language, "hold", "notice-already-used");
        let used = again.html.split("<p class=\"used\">").nth(1).unwrap().split("</p>").next().unwrap();
        for figure in ["T3D-L01", "08:00", "UTC+8", &format!("wang {language}")] {
            assert!(used.contains(figure), "{figure}: {used}");
        }
    }
}

#[tokio::test]
async fn a_pass_whose_time_is_over_and_one_whose_time_has_not_come() {
    for language in LANGUAGES {
        let place = open().await;
        let pass = pass(&place).await;
        later(&place, 60 * 3600);
        let lane = officer(&place, language).await;
        says(&lane.scan(&pass, "").await, language, "check", "notice-pass-expired");

        let place = open().await;
        let mut body = LI.declaration();
        body["trip"] = json!({"flight": "CA938", "date": "2026-11-27"});
        let early = place.post("", "/declarations", &body).await.ok(201);
        let lane = officer(&place, language).await;
        says(&lane.scan(&text(&early, "pass"), "").await, language, "check", "notice-pass-not-yet");
    }
}

#[tokio::test]
async fn a_pass_that_was_altered_and_one_by_a_key_that_nobody_knows() {
    for language in LANGUAGES {
        let (place, stranger) = (open().await, open().await);
        let mut forged = pass(&place).await;
        let last = forged.pop().unwrap();
        forged.push(if last == '0' { '1' } else { '0' });
        let lane = officer(&place, language).await;
        says(&lane.scan(&forged, "").await, language, "hold", "notice-pass-forged");
        says(&lane.scan(&pass(&stranger).await, "").await, language, "hold", "notice-pass-unknown-issuer");
    }
}

#[tokio::test]
async fn a_pass_that_a_newer_one_took_the_place_of() {
    for language in LANGUAGES {
        let place = open().await;
        let declared = declare(&place, &LI, json!({})).await;
        let mut body = LI.declaration();
        body["trip"]["seat"] = json!("12C");
        let path = format!("/api/v1/declarations/{}", text(&declared, "code"));
        place.call("PUT", &path).proof(LI.number).json(&body).send().await.ok(200);
        let lane = officer(&place, language).await;
        says(&lane.scan(&text(&declared, "pass"), "").await, language, "hold", "notice-pass-revoked");
    }
}

#[tokio::test]
async fn somebody_who_is_not_on_the_flights_list() {
    for language in LANGUAGES {
        let place = open().await;
        let pass = pass(&place).await;
        let airline = place.token("planner 2", Role::Planner).await;
        let list = json!({"people": [{
            "role": "passenger", "name": {"primary": "Novak", "secondary": "Petra"}, "birth_date": "1971-05-06", "sex": "F",
            "nationality": "CZE", "seat": "2A", "documents": [{"type": "P", "number": "47110815", "issuer": "CZE"}],
        }]});
        let call = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest").token(&airline);
        assert!(call.json(&list).send().await.status < 300);
        let lane = officer(&place, language).await;
        let verdict = lane.scan(&pass, &LI.mrz()).await;
        says(&verdict, language, "check", "notice-not-on-list");
        // A list can be wrong: the officer who has seen the boarding pass lets the person go on.
        assert_eq!(lane.decide(&verdict, "clear", "").await.status, 303);
    }
}

#[tokio::test]
async fn nobody_who_declared() {
    for language in LANGUAGES {
        let place = open().await;
        let lane = officer(&place, language).await;
        let verdict = lane.scan("", &LI.mrz()).await;
        says(&verdict, language, "check", "notice-not-declared");
        verdict.has("/checkpoint/declare");
    }
}
