//! The demo day, small: every state is there to be seen, and the log is whole.

use std::sync::Arc;

use jiff::Timestamp;
use pratique::app::{App, Config, Load, Traffic};
use pratique::clock::Clock;
use pratique::demo::census::{self, Census};
use pratique::demo::progress::Progress;
use pratique::demo::{self, Scale};
use pratique::house::House;
use pratique::keys::Root;
use pratique::rng::Rng;
use pratique_core::journey::Shown;
use pratique_store::Location;

use super::process::Place;

async fn app() -> Arc<App> {
    let config = Config {
        database: Location::Memory,
        data: "nowhere".into(),
        secure: false,
        traffic: Traffic::unlimited(),
        load: Load::default(),
        webhook_hosts: Vec::new(),
        opened_by: "test".to_owned(),
    };
    App::open(config, Clock::Task, Rng::repeatable(1), Root::of([1; 32]), House::built_in().unwrap()).await.unwrap()
}

async fn loaded(people: usize) -> (Arc<App>, Census) {
    let app = app().await;
    let lives = demo::load(&app, Scale { seed: 2020, people: Some(people) }, &Progress::silent()).await.unwrap();
    let census = census::take(&app, &lives).await.unwrap();
    (app, census)
}

#[tokio::test]
async fn every_state_and_tier_is_there_whenever_the_demo_is_started() {
    // Once for each quarter of the day, by the port's clock: whoever starts it at night sees as much.
    for hour in ["2026-11-24T00:10:00Z", "2026-11-24T06:40:00Z", "2026-11-24T13:05:00Z", "2026-11-24T18:55:00Z"] {
        let now: Timestamp = hour.parse().unwrap();
        let (app, census) = Clock::at(now, loaded(150)).await;
        for state in Shown::ALL {
            assert!(census.states.contains_key(state.name()), "{} is missing at {hour}: {census:?}", state.name());
        }
        for tier in ["green", "amber", "red"] {
            assert!(census.tiers.contains_key(tier), "{tier} is missing at {hour}: {census:?}");
        }
        assert!(census.owed.0 > census.owed.1 && census.owed.1 > 0, "open and overdue: {census:?}");
        let report = app.store.verify_audit(None).await.unwrap();
        assert!(report.is_whole() && report.records > 400, "{report:?}");
    }
}

/// Chance deals differently every day: whoever starts the demo may start it on any, with all its people.
#[tokio::test]
async fn the_story_holds_on_other_days_too() {
    for (now, people) in [
        // On this day somebody who was held for another's passport had a fever besides.
        ("2026-11-29T06:03:00Z", 2000),
        ("2027-02-28T23:50:00Z", 400),
        ("2027-08-14T11:11:00Z", 400),
    ] {
        let (_, census) = Clock::at(now.parse().unwrap(), loaded(people)).await;
        assert!(census.journeys > people / 2, "{census:?}");
    }
}

#[test]
fn the_demo_serves_what_it_loaded_and_leaves_nothing_behind() {
    let place = Place::new();
    let server = place.serve(&["demo", "--listen", "127.0.0.1:0", "--people", "60"]);
    for told in ["li.na", "dr.chen", "/checkpoint", "To try at /find", "PQ1:", "all invented"] {
        assert!(server.said.contains(told), "{told} is not told: {}", server.said);
    }
    let folder = server.said.lines().map(str::trim).find(|line| line.contains("pratique-demo-")).unwrap().to_owned();
    let users = place.run(&["user", "list", "--data", &folder]).worked();
    assert!(users.out.contains("demo-program"), "{users:?}");
    let curl = server.said.lines().find(|line| line.trim().starts_with("curl ")).unwrap();
    assert!(curl.contains("-H 'Authorization: Bearer ") && curl.ends_with("/api/v1/obligations"), "{curl}");
    let asked = std::process::Command::new("sh").args(["-c", &format!("{curl} -s -f")]).output();
    let asked = asked.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert!(answer["obligations"].is_array() || answer["items"].is_array(), "{answer}");
    let flight = server.said.split("To declare yourself: flight ").nth(1).unwrap().split(',').next().unwrap();
    assert!(server.said.contains(&format!("{flight}, arriving ")));
    assert_eq!(server.stop("-INT"), 0);
    let left = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("pratique-demo-");
    let left = std::fs::read_dir(place.folder.root()).unwrap().filter(|entry| left(entry.as_ref().unwrap())).count();
    assert_eq!(left, 0);
}
