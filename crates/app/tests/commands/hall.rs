//! The hall: a day played, a promise planned.

use serde_json::Value;

use super::process::Place;

fn kind<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["kind"] == kind).collect()
}

#[test]
fn it_says_whether_a_flight_of_154_is_through_in_an_hour_and_how_sure_that_is() {
    let place = Place::new();
    let slow = place.run(&["hall", "simulate", "t3d-2020"]).worked().lines();
    let (answer, flight) = (kind(&slow, "answer")[0], kind(&slow, "flight")[0]);
    assert_eq!((&answer["people"], &answer["runs"], &answer["within_min"]), (&154.into(), &20.into(), &60.0.into()));
    // Eight minutes at 22 posts are 56 minutes of work alone, and people need ten to come: not within an hour.
    assert_eq!((&answer["is_kept"], &answer["longest_queue"]), (&false.into(), &"inquiry".into()));
    assert!(answer["kept"]["high"].as_f64().unwrap() < 0.2, "{answer}");
    let hall = flight["hall_min"]["p50"].as_f64().unwrap();
    assert!((60.0..72.0).contains(&hall), "{flight}");
    for station in ["kiosk", "lane", "inquiry", "sampling", "laboratory"] {
        assert!(kind(&slow, "quarter").iter().any(|quarter| quarter["station"] == station), "{station}");
    }
    let quick = place.run(&["hall", "simulate", "t3d-2020-short-inquiry"]).worked().lines();
    assert_eq!(kind(&quick, "answer")[0]["is_kept"], true);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let place = Place::new();
    let told = |seed: &str| place.run(&["hall", "simulate", "t3d-2020", "--seed", seed, "--seeds", "3"]).worked().out;
    assert_eq!(told("7"), told("7"));
    assert_ne!(told("7"), told("8"));
}

#[test]
fn a_plan_says_what_an_hour_needs_and_what_a_third_more_flights_need() {
    let place = Place::new();
    let plan = |growth: &str| {
        let asked = ["hall", "plan", "t3d-2020", "--within", "60", "--share", "0.95", "--growth", growth];
        place.run(&asked).worked().lines()
    };
    let posts = |lines: &[Value]| {
        let need = kind(lines, "need").into_iter().find(|need| need["station"] == "inquiry").cloned().unwrap();
        (need["posts_now"].as_u64().unwrap(), need["posts"].as_u64().unwrap())
    };
    let (now, more) = (plan("1"), plan("1.33"));
    assert_eq!(
        (&now[0]["kind"], &now[0]["can_be_kept"], &now[0]["bound_by"]),
        (&"plan".into(), &true.into(), &"inquiry".into())
    );
    assert_eq!((&now[0]["people"], &more[0]["people"]), (&154.into(), &205.into()));
    assert!(posts(&now).0 == 22 && posts(&now).1 > 22 && posts(&more).1 > posts(&now).1, "{now:?} {more:?}");
    let hurried = place.run(&["hall", "plan", "t3d-2020", "--within", "15", "--format", "table"]).worked().out;
    assert!(hurried.contains("no number of posts keeps it"), "{hurried}");
}

#[test]
fn a_whole_day_comes_from_a_schedule_beside_the_scenario_and_reads_as_a_table() {
    let place = Place::new();
    let folder = place.folder.path("mine");
    std::fs::create_dir_all(&folder).unwrap();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
    for file in ["t3d-day.toml", "t3d-day.csv"] {
        std::fs::copy(format!("{shipped}/{file}"), folder.join(file)).unwrap();
    }
    let mine = folder.join("t3d-day.toml");
    let told =
        place.run(&["hall", "simulate", mine.to_str().unwrap(), "--seeds", "1", "--format", "table"]).worked().out;
    assert!(told.starts_with("Yes: of 9160 people") && told.contains("CA373") && told.contains("laboratory"), "{told}");

    std::fs::remove_file(folder.join("t3d-day.csv")).unwrap();
    place.run(&["hall", "simulate", mine.to_str().unwrap()]).refused(&["t3d-day.csv"]);
}

#[test]
fn what_cannot_be_is_named_with_what_to_do() {
    let place = Place::new();
    place.run(&["hall", "simulate", "nowhere"]).refused(&["nowhere", "t3d-2020"]);
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/t3d-2020.toml")).unwrap();
    let bad = place.feed(&["hall", "simulate", "-"], text.replace("posts = 22", "posts = 0").as_bytes());
    bad.refused(&["standard input: inquiry.posts", "at least one post"]);
    place.feed(&["hall", "simulate", "-"], b"name = 1").refused_at("standard input");
    place.run(&["hall", "plan", "t3d-2020", "--share", "95"]).refused(&["--share"]);
    place.run(&["hall", "plan", "t3d-2020", "--growth", "0"]).refused(&["--growth"]);
    place.run(&["hall", "simulate", "t3d-day", "--growth", "10", "--seeds", "900"]).refused(&["--seeds"]);
}
