//! A form that came after its session had run out.

use pratique_core::access::Role;
use serde_json::json;

use crate::browser::{Browser, PASSWORD, Page, later};
use crate::lane::{declare, open};
use crate::support::Place;
use crate::support::people::LI;

/// An hour and more goes by.
fn idle(place: &Place) {
    later(place, 61 * 60);
}

/// The hidden fields of the one form on a page, as its button sends them.
fn hidden(page: &Page) -> Vec<(String, String)> {
    let inputs = page.html.split("<input type=\"hidden\" name=\"").skip(1).filter(|rest| !rest.starts_with("csrf"));
    let pair = |rest: &str| {
        let (name, rest) = rest.split_once("\" value=\"").unwrap();
        (
            name.to_owned(),
            rest.split('"').next().unwrap().replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">"),
        )
    };
    inputs.map(pair).collect()
}

async fn sign_in(browser: &Browser<'_>, on: &Page, name: &str, password: &str) -> Page {
    browser.submit(on, "/sign-in", &[("name", name), ("password", password)]).await
}

async fn press(browser: &Browser<'_>, page: &Page, action: &str) -> Page {
    page.has(&format!("action=\"{action}\""));
    let fields = hidden(page);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(page, action, &fields).await
}

#[tokio::test]
async fn an_answer_typed_into_a_session_that_ran_out_is_sent_after_signing_in_again() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({"contact_case": true})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    lane.decide(&verdict, "refer", "").await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let address = desk.get("/obligations").await.link("/obligations/0");
    let one = desk.get(&address).await;
    idle(&place);
    let action = format!("{address}/answer");
    let words = "39.4 & <cough>";
    let asked = desk.submit(&one, &action, &[("outcome", "hospital"), ("reason", words)]).await;
    assert_eq!((asked.status, asked.location.as_str()), (403, ""));
    asked.has("What you typed is kept").lacks("39.4");
    assert_eq!(asked.value("next"), address);

    // A wrong password loses nothing.
    let asked = sign_in(&desk, &asked, "chen", "not the password").await;
    assert_eq!(asked.status, 422);
    let given = sign_in(&desk, &asked, "chen", PASSWORD).await;
    assert_eq!(given.status, 200);
    given.has("It was not sent yet").has(&format!("href=\"{address}\""));
    let done = press(&desk, &given, &action).await;
    assert_eq!(done.location, address);
    desk.get(&address).await.has("To hospital").has("39.4 &#38; &#60;cough&#62;");
    assert!(desk.seen.borrow().iter().all(|seen| !seen.contains("39.4") && !seen.contains("hospital")));
}

#[tokio::test]
async fn a_flight_is_kept_too_and_its_mistakes_are_told_as_always() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let form = planner.get("/flights/new").await;
    idle(&place);
    let typed = [("flight", "MU558"), ("origin", "Rome"), ("scheduled_arrival", "noon")];
    let asked = planner.submit(&form, "/flights/new", &typed).await;
    let given = sign_in(&planner, &asked, "sun", PASSWORD).await;
    let told = press(&planner, &given, "/flights/new").await;
    assert_eq!(told.status, 422);
    told.has("value=\"MU558\"").has("value=\"noon\"");
}

#[tokio::test]
async fn nobody_else_is_given_what_was_typed_and_no_foreign_form_is_kept() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let form = planner.get("/flights/new").await;
    idle(&place);
    let asked = planner.submit(&form, "/flights/new", &[("flight", "MU558")]).await;
    let other = sign_in(&planner, &asked, "zhao", PASSWORD).await;
    assert_eq!((other.status, other.location.as_str()), (303, "/flights"));

    let planner = Browser::signed_in(&place, "qian", Role::Planner).await;
    let form = planner.get("/flights/new").await;
    idle(&place);
    let foreign = planner.submit(&form, "/flights/new", &[("csrf", "made up"), ("flight", "MU558")]).await;
    assert_eq!((foreign.status, foreign.location.as_str()), (303, "/sign-in?next=/flights&unsent=1"));
    planner.get(&foreign.location).await.has("Nothing was sent").has("name=\"password\"");
    let asked = planner.submit(&form, "/flights/new", &[("flight", "MU558")]).await;
    let altered = asked.value("kept").replace(['A', 'B', 'c'], "x");
    let fields = [("kept", altered.as_str()), ("name", "qian"), ("password", PASSWORD)];
    assert_eq!(planner.submit(&asked, "/sign-in", &fields).await.location, "/flights", "what is not ours is nothing");
}

#[tokio::test]
async fn what_was_kept_is_forgotten_after_half_a_day() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let form = planner.get("/flights/new").await;
    idle(&place);
    let asked = planner.submit(&form, "/flights/new", &[("flight", "MU558")]).await;
    later(&place, 13 * 3600);
    assert_eq!(sign_in(&planner, &asked, "sun", PASSWORD).await.location, "/flights");
}

#[tokio::test]
async fn a_form_of_a_page_whose_person_signed_out_in_another_window_says_that_nothing_was_sent() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let form = planner.get("/flights/new").await;
    planner.follow(&form, "/sign-out", &[]).await;
    planner.follow(&form, "/flights/new", &[("flight", "MU558")]).await.has("Nothing was sent").lacks("MU558");
    planner.get("/sign-in?next=/flights").await.lacks("Nothing was sent");
}
