//! The medical desk, walked: from the queue to the end of an entry.

use pratique::actions::deed::{self, Deed};
use pratique::actions::tell::tell;
use pratique::caller::Caller;
use pratique_core::access::{Act, Role};
use pratique_core::id::Id;
use pratique_core::journey::sample::Specimen;
use pratique_core::journey::{Command, SampleCommand, TestCommand, TestResult};
use serde_json::{Value, json};

use crate::browser::{Browser, later};
use crate::lane::{declare, open};
use crate::support::Place;
use crate::support::people::{GARCIA, LI, OKAFOR, Person};
use crate::support::post::{Post, Ways};

/// Declares, and is referred at the lane.
async fn referred(place: &Place, lane: &Browser<'_>, person: &Person, answers: Value) -> Value {
    let declared = declare(place, person, answers).await;
    let pass = declared["pass"].as_str().unwrap().to_owned();
    let verdict = lane.scan(&pass, &person.mrz()).await;
    lane.decide(&verdict, "refer", "To the desk, please").await;
    declared
}

#[tokio::test]
async fn one_press_takes_on_whoever_has_waited_longest_and_never_the_same_person_twice() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &LI, json!({})).await;
    later(&place, 60 * 16);
    lane.again("wang").await;
    referred(&place, &lane, &GARCIA, json!({})).await;
    let (chen, qian) = (
        Browser::signed_in(&place, "chen", Role::Medical).await,
        Browser::signed_in(&place, "qian", Role::Medical).await,
    );
    let queue = chen.get("/desk").await;
    queue.has("Take on the next person").has("due-amber").has("due in 14 min").has("due in 30 min").lacks("Li Na");
    chen.follow(&queue, "/desk/next", &[])
        .await
        .has("Li Na")
        .has("ends in 678")
        .lacks("E12345678")
        .has("Taken on by chen.");
    let queue = qian.get("/desk").await;
    qian.follow(&queue, "/desk/next", &[]).await.has("Garcia Maria");
    let none = qian.submit(&queue, "/desk/next", &[]).await;
    assert_eq!(none.status, 200);
    none.has("role=\"status\">Nobody is waiting.");
    later(&place, 60 * 20);
    chen.get("/desk").await.has("overdue by 6 min").has("due-red");
    lane.again("wang").await;
    assert_eq!(lane.get("/desk").await.status, 403);
}

#[tokio::test]
async fn fever_is_kept_with_both_readings_and_what_was_typed_wrongly_stays() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &LI, json!({})).await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    let person = desk.follow(&queue, "/desk/next", &[]).await;
    person.has("Green: the rules ask for nothing");
    let address = desk.seen.borrow().last().unwrap().clone();
    let examine = format!("{address}/examine");
    let wrong = desk
        .submit(
            &person,
            &examine,
            &[
                ("/examine/station", ""),
                ("/examine/temperature_c/0", "ninety"),
                ("/examine/symptoms", "dry_cough"),
                ("/examine/note", "Shivers <b>"),
            ],
        )
        .await;
    assert_eq!(wrong.status, 422);
    wrong.has("There is a problem").has("value=\"ninety\"").has("Shivers &#60;b&#62;").has("Enter the temperature");
    wrong.has("value=\"dry_cough\" checked").has("<title>Error:").lacks("Desk (optional)");
    let kept = desk
        .follow(
            &wrong,
            &examine,
            &[
                ("/examine/station", "T3D-D01"),
                ("/examine/temperature_c/0", "37,9"),
                ("/examine/temperature_c/0/device", "camera"),
                ("/examine/temperature_c/1", "３８．４"),
                ("/examine/temperature_c/1/device", "infrared"),
                ("/examine/temperature_c/1/site", "ear"),
                ("/examine/symptoms", "dry_cough"),
                ("/examine/note", "Shivers"),
            ],
        )
        .await;
    kept.has("37.9 °C (camera)").has("38.4 °C (infrared thermometer, ear)").has("Dry cough");
    kept.has("Red: a doctor should see this person").has("38.0 °C or more, measured here.");
    kept.has("chen examined the person.").has("<blockquote dir=\"auto\">Shivers</blockquote>");
    // The officer of the lane sees that it was done, and not what was said.
    let owed = lane.get("/obligations").await.link("/obligations/0");
    lane.get(&owed).await.has("chen examined the person.").lacks("Shivers").lacks("38.4");
}

#[tokio::test]
async fn an_investigation_grows_by_rows_and_answers_and_is_told_question_by_question() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &OKAFOR, json!({"contact_case": true})).await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    let person = desk.follow(&queue, "/desk/next", &[]).await;
    person.has("Ask where they were and whom they met");
    let address = format!("{}/investigation", desk.seen.borrow().last().unwrap());
    let form = desk.get(&address).await;
    form.has("Epidemiological investigation").has("Okafor Ngozi");
    let one = ("/answers/people/contact/0/contact_name", "Tunde Okafor");
    let more = desk.submit(&form, &address, &[one, ("add", "/answers/people/contact")]).await;
    assert_eq!(more.status, 200);
    more.has("value=\"Tunde Okafor\"").has("name=\"/answers/people/contact/1/contact_name\"");
    // A yes opens a question: it is shown before anything is handed in.
    let names = field_names(&form);
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    fields.retain(|(name, _)| !name.ends_with("contact_name"));
    fields.extend([one, ("/answers/people/contact/0/contact_how", "lives-together")]);
    fields.extend([("/answers/exposures/exposed_case", "true"), ("/answers/exposures/exposed_hospital", "false")]);
    fields.extend([("/answers/exposures/exposed_animal", "false"), ("/answers/exposures/exposed_cluster", "false")]);
    fields.push(("/answers/protection/vaccinated", "false"));
    let opened = desk.submit(&form, &address, &fields).await;
    assert_eq!(opened.status, 200);
    opened.has("opened more questions").has("Who was it, where and how?");
    fields.extend([
        ("/answers/exposures/exposed_case_how", "Shared a room"),
        ("/answers/exposures/exposed_case_day", "soon"),
    ]);
    let wrong = desk.submit(&opened, &address, &fields).await;
    assert_eq!(wrong.status, 422);
    wrong.has("There is a problem").has("value=\"soon\"").has("Shared a room");
    fields.retain(|(_, value)| *value != "soon");
    fields.push(("/answers/exposures/exposed_case_day", "2026年11月22日"));
    let told = desk.follow(&wrong, &address, &fields).await;
    told.has("Shared a room").has("Tunde Okafor").has("Lives together").has("22 November 2026");
    told.has("chen asked where they were and whom they met.");
}

fn field_names(page: &crate::browser::Page) -> Vec<String> {
    let parts = page.html.split("name=\"/answers/").skip(1);
    parts.map(|part| format!("/answers/{}", part.split('"').next().unwrap())).collect()
}

#[tokio::test]
async fn a_sample_is_ordered_and_the_examination_waits_for_its_result() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &OKAFOR, json!({"contact_case": true})).await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    let person = desk.follow(&queue, "/desk/next", &[]).await;
    person.lacks("value=\"sampled\"");
    let address = desk.seen.borrow().last().unwrap().clone();
    let ordered = desk.follow(&person, &format!("{address}/sample"), &[]).await;
    ordered.has("Sample 1: to be taken").has("Take a sample").has("chen ordered a sample.");
}

#[tokio::test]
async fn an_order_is_given_read_out_served_shown_on_the_pass_and_ended() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let declared = referred(&place, &lane, &OKAFOR, json!({"contact_case": true})).await;
    let traveller = Browser::open(&place);
    let find = traveller.get("/find").await;
    let proof = [("code", declared["code"].as_str().unwrap()), ("proof", OKAFOR.number)];
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    let person = desk.follow(&queue, "/desk/next", &[]).await;
    person.has("The pack proposes: Isolation at a central place, 14 days.");
    let address = desk.seen.borrow().last().unwrap().clone();
    let order = format!("{address}/order");
    let wrong = desk.submit(&person, &order, &[("/order/measure", "central-isolation"), ("/order/days", "140")]).await;
    assert_eq!(wrong.status, 422);
    wrong.has("at most 90 days").has("value=\"140\"").has("value=\"central-isolation\" checked");
    let fields =
        [("/order/measure", "central-isolation"), ("/order/days", "14"), ("/order/reason", "Contact of a case")];
    let given = desk.follow(&wrong, &order, &fields).await;
    given.has("until 8 December 2026, 23:59 (port time, UTC+8)").has("given; the person does not know it yet");
    given.has("This entry has ended: Isolation at a central place.").has("Contact of a case");

    // Nobody reads on the pass first what nobody has told them.
    traveller.follow(&find, "/find", &proof).await.lacks("What is asked of you");
    // The officer reads it out in the person's language.
    let list = lane.get("/orders").await;
    list.has("Isolation at a central place").lacks("Okafor");
    let one = lane.get(&list.link("/orders/0")).await;
    one.has("Please stay at the isolation place").has("请到集中隔离点").has("Okafor Ngozi");
    let serve = format!("{}/serve", list.link("/orders/0"));
    let refused = lane.submit(&one, &serve, &[("language", "en"), ("other", "English please")]).await;
    assert_eq!(refused.status, 422);
    refused.has("role=\"alert\"").has("value=\"English please\"");
    let served = lane.follow(&one, &serve, &[("language", "en"), ("other", "")]).await;
    served.has("Told by wang").lacks("The person was told</button>");
    lane.get("/orders").await.has("Everybody has been told");

    let own = traveller.seen.borrow().last().unwrap().clone();
    let pass = traveller.get(&own).await;
    pass.has("What is asked of you").has("Please stay at the isolation place");
    pass.has("8 December 2026, 23:59").has("port time, UTC+8").lacks("Contact of a case");
    let home = desk.get(&address).await;
    home.has("in force").has("End the order");
    let ended = desk.submit(&home, &format!("{address}/end-order-1"), &[("/end-order-1/ending", "completed")]).await;
    assert_eq!(ended.status, 409);
    ended.has("To end it now, lift it.");
    let lifted = desk
        .follow(
            &home,
            &format!("{address}/end-order-1"),
            &[("/end-order-1/ending", "lifted"), ("/end-order-1/reason", "Second test negative")],
        )
        .await;
    lifted.has("chen ended the order: lifted before its time.").has("Nothing is owed for this person.");
}

#[tokio::test]
async fn a_scan_at_the_desk_leads_to_the_person_and_who_flies_on_is_noted() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    let declared = referred(&place, &lane, &LI, json!({})).await;
    let pass = declared["pass"].as_str().unwrap().to_owned();
    lane.scan(&pass, "").await.lacks("Go on at the desk");
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let form = desk.get("/checkpoint/station").await;
    desk.submit(&form, "/checkpoint/station", &[("station", "T3D-D01")]).await;
    let verdict = desk.scan(&pass, &LI.mrz()).await;
    let address = verdict.has("Go on at the desk").link("/desk/people/");
    let person = desk.get(&address).await;
    person.has("value=\"T3D-D01\" selected").has("of respiratory 1");
    let class = format!("{address}/class");
    let wrong = desk.submit(&person, &class, &[("/class/class", "transit"), ("/class/departs", "tonight")]).await;
    assert_eq!(wrong.status, 422);
    wrong.has("value=\"tonight\"").has("Enter date and time on the port");
    let noted =
        desk.follow(&person, &class, &[("/class/class", "transit"), ("/class/departs", "2026-11-24 23:30")]).await;
    noted.has("Fly on").has("flies on in transit").has("chen noted: flies on in transit.");
    assert_eq!(desk.get("/desk/people/01989f4e-0000-7000-8000-000000000000").await.status, 404);
}

/// A sample of this person, taken and found positive.
async fn positive(place: &Place, journey: Id) {
    let label = || "7GQ2M4XK9".to_owned();
    let booth = || "T3D-L01".to_owned();
    let deadlines = place.app.house.port("CNPEK").unwrap().deadlines;
    let sample = |command| Command::Sample { command, by: "sampler".into(), deadlines };
    let test = |command, by: &str| Command::Test { command, by: by.into(), deadlines };
    let scan = Id([7; 16]);
    for command in [
        sample(SampleCommand::Order),
        sample(SampleCommand::Label { number: 1, label: label(), scan, consent: "1".into(), station: booth() }),
        sample(SampleCommand::Collect { number: 1, label: label(), specimen: Specimen::Nasal, station: booth() }),
        sample(SampleCommand::Send { number: 1, parcel: "box 1".into() }),
        sample(SampleCommand::Receive { number: 1 }),
        test(TestCommand::Read { sample: 1, result: TestResult::Positive, plate: None }, "technician"),
        test(TestCommand::Release { sample: 1, tracing: None }, "releaser"),
    ] {
        let deed = Deed { label: "test", act: Act::Examine, journey, command, reason: None, detail: "{}".to_owned() };
        deed::done(&place.app, &Caller::System("test"), &deed, None).await.unwrap();
    }
}

#[tokio::test]
async fn a_positive_is_told_by_voice_from_the_call_list_and_tries_are_counted() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &OKAFOR, json!({"contact_case": true})).await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    desk.follow(&queue, "/desk/next", &[]).await;
    let address = desk.seen.borrow().last().unwrap().clone();
    desk.get("/desk/calls").await.has("Everybody has been told.");
    positive(&place, address.rsplit('/').next().unwrap().parse().unwrap()).await;
    later(&place, 60 * 10);
    let person = desk.get(&address).await;
    person.has("Sample 1: positive").has("The pack proposes: Hospital, 14 days. A final result is positive.");
    person.has("Say how the entry ends").has("value=\"release\"");

    let calls = desk.get("/desk/calls").await;
    calls.has("Okafor Ngozi").has("+8613800000000").has("English").has("due in 5 min").has("due-amber").lacks("Tried");
    let form = calls.html.split("action=\"/desk/calls/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let action = format!("/desk/calls/{form}");
    for _ in 0..2 {
        assert_eq!(desk.submit(&calls, &action, &[("how", "tried")]).await.status, 303);
    }
    let again = desk.get("/desk/calls").await;
    again.has("Tried once, last on 24 November 2026, 08:10.");
    later(&place, 60);
    let twice = desk.follow(&again, &action, &[("how", "tried")]).await;
    twice.has("Tried 2 times");
    desk.follow(&twice, &action, &[("how", "reached")]).await.has("Everybody has been told.");
    let late = desk.submit(&twice, &action, &[("how", "tried")]).await;
    assert_eq!(late.status, 409);
    late.has("This task was done already.");
    lane.again("wang").await;
    assert_eq!(lane.get("/desk/calls").await.status, 403);
}

#[tokio::test]
async fn the_desk_sees_how_somebody_was_told_and_why_a_message_did_not_arrive() {
    let place = open().await;
    let post = Post::of(&place, Ways::Sms).await;
    *post.gateway.lock().unwrap() = Some(422);
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    referred(&place, &lane, &OKAFOR, json!({"contact_case": true})).await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    desk.follow(&queue, "/desk/next", &[]).await;
    let address = desk.seen.borrow().last().unwrap().clone();
    positive(&place, address.rsplit('/').next().unwrap().parse().unwrap()).await;
    let failed = "A message could not be delivered (Text message, 24 November 2026,";
    for _ in 0..500 {
        tell(&place.app).await.unwrap();
        if desk.get("/desk/calls").await.html.contains(failed) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    desk.get("/desk/calls").await.has(failed).has("the address was refused.");
    desk.get(&address).await.has(failed).lacks("+8613800000000");
}

/// Whoever is to ask which answers are true has both before them; whoever may not see answers sees neither.
#[tokio::test]
async fn answers_that_got_better_stand_beside_those_of_before_for_the_doctor_alone() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    // Declared red, made amber, and declared anew: three versions in two declarations.
    let first = declare(&place, &LI, json!({"contact_case": true})).await;
    later(&place, 60 * 5);
    let mut amended = LI.declaration();
    amended["answers"]["tested"] = json!(true);
    amended["answers"]["test_result"] = json!("negative");
    amended["answers"]["test_date"] = json!("2026-11-23");
    let path = format!("/api/v1/declarations/{}", first["code"].as_str().unwrap());
    place.call("PUT", &path).proof(LI.number).json(&amended).send().await.ok(200);
    later(&place, 60 * 5);
    lane.again("wang").await;
    referred(&place, &lane, &LI, json!({})).await;
    let owed = lane.get("/obligations").await.link("/obligations/0");
    lane.get(&owed).await.lacks("Earlier answers").lacks("Before: Yes");
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    let person = desk.follow(&queue, "/desk/next", &[]).await;
    for page in [person, desk.get(&owed).await] {
        page.has("Ask which answers are true.")
            .has("<h3>Earlier answers, of 24 November 2026, 08:00 (port time, UTC+8)</h3>");
        page.has("of 24 November 2026, 08:05 (").lacks("of 24 November 2026, 08:10 (");
        page.has("<span dir=\"auto\">Before: Yes</span><span dir=\"auto\">Now: No</span>").has("Now: not asked");
        page.lacks("Before: No</span><span dir=\"auto\">Now: No<");
    }
    // A look at the first declaration is on record too, beside that at the second.
    let heads = place.app.store.checkpoint().await.unwrap().heads;
    let chain = place.app.store.audit_range(heads[0].writer, 1, 1000).await.unwrap();
    let looked = |why: &str| {
        let mine =
            chain.iter().filter(|l| l.entry.actor == "chen" && l.entry.action == "look" && l.entry.detail == why);
        mine.filter_map(|l| l.entry.subject).collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!((looked("desk"), looked("obligation")), (2, 2));
}

#[tokio::test]
async fn nothing_of_before_is_shown_where_it_is_no_reason() {
    let place = open().await;
    let lane = Browser::at_lane(&place, "wang", Role::Officer).await;
    // A seat that was mended, and a stranger's answers under the same number.
    let stranger = Person { primary: "Stranger", born: "1977-01-09", ..LI };
    declare(&place, &stranger, json!({"contact_case": true})).await;
    let mine = declare(&place, &LI, json!({"contact_case": true})).await;
    let mut amended = LI.declaration();
    amended["answers"]["contact_case"] = json!(true);
    amended["trip"]["seat"] = json!("2C");
    let path = format!("/api/v1/declarations/{}", mine["code"].as_str().unwrap());
    let pass = place.call("PUT", &path).proof(LI.number).json(&amended).send().await.ok(200)["pass"].clone();
    let verdict = lane.scan(pass.as_str().unwrap(), &LI.mrz()).await;
    lane.decide(&verdict, "refer", "").await;
    let desk = Browser::signed_in(&place, "chen", Role::Medical).await;
    let queue = desk.get("/desk").await;
    desk.follow(&queue, "/desk/next", &[]).await.has("Li Na").lacks("Earlier answers");
}
