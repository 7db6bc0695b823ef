//! People are told that a result of theirs is there: by e-mail, by a short message, and by a human where neither leads to them.

use std::time::Duration;

use jiff::Timestamp;
use pratique::actions::tell::tell;
use pratique::lookups::journey;
use pratique_core::access::Role;
use pratique_core::id::Id;
use pratique_core::journey::{Journey, TestResult, Undelivered, Way};
use serde_json::{Value, json};

use super::checkpoint::flight;
use super::departments::presented;
use crate::support::course::{amended, result};
use crate::support::people::{LI, Person};
use crate::support::post::{Post, SECRET, Ways};
use crate::support::{On, Place, log, on_every_engine};

const NA: &str = "na.li.planted@mail.example";
const PHONE: &str = "+8613800000417";

/// What she declares, with this contact, in this language.
fn declaration(contact: Value, language: &str) -> Value {
    let mut body = LI.declaration();
    (body["contact"], body["language"]) = (contact, json!(language));
    body
}

/// Somebody who was scanned: their journey and code.
async fn arrived(place: &Place, contact: Value, language: &str) -> (String, String) {
    flight(place).await;
    let declared = place.post("", "/declarations", &declaration(contact, language)).await.ok(201);
    (journey_of(place, &declared["code"]).await, declared["code"].as_str().unwrap().to_owned())
}

async fn journey_of(place: &Place, code: &Value) -> String {
    let code = code.as_str().unwrap().parse().unwrap();
    journey::by_code(&place.app, &code).await.unwrap().unwrap().to_string()
}

async fn now(place: &Place, journey: &str) -> Journey {
    let id: Id = journey.parse().unwrap();
    journey::load(&place.app, id).await.unwrap().journey.unwrap()
}

/// By which ways somebody was told, and what failed.
async fn messages(place: &Place, journey: &str) -> Vec<(Option<Way>, Option<Undelivered>)> {
    now(place, journey).await.messages.iter().map(|m| (m.way, m.undelivered)).collect()
}

/// Waits until so many messages were sent or failed for good. The server's own job and the test both do the work.
async fn settled(place: &Place, journey: &str, count: usize) -> Vec<(Option<Way>, Option<Undelivered>)> {
    for _ in 0..500 {
        tell(&place.app).await.unwrap();
        let messages = messages(place, journey).await;
        if messages.len() >= count {
            return messages;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not settled: {:?}", messages(place, journey).await)
}

/// Waits until nothing stands in the outbox at all, now or later.
pub async fn emptied(place: &Place) {
    for _ in 0..500 {
        if place.app.store.outbox_due(i64::MAX).await.unwrap() == 0 {
            return;
        }
        tell(&place.app).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("something stays in the outbox");
}

/// Waits until the message was tried so often that the post has this many.
async fn tried(place: &Place, count: impl Fn() -> usize, at_least: usize) {
    for _ in 0..500 {
        tell(&place.app).await.unwrap();
        if count() >= at_least {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("tried {} times", count());
}

fn is_to_be_called(journey: &Journey) -> bool {
    journey.open().any(|o| o.kind.name() == "tell-person" && o.about == Some(1))
}

/// Nothing in a text says who it is, what the result is, or opens the pass.
fn says_nothing(text: &str, person: &Person, code: &str) {
    let lower = text.to_lowercase();
    for word in [person.primary, person.secondary, "negative", "positive", "阴性", "阳性", "virus", "covid", "CA938"]
    {
        let found = lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == word.to_lowercase());
        assert!(!found, "{word} stands in {text}");
    }
    for word in [person.number, person.born, code, &code[..4], "阴性", "阳性", "感染"] {
        assert!(!text.contains(word), "{word} stands in {text}");
    }
}

on_every_engine! {
    async fn a_result_is_told_once_by_each_way_in_its_persons_language(place: Place) {
        let post = Post::of(&place, Ways::Both).await;
        *post.late.lock().unwrap() = Duration::from_secs(2);
        let contact = json!({"email": NA, "phone": PHONE});
        let (journey, code) = arrived(&place, contact, "zh-Hans").await;
        result(&place, &journey, TestResult::Negative).await;
        // Twice at once, beside the server's own job, while the mail server takes its time.
        let (one, two) = tokio::join!(tell(&place.app), tell(&place.app));
        one.and(two).unwrap();
        let sent = settled(&place, &journey, 2).await;
        assert_eq!(sent, [(Some(Way::Email), None), (Some(Way::Sms), None)]);
        emptied(&place).await;
        place.set("2026-11-24T05:00:00Z");
        tell(&place.app).await.unwrap();

        let (mails, texts) = (post.mails(), post.texts());
        assert_eq!((mails.len(), texts.len()), (1, 1));
        assert_eq!((mails[0].to.as_str(), &texts[0]["to"]), (NA, &json!(PHONE)));
        let text = mails[0].text();
        assert!(text.contains("结果已出") && text.contains("https://health.port.example/find"), "{text}");
        assert!(text.contains(&code[..3]) && texts[0]["text"].as_str().unwrap().contains(&code[..3]));
        assert_eq!(mails[0].header("Auto-Submitted"), "auto-generated");
        let id = texts[0]["id"].as_str().unwrap();
        assert_eq!(mails[0].header("Message-ID"), format!("<{id}@port.example>"));
        for said in [text.as_str(), mails[0].raw.split("To: ").next().unwrap(), texts[0]["text"].as_str().unwrap()] {
            says_nothing(said, &LI, &code);
        }
        assert!(!is_to_be_called(&now(&place, &journey).await), "who was told is not called");
    }

    async fn the_subject_says_nothing_and_the_log_knows_no_address(place: Place) {
        let post = Post::of(&place, Ways::Both).await;
        let (journey, code) = arrived(&place, json!({"email": NA, "phone": PHONE}), "en").await;
        *post.recipient.lock().unwrap() = Some("450 na.li.planted@mail.example is busy");
        *post.gateway.lock().unwrap() = Some(503);
        result(&place, &journey, TestResult::Negative).await;
        tried(&place, || post.texts().len(), 1).await;
        *post.recipient.lock().unwrap() = None;
        *post.gateway.lock().unwrap() = None;
        place.set("2026-11-24T00:00:15Z");
        settled(&place, &journey, 2).await;
        let mails = post.mails();
        assert_eq!(mails[0].header("Subject"), "News from the health officers at Beijing Capital International Airport");
        says_nothing(&mails[0].text(), &LI, &code);
        assert_eq!(post.texts()[0]["id"], post.texts()[1]["id"], "a repeat can be known");
        let logged = log::lines();
        for secret in [NA, PHONE, SECRET, &code] {
            let found = logged.lines().find(|line| line.contains(secret));
            assert!(found.is_none(), "{secret} is in the log: {found:?}");
        }
    }

    async fn a_positive_is_asked_to_stay_within_reach_and_called_all_the_same(place: Place) {
        let post = Post::of(&place, Ways::Email).await;
        let (journey, code) = arrived(&place, json!({"email": NA}), "en").await;
        result(&place, &journey, TestResult::Positive).await;
        settled(&place, &journey, 1).await;
        let text = post.mails()[0].text();
        assert!(text.contains("will call you soon") && !text.contains("result"), "{text}");
        says_nothing(&text, &LI, &code);
        assert!(is_to_be_called(&now(&place, &journey).await), "a message takes no call's place");
        let doctor = place.token("chen", Role::Medical).await;
        let owed = now(&place, &journey).await;
        let call = owed.open().find(|o| o.kind.name() == "tell-person").unwrap();
        assert_eq!(call.due.as_second() - call.opened_at.as_second(), 15 * 60);
        let path = format!("/obligations/{journey}.{}/answer", call.number);
        place.post(&doctor, &path, &json!({"outcome": "reached"})).await.ok(200);
        assert_eq!(post.mails().len(), 1);
    }

    async fn whoever_was_reached_by_voice_gets_no_message_after_it(place: Place) {
        let post = Post::of(&place, Ways::Sms).await;
        *post.gateway.lock().unwrap() = Some(503);
        let (journey, _) = arrived(&place, json!({"phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Positive).await;
        tried(&place, || post.texts().len(), 1).await;
        let doctor = place.token("chen", Role::Medical).await;
        let owed = now(&place, &journey).await;
        let call = owed.open().find(|o| o.kind.name() == "tell-person").unwrap().number;
        place.post(&doctor, &format!("/obligations/{journey}.{call}/answer"), &json!({"outcome": "reached"})).await.ok(200);
        place.set("2026-11-24T01:00:00Z");
        emptied(&place).await;
        assert_eq!(post.texts().len(), 1);
        assert_eq!(messages(&place, &journey).await, []);
    }

    async fn an_address_that_is_refused_is_on_the_call_list_at_once(place: Place) {
        let post = Post::of(&place, Ways::Email).await;
        *post.recipient.lock().unwrap() = Some("550 5.1.1 no such user");
        let (journey, _) = arrived(&place, json!({"email": NA}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        let failed = settled(&place, &journey, 1).await;
        assert_eq!(failed, [(Some(Way::Email), Some(Undelivered::Refused))]);
        assert!(is_to_be_called(&now(&place, &journey).await));
        assert!(post.mails().is_empty());
        emptied(&place).await;
        let doctor = place.token("chen", Role::Medical).await;
        let owed = place.get("/api/v1/obligations?port=CNPEK").token(&doctor).send().await.ok(200);
        let kinds: Vec<&Value> = owed["obligations"].as_array().unwrap().iter().map(|o| &o["kind"]).collect();
        assert!(kinds.contains(&&json!("tell-person")), "{owed}");
    }

    async fn one_way_that_leads_to_them_is_enough(place: Place) {
        let post = Post::of(&place, Ways::Both).await;
        *post.recipient.lock().unwrap() = Some("550 5.1.1 no such user");
        let (journey, _) = arrived(&place, json!({"email": NA, "phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        let came_to = settled(&place, &journey, 2).await;
        assert_eq!(came_to, [(Some(Way::Email), Some(Undelivered::Refused)), (Some(Way::Sms), None)]);
        assert!(!is_to_be_called(&now(&place, &journey).await));
        assert_eq!(post.texts().len(), 1);
    }

    async fn a_gateway_that_never_takes_it_is_given_up_and_somebody_calls(place: Place) {
        let post = Post::of(&place, Ways::Sms).await;
        *post.gateway.lock().unwrap() = Some(500);
        let (journey, _) = arrived(&place, json!({"phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        let mut at: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        for times in 1..=8 {
            tried(&place, || post.texts().len(), times).await;
            if times < 8 {
                assert_eq!(messages(&place, &journey).await, []);
                assert!(!is_to_be_called(&now(&place, &journey).await));
            }
            // The put-back must be written before the clock moves past it.
            tokio::time::sleep(Duration::from_millis(100)).await;
            at += Duration::from_secs(600);
            place.clock.set(at);
        }
        assert_eq!(settled(&place, &journey, 1).await, [(Some(Way::Sms), Some(Undelivered::NoAnswer))]);
        assert!(is_to_be_called(&now(&place, &journey).await));
        emptied(&place).await;
        let ids: std::collections::BTreeSet<String> = post.texts().iter().map(|t| t["id"].to_string()).collect();
        assert_eq!((ids.len(), post.texts().len()), (1, 8));
    }

    async fn whom_no_way_of_the_port_leads_to_is_called(place: Place) {
        Post::of(&place, Ways::Email).await;
        let (journey, _) = arrived(&place, json!({"phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        assert_eq!(settled(&place, &journey, 1).await, [(None, Some(Undelivered::NoAddress))]);
        assert!(is_to_be_called(&now(&place, &journey).await));
    }

    async fn a_correction_is_told_anew_and_takes_the_place_of_what_was_not_sent_yet(place: Place) {
        let post = Post::of(&place, Ways::Both).await;
        *post.gateway.lock().unwrap() = Some(503);
        let (journey, code) = arrived(&place, json!({"email": NA, "phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        settled(&place, &journey, 1).await;
        tried(&place, || post.texts().len(), 1).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        place.set("2026-11-24T00:10:00Z");
        *post.gateway.lock().unwrap() = None;
        amended(&place, &journey, TestResult::Positive).await;
        settled(&place, &journey, 3).await;
        emptied(&place).await;
        let (mails, texts) = (post.mails(), post.texts());
        assert_eq!(mails.len(), 2);
        assert!(mails[1].text().contains("has changed"), "{}", mails[1].text());
        says_nothing(&mails[1].text(), &LI, &code);
        assert_ne!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
        let told: Vec<bool> = texts.iter().map(|t| t["text"].as_str().unwrap().contains("has changed")).collect();
        assert!(told.iter().filter(|changed| **changed).count() == 1 && told.last() == Some(&true), "{texts:?}");
        assert!(is_to_be_called(&now(&place, &journey).await));
    }

    async fn nothing_is_sent_to_whoever_took_the_declaration_back_or_was_erased(place: Place) {
        let post = Post::of(&place, Ways::Sms).await;
        *post.gateway.lock().unwrap() = Some(503);
        let (journey, code) = arrived(&place, json!({"phone": PHONE}), "en").await;
        result(&place, &journey, TestResult::Negative).await;
        tried(&place, || post.texts().len(), 1).await;
        let path = format!("/api/v1/declarations/{code}");
        place.call("DELETE", &path).proof(LI.number).send().await.ok(200);
        *post.gateway.lock().unwrap() = None;
        place.set("2026-11-24T01:00:00Z");
        emptied(&place).await;
        assert_eq!((post.texts().len(), messages(&place, &journey).await.len()), (1, 0));

        *post.gateway.lock().unwrap() = Some(503);
        let again = place.post("", "/declarations", &declaration(json!({"phone": PHONE}), "en")).await.ok(201);
        let journey = journey_of(&place, &again["code"]).await;
        result(&place, &journey, TestResult::Negative).await;
        tried(&place, || post.texts().len(), 2).await;
        let line = pratique::actions::write::audit(
            &pratique::caller::Caller::System("test"), "erase", None, "", place.app.now());
        let shred = vec![journey.parse().unwrap()];
        let erase = pratique_store::Change { label: "erase", shred, audit: vec![line], ..Default::default() };
        place.app.store.apply(erase).await.unwrap();
        *post.gateway.lock().unwrap() = None;
        place.set("2026-11-24T02:00:00Z");
        emptied(&place).await;
        assert_eq!((post.texts().len(), messages(&place, &journey).await.len()), (2, 0));
        assert!(!is_to_be_called(&now(&place, &journey).await), "nobody can be called who is nobody any more");
    }

    async fn without_a_way_nothing_waits_and_the_call_list_is_as_it_was(place: Place) {
        flight(&place).await;
        let journey = presented(&place, &LI, "31A").await;
        result(&place, &journey, TestResult::Negative).await;
        emptied(&place).await;
        assert!(!is_to_be_called(&now(&place, &journey).await));
        assert_eq!(messages(&place, &journey).await, []);
    }
}
