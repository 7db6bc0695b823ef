//! Draft rules replayed over people who came, from the command line.

use std::path::Path;

use serde_json::{Value, json};

use super::process::{Place, Server};

/// The pack that is built in, as a folder to be changed.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/respiratory");
/// Every person of these tests came by then, and nobody before.
const LONG_AGO: &str = "2026-01-01";

/// Today in Beijing.
fn today() -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    pratique::clock::Clock::System.now().to_zoned_datetime(zone).date().to_string()
}

/// The pack's folder with some texts changed, each of which must be there.
fn draft(place: &Place, name: &str, changes: &[(&str, &str, &str)]) -> String {
    let folder = place.path(name);
    copy(Path::new(PACK), Path::new(&folder));
    for (file, from, to) in changes {
        let path = Path::new(&folder).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.path() {
            folder if folder.is_dir() => copy(&folder, &to.join(entry.file_name())),
            file => drop(std::fs::copy(file, to.join(entry.file_name())).unwrap()),
        }
    }
}

/// A port with an officer at work.
struct Lane {
    server: Server,
    token: String,
}

impl Lane {
    fn open(place: &Place) -> Self {
        let server = place.serve(&["serve", "--listen", "127.0.0.1:0"]);
        let added = place.run(&["user", "add", "li", "--role", "officer", "--at", "CNPEK", "--token"]).worked().line();
        Lane { server, token: added["token"].as_str().unwrap().to_owned() }
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/api/v1{path}", self.server.address);
        let sent = reqwest::Client::new().post(url).bearer_auth(&self.token).json(&body).send().await.unwrap();
        let (ok, answer) = (sent.status().is_success(), sent.text().await.unwrap());
        assert!(ok, "{path}: {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// Somebody declares, at this temperature or in good health; answers the code.
    async fn declared(&self, number: &str, temperature_c: Option<f64>) -> String {
        let mut answers = json!({"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false,
            "unwell": false, "medicine": false, "tested": false});
        if let Some(measured) = temperature_c {
            let ill =
                json!({"unwell": true, "symptoms": ["fever"], "symptom_onset": today(), "temperature_c": measured});
            answers.as_object_mut().unwrap().extend(ill.as_object().unwrap().clone());
        }
        let body = json!({
            "port": "CNPEK", "language": "en", "channel": "web", "notice": "2026-12",
            "traveller": {"document": {"type": "passport", "number": number, "issuer": "CHN"}, "name": {"primary": "Marchbanks"},
                "birth_date": "1988-03-02", "sex": "F", "nationality": "CHN"},
            "trip": {"flight": "CA938", "date": today()},
            "contact": {"phone": "+8613800000000", "address": "7 Nibcutters Row"},
            "answers": answers, "attested": true,
        });
        self.post("/declarations", body).await["code"].as_str().unwrap().to_owned()
    }

    /// They come to the lane, and an officer decides on them; answers the journey.
    async fn came(&self, code: &str, n: u32, decision: &str) -> String {
        let scan_id = format!("0192f5a0-0000-7000-8000-{n:012}");
        let scan = json!({"scan_id": scan_id, "station": "T3D-L01", "code": code});
        let seen = self.post("/checkpoint/scans", scan).await;
        self.post("/checkpoint/decisions", json!({"scan_id": scan_id, "decision": decision, "reason": "seen"})).await;
        seen["journey"].as_str().unwrap().to_owned()
    }

    async fn held(&self, code: &str, number: &str) -> String {
        let url = format!("{}/api/v1/declarations/{code}/held", self.server.address);
        let sent = reqwest::Client::new().get(url).header("Pratique-Proof", number).send().await.unwrap();
        assert!(sent.status().is_success());
        sent.text().await.unwrap()
    }
}

fn replay(place: &Place, draft: &str, more: &[&str]) -> Vec<Value> {
    let today = today();
    place.run(&[&["rules", "replay", "--from", LONG_AGO, "--to", &today, draft], more].concat()).worked().lines()
}

fn of<'a>(rows: &'a [Value], kind: &str) -> Vec<&'a Value> {
    rows.iter().filter(|row| row["kind"] == kind).collect()
}

#[tokio::test]
async fn a_draft_says_whom_it_would_have_shown_in_another_colour() {
    let place = Place::new();
    let lane = Lane::open(&place);
    let healthy = lane.declared("E00000001", None).await;
    let warm = lane.declared("E00000002", Some(37.6)).await;
    // Declared and never came.
    lane.declared("E00000003", Some(39.0)).await;
    lane.came(&healthy, 1, "clear").await;
    let journey = lane.came(&warm, 2, "refer").await;

    let same = replay(&place, PACK, &["--each"]);
    let total = of(&same, "total")[0];
    assert_eq!((&total["people"], &total["raised"], &total["lowered"]), (&json!(2), &json!(0), &json!(0)), "{total}");
    assert_eq!(total["in_force"], total["draft"]);
    assert_eq!(total["in_force"], json!({"green": 1, "amber": 1, "red": 0}));
    assert_eq!((&total["recorded_otherwise"], of(&same, "person").len()), (&json!(0), 0));

    // Fever begins at 38, and symptoms alone ask for nobody.
    let milder = draft(
        &place,
        "milder",
        &[
            ("rules.toml", ">= 37.3", ">= 38.0"),
            ("rules.toml", "'fever' in answers.symptoms", "false"),
            ("rules.toml", "version = \"1.0.0\"", "version = \"2.0.0\""),
        ],
    );
    let rows = replay(&place, &milder, &[]);
    let total = of(&rows, "total")[0];
    assert_eq!(total["packs"]["draft"]["rules"], "2.0.0");
    let rule = |id: &str| rows.iter().find(|row| row["rule"] == id).unwrap_or_else(|| panic!("{id}: {rows:?}"));
    let hits = (&rule("fever-declared")["in_force"], &rule("fever-declared")["draft"]);
    assert_eq!(hits, (&json!(1), &json!(0)), "{rows:?}");
    assert_eq!(of(&rows, "day").len(), 1);
    assert!(!lane.held(&warm, "E00000002").await.contains("rules replay"), "nobody was shown");
    assert!(of(&rows, "person").is_empty());

    // Whoever is warm goes to the doctor: now somebody moves.
    let stricter = draft(
        &place,
        "stricter",
        &[("rules.toml", "id = \"fever-declared\"\ntier = \"amber\"", "id = \"warm\"\ntier = \"red\"")],
    );
    let rows = replay(&place, &stricter, &["--each"]);
    let moved = of(&rows, "person");
    assert_eq!(moved.len(), 1, "{rows:?}");
    let told =
        (&moved[0]["journey"], &moved[0]["in_force"], &moved[0]["draft"], &moved[0]["gained"], &moved[0]["lost"]);
    assert_eq!(told, (&json!(journey), &json!("amber"), &json!("red"), &json!(["warm"]), &json!(["fever-declared"])));
    assert_eq!((&rows.last().unwrap()["raised"], &rows.last().unwrap()["lowered"]), (&json!(1), &json!(0)));
    // Who was shown can read so.
    assert!(lane.held(&warm, "E00000002").await.contains("rules replay"));
    assert!(!lane.held(&healthy, "E00000001").await.contains("rules replay"));

    let today = today();
    let table = place.run(&["rules", "replay", "--from", &today, "--to", &today, &stricter, "--format", "table"]);
    assert!(table.worked().out.contains("1 → 0"));
    assert_eq!(place.run(&["audit", "verify"]).worked().line()["whole"], true);
}

#[test]
fn what_cannot_be_replayed_is_said() {
    let place = Place::new();
    let days = ["rules", "replay", "--from", "2026-11-24", "--to", "2026-11-24"];
    let asked = |more: &[&str]| place.run(&[&days[..], more].concat());
    asked(&[PACK]).refused(&["there is no store here", "--data"]);
    place.run(&["migrate"]).worked();
    asked(&[&place.path("nothing")]).refused(&["there is no pack here", "pack.toml"]);
    asked(&[PACK, "--at", "XXXXX"]).refused(&["--at", "CNPEK"]);
    let bad = draft(&place, "bad", &[("rules.toml", "answers.cluster\"", "answers.clusters\"")]);
    asked(&[&bad]).refused_at("`clusters`");
    place
        .run(&["rules", "replay", "--from", "soon", "--to", "2026-11-24", PACK])
        .refused(&["from: ", "as in 2026-11-24"]);

    // A draft that asks what nobody was asked, over days on which nobody came.
    let new = draft(
        &place,
        "new",
        &[
            ("rules.toml", "answers.cluster", "answers.crowd"),
            ("rules.toml", "{ cluster = true }", "{ crowd = true }"),
            ("questionnaire.json", "\"linkId\": \"cluster\"", "\"linkId\": \"crowd\""),
        ],
    );
    let notes = asked(&[&new]).worked().lines();
    let notes: Vec<&str> = notes.iter().filter_map(|row| row["note"].as_str()).collect();
    assert!(notes.iter().any(|note| note.contains("nobody on these days")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("`crowd`") && note.contains("nobody was asked")), "{notes:?}");
}
