//! How often one address may declare and prove (security.md 2.4), and who is believed about where they are.

use std::num::NonZeroU32;

use pratique::app::Traffic;
use serde_json::Value;

use super::checkpoint::flight;
use crate::support::people::LI;
use crate::support::{Answer, On, Place};

async fn place(per_minute: u32, proxies: &[&str]) -> Place {
    let trusted_proxies = proxies.iter().map(|p| p.parse().unwrap()).collect();
    let place =
        Place::open_with(On::Memory, Traffic { per_address_min: NonZeroU32::new(per_minute), trusted_proxies }).await;
    flight(&place).await;
    place
}

async fn declare_from(place: &Place, address: &str) -> Answer {
    let call = place.call("POST", "/api/v1/declarations").header("x-forwarded-for", address);
    call.json(&LI.declaration()).send().await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_declares_and_proves_so_often_a_minute_and_others_go_on() {
    let place = place(3, &["127.0.0.1"]).await;
    let mut code = Value::Null;
    for _ in 0..3 {
        code = declare_from(&place, "192.0.2.1").await.ok(201)["code"].clone();
    }
    let slowed = declare_from(&place, "192.0.2.1").await;
    assert_eq!((slowed.status, slowed.header("retry-after")), (429, "20"));
    assert_eq!(slowed.json()["code"], "too-many-tries");
    assert_eq!(declare_from(&place, "192.0.2.2").await.status, 201);
    // One household has a whole /64.
    for last in 1..=3 {
        assert_eq!(declare_from(&place, &format!("2001:db8:0:1::{last}")).await.status, 201);
    }
    assert_eq!(declare_from(&place, "2001:db8:0:1:ffff::9").await.status, 429);
    assert_eq!(declare_from(&place, "2001:db8:0:2::9").await.status, 201);

    // To prove is counted apart, whatever is done with it, and a wrong code like a right one.
    let path = format!("/api/v1/declarations/{}", code.as_str().unwrap());
    let prove = async |method: &str, path: &str| {
        place.call(method, path).header("x-forwarded-for", "192.0.2.1").proof(LI.number).send().await.status
    };
    assert_eq!(prove("GET", &path).await, 200);
    assert_eq!(prove("GET", "/api/v1/declarations/00000000000").await, 404);
    assert_eq!(
        prove(
            "GET",
            &path
                .replace("declarations", "passes")
                .replace(code.as_str().unwrap(), &format!("{}.svg", code.as_str().unwrap()))
        )
        .await,
        200
    );
    for method in ["GET", "DELETE"] {
        assert_eq!(prove(method, &path).await, 429);
    }
    place.set("2026-11-24T00:01:00Z");
    assert_eq!(prove("GET", &path).await, 200);
    assert_eq!(declare_from(&place, "192.0.2.1").await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_from_anybody_but_a_named_proxy_changes_nothing() {
    let place = place(3, &["192.0.2.99"]).await;
    for n in 1..=3 {
        assert_eq!(declare_from(&place, &format!("192.0.2.{n}")).await.status, 201);
    }
    assert_eq!(declare_from(&place, "192.0.2.4").await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_keep_the_same_limits_in_words() {
    let place = place(1, &[]).await;
    declare_from(&place, "").await.ok(201);
    let find = async || {
        let form = "code=00000000000&proof=E12345678";
        place.call("POST", "/find").body("application/x-www-form-urlencoded", form).send().await
    };
    assert_eq!(find().await.status, 422);
    let slowed = find().await;
    assert_eq!((slowed.status, slowed.header("retry-after")), (429, "60"));
    assert!(slowed.text().contains("try again in one minute"), "{}", slowed.text());
    let begin =
        async || place.call("POST", "/declare").body("application/x-www-form-urlencoded", "port=CNPEK").send().await;
    begin().await;
    assert_eq!(begin().await.status, 429);
}
