//! Every answer is protected, whatever it answers: pages of everybody, errors, files, programs' answers.

use std::collections::BTreeSet;

use pratique_core::access::Role;

use crate::browser::{Browser, Page};
use crate::support::contract::DOCUMENT;
use crate::support::{Answer, On, Place};

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
];
/// Of security.md 2.7, word for word; the number differs.
const BEFORE: &str = "default-src 'none'; script-src 'self'";
const BEHIND: &str = "; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types pratique 'allow-duplicates'";

/// Holds one answer; answers the number that its scripts carry, if it is a page.
#[track_caller]
fn hold(what: &str, headers: &reqwest::header::HeaderMap, html: &str) -> Option<String> {
    let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    for (name, value) in FIXED {
        assert_eq!(header(name), value, "{what}: {name}");
    }
    assert!(header("permissions-policy").contains("microphone=(), geolocation=()"), "{what}");
    let kept = header("cache-control");
    let is_public = what.contains(" /assets/") || what.contains("/.well-known/") || what.contains("/questionnaires/");
    assert!(kept == "no-store" || (is_public && !kept.is_empty()) || what.contains("openapi.json"), "{what}: {kept:?}");
    let policy = header("content-security-policy");
    let middle = policy.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(BEHIND));
    let middle = middle.unwrap_or_else(|| panic!("{what}: {policy}"));
    let kind = header("content-type");
    assert!(!kind.contains("javascript") || what.contains(" /assets/"), "{what} is sent as a script");
    if !kind.starts_with("text/html") {
        assert_eq!(middle, "", "{what}");
        return None;
    }
    let nonce = middle.strip_prefix(" 'nonce-").and_then(|rest| rest.strip_suffix('\''));
    let nonce = nonce.unwrap_or_else(|| panic!("{what}: {policy}"));
    assert_eq!(nonce.len(), 24, "128 bits");
    for script in html.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{what}: <script{script}");
    }
    for never in
        ["<style", " style=\"", " onclick=", " onload=", " onsubmit=", "javascript:", "<base", "<object", "<iframe"]
    {
        assert!(!html.contains(never), "{what}: {never}");
    }
    Some(nonce.to_owned())
}

fn hold_page(what: &str, page: &Page) -> Option<String> {
    hold(what, &page.headers, &page.html)
}

fn hold_answer(what: &str, answer: &Answer) -> Option<String> {
    hold(what, &answer.headers, &answer.text())
}

const PAGES: &[&str] = &[
    "/",
    "/find",
    "/find?code=7GQ2M4XK9TA",
    "/declare",
    "/declare/trip",
    "/declare/check",
    "/pass/00000000000",
    "/wait",
    "/help",
    "/privacy",
    "/privacy/nothing",
    "/about",
    "/api",
    "/kiosk",
    "/kiosk/set-up",
    "/kiosk/read",
    "/kiosk/idle",
    "/kiosk/slip",
    "/sign-in",
    "/console",
    "/checkpoint",
    "/checkpoint/station",
    "/checkpoint/recent",
    "/desk",
    "/orders",
    "/obligations",
    "/paper",
    "/booth",
    "/booth/station",
    "/laboratory",
    "/laboratory/custody",
    "/inbox",
    "/inbox/cases",
    "/flights",
    "/flights/new",
    "/flights/import",
    "/hall",
    "/supervision",
    "/supervision/positives",
    "/bulletin",
    "/nowhere",
    "/.git/HEAD",
    "/debug",
    "/admin",
    "/assets/none.css",
    "/assets/none.0.js",
];

#[tokio::test]
async fn every_page_for_everybody_has_them_and_a_number_of_its_own() {
    let place = Place::open_secure(On::Memory).await;
    let mut numbers = BTreeSet::new();
    let mut pages = 0;
    let mut seen_once = |what: &str, number: Option<String>| {
        pages += usize::from(number.is_some());
        assert!(number.is_none_or(|number| numbers.insert(number)), "{what}: a number is used once");
    };
    let mut scripts = 0;
    for role in [Role::Officer, Role::Medical, Role::Supervisor, Role::Sampler, Role::Releaser, Role::Administrator] {
        let browser = Browser::signed_in(&place, role.name(), role).await;
        for path in PAGES {
            let page = browser.get(path).await;
            assert!(page.status < 500, "{path}: {}", page.status);
            scripts += page.html.matches("<script").count();
            seen_once(path, hold_page(&format!("GET {path}"), &page));
        }
    }
    assert!(scripts > 0 && pages > 100, "{scripts} scripts, {pages} pages");
}

#[tokio::test]
async fn every_answer_to_a_program_has_them_whatever_goes_wrong() {
    let place = Place::open_secure(On::Memory).await;
    let token = place.token("administrator", Role::Administrator).await;
    let mut asked = 0;
    for (template, methods) in DOCUMENT["paths"].as_object().unwrap() {
        let path = template
            .replace("{port}", "CNPEK")
            .replace("{code}", "00000000000")
            .replace("{id}", "x")
            .replace("{journey}", "x")
            .replace("{label}", "x")
            .replace("{listed}", "x");
        if path.ends_with("/supervision/flow") {
            continue;
        }
        for method in methods.as_object().unwrap().keys().map(|method| method.to_ascii_uppercase()) {
            for token in ["", token.as_str(), "made-up"] {
                let call = place.call(&method, &path);
                let call = if token.is_empty() { call } else { call.token(token) };
                hold_answer(&format!("{method} {path}"), &call.send().await);
                asked += 1;
            }
        }
        let other = place.call("PATCH", &path).send().await;
        assert_eq!(other.status, 405, "{path}");
        hold_answer(&format!("PATCH {path}"), &other);
    }
    assert!(asked > 150, "{asked}");
    let too_large =
        place.call("POST", "/api/v1/declarations").body("application/json", "x".repeat(70_000)).send().await;
    assert_eq!(too_large.status, 413);
    hold_answer("a large body", &too_large);
    let unsupported = place.call("POST", "/api/v1/declarations").body("text/plain", "x").send().await;
    assert_eq!(unsupported.status, 415);
    hold_answer("another kind of body", &unsupported);
}

#[tokio::test]
async fn nothing_answers_where_nothing_should_and_trace_is_no_method() {
    let place = Place::open_secure(On::Memory).await;
    for (path, status) in [
        ("/.git/HEAD", 404),
        ("/.env", 404),
        ("/debug", 404),
        ("/debug/pprof", 404),
        ("/server-status", 404),
        ("/assets/../Cargo.toml", 404),
    ] {
        let answer = place.get(path).send().await;
        assert_eq!(answer.status, status, "{path}");
        hold_answer(&format!("GET {path}"), &answer);
    }
    let figures = place.get("/metrics").header("x-forwarded-for", "192.0.2.1").send().await;
    assert_eq!(figures.status, 401);
    hold_answer("GET /metrics", &figures);
    for path in ["/", "/find", "/checkpoint", "/api/v1/declarations", "/sign-in", "/kiosk/clear"] {
        let answer = place.call("TRACE", path).send().await;
        assert_eq!(answer.status, 405, "{path}");
        assert!(!answer.header("allow").is_empty(), "{path}");
        hold_answer(&format!("TRACE {path}"), &answer);
    }
    for name in ["pratique.css", "staff.css", "flag.svg", "supervision.js", "kiosk.js"] {
        let path = pratique::assets::address(name);
        let file = place.get(&path).send().await;
        assert!(file.status == 200 && file.header("cache-control").contains("immutable"), "{name}");
        hold_answer(&format!("GET {path}"), &file);
    }
}

#[tokio::test]
async fn an_answer_that_fails_on_our_side_has_them_too() {
    let place = Place::open_secure(On::Memory).await;
    let browser = Browser::signed_in(&place, "wang", Role::Supervisor).await;
    for table in ["ALTER TABLE guarded_row RENAME TO gone", "ALTER TABLE entry RENAME TO gone_too"] {
        pratique_store::testing::meddle(&place.app.store, table).await.unwrap();
    }
    let mut failed = 0;
    for path in ["/flights", "/obligations", "/pass/00000000000", "/api/v1/declarations/00000000000"] {
        let page = browser.get(path).await;
        hold_page(path, &page);
        failed += u32::from(page.status >= 500);
    }
    assert!(failed > 0);
}

#[tokio::test]
async fn every_cookie_is_for_this_host_alone_and_out_of_scripts_reach() {
    let place = Place::open_secure(On::Memory).await;
    let mut set = BTreeSet::new();
    let mut hold_cookies = |page: &Page| {
        for cookie in page.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.starts_with("__Host-"), "{cookie}");
            for mark in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(cookie.contains(mark), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            // 32 random bytes, or something sealed: none of them can be guessed.
            assert!(
                value.is_empty() || value.len() >= 22 || ["__Host-lang", "__Host-station"].contains(&name),
                "{cookie}"
            );
            set.insert(name.to_owned());
        }
    };
    let staff = Browser::open(&place);
    crate::sign_in::add(&place, "wang", Role::Officer).await;
    let form = staff.get("/sign-in?lang=en").await;
    hold_cookies(&form);
    hold_cookies(&staff.submit(&form, "/sign-in", &[("name", "wang"), ("password", crate::browser::PASSWORD)]).await);
    let form = staff.get("/checkpoint/station").await;
    hold_cookies(&staff.submit(&form, "/checkpoint/station", &[("station", "T3D-L01")]).await);
    hold_cookies(&staff.submit(&form, "/sign-out", &[]).await);
    let traveller = Browser::open(&place);
    let start = traveller.get("/").await;
    hold_cookies(&traveller.submit(&start, "/declare", &[("port", "CNPEK")]).await);
    assert_eq!(
        set.into_iter().collect::<Vec<_>>(),
        ["__Host-device", "__Host-draft", "__Host-lang", "__Host-staff", "__Host-station"]
    );
    let page = traveller.get("/?lang=zh-Hans").await;
    page.has("<html lang=\"zh-Hans\"");
    traveller.get("/help").await.has("<html lang=\"zh-Hans\"");
}
