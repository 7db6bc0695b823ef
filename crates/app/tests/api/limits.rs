//! How often one address may declare and prove (security.md 2.4), and who is believed about where they are.

use std::num::NonZeroU32;

use pratique::app::Traffic;
use serde_json::{Value, json};

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
    assert!(slowed.text().contains("About a minute"), "{}", slowed.text());
    let begin =
        async || place.call("POST", "/declare").body("application/x-www-form-urlencoded", "port=CNPEK").send().await;
    begin().await;
    assert_eq!(begin().await.status, 429);
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The value of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let mut pairs = set.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(name, value)| format!("{name}={value}"))
}

/// A number that a page gives a browser at this address.
async fn device(place: &Place, address: &str) -> Option<String> {
    let page = place.get("/").header("x-forwarded-for", address).send().await;
    assert_eq!(page.status, 200);
    cookie(&page, "device")
}

async fn begin(place: &Place, address: &str, cookies: &str) -> Answer {
    let call = place.call("POST", "/declare").header("x-forwarded-for", address).header("cookie", cookies);
    call.header("sec-fetch-site", "same-origin").body(FORM, "port=CNPEK").send().await
}

/// Whether it led on to a page, and not to the one on which people wait.
fn began(answer: &Answer) -> bool {
    assert!([200, 429].contains(&answer.status), "{}", answer.text());
    answer.status == 200
}

const HALL: &str = "192.0.2.7";

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_that_runs_wild_in_the_hall_holds_up_nobody_else() {
    let place = place(20, &["127.0.0.1"]).await;
    let (honest, wild) = (device(&place, HALL).await.unwrap(), device(&place, HALL).await.unwrap());
    assert_ne!(honest, wild);
    // Ten a minute are its own; then it waits, and no turn leads past that.
    for _ in 0..10 {
        assert!(began(&begin(&place, HALL, &wild).await));
    }
    for _ in 0..30 {
        let held = begin(&place, HALL, &wild).await;
        assert_eq!(held.status, 429);
        let turn = cookie(&held, "turn").unwrap();
        assert_eq!(begin(&place, HALL, &format!("{wild}; {turn}")).await.status, 429);
    }
    // Without its number it takes what the address gives to strangers.
    for n in 0..40 {
        assert_eq!(began(&begin(&place, HALL, "").await), n < 20, "{n}");
    }
    assert!(began(&begin(&place, HALL, &honest).await), "whoever has a number goes on");
    assert!(began(&begin(&place, HALL, &device(&place, HALL).await.unwrap()).await), "and whoever comes now gets one");
    let forged = format!("device={}", "A".repeat(120));
    assert!(!began(&begin(&place, HALL, &forged).await), "one of its own making is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_can_be_collected_and_still_an_address_does_so_much_and_no_more() {
    let place = place(2, &["127.0.0.1"]).await;
    let mut numbers = Vec::new();
    for _ in 0..15 {
        numbers.extend(device(&place, HALL).await);
    }
    assert_eq!(numbers.len(), 10, "five times what its strangers may do");
    let mut begun = 0;
    for number in &numbers {
        for _ in 0..10 {
            begun += u32::from(began(&begin(&place, HALL, number).await));
        }
    }
    assert_eq!(begun, 20, "ten times what its strangers may do");
    assert!(began(&begin(&place, "192.0.2.8", &device(&place, "192.0.2.8").await.unwrap()).await));
    // A day on it is still known; after three it is not, and the address counts again.
    place.set("2026-11-25T00:00:00Z");
    assert!(device_is_kept(&place, &numbers[0]).await);
    place.set("2026-11-27T00:00:01Z");
    assert!(!device_is_kept(&place, &numbers[0]).await);
}

async fn device_is_kept(place: &Place, number: &str) -> bool {
    cookie(&place.get("/").header("cookie", number).send().await, "device").is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_their_turn_goes_on_with_what_they_typed_and_without_a_script() {
    let place = place(2, &["127.0.0.1"]).await;
    let find = async |address: &str, cookies: &str, code: &str| {
        let call = place.call("POST", "/find").header("x-forwarded-for", address).header("cookie", cookies);
        call.body(FORM, format!("code={code}&proof=E12345678")).send().await
    };
    let code = declare_from(&place, "192.0.2.99").await.ok(201)["code"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        assert_eq!(find(HALL, "", "00000000000").await.status, 422);
    }
    let waits = find(HALL, "", &code).await;
    let shown = ["retry-after", "refresh", "cache-control"].map(|name| waits.header(name).to_owned());
    assert_eq!(waits.status, 429);
    assert_eq!(shown, ["30", "30; url=/wait", "no-store"]);
    assert!(waits.text().contains("About 30 seconds") && !waits.text().contains("<script"));
    let turn = cookie(&waits, "turn").unwrap();
    assert!(!turn.contains(&code) && !turn.contains("E12345678"));
    // The next one comes after it.
    assert_eq!(find(HALL, "", &code).await.header("retry-after"), "60");

    let wait = async |cookies: &str| place.get("/wait").header("cookie", cookies).send().await;
    place.set("2026-11-24T00:00:20Z");
    let still = wait(&turn).await;
    assert_eq!((still.status, still.header("refresh")), (429, "10; url=/wait"));
    assert_eq!(find(HALL, &turn, &code).await.status, 429, "before its time a turn is none");
    place.set("2026-11-24T00:00:30Z");
    // Somebody else takes what the address may do; the turn stays.
    while find(HALL, "", "00000000000").await.status != 429 {}
    let over = wait(&turn).await;
    assert_eq!((over.status, over.header("refresh")), (200, ""));
    for kept in ["action=\"/find\"", &format!("name=\"code\" value=\"{code}\""), "name=\"proof\" value=\"E12345678\""] {
        assert!(over.text().contains(kept), "{kept}: {}", over.text());
    }
    assert_eq!(find("192.0.2.8", "", "00000000000").await.status, 422);
    let found = find(HALL, &turn, &code).await;
    // Without the cookie that it sets, the pass that it leads to asks for the proof again.
    assert!(found.status == 200 && found.text().contains(&format!("value=\"{code}\"")), "{}", found.text());
    assert_eq!(find(HALL, &turn, &code).await.status, 429, "a turn is good once");
    assert!(
        wait("turn=made-up").await.text().contains("action=\"/declare\""),
        "a turn of one's own making leads to the start"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_are_handed_out_no_faster_than_the_address_may_go_and_not_for_ever() {
    let place = place(2, &["127.0.0.1"]).await;
    for _ in 0..2 {
        begin(&place, HALL, "").await;
    }
    let mut turns = Vec::new();
    for n in 1..=12 {
        let held = begin(&place, HALL, "").await;
        assert_eq!(held.header("retry-after"), (n * 30).min(300).to_string());
        turns.push(cookie(&held, "turn").unwrap());
    }
    place.set("2026-11-24T00:05:00Z");
    let mut begun = 0;
    // A turn is used where the address has nothing left, so all of them are tried twice.
    for turn in turns.iter().chain(&turns) {
        begun += u32::from(began(&begin(&place, HALL, turn).await));
    }
    assert_eq!(begun, 10 + 2, "ten turns in five minutes, and the two of this minute");
    // A turn is for one thing, at one place.
    let place = self::place(1, &["127.0.0.1"]).await;
    begin(&place, HALL, "").await;
    begin(&place, "192.0.2.8", "").await;
    let turn = cookie(&begin(&place, HALL, "").await, "turn").unwrap();
    place.set("2026-11-24T00:01:00Z");
    begin(&place, HALL, "").await;
    begin(&place, "192.0.2.8", "").await;
    assert!(!began(&begin(&place, "192.0.2.8", &turn).await));
    assert!(began(&begin(&place, HALL, &turn).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mini_programs_sign_in_is_limited_by_address_and_its_session_counts_as_a_device() {
    let place = place(2, &["127.0.0.1"]).await;
    super::wechat::with_wechat(&place, super::wechat::SECRET).await;
    let sign_in = async |address: &str| {
        let call = place.call("POST", "/api/v1/wechat/session").header("x-forwarded-for", address);
        call.json(&json!({"code": "good-code"})).send().await
    };
    let token = sign_in(HALL).await.ok(200)["token"].as_str().unwrap().to_owned();
    assert_eq!(sign_in(HALL).await.status, 200);
    assert_eq!(sign_in(HALL).await.status, 429);
    assert_eq!(sign_in("192.0.2.8").await.status, 200);
    for _ in 0..2 {
        declare_from(&place, HALL).await.ok(201);
    }
    assert_eq!(declare_from(&place, HALL).await.status, 429);
    let mut body = LI.declaration();
    body["channel"] = json!("wechat");
    let call = place.call("POST", "/api/v1/declarations").header("x-forwarded-for", HALL).token(&token);
    assert_eq!(call.json(&body).send().await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_wrong_proofs_than_people_mistype_are_told_and_slow_everybody_who_proves() {
    let place = place(100, &["127.0.0.1"]).await;
    let prove = async || {
        let path = format!("/api/v1/declarations/{}", place.app.rng.code());
        place.get(&path).proof("1990-01-01").send().await.status
    };
    let alarm = async || {
        let figures = place.get("/metrics").send().await.text();
        figures.lines().any(|line| line == "pratique_guessing_alarm 1")
    };
    for _ in 0..10 {
        assert_eq!(prove().await, 404);
    }
    (0..990).for_each(|_| place.app.proofs.wrong(&place.app));
    assert!(!alarm().await);
    assert_eq!(prove().await, 404);
    assert!(alarm().await);
    assert!(crate::support::log::lines().contains("somebody may be guessing"));
    // 89 are left of this address' hundred: each costs four now.
    let mut taken = 0;
    while prove().await == 404 {
        taken += 1;
    }
    assert_eq!(taken, 22);
    place.set("2026-11-24T00:06:00Z");
    assert_eq!(prove().await, 404);
    assert!(!alarm().await);
}

/// Birth dates are not tried at will under somebody's number either, from wherever they are sent; nor is its holder locked out.
#[tokio::test(flavor = "multi_thread")]
async fn one_address_puts_so_many_birth_dates_beside_anothers_and_the_holder_goes_on() {
    let place = place(1_000, &["127.0.0.1"]).await;
    declare_from(&place, "192.0.2.1").await.ok(201);
    let guess = async |address: &str, day: i64| {
        let mut body = LI.declaration();
        body["traveller"]["birth_date"] = json!(format!("19{:02}-{:02}-01", 60 + day / 12, 1 + day % 12));
        place.call("POST", "/api/v1/declarations").header("x-forwarded-for", address).json(&body).send().await
    };
    for day in 0..120 {
        guess("192.0.2.66", day).await.ok(201);
    }
    let slowed = guess("192.0.2.66", 120).await;
    assert_eq!((slowed.status, slowed.header("retry-after")), (429, "60"));
    assert_eq!(slowed.json()["code"], "too-many-tries");
    declare_from(&place, "192.0.2.1").await.ok(201);
    assert_eq!(guess("192.0.2.67", 121).await.status, 201);
}
