//! For those who run it.

use std::time::Duration;

use pratique::actions::{staff, turn_key};
use pratique::caller::Caller;
use pratique_core::access::Role;
use pratique_formats::pass::{Verdict, verify};
use pratique_formats::trust::Trust;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::checkpoint::{flight, scan};
use crate::support::people::LI;
use crate::support::{On, Place, at, on_every_engine};

const TRUST: &str = "/.well-known/pratique/trust";

on_every_engine! {
    async fn a_server_that_can_work_says_so(place: Place) {
        assert_eq!(place.get("/livez").send().await.text(), "ok");
        let ready = place.get("/readyz").send().await.ok(200);
        assert_eq!(ready["ready"], true);
        assert_eq!(ready["checks"].as_array().unwrap().len(), 5);
    }

    async fn an_offline_checkpoint_learns_of_a_revoked_pass(place: Place) {
        flight(&place).await;
        // Adding the planner changed users: the file is looked through anew once the server knows.
        place.app.refresh().await.unwrap();
        let before = place.get(TRUST).send().await;
        assert_eq!(before.header("cache-control"), "public, max-age=30");
        let again = place.get(TRUST).header("if-none-match", before.header("etag")).send().await;
        assert_eq!(again.status, 304);
        place.set("2026-11-24T00:00:15Z");
        let unchanged = place.get(TRUST).header("if-none-match", before.header("etag")).send().await;
        assert_eq!(unchanged.status, 304, "what has not changed is not signed anew");
        let trust = Trust::read(&before.text()).unwrap();
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let pass = declared["pass"].as_str().unwrap();
        assert_eq!(verify(&trust, pass, None, at("2026-11-24T01:00:00Z")).verdict, Verdict::Valid);

        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        place.call("DELETE", &path).proof(LI.number).send().await.ok(200);
        place.set("2026-11-24T00:00:26Z");
        let renewed = trust.renewed(&place.get(TRUST).send().await.text()).unwrap();
        assert_eq!(verify(&renewed, pass, None, at("2026-11-24T01:00:00Z")).verdict, Verdict::Revoked);
        assert!(!before.text().contains("opening"));
    }

    async fn what_another_process_disables_or_revokes_stops_within_a_second(place: Place) {
        flight(&place).await;
        let (officer, other) = (place.token("officer", Role::Officer).await, place.token("other", Role::Officer).await);
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        scan(&place, &officer, &json!({"pass": declared["pass"]})).await;
        let by = place.another_process().await;
        let by = by.as_ref().unwrap_or(&place.app);
        staff::disable(by, &Caller::System("test"), "officer").await.unwrap();
        let trust = place.app.ring();
        let kid = trust.port("CNPEK").unwrap().signer.kid().to_string();
        turn_key::rotate(by, &Caller::System("test"), "CNPEK", pratique_formats::pass::Algorithm::EdDsa).await.unwrap();
        turn_key::revoke(by, &Caller::System("test"), "CNPEK", &kid, at("2026-11-23T00:00:00Z")).await.unwrap();

        tokio::time::sleep(Duration::from_secs(1)).await;
        let stopped = place.get("/api/v1/obligations").token(&officer).send().await;
        assert_eq!(stopped.status, 401);
        let seen = scan(&place, &other, &json!({"pass": declared["pass"]})).await;
        assert_eq!(seen["pass"]["verdict"], "revoked");
        let fresh = place.post("", "/declarations", &crate::support::people::OKAFOR.declaration()).await.ok(201);
        let seen = scan(&place, &other, &json!({"pass": fresh["pass"]})).await;
        assert_eq!(seen["pass"]["verdict"], "valid");
    }

    async fn without_a_key_no_pass_is_made_and_those_there_are_scanned_until_a_new_key_heals_it(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
        let us = Caller::System("test");
        let kid = place.app.ring().port("CNPEK").unwrap().signer.kid().to_string();
        turn_key::revoke(&place.app, &us, "CNPEK", &kid, at("2026-11-24T12:00:00Z")).await.unwrap();

        let other = crate::support::people::OKAFOR.declaration();
        let once = || place.call("POST", "/api/v1/declarations").once("a-declaration-to-come").json(&other);
        let refused = once().send().await;
        let (status, after) = (refused.status, refused.header("retry-after").to_owned());
        assert_eq!((status, after.as_str(), &refused.json()["code"]), (503, "60", &json!("no-pass-key")));
        let path = format!("/api/v1/declarations/{}", declared["code"].as_str().unwrap());
        let amended = place.call("PUT", &path).proof(LI.number).json(&LI.declaration()).send().await.ok(503);
        assert_eq!(amended["code"], "no-pass-key");
        // Scanning goes on, so no balancer may take the server away from the lanes.
        let seen = scan(&place, &officer, &json!({"pass": declared["pass"]})).await;
        assert_eq!(seen["pass"]["verdict"], "valid");
        let ready = place.get("/readyz").send().await.ok(200);
        let keys = ready["checks"].as_array().unwrap().iter().find(|check| check["name"] == "keys").unwrap();
        assert!(keys["ok"] == false && keys["why"].as_str().unwrap().contains("keys rotate"), "{ready}");

        turn_key::rotate(&place.app, &us, "CNPEK", pratique_formats::pass::Algorithm::Es256).await.unwrap();
        once().send().await.ok(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_name_routes_and_never_codes() {
    let place = Place::open(On::Memory).await;
    let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
    let code = declared["code"].as_str().unwrap();
    place.get(&format!("/api/v1/declarations/{code}")).proof(LI.number).send().await.ok(200);
    let figures = place.get("/metrics").send().await.text();
    assert!(figures.contains("pratique_requests_total{route=\"/api/v1/declarations/{code}\""), "{figures}");
    assert!(figures.contains("pratique_request_seconds_bucket"));
    assert!(!figures.contains(code));
    // What a proxy forwards needs an administrator's token.
    let through = async |call: crate::support::Call<'_>| call.header("x-forwarded-for", "203.0.113.9").send().await;
    let (officer, administrator) = (place.token("o", Role::Officer).await, place.token("a", Role::Administrator).await);
    assert_eq!(through(place.get("/metrics")).await.status, 401);
    assert_eq!(through(place.get("/metrics").token(&officer)).await.status, 403);
    assert_eq!(through(place.get("/metrics").token(&administrator)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_dawdles_is_cut_off() {
    let place = Place::open(On::Memory).await;
    let mut socket = tokio::net::TcpStream::connect(place.address).await.unwrap();
    socket.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(8), socket.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the socket is still open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_is_given_up() {
    let place = Place::open(On::Memory).await;
    let mut socket = tokio::net::TcpStream::connect(place.address).await.unwrap();
    let head = "POST /api/v1/declarations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut first = [0; 1200];
    let answered = tokio::time::timeout(Duration::from_secs(12), socket.read(&mut first)).await;
    answered.expect("it is still waited for").unwrap();
    assert!(first.starts_with(b"HTTP/1.1 503"));
    let told = String::from_utf8_lossy(&first);
    assert!(told.contains("content-security-policy: default-src 'none'"), "an answer that came too late: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_requests_under_way_end_and_closes_the_store() {
    let place = Place::open(On::File).await;
    let address = place.address;
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let body = LI.declaration().to_string();
    let head = format!(
        "POST /api/v1/declarations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    // The server says when it reads the body: from then on the request is under way, on however busy a machine.
    let mut go_on = [0; 25];
    socket.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket.write_all(&body.as_bytes()[..10]).await.unwrap();
    let stopping = tokio::spawn(place.stop());
    tokio::time::sleep(Duration::from_millis(100)).await;
    socket.write_all(&body.as_bytes()[10..]).await.unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 201"), "{}", String::from_utf8_lossy(&answer));
    let (location, _folder) = stopping.await.unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    let store = pratique_store::Store::open(&location, pratique_store::testing::opening(9)).await.unwrap();
    assert_eq!(store.count("journeys/CA938-2026-11-24-CNPEK", i64::MIN..i64::MAX).await, Ok(1));
}
