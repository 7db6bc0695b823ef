//! The mini-program: signed in by WeChat, declared, shown. WeChat is a small server of the test's own.

use std::time::Duration;

use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use pratique::wechat::Wechat;
use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::LI;
use crate::support::{Answer, On, Place, log, on_every_engine};

const OPENID: &str = "oPlantedOpenid-7Qx";
pub const SECRET: &str = "planted-app-secret-93";

/// What the test's WeChat says to each code.
async fn exchanged(Query(asked): Query<std::collections::HashMap<String, String>>) -> String {
    if asked.get("appid").map(String::as_str) != Some("wxdeadbeef")
        || asked.get("secret").map(String::as_str) != Some(SECRET)
    {
        return json!({"errcode": 40125, "errmsg": "invalid appsecret"}).to_string();
    }
    match asked.get("js_code").map(String::as_str) {
        Some("good-code") => {
            json!({"openid": OPENID, "session_key": "planted-session-key", "unionid": "u"}).to_string()
        }
        Some("busy-code") => json!({"errcode": 45011, "errmsg": "api minute-quota reach limit"}).to_string(),
        Some("html-code") => "<html>".to_owned(),
        Some("slow-code") => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            String::new()
        }
        Some("used-code") => json!({"errcode": 40163, "errmsg": "code been used"}).to_string(),
        _ => json!({"errcode": 40029, "errmsg": "invalid code"}).to_string(),
    }
}

/// Starts the test's WeChat, and lets the server know the mini-program.
pub async fn with_wechat(place: &Place, secret: &str) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/sns/jscode2session", listener.local_addr().unwrap());
    let router = Router::new().route("/sns/jscode2session", get(exchanged));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    place.app.wechat.set(Wechat::new("wxdeadbeef", secret, &endpoint).unwrap()).unwrap();
}

pub async fn sign_in(place: &Place, code: &str) -> Answer {
    place.post("", "/wechat/session", &json!({ "code": code })).await
}

fn declaration() -> Value {
    let mut body = LI.declaration();
    body["channel"] = json!("wechat");
    body
}

on_every_engine! {
    async fn a_traveller_signs_in_declares_and_shows_the_pass(place: Place) {
        flight(&place).await;
        with_wechat(&place, SECRET).await;
        let session = sign_in(&place, "good-code").await.ok(200);
        assert_eq!(session["expires"], "2026-11-24T12:00:00Z");
        let token = session["token"].as_str().unwrap();

        let send = |key: &'static str| place.call("POST", "/api/v1/declarations").token(token).once(key).json(&declaration()).send();
        let declared = send("kept-with-the-draft").await.ok(201);
        assert_eq!(declared["state"], "ready");
        let again = send("kept-with-the-draft").await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.ok(201), declared);

        let officer = place.token("officer", Role::Officer).await;
        let scanned = scan(&place, &officer, &json!({"pass": declared["pass"], "mrz": LI.mrz()})).await;
        assert_eq!((&scanned["pass"]["verdict"], &scanned["document"]), (&json!("valid"), &json!("match")));
    }

    async fn a_repeat_whose_session_is_over_gets_the_first_answer_without_it(place: Place) {
        flight(&place).await;
        with_wechat(&place, SECRET).await;
        let token = sign_in(&place, "good-code").await.ok(200)["token"].as_str().unwrap().to_owned();
        let call = || place.call("POST", "/api/v1/declarations").once("k").json(&declaration());
        let declared = call().token(&token).send().await.ok(201);
        place.set("2026-11-24T12:00:00Z");
        assert_eq!(call().token(&token).send().await.status, 401);
        assert_eq!(call().send().await.ok(201), declared);
    }

    async fn a_session_speaks_for_wechat_alone(place: Place) {
        flight(&place).await;
        with_wechat(&place, SECRET).await;
        let token = sign_in(&place, "good-code").await.ok(200)["token"].as_str().unwrap().to_owned();
        let mut body = declaration();
        body["channel"] = json!("kiosk");
        let refused = place.post(&token, "/declarations", &body).await.ok(422);
        assert_eq!(refused["errors"][0]["pointer"], "/channel");
        body.as_object_mut().unwrap().remove("channel");
        place.post(&token, "/declarations", &body).await.ok(201);
        for altered in [format!("{token}A"), "wx1.".to_owned(), "wx1.AAAA".to_owned()] {
            assert_eq!(place.post(&altered, "/declarations", &body).await.status, 401, "{altered}");
        }
        // It opens nothing that is for staff.
        assert_eq!(place.get("/api/v1/obligations?port=CNPEK").token(&token).send().await.status, 401);
    }

    async fn a_channel_of_wechat_needs_no_session(place: Place) {
        flight(&place).await;
        place.post("", "/declarations", &declaration()).await.ok(201);
    }

    async fn what_wechat_does_not_take_is_told_and_what_it_cannot_answer_too(place: Place) {
        with_wechat(&place, SECRET).await;
        for code in ["used-code", "made-up", "", &"x".repeat(300)] {
            let refused = sign_in(&place, code).await.ok(422);
            assert_eq!(refused["errors"][0]["code"], "not-a-wechat-code", "{code}");
        }
        let missing = place.post("", "/wechat/session", &json!({})).await.ok(422);
        assert_eq!(missing["errors"][0], json!({"pointer": "/code", "code": "required", "message": "Give an answer."}));
        let paused = sign_in(&place, "busy-code").await;
        assert_eq!((paused.status, paused.header("retry-after")), (429, "60"));
        for code in ["html-code", "slow-code"] {
            let silent = sign_in(&place, code).await;
            assert_eq!((silent.status, silent.header("retry-after")), (503, "5"));
            assert_eq!(silent.json()["code"], "no-answer");
        }
    }

    async fn a_repeated_sign_in_gets_the_same_session(place: Place) {
        with_wechat(&place, SECRET).await;
        let call = |code: &str| place.call("POST", "/api/v1/wechat/session").once("sign-in").json(&json!({ "code": code })).send();
        let first = call("good-code").await.ok(200);
        assert_eq!(call("good-code").await.ok(200), first);
        assert_eq!(call("used-code").await.ok(409)["code"], "key-reused");
    }

    async fn a_server_without_a_mini_program_or_with_a_wrong_secret_says_so(place: Place) {
        assert_eq!(sign_in(&place, "good-code").await.status, 404);
        with_wechat(&place, "wrong").await;
        assert_eq!(sign_in(&place, "good-code").await.status, 503);
    }

    async fn nothing_of_wechats_is_in_logs_or_files(place: Place) {
        flight(&place).await;
        with_wechat(&place, SECRET).await;
        let token = sign_in(&place, "good-code").await.ok(200)["token"].as_str().unwrap().to_owned();
        sign_in(&place, "slow-code").await;
        place.post(&token, "/declarations", &declaration()).await.ok(201);
        let logged = log::lines();
        for secret in [OPENID, SECRET, "planted-session-key", "good-code", "slow-code", &token] {
            let found = logged.lines().find(|line| line.contains(secret));
            assert!(found.is_none(), "{secret} is in the log: {found:?}");
            for file in std::fs::read_dir(place.folder.root()).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret} is in a file of the store");
            }
        }
    }
}

#[test]
fn a_secret_goes_nowhere_in_the_clear() {
    for endpoint in ["http://api.weixin.example/x", "ftp://127.0.0.1/x", "nonsense"] {
        assert!(Wechat::new("wx", "s", endpoint).is_err(), "{endpoint}");
    }
    assert!(Wechat::new("wx", " \n", pratique::wechat::ENDPOINT).is_err());
    let shown = format!("{:?}", Wechat::new("wx", "hidden", pratique::wechat::ENDPOINT).unwrap());
    assert!(!shown.contains("hidden"), "{shown}");
}

#[test]
fn a_secret_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = pratique_store::testing::Folder::new();
    let file = folder.path("secret");
    std::fs::write(&file, "s\n").unwrap();
    let set = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    let open = || Wechat::with_secret_in("wx", &file, pratique::wechat::ENDPOINT).map(drop);
    set(0o444);
    assert!(open().unwrap_err().to_string().contains("chmod 400"));
    set(0o400);
    open().unwrap();
}
