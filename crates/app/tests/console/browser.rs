//! A browser without scripts: it keeps cookies, sends the hidden fields of the forms it was shown, and follows what it is told.

use std::cell::RefCell;
use std::collections::BTreeMap;

use pratique::actions::staff;
use pratique::caller::Caller;
use pratique_core::access::{Grant, Role};

use crate::support::Place;

pub const PASSWORD: &str = "a long password indeed";

pub struct Page {
    pub status: u16,
    pub html: String,
    pub location: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Page {
    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "{text:?} is not on the page ({}):\n{}", self.status, self.html);
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{text:?} is on the page:\n{}", self.html);
        self
    }

    /// The value of the first field of this name.
    pub fn value(&self, name: &str) -> String {
        let at = format!("name=\"{name}\" value=\"");
        let from = self.html.split_once(&at).unwrap_or_else(|| panic!("no field {name}:\n{}", self.html)).1;
        from.split('"').next().unwrap().to_owned()
    }

    /// The address of the first link that begins so.
    pub fn link(&self, start: &str) -> String {
        let from = self
            .html
            .split_once(&format!("href=\"{start}"))
            .unwrap_or_else(|| panic!("no link {start}:\n{}", self.html))
            .1;
        format!("{start}{}", from.split('"').next().unwrap())
    }

    /// The address that begins so, with the name of its attribute before it: `src="/assets/`.
    pub fn link_of(&self, start: &str) -> String {
        let from = self.html.split_once(start).unwrap_or_else(|| panic!("no {start}:\n{}", self.html)).1;
        format!("{}{}", start.split_once('"').unwrap().1, from.split('"').next().unwrap())
    }
}

pub struct Browser<'a> {
    place: &'a Place,
    client: reqwest::Client,
    pub cookies: RefCell<BTreeMap<String, String>>,
    /// Every address that it asked for.
    pub seen: RefCell<Vec<String>>,
}

impl<'a> Browser<'a> {
    pub fn open(place: &'a Place) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Browser { place, client, cookies: RefCell::default(), seen: RefCell::default() }
    }

    /// A user of this role is added, and signs in.
    pub async fn signed_in(place: &'a Place, name: &str, role: Role) -> Self {
        Self::signed_in_for(place, name, role, None).await
    }

    pub async fn signed_in_for(place: &'a Place, name: &str, role: Role, organisation: Option<&str>) -> Self {
        let grant = Grant { role, port: "CNPEK".into(), organisation: organisation.map(str::to_owned) };
        staff::add(&place.app, &Caller::System("test"), name, grant, PASSWORD).await.unwrap();
        let browser = Browser::open(place);
        let form = browser.get("/sign-in").await;
        let page = browser.submit(&form, "/sign-in", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 303, "{}", page.html);
        browser
    }

    /// The same person gives their password again, at the same screen: a lane locks two minutes after the last use.
    pub async fn again(&self, name: &str) {
        let form = self.get("/sign-in").await;
        let page = self.submit(&form, "/sign-in", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 303, "{}", page.html);
    }

    /// The same at a station.
    pub async fn at_lane(place: &'a Place, name: &str, role: Role) -> Self {
        let browser = Self::signed_in(place, name, role).await;
        let form = browser.get("/checkpoint/station").await;
        let page = browser.submit(&form, "/checkpoint/station", &[("station", "T3D-L01")]).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/checkpoint"));
        browser
    }

    pub async fn get(&self, path: &str) -> Page {
        self.seen.borrow_mut().push(path.to_owned());
        let request = self.client.get(format!("http://{}{path}", self.place.address));
        self.send(request).await
    }

    /// Sends a form with the hidden fields of the page it stood on.
    pub async fn submit(&self, on: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let hidden = ["csrf", "seen", "next", "kept", "scan_id", "once"]
            .into_iter()
            .filter(|n| on.html.contains(&format!("name=\"{n}\" value=\"")));
        let hidden: Vec<(&str, String)> = hidden.map(|name| (name, on.value(name))).collect();
        let mut all: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields);
        let body = all.iter().map(|(k, v)| format!("{}={}", coded(k), coded(v))).collect::<Vec<_>>().join("&");
        self.send_body(path, "application/x-www-form-urlencoded", body).await
    }

    pub async fn send_body(&self, path: &str, kind: &str, body: String) -> Page {
        self.seen.borrow_mut().push(path.to_owned());
        let request = self.client.post(format!("http://{}{path}", self.place.address));
        self.send(request.header("content-type", kind).body(body)).await
    }

    /// A form sent, and the page that it leads to.
    pub async fn follow(&self, on: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.submit(on, path, fields).await;
        assert_eq!(page.status, 303, "{}", page.html);
        self.get(&page.location).await
    }

    /// Scans, and shows the verdict.
    pub async fn scan(&self, read: &str, mrz: &str) -> Page {
        let form = self.get("/checkpoint").await;
        self.follow(&form, "/checkpoint/scans", &[("read", read), ("mrz", mrz)]).await
    }

    /// Decides on the verdict shown.
    pub async fn decide(&self, on: &Page, decision: &str, reason: &str) -> Page {
        let path = self.seen.borrow().last().unwrap().trim_end_matches("/decision").to_owned();
        self.submit(on, &format!("{path}/decision"), &[("decision", decision), ("reason", reason)]).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        let headers = answer.headers().clone();
        let location = headers.get("location").map_or("", |v| v.to_str().unwrap()).to_owned();
        let (status, html) = (answer.status().as_u16(), answer.text().await.unwrap());
        crate::support::secrecy::hold(&html, &headers);
        Page { status, location, headers, html }
    }
}

fn coded(text: &str) -> String {
    let byte = |b: u8| match b {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The clock goes on by so many seconds.
pub fn later(place: &Place, s: i64) {
    place.clock.set(place.app.now() + jiff::SignedDuration::from_secs(s));
}
