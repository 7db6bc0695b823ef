//! Booth and laboratory by their pages, without scripts: from the chair to the result.

use pratique_core::access::Role;
use serde_json::json;

use crate::browser::{Browser, Page};
use crate::support::people::{LI, OKAFOR, ca938};
use crate::support::{On, Place, uuid};

/// Somebody declares and is told to give a sample: their code and pass.
async fn ordered(place: &Place) -> (String, String) {
    let planner = place.token("planner", Role::Planner).await;
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(&planner).json(&ca938()).send().await.ok(201);
    let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
    let medical = place.token("dr chen", Role::Medical).await;
    let scan = json!({"scan_id": uuid(), "station": "T3D-D01", "pass": declared["pass"], "mrz": LI.mrz()});
    let journey = place.post(&medical, "/checkpoint/scans", &scan).await.ok(200)["journey"].clone();
    place.post(&medical, "/samples", &json!({"journey": journey})).await.ok(201);
    let text = |name: &str| declared[name].as_str().unwrap().to_owned();
    (text("code"), text("pass"))
}

/// The label on the page of a print.
fn label(page: &Page) -> String {
    let bare = page.html.split_once("/booth/labels/").unwrap().1;
    bare[..9].to_owned()
}

/// Looks at a run, or imports it.
async fn run(browser: &Browser<'_>, plate: &str, text: &str, act: &str) -> Page {
    let page = browser.get(plate).await;
    let part =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body =
        [part("csrf", &page.value("csrf")), part("text", text), part("act", act), "--x--\r\n".to_owned()].concat();
    browser.send_body(&format!("{plate}/run"), "multipart/form-data; boundary=x", body).await
}

/// Rows of one tube in A1, and the controls.
fn file(label: &str, internal: &str) -> String {
    let mut csv = "well,sample,target,ct\r\n".to_owned();
    for (well, sample, cycles) in [
        ("A1", label, ["", "", internal]),
        ("F12", "", ["25", "26", ""]),
        ("G12", "", ["", "", ""]),
        ("H12", "", ["", "", ""]),
    ] {
        for (target, ct) in ["ORF1ab", "N", "RNase P"].iter().zip(cycles) {
            csv.push_str(&format!("{well},{sample},{target},{ct}\r\n"));
        }
    }
    csv
}

/// Two people amend what was released.
async fn amended_by_two(place: &Place, releaser: &Browser<'_>, tube: &str) {
    let page = releaser.get(tube).await;
    releaser
        .follow(&page, &format!("{tube}/amend"), &[("result", "positive")])
        .await
        .has("ren says that it is positive");
    let second = Browser::signed_in(place, "gao", Role::Releaser).await;
    let page = second.get(tube).await;
    second.follow(&page, &format!("{tube}/amend"), &[("result", "positive")]).await.has("positive");
}

async fn at_the_booth(place: &Place) -> Browser<'_> {
    let sampler = Browser::signed_in(place, "sun li", Role::Sampler).await;
    assert_eq!(sampler.get("/booth").await.location, "/booth/station");
    let form = sampler.get("/booth/station").await;
    assert_eq!(sampler.submit(&form, "/booth/station", &[("station", "T3D-L01")]).await.status, 422);
    sampler
        .follow(&form, "/booth/station", &[("station", "T3D-B07")])
        .await
        .has("T3D-B07")
        .has("One person is to be sampled");
    sampler
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_goes_from_the_chair_to_its_result_by_pages_alone() {
    let place = Place::open(On::Memory).await;
    let (code, pass) = ordered(&place).await;
    let sampler = at_the_booth(&place).await;
    let booth = sampler.get("/booth").await;
    let chair = sampler.follow(&booth, "/booth/scans", &[("read", &pass), ("mrz", &LI.mrz())]).await;
    chair.has("Li Na").has("•••• 678").has("soft swab").lacks("contact");
    let path = sampler.seen.borrow().last().unwrap().clone();
    let print = sampler.follow(&chair, &format!("{path}/label"), &[("consent", "1")]).await;
    let label = label(&print);
    let picture = sampler.get(&format!("/booth/labels/{label}")).await;
    picture.has("<svg").has(&format!("#{label}"));

    let chair = sampler.get(&path).await;
    let wrong =
        sampler.submit(&chair, &format!("{path}/collect"), &[("label", "#00000000A"), ("specimen", "nasal")]).await;
    assert!(wrong.status == 409, "{}", wrong.html);
    wrong.has("did not go through");
    let taken = sampler.follow(&chair, &format!("{path}/collect"), &[("label", &label), ("specimen", "nasal")]).await;
    taken.has("taken, waits for the courier");
    let booth = sampler.get("/booth").await;
    let sent = sampler.submit(&booth, "/booth/parcels", &[("labels", &label), ("parcel", "Box 1")]).await;
    sent.has("One tube is on its way");
    assert_eq!(
        sampler.submit(&booth, "/booth/parcels", &[("labels", &label), ("parcel", ""), ("once", "2")]).await.status,
        422
    );

    // The laboratory, where nobody has a name.
    let technician = Browser::signed_in(&place, "tian", Role::Technician).await;
    let bench = technician.get("/laboratory").await;
    let none = technician.submit(&bench, "/laboratory/receipts", &[("labels", " ")]).await;
    none.has("Scan at least one tube.").lacks("Give an answer");
    let received =
        technician.submit(&bench, "/laboratory/receipts", &[("labels", &format!("{label}\r\nnonsense"))]).await;
    received.has("One tube is in the laboratory").has("nonsense").has("No tube with this label");
    let bench = technician.get("/laboratory").await;
    let plate = technician.follow(&bench, "/laboratory/plates", &[("labels", "")]).await;
    plate.has(&format!("#{label}")).has("positive control").lacks("Li Na");
    let plate = technician.seen.borrow().last().unwrap().clone();
    run(&technician, &plate, "well\r\n", "dry").await.has("does not fit this plate").has("There is no column");
    let looked = run(&technician, &plate, &file(&label, "28"), "dry").await;
    looked.has("Every row fits").has("negative: 1").has("Nothing is written yet");
    assert_eq!(run(&technician, &plate, "well\r\n", "import").await.status, 422);
    assert_eq!(run(&technician, &plate, &file(&label, "28"), "import").await.status, 303);
    technician.get(&plate).await.has("accepted").lacks("Release one negative");
    technician.get(&format!("/laboratory/tubes?label=%23{label}")).await;

    let releaser = Browser::signed_in(&place, "ren", Role::Releaser).await;
    releaser.get("/laboratory").await.has(&format!("#{label}"));
    let page = releaser.get(&plate).await;
    page.has("Release one negative");
    releaser.follow(&page, &format!("{plate}/release"), &[]).await.has("negative, released").lacks("Release one");
    let tube = format!("/laboratory/tubes/{label}");
    releaser.get(&tube).await.has("Was this result wrong?").lacks("Li Na").lacks(LI.number);
    let custody = releaser.get("/laboratory/custody").await;
    custody.has("No person without a tube").has("No tube without a next step");
    for browser in [&technician, &releaser] {
        let addresses = browser.seen.borrow().join(" ");
        assert!(!addresses.contains(&code) && !addresses.contains("Li"), "{addresses}");
    }

    amended_by_two(&place, &releaser, &tube).await;
    let own = place.get(&format!("/api/v1/declarations/{code}")).proof(LI.number).send().await.ok(200);
    assert_eq!(own["sample"]["result"], "positive");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_no_and_what_leaks_is_written_down() {
    let place = Place::open(On::Memory).await;
    let (_, pass) = ordered(&place).await;
    let sampler = at_the_booth(&place).await;
    let booth = sampler.get("/booth").await;
    let empty = sampler.submit(&booth, "/booth/scans", &[("read", ""), ("mrz", "")]).await;
    assert_eq!(empty.status, 422);
    let other =
        sampler.follow(&booth, "/booth/scans", &[("read", &pass), ("mrz", &OKAFOR.mrz()), ("scan_id", &uuid())]).await;
    other.has("belongs to somebody else");
    let path = sampler.seen.borrow().last().unwrap().clone();
    assert_eq!(sampler.submit(&other, &format!("{path}/label"), &[("consent", "1")]).await.status, 409);

    let booth = sampler.get("/booth").await;
    let chair = sampler.follow(&booth, "/booth/scans", &[("read", &pass), ("mrz", "")]).await;
    let path = sampler.seen.borrow().last().unwrap().clone();
    let print = sampler.follow(&chair, &format!("{path}/label"), &[("consent", "1")]).await;
    let label = label(&print);
    let chair = sampler.get(&path).await;
    sampler.follow(&chair, &format!("{path}/collect"), &[("label", &label), ("specimen", "saliva")]).await;
    let technician = Browser::signed_in(&place, "tian", Role::Technician).await;
    let tube = format!("/laboratory/tubes/{label}");
    let page = technician.get(&tube).await;
    technician.follow(&page, &format!("{tube}/reject"), &[("why", "leaking")]).await.has("rejected");

    let chair = sampler.get(&path).await;
    chair.has("Print the label");
    let refused =
        sampler.follow(&chair, &format!("{path}/not-sampled"), &[("why", "refused"), ("reason", "Afraid")]).await;
    refused.has("not taken");
    assert_eq!(technician.get("/laboratory/custody/nowhere").await.status, 404);
    technician.get("/laboratory/custody/people").await.has("There is none");
}
