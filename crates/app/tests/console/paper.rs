//! Paper forms at the console: numbered and printed, keyed in with the paper's time and four fields twice, a slip for the person.

use pratique_core::access::Role;

use crate::browser::{Browser, Page};
use crate::support::people::ca938;
use crate::support::{On, Place};

const SERIAL: &str = "CNPEK-000001-B";

async fn flight(place: &Place) {
    let token = place.token("planner", Role::Supervisor).await;
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&token).json(&ca938()).send().await.ok(201);
}

fn keyed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("/paper/day", "2026-11-24"),
        ("/paper/hour", "07:15"),
        ("/trip/flight", "CA938"),
        ("/trip/date", "20261124"),
        ("/trip/seat", ""),
        ("/traveller/document/type", "passport"),
        ("/traveller/document/number", "E12345678"),
        ("/traveller/name/primary", "Li"),
        ("/traveller/name/secondary", "Na"),
        ("/traveller/name/native", ""),
        ("/traveller/birth_date", "1988-03-02"),
        ("/traveller/sex", ""),
        ("/traveller/sex", "F"),
        ("/traveller/nationality", "CHN"),
        ("/traveller/document/issuer", ""),
        ("/contact/phone", "+8613800000000"),
        ("/contact/email", ""),
        ("/contact/address", ""),
        ("/answers/about/occupation", ""),
        ("/answers/travel/visited/0/visited_country", "GBR"),
        ("/answers/travel/visited/0/visited_place", "London"),
        ("/answers/travel/visited/0/visited_from", ""),
        ("/answers/travel/visited/0/visited_to", ""),
        ("/answers/exposure/contact_case", "false"),
        ("/answers/exposure/contact_ill", "false"),
        ("/answers/exposure/community_cases", "false"),
        ("/answers/exposure/cluster", "false"),
        ("/answers/health/unwell", "false"),
        ("/answers/health/medicine", "false"),
        ("/answers/test/tested", "false"),
        ("/twice/traveller/document/number", "e 1234 5678"),
        ("/twice/traveller/birth_date", "19880302"),
        ("/twice/trip/flight", "ca 938"),
        ("/twice/traveller/name/primary", "LI"),
        ("/attested", ""),
        ("/attested", "true"),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

/// Numbers forms; the page that prints them.
async fn printed(browser: &Browser<'_>, count: &str, language: &str) -> Page {
    let form = browser.get("/paper").await;
    browser.follow(&form, "/paper/forms", &[("count", count), ("language", language)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_are_numbered_once_and_hold_every_question() {
    let place = Place::open(On::Memory).await;
    let supervisor = Browser::signed_in(&place, "sun", Role::Supervisor).await;
    let form = supervisor.get("/paper").await;
    form.lacks("/paper/find").has("Number and show them");
    let first = supervisor.submit(&form, "/paper/forms", &[("count", "3"), ("language", "en")]).await;
    let again = supervisor.submit(&form, "/paper/forms", &[("count", "3"), ("language", "en")]).await;
    assert_eq!((&first.location, &again.location), (&"/paper/forms?first=1&count=3".to_owned(), &first.location));
    let sheets = supervisor.get(&first.location).await;
    for (number, serial) in ["CNPEK-000001-B", "CNPEK-000002-P", "CNPEK-000003-1"].iter().enumerate() {
        assert_eq!(sheets.html.matches(serial).count(), 3, "form {number}: number, picture's title, foot");
    }
    sheets.has("□ Yes").has("□ Passport").has("Which countries or regions").has("Signature").has("Family name ★");
    sheets.has("(only if you ticked “Yes” at").has("□ Dry cough");
    let chinese = printed(&supervisor, "1", "zh-Hans").await;
    chinese.has("lang=\"zh-Hans\"").has("入境健康申报表（纸质）").has("CNPEK-000004-");
    for wrong in ["0", "51", "many", ""] {
        let page = supervisor.submit(&form, "/paper/forms", &[("count", wrong), ("once", "x")]).await;
        assert_eq!(page.status, 422, "{wrong}");
    }
    assert_eq!(supervisor.get("/paper/forms?first=99&count=1").await.status, 404);
    supervisor.get("/paper").await.has("CNPEK-000001-B – CNPEK-000003-1");
    assert_eq!(supervisor.get(&format!("/paper/forms/{SERIAL}")).await.status, 403, "who prints need not key in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_keyed_in_with_its_own_time_and_a_slip_is_printed() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let officer = Browser::signed_in(&place, "wang", Role::Officer).await;
    printed(&officer, "1", "zh-Hans").await;
    let led = officer.get("/paper/find?serial=cnpek+000001+b").await;
    assert_eq!(led.location, format!("/paper/forms/{SERIAL}"));
    let form = officer.get(&led.location).await;
    form.has("Read these four off the paper again").lacks("There is a problem");
    let keyed_page = officer.follow(&form, &led.location, &keyed(&[])).await;
    // The slip is the person's, in the language of their form.
    keyed_page
        .has("健康通行码")
        .has("•••• 678")
        .has("24 November 2026, 07:15")
        .has("keyed in 24 November 2026, 08:00 by wang");
    keyed_page.lacks("E12345678").lacks("1988");
    let picture = officer.get(&format!("/paper/forms/{SERIAL}/picture")).await;
    assert!(picture.html.starts_with("<svg"));

    // The same press twice leads to the same slip; the form itself is used.
    let twice = officer.submit(&form, &led.location, &keyed(&[])).await;
    assert_eq!(twice.location, format!("/paper/forms/{SERIAL}/slip"));
    let used = officer.get(&led.location).await;
    assert_eq!(used.status, 422);
    used.has("keyed in already, on 2026-11-24 08:00, by wang");
    let other = officer.submit(&form, &led.location, &keyed(&[("/paper/hour", "07:20"), ("once", "2")])).await;
    assert_eq!(other.status, 422);
    other.has("keyed in already");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_keyed_in_twice_must_agree_and_nothing_typed_is_lost() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let medical = Browser::signed_in(&place, "chen", Role::Medical).await;
    printed(&medical, "1", "en").await;
    let address = format!("/paper/forms/{SERIAL}");
    let form = medical.get(&address).await;
    let send = |more: Vec<(&'static str, &'static str)>| {
        let fields = keyed(&more);
        let (medical, form, address) = (&medical, &form, &address);
        async move { medical.submit(form, address, &fields).await }
    };
    for (name, value, words) in [
        ("/twice/traveller/document/number", "E12345687", "f:twice:traveller:document:number"),
        ("/twice/traveller/birth_date", "1988-02-03", "f:twice:traveller:birth_date"),
        ("/twice/trip/flight", "CA983", "f:twice:trip:flight"),
        ("/twice/traveller/name/primary", "", "f:twice:traveller:name:primary"),
        ("/paper/hour", "25:00", "f:paper:hour"),
        ("/paper/day", "2026-11-25", "The time on the paper is still to come"),
        ("/paper/day", "2026-11-19", "more than 72 hours ago"),
        ("/attested", "", "Without a signature"),
        ("/answers/exposure/cluster", "", "f:answers:exposure:cluster"),
        ("/traveller/sex", "", "f:traveller:sex"),
    ] {
        let page = send(vec![(name, value)]).await;
        assert_eq!(page.status, 422, "{name}={value}: {}", page.html);
        page.has(words).has("There is a problem").has("value=\"London\"");
    }
    // A yes opens questions; they come on the same page, and nothing is wrong yet.
    let opened = send(vec![("/answers/health/unwell", "true")]).await;
    assert_eq!(opened.status, 200);
    opened.has("An answer opens more questions").has("What do you feel").lacks("There is a problem");
    let added = send(vec![("add", "/answers/travel/visited")]).await;
    added.has("name=\"/answers/travel/visited/1/visited_country\"");
    for (typed, words) in
        [("12", "Enter the form"), ("CNPEK-000001-C", "One character"), ("CNPEK-000002-P", "No form with this number")]
    {
        let page = medical.get(&format!("/paper/find?serial={typed}")).await;
        let page = if page.status == 303 { medical.get(&page.location).await } else { page };
        assert_eq!(page.status, 422);
        page.has(words);
    }
    assert_eq!(send(vec![]).await.status, 303, "none of it used the form up");
}
