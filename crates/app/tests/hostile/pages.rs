//! The traveller's pages: every field of every page with what nobody should type.

use pratique_core::access::Role;

use crate::browser::Browser;
use crate::support::people::ca938;
use crate::support::{On, Place, log};
use crate::values::{Dice, PLANTED, texts};

const PAGES: [&str; 6] = [
    "/declare/trip",
    "/declare/you",
    "/declare/contact",
    "/declare/answers/exposure",
    "/declare/answers/health",
    "/find",
];
/// Of the 10,000.
const COUNT: usize = 500;

/// The names of the page's fields.
fn names(html: &str) -> Vec<String> {
    let parts = html.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut names: Vec<String> = parts.filter(|name| *name != "csrf").map(str::to_owned).collect();
    names.dedup();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn f22_f23_no_field_of_a_page_breaks_it_or_is_shown_as_markup() {
    let place = Place::open(On::Memory).await;
    let planner = place.token("planner", Role::Planner).await;
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&ca938()).send().await.ok(201);
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let (dice, texts) = (Dice::new(22), texts());
    for turn in 0..COUNT {
        let address = PAGES[turn % PAGES.len()];
        let page = browser.get(address).await;
        let names = names(&page.html);
        let typed: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), dice.of::<String>(&texts).as_str())).collect();
        let answer = browser.fill_page(&page, address, &typed).await;
        assert!(answer.status == 200 || (400..500).contains(&answer.status), "{turn} {address}: {}", answer.status);
        assert!(
            !answer.html.contains("<script>alert") && !answer.html.contains("<img src=x"),
            "{address} shows markup"
        );
        assert!(answer.html.contains("</html>"), "{address} is cut off");
    }
    let logged = log::lines();
    assert_eq!(logged.lines().find(|line| line.contains(PLANTED)), None);
}
