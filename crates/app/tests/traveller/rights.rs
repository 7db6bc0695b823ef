//! The notice, what is held, and a wish, in a browser.

use crate::browser::Browser;
use crate::declare::{filled, flight, sent};
use crate::support::{On, Place};

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_is_read_before_the_first_field_and_its_version_is_found_with_the_pass() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    let start = browser.get("/").await;
    let (notice, form) =
        (start.html.find("Who is responsible").unwrap(), start.html.find("action=\"/declare\"").unwrap());
    assert!(notice < form && !start.html.contains("/traveller/"), "nothing personal is asked before it");
    assert!(start.html.contains("180 days"), "the port's own numbers stand in it");
    filled(&mut browser).await;
    let pass = sent(&mut browser).await;
    let address = format!("/pass/{}/held", pass.code());
    assert!(pass.html.contains(&address));
    let held = browser.get(&address).await;
    assert!(held.html.contains("href=\"/privacy/2026-12\""), "{}", held.html);
    assert!(browser.get("/privacy/2026-11").await.html.contains("What is kept"), "older versions stay readable");
    assert_eq!(browser.get("/privacy/1999-01").await.status, 404);
    // Another browser proves itself first.
    let other = Browser::new(&place).get(&address).await;
    assert!(other.address.starts_with("/find"), "{}", other.address);
    let other = Browser::new(&place).get(&format!("{address}.json")).await;
    assert!(other.address.starts_with("/find"), "{}", other.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_taken_and_a_wish_sent() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let address = format!("/pass/{}/held", sent(&mut browser).await.code());
    let copy = browser.get(&format!("{address}.json")).await;
    let copy: serde_json::Value = serde_json::from_str(&copy.html).unwrap();
    assert_eq!((&copy["notice"], &copy["kept"]["purpose"]), (&"2026-12".into(), &"unused".into()));
    assert!(copy["declarations"][0]["traveller"]["name"]["primary"].is_string());

    let page = browser.get(&address).await;
    assert!(page.html.contains("Nobody but you has looked yet"), "{}", page.html);
    let nothing = browser.fill_page(&page, &address, &[("text", " ")]).await;
    assert!(nothing.status == 422 && nothing.html.contains("Write what should be put right"), "{}", nothing.html);
    let asked = browser.fill_page(&page, &address, &[("text", "My sister <b>did not</b> travel with me.")]).await;
    assert_eq!(asked.status, 200);
    assert!(asked.html.contains("My sister &#60;b&#62;did not"), "{}", asked.html);
    assert!(asked.html.contains("Somebody answers within two weeks"));
    // A form of another site's is not taken.
    assert_eq!(browser.post(&address, &[("text", "x"), ("csrf", "y")]).await.status, 403);
}
