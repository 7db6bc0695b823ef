//! Flights made, moved and taken in.

use pratique_core::access::Role;

use crate::browser::{Browser, Page};
use crate::lane::open;
use crate::support::people::OKAFOR;

const GOOD: [(&str, &str); 5] = [
    ("flight", "mu 558"),
    ("origin", "sin"),
    ("scheduled_arrival", "2026-11-25 00:40"),
    ("category", "international"),
    ("status", ""),
];

fn but<'a>(name: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    GOOD.into_iter().map(|(n, v)| if n == name { (n, value) } else { (n, v) }).collect()
}

async fn import(browser: &Browser<'_>, text: &str) -> Page {
    let form = browser.get("/flights/import").await;
    let part =
        |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = format!("{}{}--X--\r\n", part("csrf", &form.value("csrf")), part("text", text));
    browser.send_body("/flights/import", "multipart/form-data; boundary=X", body).await
}

#[tokio::test]
async fn a_flight_is_added_and_moved_on_the_ports_clock() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let today = planner.get("/flights").await;
    today.has("Flights on 24 November 2026").has("CA938").has("14:00").has("port time, UTC+8").has("not yet");
    let form = planner.get("/flights/new").await;
    let day = planner.follow(&form, "/flights/new", &GOOD).await;
    day.has("Flights on 25 November 2026").has("MU558 is saved.").has("00:40").has("Scheduled");
    let address = day.link("/flights/MU558");
    place.set("2026-11-24T15:52:00Z");
    let planner = Browser::signed_in(&place, "moon", Role::Planner).await;
    let one = planner.get(&address).await;
    one.has("value=\"2026-11-25 00:40\"");
    let moved = but("flight", "").into_iter().chain([("actual_arrival", "2026-11-24 23:50")]).collect::<Vec<_>>();
    let day = planner.follow(&one, "/flights/MU558-2026-11-25-CNPEK/move", &moved).await;
    day.has("MU558 is saved.").has("24 November 2026, 23:50").has("Landed");
    planner.get("/flights?date=2026-11-26").await.has("No flights are known").has("href=\"/flights?date=2026-11-25\"");
    planner.get("/flights?saved=%3Cb%3Ex").await.lacks("is saved").lacks("<b>x");
    // Another language is of the same day; what is no day is not repeated.
    let chinese = planner.get("/flights?date=2026-11-26&x=y").await.link("/flights?date=2026-11-26&#38;lang=zh");
    assert_eq!(chinese, "/flights?date=2026-11-26&#38;lang=zh-Hans");
    planner.get("/flights?date=2026-11-26&lang=zh-Hans").await.has("2026年11月26日");
    planner.get("/flights?lang=en").await;
    let wrong = planner.get("/flights?date=soon").await;
    assert_eq!(wrong.status, 422);
    wrong.has("value=\"soon\"");
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once_and_what_was_typed_stays() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let form = planner.get("/flights/new").await;
    let bad = [
        ("flight", "??"),
        ("origin", "Rome"),
        ("scheduled_arrival", "noon"),
        ("category", ""),
        ("actual_arrival", "later"),
    ];
    let page = planner.submit(&form, "/flights/new", &bad).await;
    assert_eq!(page.status, 422);
    page.has("Enter the scheduled arrival as date and time").has("Enter the actual arrival as date and time");
    for (name, value) in bad {
        page.has(&format!("href=\"#f{name}\""));
        page.has(&format!("value=\"{value}\""));
    }
    let known = but("flight", "CA938")
        .into_iter()
        .map(|(n, v)| if n == "scheduled_arrival" { (n, "2026-11-24 14:00") } else { (n, v) });
    let again = planner.submit(&form, "/flights/new", &known.collect::<Vec<_>>()).await;
    assert_eq!(again.status, 409);
    again.has("on the schedule of that day already");
}

#[tokio::test]
async fn an_airline_moves_its_own_flights_alone() {
    let place = open().await;
    let airline = Browser::signed_in_for(&place, "mu-desk", Role::Airline, Some("MU")).await;
    airline.get("/flights").await.lacks("CA938");
    assert_eq!(airline.get("/flights/CA938-2026-11-24-CNPEK").await.status, 403);
    let form = airline.get("/flights/new").await;
    let foreign = airline.submit(&form, "/flights/new", &but("flight", "CA800")).await;
    assert_eq!(foreign.status, 403);
    foreign.has("belongs to another airline").has("value=\"CA800\"");
    airline.follow(&form, "/flights/new", &GOOD).await.has("href=\"/flights/MU558");
    let officer = Browser::signed_in(&place, "wang", Role::Officer).await;
    officer.get("/flights").await.has("CA938").lacks("/flights/new");
}

#[tokio::test]
async fn a_schedule_is_taken_in_and_each_bad_line_is_named() {
    let place = open().await;
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    let text = "flight,origin,scheduled_arrival,category\n\
        CA112,HKG,2026-11-24T16:20,hmt\nCA??,HKG,2026-11-24T16:20,hmt\nCA938,LHR,2026-11-24T14:00,international\n";
    let page = import(&planner, text).await;
    assert_eq!(page.status, 200);
    page.has("New: 1. Changed: 0. As before: 1. Not taken: 1.").has("role=\"rowheader\">3</th>").has("CA??,HKG");
    // As browsers send a text field: every line ends with CR and LF.
    import(&planner, &text.replace('\n', "\r\n")).await.has("As before: 2.").has("role=\"rowheader\">3</th>");
    planner.get("/flights").await.has("CA112").has("Hong Kong, Macao, Taiwan").has("16:20");
    let empty = import(&planner, " \n").await;
    assert_eq!(empty.status, 422);
    empty.has("Choose a file, or paste the lines.");
    let nonsense = import(&planner, "to be or not to be").await;
    assert_eq!(nonsense.status, 422);
    nonsense.has("to be or not to be").has("role=\"alert\"").lacks("⟦");
}

const LIST: &str = "surname,given_names,dob,passport_number,issuer,seat\nOkafor,Ngozi,1979-12-30,A01234999,NGA,12C\n\
                    Smith,John,1970-01-01,500000001,GBR,3K\n";

#[tokio::test]
async fn a_flights_people_are_listed_compared_and_balanced() {
    let place = open().await;
    let chief = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    let officer = Browser::signed_in(&place, "wu", Role::Officer).await;
    place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
    let day = chief.get("/flights").await;
    let people = day.link("/flights/CA938-2026-11-24-CNPEK/people");
    let page = chief.get(&people).await;
    page.has("There is no manifest yet").has("Not on the manifest").has("Okafor Ngozi");
    let part =
        |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body = |text: &str| format!("{}{}--X--\r\n", part("csrf", &page.value("csrf")), part("text", text));
    let kind = "multipart/form-data; boundary=X";
    let refused = chief.send_body(&format!("{people}/manifest"), kind, body("seat\n1A\n")).await;
    assert_eq!(refused.status, 422);
    chief.send_body(&format!("{people}/manifest"), kind, body(LIST)).await.has("Taken: 2 people");

    // An officer compares the two and says that they are one person.
    let page = officer.get(&people).await;
    page.has("May be the same person").has("Another document").has("The same birth date").has("12C").has("Smith John");
    let (journey, listed) = (page.value("journey"), page.value("listed"));
    let same = [("say", "same"), ("journey", journey.as_str()), ("listed", listed.as_str())];
    let page = officer.follow(&page, &format!("{people}/said"), &same).await;
    page.has("Not everybody is accounted for yet").lacks("May be the same person").lacks("12C");
    page.lacks("Mark as not flown").lacks("Hand in the manifest");

    // The supervisor marks who did not fly, and only after a second look.
    let page = chief.get(&people).await;
    let smith = page.html.split_once("<option value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let hasty = chief.submit(&page, &format!("{people}/said"), &[("say", "no-show"), ("listed", &smith)]).await;
    assert_eq!(hasty.status, 422);
    hasty.has("Choose a person, and confirm");
    let page = chief
        .follow(&page, &format!("{people}/said"), &[("say", "no-show"), ("listed", &smith), ("sure", "yes")])
        .await;
    page.has("Did not fly").lacks("3K<").lacks("Record the health part");

    let page = officer.get(&people).await;
    let sent = [
        ("ill", "1"),
        ("sign-fever", "yes"),
        ("disinsection", "yes"),
        ("outcome", "free-pratique"),
        ("note", "Zanzibar"),
    ];
    let page = officer.follow(&page, &format!("{people}/inspection"), &sent).await;
    page.has("Ill on board: 1").has("Fever of 38").has("Insects killed").has("Free pratique").lacks("Zanzibar");
    let nothing = officer.submit(&page, &format!("{people}/inspection"), &[("ill", "0")]).await;
    assert_eq!(nothing.status, 422);
}

#[tokio::test]
async fn whoever_may_not_judge_sees_seats_and_nobodys_name() {
    let place = open().await;
    let people = "/flights/CA938-2026-11-24-CNPEK/people";
    let token = place.token("planner-2", Role::Planner).await;
    let put = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest").token(&token);
    put.body("text/csv", LIST).send().await.ok(201);
    let planner = Browser::signed_in(&place, "sun", Role::Planner).await;
    planner.get(people).await.has("12C").lacks("Smith").lacks("Mark as not flown");
    let stranger = Browser::signed_in(&place, "lab", Role::Technician).await;
    assert_eq!(stranger.get(people).await.status, 403);
}
