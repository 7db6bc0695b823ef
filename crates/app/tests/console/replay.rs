//! A picture of a pass (faults.md F24): good for its holder, once; for a second entry, for somebody else, and at two lanes in the same
//! moment it is red, and says why.

use pratique_core::access::Role;
use serde_json::json;

use crate::browser::{Browser, Page, later};
use crate::lane::{declare, schedule};
use crate::support::people::{GARCIA, LI};
use crate::support::{On, Place, on_every_engine};

/// An officer at a lane of their own.
async fn at<'a>(place: &'a Place, name: &str, station: &str) -> Browser<'a> {
    let browser = Browser::signed_in(place, name, Role::Officer).await;
    let form = browser.get("/checkpoint/station").await;
    assert_eq!(browser.submit(&form, "/checkpoint/station", &[("station", station)]).await.status, 303);
    browser
}

/// The band of a red verdict, with where, when and by whom the pass was used.
fn held(verdict: &Page) -> &str {
    verdict.has("<h1>HOLD</h1>").lacks("value=\"clear\"");
    verdict.html.split("class=\"verdict hold\"").nth(1).unwrap().split("<form").next().unwrap()
}

on_every_engine! {
async fn f24_a_screenshot_is_good_for_its_holder_once_and_for_nobody_else(place: Place) {
    schedule(&place).await;
    let pass = declare(&place, &LI, json!({})).await["pass"].as_str().unwrap().to_owned();
    place.set("2026-11-24T02:42:00Z");
    let (one, two) = (at(&place, "wang", "T3D-L01").await, at(&place, "zhao", "T3D-L02").await);

    // Somebody else comes with the picture and their own passport.
    let stranger = two.scan(&pass, &GARCIA.mrz()).await;
    held(&stranger);
    stranger.has("is another person’s");
    assert_eq!(two.decide(&stranger, "clear", "the picture looks good").await.status, 409);

    // Its holder shows it, as often as they like, until the one who decides.
    for lane in [&two, &one] {
        lane.scan(&pass, &LI.mrz()).await.has("<h1>CLEAR</h1>").has("Li Na");
    }
    let verdict = one.scan(&pass, &LI.mrz()).await;
    assert_eq!(one.decide(&verdict, "clear", "").await.status, 303);

    // The second entry, at both lanes, with the right document and without one.
    later(&place, 90);
    for (lane, mrz) in [(&one, LI.mrz()), (&two, LI.mrz()), (&two, String::new())] {
        let again = lane.scan(&pass, &mrz).await;
        let band = held(&again);
        assert!(band.contains("Used before: at T3D-L01, 24 November 2026, 10:42 (port time, UTC+8), by wang."), "{band}");
        let refused = lane.decide(&again, "clear", "He says he went back for his bag").await;
        assert_eq!(refused.status, 409);
        refused.has("10:42");
    }
    // And the stranger once more: both are said.
    let stranger = two.scan(&pass, &GARCIA.mrz()).await;
    assert!(held(&stranger).contains("10:42"));
    stranger.has("is another person’s");
}

async fn f24_at_two_lanes_in_one_moment_one_clears_and_the_other_is_told_where(place: Place) {
    schedule(&place).await;
    let pass = declare(&place, &LI, json!({})).await["pass"].as_str().unwrap().to_owned();
    place.set("2026-11-24T02:42:00Z");
    let (one, two) = (at(&place, "wang", "T3D-L01").await, at(&place, "zhao", "T3D-L02").await);
    let zone = LI.mrz();
    let (first, second) = tokio::join!(one.scan(&pass, &zone), two.scan(&pass, &zone));
    first.has("<h1>CLEAR</h1>");
    second.has("<h1>CLEAR</h1>");
    let (first, second) = tokio::join!(one.decide(&first, "clear", ""), two.decide(&second, "clear", ""));
    let (won, lost, by, station) =
        if first.status == 303 { (first, second, "wang", "T3D-L01") } else { (second, first, "zhao", "T3D-L02") };
    assert_eq!((won.status, lost.status), (303, 409), "{}", lost.html);
    lost.has(&format!("Used before: at {station}, 24 November 2026, 10:42 (port time, UTC+8), by {by}."));
}
}
