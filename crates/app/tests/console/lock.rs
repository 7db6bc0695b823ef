//! A console at a lane that nobody is at locks, and changes its user quickly.

use pratique_core::access::Role;
use serde_json::json;

use crate::browser::{Browser, PASSWORD, later};
use crate::lane::{declare, open};
use crate::support::people::LI;

#[tokio::test]
async fn a_lane_locks_two_minutes_after_the_last_use_and_a_desk_does_not() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let away = Browser::signed_in(&place, "li", Role::Officer).await;
    lane.get("/checkpoint").await.has("data-lock-s=\"120\"").has("/assets/presence.");
    away.get("/obligations").await.lacks("data-lock-s");
    later(&place, 119);
    assert_eq!(lane.get("/obligations").await.status, 200, "anywhere: the screen is the same");
    later(&place, 121);
    assert_eq!(lane.get("/checkpoint").await.location, "/sign-in?next=/checkpoint");
    assert_eq!(away.get("/obligations").await.status, 200);
    // The station stays with the screen.
    lane.again("wang").await;
    lane.get("/checkpoint").await.has("T3D-L01");
}

#[tokio::test]
async fn keys_keep_a_lane_awake_and_to_ask_how_long_it_has_does_not() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    lane.get("/checkpoint").await;
    later(&place, 100);
    assert_eq!(lane.send_body("/presence", "text/plain", String::new()).await.status, 204);
    later(&place, 100);
    lane.get("/presence").await.has("\"left_s\":20");
    later(&place, 21);
    assert_eq!(lane.get("/presence").await.status, 401);
    assert_eq!(lane.get("/checkpoint").await.status, 303);
}

#[tokio::test]
async fn what_was_half_typed_when_it_locked_comes_back_to_the_one_who_typed_it() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({"contact_case": true})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    Browser::signed_in(&place, "li", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    let scan = lane.seen.borrow().last().unwrap().clone();
    let action = format!("{scan}/decision");
    let fields = json!([["once", "1"], ["reason", "says <a colleague>"], ["csrf", "x"]]).to_string();
    // A little late: the session has run out already.
    later(&place, 125);
    let typed = [("next", scan.as_str()), ("action", action.as_str()), ("fields", fields.as_str())];
    let locked = lane.submit(&verdict, "/lock", &typed).await;
    assert_eq!(locked.status, 200);
    locked.has("What you typed is kept").lacks("colleague");
    assert_eq!(lane.get(&scan).await.status, 303, "nothing can be done before the password is given");

    // Another officer is given nothing of it.
    let other = lane.submit(&locked, "/sign-in", &[("name", "li"), ("password", PASSWORD)]).await;
    assert_eq!((other.status, other.location.as_str()), (303, scan.as_str()));
    lane.get(&scan).await.lacks("colleague");

    let lane = Browser::at_lane(&place, "chen", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    let locked = lane.submit(&verdict, "/lock", &typed).await;
    let back = lane.submit(&locked, "/sign-in", &[("name", "chen"), ("password", PASSWORD)]).await;
    back.has(&format!("action=\"{action}\"")).has("says &#60;a colleague&#62;");
    let given = lane.submit(&back, &action, &[("reason", "says <a colleague>")]).await;
    assert_eq!(given.status, 422);
    given.has("Choose what to decide").has("says &#60;a colleague&#62;</textarea>");
}

#[tokio::test]
async fn a_change_of_user_is_one_press_and_one_sign_in_and_ends_the_session_before() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    Browser::signed_in(&place, "li", Role::Officer).await;
    let page = lane.get("/checkpoint").await;
    page.has("action=\"/lock\"");
    let before = lane.cookies.borrow().clone();
    let locked = lane.submit(&page, "/lock", &[]).await;
    assert_eq!(locked.location, "/sign-in?next=/checkpoint");
    let form = lane.get(&locked.location).await;
    let signed = lane.submit(&form, "/sign-in", &[("name", "li"), ("password", PASSWORD)]).await;
    assert_eq!(signed.location, "/checkpoint");
    lane.get("/checkpoint").await.has("li · ").has("T3D-L01");
    *lane.cookies.borrow_mut() = before;
    assert_eq!(lane.get("/checkpoint").await.status, 303, "the session before is over");
    let foreign = lane.submit(&page, "/lock", &[("csrf", "made up")]).await;
    assert_eq!(foreign.status, 403);
}
