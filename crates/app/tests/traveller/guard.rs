//! Foreign pages, foreign browsers, broken forms; and every page under one policy.

use crate::browser::Browser;
use crate::declare::{TRIP, filled, flight, sent};
use crate::support::people::OKAFOR;
use crate::support::{On, Place, secrecy};

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
    assert_eq!(browser.post("/declare/trip", &[("/trip/flight", &huge)]).await.status, 413);
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
    assert!(page.html.contains("&#34;&#62;&#60;script&#62;") && !page.html.contains("<script>"));
    let check = browser.get("/declare/check").await;
    assert!(check.html.contains("&#60;script&#62;") && !check.html.contains("<script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_sent_compressed_unless_another_site_makes_the_browser_ask() {
    let place = Place::open(On::Memory).await;
    let plain = place.get("/api").send().await;
    assert!(plain.bytes.len() > 1024 && plain.header("content-encoding").is_empty(), "who cannot unpack gets it plain");
    for (takes, with) in [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("identity", "")] {
        let page = place.get("/api").header("accept-encoding", takes).send().await;
        assert_eq!(page.header("content-encoding"), with, "{takes}");
        assert!(with.is_empty() || page.bytes.len() * 2 < plain.bytes.len(), "{takes}: {}", page.bytes.len());
        assert!(page.header("vary").contains("accept-encoding"), "caches keep them apart");
    }
    for (site, with) in [("same-origin", "br"), ("none", "br"), ("cross-site", ""), ("same-site", "")] {
        let call = place.get("/api").header("accept-encoding", "br").header("sec-fetch-site", site);
        assert_eq!(call.send().await.header("content-encoding"), with, "{site}");
    }
    let style = pratique::assets::address("pratique.css");
    let style = place.get(&style).header("accept-encoding", "br").send().await;
    assert!(style.header("content-encoding") == "br" && style.header("cache-control").contains("immutable"));
    let small = place.get("/livez").header("accept-encoding", "br").send().await;
    assert_eq!(small.header("content-encoding"), "", "what is small already is left alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_open_while_another_declaration_was_begun_says_so_and_mixes_nobody() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    let token = |page: &crate::browser::Page| page.between("name=\"csrf\" value=\"", "\"").to_owned();
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let old = token(&browser.get("/declare/trip").await);
    // As if the browser's one cookie had been set again in another tab.
    browser.cookies.clear();
    browser.post("/declare", &[("port", "CNPEK")]).await;
    for address in ["/declare/trip", "/declare/companions", "/declare/later", "/declare/check"] {
        let page = browser.post(address, &[("csrf", &old), ("/trip/flight", "ZZ999")]).await;
        assert_eq!(page.status, 409, "{address}");
        assert!(
            page.html.contains("another declaration open") && page.html.contains("href=\"/declare\""),
            "{}",
            page.html
        );
    }
    assert!(!browser.get("/declare/trip").await.html.contains("ZZ999"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_a_form_never_looks_the_same_and_always_fits() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let page = browser.get("/declare/trip").await;
        let token = page.between("name=\"csrf\" value=\"", "\"").to_owned();
        assert_eq!(browser.post("/declare/trip", &[("csrf", &token)]).await.status, 303);
        let mut altered = token.clone();
        altered.replace_range(30..31, if &token[30..31] == "x" { "y" } else { "x" });
        for wrong in [&token[..token.len() / 2], "", "=", &format!("{token}AAAA")] {
            assert_eq!(browser.post("/declare/trip", &[("csrf", wrong)]).await.status, 403, "{wrong}");
        }
        // It could be another draft's, so that is what is said; taken it is not.
        assert_eq!(browser.post("/declare/trip", &[("csrf", &altered)]).await.status, 409);
        seen.insert(token);
    }
    assert_eq!(seen.len(), 3);
}

#[test]
fn what_every_page_is_searched_for_is_found_where_it_stands() {
    let none = reqwest::header::HeaderMap::new();
    let leads = |to: &'static str| [("location", to)].map(|(name, to)| (name.parse().unwrap(), to.parse().unwrap()));
    let leads = |to| reqwest::header::HeaderMap::from_iter(leads(to));
    for (html, headers) in [
        ("<a href=\"/find?proof=E12345678\">", none.clone()),
        ("<form method=\"post\" action=\"/desk/okafor\">", none.clone()),
        ("<img src=\"/x/1988-03-02.svg\">", none.clone()),
        ("<meta http-equiv=\"refresh\" content=\"5; url=/x?born=19950505&n=garcia\">", none.clone()),
        ("", leads("/pass/x?phone=+8613800000000")),
        ("", leads("/x?phone=138%200000%200000")),
    ] {
        assert!(std::panic::catch_unwind(|| secrecy::hold(html, &headers)).is_err(), "{html} {headers:?}");
    }
    secrecy::hold("<p>E12345678</p><a href=\"/pass/7GQ2M4XK9TA\">", &leads("/find?code=7GQ2M4XK9TA"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_proves_itself_gets_another_session_and_the_one_before_sees_no_more() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    sent(&mut browser).await;
    let before = browser.cookies["traveller"].clone();
    let other = place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201)["code"].clone();
    let other = other.as_str().unwrap();
    let found = browser.fill("/find", &[("code", other), ("proof", OKAFOR.number)]).await;
    assert_eq!(found.code(), other);
    let after = browser.cookies.insert("traveller".to_owned(), before.clone()).unwrap();
    assert_ne!(before, after);
    assert_eq!(browser.get(&format!("/pass/{other}")).await.address, format!("/find?code={other}"));
    browser.cookies.insert("traveller".to_owned(), after);
    assert_eq!(browser.get(&format!("/pass/{other}")).await.code(), other);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_browser_that_tells_an_origin_is_believed() {
    let place = Place::open(On::Memory).await;
    let begin = async |origin: &str| {
        let call = place.call("POST", "/declare").header("origin", origin);
        call.body("application/x-www-form-urlencoded", "port=CNPEK").send().await
    };
    assert_eq!(begin("https://evil.example").await.status, 403);
    assert_eq!(begin("null").await.status, 200, "our pages tell no referrer");
    assert_eq!(begin(&format!("http://{}", place.address)).await.status, 200);
}
