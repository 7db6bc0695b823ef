//! From the first page to the pass.

use pratique::actions::turn_key;
use pratique::caller::Caller;
use pratique_core::access::Role;
use pratique_formats::pass::Algorithm;

use crate::browser::{Browser, Page};
use crate::support::people::ca938;
use crate::support::{On, Place, at, on_every_engine};

pub const TRIP: &[(&str, &str)] = &[("/trip/flight", "ca 938"), ("/trip/date", "20261124"), ("/trip/seat", "")];
pub const LI: &[(&str, &str)] = &[
    ("/traveller/document/type", "passport"),
    ("/traveller/document/number", "E 1234 5678"),
    ("/traveller/name/primary", "Li"),
    ("/traveller/name/secondary", "Na"),
    ("/traveller/name/native", "李娜"),
    ("/traveller/birth_date", "1988年3月2日"),
    ("/traveller/sex", ""),
    ("/traveller/sex", "F"),
    ("/traveller/nationality", "CHN"),
    ("/traveller/document/issuer", ""),
];
pub const CONTACT: &[(&str, &str)] = &[("/contact/phone", "+86 138 0000 0000"), ("/contact/email", "")];

/// The form's pages with the answers of somebody in good health, at this person's address and pointer.
pub async fn healthy(browser: &mut Browser<'_>, at: &str, base: &str) -> Page {
    let name = |question: &str| format!("{base}/answers/{question}");
    let sections: [(&str, &[(&str, &str)]); 5] = [
        ("about", &[("about/occupation", "")]),
        ("travel", &[("travel/visited/0/visited_country", "GBR"), ("travel/visited/0/visited_place", "London")]),
        (
            "exposure",
            &[
                ("exposure/contact_case", "false"),
                ("exposure/contact_ill", "false"),
                ("exposure/community_cases", "false"),
                ("exposure/cluster", "false"),
            ],
        ),
        ("health", &[("health/unwell", "false"), ("health/medicine", "false")]),
        ("test", &[("test/tested", "false")]),
    ];
    let mut last = None;
    for (section, answers) in sections {
        let named: Vec<_> = answers.iter().map(|(question, value)| (name(question), *value)).collect();
        let pairs: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let page = browser.fill(&format!("{at}/answers/{section}"), &pairs).await;
        assert_eq!(page.status, 200, "{section}: {}", page.html);
        last = Some(page);
    }
    last.unwrap()
}

/// Everything up to the list of companions.
pub async fn filled(browser: &mut Browser<'_>) -> Page {
    let started = browser.fill("/", &[]).await;
    assert_eq!(started.address, "/");
    let trip = browser.post("/declare", &[("port", "CNPEK")]).await;
    assert_eq!((trip.status, trip.address.as_str()), (303, "/declare/trip"));
    assert_eq!(browser.fill("/declare/trip", TRIP).await.address, "/declare/you");
    assert_eq!(browser.fill("/declare/you", LI).await.address, "/declare/contact");
    assert_eq!(browser.fill("/declare/contact", CONTACT).await.address, "/declare/answers/about");
    let companions = healthy(browser, "/declare", "").await;
    assert_eq!(companions.address, "/declare/companions");
    companions
}

pub async fn sent(browser: &mut Browser<'_>) -> Page {
    let pass = browser.fill("/declare/check", &[("/attested", ""), ("/attested", "true")]).await;
    assert_eq!(pass.status, 200, "{}", pass.html);
    assert!(pass.address.starts_with("/pass/"), "{}", pass.address);
    pass
}

pub async fn flight(place: &Place) {
    let token = place.token("planner", Role::Supervisor).await;
    let path = "/api/v1/flights/CA938-2026-11-24-CNPEK";
    place.call("PUT", path).token(&token).json(&ca938()).send().await.ok(201);
}

on_every_engine! {
    async fn a_traveller_declares_and_shows_the_pass(place: Place) {
        flight(&place).await;
        let mut browser = Browser::new(&place);
        let companions = filled(&mut browser).await;
        let check = browser.fill_page(&companions, "/declare/companions", &[]).await;
        assert_eq!(check.address, "/declare/check");
        assert!(check.html.contains("2 March 1988") && check.html.contains("Same as nationality"), "{}", check.html);
        let form = browser.get("/declare/check").await;
        let pass = sent(&mut browser).await;
        assert!(pass.html.contains("Your declaration is received."));
        assert!(pass.html.contains("Ready to show") && pass.html.contains("Li Na 李娜") && pass.html.contains("•••• 678"));
        assert!(pass.html.contains("24 November 2026, 14:00") || pass.html.contains("23 November 2026, 14:00"));
        assert!(!pass.html.contains("E12345678"), "a pass on a screen is seen by neighbours");
        for tier in ["green", "amber", "tier"] {
            assert!(!pass.html.to_lowercase().contains(tier), "{tier}");
        }
        let picture = browser.get(pass.between("class=\"code\" src=\"", "\"")).await;
        assert!(picture.html.starts_with("<svg"), "{}", picture.html);

        // Pressed twice, or gone back and pressed again: the same pass, nothing new.
        let again = browser.fill_page(&form, "/declare/check", &[("/attested", "true")]).await;
        assert_eq!(again.code(), pass.code());
        assert_eq!(browser.get("/declare/trip").await.code(), pass.code());
        let token = place.token("supervisor", Role::Supervisor).await;
        let flight = place.get("/api/v1/flights/CA938-2026-11-24-CNPEK").token(&token).send().await.ok(200);
        assert_eq!(flight["declared"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_many_times_at_once_it_is_one_declaration_and_each_press_gets_its_pass() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    for _ in 0..4 {
        let mut browser = Browser::new(&place);
        filled(&mut browser).await;
        let page = browser.get("/declare/check").await;
        let presses = (0..8).map(|_| {
            let (mut window, page) = (browser.window(), &page);
            async move { window.fill_page(page, "/declare/check", &[("/attested", "true")]).await }
        });
        let passes = futures_util::future::join_all(presses).await;
        for pass in &passes {
            assert_eq!((pass.status, pass.code()), (200, passes[0].code()), "{}", pass.html);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_without_a_key_says_what_to_do_and_keeps_what_was_typed() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    let companions = filled(&mut browser).await;
    browser.fill_page(&companions, "/declare/companions", &[]).await;
    let us = Caller::System("test");
    let kid = place.app.ring().port("CNPEK").unwrap().signer.kid().to_string();
    turn_key::revoke(&place.app, &us, "CNPEK", &kid, at("2026-11-24T12:00:00Z")).await.unwrap();
    let told = browser.fill("/declare/check", &[("/attested", ""), ("/attested", "true")]).await;
    assert_eq!((told.status, told.header("retry-after")), (503, "60"));
    assert!(told.html.contains("cannot sign passes") && told.html.contains("on paper"), "{}", told.html);
    assert!(!told.html.contains("in a minute") && told.html.contains("name=\"/attested\""), "{}", told.html);
    turn_key::rotate(&place.app, &us, "CNPEK", Algorithm::Es256).await.unwrap();
    let pass = browser.fill_page(&told, "/declare/check", &[("/attested", "true")]).await;
    assert!(pass.address.starts_with("/pass/"), "{}", pass.address);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_wrongly_is_told_at_its_field_and_never_lost() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let wrong = [("/trip/flight", "to Beijing"), ("/trip/date", "24/11/26"), ("/trip/seat", "31A")];
    // A day that no calendar has comes back as it was typed, and not turned round.
    let page = browser.fill("/declare/trip", &[("/trip/flight", "ca 938"), ("/trip/date", "31/02/2026")]).await;
    assert!(page.status == 422 && page.html.contains("value=\"31/02/2026\""), "{}", page.html);
    let page = browser.fill("/declare/trip", &wrong).await;
    assert_eq!(page.status, 422);
    for shown in
        ["There is a problem", "href=\"#f:trip:flight\"", "value=\"to Beijing\"", "value=\"24/11/26\"", "value=\"31A\""]
    {
        assert!(page.html.contains(shown), "{shown}");
    }
    // Tomorrow, or after a closed window: as it was left, and nobody is scolded again.
    let later = browser.get("/declare").await;
    assert_eq!(later.address, "/declare/trip");
    assert!(later.html.contains("value=\"to Beijing\"") && !later.html.contains("There is a problem"));
    let mended = browser.get("/declare/trip?problems=1").await;
    assert!(mended.html.contains("There is a problem"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_that_ends_before_it_begins_is_told_at_its_last_day() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let at = |name: &str| format!("/answers/travel/visited/0/visited_{name}");
    let (country, from, to) = (at("country"), at("from"), at("to"));
    let stay = |last| [(country.as_str(), "THA"), (from.as_str(), "20261120"), (to.as_str(), last)];
    let page = browser.fill("/declare/answers/travel", &stay("2026-11-02")).await;
    assert_eq!(page.status, 422, "{}", page.html);
    for shown in ["#f:answers:travel:visited:0:visited_to\"", "Give 2026-11-20 or a later day.", "value=\"2026-11-02\""]
    {
        assert!(page.html.contains(shown), "{shown}: {}", page.html);
    }
    let page = browser.fill("/declare/answers/travel", &stay("2026-11-20")).await;
    assert_eq!((page.status, page.address.as_str()), (200, "/declare/answers/exposure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_too_long_is_told_as_that_and_what_was_saved_is_still_there() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    browser.fill("/declare/trip", TRIP).await;
    let long = "x".repeat(100 * 1024);
    let page = browser.fill("/declare/you", &[("/traveller/name/primary", &long)]).await;
    assert_eq!(page.status, 413);
    assert!(page.html.contains("is too long") && page.html.contains("shorter"), "{}", page.html);
    assert!(!page.html.contains("once more"), "{}", page.html);
    assert!(browser.get("/declare/trip").await.html.contains("value=\"ca 938\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_opens_further_questions_on_the_same_page() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let ill = [("/answers/health/unwell", "true"), ("/answers/health/medicine", "false")];
    let page = browser.fill("/declare/answers/health", &ill).await;
    assert_eq!(page.address, "/declare/answers/health#f:answers:health:symptoms");
    assert!(page.html.contains("What do you feel") && !page.html.contains("There is a problem"));
    let unanswered = [ill[0], ill[1], ("/answers/health/symptoms", ""), ("/answers/health/temperature_c", "hot")];
    let page = browser.fill("/declare/answers/health", &unanswered).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.html.matches("<li><a href=\"#f:answers:health").count(), 2, "{}", page.html);
    // Back to "no": the symptoms are not asked, and the way goes on.
    let well = [("/answers/health/unwell", "false"), ("/answers/health/medicine", "false")];
    assert_eq!(browser.fill("/declare/answers/health", &well).await.address, "/declare/answers/test");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_names_all_that_is_missing_and_leads_there_and_back() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let ticked = browser.fill("/declare/check", &[("/attested", ""), ("/attested", "true")]).await;
    assert_eq!(ticked.status, 422);
    // What must be changed must be read again: no tick stands there beforehand.
    for page in [ticked, browser.get("/declare/check").await] {
        assert!(page.html.contains("id=\"f:attested\"") && !page.html.contains(" checked"), "{}", page.html);
    }
    let page = browser.fill("/declare/check", &[("/attested", "")]).await;
    assert_eq!(page.status, 422);
    for link in [
        "/declare/trip?then=check&#38;problems=1#f:trip:flight",
        "/declare/you?then=check&#38;problems=1#f:traveller:birth_date",
        "/declare/answers/exposure?then=check&#38;problems=1#f:answers:exposure:cluster",
        "#f:attested",
    ] {
        assert!(page.html.contains(link), "{link} is not in {}", page.html);
    }
    let trip = browser.get("/declare/trip?then=check&problems=1").await;
    assert!(trip.html.contains("action=\"/declare/trip?then=check\"") && trip.html.contains("There is a problem"));
    let back = browser.fill_page(&trip, "/declare/trip?then=check", TRIP).await;
    assert_eq!(back.address, "/declare/check");
    assert!(back.html.contains("24 November 2026"));
    // What others lack is told with who they are.
    browser.fill("/declare/companions", &[("add", "1")]).await;
    let page = browser.fill("/declare/check", &[("/attested", "true")]).await;
    let link = "problems=1#f:companions:0:traveller:birth_date\">";
    assert!(page.between(link, "</a>").starts_with("“Person 2”: "), "{}", page.html);
}

/// The child who travels along, up to the list of companions.
pub async fn with_child(browser: &mut Browser<'_>) {
    let child = browser.fill("/declare/companions", &[("add", "1")]).await;
    assert_eq!(child.address, "/declare/companions/0/you");
    let named: Vec<_> = LI.iter().map(|(name, value)| (format!("/companions/0{name}"), *value)).collect();
    let mut pairs: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    pairs.push(("/companions/0/relation", "child"));
    // Her own passport, copied by mistake, is one person twice: told at once, on the child's page.
    let page = browser.fill("/declare/companions/0/you", &pairs).await;
    assert_eq!((page.status, page.address.as_str()), (422, "/declare/companions/0/you"));
    assert!(page.html.contains("There is a problem") && page.html.contains("E 1234 5678"), "{}", page.html);
    let number =
        [("/companions/0/traveller/document/number", "E87654321"), ("/companions/0/traveller/name/secondary", "Tong")];
    let page = browser.fill("/declare/companions/0/you", &number).await;
    assert_eq!(page.address, "/declare/companions/0/answers/about");
    let list = healthy(browser, "/declare/companions/0", "/companions/0").await;
    assert_eq!(list.address, "/declare/companions");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mother_declares_for_her_child_and_each_has_a_pass() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    with_child(&mut browser).await;
    let pass = sent(&mut browser).await;
    assert!(pass.html.contains("Passes of those who travel with you") && pass.html.contains("Li Tong"));
    // One page is enough for both.
    assert_eq!(pass.html.matches("<img class=\"code\"").count(), 2, "{}", pass.html);
    assert!(pass.html.contains("The pass of Li Tong"), "{}", pass.html);
    let theirs = pass.between("<h3><bdi>Li Tong", "</div>");
    let picture = theirs.split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(browser.get(picture).await.html.starts_with("<svg"), "{picture}");
    let address = theirs.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let childs = browser.get(address).await;
    assert!(childs.html.contains("Li Tong") && !childs.html.contains("Passes of those who travel with you"));

    let mut another = Browser::new(&place);
    assert_eq!(another.get(address).await.address, format!("/find?code={}", childs.code()));
    // Elsewhere the mother's number opens her own pass; the child's is named, and proved by itself.
    let found = another.fill("/find", &[("code", &pass.code()), ("proof", "E12345678")]).await;
    assert!(found.html.contains("Li Tong") && found.html.contains(address), "{}", found.html);
    assert_eq!(found.html.matches("<img class=\"code\"").count(), 1, "{}", found.html);
    assert_eq!(found.html.matches("class=\"state\"").count(), 1, "how far the child is, is the child's");
    assert!(!found.html.contains("•••• 321"), "{}", found.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_added_and_removed_without_scripts() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let rows = "/answers/travel/visited";
    let first = [("/answers/travel/visited/0/visited_country", "GBR")];
    let page = browser.fill("/declare/answers/travel", &[first[0], ("add", rows)]).await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("name=\"/answers/travel/visited/1/visited_country\""));
    let both =
        [first[0], ("/answers/travel/visited/1/visited_country", "THA"), ("remove", "/answers/travel/visited/0")];
    let page = browser.fill("/declare/answers/travel", &both).await;
    assert!(
        page.html.contains("<option value=\"THA\" selected") && !page.html.contains("<option value=\"GBR\" selected")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_nationality_is_told_once_and_at_its_own_field() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let typed: Vec<_> = [("/traveller/nationality", ""), ("/traveller/document/issuer", "")].to_vec();
    let page = browser.fill("/declare/you", &typed).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains("href=\"#f:traveller:nationality\""), "{}", page.html);
    assert!(!page.html.contains("href=\"#f:traveller:document:issuer\""), "{}", page.html);
    assert!(!page.html.contains("f:traveller:document:issuer:error"));
    let check = browser.fill("/declare/check", &[("/attested", "true")]).await;
    assert!(
        check.html.contains("#f:traveller:nationality")
            && !check.html.contains("problems=1#f:traveller:document:issuer")
    );
    // One that was given and is none is told.
    let page = browser.fill("/declare/you", &[("/traveller/document/issuer", "Atlantis")]).await;
    assert!(page.html.contains("href=\"#f:traveller:document:issuer\""), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_keeps_the_way_back_to_the_check() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let page = browser.get("/declare/trip?then=check&x=y").await;
    assert!(page.html.contains("href=\"/declare/trip?then=check&#38;lang=zh-Hans\""), "{}", page.html);
    let page = browser.get("/find?code=%22x").await;
    assert!(page.html.contains("href=\"/find?lang=zh-Hans\""), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_window_changed_is_not_attested_unseen() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let seen = browser.get("/declare/check").await;
    // The same answers sent once more, and the tick that was forgotten, change nothing.
    browser.fill("/declare/contact", CONTACT).await;
    let untick = browser.fill_page(&seen, "/declare/check", &[("/attested", "")]).await;
    assert_eq!(untick.status, 422, "{}", untick.html);
    browser
        .fill("/declare/answers/health", &[("/answers/health/unwell", "false"), ("/answers/health/medicine", "true")])
        .await;
    for stale in [&seen, &untick] {
        let anew = browser.fill_page(stale, "/declare/check", &[("/attested", "true")]).await;
        assert_eq!((anew.status, anew.address.as_str()), (409, "/declare/check"));
        assert!(
            anew.html.contains("Your answers have changed") && !anew.html.contains("value=\"true\" checked"),
            "{}",
            anew.html
        );
    }
    // A form that does not say what it showed was not ours.
    let csrf = seen.between("name=\"csrf\" value=\"", "\"");
    let bare = browser.post("/declare/check", &[("csrf", csrf), ("/attested", "true")]).await;
    assert_eq!(bare.status, 409);
    sent(&mut browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_arrival_long_past_is_told_on_the_first_page() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    browser.post("/declare", &[("port", "CNPEK")]).await;
    let on = |day| [("/trip/flight", "CA938"), ("/trip/date", day), ("/trip/seat", ""), ("/party", "alone")];
    let page = browser.fill("/declare/trip", &on("2026-11-20")).await;
    assert_eq!(page.status, 422);
    assert!(
        page.html.contains("href=\"#f:trip:date\"") && page.html.contains("more than two days ago"),
        "{}",
        page.html
    );
    assert!(page.html.contains("value=\"2026-11-20\""), "what was typed stays");
    // Whoever came yesterday, and was led past, still declares; so does who came with an aircraft that was days late.
    assert_eq!(browser.fill("/declare/trip", &on("2026-11-23")).await.address, "/declare/you");
    let token = place.token("planner", Role::Supervisor).await;
    let mut late = ca938();
    late["scheduled_arrival"] = "2026-11-20T06:00:00Z".into();
    late["actual_arrival"] = "2026-11-23T06:00:00Z".into();
    place.call("PUT", "/api/v1/flights/CA938-2026-11-20-CNPEK").token(&token).json(&late).send().await.ok(201);
    assert_eq!(browser.fill("/declare/trip", &on("2026-11-20")).await.address, "/declare/you");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_travel_history_is_said_to_be_left_out() {
    let place = Place::open(On::Memory).await;
    let mut browser = Browser::new(&place);
    filled(&mut browser).await;
    let travel = browser.get("/declare/answers/travel").await;
    assert!(travel.between("<h2>", "</h2>").contains("(optional)"), "{}", travel.html);
    let none = [("/answers/travel/visited/0/visited_country", ""), ("/answers/travel/visited/0/visited_place", "")];
    assert_eq!(browser.fill("/declare/answers/travel", &none).await.address, "/declare/answers/exposure");
    let check = browser.get("/declare/check").await;
    let row = check.between("<dt>Which countries or regions", "</div>");
    assert!(
        row.contains("Left out") && row.contains("/declare/answers/travel?then=check#f:answers:travel:visited"),
        "{row}"
    );
}
