//! Declaring on the spot: from the passport that was read, on the officer's screen alone, and back at the lane.

use pratique_core::access::Role;

use crate::browser::Browser;
use crate::lane::open;
use crate::support::people::{LI, OKAFOR};
use crate::support::{On, Place};

const START: &str = "/checkpoint/declare";

async fn filled(lane: &Browser<'_>, date: &str) {
    let pages: [(&str, &[(&str, &str)]); 7] = [
        ("/declare/trip", &[("/trip/flight", "CA938"), ("/trip/date", date), ("/trip/seat", "31A")]),
        ("/declare/contact", &[("/contact/phone", "+86 138 0000 0000")]),
        ("/declare/answers/about", &[]),
        ("/declare/answers/travel", &[]),
        (
            "/declare/answers/exposure",
            &[
                ("/answers/exposure/contact_case", "false"),
                ("/answers/exposure/contact_ill", "false"),
                ("/answers/exposure/community_cases", "false"),
                ("/answers/exposure/cluster", "false"),
            ],
        ),
        ("/declare/answers/health", &[("/answers/health/unwell", "false"), ("/answers/health/medicine", "false")]),
        ("/declare/answers/test", &[("/answers/test/tested", "false")]),
    ];
    for (address, fields) in pages {
        let page = lane.get(address).await;
        assert_eq!(lane.submit(&page, address, fields).await.status, 303, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_declared_does_so_at_the_lane_from_their_passport() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let nobody = lane.scan("", &LI.mrz()).await;
    nobody.has("There is nobody to decide on");
    let begun = lane.submit(&nobody, START, &[("zone", &LI.mrz())]).await;
    assert_eq!((begun.status, begun.location.as_str()), (303, "/declare/trip"));
    let you = lane.get("/declare/you").await;
    you.has("value=\"E12345678\"").has("value=\"LI\"").has("Back to the checkpoint").lacks("another device");
    assert_eq!(lane.get("/declare/later").await.location, "/declare");
    filled(&lane, "2026-11-24").await;
    let check = lane.get("/declare/check").await;
    let sent = lane.submit(&check, "/declare/check", &[("/attested", "true")]).await;
    assert!(sent.location.starts_with("/checkpoint?code="), "{} {}", sent.status, sent.location);
    let code = sent.location.rsplit('=').next().unwrap().to_owned();
    let grouped = format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]);
    lane.get(&sent.location).await.has(&format!("value=\"{grouped}\""));
    lane.scan(&code, &LI.mrz()).await.has("<h1>CLEAR</h1>").has("LI NA");
    // Nothing of them is left on the screen.
    assert_eq!(lane.get("/declare/check").await.location, "/");
    assert_eq!(lane.get(&format!("/pass/{code}")).await.status, 303, "the officer's browser has no right to the pass");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_finds_nothing_of_the_one_before_and_nobody_else_sees_it() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let page = lane.get("/checkpoint").await;
    lane.submit(&page, START, &[("zone", &LI.mrz())]).await;
    // Another officer at the same screen, and a browser that only has the draft's cookie.
    let other = Browser::signed_in(&place, "zhao", Role::Officer).await;
    let stranger = Browser::open(&place);
    let draft = |cookies: &std::collections::BTreeMap<String, String>| {
        let found = cookies.iter().find(|(name, _)| name.contains("draft")).unwrap();
        (found.0.clone(), found.1.clone())
    };
    let cookie = draft(&lane.cookies.borrow());
    for browser in [&other, &stranger] {
        browser.cookies.borrow_mut().insert(cookie.0.clone(), cookie.1.clone());
        for address in ["/declare", "/declare/you", "/declare/check"] {
            assert_eq!(browser.get(address).await.location, "/checkpoint", "{address}");
        }
    }
    lane.get("/declare/you").await.has("E12345678");
    let page = lane.get("/checkpoint").await;
    lane.submit(&page, START, &[("zone", &OKAFOR.mrz())]).await;
    lane.get("/declare/you").await.lacks("E12345678").has(OKAFOR.number);
    // What cannot be read is typed.
    lane.submit(&page, START, &[("zone", "P<CHN")]).await;
    lane.get("/declare/you").await.lacks(OKAFOR.number).has("Document number");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_arrived_days_ago_is_not_turned_away_at_the_lane() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let nobody = lane.scan("", &LI.mrz()).await;
    lane.submit(&nobody, START, &[("zone", &LI.mrz())]).await;
    filled(&lane, "2026-11-20").await;
    let check = lane.get("/declare/check").await;
    let sent = lane.submit(&check, "/declare/check", &[("/attested", "true")]).await;
    let code =
        sent.location.strip_prefix("/checkpoint?code=").unwrap_or_else(|| panic!("{} {}", sent.status, sent.html));
    // Declared, and on record; that its time is over is the officer's to judge.
    lane.scan(code, &LI.mrz()).await.has("LI NA").has("time is over").lacks("There is nobody to decide on");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_scans_declares_for_others_at_a_lane() {
    let place = Place::open(On::Memory).await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let page = planner.get("/console").await;
    assert_eq!(planner.submit(&page, START, &[]).await.status, 403);
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let forged = lane.submit(&lane.get("/checkpoint").await, START, &[("csrf", "x")]).await;
    assert_eq!(forged.status, 403);
}
