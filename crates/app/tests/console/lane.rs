//! The lane, walked.

use pratique_core::access::Role;
use serde_json::{Value, json};

use crate::browser::{Browser, Page, later};
use crate::support::people::{self, GARCIA, LI, OKAFOR, Person};
use crate::support::{On, Place, on_every_engine};

pub async fn open() -> Place {
    let place = Place::open(On::Memory).await;
    schedule(&place).await;
    place
}

pub async fn schedule(place: &Place) {
    let planner = place.token("planner", Role::Planner).await;
    let flight =
        place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&people::ca938()).send().await;
    assert_eq!(flight.status, 201, "{}", flight.text());
}

pub async fn declare(place: &Place, person: &Person, answers: Value) -> Value {
    let mut body = person.declaration();
    for (name, value) in answers.as_object().unwrap() {
        body["answers"][name] = value.clone();
    }
    place.post("", "/declarations", &body).await.ok(201)
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

on_every_engine! {
async fn a_clean_pass_is_cleared_once_and_held_the_second_time(place: Place) {
    schedule(&place).await;
    let pass = text(&declare(&place, &LI, json!({})).await, "pass");
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, &LI.mrz()).await;
    verdict.has("<h1>CLEAR</h1>").has("Li Na").has("ends in 678").has("CA938 from LHR").has("Unknown: no passenger list");
    verdict.has("belongs to this pass").has("of respiratory 1").lacks("E12345678");
    // The advised button comes first.
    assert!(verdict.html.find("value=\"clear\"").unwrap() < verdict.html.find("value=\"refer\"").unwrap());
    let decided = lane.decide(&verdict, "clear", "").await;
    assert_eq!(decided.status, 303);
    lane.get(&decided.location).await.has("Cleared. The person may go on.").has("Next person").has("autofocus");

    later(&place, 90);
    let again = lane.scan(&pass, "").await;
    again.has("<h1>HOLD</h1>");
    // Where, when and by whom stands in the band: it is why the person is held.
    let band = again.html.split("class=\"verdict hold\"").nth(1).unwrap().split("<form").next().unwrap();
    let band = &band[..band.find("</div>\n</div>").unwrap()];
    assert!(band.contains("Used before: at T3D-L01, 24 November 2026, 08:00 (port time, UTC+8), by wang."), "{band}");
    again.lacks("value=\"clear\"").has("cannot be cleared here a second time").has("value=\"hold\"");
    let refused = lane.decide(&again, "clear", "He says he went back for his bag").await;
    assert_eq!(refused.status, 409);
    refused.has("This decision did not go through").has("He says he went back for his bag").has("T3D-L01");
    let list = lane.get("/checkpoint").await;
    list.has("cleared").has("none yet").lacks("Li Na").lacks("E12345678");
    assert_eq!(list.html.matches("/checkpoint/scans/0").count(), 2);
    let personal = ["Li", "E12345678", "PQ1"];
    assert!(lane.seen.borrow().iter().all(|address| personal.iter().all(|p| !address.contains(p))));
}
}

#[tokio::test]
async fn red_is_checked_referred_answered_by_the_desk_and_cleared() {
    let place = open().await;
    let declared = declare(&place, &OKAFOR, json!({"contact_case": true})).await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&text(&declared, "code"), &OKAFOR.mrz()).await;
    verdict.has("<h1>CHECK</h1>").has("in contact with a confirmed or suspected case");
    // What would be refused whatever is typed is not offered; what to do is said.
    verdict.lacks("value=\"clear\"").has("A second person must examine this one. Refer to the medical desk.");
    assert!(
        verdict.html.contains("<button name=\"decision\" value=\"refer\" data-key=\"F3\">"),
        "the advised one is the main one"
    );
    let refused = lane.decide(&verdict, "clear", "looks fine").await;
    assert_eq!(refused.status, 409);
    refused.has("A second person must examine").has("looks fine");
    let decided = lane.decide(&verdict, "refer", "says a colleague fell ill").await;
    let page = lane.get(&decided.location).await;
    page.has("Referred.").has("due in 30 min");

    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let list = desk.get("/obligations").await;
    list.has("Examine a referred person").has("CA938").has("nobody yet").lacks("Okafor");
    let address = list.link("/obligations/0");
    let one = desk.get(&address).await;
    one.has("Okafor Ngozi").has("says a colleague fell ill").has("What the person declared").has("Take it on");
    let taken = desk.follow(&one, &format!("{address}/acknowledge"), &[]).await;
    taken.has("Taken on by chen.");
    let answered = desk
        .follow(&taken, &format!("{address}/answer"), &[("outcome", "fit"), ("reason", "36.6 degrees, no signs")])
        .await;
    answered.has("Answered by chen").has("36.6 degrees, no signs");
    lane.get(&address).await.lacks("36.6 degrees").lacks("What the person declared");

    let again = lane.scan(&text(&declared, "pass"), "").await;
    let cleared = lane.decide(&again, "clear", "").await;
    assert_eq!(cleared.status, 303, "{}", cleared.html);
}

#[tokio::test]
async fn a_medical_officer_cannot_answer_their_own_referral_of_a_red_case() {
    let place = open().await;
    let declared = declare(&place, &OKAFOR, json!({"contact_case": true})).await;
    let desk = Browser::at_lane(&place, "chen", Role::Medical).await;
    let verdict = desk.scan(&text(&declared, "pass"), "").await;
    let decided = desk.decide(&verdict, "refer", "").await;
    let address = desk.get(&decided.location).await.link("/obligations/0");
    let one = desk.get(&address).await;
    let fields = [("outcome", "fit"), ("reason", "I am sure")];
    let refused = desk.submit(&one, &format!("{address}/answer"), &fields).await;
    assert_eq!(refused.status, 409);
    refused.has("A second person must examine").has("I am sure").has("value=\"fit\" required checked");
}

#[tokio::test]
async fn a_person_is_found_by_document_alone_and_by_code_in_any_writing() {
    let place = open().await;
    let declared = declare(&place, &GARCIA, json!({})).await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let code = text(&declared, "code");
    let grouped = format!("{} {}-{}", &code[..4], &code[4..8], &code[8..]).to_lowercase();
    for read in ["pab 123456", &GARCIA.mrz(), &code, &grouped, &text(&declared, "pass").to_lowercase()] {
        lane.scan(read, "").await.has("Garcia Maria");
    }
    // The document first, the pass after it.
    lane.scan(&GARCIA.mrz(), &text(&declared, "pass")).await.has("belongs to this pass");
    lane.scan(&text(&declared, "pass"), &LI.mrz()).await.has("<h1>HOLD</h1>").has("not the one that was declared");
}

#[tokio::test]
async fn a_code_that_leads_to_nobody_is_told_as_that_now_and_in_the_list() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let code = pratique_core::code::ShortCode::from_random(77).grouped();
    lane.scan(&code, "").await.has("No declaration is found").lacks("not readable");
    lane.get("/checkpoint").await.has("leads to no declaration").lacks("not readable");
    lane.scan("PQ1:NONSENSE", "").await.has("This is no pass that can be read");
    lane.get("/checkpoint").await.has("leads to no declaration").has("not readable as a pass");
}

#[tokio::test]
async fn a_forged_pass_is_held_and_nobody_is_shown() {
    let place = open().await;
    let mut pass = text(&declare(&place, &LI, json!({})).await, "pass");
    let last = pass.pop().unwrap();
    pass.push(if last == '0' { '1' } else { '0' });
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    verdict.has("<h1>HOLD</h1>").has("There is nobody to decide on").has("/checkpoint/declare").lacks("Li Na");
}

#[tokio::test]
async fn an_unknown_document_leads_to_declaring_on_the_spot() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    lane.scan("X99887766", "").await.has("<h1>CHECK</h1>").has("No declaration is found.").has("/checkpoint/declare");
    lane.scan("", &LI.mrz()).await.has("No declaration is found.");
}

#[tokio::test]
async fn what_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let form = lane.get("/checkpoint").await;
    for (read, mrz, error) in [
        ("", "", "id=\"read-error\""),
        ("?!", "", "id=\"read-error\""),
        ("7GQ2-M4XK-9TZ", "", "id=\"read-error\""),
        ("E12345678", "P&lt;nonsense", "id=\"mrz-error\""),
        ("E12345678", "P<UTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "id=\"mrz-error\""),
    ] {
        let page = lane.submit(&form, "/checkpoint/scans", &[("read", read), ("mrz", mrz)]).await;
        assert_eq!(page.status, 422, "{read:?} {mrz:?}");
        page.has(error).has(&format!("name=\"read\" type=\"text\" value=\"{read}\"")).has("aria-invalid");
        page.has(&mrz.replace('&', "&#38;").replace('<', "&#60;"));
    }
    lane.get("/checkpoint").await.has("Nothing has been scanned here yet.");
}

#[tokio::test]
async fn amber_is_cleared_with_a_reason_alone_and_a_reason_too_long_is_kept() {
    let place = open().await;
    let declared =
        declare(&place, &LI, json!({"unwell": true, "symptoms": ["fatigue"], "symptom_onset": "2026-11-22"})).await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&text(&declared, "pass"), &LI.mrz()).await;
    verdict.has("<h1>CHECK</h1>").has("To clear this person, say why.");
    let refused = lane.decide(&verdict, "clear", " ").await;
    assert_eq!(refused.status, 409);
    refused.has("Give the reason why");
    let long = "because ".repeat(80);
    let refused = lane.decide(&verdict, "clear", &long).await;
    assert_eq!(refused.status, 422);
    refused.has(long.trim_end());
    assert_eq!(lane.decide(&verdict, "clear", "tired after a night flight").await.status, 303);
}

#[tokio::test]
async fn a_button_pressed_twice_decides_once_and_an_old_form_with_other_words_is_another_scan() {
    let place = open().await;
    let (li, garcia) = (declare(&place, &LI, json!({})).await, declare(&place, &GARCIA, json!({})).await);
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let form = lane.get("/checkpoint").await;
    let first = lane.submit(&form, "/checkpoint/scans", &[("read", &text(&li, "pass"))]).await;
    let repeat = lane.submit(&form, "/checkpoint/scans", &[("read", &text(&li, "pass"))]).await;
    let other = lane.submit(&form, "/checkpoint/scans", &[("read", &text(&garcia, "pass"))]).await;
    assert!(first.location == repeat.location && first.location != other.location);
    let verdict = lane.get(&first.location).await;
    for _ in 0..2 {
        let path = format!("{}/decision", first.location);
        assert_eq!(lane.submit(&verdict, &path, &[("decision", "clear"), ("reason", "")]).await.status, 303);
    }
    lane.get(&other.location).await.has("Garcia Maria");
}

#[tokio::test]
async fn to_see_a_verdict_is_on_record_before_it_is_shown() {
    let place = open().await;
    let pass = text(&declare(&place, &LI, json!({})).await, "pass");
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    lane.scan(&pass, "").await.has("Li Na");
    let heads = place.app.store.checkpoint().await.unwrap().heads;
    let chain = place.app.store.audit_range(heads[0].writer, 1, 1000).await.unwrap();
    let looks = chain.iter().filter(|link| link.entry.action == "look" && link.entry.detail == "checkpoint verdict");
    assert_eq!(looks.map(|link| link.entry.actor.as_str()).collect::<Vec<_>>(), ["wang"]);
}

#[tokio::test]
async fn an_old_verdict_offers_no_decision_and_the_form_for_the_next_scan() {
    let place = open().await;
    let pass = text(&declare(&place, &LI, json!({})).await, "pass");
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, &LI.mrz()).await;
    later(&place, 16 * 60);
    let old = lane.seen.borrow().last().unwrap().clone();
    lane.again("wang").await;
    let again = lane.get("/checkpoint").await;
    lane.get(&old).await.has("too old to decide on").lacks("name=\"decision\"").has("id=\"read\"");
    // A button on a page that stood open is refused in the same words, with what was typed.
    let stood = Page { html: verdict.html.replace(&verdict.value("csrf"), &again.value("csrf")), ..verdict };
    let refused = lane.decide(&stood, "clear", "seen with my own eyes").await;
    assert_eq!(refused.status, 409);
    refused.has("Scan again").has("seen with my own eyes");
}

#[tokio::test]
async fn a_person_held_under_another_declaration_is_not_offered_a_clearance() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let first = lane.scan(&text(&declare(&place, &LI, json!({})).await, "pass"), &LI.mrz()).await;
    assert_eq!(lane.decide(&first, "hold", "another face").await.status, 303);
    let mut body = LI.declaration();
    body["trip"] = json!({"flight": "UA7613", "date": "2026-11-24"});
    let second = place.post("", "/declarations", &body).await.ok(201);
    let verdict = lane.scan(&text(&second, "pass"), &LI.mrz()).await;
    verdict.has("<h1>HOLD</h1>").has("held under another declaration").lacks("value=\"clear\"");
}
