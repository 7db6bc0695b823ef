//! A person goes on request, and stays gone when a backup of before is restored; on SQLite and on PostgreSQL.

use jiff::civil::Date;
use pratique_store::Location;
use pratique_store::testing::fresh_postgres;
use serde_json::json;

use super::process::Place;

/// The day so many days from today.
fn day(days: i64) -> Date {
    let today = pratique::clock::Clock::System.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    today.checked_add(jiff::Span::new().days(days)).unwrap()
}

/// The aircraft of ten days ago came so many days after its time.
async fn came(place: &Place, address: &str, late_days: i64) {
    let token =
        place.run(&["user", "add", &format!("planner {late_days}"), "--role", "planner", "--at", "CNPEK", "--token"]);
    let token = token.worked().line()["token"].as_str().unwrap().to_owned();
    let at = |days: i64| format!("{}T06:00:00Z", day(days));
    let flight = json!({"origin": "LHR", "scheduled_arrival": at(-10), "actual_arrival": at(late_days - 10), "category": "international"});
    let url = format!("{address}/api/v1/flights/CA938-{}-CNPEK", day(-10));
    let sent = reqwest::Client::new().put(url).bearer_auth(token).json(&flight).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());
}

/// Declares for a flight some days from today; answers the code.
async fn declared(address: &str, number: &str, days: i64) -> String {
    let date = day(days);
    let body = json!({
        "port": "CNPEK", "language": "en", "channel": "web", "notice": "2026-12",
        "traveller": {"document": {"type": "passport", "number": number, "issuer": "CHN"}, "name": {"primary": "Quillfeather"},
            "birth_date": "1988-03-02", "sex": "F", "nationality": "CHN"},
        "trip": {"flight": "CA938", "date": date.to_string()},
        "contact": {"phone": "+8613800000000", "address": "7 Nibcutters Row"},
        "answers": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false, "unwell": false,
            "medicine": false, "tested": false},
        "attested": true,
    });
    let sent = reqwest::Client::new().post(format!("{address}/api/v1/declarations")).json(&body).send().await.unwrap();
    let answer: serde_json::Value = sent.json().await.unwrap();
    answer["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn story(place: Place, elsewhere: [Place; 2]) {
    let server = place.serve(&["serve", "--listen", "127.0.0.1:0"]);
    // Long past and never used (it was taken because its aircraft was said to be late); and one whose flight is still to come, which
    // the law keeps.
    came(&place, &server.address, 9).await;
    let gone = declared(&server.address, "E12345678", -10).await;
    came(&place, &server.address, 0).await;
    let kept = declared(&server.address, "E87654321", 1).await;
    let backup = place.path("before.pratique");
    place.run(&["backup", &backup]).worked();

    place.run(&["erase", &kept, "--reason", "request"]).refused(&["law", "until"]);
    place.run(&["erase", "0000-0000-000", "--reason", "request"]).refused(&["no declaration"]);
    place.run(&["erase", &gone]).code_is(2);
    let erased = place.run(&["erase", &gone, "--reason", "request"]).worked().line();
    assert_eq!(erased["purpose"], "unused");
    place.run(&["erase", &gone, "--reason", "request"]).refused(&["no declaration"]);
    let apart = std::fs::read_to_string(place.data().join("erased")).unwrap();
    assert!(apart.contains(erased["erased"].as_str().unwrap()), "{apart}");
    let proof = place.run(&["audit", "verify"]).worked().line();
    assert_eq!(proof["whole"], true);
    let doctor = place.run(&["doctor"]);
    assert!(doctor.lines().iter().any(|line| line["check"] == "erasures" && line["health"] == "ok"), "{doctor:?}");

    let [told, untold] = &elsewhere;
    for other in &elsewhere {
        std::fs::create_dir_all(other.data()).unwrap();
        std::fs::copy(place.data().join("root.key"), other.data().join("root.key")).unwrap();
    }
    std::fs::copy(place.data().join("erased"), told.data().join("erased")).unwrap();
    let restored = told.run(&["restore", &backup]).worked().line();
    assert_eq!(restored["erased_again"], 1, "{restored}");
    told.run(&["erase", &gone, "--reason", "request"]).refused(&["no declaration"]);
    told.run(&["erase", &kept, "--reason", "request"]).refused(&["law", "until"]);
    assert_eq!(told.run(&["audit", "verify"]).worked().line()["whole"], true);
    // Where nobody put the list beside it, the backup brings everybody back: that is what the list is for.
    let restored = untold.run(&["restore", &backup]).worked().line();
    assert_eq!(restored["erased_again"], 0);
    untold.run(&["erase", &gone, "--reason", "request"]).worked();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_stays_so_on_sqlite() {
    story(Place::new(), [Place::new(), Place::new()]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_stays_so_on_postgresql() {
    let mut places = Vec::new();
    for _ in 0..3 {
        let Location::Postgres(url) = fresh_postgres().await else { panic!("no PostgreSQL") };
        places.push(Place::on(&url));
    }
    let [one, two, three] = <[Place; 3]>::try_from(places).unwrap_or_else(|_| panic!("three places"));
    story(one, [two, three]).await;
}
