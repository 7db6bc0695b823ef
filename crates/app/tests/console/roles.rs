//! Who may open which page, and where each role begins.

use pratique_core::access::Role;

use crate::browser::Browser;
use crate::support::{On, Place};

#[tokio::test]
async fn each_role_opens_its_own_pages_and_no_others() {
    let place = Place::open(On::Memory).await;
    let pages = [
        "/desk",
        "/orders",
        "/checkpoint/station",
        "/paper",
        "/obligations",
        "/flights",
        "/flights/new",
        "/flights/import",
        "/hall",
        "/supervision",
        "/supervision/positives",
        "/bulletin",
        "/bulletin/json?from=2026-11-24&to=2026-11-24",
        "/laboratory",
        "/laboratory/custody",
        "/booth/station",
        "/inbox",
    ];
    for role in Role::ALL {
        let whose = match role {
            Role::Airline => Some("CA"),
            Role::Department => Some("hospital"),
            _ => None,
        };
        let browser = Browser::signed_in_for(&place, role.name(), role, whose).await;
        let mut open = Vec::new();
        for path in pages {
            let page = browser.get(path).await;
            match page.status {
                200 => open.push(path),
                403 => drop(page.has("not for your role")),
                other => panic!("{path} for {role:?}: {other}"),
            }
        }
        let expected = own(role);
        assert_eq!(open, expected, "{role:?}");
        let home = browser.get("/console").await;
        assert_eq!((home.status, home.html.contains("There is no page yet")), (200, expected.is_empty()), "{role:?}");
    }
}

/// The pages of a role, of those above.
fn own(role: Role) -> &'static [&'static str] {
    match role {
        Role::Medical => &["/desk", "/orders", "/checkpoint/station", "/paper", "/obligations", "/flights"],
        Role::Officer => &["/orders", "/checkpoint/station", "/paper", "/obligations", "/flights"],
        Role::Supervisor => &[
            "/paper",
            "/obligations",
            "/flights",
            "/flights/new",
            "/flights/import",
            "/hall",
            "/supervision",
            "/supervision/positives",
            "/bulletin",
            "/bulletin/json?from=2026-11-24&to=2026-11-24",
            "/laboratory",
            "/laboratory/custody",
        ],
        Role::Planner => &[
            "/flights",
            "/flights/new",
            "/flights/import",
            "/hall",
            "/supervision",
            "/supervision/positives",
            "/bulletin",
            "/bulletin/json?from=2026-11-24&to=2026-11-24",
        ],
        Role::Airline => &["/flights", "/flights/new", "/flights/import"],
        Role::Sampler => &["/laboratory", "/laboratory/custody", "/booth/station"],
        Role::Technician | Role::Releaser => &["/laboratory", "/laboratory/custody"],
        Role::Department => &["/inbox"],
        _ => &[],
    }
}

#[tokio::test]
async fn without_signing_in_every_page_leads_to_the_sign_in_and_back() {
    let place = Place::open(On::Memory).await;
    let browser = Browser::open(&place);
    for path in [
        "/checkpoint",
        "/obligations",
        "/flights",
        "/console",
        "/flights/import",
        "/hall",
        "/supervision",
        "/supervision/loops",
        "/bulletin",
        "/booth",
        "/laboratory",
        "/inbox",
        "/inbox/cases",
    ] {
        assert_eq!(browser.get(path).await.location, format!("/sign-in?next={path}"));
    }
}

#[tokio::test]
async fn what_is_not_there_or_belongs_to_another_port_looks_the_same() {
    let place = Place::open(On::Memory).await;
    let browser = Browser::at_lane(&place, "wang", Role::Medical).await;
    for path in [
        "/checkpoint/scans/not-a-scan",
        "/checkpoint/scans/01989f4e-0000-7000-8000-000000000000",
        "/obligations/x",
        "/obligations/01989f4e-0000-7000-8000-000000000000.1",
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        page.has("There is nothing here");
    }
}
