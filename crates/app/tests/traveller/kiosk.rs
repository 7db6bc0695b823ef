//! A kiosk without scripts: set up once by staff, a passport typed in by its reader, a declaration after landing, a slip, and
//! nothing left of the person: not on the pages, not for their cookies, not in the store.

use pratique::actions::staff;
use pratique::caller::Caller;
use pratique::ledger;
use pratique_core::access::Role;

use crate::browser::{Browser, Page};
use crate::declare::{CONTACT, TRIP, flight, healthy};
use crate::support::people::{LI, LI_JUNIOR};
use crate::support::{On, Place, on_every_engine};

const CARD: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

/// A browser that staff made the kiosk T3D-K01.
pub async fn kiosk<'a>(place: &'a Place, name: &str) -> Browser<'a> {
    let token = place.token(name, Role::Kiosk).await;
    let mut browser = Browser::new(place);
    assert_eq!(browser.get("/kiosk").await.address, "/kiosk/set-up");
    let page = browser.fill("/kiosk/set-up", &[("token", &token), ("station", "T3D-K01")]).await;
    assert_eq!((page.status, page.address.as_str()), (200, "/kiosk"), "{}", page.html);
    browser
}

pub async fn begun(browser: &mut Browser<'_>, language: &str) {
    let page = browser.post("/kiosk", &[("lang", language)]).await;
    assert_eq!((page.status, page.address.as_str()), (303, "/kiosk/read"));
}

async fn read(browser: &mut Browser<'_>, zone: &str) -> Page {
    browser.fill("/kiosk/read", &[("zone", zone)]).await
}

async fn you(browser: &mut Browser<'_>) -> Page {
    let shown = browser.get("/declare/you").await;
    let value = |name: &str| {
        let from = shown.html.split_once(&format!("name=\"{name}\" type=\"text\" value=\"")).unwrap().1;
        from.split('"').next().unwrap().to_owned()
    };
    let texts =
        ["/traveller/document/number", "/traveller/name/primary", "/traveller/name/secondary", "/traveller/birth_date"];
    let values = texts.map(value);
    let pairs: Vec<_> = texts.iter().zip(&values).map(|(name, value)| (*name, value.as_str())).collect();
    browser.fill_page(&shown, "/declare/you", &pairs).await
}

async fn declared(browser: &mut Browser<'_>, ill: bool) -> Page {
    assert_eq!(browser.fill("/declare/trip", TRIP).await.address, "/declare/you");
    assert_eq!(you(browser).await.address, "/declare/contact");
    browser.fill("/declare/contact", CONTACT).await;
    healthy(browser, "/declare", "").await;
    if ill {
        let answers =
            ["contact_case", "contact_ill", "community_cases", "cluster"].map(|q| format!("/answers/exposure/{q}"));
        let pairs: Vec<_> = answers.iter().map(|name| (name.as_str(), "true")).collect();
        browser.fill("/declare/answers/exposure", &pairs).await;
    }
    browser.fill("/declare/check", &[("/attested", ""), ("/attested", "true")]).await
}

on_every_engine! {
    async fn a_passport_is_read_the_rest_is_asked_a_slip_is_printed_and_nothing_is_left(place: Place) {
        flight(&place).await;
        // An hour after landing: as good as before it.
        place.set("2026-11-24T07:00:00Z");
        let mut browser = kiosk(&place, "t3d-k01").await;
        begun(&mut browser, "en").await;
        assert_eq!(read(&mut browser, &LI.mrz().replace('\n', "\r\n")).await.address, "/declare/trip");
        let filled = browser.get("/declare/you").await;
        for shown in ["value=\"E12345678\"", "value=\"LI\"", "value=\"NA\"", "value=\"1988-03-02\"", "<option value=\"CHN\" selected"] {
            assert!(filled.html.contains(shown), "{shown} is not in {}", filled.html);
        }
        let slip = declared(&mut browser, false).await;
        assert_eq!((slip.status, slip.address.as_str()), (200, "/kiosk/slip"), "{}", slip.html);
        assert!(slip.html.contains("Good now, until") && slip.html.contains("26 November 2026, 14:00"), "{}", slip.html);
        assert!(slip.html.contains("N. L., •••• 678"), "{}", slip.html);
        for never in ["E12345678", "Na", "LI", "1988"] {
            assert!(!slip.html.contains(&format!(">{never}<")) && !slip.html.contains("E12345678"), "{never}");
        }
        let picture = browser.get("/kiosk/slip/0").await;
        assert!(picture.html.starts_with("<svg"), "{}", picture.html);
        // Pressed again, gone back, another page of the declaration: the slip, and nothing new.
        assert_eq!(browser.get("/declare/check").await.address, "/kiosk/slip");
        assert_eq!(browser.get("/declare").await.address, "/kiosk/slip");
        assert_eq!(browser.get("/").await.address, "/kiosk");

        // That last page was the kiosk's start, which wipes; the next person's is wiped by the button.
        begun(&mut browser, "zh-Hans").await;
        read(&mut browser, &LI_JUNIOR.mrz()).await;
        let before = browser.cookies.clone();
        let secret = before["draft"].clone();
        assert!(place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_some());
        let cleared = browser.post("/kiosk/clear", &[]).await;
        assert_eq!((cleared.status, cleared.address.as_str()), (303, "/kiosk"));
        assert_eq!(cleared.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_none());
        assert!(browser.cookies["draft"].is_empty() && browser.cookies["lang"].is_empty() && !browser.cookies["kiosk"].is_empty());
        for address in ["/declare/you", "/declare/check", "/kiosk/read", "/kiosk/slip"] {
            let back = browser.get(address).await;
            assert_eq!(back.address, "/kiosk", "{address}");
            assert!(!back.html.contains("E87654321"));
        }
        // Also for whoever kept the cookies.
        browser.cookies = before;
        assert_eq!(browser.get("/declare/you").await.address, "/kiosk");
    }

    async fn cookies_kept_from_a_kiosk_lead_to_no_pass(place: Place) {
        flight(&place).await;
        let mut browser = kiosk(&place, "t3d-k01").await;
        begun(&mut browser, "en").await;
        read(&mut browser, &LI.mrz()).await;
        let slip = declared(&mut browser, false).await;
        assert_eq!(slip.address, "/kiosk/slip");
        let kept = browser.cookies.clone();
        browser.post("/kiosk/clear", &[]).await;
        for without in ["", "kiosk"] {
            browser.cookies = kept.clone();
            browser.cookies.remove(without);
            for address in ["/declare/check", "/declare/you", "/kiosk/slip", "/kiosk/slip/0"] {
                let page = browser.get(address).await;
                let led = page.address.as_str();
                // What is no kiosk any more is an ordinary browser, once it has forgotten.
                assert!(["/kiosk", "/kiosk/set-up", "/kiosk/slip/0", "/"].contains(&led), "{address}: {led}");
                assert!(!page.html.contains("678") && !page.html.contains("<svg"), "{address}: {}", page.html);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_slip_looks_the_same_whatever_was_answered() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    let mut slips = Vec::new();
    for ill in [false, true] {
        begun(&mut browser, "en").await;
        read(&mut browser, &LI.mrz()).await;
        let slip = declared(&mut browser, ill).await;
        assert_eq!(slip.address, "/kiosk/slip", "{}", slip.html);
        let code = slip.between("<strong dir=\"ltr\">", "<").to_owned();
        let nonce = slip.between("nonce=\"", "\"").to_owned();
        slips.push(slip.html.replace(&code, "CODE").replace(&nonce, "NONCE"));
    }
    assert_eq!(slips[0], slips[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_misread_is_told_by_its_field_and_typed_by_hand() {
    let place = Place::open(On::Memory).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    begun(&mut browser, "en").await;
    let page = read(&mut browser, &LI.mrz().replace("E12345678", "E12345679")).await;
    assert_eq!(page.status, 422);
    assert!(
        page.html.contains("The document number was not read well")
            && page.html.contains("Go on, and type what is missing")
    );
    assert!(
        !page.html.contains("The date of birth was not read well") && !page.html.contains("E12345679"),
        "{}",
        page.html
    );
    let filled = browser.get("/declare/you").await;
    assert!(
        filled.html.contains("value=\"1988-03-02\"")
            && filled.html.contains("name=\"/traveller/document/number\" type=\"text\" value=\"\"")
    );
    for (typed, words) in [("", "Nothing was read"), ("hello", "These are not the lines"), ("V<UTO", "not the lines")] {
        let page = read(&mut browser, typed).await;
        assert!(page.status == 422 && page.html.contains(words), "{typed}: {}", page.html);
    }
    // A card of three lines, in one run, takes the place of what was read before.
    assert_eq!(read(&mut browser, &CARD.replace('\n', "")).await.address, "/declare/trip");
    let filled = browser.get("/declare/you").await;
    assert!(filled.html.contains("value=\"D23145890\"") && !filled.html.contains("1988-03-02"), "{}", filled.html);
    assert!(filled.html.contains("<option value=\"identity-card\" selected>"));
    // The reader is broken: everything is typed.
    begun(&mut browser, "en").await;
    let page = browser.get("/kiosk/read").await;
    assert!(page.html.contains("href=\"/declare/trip\"") && page.html.contains("Go on without the reader"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_childs_passport_is_read_too_and_each_has_a_slip() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    begun(&mut browser, "en").await;
    read(&mut browser, &LI.mrz()).await;
    browser.fill("/declare/trip", TRIP).await;
    you(&mut browser).await;
    browser.fill("/declare/contact", CONTACT).await;
    healthy(&mut browser, "/declare", "").await;
    let page = browser.fill("/declare/companions", &[("add", "1")]).await;
    assert_eq!(page.address, "/kiosk/read/0");
    assert!(page.html.contains("next person"));
    let page = browser.fill("/kiosk/read/0", &[("zone", &LI_JUNIOR.mrz())]).await;
    assert_eq!(page.address, "/declare/companions/0/you");
    assert!(page.html.contains("value=\"E87654321\""), "{}", page.html);
    assert_eq!(browser.get("/kiosk/read/1").await.address, "/declare/companions");
    let pairs = [
        ("/companions/0/traveller/document/number", "E87654321"),
        ("/companions/0/traveller/name/primary", "LI"),
        ("/companions/0/traveller/birth_date", "2019-07-21"),
        ("/companions/0/relation", "child"),
    ];
    browser.fill_page(&page, "/declare/companions/0/you", &pairs).await;
    healthy(&mut browser, "/declare/companions/0", "/companions/0").await;
    let slip = browser.fill("/declare/check", &[("/attested", "true")]).await;
    assert_eq!(
        (slip.address.as_str(), slip.html.matches("<section class=\"slip\">").count()),
        ("/kiosk/slip", 2),
        "{}",
        slip.html
    );
    assert!(browser.get("/kiosk/slip/1").await.html.starts_with("<svg"));
    assert_eq!(browser.get("/kiosk/slip/2").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asks_by_itself_whether_anybody_is_there_and_wipes_then() {
    let place = Place::open(On::Memory).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    begun(&mut browser, "en").await;
    let page = read(&mut browser, &LI.mrz()).await;
    let meta = "<noscript><meta http-equiv=\"refresh\" content=\"120; url=/kiosk/idle?back=/declare/trip\"></noscript>";
    assert!(
        page.html.contains(meta) && page.html.contains("data-idle-s=\"30\"") && page.html.contains("Stop and clear")
    );
    assert_eq!(page.header("cache-control"), "no-store");
    for to_read in ["/help", "/privacy", "/privacy/2026-11"] {
        let page = browser.get(to_read).await;
        assert!(
            page.html.contains("http-equiv=\"refresh\"") && page.html.contains("class=\"back\" href=\"/declare\""),
            "{}",
            page.html
        );
    }
    let idle = browser.get("/kiosk/idle?back=/declare/trip").await;
    assert_eq!(idle.header("refresh"), "20; url=/kiosk");
    assert!(idle.html.contains("href=\"/declare/trip\">I need more time"), "{}", idle.html);
    for foreign in ["//evil.example", "https://evil.example", "/console", ""] {
        let idle = browser.get(&format!("/kiosk/idle?back={foreign}")).await;
        assert!(idle.html.contains("href=\"/declare\">I need more time"), "{foreign}: {}", idle.html);
    }
    // A page of trouble does not stay either.
    let trouble = browser.get("/declare/nowhere").await;
    assert_eq!((trouble.status, trouble.header("refresh")), (404, "30; url=/kiosk/idle"));
    let secret = browser.cookies["draft"].clone();
    let start = browser.get("/kiosk").await;
    assert_eq!(start.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_none());
    // Nobody was there: nothing to clear, and the page stands for the next.
    let start = browser.get("/kiosk").await;
    assert!(start.header("clear-site-data").is_empty() && !start.html.contains("refresh"), "{}", start.html);
    assert!(start.html.contains("English: start") && start.html.contains("中文：开始"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_kiosk_without_power_left_behind_goes_within_the_hour() {
    let place = Place::open(On::Memory).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    begun(&mut browser, "en").await;
    read(&mut browser, &LI.mrz()).await;
    let secret = browser.cookies["draft"].clone();
    place.set("2026-11-24T00:29:00Z");
    pratique::actions::purge::drafts(&place.app).await.unwrap();
    assert!(place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_some());
    place.set("2026-11-24T00:31:00Z");
    assert_eq!(pratique::actions::purge::drafts(&place.app).await.unwrap(), 1);
    assert!(place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_none());
    assert_eq!(browser.get("/declare/you").await.address, "/kiosk");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_becomes_a_kiosk_by_a_kiosks_token_and_stops_with_its_user() {
    let place = Place::open(On::Memory).await;
    let officer = place.token("wang", Role::Officer).await;
    let token = place.token("t3d-k02", Role::Kiosk).await;
    let mut browser = Browser::new(&place);
    for (token, station, words) in [
        ("made-up", "T3D-K02", "No kiosk has this token"),
        ("", "T3D-K02", "No kiosk has this token"),
        (officer.as_str(), "T3D-K02", "not a kiosk’s"),
        (token.as_str(), "T3D-L01", "Choose one of this port"),
    ] {
        let page = browser.fill("/kiosk/set-up", &[("token", token), ("station", station)]).await;
        assert!(page.status == 422 && page.html.contains(words), "{words}: {}", page.html);
        assert!(token.is_empty() || !page.html.contains(token), "a token is not shown again");
    }
    assert!(!browser.cookies.contains_key("kiosk"));
    let page = browser.get("/kiosk/set-up").await;
    assert!(page.html.contains("href=\"/\">Health declaration on arrival"), "a traveller is shown the way");
    let page = browser.fill("/kiosk/set-up", &[("token", &token), ("station", "T3D-K02")]).await;
    assert!(page.html.contains("T3D-K02"), "{}", page.html);
    assert!(!browser.cookies["kiosk"].contains(&token), "sealed");
    begun(&mut browser, "en").await;
    read(&mut browser, &LI.mrz()).await;
    let secret = browser.cookies["draft"].clone();
    staff::disable(&place.app, &Caller::System("test"), "t3d-k02").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(browser.get("/kiosk").await.address, "/kiosk/set-up");
    assert!(
        place.app.store.row(ledger::draft_row(&secret)).await.unwrap().is_none(),
        "nobody reads on where they were"
    );
    assert_eq!(browser.post("/kiosk", &[("lang", "en")]).await.address, "/kiosk/set-up");
    browser.headers = vec![("sec-fetch-site", "cross-site")];
    for address in ["/kiosk", "/kiosk/clear", "/kiosk/set-up"] {
        assert_eq!(browser.post(address, &[("lang", "en")]).await.status, 403, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_which_kiosk_it_was() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let mut browser = kiosk(&place, "t3d-k01").await;
    begun(&mut browser, "en").await;
    read(&mut browser, &LI.mrz()).await;
    declared(&mut browser, false).await;
    let heads = place.app.store.checkpoint().await.unwrap().heads;
    let chain = place.app.store.audit_range(heads[0].writer, 1, 1000).await.unwrap();
    let declared = chain.iter().find(|link| link.entry.action == "declare").unwrap();
    assert_eq!(declared.entry.actor, "t3d-k01");
    let detail: serde_json::Value = serde_json::from_str(&declared.entry.detail).unwrap();
    assert_eq!(detail, serde_json::json!({"channel": "kiosk", "station": "T3D-K01"}));
}
