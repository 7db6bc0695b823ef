//! The pass afterwards: found again, changed, confirmed, taken back.

use crate::browser::Browser;
use crate::declare::{filled, flight, sent};
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
    assert!(confirmed.html.contains("Ready to show"));
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
    assert_eq!(browser.fill_page(&pass, &format!("/pass/{}/confirm", pass.code()), &[]).await.status, 409);
}
