//! What a script that shows one question at a time asks of the server: the same pages, judged by the same code.

use std::num::NonZeroU32;

use pratique::app::Traffic;
use serde_json::Value;

use crate::browser::{Browser, Page};
use crate::declare::flight;
use crate::support::{On, Place};

/// Sends a part of a page, as the script does.
async fn keep(browser: &mut Browser<'_>, address: &str, asked: &[&str], typed: &[(&str, &str)]) -> Page {
    let page = browser.get(address).await;
    let token = page.between("name=\"csrf\" value=\"", "\"").to_owned();
    let asked = asked.iter().map(|name| ("asked", *name));
    let pairs: Vec<_> =
        [("csrf", token.as_str()), ("keep", "1")].into_iter().chain(asked).chain(typed.iter().copied()).collect();
    browser.post(address, &pairs).await
}

const HEALTH: [&str; 2] = ["/answers/health/unwell", "/answers/health/medicine"];

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_page_is_kept_and_judged_alone() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let asked = ["/traveller/document/type", "/traveller/document/number", "/traveller/name/primary"];
    let document = [("/traveller/document/type", "passport"), ("/traveller/document/number", "E12345678")];
    let names = [
        "/traveller/document/type",
        "/traveller/document/number",
        "/traveller/name/primary",
        "/traveller/name/secondary",
        "/traveller/name/native",
        "/traveller/birth_date",
        "/traveller/sex",
        "/traveller/nationality",
        "/traveller/document/issuer",
    ];
    let kept = keep(&mut browser, "/declare/you", &names, &document).await;
    assert_eq!((kept.status, kept.address.as_str(), kept.html.as_str()), (204, "/declare/contact", ""));
    assert!(browser.get("/declare/you").await.html.contains("value=\"E12345678\""));

    let wrong = [("/traveller/document/number", "E1234567!")];
    let page = keep(&mut browser, "/declare/you", &asked, &wrong).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains("href=\"#f:traveller:document:number\""), "{}", page.html);
    assert!(!page.html.contains("href=\"#f:traveller:name:primary\""), "nobody is scolded for what is not asked yet");
    assert!(browser.get("/declare/you").await.html.contains("value=\"E1234567!\""), "what is wrong is kept too");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_opens_or_closes_a_question_brings_the_page() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let address = "/declare/answers/health";
    let ill = [(HEALTH[0], "true"), (HEALTH[1], "false")];
    // Saved before already, when the answer changed: what counts is what the person has seen.
    for _ in 0..2 {
        let page = keep(&mut browser, address, &HEALTH, &ill).await;
        assert_eq!((page.status, page.address.as_str()), (200, "/declare/answers/test"));
        assert!(page.html.contains("data-asks=\"f:answers:health:symptoms\""), "{}", page.html);
    }
    let all = [
        HEALTH[0],
        "/answers/health/symptoms",
        "/answers/health/symptom_onset",
        "/answers/health/temperature_c",
        HEALTH[1],
    ];
    let page = keep(&mut browser, address, &all, &[(HEALTH[0], "false"), (HEALTH[1], "false")]).await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("/answers/health/symptoms"), "{}", page.html);
    let page = keep(&mut browser, address, &HEALTH, &[(HEALTH[0], "false"), (HEALTH[1], "false")]).await;
    assert_eq!(page.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flight_is_found_by_a_part_of_its_number_or_where_it_comes_from() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    let found = |page: Page| serde_json::from_str::<Value>(&page.html).unwrap();
    assert_eq!(browser.get("/declare/flights?q=CA").await.address, "/", "only for somebody who declares");
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let ca938 = found(browser.get("/declare/flights?q=ca%209").await);
    assert_eq!(ca938[0]["fills"]["/trip/flight"], "CA938");
    assert_eq!(ca938[0]["fills"]["/trip/date"], "2026-11-24");
    assert!(ca938[0]["text"].as_str().unwrap().starts_with("CA938 from "), "{ca938}");
    let origin = ca938[0]["text"].as_str().unwrap()[11..14].to_lowercase();
    for typed in ["938", "CA938", &origin] {
        assert_eq!(
            found(browser.get(&format!("/declare/flights?q={typed}")).await).as_array().unwrap().len(),
            1,
            "{typed}"
        );
    }
    for typed in ["", "c", "ZZ", "%25%00", "9388888888888888888888888888888"] {
        assert_eq!(found(browser.get(&format!("/declare/flights?q={typed}")).await), Value::Array(vec![]), "{typed}");
    }
    // Nobody types faster than that for long: the timetable is not read for a machine.
    let traffic = Traffic { per_address_min: NonZeroU32::new(3), ..Traffic::unlimited() };
    let place = Place::open_with(On::Memory, traffic).await;
    let mut machine = Browser::new(&place);
    machine.post("/declare", &[("port", "CNPEK")]).await;
    for _ in 0..120 {
        assert_eq!(machine.get("/declare/flights?q=CA938").await.status, 200);
    }
    let refused = machine.get("/declare/flights?q=CA938").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_travels_in_a_month_finds_nothing_of_todays_flights() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    let found = |page: Page| serde_json::from_str::<Value>(&page.html).unwrap();
    browser.post("/declare", &[("port", "CNPEK")]).await;
    place.set("2026-12-24T00:00:00Z");
    assert_eq!(found(browser.get("/declare/flights?q=CA938").await), Value::Array(vec![]));
}
