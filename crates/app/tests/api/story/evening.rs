//! What must be true when the day is over.

use serde_json::{Value, json};

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
pub async fn what_is_owed(day: &Day, case: &Value, unwilling: &Value) {
    let owed: Vec<Value> =
        day.obligations().await.iter().map(|o| json!([o["journey"], o["kind"], o["urgency"]])).collect();
    let expected = [json!([unwilling, "accept-handover", "red"]), json!([case, "end-order", "green"])];
    assert_eq!(owed, expected);
}

/// The log proves itself, and makes every row.
pub async fn log_is_whole(day: &Day) {
    let report = day.place.app.store.verify_audit(None).await.unwrap();
    assert!(report.is_whole() && report.records > 100, "{report:?}");
}
