//! An unknown code, a wrong document and an erased person are told alike, and cost the same: every read of the store and every
//! opening of something sealed is counted, one after the other, rather than timed.

use std::io;
use std::sync::{Arc, Mutex};

use pratique::actions::erase;
use pratique::lookups::journey;

use crate::declare::flight;
use crate::support::people::{GARCIA, LI, LI_JUNIOR, OKAFOR, Person};
use crate::support::{On, Place};

/// The lines of this thread, on which the whole server of such a test runs.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let lines = self.clone();
        let filter = tracing_subscriber::EnvFilter::new("warn,pratique=trace,pratique_store=trace");
        let made = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).without_time();
        tracing::subscriber::set_default(made.with_writer(move || lines.clone()).finish())
    }

    /// What the request did since the last look: reads with their statements, openings.
    fn work(&self) -> Vec<String> {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        let done = text.lines().filter_map(|line| line.split_once("request{").map(|(_, rest)| rest));
        let done = done.filter(|line| line.contains(": read sql=") || line.ends_with(": opened"));
        done.map(|line| line.split_once("}: ").unwrap().1.to_owned()).collect()
    }
}

async fn declared(place: &Place, person: &Person) -> String {
    place.post("", "/declarations", &person.declaration()).await.ok(201)["code"].as_str().unwrap().to_owned()
}

/// One place with somebody, somebody who withdrew, and somebody who was erased; a code that nobody has.
async fn codes(place: &Place) -> [(&'static str, String, &'static str); 5] {
    flight(place).await;
    let (living, junior) = (declared(place, &LI).await, declared(place, &LI_JUNIOR).await);
    let withdrawn = declared(place, &OKAFOR).await;
    let gone = place.call("DELETE", &format!("/api/v1/declarations/{withdrawn}")).proof(OKAFOR.number);
    assert_eq!(gone.send().await.status, 200);
    let erased = declared(place, &GARCIA).await;
    let taken_back = place.call("DELETE", &format!("/api/v1/declarations/{erased}")).proof(GARCIA.number);
    assert_eq!(taken_back.send().await.status, 200);
    let id = journey::by_code(&place.app, &erased.parse().unwrap()).await.unwrap().unwrap();
    assert!(erase::again(&place.app, id).await.unwrap());
    [
        ("unknown", "00000000000".to_owned(), LI.number),
        ("wrong document", living, "E00000000"),
        ("wrong birthday", junior, LI_JUNIOR.born),
        ("withdrawn", withdrawn, "E00000000"),
        ("erased", erased, GARCIA.number),
    ]
}

#[tokio::test]
async fn the_api_answers_all_of_them_with_the_same_bytes_after_the_same_work() {
    let lines = Lines::default();
    let _listening = lines.listen();
    let place = Place::open(On::Memory).await;
    let codes = codes(&place).await;
    for (method, behind) in [("GET", ""), ("DELETE", ""), ("GET", "/held"), ("POST", "/confirm"), ("GET", ".svg")] {
        let mut seen = Vec::new();
        for (what, code, proof) in &codes {
            let kind = if behind == ".svg" { "passes" } else { "declarations" };
            lines.work();
            let call = place.call(method, &format!("/api/v1/{kind}/{code}{behind}")).proof(proof);
            let mut answer = call.send().await;
            let work = lines.work();
            assert!(work.iter().filter(|line| line.contains("read sql=")).count() >= 3, "{work:?}");
            assert_eq!(work.iter().filter(|line| line.ends_with("opened")).count(), 2, "a key and a body: {work:?}");
            assert_eq!(answer.status, 404, "{what}: {method} {behind}");
            answer.headers.remove("date");
            seen.push((what, answer.headers, answer.bytes, work));
        }
        for other in &seen[1..] {
            assert_eq!((&seen[0].1, &seen[0].2), (&other.1, &other.2), "{method} {behind}: {}", other.0);
            assert_eq!(seen[0].3, other.3, "{method} {behind}: {}", other.0);
        }
    }
}

#[tokio::test]
async fn the_page_answers_all_of_them_with_the_same_words_after_the_same_work() {
    let lines = Lines::default();
    let _listening = lines.listen();
    let place = Place::open(On::Memory).await;
    let mut seen = Vec::new();
    for (what, code, proof) in codes(&place).await {
        lines.work();
        let form = format!("code={code}&proof={proof}");
        let answer = place.call("POST", "/find").body("application/x-www-form-urlencoded", form).send().await;
        assert_eq!(answer.status, 422, "{what}");
        let told = answer.text().replace(&code, "CODE").replace(&format!("value=\"{proof}\""), "PROOF");
        seen.push((what, told, lines.work()));
    }
    for other in &seen[1..] {
        assert_eq!(seen[0].1, other.1, "{}", other.0);
        assert_eq!(seen[0].2, other.2, "{}", other.0);
    }
}

#[tokio::test]
async fn a_code_or_a_document_that_does_not_exist_is_held_up_like_one_that_does() {
    let place = Place::open(On::Memory).await;
    flight(&place).await;
    let living = declared(&place, &LI).await;
    let ask = async |code: &str, proof: &str| {
        let answer = place.get(&format!("/api/v1/declarations/{code}")).proof(proof).send().await;
        (answer.status, answer.header("retry-after").to_owned())
    };
    for code in [living.as_str(), "00000000000"] {
        for _ in 0..5 {
            assert_eq!(ask(code, "1990-01-01").await, (404, String::new()));
        }
        assert_eq!(ask(code, LI.number).await, (429, "900".into()), "a right proof too, or guessing would go on");
    }
    // With one document ten wrong tries an hour, at whatever codes.
    let codes: Vec<String> = (0..11).map(|_| place.app.rng.code().to_string()).collect();
    for (number, codes) in [(OKAFOR.number, &codes), ("X7654321", &codes)] {
        for code in &codes[..10] {
            assert_eq!(ask(code, number).await.0, 404);
            place.clock.set(place.app.now() + jiff::SignedDuration::from_secs(1));
        }
        assert_eq!(ask(&codes[10], number).await, (429, "3599".into()), "{number}");
        // Day by day, many people share a birthday.
        assert_eq!(ask(&place.app.rng.code().to_string(), "1990-01-01").await.0, 404);
        place.clock.set(place.app.now() + jiff::SignedDuration::from_hours(80));
    }
}
