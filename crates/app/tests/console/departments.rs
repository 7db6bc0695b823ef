//! The departments' pages, walked: handed over at the desk, taken and answered in the inbox.

use pratique_core::access::Role;
use pratique_core::journey::TestResult;
use serde_json::json;

use crate::browser::{Browser, later};
use crate::lane::{declare, open};
use crate::support::course::result;
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::{Place, uuid};

#[tokio::test]
async fn the_desk_hands_a_person_over_and_the_hospital_takes_and_answers() {
    let place = open().await;
    let pass = declare(&place, &LI, json!({"contact_case": true})).await["pass"].as_str().unwrap().to_owned();
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let verdict = lane.scan(&pass, "").await;
    let decided = lane.decide(&verdict, "refer", "").await;
    let address = lane.get(&decided.location).await.link("/obligations/0");

    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let one = desk.get(&address).await;
    one.has("Hand over to a department").has("Designated hospital").has("value=\"contact-tracing\"");
    let wrong = desk
        .submit(&one, &format!("{address}/hand-over"), &[("to", ""), ("note", "39.4, <b>short</b> of breath")])
        .await;
    assert_eq!(wrong.status, 422);
    wrong.has("There are: on-site-quarantine").has("39.4, &#60;b&#62;short");
    let note = [("to", "hospital"), ("note", "39.4, short of breath")];
    let offered = desk.follow(&one, &format!("{address}/hand-over"), &note).await;
    offered.has("Designated hospital: Offered: accept or decline").has("Take it back from Designated hospital");
    offered.lacks("id=\"to-hospital\"");

    later(&place, 60 * 40);
    let hospital = Browser::signed_in_for(&place, "ward", Role::Department, Some("hospital")).await;
    let list = hospital.get("/inbox").await;
    list.has("Offered: accept or decline").has("due in 20 min").has("due-amber").has("chen").lacks("Li Na");
    list.lacks("/inbox/cases");
    let given = list.link("/inbox/0");
    let page = hospital.get(&given).await;
    page.has("Li Na").has("E12345678 (CHN)").has("39.4, short of breath").has("in contact with a confirmed");
    page.has("what is needed to treat a person").lacks("31A");
    let refused = hospital.submit(&page, &format!("{given}/decline"), &[("words", " ")]).await;
    assert_eq!(refused.status, 422);
    refused.has("Say why, in a few words.").lacks("Give an answer");
    let taken = hospital.follow(&page, &format!("{given}/accept"), &[]).await;
    taken.has("Accepted: report back").has("Treated and discharged").lacks("Why can you not take it?");
    let blank = hospital.submit(&taken, &format!("{given}/answer"), &[("words", "Home, well")]).await;
    blank.has("Choose how it ended.").has("Home, well").lacks("contacts-reached, not-found");
    let report = [("report", "discharged"), ("words", "Home, well")];
    hospital.follow(&taken, &format!("{given}/answer"), &report).await.has("Treated and discharged").has("Home, well");
    hospital.get("/inbox").await.has("Nothing waits.");
    hospital.get("/inbox?list=answered").await.has("Treated and discharged");

    // Nobody else finds it, and a purpose has its own fields.
    let isolation = Browser::signed_in_for(&place, "camp", Role::Department, Some("on-site-quarantine")).await;
    assert_eq!(isolation.get(&given).await.status, 404);
    assert_eq!(isolation.get("/inbox/cases").await.status, 403);
    let again = desk.get(&address).await;
    let camp =
        desk.follow(&again, &format!("{address}/hand-over"), &[("to", "on-site-quarantine"), ("note", "")]).await;
    camp.has("Designated hospital: Answered");
    let given = isolation.get("/inbox").await.link("/inbox/0");
    isolation.get(&given).await.has("ends in 678").has("30-39").lacks("E12345678").lacks("1988");
    let handover = camp.value("handover");
    let back = desk.follow(&camp, &format!("{address}/take-back"), &[("handover", &handover)]).await;
    back.has("On-site quarantine: Taken back");
    assert_eq!(isolation.get(&given).await.status, 404);
}

/// Comes to the lane in this seat; answers the journey.
async fn came(place: &Place, officer: &str, person: &Person, seat: Option<&str>) -> String {
    let mut body = person.declaration();
    body["trip"]["seat"] = json!(seat);
    let declared = place.post("", "/declarations", &body).await.ok(201);
    let scan = json!({"scan_id": uuid(), "station": "T3D-L01", "code": declared["code"]});
    place.post(officer, "/checkpoint/scans", &scan).await.ok(200)["journey"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn tracing_takes_contacts_and_is_not_over_while_some_are_left_without_a_word() {
    let place = open().await;
    let officer = place.token("lane", Role::Officer).await;
    let case = came(&place, &officer, &LI, Some("31A")).await;
    let near = came(&place, &officer, &OKAFOR, Some("32C")).await;
    let unknown = came(&place, &officer, &GARCIA, None).await;
    result(&place, &case, TestResult::Positive).await;

    let tracer = Browser::signed_in_for(&place, "tracer", Role::Department, Some("contact-tracing")).await;
    let address = format!("/inbox/cases/{case}");
    let page = tracer.get(&address).await;
    page.has("32C").has("Person 1, without a seat on record").lacks("Okafor").lacks(&format!("· {unknown}"));
    let none = tracer.submit(&page, &format!("{address}/contacts"), &[]).await;
    none.has("Tick at least one person").lacks("Give an answer");

    let owed = page.value("obligation");
    let early = tracer.submit(&page, &format!("{address}/found"), &[("obligation", &owed)]).await;
    assert_eq!(early.status, 422);
    early.has("One person whom the rules find is not taken").has(&format!("value=\"{owed}\""));
    let taken = tracer.follow(&page, &format!("{address}/contacts"), &[("contact", &near)]).await;
    taken.has("Okafor").lacks("name=\"sure\"");
    tracer.follow(&taken, &format!("{address}/found"), &[("obligation", &owed)]).await.lacks("Are all contacts found?");
}

#[tokio::test]
async fn whoever_is_no_contact_after_all_is_left_out_by_a_tick() {
    let place = open().await;
    let officer = place.token("lane", Role::Officer).await;
    let case = came(&place, &officer, &LI, Some("31A")).await;
    came(&place, &officer, &OKAFOR, Some("32C")).await;
    result(&place, &case, TestResult::Positive).await;
    let tracer = Browser::signed_in_for(&place, "tracer", Role::Department, Some("contact-tracing")).await;
    let address = format!("/inbox/cases/{case}");
    let page = tracer.get(&address).await;
    let fields = [("obligation", page.value("obligation")), ("sure", "yes".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    tracer.follow(&page, &format!("{address}/found"), &fields).await.lacks("Are all contacts found?");
}

#[tokio::test]
async fn supervisors_see_what_was_carried_up_first() {
    let place = open().await;
    for (person, answers) in [(&LI, json!({"contact_case": true}))] {
        let pass = declare(&place, person, answers).await["pass"].as_str().unwrap().to_owned();
        let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
        let verdict = lane.scan(&pass, "").await;
        lane.decide(&verdict, "refer", "").await;
    }
    later(&place, 60 * (30 + 4 * 60));
    pratique::actions::escalate::escalate(&place.app).await.unwrap();
    let supervisor = Browser::signed_in(&place, "zhao", Role::Supervisor).await;
    supervisor.get("/obligations").await.has("Step 2 of the ladder").has("due-red");
}
