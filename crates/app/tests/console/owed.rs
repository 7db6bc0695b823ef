//! What is owed, and the other kinds of it.

use pratique_core::access::Role;
use serde_json::json;

use crate::browser::{Browser, later};
use crate::lane::{declare, open};
use crate::support::people::LI;

#[tokio::test]
async fn a_hold_is_owed_by_an_officer_and_told_in_minutes_until_it_is_overdue() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    lane.decide(&verdict, "hold", "another face").await;
    later(&place, 60 * 20);
    let list = lane.get("/obligations").await;
    list.has("Resolve who a held person is").has("due in 10 min").has("due-amber");
    later(&place, 60 * 15);
    let list = lane.get("/obligations").await;
    list.has("overdue by 5 min").has("due-red");
    let address = list.link("/obligations/0");
    let supervisor = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    supervisor
        .get(&address)
        .await
        .has("This is for the officer to answer.")
        .lacks("another face")
        .lacks("value=\"identity-confirmed\"");
    let one = lane.get(&address).await;
    one.has("/answer\" class=\"decision\" novalidate>");
    one.has("value=\"identity-confirmed\"").lacks("value=\"fit\"").has("another face");
    let wrong = lane.submit(&one, &format!("{address}/answer"), &[("reason", "it was he")]).await;
    assert_eq!(wrong.status, 422);
    wrong.has("role=\"alert\"").has("it was he").lacks("⟦");
    let done =
        lane.follow(&one, &format!("{address}/answer"), &[("outcome", "identity-confirmed"), ("reason", "")]).await;
    done.has("Answered by wang");
    lane.get("/obligations").await.has("Nothing is owed.");
}

#[tokio::test]
async fn the_desk_can_end_an_entry_in_hospital() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({"contact_case": true})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    let decided = lane.decide(&verdict, "refer", "").await;
    let address = lane.get(&decided.location).await.link("/obligations/0");
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let one = desk.get(&address).await;
    let done = desk.follow(&one, &format!("{address}/answer"), &[("outcome", "hospital"), ("reason", "39.4")]).await;
    done.has("To hospital");
    lane.scan(&pass, "").await.has("<h1>HOLD</h1>").has("ended another way");
}
