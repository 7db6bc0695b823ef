//! What must be true when the day is over.

use serde_json::{Value, json};

use super::super::supervision::hold;
use super::day::Day;
use super::people::{FREIGHTER, HONG_KONG, LONDON};

/// Everybody on a list, and everybody who came without being on one, is in exactly one place.
pub async fn flights_balance(day: &Day) {
    for (flight, expected) in [
        (
            LONDON,
            json!({"manifest": 12, "unlisted": 1, "cleared": 9,
            "ended": {"departed": 1, "home-observation": 1, "hospital": 1}, "open": 0, "no_show": 1, "not_found": 0, "difference": 0}),
        ),
        (
            HONG_KONG,
            json!({"manifest": 1, "unlisted": 0, "cleared": 1, "ended": {}, "open": 0, "no_show": 0,
            "not_found": 0, "difference": 0}),
        ),
        (
            FREIGHTER,
            json!({"manifest": 2, "unlisted": 0, "cleared": 0, "ended": {"crew-rest": 2}, "open": 0,
            "no_show": 0, "not_found": 0, "difference": 0}),
        ),
    ] {
        assert_eq!(day.readiness(flight).await["balance"], expected, "{flight}");
    }
}

/// Every loop is closed, or shown as owed: by whom, and how late.
pub async fn what_is_owed(day: &Day, case: &Value, unwilling: &Value, purser: &Value) {
    let owed: Vec<Value> =
        day.obligations().await.iter().map(|o| json!([o["journey"], o["kind"], o["urgency"]])).collect();
    let expected = [
        json!([unwilling, "accept-handover", "red"]),
        json!([purser, "depart", "green"]),
        json!([case, "end-order", "green"]),
    ];
    assert_eq!(owed, expected);
}

/// The bulletin of the day, counted by hand, and by the log.
pub async fn bulletin(day: &Day) {
    let path = "/bulletin?from=2026-11-24&to=2026-11-24";
    let told = day.get(&day.supervisor, path).await;
    let flights = json!({"international": 1, "hmt": 1, "cargo": 1, "domestic_transfer": 0, "private": 0, "total": 3});
    assert_eq!(told["flights"], flights);
    for (figure, count) in [
        ("passengers_quarantined", json!(11)),
        ("crew_quarantined", json!(1)),
        ("samples_collected", json!(5)),
        ("tests_completed", json!(5)),
        // One alone might be recognised (experience.md 3.6).
        ("positives", Value::Null),
    ] {
        assert_eq!(told["figures"][figure], count, "{figure}");
    }
    hold(&day.place, &told, "2026-11-24", "2026-11-24").await;
    for (language, words) in [("en", "Samples collected"), ("zh-Hans", "国际客运航班")] {
        let path = format!("/api/v1{path}&format=text&language={language}");
        let text = day.place.get(&path).token(&day.supervisor).send().await;
        assert!(text.status == 200 && text.text().contains(words), "{}", text.text());
    }
}

/// The log proves itself, and makes every row.
pub async fn log_is_whole(day: &Day) {
    let report = day.place.app.store.verify_audit(None).await.unwrap();
    assert!(report.is_whole() && report.records > 100, "{report:?}");
}
