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
    lane.again("wang").await;
    let list = lane.get("/obligations").await;
    list.has("Resolve who a held person is").has("due in 10 min").has("due-amber");
    later(&place, 60 * 15);
    lane.again("wang").await;
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

/// What a person asks for in words is a doctor's to answer, and nobody else reads it.
#[tokio::test]
async fn a_persons_wish_is_on_the_doctors_list_until_it_is_answered() {
    let place = open().await;
    let code = declare(&place, &LI, json!({})).await["code"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/declarations/{code}/corrections");
    let wish = json!({"text": "I never had a fever <i>then</i>."});
    place.call("POST", &path).proof(LI.number).json(&wish).send().await.ok(201);
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let list = desk.get("/obligations").await;
    list.has("See to what the person asked for");
    let address = list.link("/obligations/0");
    let officer = Browser::signed_in(&place, "wang", Role::Officer).await;
    officer.get(&address).await.has("The person asked for something").lacks("never had a fever");
    let one = desk.get(&address).await;
    one.has("I never had a fever &#60;i&#62;then").has("value=\"done\"").has("value=\"seen\"").lacks("value=\"fit\"");
    desk.follow(&one, &format!("{address}/answer"), &[("outcome", "done"), ("reason", "Struck out.")])
        .await
        .has("Done");
    desk.get("/obligations").await.has("Nothing is owed.");
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

/// Purpose limits access (security.md 2.5): who only has to know that something is owed reads no name, no number, no answer.
#[tokio::test]
async fn each_role_sees_of_a_person_what_its_purpose_needs_and_no_more() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({"contact_case": true})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    let decided = lane.decide(&verdict, "refer", "").await;
    verdict.has("of respiratory 1");
    let address = lane.get(&decided.location).await.link("/obligations/0");
    let why = "in contact with a confirmed or suspected case";

    let officer = lane.get(&address).await;
    officer.has("Li Na").has("2 March 1988").has("ends in 5678").has("Red: what was declared needs a medical officer.");
    officer.lacks("E12345678").lacks(why).lacks("contact-case").lacks("of respiratory");
    let supervisor = Browser::signed_in(&place, "zhao", Role::Supervisor).await.get(&address).await;
    supervisor.has("ends in 5678").has("Red: what was declared needs a medical officer.");
    supervisor.lacks("Li Na").lacks("1988").lacks("E12345678").lacks(why);
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await.get(&address).await;
    desk.has("Li Na").has("E12345678").has(why).has("of respiratory 1").lacks("ends in 5678");

    // The log says who looked, and what for.
    let heads = place.app.store.checkpoint().await.unwrap().heads;
    let chain = place.app.store.audit_range(heads[0].writer, 1, 1000).await.unwrap();
    let looks: Vec<_> = chain
        .iter()
        .filter(|l| l.entry.action == "look")
        .map(|l| (l.entry.actor.as_str(), l.entry.detail.as_str()))
        .collect();
    for look in [("wang", "obligation"), ("zhao", "supervision of an obligation"), ("chen", "obligation")] {
        assert!(looks.contains(&look), "{look:?} is not among {looks:?}");
    }
}
