//! Nothing typed is lost: not to time, not to a cookie that is gone, not to another device.

use std::num::NonZeroU32;

use pratique::app::Traffic;

use crate::browser::Browser;
use crate::declare::{CONTACT, LI, TRIP, filled, flight, healthy, sent};
use crate::kiosk::{begun, kiosk};
use crate::support::{On, Place, on_every_engine};

/// A code to go on with, as the page shows it.
async fn code(browser: &mut Browser<'_>) -> String {
    let page = browser.fill("/declare/later", &[]).await;
    page.between("<strong dir=\"ltr\">", "</strong>").to_owned()
}

on_every_engine! {
    async fn a_code_opens_the_same_draft_on_another_device_until_it_is_sent(place: Place) {
        flight(&place).await;
        let mut phone = Browser::new(&place);
        phone.post("/declare", &[("port", "CNPEK")]).await;
        phone.fill("/declare/trip", TRIP).await;
        let first = code(&mut phone).await;
        let second = code(&mut phone).await;
        assert_ne!(first, second);
        assert!(!phone.get("/declare/later").await.html.contains(&second), "it is shown once");

        let mut desk = Browser::new(&place);
        let old = desk.fill("/declare/resume", &[("code", &first)]).await;
        assert_eq!(old.status, 422, "a newer code takes the place of the older");
        // Read out in lower case and without its groups, on another day.
        place.set("2026-11-29T08:00:00Z");
        let typed = second.to_lowercase().replace('-', " ");
        assert_eq!(desk.fill("/declare/resume", &[("code", &typed)]).await.address, "/declare/you");
        assert!(desk.get("/declare/trip").await.html.contains("value=\"ca 938\""));
        // Both devices hold the one draft.
        desk.fill("/declare/you", LI).await;
        assert!(phone.get("/declare/you").await.html.contains("value=\"Li\""));

        place.set("2026-11-24T02:00:00Z");
        desk.fill("/declare/contact", CONTACT).await;
        healthy(&mut desk, "/declare", "").await;
        let pass = sent(&mut desk).await;
        assert_eq!(phone.get("/declare/trip").await.code(), pass.code(), "what was sent leads the other device to its pass");
        let mut other = Browser::new(&place);
        let gone = other.fill("/declare/resume", &[("code", &second)]).await;
        assert_eq!(gone.status, 422);
        assert!(gone.html.contains("We find no answers under this code"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_wrong_or_guessed_opens_nothing_and_tries_are_counted() {
    let traffic = Traffic { per_address_min: NonZeroU32::new(3), ..Traffic::unlimited() };
    let place = Place::open_with(On::Memory, traffic).await;
    let mut browser = Browser::new(&place);
    let tries = [("7GQ2M", "20 letters and digits"), ("00000-00000-00000-00001", "One character of the code is wrong")];
    for (typed, told) in tries {
        let page = browser.fill("/declare/resume", &[("code", typed)]).await;
        assert_eq!(page.status, 422);
        assert!(page.html.contains(told), "{typed}: {}", page.html);
    }
    let guessed = "00000-00000-00000-00000";
    for _ in 0..10 {
        let page = browser.fill("/declare/resume", &[("code", guessed)]).await;
        assert!(page.status == 422 && page.html.contains("We find no answers"), "{}", page.html);
    }
    assert_eq!(browser.fill("/declare/resume", &[("code", guessed)]).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_after_its_draft_or_its_cookie_is_gone_keeps_what_was_typed() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let open = browser.get("/declare/you").await;

    // The browser forgot its cookies while the form stood open.
    browser.cookies.clear();
    let next = browser.fill_page(&open, "/declare/you", LI).await;
    assert_eq!(next.address, "/declare/contact?begun=1");
    // What was answered before is not there, and is not missed only at the end.
    assert!(
        next.html.contains("has forgotten what you answered before") && next.html.contains("href=\"/declare/resume\"")
    );
    assert!(browser.get("/declare/you").await.html.contains("value=\"Li\""));

    // The draft's own time is over: forty days later, the page still open.
    let open = browser.get("/declare/contact").await;
    place.set("2027-01-05T00:00:00Z");
    assert_eq!(pratique::actions::purge::drafts(&place.app).await.unwrap(), 2);
    let wrong = browser.fill_page(&open, "/declare/contact", &[("/contact/phone", "what")]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("value=\"what\"")
            && wrong.html.contains("There is a problem")
            && wrong.html.contains("has forgotten"),
        "{}",
        wrong.html
    );
    assert_eq!(browser.fill("/declare/contact", CONTACT).await.address, "/declare/answers/about");

    // Not for a page of another site, nor for a port that nobody serves.
    browser.cookies.clear();
    let strange = browser.post("/declare/contact", &[("port", "XXXXX"), ("/contact/phone", "+86 138 0000 0000")]).await;
    assert_eq!((strange.status, strange.address.as_str()), (303, "/"));
    browser.headers = vec![("sec-fetch-site", "cross-site")];
    assert_eq!(browser.post("/declare/contact", &[("port", "CNPEK")]).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_before_the_sending_runs_out_within_a_month() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    let started = browser.post("/declare", &[("port", "CNPEK")]).await;
    assert!(started.header("set-cookie").contains("Max-Age=2592000"), "{}", started.header("set-cookie"));
    // Each page stands open for four days before it is sent.
    let mut day = 24;
    let mut later = || {
        day += 4;
        let (month, day) = if day > 30 { (12, day - 30) } else { (11, day) };
        place.set(&format!("2026-{month}-{day:02}T00:00:00Z"));
    };
    let trip: &[(&str, &str)] = &[("/trip/flight", "CA938"), ("/trip/date", "2026-12-10"), ("/trip/seat", "")];
    for (page, typed) in [("/declare/trip", trip), ("/declare/you", LI), ("/declare/contact", CONTACT)] {
        let open = browser.get(page).await;
        later();
        let next = browser.fill_page(&open, page, typed).await;
        assert!(next.status == 200 && next.address.starts_with("/declare/"), "{page}: {}", next.address);
    }
    healthy(&mut browser, "/declare", "").await;
    let open = browser.get("/declare/check").await;
    later();
    let pass = browser.fill_page(&open, "/declare/check", &[("/attested", "true")]).await;
    assert!(pass.address.starts_with("/pass/"), "{}", pass.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_kiosk_nothing_is_taken_elsewhere_and_what_was_wiped_stays_gone() {
    let place = Place::open(On::Memory).await;
    let mut browser = kiosk(&place, "hall").await;
    begun(&mut browser, "en").await;
    let page = browser.get("/declare/later").await;
    assert!(!page.html.contains("Show me a code"), "{}", page.html);
    assert!(!browser.get("/declare/resume").await.html.contains("name=\"code\""));
    browser.cookies.remove("draft");
    let lost = browser.post("/declare/trip", &[("port", "CNPEK"), ("/trip/flight", "CA938")]).await;
    assert_eq!(lost.status, 303);
    assert!(!browser.cookies.contains_key("draft"), "no draft is begun for a page that was wiped");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_know_the_seat_says_so_and_reads_how_to_add_it() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let later = [("/trip/seat", ""), ("/trip/seat_later", ""), ("/trip/seat_later", "true"), ("/party", "alone")];
    browser.fill("/declare/trip", &[TRIP, &later].concat()).await;
    let check = browser.get("/declare/check").await;
    assert!(check.html.contains("Not known yet"), "{}", check.html);
    assert!(check.html.contains("href=\"/declare/companions\""), "others can still be added");
    let pass = sent(&mut browser).await;
    assert!(pass.html.contains("Not known yet. When you know it"), "{}", pass.html);
}
