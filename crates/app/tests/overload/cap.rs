//! Never more requests are worked on than the limit says, however many come and over however many routes and connections.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use futures_util::future::join_all;
use pratique::app::Load;
use pratique::channels::{Web, load};
use pratique::wechat::Wechat;
use serde_json::json;

use crate::support::{On, Place};

/// How many are in a handler, and how many were at most.
#[derive(Debug, Default)]
struct Inside {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Inside {
    async fn stay(&self, time: Duration) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(time).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
    }

    fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn capped() -> Load {
    Load { in_flight: NonZeroU32::new(64).unwrap(), ..Load::unlimited() }
}

/// A plain limit layered on an axum router ran 256 handlers at a cap of 64, since each route had one of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f18_of_256_calls_over_many_routes_never_more_than_64_are_worked_on() {
    let place = Place::open_under(On::Memory, capped()).await;
    let web = Arc::new(Web::of(Arc::clone(&place.app)));
    let inside = Arc::new(Inside::default());
    let routes = ["/checkpoint/scans", "/checkpoint/station", "/laboratory/receipts", "/lock"];
    let router = routes.iter().fold(Router::new(), |router, route| {
        let inside = Arc::clone(&inside);
        let handler = || async move {
            inside.stay(Duration::from_millis(100)).await;
            "done"
        };
        router.route(route, post(handler))
    });
    let address = serve(load::gated(router, &web).with_state(web)).await;
    let client = reqwest::Client::new();
    let calls = (0..256).map(|n| client.post(format!("{address}{}", routes[n % 4])).body("x=1").send());
    let answers = join_all(calls).await;
    let (mut done, mut away) = (0, 0);
    for answer in answers {
        let answer = answer.unwrap();
        match answer.status().as_u16() {
            200 => done += 1,
            503 => {
                away += 1;
                assert!(answer.headers().contains_key("retry-after"));
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(inside.most(), 64, "{done} were done, {away} sent away");
    assert!(done >= 64 && done + away == 256);
}

/// The same on the server as it is, counted by somebody else: each sign-in with the mini-program asks WeChat.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f18_the_whole_server_asks_others_no_more_often_at_once_than_its_limit() {
    let place = Place::open_under(On::Memory, capped()).await;
    let inside = Arc::new(Inside::default());
    let counted = Arc::clone(&inside);
    let exchange = || async move {
        counted.stay(Duration::from_millis(300)).await;
        json!({"openid": "o", "session_key": "k"}).to_string()
    };
    let endpoint = serve(Router::new().route("/sns", get(exchange))).await;
    place.app.wechat.set(Wechat::new("wx", "secret", &format!("{endpoint}/sns")).unwrap()).unwrap();
    let body = json!({"code": "c"});
    let answers = join_all((0..256).map(|_| place.post("", "/wechat/session", &body))).await;
    // A traveller's sign-in may have half of the limit.
    assert_eq!(inside.most(), 32);
    let mut waits = Vec::new();
    for answer in answers {
        if answer.status == 503 {
            assert_eq!(answer.json()["code"], "overloaded");
            waits.push(answer.header("retry-after").parse::<u64>().unwrap());
        } else {
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
    }
    waits.sort_unstable();
    assert!(waits.len() > 100 && waits[0] >= 1 && waits[waits.len() - 1] <= 31, "{waits:?}");
    let mut seconds = waits.clone();
    seconds.dedup();
    assert!(seconds.len() >= 3, "they are not told to come at the same second: {waits:?}");
    let figures = place.get("/metrics").send().await.text();
    let shed = figures.lines().find(|line| line.starts_with("pratique_shed_total{class=\"later\"}"));
    assert!(shed.is_some(), "{figures}");
    assert!(figures.lines().any(|line| line == "pratique_in_flight 0"), "everything was given back");
}
