//! The person's rights: the notice they were shown, what is held about them and who looked, what they ask for, and that they go
//! when their time is over, out of backups too.

use std::path::Path;

use jiff::SignedDuration;
use pratique::actions::erase::{self, Ground};
use pratique::actions::erase_due::{due, erase_due};
use pratique::actions::forget_manifest::forget_due;
use pratique::caller::Caller;
use pratique::erased;
use pratique_core::access::Role;
use pratique_core::id::Id;
use pratique_core::journey::TestResult;
use pratique_store::testing::opening;
use pratique_store::{Location, Order, Store};
use serde_json::{Value, json};

use super::checkpoint::{flight, scan};
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{On, Place, at, course, on_every_engine};

const CSV: &str = "surname,given names,document type,document number,issuer,birth date,role,seat\n\
    Li,Na,P,E12345678,CHN,1988-03-02,passenger,31A\n\
    Okafor,Ngozi,P,A01234567,NGA,1979-12-30,passenger,31C\n";

async fn declared(place: &Place, person: &Person) -> Value {
    let mut body = person.declaration();
    body["notice"] = json!("2026-12");
    body["contact"] = json!({"phone": "+8613800138000", "address": format!("7 Nibcutters Row, {}", person.primary)});
    place.post("", "/declarations", &body).await.ok(201)
}

/// Declared, shown at the lane and cleared; answers the code and the journey.
async fn entered(place: &Place, officer: &str, person: &Person) -> (String, Id) {
    let declared = declared(place, person).await;
    let scanned = scan(place, officer, &json!({"pass": declared["pass"], "mrz": person.mrz()})).await;
    let clear = json!({"scan_id": scanned["scan_id"], "decision": "clear"});
    place.post(officer, "/checkpoint/decisions", &clear).await.ok(200);
    let journey = scanned["journey"].as_str().unwrap().parse().unwrap();
    (declared["code"].as_str().unwrap().to_owned(), journey)
}

async fn held(place: &Place, code: &str, person: &Person) -> Value {
    place.get(&format!("/api/v1/declarations/{code}/held")).proof(person.number).send().await.ok(200)
}

async fn days_pass(place: &Place, days: i64) {
    place.clock.set(place.app.now() + SignedDuration::from_hours(24 * days));
}

on_every_engine! {
    async fn the_version_of_the_notice_is_kept_and_an_unknown_one_refused(place: Place) {
        flight(&place).await;
        let mut body = LI.declaration();
        body["notice"] = json!("2019-01");
        body["trip"]["date"] = json!("tomorrow");
        let refused = place.post("", "/declarations", &body).await.ok(422);
        let told: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert!(told.contains(&("/notice", "unknown-notice")) && told.contains(&("/trip/date", "not-a-date")), "{told:?}");
        body["trip"]["date"] = json!("2026-11-24");
        let refused = place.post("", "/declarations", &body).await.ok(422);
        assert_eq!(refused["errors"][0]["code"], "unknown-notice");
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains("2026-12"), "it names the one in force: {refused}");

        // An older one was shown once; none named is none shown.
        for (notice, kept) in [(json!("2026-11"), json!("2026-11")), (Value::Null, Value::Null)] {
            body["notice"] = notice;
            let code = place.post("", "/declarations", &body).await.ok(201)["code"].as_str().unwrap().to_owned();
            let own = place.get(&format!("/api/v1/declarations/{code}")).proof(LI.number).send().await.ok(200);
            assert_eq!(own["notice"], kept);
        }
    }

    async fn a_person_sees_all_that_is_held_and_who_looked_and_nobody_else_does(place: Place) {
        flight(&place).await;
        let officer = place.token("wang.fang", Role::Officer).await;
        let planner = place.token("second", Role::Planner).await;
        let manifest = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest").token(&planner);
        manifest.body("text/csv", CSV).send().await.ok(201);
        let (code, _) = entered(&place, &officer, &LI).await;
        for wrong in [OKAFOR.number, ""] {
            place.get(&format!("/api/v1/declarations/{code}/held")).proof(wrong).send().await.ok(404);
        }
        let answer = place.get(&format!("/api/v1/declarations/{code}/held")).proof(LI.number).send().await;
        let text = answer.text();
        let held = answer.ok(200);
        assert_eq!((&held["notice"], &held["kept"]["purpose"]), (&json!("2026-12"), &json!("entry")));
        // Closed now; kept 28 days, of which the law asks for 14.
        assert_eq!((&held["kept"]["until"], &held["kept"]["may_go_from"]), (&json!("2026-12-22T00:00:00Z"), &json!("2026-12-08T00:00:00Z")));
        assert_eq!(held["declarations"][0]["traveller"]["document"]["number"], LI.number);
        assert_eq!(held["declarations"][0]["contact"]["address"], "7 Nibcutters Row, Li");
        assert_eq!((&held["checks"][0]["station"], &held["checks"][1]["decision"]), (&json!("T3D-L01"), &json!("clear")));
        assert_eq!(held["airline"][0]["seat"], "31A");
        assert!(!text.contains("wang.fang"), "an officer's own name is told to nobody");
        let looks = held["looks"].as_array().unwrap();
        let scanned = looks.iter().find(|look| look["did"] == "scan").unwrap();
        assert_eq!((&scanned["who"], &scanned["role"], &scanned["station"]), (&json!("staff"), &json!("officer"), &json!("T3D-L01")));
        let own = looks.iter().find(|look| look["why"] == "own record").unwrap();
        assert_eq!((&own["who"], &own["did"]), (&json!("you"), &json!("look")));
    }

    async fn what_the_form_cannot_change_is_asked_for_and_owed_by_somebody(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let doctor = place.token("doctor", Role::Medical).await;
        let (code, journey) = entered(&place, &officer, &LI).await;
        let path = format!("/api/v1/declarations/{code}/corrections");
        let ask = |text: &str| place.call("POST", &path).proof(LI.number).json(&json!({"text": text}));
        ask(" \n ").send().await.ok(422);
        ask(&"x".repeat(1001)).send().await.ok(422);
        let first = ask("The doctor wrote down a fever that I did not have.").once("wish").send().await;
        assert_eq!(first.status, 201, "{}", first.text());
        let again = ask("The doctor wrote down a fever that I did not have.").once("wish").send().await;
        assert_eq!((first.bytes, again.status), (again.bytes.clone(), 201), "asked once, however often it is sent");
        ask("Second.").send().await.ok(201);
        ask("Third.").send().await.ok(201);
        assert_eq!(ask("Fourth.").send().await.ok(409)["code"], "already-asked");

        let owed = place.get("/api/v1/obligations").token(&doctor).send().await.ok(200);
        let owed: Vec<_> = owed["obligations"].as_array().unwrap().iter().filter(|o| o["kind"] == "correct-record").cloned().collect();
        assert_eq!(owed.len(), 3, "{owed:?}");
        // While it is owed nothing goes, however late it is.
        days_pass(&place, 100).await;
        assert_eq!((due(&place.app).await.unwrap(), erase_due(&place.app, 10).await.unwrap()), (0, 0));
        let held = held(&place, &code, &LI).await;
        assert_eq!((&held["kept"]["until"], &held["requests"][0]["text"]), (&Value::Null, &json!("The doctor wrote down a fever that I did not have.")));
        for one in &owed {
            let path = format!("/obligations/{}/answer", one["id"].as_str().unwrap());
            place.post(&doctor, &path, &json!({"outcome": "done"})).await.ok(200);
        }
        // It closed anew with the last answer, so its time runs anew.
        assert_eq!(due(&place.app).await.unwrap(), 0);
        days_pass(&place, 28).await;
        days_pass(&place, 1).await;
        assert_eq!((due(&place.app).await.unwrap(), erase_due(&place.app, 10).await.unwrap()), (1, 1));
        assert!(place.app.store.shredded_ms(journey).await.unwrap().is_some());
    }

    async fn each_purpose_keeps_as_long_as_the_ports_file_says(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let unused = declared(&place, &LI).await["code"].as_str().unwrap().to_owned();
        let (entry, clean) = entered(&place, &officer, &OKAFOR).await;
        let garcia = declared(&place, &GARCIA).await;
        let scanned = scan(&place, &officer, &json!({"pass": garcia["pass"], "mrz": GARCIA.mrz()})).await;
        let (sampled, swabbed) = (garcia["code"].as_str().unwrap(), scanned["journey"].as_str().unwrap().parse::<Id>().unwrap());
        course::result(&place, &swabbed.to_string(), TestResult::Negative).await;
        assert_eq!(held(&place, &unused, &LI).await["kept"]["purpose"], "unused");
        assert_eq!(held(&place, sampled, &GARCIA).await["kept"]["purpose"], "sampled");
        // The doctor concludes first: until then nothing runs.
        assert_eq!(held(&place, sampled, &GARCIA).await["kept"]["until"], Value::Null);
        let who = Caller::System("test");
        let refused = erase::erase(&place.app, &who, swabbed, Ground::Request).await.unwrap_err().to_string();
        assert!(refused.contains("still owed"), "{refused}");
        let refused = erase::erase(&place.app, &who, clean, Ground::Request).await.unwrap_err().to_string();
        assert!(refused.contains("2026-12-08"), "it says until when: {refused}");

        place.set("2026-12-21T23:59:00Z");
        assert_eq!(erase_due(&place.app, 10).await.unwrap(), 0);
        place.set("2026-12-22T00:01:00Z");
        assert_eq!((due(&place.app).await.unwrap(), erase_due(&place.app, 10).await.unwrap()), (1, 1));
        place.get(&format!("/api/v1/declarations/{entry}/held")).proof(OKAFOR.number).send().await.ok(404);
        place.get(&format!("/api/v1/declarations/{unused}")).proof(LI.number).send().await.ok(200);
        // What was never shown is over when its arrival is past everywhere and the pass with it: three days and a half.
        place.set("2026-12-25T12:01:00Z");
        assert_eq!(erase_due(&place.app, 10).await.unwrap(), 1);
        assert_eq!(due(&place.app).await.unwrap(), 0);
    }
}

on_every_engine! {
    async fn whoever_is_erased_leaves_the_counts_and_the_log_whole(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let supervisor = place.token("planner2", Role::Planner).await;
        let manifest = place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest").token(&supervisor);
        manifest.body("text/csv", CSV).send().await.ok(201);
        let (code, id) = entered(&place, &officer, &LI).await;
        entered(&place, &officer, &OKAFOR).await;
        let figures = |place: &Place| {
            let (app, list) = (place.app.clone(), pratique::ledger::figure("CNPEK", "passengers-quarantined"));
            async move { app.store.count(&list, i64::MIN..i64::MAX).await.unwrap() }
        };
        let readiness = "/api/v1/flights/CA938-2026-11-24-CNPEK/readiness";
        let (before, ready) = (figures(&place).await, place.get(readiness).token(&supervisor).send().await.ok(200));
        let checkpoint = place.app.store.checkpoint().await.unwrap();

        days_pass(&place, 15).await;
        let erased = erase::erase(&place.app, &Caller::System("test"), id, Ground::Request).await.unwrap();
        assert_eq!(erased.listed, 1, "the airline's entry went too");
        // Once is enough, and nothing can be asked of it any more.
        erase::erase(&place.app, &Caller::System("test"), id, Ground::Request).await.unwrap();
        place.get(&format!("/api/v1/declarations/{code}")).proof(LI.number).send().await.ok(404);
        assert_eq!(figures(&place).await, before);
        let after = place.get(readiness).token(&supervisor).send().await.ok(200);
        assert_eq!((&after["balance"], &after["people"], &after["missing"]), (&ready["balance"], &ready["people"], &ready["missing"]), "{after}");
        assert!(place.app.store.verify_audit(Some(&checkpoint)).await.unwrap().is_whole());
        assert_eq!(place.app.store.events(id).await.unwrap().last().unwrap().kind, "erased");
        // Who held the same document may be somebody else now: it declares anew.
        let scanned = scan(&place, &officer, &json!({"mrz": LI.mrz()})).await;
        assert_eq!(scanned["journey"], Value::Null, "nobody is found by the document: {scanned}");
    }

    async fn an_airlines_list_goes_when_its_time_is_over(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let planner = place.token("second", Role::Planner).await;
        let put = |csv: String| place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK/manifest").token(&planner).body("text/csv", csv);
        put(CSV.to_owned()).send().await.ok(201);
        put(format!("{CSV}Garcia,Maria,P,PAB123456,ESP,1995-05-05,passenger,32A\n")).send().await.ok(200);
        entered(&place, &officer, &LI).await;
        let readiness = "/api/v1/flights/CA938-2026-11-24-CNPEK/readiness";
        let before = place.get(readiness).token(&planner).send().await.ok(200);
        let ill = json!({"ill": [{"signs": ["fever"], "seat": "31A"}], "boarding": {"outcome": "conditional"}, "note": "In the last row"});
        let inspected = place.post(&officer, "/flights/CA938-2026-11-24-CNPEK/inspection", &ill).await.ok(201);
        let inspection: Id = inspected["id"].as_str().unwrap().parse().unwrap();
        days_pass(&place, 27).await;
        assert_eq!(forget_due(&place.app, 10).await.unwrap(), 0);
        days_pass(&place, 2).await;
        assert!(place.app.store.person_key(inspection).await.unwrap().is_some());
        assert_eq!(forget_due(&place.app, 10).await.unwrap(), 1);
        assert_eq!(forget_due(&place.app, 10).await.unwrap(), 0);
        assert!(place.app.store.person_key(inspection).await.unwrap().is_none(), "its words and seats go with the list");
        let after = place.get(readiness).token(&planner).send().await.ok(200);
        assert_eq!((&after["balance"], &after["manifest"]), (&before["balance"], &before["manifest"]), "{after}");
        let file = place.folder.path("after.db");
        place.app.store.backup(&file, 1, "test").await.unwrap();
        let lists = rusqlite_lists(&file);
        assert!(!lists.iter().any(|list| list.contains("/document/") || list.contains("/birth/")), "{lists:?}");
    }
}

on_every_engine! {
    /// Somebody who is on no list is erased: the others can be looked at still, and the list is forgotten in its time.
    async fn an_erased_person_on_no_list_holds_up_nobody(place: Place) {
        flight(&place).await;
        let officer = place.token("officer", Role::Officer).await;
        let planner = place.token("planner2", Role::Planner).await;
        let path = "/api/v1/flights/CA938-2026-11-24-CNPEK";
        let manifest = place.call("PUT", &format!("{path}/manifest")).token(&planner);
        manifest.body("text/csv", CSV).send().await.ok(201);
        let (_, id) = entered(&place, &officer, &GARCIA).await;
        days_pass(&place, 15).await;
        erase::erase(&place.app, &Caller::System("test"), id, Ground::Request).await.unwrap();
        place.get(&format!("{path}/readiness")).token(&planner).send().await.ok(200);
        days_pass(&place, 15).await;
        assert_eq!(forget_due(&place.app, 10).await.unwrap(), 1);
    }
}

/// Names of the lists in a backup.
fn rusqlite_lists(file: &Path) -> Vec<String> {
    let bytes = std::fs::read(file).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let names = text.split("listed/CA938-2026-11-24-CNPEK/").skip(1);
    names.map(|rest| format!("listed/{}", rest.chars().take(40).collect::<String>())).collect()
}

/// The test that the law asks for: declare two, back up, erase one, restore; the erased one cannot be read by anybody.
async fn restored(on: On) {
    let place = Place::open(on).await;
    flight(&place).await;
    let officer = place.token("officer", Role::Officer).await;
    let (gone_code, gone) = entered(&place, &officer, &LI).await;
    let (kept_code, kept) = entered(&place, &officer, &OKAFOR).await;
    days_pass(&place, 15).await;
    let monday = place.folder.path("monday.pratique");
    place.app.store.backup(&monday, place.app.now().as_millisecond(), "test").await.unwrap();
    erase::erase(&place.app, &Caller::System("test"), gone, Ground::Request).await.unwrap();
    assert!(erased::export(&place.app).await.unwrap() >= 1);
    assert_eq!(erased::export(&place.app).await.unwrap(), 0, "each is written once");
    let friday = place.folder.path("friday.pratique");
    place.app.store.backup(&friday, place.app.now().as_millisecond(), "test").await.unwrap();
    let lines = erased::read(&erased::place(place.folder.root())).unwrap();
    assert!(lines.iter().any(|(_, id)| *id == gone));

    // Monday's file has both, keys and all; what was written apart erases again whom it brings back.
    let again = open_restored(on, &monday).await;
    assert!(again.app.store.person_key(gone).await.unwrap().is_some(), "the backup of before holds the key still");
    for (_, id) in &lines {
        erase::again(&again.app, *id).await.unwrap();
    }
    assert!(!erase::again(&again.app, gone).await.unwrap(), "once is enough");
    // Friday's needs nothing beside it: its own tombstones are in it.
    for place in [&again, &open_restored(on, &friday).await] {
        let held =
            |code: &str, who: &Person| place.get(&format!("/api/v1/declarations/{code}/held")).proof(who.number).send();
        held(&gone_code, &LI).await.ok(404);
        let other = held(&kept_code, &OKAFOR).await.ok(200);
        assert_eq!(other["declarations"][0]["contact"]["address"], "7 Nibcutters Row, Okafor");
        assert_eq!(place.app.store.person_key(gone).await.unwrap(), None);
        assert!(
            place.app.store.bodies(gone).await.unwrap().is_empty()
                && !place.app.store.bodies(kept).await.unwrap().is_empty()
        );
        assert!(place.app.store.verify_audit(None).await.unwrap().is_whole());
        let list = pratique::ledger::document(&place.app.indexes.document(LI.number));
        let found = place.app.store.entries(&list, i64::MIN..i64::MAX, None, 9, Order::Ascending).await.unwrap();
        assert!(found.is_empty(), "nobody is found by the document");
        let copy = place.folder.path("bytes.pratique");
        place.app.store.backup(&copy, 1, "test").await.unwrap();
        for file in [copy.clone(), place.folder.path("bytes.pratique.keys")] {
            let bytes = std::fs::read(&file).unwrap();
            for planted in ["E12345678", "Nibcutters", "1988-03-02"] {
                assert!(!holds(&bytes, planted.as_bytes()), "{planted} is readable in {}", file.display());
            }
        }
        // Not a byte of what was sealed of them is left, opened or not; the other's is.
        assert!(holds(&std::fs::read(&copy).unwrap(), &sealed_of(&monday, kept)), "the search can find");
        assert!(!holds(&std::fs::read(&copy).unwrap(), &sealed_of(&monday, gone)));
    }
}

/// A piece of what a backup holds sealed of a person.
fn sealed_of(file: &Path, person: Id) -> Vec<u8> {
    let location = Location::Sqlite(file.to_owned());
    let runtime = tokio::runtime::Handle::current();
    let body = tokio::task::block_in_place(|| {
        runtime.block_on(async {
            let store = Store::open(&location, opening(9)).await.unwrap();
            store.latest_body(person).await.unwrap().unwrap()
        })
    });
    body.sealed[..32].to_vec()
}

fn holds(bytes: &[u8], secret: &[u8]) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret)
}

/// Another installation, some weeks later.
async fn open_restored(on: On, file: &Path) -> Place {
    let place = Place::open_from(on, file).await;
    place.clock.set(at("2026-12-10T00:00:00Z"));
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_stays_erased_after_a_restore_on_disk() {
    restored(On::File).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_stays_erased_after_a_restore_on_postgres() {
    restored(On::Postgres).await;
}
