//! What departments hear: by the feed, and by webhooks to a real receiver.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use pratique::actions::deliver::deliver;
use pratique::webhook::{key_of, signature, target};
use pratique_core::access::Role;
use pratique_core::journey::TestResult;
use serde_json::{Value, json};

use super::checkpoint::flight;
use super::departments::{department, offered, presented};
use crate::support::course::{amended, isolated, result};
use crate::support::people::LI;
use crate::support::{On, Place, on_every_engine};

/// The whole feed, page by page, as a department reads it.
async fn feed(place: &Place, token: &str, after: Option<&str>) -> (Vec<Value>, Option<String>) {
    let mut next = after.map(str::to_owned);
    let mut all = Vec::new();
    loop {
        let query = next.as_ref().map(|cursor| format!("?after={cursor}")).unwrap_or_default();
        let page = place.get(&format!("/api/v1/feed{query}")).token(token).send().await.ok(200);
        let events = page["events"].as_array().unwrap().clone();
        next = page["next"].as_str().map(str::to_owned);
        if events.is_empty() {
            return (all, next);
        }
        all.extend(events);
    }
}

fn types(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

/// Waits until it is written down that the last try came to nothing: the next one is due so long after that.
async fn noted(place: &Place) {
    while place.app.store.outbox_due(place.app.now().as_millisecond()).await.unwrap() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

on_every_engine! {
    async fn each_department_hears_in_order_what_its_purpose_needs(place: Place) {
        flight(&place).await;
        let journey = presented(&place, &LI, "31A").await;
        let doctor = place.token("chen", Role::Medical).await;
        let (camp, tracer) = (department(&place, "on-site-quarantine").await, department(&place, "contact-tracing").await);
        let id = offered(&place, &doctor, &journey, "on-site-quarantine").await;
        offered(&place, &doctor, &journey, "contact-tracing").await;
        assert_eq!(feed(&place, &camp, None).await, (vec![], None), "the feed runs a quarter of a minute behind");
        place.set("2026-11-24T00:01:00Z");
        place.post(&camp, &format!("/handovers/{id}/accept"), &json!({})).await.ok(200);
        place.set("2026-11-24T00:02:00Z");
        isolated(&place, &journey).await;
        place.set("2026-11-24T00:03:00Z");
        result(&place, &journey, TestResult::Negative).await;
        place.set("2026-11-24T00:04:00Z");
        let (events, next) = feed(&place, &camp, None).await;
        assert_eq!(types(&events), ["handover.offered", "handover.accepted", "order.served", "result.released"]);
        assert_eq!(events[2]["data"]["measure"], "central-isolation");
        assert_eq!(events[3]["data"]["result"], "negative");
        assert!(!json!(events).to_string().contains("Li"));
        // Tracing does not need orders.
        assert_eq!(types(&feed(&place, &tracer, None).await.0), ["handover.offered", "result.released"]);

        place.post(&camp, &format!("/handovers/{id}/answer"), &json!({"report": "completed"})).await.ok(200);
        place.set("2026-11-24T00:05:00Z");
        let (events, again) = feed(&place, &camp, next.as_deref()).await;
        assert_eq!(types(&events), ["handover.answered"]);
        assert_eq!(events[0]["data"]["report"], "completed");
        assert_eq!(feed(&place, &camp, again.as_deref()).await, (vec![], again));
    }

    async fn a_correction_reaches_whoever_saw_the_wrong_result_and_nobody_else(place: Place) {
        flight(&place).await;
        let journey = presented(&place, &LI, "31A").await;
        let doctor = place.token("chen", Role::Medical).await;
        let tokens = [
            department(&place, "on-site-quarantine").await,
            department(&place, "hospital").await,
            department(&place, "joint-prevention").await,
        ];
        // One department's handover is over before there is a result; one's after it; one's is open.
        let early = offered(&place, &doctor, &journey, "joint-prevention").await;
        let late = offered(&place, &doctor, &journey, "hospital").await;
        offered(&place, &doctor, &journey, "on-site-quarantine").await;
        place.set("2026-11-24T00:01:00Z");
        place.post(&doctor, &format!("/handovers/{early}/withdraw"), &json!({})).await.ok(200);
        place.set("2026-11-24T00:02:00Z");
        result(&place, &journey, TestResult::Positive).await;
        place.set("2026-11-24T00:03:00Z");
        place.post(&doctor, &format!("/handovers/{late}/withdraw"), &json!({})).await.ok(200);
        place.set("2026-11-24T00:04:00Z");
        amended(&place, &journey, TestResult::Negative).await;
        place.set("2026-11-24T00:05:00Z");
        let mut heard = Vec::new();
        for token in &tokens {
            let events = feed(&place, token, None).await.0;
            heard.push(types(&events).join(" "));
            if let Some(correction) = events.iter().find(|event| event["type"] == "result.amended") {
                assert_eq!((&correction["data"]["result"], &correction["data"]["version"]), (&json!("negative"), &json!(2)));
            }
        }
        assert_eq!(heard, [
            "handover.offered result.released result.amended",
            // The result itself cannot be read any more, its correction can.
            "handover.offered handover.withdrawn result.amended",
            "handover.offered handover.withdrawn",
        ]);
    }

    async fn a_subscriber_is_told_at_once_signed_and_again_until_it_answers(place: Place) {
        flight(&place).await;
        let receiver = Receiver::open().await;
        let journey = presented(&place, &LI, "31A").await;
        let doctor = place.token("chen", Role::Medical).await;
        let hospital = department(&place, "hospital").await;
        let body = json!({"url": receiver.url("/hook")});
        let made = place.call("POST", "/api/v1/subscriptions").token(&hospital).once("s1").json(&body).send().await.ok(201);
        let same = place.call("POST", "/api/v1/subscriptions").token(&hospital).once("s1").json(&body).send().await.ok(201);
        assert_eq!(made, same);
        let key = key_of(made["secret"].as_str().unwrap()).unwrap();

        receiver.answers(&[500, 302]);
        let id = offered(&place, &doctor, &journey, "hospital").await;
        receiver.got(1).await;
        noted(&place).await;
        place.set("2026-11-24T00:00:06Z");
        receiver.got(2).await;
        noted(&place).await;
        place.set("2026-11-24T00:01:00Z");
        let got = receiver.got(3).await;
        let (headers, body) = got.last().unwrap();
        let event: Value = serde_json::from_slice(body).unwrap();
        assert_eq!((&event["type"], &event["data"]["handover"]), (&json!("handover.offered"), &json!(id)));
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("webhook-id"), event["id"]);
        let timestamp = header("webhook-timestamp").parse().unwrap();
        assert_eq!(header("webhook-signature"), signature(&key, &header("webhook-id"), timestamp, body));
        assert!(got.iter().all(|(h, b)| h["webhook-id"] == headers["webhook-id"] && b == body), "the same each time");
        assert!(receiver.elsewhere().is_empty(), "no redirect is followed");
        // Nothing of it, nor of where it goes, lies readable in the store.
        for file in std::fs::read_dir(place.folder.root()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let secret = made["secret"].as_str().unwrap().as_bytes();
            assert!(!bytes.windows(secret.len()).any(|w| w == secret) && !bytes.windows(5).any(|w| w == b"/hook"));
        }

        // A receiver that is gone is not written to again.
        receiver.answers(&[410]);
        place.post(&hospital, &format!("/handovers/{id}/accept"), &json!({})).await.ok(200);
        receiver.got(4).await;
        let client = target::client(&["127.0.0.1".into()]).unwrap();
        while place.app.store.outbox_due(i64::MAX).await.unwrap() > 0 {
            deliver(&place.app, &client).await.unwrap();
        }
        let left = place.get("/api/v1/subscriptions").token(&hospital).send().await.ok(200);
        assert_eq!(left["subscriptions"], json!([]));
    }

    async fn a_subscription_is_its_departments_own_and_leads_to_no_inner_host(place: Place) {
        let (hospital, camp) = (department(&place, "hospital").await, department(&place, "on-site-quarantine").await);
        for url in ["http://receiver.example.cn/", "https://10.0.0.1/", "https://[::1]/", "nonsense", ""] {
            assert_eq!(place.post(&hospital, "/subscriptions", &json!({"url": url})).await.status, 422, "{url}");
        }
        let short = json!({"url": "https://receiver.example.cn/", "secret": "whsec_AAAA"});
        assert_eq!(place.post(&hospital, "/subscriptions", &short).await.status, 422);
        let officer = place.token("wang", Role::Officer).await;
        let good = json!({"url": "https://receiver.example.cn/pratique"});
        assert_eq!(place.post(&officer, "/subscriptions", &good).await.status, 403);
        let made = place.post(&hospital, "/subscriptions", &good).await.ok(201);
        let path = format!("/api/v1/subscriptions/{}", made["id"].as_str().unwrap());
        assert_eq!(place.call("DELETE", &path).token(&camp).send().await.status, 404);
        let list = place.get("/api/v1/subscriptions").token(&camp).send().await.ok(200);
        assert_eq!(list["subscriptions"], json!([]));
        let list = place.get("/api/v1/subscriptions").token(&hospital).send().await.ok(200);
        assert_eq!(list["subscriptions"][0]["url"], good["url"]);
        place.call("DELETE", &path).token(&hospital).send().await.ok(200);
        for _ in 0..5 {
            place.post(&hospital, "/subscriptions", &good).await.ok(201);
        }
        assert_eq!(place.post(&hospital, "/subscriptions", &good).await.status, 422);
    }
}

type Got = (HeaderMap, Bytes);

/// A real receiver on this machine, which answers as it is told to, and 204 from then on.
#[derive(Clone, Default)]
struct Receiver {
    address: String,
    got: Arc<Mutex<Vec<Got>>>,
    elsewhere: Arc<Mutex<Vec<Got>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Receiver { address: listener.local_addr().unwrap().to_string(), ..Receiver::default() };
        let hook = async |State(own): State<Receiver>, headers: HeaderMap, body: Bytes| {
            own.got.lock().unwrap().push((headers, body));
            let answer = own.answers.lock().unwrap().pop().unwrap_or(204);
            (StatusCode::from_u16(answer).unwrap(), [("location", "/elsewhere")])
        };
        let elsewhere = async |State(own): State<Receiver>, headers: HeaderMap, body: Bytes| {
            own.elsewhere.lock().unwrap().push((headers, body));
        };
        let router = Router::new()
            .route("/hook", post(hook))
            .route("/elsewhere", post(elsewhere).get(elsewhere))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn answers(&self, answers: &[u16]) {
        *self.answers.lock().unwrap() = answers.iter().rev().copied().collect();
    }

    fn elsewhere(&self) -> Vec<Got> {
        self.elsewhere.lock().unwrap().clone()
    }

    /// Waits until so much has come.
    async fn got(&self, count: usize) -> Vec<Got> {
        loop {
            let got = self.got.lock().unwrap().clone();
            if got.len() >= count {
                return got;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}
