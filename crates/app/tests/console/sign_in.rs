//! Signing in and out.

use pratique::actions::{purge, staff};
use pratique::caller::Caller;
use pratique_core::access::{Grant, Role};

use crate::browser::{Browser, PASSWORD, later};
use crate::support::{On, Place};

pub async fn add(place: &Place, name: &str, role: Role) {
    let organisation = (role == Role::Airline).then(|| "CA".into());
    let grant = Grant { role, port: "CNPEK".into(), organisation };
    staff::add(&place.app, &Caller::System("test"), name, grant, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_officer_signs_in_with_a_new_secret_and_comes_to_the_lane() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    let browser = Browser::open(&place);
    let form = browser.get("/sign-in").await;
    let before = browser.cookies.borrow()["staff"].clone();
    let page = browser.submit(&form, "/sign-in", &[("name", "wang"), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.location.as_str()), (303, "/checkpoint"));
    let during = browser.cookies.borrow()["staff"].clone();
    assert_ne!(during, before);
    let set = page.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");

    let station = browser.get("/checkpoint/station").await;
    let page = browser.submit(&station, "/sign-out", &[]).await;
    assert_eq!(page.location, "/sign-in");
    browser.cookies.borrow_mut().insert("staff".into(), during);
    assert_eq!(browser.get("/checkpoint").await.location, "/sign-in?next=/checkpoint", "the old secret opens nothing");
}

#[tokio::test]
async fn wrong_password_unknown_name_and_disabled_user_read_alike_and_the_name_stays() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    add(&place, "gone", Role::Officer).await;
    staff::disable(&place.app, &Caller::System("test"), "gone").await.unwrap();
    let browser = Browser::open(&place);
    let mut told = Vec::new();
    for (name, password) in [("wang", "not the password"), ("nobody", PASSWORD), ("gone", PASSWORD)] {
        let form = browser.get("/sign-in").await;
        let page = browser.submit(&form, "/sign-in", &[("name", name), ("password", password)]).await;
        assert_eq!(page.status, 422);
        page.has(&format!("value=\"{name}\"")).has("role=\"alert\"").lacks(password);
        let nonce = page.html.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
        let told_of = page.html.replace(name, "NAME").replace(&page.value("csrf"), "TOKEN").replace(nonce, "NONCE");
        told.push(told_of);
    }
    assert!(told.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    for (next, to) in [
        ("//evil.example/", "/checkpoint"),
        ("https://evil.example/", "/checkpoint"),
        ("/\\evil.example", "/checkpoint"),
        ("/obligations", "/obligations"),
    ] {
        let browser = Browser::open(&place);
        let form = browser.get(&format!("/sign-in?next={next}")).await;
        assert!(!form.html.contains("evil"));
        let fields = [("name", "wang"), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.submit(&form, "/sign-in", &fields).await.location, to, "{next}");
        later(&place, 61);
    }
}

#[tokio::test]
async fn after_five_tries_at_a_name_one_waits_and_is_told_how_long() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    let browser = Browser::open(&place);
    let form = browser.get("/sign-in").await;
    let fields = [("name", "wang"), ("password", "guess guess guess")];
    for _ in 0..5 {
        assert_eq!(browser.submit(&form, "/sign-in", &fields).await.status, 422);
    }
    let right = [("name", "wang"), ("password", PASSWORD)];
    let page = browser.submit(&form, "/sign-in", &right).await;
    assert_eq!((page.status, page.headers["retry-after"].to_str().unwrap()), (429, "60"));
    page.has("value=\"wang\"");
    let other = browser.submit(&form, "/sign-in", &[("name", "li"), ("password", PASSWORD)]).await;
    assert_eq!(other.status, 422, "another name is not held up");
    later(&place, 60);
    assert_eq!(browser.submit(&form, "/sign-in", &right).await.status, 303);
}

#[tokio::test]
async fn a_right_password_is_not_counted_as_a_try() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    let right = [("name", "wang"), ("password", PASSWORD)];
    let wrong = [("name", "wang"), ("password", "guess guess guess")];
    let browser = Browser::open(&place);
    for _ in 0..7 {
        let form = browser.get("/sign-in").await;
        assert_eq!(browser.submit(&form, "/sign-in", &right).await.status, 303);
    }
    let form = browser.get("/sign-in").await;
    for _ in 0..5 {
        assert_eq!(browser.submit(&form, "/sign-in", &wrong).await.status, 422);
    }
    assert_eq!(browser.submit(&form, "/sign-in", &right).await.status, 429, "failures are counted as before");
}

#[tokio::test]
async fn each_role_comes_to_the_page_of_its_own_work() {
    let place = Place::open(On::Memory).await;
    for (role, page) in [
        (Role::Officer, "/checkpoint"),
        (Role::Medical, "/desk"),
        (Role::Supervisor, "/supervision"),
        (Role::Planner, "/flights"),
        (Role::Airline, "/flights"),
        (Role::Sampler, "/booth"),
        (Role::Technician, "/laboratory"),
        (Role::Releaser, "/laboratory"),
        (Role::Instrument, "/console"),
        (Role::Administrator, "/console"),
    ] {
        add(&place, role.name(), role).await;
        let browser = Browser::open(&place);
        let form = browser.get("/sign-in").await;
        let fields = [("name", role.name()), ("password", PASSWORD)];
        assert_eq!(browser.submit(&form, "/sign-in", &fields).await.location, page, "{role:?}");
        assert_eq!(
            browser.get(page).await.status,
            if ["/checkpoint", "/booth"].contains(&page) { 303 } else { 200 },
            "{role:?}"
        );
    }
}

#[tokio::test]
async fn every_form_of_the_console_leaves_the_checking_to_the_server() {
    let place = Place::open(On::Memory).await;
    let sign_in = Browser::open(&place).get("/sign-in").await;
    sign_in.has("action=\"/sign-in\" class=\"narrow\" novalidate");
}

#[tokio::test]
async fn a_form_of_another_session_changes_nothing_and_says_what_to_do() {
    let place = Place::open(On::Memory).await;
    let browser = Browser::signed_in(&place, "wang", Role::Officer).await;
    let form = browser.get("/checkpoint/station").await;
    for (path, fields) in [
        ("/checkpoint/station", [("csrf", "wrong"), ("station", "T3D-L01")]),
        ("/checkpoint/scans", [("csrf", ""), ("read", "E12345678")]),
        ("/sign-out", [("csrf", "wrong"), ("x", "")]),
        ("/sign-in", [("csrf", "wrong"), ("name", "wang")]),
    ] {
        let page = browser.submit(&form, path, &fields).await;
        assert_eq!(page.status, 403, "{path}");
        page.has("go back and reload");
    }
    assert_eq!(browser.get("/checkpoint").await.location, "/checkpoint/station", "nothing was chosen");
}

#[tokio::test]
async fn a_session_that_can_be_used_no_more_is_gone_from_the_store() {
    let place = Place::open(On::Memory).await;
    let rows = async || place.app.store.doctor().await.unwrap().rows;
    let browser = Browser::signed_in(&place, "wang", Role::Officer).await;
    let before = rows().await;
    later(&place, 60 * 50);
    assert_eq!(browser.get("/obligations").await.status, 200);
    assert_eq!(purge::sessions(&place.app).await.unwrap(), 0);
    later(&place, 12 * 3600);
    assert_eq!(purge::sessions(&place.app).await.unwrap(), 1);
    assert_eq!(browser.get("/obligations").await.location, "/sign-in?next=/obligations");
    let less = |table: &str, after: &[(&str, i64)]| {
        let of = |rows: &[(&str, i64)]| rows.iter().find(|(name, _)| *name == table).unwrap().1;
        of(&before) - of(after)
    };
    let after = rows().await;
    assert_eq!((less("guarded_row", &after), less("entry", &after)), (1, 1));
}

#[tokio::test]
async fn a_stranger_who_knows_a_name_does_not_lock_the_officer_out_of_their_own_lane() {
    let place = Place::open(On::Memory).await;
    let own = Browser::signed_in(&place, "wang", Role::Officer).await;
    let (wrong, right) =
        ([("name", "wang"), ("password", "guess guess guess")], [("name", "wang"), ("password", PASSWORD)]);
    let stranger = Browser::open(&place);
    let form = stranger.get("/sign-in").await;
    // Each wait is twice as long as the one before, up to a quarter of an hour.
    for _ in 0..5 {
        assert_eq!(stranger.submit(&form, "/sign-in", &wrong).await.status, 422);
    }
    for wait in [60, 120, 240, 480, 960, 960] {
        let held = stranger.submit(&form, "/sign-in", &wrong).await;
        assert_eq!((held.status, held.headers["retry-after"].to_str().unwrap()), (429, wait.to_string().as_str()));
        later(&place, wait);
        assert_eq!(stranger.submit(&form, "/sign-in", &wrong).await.status, 422);
    }
    let elsewhere = Browser::open(&place);
    let form = elsewhere.get("/sign-in").await;
    assert_eq!(elsewhere.submit(&form, "/sign-in", &right).await.status, 429, "where they never were they wait");

    // At the device at which they signed in before they do not, and have five failures of their own.
    let station = own.get("/checkpoint/station").await;
    own.submit(&station, "/sign-out", &[]).await;
    let form = own.get("/sign-in").await;
    for _ in 0..4 {
        assert_eq!(own.submit(&form, "/sign-in", &wrong).await.status, 422);
    }
    assert_eq!(own.submit(&form, "/sign-in", &right).await.location, "/checkpoint");
    let form = own.get("/sign-in").await;
    assert_eq!(own.submit(&form, "/sign-in", &wrong).await.status, 422);
    assert_eq!(own.submit(&form, "/sign-in", &right).await.status, 429, "a guesser at their screen is held up too");
    // The device knows wang, and nobody else through it.
    let form = own.get("/sign-in").await;
    for n in 0..6 {
        let page = own.submit(&form, "/sign-in", &[("name", "li"), ("password", "guess guess guess")]).await;
        assert_eq!(page.status, if n < 5 { 422 } else { 429 });
    }
}

#[tokio::test]
async fn signing_out_drops_what_the_browser_kept_and_disabling_ends_every_session_at_once() {
    let place = Place::open(On::Memory).await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let desk = Browser::open(&place);
    let form = desk.get("/sign-in").await;
    desk.submit(&form, "/sign-in", &[("name", "wang"), ("password", PASSWORD)]).await;
    let page = desk.get("/obligations").await;
    let out = desk.submit(&page, "/sign-out", &[]).await;
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert!(out.headers["set-cookie"].to_str().unwrap().starts_with("staff=; "), "the station and the device stay");
    assert_eq!(lane.get("/checkpoint").await.status, 200, "another screen is another session");

    let other = Browser::open(&place);
    let form = other.get("/sign-in").await;
    other.submit(&form, "/sign-in", &[("name", "wang"), ("password", PASSWORD)]).await;
    assert_eq!(other.get("/obligations").await.status, 200);
    staff::disable(&place.app, &Caller::System("test"), "wang").await.unwrap();
    place.app.refresh().await.unwrap();
    for browser in [&lane, &other] {
        assert_eq!(browser.get("/obligations").await.location, "/sign-in?next=/obligations");
    }
}

#[tokio::test]
async fn a_pass_that_is_scanned_without_our_script_is_nobodys_name() {
    let place = Place::open(On::Memory).await;
    add(&place, "wang", Role::Officer).await;
    let browser = Browser::open(&place);
    for scanned in ["PQ1:RRQ+D9O60CO0QD13G88CKTJ9", "P<CHNXU<<JIANGUO<<<<<<<<<<<<<<<<<<<<<<<<<<<<"] {
        let form = browser.get("/sign-in").await;
        let page = browser.submit(&form, "/sign-in", &[("name", scanned), ("password", "")]).await;
        assert_eq!(page.status, 422);
        page.has("Nobody is signed in here")
            .has("name=\"name\" type=\"text\" value=\"\"")
            .lacks("RRQ")
            .lacks("JIANGUO");
    }
}
