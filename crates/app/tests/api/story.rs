//! The whole mission, once through: a day at the port from the first declaration to the closed loops, with everybody who works
//! there, over real HTTP. What the evening must show is counted here by hand.

#[path = "story/day.rs"]
mod day;
#[path = "story/evening.rs"]
mod evening;
#[path = "story/people.rs"]
mod people;

use pratique::actions::escalate::escalate;
use pratique::actions::give_up_sample::miss_overdue;
use serde_json::{Value, json};

use self::day::{Arrived, Day, arrived, flight_path};
use self::people::{
    ABSENT, CAPTAIN, CASE, CHILD, Coming, ENGINEER, FREIGHTER, HONG_KONG, LATE, LONDON, LOST, MOTHER, NEIGHBOUR,
    PURSER, STRANGER, TRANSIT, UNCLEAR, UNLISTED, UNWILLING, WECHAT, csv, paxlst,
};
use crate::sampling::{INCONCLUSIVE, NEGATIVE, POSITIVE};
use crate::support::people::healthy;
use crate::support::{On, Place, on_every_engine};

/// Those of the day who meet more than a lane.
struct Travellers {
    mother: Arrived,
    child: Arrived,
    case: Arrived,
    stranger: Arrived,
    lost: Arrived,
    unclear: Arrived,
    unwilling: Arrived,
    transit: Arrived,
    plain: Vec<Arrived>,
    purser: Arrived,
    crew: Vec<Arrived>,
}

/// Before the flights: lists come in, people declare on the web and in WeChat, a family together.
async fn morning(day: &Day) -> Travellers {
    day.schedule().await;
    day.put(&day.airline, &format!("{}/manifest", flight_path(LONDON)), "application/edifact", paxlst()).await;
    for flight in [HONG_KONG, FREIGHTER] {
        day.put(&day.planner, &format!("{}/manifest", flight_path(flight)), "text/csv", csv(flight)).await;
    }
    let mut family = MOTHER.declaration();
    family["companions"] =
        json!([{"traveller": CHILD.traveller(), "answers": healthy(), "relation": "child", "seat": "31B"}]);
    let family = day.done("", "/declarations", &family).await;
    let child = Coming { who: CHILD, seat: "31B", ..MOTHER };
    let ill = json!({"unwell": true, "symptoms": ["fatigue"], "symptom_onset": "2026-11-22"});
    let well = async |coming: &Coming| day.declares(coming, json!({})).await;
    Travellers {
        mother: arrived(&MOTHER, &family),
        child: arrived(&child, &family["companions"][0]),
        case: day.declares(&CASE, json!({"contact_case": true})).await,
        stranger: well(&STRANGER).await,
        lost: day.declares(&LOST, ill.clone()).await,
        unclear: day.declares(&UNCLEAR, ill.clone()).await,
        unwilling: day.declares(&UNWILLING, ill).await,
        transit: well(&TRANSIT).await,
        plain: vec![well(&WECHAT).await, well(&UNLISTED).await, well(&NEIGHBOUR).await],
        purser: well(&PURSER).await,
        crew: vec![well(&CAPTAIN).await, well(&ENGINEER).await],
    }
}

/// The flights land and are boarded; somebody declares only now; the lanes see everybody. The purser's journey stays open.
async fn arrival(day: &Day, who: &Travellers) -> Value {
    day.at("05:50");
    let asked =
        json!({"flight": LONDON, "date": "2026-11-24", "document": {"number": LATE.who.number, "issuer": "ESP"}});
    assert_eq!(day.done(&day.airline, "/ok-to-board", &asked).await["status"], "not-declared");
    day.lands(LONDON).await;
    let health = json!({"ill": [{"signs": ["fever", "cough"], "seat": "32C"}], "disinsection": {"method": "residual"},
        "boarding": {"outcome": "free-pratique"}});
    day.done(&day.officer, &format!("{}/inspection", flight_path(LONDON)), &health).await;
    day.at("06:05");
    let late = day.declares(&LATE, json!({})).await;
    day.clears(&late).await;
    for one in [&who.mother, &who.child, &who.plain[0], &who.plain[1]] {
        day.clears(one).await;
    }
    // The purser sleeps in town, and flies on tomorrow.
    let scan = day.scans(&who.purser).await;
    let class = json!({"class": "crew", "departs": "2026-11-25T04:00:00Z"});
    day.done(&day.officer, &format!("/journeys/{}/class", scan["journey"].as_str().unwrap()), &class).await;
    day.clears(&who.purser).await;
    let purser = scan["journey"].clone();
    // Another's passport beside the pass: held, found out, and let go on with the right one.
    let swapped = day.scans_with(&who.stranger, &late.coming.who.mrz()).await;
    assert_eq!((&swapped["document"], &swapped["advice"]), (&json!("mismatch"), &json!("hold")));
    day.decides(&swapped, "hold").await;
    day.scans(&who.stranger).await;
    day.answers(&day.officer, &swapped["journey"], "resolve-hold", "identity-confirmed").await;
    day.clears(&who.stranger).await;
    purser
}

/// The one who flies on, and the freighter's crew who rest at the airport.
async fn passing_through(day: &Day, who: &Travellers) {
    let scan = day.scans(&who.transit).await;
    leaves(day, &scan["journey"], "transit", "departed").await;
    day.at("07:00");
    day.lands(HONG_KONG).await;
    day.clears(&who.plain[2]).await;
    day.at("08:00");
    day.lands(FREIGHTER).await;
    let health = json!({"disinfection": {"method": "spray"}, "boarding": {"outcome": "free-pratique"}});
    day.done(&day.officer, &format!("{}/inspection", flight_path(FREIGHTER)), &health).await;
    for member in &who.crew {
        let scan = day.scans(member).await;
        leaves(day, &scan["journey"], "crew", "crew-rest").await;
    }
}

async fn leaves(day: &Day, journey: &Value, class: &str, disposition: &str) {
    let path = |what: &str| format!("/journeys/{}/{what}", journey.as_str().unwrap());
    let class = json!({"class": class, "departs": "2026-11-24T15:30:00Z"});
    day.done(&day.officer, &path("class"), &class).await;
    let ended = json!({"disposition": disposition, "reason": "Seen to the aircraft"});
    assert_eq!(day.done(&day.supervisor, &path("disposition"), &ended).await["closed"], true);
}

/// The journeys of those who went to the booth.
struct Sampled {
    case: Value,
    lost: Value,
    unclear: Value,
    unwilling: Value,
}

/// Desk, booth and laboratory: one refuses, one tube is lost, one result says nothing, one is positive.
async fn laboratory(day: &Day, who: &Travellers) -> Sampled {
    let case = day.referred_to_the_booth(&who.case).await;
    let lost = day.referred_to_the_booth(&who.lost).await;
    let unclear = day.referred_to_the_booth(&who.unclear).await;
    let unwilling = day.referred_to_the_booth(&who.unwilling).await;
    day.refuses_the_swab(&who.unwilling).await;
    let (first, gone, odd) =
        (day.sampled(&who.case).await, day.sampled(&who.lost).await, day.sampled(&who.unclear).await);
    day.sent(&[&first, &gone, &odd]).await;
    day.at("08:30");
    day.received(&[&first, &odd]).await;
    day.run(|label| if label == first { POSITIVE } else { INCONCLUSIVE }).await;
    day.releases(&first).await;
    day.releases(&odd).await;
    // It says nothing twice, so another sample is wanted.
    day.run(|_| ["36.4", "", "28.1"]).await;
    day.releases(&odd).await;
    assert_eq!(day.told(&who.case).await["result"], "positive");

    day.at("10:30");
    miss_overdue(&day.place.app).await.unwrap();
    let custody = day.get(&day.technician, "/laboratory/custody").await;
    assert_eq!((&custody["tubes_without_step"], &custody["people_without_tube"]), (&json!(1), &json!(0)), "{custody}");
    day.done(&day.technician, "/laboratory/losses", &json!({ "label": gone })).await;
    // Both give another, and both are well.
    let again = [day.sampled(&who.lost).await, day.sampled(&who.unclear).await];
    day.sent(&[&again[0], &again[1]]).await;
    day.received(&[&again[0], &again[1]]).await;
    let plate = day.run(|_| NEGATIVE).await;
    let path = format!("/laboratory/plates/{}/release", plate["id"].as_str().unwrap());
    assert_eq!(day.done(&day.releaser, &path, &json!({})).await["released"].as_array().unwrap().len(), 2);
    assert_eq!(day.told(&who.unclear).await["result"], "negative");
    let custody = day.get(&day.technician, "/laboratory/custody").await;
    assert_eq!((&custody["tubes_without_step"], &custody["people_without_tube"]), (&json!(0), &json!(0)), "{custody}");
    Sampled { case, lost, unclear, unwilling }
}

/// The doctor concludes, the departments take over, the contacts are reached, one department is late.
async fn closing(day: &Day, who: &Travellers, sampled: &Sampled) {
    for journey in [&sampled.lost, &sampled.unclear] {
        day.answers(&day.doctor, journey, "conclude", "release").await;
    }
    day.answers(&day.doctor, &sampled.unwilling, "conclude", "home-observation").await;
    let slow = day.hands_over(&sampled.unwilling, "joint-prevention").await;

    // The positive one: told, isolated, and taken over by the hospital.
    day.answers(&day.doctor, &sampled.case, "tell-person", "reached").await;
    let measure = json!({"journey": sampled.case, "measure": "hospital", "days": 14, "reason": "Positive"});
    let order = day.done(&day.doctor, "/orders", &measure).await;
    let serve = format!("/orders/{}/serve", order["id"].as_str().unwrap());
    day.done(&day.officer, &serve, &json!({"language": "en"})).await;
    let bed = day.hands_over(&sampled.case, "hospital").await;
    day.done(&day.hospital, &format!("/handovers/{bed}/accept"), &json!({})).await;
    let seen = day.get(&day.hospital, &format!("/handovers/{bed}")).await;
    let measured = &seen["person"]["examinations"][0]["temperatures"][0]["value_c"];
    assert_eq!((measured, &seen["person"]["results"][0]["result"]), (&json!(37.6), &json!("positive")));
    let report = json!({"report": "completed", "note": "Admitted"});
    day.done(&day.hospital, &format!("/handovers/{bed}/answer"), &report).await;

    // The mother and the child sat one row away, and the purser served the cabin: each is reached.
    let path = format!("/cases/{}/contacts", sampled.case.as_str().unwrap());
    let tied = day.done(&day.tracing, &path, &json!({"all": true})).await;
    assert_eq!(tied["contacts"].as_array().unwrap().len(), 3, "{tied}");
    for contact in tied["contacts"].as_array().unwrap() {
        day.answers(&day.tracing, contact, "reach-contact", "reached").await;
    }
    day.answers(&day.tracing, &sampled.case, "trace-contacts", "done").await;

    day.at("12:00");
    escalate(&day.place.app).await.unwrap();
    let inbox = day.get(&day.joint, "/inbox").await;
    assert_eq!((&inbox["handovers"][0]["id"], &inbox["handovers"][0]["urgency"]), (&json!(slow), &json!("red")));
    assert_eq!(day.get(&day.quarantine, "/inbox").await["handovers"], json!([]));
    assert_eq!(day.told(&who.case).await["result"], "positive");
}

/// The airline says of the one who is still looked for that they never boarded.
async fn reconciled(day: &Day) {
    let ready = day.readiness(LONDON).await;
    let missing = ready["not_declared_seats"].as_array().unwrap();
    assert_eq!(missing.len(), 1, "{ready}");
    assert_eq!(missing[0]["seat"], "3K", "{} is missing", ABSENT.primary);
    let line = format!("{}/manifest/{}", flight_path(LONDON), missing[0]["id"].as_str().unwrap());
    day.done(&day.airline, &line, &json!({"say": "no-show"})).await;
}

on_every_engine! {
    async fn a_day_at_the_port_from_the_first_declaration_to_the_closed_loops(place: Place) {
        let day = Day::open(place).await;
        let who = morning(&day).await;
        let purser = arrival(&day, &who).await;
        passing_through(&day, &who).await;
        let sampled = laboratory(&day, &who).await;
        closing(&day, &who, &sampled).await;
        reconciled(&day).await;
        evening::flights_balance(&day).await;
        evening::what_is_owed(&day, &sampled.case, &sampled.unwilling, &purser).await;
        evening::bulletin(&day).await;
        evening::log_is_whole(&day).await;
    }
}
