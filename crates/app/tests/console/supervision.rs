//! The supervisor's pages, walked without scripts: every number leads to its list, and the list to what this role may open.

use std::time::Duration;

use pratique_core::access::Role;
use pratique_core::journey::TestResult;
use serde_json::json;

use crate::browser::{Browser, Page, later};
use crate::lane::{declare, open};
use crate::support::course::{isolated, result};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{Place, uuid};

/// Somebody is scanned and decided on: the journey.
async fn inspected(place: &Place, officer: &str, who: &Person, decision: &str) -> String {
    let contact = decision == "refer";
    let declared = declare(place, who, json!({"contact_case": contact})).await;
    let scan_id = uuid();
    let scan = json!({"scan_id": scan_id, "station": "T3D-L01", "pass": declared["pass"], "mrz": who.mrz()});
    let scanned = place.post(officer, "/checkpoint/scans", &scan).await.ok(200);
    let body = json!({"scan_id": scan_id, "decision": decision, "reason": "as advised"});
    place.post(officer, "/checkpoint/decisions", &body).await.ok(200);
    scanned["journey"].as_str().unwrap().to_owned()
}

async fn day() -> (Place, String) {
    let place = open().await;
    let officer = place.token("wang", Role::Officer).await;
    let planner = place.token("planner two", Role::Planner).await;
    let landed = json!({"origin": "LHR", "scheduled_arrival": "2026-11-24T00:00:00Z", "actual_arrival": "2026-11-24T00:00:00Z", "category": "hmt"});
    place.call("PUT", "/api/v1/flights/CX390-2026-11-24-CNPEK").token(&planner).json(&landed).send().await.ok(201);
    let sick = inspected(&place, &officer, &LI, "hold").await;
    inspected(&place, &officer, &GARCIA, "clear").await;
    inspected(&place, &officer, &OKAFOR, "refer").await;
    later(&place, 60);
    result(&place, &sick, TestResult::Positive).await;
    isolated(&place, &sick).await;
    (place, sick)
}

/// An address as it is, of one as HTML has it.
fn plain(address: &str) -> String {
    address.replace("&#38;", "&")
}

/// Every number on the page with its list's address.
fn numbers(page: &Page) -> Vec<(String, usize)> {
    let main = page.html.split_once("id=\"flow\"").unwrap().1.split_once("</main>").unwrap().0;
    let links = main.split("<a href=\"").skip(1).map(|rest| rest.split("</a>").next().unwrap());
    let number = |link: &str| {
        let (address, rest) = link.split_once('"').unwrap();
        let text = rest.split('>').find_map(|part| part.split('<').next().unwrap().trim().parse().ok()).unwrap();
        (plain(address), text)
    };
    links.map(number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_leads_to_a_list_of_just_as_many_lines_and_names_nobody() {
    let (place, sick) = day().await;
    for role in [Role::Supervisor, Role::Planner] {
        let browser = Browser::signed_in(&place, &format!("the {}", role.name()), role).await;
        let page = browser.get("/supervision").await;
        page.has("Passengers quarantined").has("Designated hospital").has("Figures of 08:01:00");
        let found = numbers(&page);
        assert!(found.len() > 60, "{}", found.len());
        for (address, count) in found {
            let list = browser.get(&address).await;
            assert_eq!(list.status, 200, "{address}");
            let lines = list.html.matches("role=\"rowheader\"").count();
            assert_eq!(lines, count, "{address} for {role:?}:\n{}", list.html);
            for personal in ["Li", "Na", "Garcia", "Okafor", "E12345678", "1988", &sick[..8]] {
                let body =
                    list.html.split_once("<tbody").map_or("", |(_, body)| body.split("</tbody>").next().unwrap());
                let told = body
                    .replace("href=\"", "\u{0}")
                    .split('\u{0}')
                    .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
                    .collect::<String>();
                assert!(!told.contains(personal), "{personal} at {address}:\n{told}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_leads_to_the_record_where_the_role_may_open_it() {
    let (place, _) = day().await;
    let supervisor = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let list = supervisor.get("/supervision/positives").await;
    list.has("CA938").has("Owed first now").has("Tell the person the result");
    supervisor.get(&list.link("/obligations/")).await.has("ends in").lacks("Li Na");
    planner.get("/supervision/positives").await.has("CA938").lacks("/obligations/");
    let tubes = supervisor.get("/supervision/samples-collected").await;
    // The laboratory works blind: a tube stands beside no entry and no flight.
    tubes.lacks("CA938").lacks("Entry");
    planner.get("/supervision/samples-collected").await.lacks("/laboratory/tubes/");
    supervisor.get("/supervision/came?category=hmt").await.has("CX390").has("/flights/CX390-2026-11-24-CNPEK/people");
    supervisor.get("/supervision/came?category=cargo").await.has("There is nothing on this list.");
    let owed = supervisor.get("/supervision/loops?owner=department&department=contact-tracing").await;
    owed.has("Contact tracing").has("Find the contacts of a case").lacks("Examine a referred person");
    let old = supervisor.get("/supervision/positives?from=2026-11-20&to=2026-11-23").await;
    old.has("20 November 2026 to 23 November 2026").has("There is nothing on this list.");
    for nowhere in [
        "/supervision/names",
        "/supervision/queue-x",
        "/supervision/loops?owner=x",
        "/supervision/loops?owner=department&department=x",
        "/supervision/loops?age=9",
        "/supervision/came?category=x",
        "/supervision/loops?urgency=%3Cb%3E",
    ] {
        assert_eq!(supervisor.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bulletin_is_shown_for_any_days_and_taken_along() {
    let (place, _) = day().await;
    let browser = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let today = browser.get("/bulletin").await;
    today.has("value=\"2026-11-24\"").has("Inbound flights").has("fewer than 5").has("Passengers quarantined");
    // What is hidden outside is found inside, one click away.
    browser.get(&plain(&today.link("/supervision/positives"))).await.has("CA938");
    let text = browser.get(&plain(&today.link("/bulletin/text"))).await;
    assert_eq!(
        text.headers["content-disposition"],
        "attachment; filename=\"bulletin-CNPEK-2026-11-24-2026-11-24.txt\""
    );
    text.has("Passengers quarantined: 3\n").has("International passenger flights: 0\n");
    let chinese = browser.get("/bulletin/text?from=2026-11-24&to=2026-11-24&language=zh-Hans").await;
    chinese.has("检疫入境旅客：3\n");
    let json = browser.get("/bulletin/json?from=2026-11-24&to=2026-11-24").await;
    let json: serde_json::Value = serde_json::from_str(&json.html).unwrap();
    assert_eq!((&json["flights"]["hmt"], &json["figures"]["positives"]), (&json!(1), &json!(null)));
    let week = browser.get("/bulletin?from=2026-11-18&to=2026-11-24&lang=zh-Hans").await;
    week.has("2026年11月18日至2026年11月24日").has("逐日数字").has("<svg role=\"img\"");
    let wrong = browser.get("/bulletin?from=2026-11-25&to=soon&lang=en").await;
    assert_eq!(wrong.status, 422);
    wrong
        .has("href=\"#fto\"")
        .has("value=\"soon\"")
        .has("Write a day of the calendar as year, month and day")
        .lacks("Inbound flights");
    assert_eq!(browser.get("/bulletin/json?from=2026-11-25&to=2026-11-24").await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_hears_of_a_change_by_its_session_and_only_as_long_as_that_is_used() {
    let (place, _) = day().await;
    let browser = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let page = browser.get("/supervision").await;
    let script = page.link_of("src=\"/assets/supervision.");
    assert_eq!(browser.get(&script).await.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(Browser::open(&place).get("/supervision/flow").await.status, 401);
    let officer = Browser::signed_in(&place, "li", Role::Officer).await;
    assert_eq!(officer.get("/supervision/flow").await.status, 403);

    let cookie: Vec<String> = browser.cookies.borrow().iter().map(|(k, v)| format!("{k}={v}")).collect();
    let url = format!("http://{}/supervision/flow?lang=zh-Hans", place.address);
    let request = reqwest::Client::new().get(url).header("cookie", cookie.join("; "));
    let mut flow = request.send().await.unwrap();
    assert_eq!((flow.status().as_u16(), flow.headers()["x-accel-buffering"].to_str().unwrap()), (200, "no"));
    let mut told = String::new();
    while !told.contains("\n\n") {
        told += std::str::from_utf8(&flow.chunk().await.unwrap().unwrap()).unwrap_or_default();
    }
    assert!(told.starts_with("event: summary\n") && told.contains("id=\"n-passengers-quarantined\">3<"), "{told}");

    // An hour in which nobody did anything: the page is still open, and the session over.
    later(&place, 61 * 60);
    let over = async { while let Ok(Some(_)) = flow.chunk().await {} };
    tokio::time::timeout(Duration::from_secs(3), over).await.unwrap();
    assert_eq!(browser.get("/supervision").await.location, "/sign-in?next=/supervision");
}
