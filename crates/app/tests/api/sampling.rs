//! What the stories of booth and laboratory share: staff, people to be sampled, and files as an instrument would write them.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::checkpoint::flight;
use crate::support::people::Person;
use crate::support::{Answer, Place, uuid};

/// Everybody who works on a sample.
pub struct Staff {
    pub medical: String,
    pub sampler: String,
    pub technician: String,
    pub releaser: String,
}

impl Staff {
    pub async fn of(place: &Place) -> Self {
        flight(place).await;
        Staff {
            medical: place.token("dr chen", Role::Medical).await,
            sampler: place.token("sun li", Role::Sampler).await,
            technician: place.token("tian", Role::Technician).await,
            releaser: place.token("ren", Role::Releaser).await,
        }
    }
}

/// A person, invented by number.
pub fn person(number: usize) -> Person {
    let text = |text: String| -> &'static str { text.leak() };
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    Person {
        primary: text(format!("Planted{}{}", letter(number / 26), letter(number))),
        secondary: "Zinnober",
        number: text(format!("ZZ{number:07}")),
        issuer: "NGA",
        born: "1990-02-02",
        sex: "F",
    }
}

pub struct Declared {
    pub person: Person,
    pub code: String,
    pub pass: Value,
    pub journey: Value,
}

/// Somebody declares and is told to give a sample.
pub async fn ordered(place: &Place, staff: &Staff, person: Person) -> Declared {
    let declared = place.post("", "/declarations", &person.declaration()).await.ok(201);
    let scan = json!({"scan_id": uuid(), "station": "T3D-D01", "pass": declared["pass"], "mrz": person.mrz()});
    let journey = place.post(&staff.medical, "/checkpoint/scans", &scan).await.ok(200)["journey"].clone();
    let order = place.post(&staff.medical, "/samples", &json!({"journey": journey})).await.ok(201);
    assert_eq!(order["still_open"].as_array().unwrap().len(), 1);
    let code = declared["code"].as_str().unwrap().to_owned();
    Declared { person, code, pass: declared["pass"].clone(), journey }
}

/// The pass is scanned at a booth: the scan's id.
pub async fn seated(place: &Place, staff: &Staff, who: &Declared) -> String {
    let scan_id = uuid();
    let scan = json!({"scan_id": scan_id, "station": "T3D-B01", "pass": who.pass, "mrz": who.person.mrz()});
    let scanned = place.post(&staff.sampler, "/checkpoint/scans", &scan).await.ok(200);
    // A sampler is not told why somebody is here.
    assert_eq!(
        (&scanned["tier"], &scanned["reasons"], &scanned["judged_by"], &scanned["document"]),
        (&Value::Null, &json!([]), &Value::Null, &json!("match"))
    );
    scan_id
}

pub fn bare(label: &str) -> &str {
    label.trim_start_matches('#')
}

/// Labelled and taken: the label.
pub async fn collected(place: &Place, staff: &Staff, who: &Declared) -> String {
    let scan_id = seated(place, staff, who).await;
    let labelled =
        place.post(&staff.sampler, "/samples/labels", &json!({"scan_id": scan_id, "consent": "1"})).await.ok(201);
    let label = labelled["label"].as_str().unwrap().to_owned();
    let path = format!("/samples/{}/collect", bare(&label));
    let taken = place.post(&staff.sampler, &path, &json!({"scan_id": scan_id, "specimen": "nasal"})).await.ok(200);
    assert_eq!(taken, json!({"label": label, "state": "collected"}));
    label
}

/// In the laboratory: the label.
pub async fn received(place: &Place, staff: &Staff, who: &Declared) -> String {
    let label = collected(place, staff, who).await;
    let parcel = json!({"labels": [label], "parcel": "Box 1"});
    assert_eq!(place.post(&staff.sampler, "/samples/parcels", &parcel).await.ok(200)["taken"], 1);
    let receipt =
        place.post(&staff.technician, "/laboratory/receipts", &json!({"labels": [bare(&label)]})).await.ok(200);
    assert_eq!((&receipt["taken"], &receipt["tubes"][0]["state"]), (&json!(1), &json!("received")));
    label
}

/// A plate of these tubes.
pub async fn plate(place: &Place, staff: &Staff, labels: &[&String]) -> Value {
    place.post(&staff.technician, "/laboratory/plates", &json!({"labels": labels})).await.ok(201)
}

/// Cycles of both targets and the internal control.
pub type Cycles = [&'static str; 3];
pub const NEGATIVE: Cycles = ["", "", "27.1"];
pub const POSITIVE: Cycles = ["21.5", "22.0", "28.0"];
pub const INCONCLUSIVE: Cycles = ["36.9", "", "28.0"];

/// A file of our own format: every tube says what `says` says of it, the controls what they must.
pub fn file(plate: &Value, says: impl Fn(&str) -> Cycles) -> String {
    let mut csv = String::from("well,sample,target,ct\n");
    for well in plate["wells"].as_array().unwrap() {
        let (cycles, sample) = match (well["control"].as_str(), well["label"].as_str()) {
            (Some("positive"), _) => (["25.0", "26.0", ""], ""),
            (Some(_), _) => (["", "", ""], ""),
            (None, label) => (says(label.unwrap()), label.unwrap()),
        };
        for (target, ct) in ["ORF1ab", "N", "RNase P"].iter().zip(cycles) {
            csv.push_str(&format!("{},{sample},{target},{ct}\n", well["well"].as_str().unwrap()));
        }
    }
    csv
}

/// Imports a file.
pub async fn import(place: &Place, token: &str, plate: &Value, file: &str, dry: bool) -> Answer {
    let id = plate["id"].as_str().unwrap();
    let path = format!("/api/v1/laboratory/runs?plate={id}&dry_run={dry}");
    place.call("POST", &path).token(token).body("text/csv", file.to_owned()).send().await
}

/// What the person sees of their own sample.
pub async fn told(place: &Place, who: &Declared) -> Value {
    let path = format!("/api/v1/declarations/{}", who.code);
    place.get(&path).proof(who.person.number).send().await.ok(200)["sample"].clone()
}

/// A result is released, by label.
pub async fn release(place: &Place, token: &str, label: &str) -> Answer {
    place.post(token, &format!("/laboratory/results/{}/release", bare(label)), &json!({})).await
}

/// What a person's journey owes, by kind.
pub async fn owed(place: &Place, staff: &Staff, who: &Declared) -> Vec<String> {
    let listed = place.get("/api/v1/obligations").token(&staff.medical).send().await.ok(200);
    let own = listed["obligations"].as_array().unwrap().iter().filter(|o| o["journey"] == who.journey);
    let mut kinds: Vec<String> = own.map(|o| o["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    kinds
}

pub async fn tube(place: &Place, token: &str, label: &str) -> Value {
    place.get(&format!("/api/v1/samples/{}", bare(label))).token(token).send().await.ok(200)
}
