//! Foreign pages, foreign browsers, broken forms; and every page under one policy.

use crate::browser::Browser;
use crate::declare::TRIP;
use crate::support::{On, Place};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_drafts_token_or_from_another_site_changes_nothing() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    for pairs in [&[("/trip/flight", "CA938")][..], &[("csrf", "x"), ("/trip/flight", "CA938")]] {
        assert_eq!(browser.post("/declare/trip", pairs).await.status, 403);
    }
    for address in ["/declare/check", "/declare/companions"] {
        assert_eq!(browser.post(address, &[("add", "1")]).await.status, 403, "{address}");
    }
    browser.headers = vec![("sec-fetch-site", "cross-site")];
    let foreign = browser.fill("/declare/trip", TRIP).await;
    assert_eq!(foreign.status, 403);
    for address in ["/declare", "/find"] {
        assert_eq!(browser.post(address, &[("port", "CNPEK")]).await.status, 403, "{address}");
    }
    browser.headers.clear();
    let page = browser.get("/declare/trip").await;
    assert!(page.html.contains("name=\"/trip/flight\" type=\"text\" value=\"\""), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_draft_leads_to_the_start() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    for address in
        ["/declare", "/declare/trip", "/declare/check", "/declare/answers/health", "/declare/companions/0/you"]
    {
        assert_eq!(browser.get(address).await.address, "/", "{address}");
    }
    browser.cookies.insert("draft".to_owned(), "made-up".to_owned());
    assert_eq!(browser.get("/declare/trip").await.address, "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_a_page_too_and_what_cannot_be_read_says_so() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    for address in ["/nowhere", "/declare/nowhere", "/declare/companions/x/you", "/assets/none.css"] {
        assert_eq!(browser.get(address).await.status, 404, "{address}");
    }
    assert_eq!(browser.get("/declare/answers/nowhere").await.address, "/declare/trip");
    assert_eq!(browser.get("/declare/companions/7/answers/nowhere").await.address, "/declare/trip");
    assert!(browser.get("/nowhere").await.html.contains("There is no such page"));
    let huge = "x".repeat(300 * 1024);
    assert_eq!(browser.post("/declare/trip", &[("/trip/flight", &huge)]).await.status, 400);
    for code in ["x", "%00", "7GQ2M4XK9TA", "..%2F..%2Fdeclare"] {
        let page = browser.get(&format!("/pass/{code}")).await;
        assert!(page.address.starts_with("/find?code="), "{code}: {}", page.address);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_once_chosen_stays() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    assert!(browser.get("/").await.html.contains("<html lang=\"en\""));
    assert!(browser.get("/?lang=zh-Hans").await.html.contains("<html lang=\"zh-Hans\""));
    assert!(browser.get("/privacy").await.html.contains("隐私"));
    let page = browser.get("/?lang=\"><script>").await;
    assert!(
        page.html.contains("<html lang=\"zh-Hans\"") && !page.html.contains("<script"),
        "an unknown one changes nothing"
    );
    browser.headers = vec![("accept-language", "en")];
    assert!(
        browser.get("/help").await.html.contains("<html lang=\"zh-Hans\""),
        "the person's choice beats the browser's"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_text_is_kept_as_a_text() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let hostile = "\"><script>alert(1)</script>";
    let page = browser.fill("/declare/you", &[("/traveller/name/primary", hostile)]).await;
    assert!(page.html.contains("&#34;&#62;&#60;script&#62;") && !page.html.contains("<script"));
    let check = browser.get("/declare/check").await;
    assert!(check.html.contains("&#60;script&#62;") && !check.html.contains("<script"));
}
