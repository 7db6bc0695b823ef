//! Everybody who works at the port on the day of the story, and what they do, over HTTP.

use pratique_core::access::Role;
use serde_json::{Value, json};

use super::people::{Coming, FREIGHTER, HONG_KONG, LONDON};
use crate::sampling::{Cycles, bare, file, import};
use crate::support::{Place, at, uuid};
use crate::wechat::{SECRET, sign_in, with_wechat};

/// The port, and one person of each role.
pub struct Day {
    pub place: Place,
    pub officer: String,
    pub doctor: String,
    pub sampler: String,
    pub technician: String,
    pub releaser: String,
    pub supervisor: String,
    pub planner: String,
    pub airline: String,
    pub tracing: String,
    pub quarantine: String,
    pub joint: String,
    pub hospital: String,
    pub wechat: String,
    pub kiosk: String,
}

/// Somebody who declared.
#[derive(Clone)]
pub struct Arrived {
    pub coming: Coming,
    pub code: String,
    pub pass: Value,
}

impl Day {
    pub async fn open(place: Place) -> Self {
        let department = |code: &'static str| place.token_for(code, Role::Department, Some(code));
        with_wechat(&place, SECRET).await;
        let session = sign_in(&place, "good-code").await.ok(200);
        Day {
            kiosk: place.token("t3d-k01", Role::Kiosk).await,
            wechat: session["token"].as_str().unwrap().to_owned(),
            officer: place.token("wang.fang", Role::Officer).await,
            doctor: place.token("dr.chen", Role::Medical).await,
            sampler: place.token("sun.li", Role::Sampler).await,
            technician: place.token("tian.yu", Role::Technician).await,
            releaser: place.token("ren.jie", Role::Releaser).await,
            supervisor: place.token("supervisor", Role::Supervisor).await,
            planner: place.token("planner", Role::Planner).await,
            airline: place.token_for("air china", Role::Airline, Some("CA")).await,
            tracing: department("contact-tracing").await,
            quarantine: department("on-site-quarantine").await,
            joint: department("joint-prevention").await,
            hospital: department("hospital").await,
            place,
        }
    }

    /// The time of day in UTC, on 24 November.
    pub fn at(&self, time: &str) {
        let then = format!("2026-11-24T{time}:00Z");
        assert!(at(&then) >= self.place.clock.now(), "the day goes forward");
        self.place.set(&then);
    }

    pub async fn get(&self, token: &str, path: &str) -> Value {
        self.place.get(&format!("/api/v1{path}")).token(token).send().await.ok(200)
    }

    /// A POST that is well taken.
    pub async fn done(&self, token: &str, path: &str, body: &Value) -> Value {
        let answer = self.place.post(token, path, body).await;
        assert!(matches!(answer.status, 200 | 201), "POST {path} {body}: {} {}", answer.status, answer.text());
        answer.json()
    }

    pub async fn put(&self, token: &str, path: &str, kind: &str, body: String) -> Value {
        let answer = self.place.call("PUT", &format!("/api/v1{path}")).token(token).body(kind, body).send().await;
        assert!(matches!(answer.status, 200 | 201), "PUT {path}: {} {}", answer.status, answer.text());
        answer.json()
    }

    /// The three flights of the day, one of each category of the bulletin.
    pub async fn schedule(&self) {
        for (flight, origin, arrival, category) in [
            (LONDON, "LHR", "2026-11-24T06:00:00Z", "international"),
            (HONG_KONG, "HKG", "2026-11-24T07:00:00Z", "hmt"),
            (FREIGHTER, "ANC", "2026-11-24T08:00:00Z", "cargo"),
        ] {
            let body = json!({"origin": origin, "scheduled_arrival": arrival, "category": category});
            self.put(&self.planner, &flight_path(flight), "application/json", body.to_string()).await;
        }
    }

    /// A flight is on block.
    pub async fn lands(&self, flight: &str) {
        let mut body = self.get(&self.planner, &flight_path(flight)).await;
        let now = self.place.clock.now().to_string();
        let (origin, scheduled) = (body["origin"].take(), body["scheduled_arrival"].take());
        let said = json!({"origin": origin, "scheduled_arrival": scheduled, "actual_arrival": now,
            "category": body["category"], "status": "landed"});
        self.put(&self.planner, &flight_path(flight), "application/json", said.to_string()).await;
    }

    pub async fn declares(&self, coming: &Coming, answers: Value) -> Arrived {
        let mut body = coming.declaration();
        for (name, value) in answers.as_object().unwrap() {
            body["answers"][name] = value.clone();
        }
        // Whoever declares in WeChat is signed in there; a kiosk has a user of its own.
        let token = match coming.channel {
            "wechat" => self.wechat.as_str(),
            "kiosk" => self.kiosk.as_str(),
            _ => "",
        };
        let declared = self.done(token, "/declarations", &body).await;
        arrived(coming, &declared)
    }

    /// A pass and a document at a lane.
    pub async fn scans(&self, who: &Arrived) -> Value {
        self.scans_with(who, &who.coming.who.mrz()).await
    }

    pub async fn scans_with(&self, who: &Arrived, mrz: &str) -> Value {
        let scan = json!({"scan_id": uuid(), "station": "T3D-L01", "pass": who.pass, "mrz": mrz});
        self.done(&self.officer, "/checkpoint/scans", &scan).await
    }

    /// An officer decides on a scan.
    pub async fn decides(&self, scan: &Value, decision: &str) -> Value {
        let body = json!({"scan_id": scan["scan_id"], "decision": decision, "reason": "as the story goes"});
        self.done(&self.officer, "/checkpoint/decisions", &body).await
    }

    /// Shown, seen and cleared.
    pub async fn clears(&self, who: &Arrived) {
        let scan = self.scans(who).await;
        self.decides(&scan, "clear").await;
    }

    /// What is owed for a journey, of this kind: its id. One open obligation of a kind is expected.
    pub async fn owed(&self, journey: &Value, kind: &str) -> String {
        let all = self.obligations().await;
        let own: Vec<&Value> = all.iter().filter(|o| o["journey"] == *journey).collect();
        let of_kind = own.iter().find(|o| o["kind"] == kind);
        let one = of_kind.unwrap_or_else(|| panic!("nothing of kind {kind} is owed: {own:?}"));
        one["id"].as_str().unwrap().to_owned()
    }

    pub async fn obligations(&self) -> Vec<Value> {
        self.get(&self.supervisor, "/obligations").await["obligations"].as_array().unwrap().clone()
    }

    pub async fn answers(&self, token: &str, journey: &Value, kind: &str, outcome: &str) {
        let id = self.owed(journey, kind).await;
        let body = json!({"outcome": outcome, "reason": "as the story goes"});
        self.done(token, &format!("/obligations/{id}/answer"), &body).await;
    }

    /// Referred, measured by the doctor, and sent to the booth.
    pub async fn referred_to_the_booth(&self, who: &Arrived) -> Value {
        let scan = self.scans(who).await;
        self.decides(&scan, "refer").await;
        let journey = scan["journey"].clone();
        let found = json!({"journey": journey, "station": "T3D-D01", "temperature_c": 37.6, "symptoms": ["dry_cough"]});
        self.done(&self.doctor, "/examinations", &found).await;
        self.done(&self.doctor, "/samples", &json!({"journey": journey})).await;
        self.answers(&self.doctor, &journey, "examine", "sampled").await;
        journey
    }

    /// The pass at the booth, labelled.
    async fn labelled(&self, who: &Arrived) -> (String, String) {
        let scan_id = uuid();
        let mrz = who.coming.who.mrz();
        let scan = json!({"scan_id": scan_id, "station": "T3D-B01", "pass": who.pass, "mrz": mrz});
        self.done(&self.sampler, "/checkpoint/scans", &scan).await;
        let label =
            self.done(&self.sampler, "/samples/labels", &json!({"scan_id": scan_id, "consent": "1"})).await["label"]
                .as_str()
                .unwrap()
                .to_owned();
        (scan_id, label)
    }

    /// Taken: the label.
    pub async fn sampled(&self, who: &Arrived) -> String {
        let (scan_id, label) = self.labelled(who).await;
        let taken = json!({"scan_id": scan_id, "specimen": "nasopharyngeal"});
        self.done(&self.sampler, &format!("/samples/{}/collect", bare(&label)), &taken).await;
        label
    }

    /// They do not want to.
    pub async fn refuses_the_swab(&self, who: &Arrived) {
        let (scan_id, _) = self.labelled(who).await;
        let body = json!({"scan_id": scan_id, "why": "refused", "reason": "Afraid of it"});
        self.done(&self.sampler, "/samples/not-sampled", &body).await;
    }

    /// Carried to the laboratory in one parcel.
    pub async fn sent(&self, labels: &[&String]) {
        let parcel = self.done(&self.sampler, "/samples/parcels", &json!({"labels": labels, "parcel": "Box 1"})).await;
        assert_eq!(parcel["taken"], labels.len());
    }

    pub async fn received(&self, labels: &[&String]) {
        let receipt = self.done(&self.technician, "/laboratory/receipts", &json!({ "labels": labels })).await;
        assert_eq!(receipt["taken"], labels.len());
    }

    /// One plate of everything that waits, run, and the instrument's file read in.
    pub async fn run(&self, says: impl Fn(&str) -> Cycles) -> Value {
        let plate = self.done(&self.technician, "/laboratory/plates", &json!({})).await;
        let read = import(&self.place, &self.technician, &plate, &file(&plate, says), false).await.ok(200);
        assert_eq!((&read["applied"], &read["state"]), (&json!(true), &json!("accepted")));
        plate
    }

    /// A second person releases one result.
    pub async fn releases(&self, label: &str) {
        self.done(&self.releaser, &format!("/laboratory/results/{}/release", bare(label)), &json!({})).await;
    }

    /// What the traveller's own page says of their sample.
    pub async fn told(&self, who: &Arrived) -> Value {
        let path = format!("/api/v1/declarations/{}", who.code);
        self.place.get(&path).proof(who.coming.who.number).send().await.ok(200)["sample"].clone()
    }

    /// Given to a department: the handover's id.
    pub async fn hands_over(&self, journey: &Value, to: &str) -> String {
        let body = json!({"journey": journey, "to": to, "note": "As the story goes"});
        self.done(&self.doctor, "/handovers", &body).await["id"].as_str().unwrap().to_owned()
    }

    pub async fn readiness(&self, flight: &str) -> Value {
        self.get(&self.supervisor, &format!("{}/readiness", flight_path(flight))).await
    }
}

pub fn arrived(coming: &Coming, declared: &Value) -> Arrived {
    Arrived { coming: *coming, code: declared["code"].as_str().unwrap().to_owned(), pass: declared["pass"].clone() }
}

pub fn flight_path(flight: &str) -> String {
    format!("/flights/{flight}-2026-11-24-CNPEK")
}
