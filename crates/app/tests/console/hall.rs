//! The hall played on a page, by scenario and with the port's own flights.

use pratique_core::access::Role;

use crate::browser::Browser;
use crate::lane::open;

#[tokio::test]
async fn a_planner_learns_whether_people_are_through_in_time_and_what_it_takes() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    planner
        .get("/hall")
        .await
        .has("Play a day in the arrival hall")
        .has("T3D in 2020: one flight of 154")
        .lacks("<svg role");
    let slow = planner.get("/hall?scenario=t3d-2020&plan=yes").await;
    slow.has("No: of 154 people everybody is through within 60 minutes on only 0 of 100 flights");
    slow.has("<svg role=\"img\"").has("Inquiry desk: the most that wait at once").has("All numbers: Inquiry desk");
    slow.has("What the promise needs").has("What bounds is: Inquiry desk");
    // Three minutes an inquiry, as at Tianjin, typed into the same form.
    let quick = planner.get("/hall?scenario=t3d-2020&inquiry_min=3").await;
    quick.has("Yes: of 154 people everybody is through").has("value=\"3\"").lacks("What the promise needs");
    quick.lacks("Everybody is asked for eight minutes");
    // The frame holds a token that no two pages share; what was played is the same.
    let main = |html: &str| html.split_once("<main").unwrap().1.to_owned();
    assert_eq!(main(&quick.html), main(&planner.get("/hall?scenario=t3d-2020&inquiry_min=3").await.html));
    let more = planner.get("/hall?scenario=t3d-2020&growth=33").await;
    more.has("of 205 people").has("CA746+");
}

#[tokio::test]
async fn the_ports_own_flights_are_played_with_what_is_typed() {
    let place = open().await;
    let supervisor = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let own = supervisor.get("/hall?scenario=own&date=2026-11-24&passengers=211").await;
    own.has("CA938").has("14:00").has("of 211 people");
    supervisor.get("/hall?scenario=own&date=2027-01-01").await.has("Nobody lands on that day").lacks("<svg role");
}

#[tokio::test]
async fn every_wrong_assumption_is_told_at_once_and_stays_as_typed() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let page = planner.get("/hall?scenario=t3d-2020&lane=0&declared=140&seed=one&date=soon&kiosk=2.5").await;
    assert_eq!(page.status, 422);
    for name in ["lane", "declared", "seed", "date", "kiosk"] {
        page.has(&format!("href=\"#f{name}\""));
    }
    page.has("Enter 1 or more.").has("Enter 100 or less.").has("value=\"140\"").has("Enter a whole number");
    assert_eq!(planner.get("/hall?scenario=../../etc").await.status, 422);
}
