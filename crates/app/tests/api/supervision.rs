//! The figures: each is what the log says, live and as a bulletin, and a change is heard at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pratique::channels::Web;
use pratique::house::local_date;
use pratique::lookups;
use pratique_core::access::Role;
use pratique_core::bulletin::{Figure, Period, of_flights, of_log};
use pratique_core::flight::{Category, Flight};
use pratique_core::id::Id;
use pratique_core::journey::{Event, Journey, apply, begin};
use pratique_core::rules::Tier;
use pratique_store::Order;
use serde_json::{Value, json};

use super::sampling::{NEGATIVE, POSITIVE, Staff, file, import, ordered, person, plate, received, release};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{On, Place, at, on_every_engine, uuid};

/// How long a listener waits before a change counts as never told: it comes within two seconds (experience.md 3.6), on a machine that
/// does nothing else.
const HEARD_BY: Duration = Duration::from_secs(10);

/// Everybody whose acts make figures, and the supervisor who reads them.
struct Crowd {
    staff: Staff,
    officer: String,
    planner: String,
    supervisor: String,
}

impl Crowd {
    async fn of(place: &Place) -> Self {
        Crowd {
            staff: Staff::of(place).await,
            officer: place.token("wang", Role::Officer).await,
            planner: place.token("sun", Role::Planner).await,
            supervisor: place.token("zhao", Role::Supervisor).await,
        }
    }

    async fn flight(&self, place: &Place, id: &str, body: &Value) -> u16 {
        place.call("PUT", &format!("/api/v1/flights/{id}")).token(&self.planner).json(body).send().await.status
    }

    /// Somebody declares, is scanned and decided on: the journey.
    async fn inspected(&self, place: &Place, who: &Person, decision: &str, answers: &Value) -> String {
        let mut body = who.declaration();
        body["answers"].as_object_mut().unwrap().extend(answers.as_object().unwrap().clone());
        let declared = place.post("", "/declarations", &body).await.ok(201);
        let scan_id = uuid();
        let scan = json!({"scan_id": scan_id, "station": "T3D-L01", "pass": declared["pass"], "mrz": who.mrz()});
        let scanned = place.post(&self.officer, "/checkpoint/scans", &scan).await.ok(200);
        let decision = json!({"scan_id": scan_id, "decision": decision, "reason": "as advised"});
        place.post(&self.officer, "/checkpoint/decisions", &decision).await.ok(200);
        scanned["journey"].as_str().unwrap().to_owned()
    }

    async fn bulletin(&self, place: &Place, from: &str, to: &str) -> Value {
        let path = format!("/api/v1/bulletin?from={from}&to={to}");
        place.get(&path).token(&self.supervisor).send().await.ok(200)
    }

    async fn summary(&self, place: &Place) -> Value {
        place.get("/api/v1/supervision/summary").token(&self.supervisor).send().await.ok(200)
    }
}

/// The raw log: every journey's events, and each flight as the newest record of it has it.
async fn log(place: &Place) -> (Vec<Vec<Event>>, Vec<Flight>) {
    let heads = place.app.store.checkpoint().await.unwrap().heads;
    let (mut subjects, mut flights) = (Vec::<Id>::new(), BTreeMap::new());
    let mut moved = Vec::new();
    for head in heads {
        for link in place.app.store.audit_range(head.writer, 1, 100_000).await.unwrap() {
            subjects.extend(link.entry.subject);
            if link.entry.action == "move-flight" {
                moved.push((link.entry.at_ms, link.entry.detail));
            }
        }
    }
    moved.sort();
    for (_, detail) in moved {
        let flight: Flight = serde_json::from_str(&detail).unwrap();
        flights.insert(flight.id.clone(), flight);
    }
    subjects.sort();
    subjects.dedup();
    let mut histories = Vec::new();
    for subject in subjects {
        let events = place.app.store.events(subject).await.unwrap();
        let events: Vec<Event> = events.iter().map(|e| serde_json::from_str(&e.body).unwrap()).collect();
        histories.extend((!events.is_empty()).then_some(events));
    }
    (histories, flights.into_values().collect())
}

fn period(place: &Place, from: &str, to: &str) -> Period {
    let port = place.app.house.port("CNPEK").unwrap();
    Period::read(from, to, &port.zone(), local_date(port, place.app.now())).unwrap()
}

fn member(name: &str) -> String {
    name.replace('-', "_")
}

/// Holds every number of a bulletin against the log.
pub async fn hold(place: &Place, told: &Value, from: &str, to: &str) {
    let (histories, flights) = log(place).await;
    let of = |period: &Period| of_log(histories.iter().map(Vec::as_slice), &period.span);
    let whole = period(place, from, to);
    let (figures, came) = (of(&whole), of_flights(&flights, &whole.span));
    let few: Vec<&str> = told["few"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for figure in Figure::ALL {
        let (name, count) = (member(figure.name()), figures[&figure]);
        let hidden = figure.is_of_health() && (1..5).contains(&count);
        let expected = if hidden { Value::Null } else { json!(count) };
        assert_eq!(told["figures"][&name], expected, "{name} from {from} to {to}");
        assert_eq!(few.contains(&name.as_str()), hidden, "{name}");
    }
    for category in Category::ALL {
        assert_eq!(
            told["flights"][member(category.name())],
            json!(came[&category]),
            "{category:?} from {from} to {to}"
        );
    }
    assert_eq!(told["flights"]["total"], json!(came.values().sum::<u64>()));
    let zone = place.app.house.port("CNPEK").unwrap().zone();
    let days = whole.each_day(&zone);
    let told_days = if (2..=62).contains(&days.len()) { days.len() } else { 0 };
    assert_eq!(told["days"].as_array().unwrap().len(), told_days);
    for (day, told) in days.iter().zip(told["days"].as_array().unwrap()) {
        assert_eq!(told["date"], json!(day.from));
        let figures = of(day);
        for figure in Figure::OF_WORK {
            assert_eq!(told[member(figure.name())], json!(figures[&figure]), "{figure:?} on {}", day.from);
        }
    }
}

/// Holds today's figures, hours, queues and open loops against the log.
async fn hold_summary(place: &Place, told: &Value) {
    let (histories, flights) = log(place).await;
    let now = place.app.now();
    let port = place.app.house.port("CNPEK").unwrap();
    let today = period(place, told["day"].as_str().unwrap(), told["day"].as_str().unwrap());
    let histories: Vec<&[Event]> = histories.iter().map(Vec::as_slice).collect();
    for (figure, count) in of_log(histories.iter().copied(), &today.span) {
        assert_eq!(told["figures"][member(figure.name())], json!(count), "{figure:?}");
    }
    for (category, count) in of_flights(&flights, &today.span) {
        assert_eq!(told["flights"]["came"][member(category.name())], json!(count), "{category:?}");
    }
    let scheduled = flights.iter().filter(|flight| today.span.contains(&flight.scheduled_arrival)).count();
    assert_eq!(told["flights"]["scheduled"], json!(scheduled));
    let hours: Vec<_> = today.hours(&port.zone()).into_iter().filter(|(_, span)| span.start <= now).collect();
    assert_eq!(told["hours"].as_array().unwrap().len(), hours.len());
    for ((from, span), told) in hours.iter().zip(told["hours"].as_array().unwrap()) {
        let figures = of_log(histories.iter().copied(), span);
        assert_eq!(told["from"], json!(from));
        for figure in lookups::supervision::BY_HOUR {
            assert_eq!(told[member(figure.name())], json!(figures[&figure]), "{figure:?} from {from}");
        }
    }
    let fold = |events: &&[Event]| events[1..].iter().fold(begin(&events[0]).unwrap(), apply);
    let journeys: Vec<Journey> = histories.iter().map(fold).collect();
    let open: Vec<_> = journeys.iter().flat_map(Journey::open).collect();
    let mut seen = 0;
    for line in told["loops"].as_array().unwrap() {
        let own: Vec<_> = open
            .iter()
            .filter(|o| o.kind.owner().name() == line["owner"] && json!(o.department) == line["department"])
            .collect();
        let urgent = |tier: Tier| own.iter().filter(|o| o.urgency(now) == tier).count();
        let numbers = json!([line["open"], line["amber"], line["red"]]);
        assert_eq!(numbers, json!([own.len(), urgent(Tier::Amber), urgent(Tier::Red)]), "{line}");
        assert_eq!(line["oldest"], json!(own.iter().map(|o| o.opened_at).min()));
        let ages: u64 = line["ages"].as_array().unwrap().iter().map(|age| age["open"].as_u64().unwrap()).sum();
        assert_eq!(ages, own.len() as u64);
        seen += own.len();
    }
    assert_eq!(seen, open.len(), "nobody's loop is left out");
    for queue in told["queues"].as_array().unwrap() {
        let kind = match queue["queue"].as_str().unwrap() {
            "desk" => "examine",
            "hold" => "resolve-hold",
            "booth" => "collect-sample",
            "orders" => "serve-order",
            "transport" => "deliver-sample",
            _ => continue,
        };
        let waiting = open.iter().filter(|o| o.kind.name() == kind).count();
        assert_eq!(queue["waiting"], json!(waiting), "{queue}");
    }
}

fn queue(summary: &Value, name: &str) -> u64 {
    let found = summary["queues"].as_array().unwrap().iter().find(|queue| queue["queue"] == name).unwrap();
    found["waiting"].as_u64().unwrap()
}

/// Two days of work, through HTTP alone.
async fn play(place: &Place, crowd: &Crowd) {
    let category = |category: &str, scheduled: &str, actual: &str| json!({"origin": "HKG", "category": category, "scheduled_arrival": scheduled, "actual_arrival": actual});
    crowd.inspected(place, &LI, "clear", &json!({})).await;
    place.set("2026-11-24T00:10:00Z");
    let red = crowd.inspected(place, &OKAFOR, "refer", &json!({"contact_case": true})).await;
    place.set("2026-11-24T02:00:00Z");
    // Landed before midnight at the port, though due after it; due today and not come; cancelled with an arrival; diverted.
    let (early, late) = ("2026-11-24T15:50:00Z", "2026-11-24T16:10:00Z");
    place.set("2026-11-24T16:30:00Z");
    assert_eq!(crowd.flight(place, "CX390-2026-11-25-CNPEK", &category("hmt", late, early)).await, 201);
    assert_eq!(crowd.flight(place, "FX14-2026-11-24-CNPEK", &category("cargo", early, late)).await, 201);
    for (id, status) in [("FX15-2026-11-24-CNPEK", "cancelled"), ("FX16-2026-11-24-CNPEK", "diverted")] {
        let mut body = category("cargo", early, early);
        body["status"] = json!(status);
        assert_eq!(crowd.flight(place, id, &body).await, 201);
    }
    // It landed, and the record is put right twice: another category, another time.
    let landed = |category: &str, at: &str| json!({"origin": "LHR", "category": category, "scheduled_arrival": "2026-11-24T06:00:00Z", "actual_arrival": at});
    for (category, at) in [("private", "2026-11-24T05:00:00Z"), ("international", "2026-11-24T05:40:00Z")] {
        assert_eq!(crowd.flight(place, "CA938-2026-11-24-CNPEK", &landed(category, at)).await, 200);
    }
    // The second day: six are tested, one is positive; one is crew; one is refused.
    let mut labels = Vec::new();
    let mut people = Vec::new();
    for number in 0..6 {
        place.clock.set(place.app.now() + jiff::SignedDuration::from_mins(2));
        let who = ordered(place, &crowd.staff, person(number)).await;
        labels.push(received(place, &crowd.staff, &who).await);
        people.push(who);
    }
    let journey = people[5].journey.as_str().unwrap();
    let crew = json!({"class": "crew", "departs": "2026-11-27T10:00:00Z"});
    place.post(&crowd.officer, &format!("/journeys/{journey}/class"), &crew).await.ok(200);
    let built = plate(place, &crowd.staff, &labels.iter().take(5).collect::<Vec<_>>()).await;
    let csv = file(&built, |label| if label == labels[2] { POSITIVE } else { NEGATIVE });
    import(place, &crowd.staff.technician, &built, &csv, false).await.ok(200);
    place.clock.set(place.app.now() + jiff::SignedDuration::from_hours(1));
    let path = format!("/laboratory/plates/{}/release", built["id"].as_str().unwrap());
    place.post(&crowd.staff.releaser, &path, &json!({})).await.ok(200);
    release(place, &crowd.staff.releaser, &labels[2]).await.ok(200);
    let scan_id = uuid();
    let scan = json!({"scan_id": scan_id, "station": "T3D-L01", "pass": people[5].pass, "mrz": people[5].person.mrz()});
    place.post(&crowd.officer, "/checkpoint/scans", &scan).await.ok(200);
    let hold = json!({"scan_id": scan_id, "decision": "hold", "reason": "result is still to come"});
    place.post(&crowd.officer, "/checkpoint/decisions", &hold).await.ok(200);
    let owed = place.get("/api/v1/obligations").token(&crowd.staff.medical).send().await.ok(200);
    let examine =
        owed["obligations"].as_array().unwrap().iter().find(|o| o["journey"] == red && o["kind"] == "examine");
    let path = format!("/obligations/{}/answer", examine.unwrap()["id"].as_str().unwrap());
    let ended = json!({"outcome": "refused-entry", "reason": "no visa"});
    place.post(&crowd.staff.medical, &path, &ended).await.ok(200);
}

on_every_engine! {
    async fn every_number_is_what_the_log_says(place: Place) {
        let crowd = Crowd::of(&place).await;
        hold(&place, &crowd.bulletin(&place, "2026-11-24", "2026-11-24").await, "2026-11-24", "2026-11-24").await;
        play(&place, &crowd).await;
        for (from, to) in [
            ("2026-11-24", "2026-11-24"), ("2026-11-25", "2026-11-25"), ("2026-11-24", "2026-11-25"),
            ("2026-11-20", "2026-12-31"), ("2026-09-01", "2026-11-25"), ("2026-11-20", "2026-11-23"),
        ] {
            hold(&place, &crowd.bulletin(&place, from, to).await, from, to).await;
        }
        hold_summary(&place, &crowd.summary(&place).await).await;

        // The same in so many words, so that a log and a count that are wrong alike are found.
        let first = crowd.bulletin(&place, "2026-11-24", "2026-11-24").await;
        assert_eq!(first["flights"], json!({"total": 2, "international": 1, "hmt": 1, "cargo": 0, "domestic_transfer": 0, "private": 0}));
        assert_eq!((&first["figures"]["passengers_quarantined"], &first["few"]), (&json!(2), &json!(["referred"])));
        let both = crowd.bulletin(&place, "2026-11-24", "2026-11-25").await;
        assert_eq!(both["flights"]["cargo"], json!(1));
        let work = ["passengers_quarantined", "crew_quarantined", "samples_collected", "tests_completed"];
        assert_eq!(json!(work.map(|name| &both["figures"][name])), json!([2, 1, 6, 5]));
        assert_eq!(both["few"], json!(["positives", "referred", "entry_refused"]));
        let now = crowd.summary(&place).await;
        assert_eq!((queue(&now, "bench"), queue(&now, "release"), queue(&now, "desk")), (1, 0, 0));
        // Inside the port the few are told as they are.
        assert_eq!(now["figures"]["positives"], json!(1));
    }

    async fn text_and_html_tell_the_same_in_both_languages(place: Place) {
        let crowd = Crowd::of(&place).await;
        crowd.inspected(&place, &GARCIA, "clear", &json!({})).await;
        for (format, language, kind, words) in [
            ("text", "en", "text/plain", "Passengers quarantined: 1\n"),
            ("text", "zh-Hans", "text/plain", "检疫入境旅客：1\n"),
            ("html", "en", "text/html", "<html lang=\"en\""),
            ("html", "zh-Hans", "text/html", "检疫入境旅客</th><td class=\"number\"><span>1</span>"),
        ] {
            let path = format!("/api/v1/bulletin?from=2026-11-24&to=2026-11-24&format={format}&language={language}");
            let told = place.get(&path).token(&crowd.supervisor).send().await;
            assert_eq!(told.status, 200);
            assert!(told.header("content-type").starts_with(kind) && told.text().contains(words), "{}", told.text());
            assert!(!told.text().contains('⟦') && !told.text().contains("Garcia"), "{}", told.text());
        }
    }

    async fn what_is_no_period_is_told_with_its_field(place: Place) {
        let crowd = Crowd::of(&place).await;
        for (query, expected) in [
            ("", json!([["/from", "required"], ["/to", "required"]])),
            ("from=2026-11-24", json!([["/to", "required"]])),
            ("from=yesterday&to=2026-13-01", json!([["/from", "not-a-date"], ["/to", "not-a-date"]])),
            ("from=2026-11-24&to=2026-11-23", json!([["/to", "period-backwards"]])),
            ("from=2026-11-25&to=2026-11-26", json!([["/from", "period-in-future"]])),
            ("from=2001-01-01&to=2026-11-24", json!([["/from", "period-too-long"]])),
            ("from=2026-11-24&to=x&format=pdf&language=xx", json!([["/to", "not-a-date"], ["/language", "not-a-language"], ["/format", "not-an-option"]])),
        ] {
            let refused = place.get(&format!("/api/v1/bulletin?{query}")).token(&crowd.supervisor).send().await.ok(422);
            let told: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| json!([e["pointer"], e["code"]])).collect();
            assert_eq!(json!(told), expected, "{query}");
        }
        for path in ["/api/v1/bulletin?from=2026-11-24&to=2026-11-24", "/api/v1/supervision/summary", "/api/v1/supervision/flow"] {
            assert_eq!(place.get(path).send().await.status, 401, "{path}");
            assert_eq!(place.get(path).token(&crowd.officer).send().await.status, 403, "{path}");
            let mark = if path.contains('?') { '&' } else { '?' };
            let elsewhere = place.get(&format!("{path}{mark}port=CNPVG")).token(&crowd.supervisor).send().await;
            assert_eq!(elsewhere.status, 403, "{path}");
        }
    }

    async fn a_change_is_heard_and_whoever_comes_back_is_told_all(place: Place) {
        let crowd = Crowd::of(&place).await;
        let mut heard = Stream::open(&place, &crowd.supervisor, None).await;
        let first = heard.summary(HEARD_BY).await.unwrap();
        assert_eq!(first, crowd.summary(&place).await);
        assert!(heard.summary(Duration::from_millis(1500)).await.is_none(), "nothing changed, and nothing is told");

        crowd.inspected(&place, &LI, "clear", &json!({})).await;
        // A declaration changes nothing here; the decision does.
        let told = heard.summary(HEARD_BY).await.unwrap();
        assert_eq!(told["figures"]["passengers_quarantined"], 1);
        assert_eq!(told, crowd.summary(&place).await);
        // Time alone makes loops amber.
        crowd.inspected(&place, &OKAFOR, "refer", &json!({"contact_case": true})).await;
        heard.summary(HEARD_BY).await.unwrap();
        place.set("2026-11-24T00:20:00Z");
        let told = heard.summary(HEARD_BY).await.unwrap();
        assert!(told["loops"].as_array().unwrap().iter().any(|line| line["owner"] == "medical" && line["amber"] == 1), "{told}");

        // Another listener, and one who was cut off, hear the whole at once.
        let id = heard.last_id.clone();
        drop(heard);
        for last in [None, Some(id.as_str()), Some("nonsense")] {
            let again = Stream::open(&place, &crowd.supervisor, last).await.summary(HEARD_BY).await.unwrap();
            assert_eq!(again, told);
        }
    }

    async fn the_stream_says_that_it_lives_and_ends_with_the_right_to_it(place: Place) {
        let crowd = Crowd::of(&place).await;
        let mut heard = Stream::open(&place, &crowd.supervisor, None).await;
        heard.summary(HEARD_BY).await.unwrap();
        let (kind, alive) = heard.event(Duration::from_secs(7)).await.unwrap();
        assert_eq!((kind.as_str(), &alive["at"]), ("alive", &json!("2026-11-24T00:00:00Z")));
        assert!(heard.raw.contains(": alive\n"), "a comment for proxies too: {}", heard.raw);
        pratique::actions::staff::disable(&place.app, &pratique::caller::Caller::System("test"), "zhao").await.unwrap();
        while place.get("/api/v1/supervision/summary").token(&crowd.supervisor).send().await.status != 401 {}
        crowd.inspected(&place, &LI, "clear", &json!({})).await;
        let ended = tokio::time::timeout(Duration::from_secs(3), async { while heard.event(Duration::from_secs(3)).await.is_some() {} });
        ended.await.unwrap();
        assert!(heard.is_over, "the server hung up");
        assert!(!heard.raw.contains("\"passengers_quarantined\":1"), "and told nothing more");
        assert_eq!(place.get("/api/v1/supervision/flow").token(&crowd.supervisor).send().await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_is_counted_once_for_all_who_listen_and_not_at_all_for_nobody() {
    let place = Place::open(On::Memory).await;
    let web = Web::of(Arc::clone(&place.app));
    assert!(web.flows.last("CNPEK").is_none());
    let mut one = web.flows.listen(&place.app, "CNPEK");
    let other = web.flows.listen(&place.app, "CNPEK");
    assert!(one.same_channel(&other));
    one.changed().await.unwrap();
    assert!(web.flows.last("CNPEK").is_some());
    drop((one, other));
    let ended = async {
        while web.flows.last("CNPEK").is_some() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(3), ended).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_does_not_wait_for_whoever_listens() {
    let place = Place::open(On::Memory).await;
    let token = place.token("zhao", Role::Supervisor).await;
    let mut heard = Stream::open(&place, &token, None).await;
    heard.summary(HEARD_BY).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), place.stop()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_lists_of_flights_that_came_follows_each_move() {
    let place = Place::open(On::Memory).await;
    let crowd = Crowd::of(&place).await;
    let file = |arrived: &str, status: &str| {
        format!(
            "flight,origin,scheduled_arrival,actual_arrival,category,status\nCA938,LHR,2026-11-24T14:00,{arrived},cargo,{status}\n"
        )
    };
    place.set("2026-11-24T08:00:00Z");
    for (arrived, status, expected) in [
        ("2026-11-24T13:50", "", 1),
        ("2026-11-24T13:55", "landed", 1),
        ("2026-11-24T13:55", "diverted", 0),
        ("", "airborne", 0),
        ("2026-11-24T13:40", "", 1),
        ("2026-11-24T13:40", "cancelled", 0),
    ] {
        let call = place.call("POST", "/api/v1/flights/schedule?port=CNPEK").token(&crowd.planner);
        call.body("text/csv", file(arrived, status)).send().await.ok(200);
        let listed =
            place.app.store.entries("came/CNPEK/cargo", i64::MIN..i64::MAX, None, 9, Order::Ascending).await.unwrap();
        assert_eq!(listed.len(), expected, "{arrived} {status}");
        if expected == 1 {
            let beijing = at(&format!("{arrived}:00+08:00"));
            assert_eq!(listed[0].sort, beijing.as_millisecond());
        }
    }
}

/// A listener, as a program is one.
struct Stream {
    answer: reqwest::Response,
    /// What came and was not read yet.
    rest: String,
    /// Everything that came.
    raw: String,
    last_id: String,
    is_over: bool,
}

impl Stream {
    async fn open(place: &Place, token: &str, last_id: Option<&str>) -> Self {
        let url = format!("http://{}/api/v1/supervision/flow", place.address);
        let mut request = reqwest::Client::new().get(url).bearer_auth(token);
        if let Some(id) = last_id {
            request = request.header("last-event-id", id);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Stream { answer, rest: String::new(), raw: String::new(), last_id: String::new(), is_over: false }
    }

    /// The next event: its name and its data. Nothing after so long, or when the server hung up.
    async fn event(&mut self, within: Duration) -> Option<(String, Value)> {
        let read = async {
            loop {
                if let Some((event, rest)) = self.rest.split_once("\n\n") {
                    let field = |name: &str| {
                        event
                            .lines()
                            .find_map(|line| line.strip_prefix(&format!("{name}: ")))
                            .unwrap_or_default()
                            .to_owned()
                    };
                    let (kind, data, id) = (field("event"), field("data"), field("id"));
                    self.rest = rest.to_owned();
                    if !id.is_empty() {
                        self.last_id = id;
                    }
                    return Some((kind, serde_json::from_str(&data).unwrap()));
                }
                match self.answer.chunk().await {
                    Ok(Some(bytes)) => {
                        let text = String::from_utf8(bytes.to_vec()).unwrap();
                        self.rest += &text;
                        self.raw += &text;
                    }
                    _ => {
                        self.is_over = true;
                        return None;
                    }
                }
            }
        };
        tokio::time::timeout(within, read).await.unwrap_or_default()
    }

    /// The next summary; heartbeats between do not make the wait any longer.
    async fn summary(&mut self, within: Duration) -> Option<Value> {
        let next = async {
            loop {
                match self.event(within).await? {
                    (kind, data) if kind == "summary" => return Some(data),
                    _ => {}
                }
            }
        };
        tokio::time::timeout(within, next).await.ok().flatten()
    }
}
