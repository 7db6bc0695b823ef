//! The pass afterwards: found again, changed, confirmed, taken back.

use pratique_core::access::Role;

use crate::browser::Browser;
use crate::declare::{filled, flight, sent, with_child};
use crate::support::people::ca938;
use crate::support::{On, Place};

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_found_again_by_code_and_document_or_not_at_all() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let code = sent(&mut browser).await.code();

    let mut another = Browser::new(&place);
    assert_eq!(another.get(&format!("/pass/{code}")).await.address, format!("/find?code={code}"));
    let find = async |browser: &mut Browser<'_>, code: &str, proof: &str| {
        browser.fill("/find", &[("code", code), ("proof", proof)]).await
    };
    let lower = format!("{}-{}", &code[..4], &code[4..]).to_lowercase();
    for (code, proof, words) in [
        (code.as_str(), "E00000000", "We find no declaration"),
        ("00000000000", "E12345678", "We find no declaration"),
        ("7GQ2", "E12345678", "11 letters and digits"),
        (&code, "", "Enter the document number"),
    ] {
        let page = find(&mut another, code, proof).await;
        assert_eq!(page.status, 422, "{code} {proof}");
        assert!(page.html.contains(words) && page.html.contains("Error:"), "{words}");
    }
    let found = find(&mut another, &lower, "e-12345678").await;
    assert_eq!(found.code(), code);
    assert!(found.html.contains("Ready to show") && !found.html.contains("is received"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_changed_and_the_code_stays() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let pass = sent(&mut browser).await;
    let check = browser.fill_page(&pass, &format!("{}/amend", pass.address.split('?').next().unwrap()), &[]).await;
    assert_eq!(check.address, "/declare/check");
    assert!(check.html.contains("Your earlier answers stay in force") && check.html.contains("1988"));
    assert!(!check.html.contains("Does anybody travel with you?"));
    let page = browser.fill("/declare/trip?then=check", &[("/trip/seat", "12c")]).await;
    assert_eq!(page.address, "/declare/check");

    // Another flight is another entry: told where it can be mended, nothing lost.
    browser.fill("/declare/trip?then=check", &[("/trip/flight", "CA940")]).await;
    let refused = browser.fill("/declare/check", &[("/attested", "true")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("Another flight is another") && refused.html.contains("/declare/trip?then=check"));
    browser.fill("/declare/trip?then=check", &[("/trip/flight", "CA938")]).await;
    let amended = sent(&mut browser).await;
    assert_eq!(amended.code(), pass.code());
    let again = browser.fill_page(&amended, &format!("/pass/{}/amend", pass.code()), &[]).await;
    assert!(again.html.contains("12C"), "{}", again.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_declaration_is_confirmed_within_the_day() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    place.set("2026-11-22T00:00:00Z");
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let pass = sent(&mut browser).await;
    assert!(pass.html.contains("Received: to be confirmed") && pass.html.contains("23 November 2026, 14:00"));
    let action = format!("/pass/{}/confirm", pass.code());
    assert!(!pass.html.contains(&action), "not yet");
    let early = browser.fill_page(&pass, &action, &[]).await;
    assert_eq!(early.status, 409);
    assert!(early.html.contains("too early to confirm"));

    place.set("2026-11-23T08:00:00Z");
    let now = browser.get(&format!("/pass/{}", pass.code())).await;
    assert!(now.html.contains(&action));
    let confirmed = browser.fill_page(&now, &action, &[]).await;
    assert_eq!(confirmed.code(), pass.code());
    assert!(confirmed.html.contains("Ready to show") && confirmed.html.contains("Confirmed."), "{}", confirmed.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_of_a_flight_that_was_moved_says_when_it_comes_and_goes_on_counting() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let pass = sent(&mut browser).await;
    assert!(pass.html.contains("Counts if made or confirmed from") && !pass.html.contains("Now expected"));
    let mut moved = ca938();
    moved["scheduled_arrival"] = serde_json::json!("2026-11-28T14:00:00+08:00");
    let token = place.token("mover", Role::Planner).await;
    let path = "/api/v1/flights/CA938-2026-11-24-CNPEK";
    place.call("PUT", path).token(&token).json(&moved).send().await.ok(200);
    let pass = browser.get(&format!("/pass/{}", pass.code())).await;
    for shown in ["Ready to show", "CA938, 24 November 2026", "Now expected", "28 November 2026, 14:00"] {
        assert!(pass.html.contains(shown), "{shown}: {}", pass.html);
    }
    assert!(!pass.html.contains("Counts if made or confirmed from"), "{}", pass.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_is_confirmed_by_one_press() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    place.set("2026-11-22T00:00:00Z");
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    with_child(&mut browser).await;
    let pass = sent(&mut browser).await;
    assert_eq!(pass.html.matches("Received: to be confirmed").count(), 2, "{}", pass.html);
    assert!(pass.html.contains("confirm your answers on it when the flight is near"), "{}", pass.html);
    assert!(
        !pass.html.contains("Show this code at the health checkpoint.") && !pass.html.contains("How long does it take")
    );
    place.set("2026-11-23T08:00:00Z");
    let address = format!("/pass/{}", pass.code());
    let now = browser.get(&address).await;
    assert!(now.html.contains("what I said of us all"), "{}", now.html);
    // A browser that has proved the mother's alone speaks for her alone.
    let mut another = Browser::new(&place);
    let found = another.fill("/find", &[("code", &pass.code()), ("proof", "E12345678")]).await;
    assert!(!found.html.contains("of us all"));
    let own = another.fill_page(&found, &format!("{address}/confirm"), &[]).await;
    assert_eq!(own.html.matches("Ready to show").count(), 1, "{}", own.html);
    // Pressed again, or for whoever is left: nothing twice, nobody forgotten.
    let both = browser.fill_page(&now, &format!("{address}/confirm"), &[]).await;
    assert_eq!(both.html.matches("Ready to show").count(), 2, "{}", both.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_withdrawn_after_being_asked_once_more() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let pass = sent(&mut browser).await;
    let address = format!("/pass/{}/withdraw", pass.code());
    assert!(pass.html.contains(&address));
    let gone = browser.fill(&address, &[]).await;
    assert_eq!(gone.code(), pass.code());
    assert!(gone.html.contains("Withdrawn") && !gone.html.contains("class=\"code\""), "{}", gone.html);
    assert_eq!(gone.between("<h1>", "</h1>"), "This declaration was withdrawn");
    assert!(gone.html.contains("href=\"/\">Make a new declaration<") && !gone.html.contains("Your health pass"));
    assert!(!gone.html.contains("Good until") && !gone.html.contains("Keep it"), "{}", gone.html);
    assert_eq!(browser.fill_page(&pass, &format!("/pass/{}/confirm", pass.code()), &[]).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_is_none_any_more_is_not_headed_like_one() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let older = sent(&mut browser).await;
    filled(&mut browser).await;
    let newer = sent(&mut browser).await;
    assert_ne!(older.code(), newer.code());
    let replaced = browser.get(&format!("/pass/{}", older.code())).await;
    assert_eq!(replaced.between("<h1>", "</h1>"), "This pass was replaced");
    assert!(replaced.html.contains("href=\"/find\">Find the newer pass<") && !replaced.html.contains("<img class"));

    place.set("2026-11-26T12:00:00Z");
    let expired = browser.get(&format!("/pass/{}", newer.code())).await;
    assert_eq!(expired.between("<h1>", "</h1>"), "The time of this pass is over");
    assert!(
        expired.html.contains("Make a new declaration") && !expired.html.contains("<img class"),
        "{}",
        expired.html
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_too_often_is_told_how_many_minutes_to_wait() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let code = sent(&mut browser).await.code();
    let mut another = Browser::new(&place);
    let wrong = [("code", code.as_str()), ("proof", "E00000000")];
    let mut waits = Vec::new();
    for tries in 0..6 {
        let page = another.fill("/find", &wrong).await;
        assert_eq!(page.status, if tries < 5 { 422 } else { 429 });
        waits.push(page.html);
    }
    assert!(waits[5].contains("Please try again in 15 minutes, or ask"), "{}", waits[5]);
    let at = |s: i64| place.clock.set(place.app.now() + jiff::SignedDuration::from_secs(s));
    at(14 * 60 + 30);
    assert!(another.fill("/find", &wrong).await.html.contains("Please try again in a minute, or ask"));
    another.get("/find?lang=zh-Hans").await;
    at(-60 * 4);
    assert!(another.fill("/find", &wrong).await.html.contains("请5分钟后再试"));
}
