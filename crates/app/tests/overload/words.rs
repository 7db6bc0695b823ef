//! What people are shown for whom there is no room: in their language, with what they typed, and without a script.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use pratique::app::Load;
use pratique::wechat::Wechat;
use serde_json::json;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::support::{Answer, On, Place};

const FORM: &str = "application/x-www-form-urlencoded";

/// A server with room for two, of which travellers who look up have one, and somebody who has it for as long as the test wants.
struct Full {
    place: Arc<Place>,
    go_on: Arc<Notify>,
    holding: JoinSet<Answer>,
}

impl Full {
    async fn open() -> Self {
        let load = Load { in_flight: NonZeroU32::new(2).unwrap(), ..Load::unlimited() };
        let place = Arc::new(Place::open_under(On::Memory, load).await);
        let (go_on, there) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (wait, arrived) = (Arc::clone(&go_on), Arc::clone(&there));
        let exchange = || async move {
            arrived.notify_one();
            wait.notified().await;
            json!({"openid": "o", "session_key": "k"}).to_string()
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/sns", listener.local_addr().unwrap());
        let router = Router::new().route("/sns", get(exchange));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        place.app.wechat.set(Wechat::new("wx", "secret", &endpoint).unwrap()).unwrap();
        let (mut holding, held) = (JoinSet::new(), Arc::clone(&place));
        holding.spawn(async move { held.post("", "/wechat/session", &json!({"code": "c"})).await });
        there.notified().await;
        Full { place, go_on, holding }
    }

    async fn page(&self, method: &str, path: &str, language: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let call = self.place.call(method, path).header("accept", "text/html").header("accept-language", language);
        let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
        let call = if form.is_empty() { call } else { call.body(FORM, form.to_owned()) };
        call.send().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_nothing_typed_is_lost_and_the_page_goes_on_by_itself_where_it_can() {
    let full = Full::open().await;
    for (language, title) in [("en", "Many people are here right now"), ("zh-Hans", "现在使用的人很多")] {
        let asked = full.page("GET", "/find?secret-part=1", language, &[], "").await;
        let wait_s: u64 = asked.header("retry-after").parse().unwrap();
        assert_eq!((asked.status, asked.header("refresh")), (503, wait_s.to_string().as_str()), "{}", asked.text());
        assert!((1..=31).contains(&wait_s));
        let html = asked.text();
        assert!(
            html.contains(title)
                && html.contains("<form><button>")
                && !html.contains("<script")
                && !html.contains("secret-part"),
            "{html}"
        );
        for name in ["content-security-policy", "x-content-type-options", "cache-control"] {
            assert!(!asked.header(name).is_empty(), "{name}");
        }

        let sent = full.page("POST", "/find", language, &[], "code=7GQ2M4XK9TA&proof=%3Cb%3E%22E1").await;
        let html = sent.text();
        assert_eq!((sent.status, sent.header("refresh"), sent.header("retry-after").is_empty()), (503, "", false));
        assert!(html.contains("<form method=\"post\">") && html.contains(title), "{html}");
        assert!(html.contains("name=\"code\" value=\"7GQ2M4XK9TA\""), "{html}");
        assert!(html.contains("name=\"proof\" value=\"&#60;b&#62;&#34;E1\""), "what was typed is no markup: {html}");
    }
    // What another site made a browser send is not laid into somebody's hand.
    let foreign = full.page("POST", "/find", "en", &[("sec-fetch-site", "cross-site")], "code=X&proof=Y").await;
    assert!(foreign.status == 503 && !foreign.text().contains("<form"), "{}", foreign.text());
    let problem = full.place.get("/api/v1/declarations/00000000000").proof("E1").send().await;
    assert_eq!((problem.status, problem.json()["code"].as_str()), (503, Some("overloaded")));

    // An officer is served meanwhile, and so is whoever watches.
    assert_eq!(full.place.get("/readyz").send().await.status, 200);
    assert_eq!(full.place.get("/livez").send().await.status, 200);

    // The form that was sent again goes through once there is room.
    full.go_on.notify_one();
    let mut holding = full.holding;
    assert_eq!(holding.join_next().await.unwrap().unwrap().status, 200);
    let call = full.place.call("POST", "/find").header("accept", "text/html");
    assert_eq!(call.body(FORM, "code=7GQ2M4XK9TA&proof=E1").send().await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_a_password_is_written_into_no_page() {
    let full = Full::open().await;
    // The other place, for staff, is taken as well.
    let mut others = JoinSet::new();
    for _ in 0..40 {
        let place = Arc::clone(&full.place);
        others.spawn(async move {
            let call = place.call("POST", "/sign-in").header("accept", "text/html");
            call.body(FORM, "name=nobody&password=planted-password-55").send().await
        });
    }
    let (mut away, answers) = (0, others.join_all().await);
    for answer in answers {
        assert!(!answer.text().contains("planted-password-55"));
        away += u32::from(answer.status == 503 && answer.text().contains("Go back in your browser"));
    }
    assert!(away > 0, "nobody was sent away");
    full.go_on.notify_one();
    tokio::time::sleep(Duration::from_millis(10)).await;
}
