//! F15: every kind of write, made up to twenty times more in any order, by many at once, while the server is killed and started in
//! between: each time the first answer's bytes. The same key with another body is refused.

use std::collections::HashMap;
use std::path::Path;

use futures_util::{StreamExt, stream};
use pratique::rng::Rng;
use reqwest::Client;
use serde_json::{Value, json};

use super::load::{declaration, number};
use super::place::{Engine, Place};
use super::rig::{fly, set_up};

/// So often each write is made again, at most.
const AGAIN_MAX: u8 = 20;
/// The server is killed so often while all of that comes.
const KILLS: usize = 2;
/// Who calls at once.
const CALLERS: usize = 8;
/// Who works there, beside those of every rig: a role, and the department of one.
const STAFF: [(&str, &str, Option<&str>); 6] = [
    ("doctor", "medical", None),
    ("booth", "sampler", None),
    ("bench", "technician", None),
    ("signs", "releaser", None),
    ("airline", "airline", Some("CA")),
    ("hospital", "department", Some("hospital")),
];

/// A write, and what was answered to it first.
#[derive(Debug, Clone)]
struct Write {
    name: &'static str,
    method: &'static str,
    path: String,
    who: Who,
    kind: &'static str,
    body: String,
    answer: (u16, Vec<u8>),
}

/// Whose right it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Anybody,
    Proof(String),
    Staff(&'static str),
}

/// The port, and everything that was written there.
struct Port {
    client: Client,
    address: String,
    tokens: HashMap<&'static str, String>,
    flight: (String, String),
    made: Vec<Write>,
}

impl Port {
    async fn call(&self, write: &Write) -> (u16, Vec<u8>) {
        let url = format!("{}/api/v1{}", self.address, write.path);
        let mut request = self.client.request(write.method.parse().unwrap(), url);
        request = match &write.who {
            Who::Anybody => request,
            Who::Proof(proof) => request.header("pratique-proof", proof),
            Who::Staff(name) => request.bearer_auth(&self.tokens[name]),
        };
        request = request.header("idempotency-key", format!("once {}", write.name)).header("content-type", write.kind);
        let answer = request.body(write.body.clone()).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    }

    async fn send(
        &mut self,
        name: &'static str,
        who: Who,
        (method, path): (&'static str, &str),
        (kind, body): (&'static str, String),
    ) -> Value {
        let answer = (0, Vec::new());
        let mut write = Write { name, method, path: path.to_owned(), who, kind, body, answer };
        write.answer = self.call(&write).await;
        let (status, bytes) = &write.answer;
        assert!(matches!(status, 200 | 201), "{name}: {status} {}", String::from_utf8_lossy(bytes));
        let answer = serde_json::from_slice(bytes).unwrap_or_default();
        self.made.push(write);
        answer
    }

    /// A POST of staff.
    async fn post(&mut self, name: &'static str, who: &'static str, path: &str, body: Value) -> Value {
        self.send(name, Who::Staff(who), ("POST", path), ("application/json", body.to_string())).await
    }

    async fn declares(&mut self, name: &'static str, person: u64) -> Value {
        let body = declaration(person, &self.flight, "31A").to_string();
        self.send(name, Who::Anybody, ("POST", "/declarations"), ("application/json", body)).await
    }

    /// What a traveller does with their own declaration.
    async fn own(
        &mut self,
        name: &'static str,
        person: u64,
        (method, path): (&'static str, &str),
        body: Value,
    ) -> Value {
        self.send(name, Who::Proof(number(person)), (method, path), ("application/json", body.to_string())).await
    }

    fn flight(&self) -> String {
        format!("/flights/{}-{}-CNPEK", self.flight.0, self.flight.1)
    }
}

fn scan_id(n: u64) -> String {
    format!("01930000-0000-7000-b000-{n:012x}")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Travellers declare, change and withdraw, and say that something is wrong.
async fn travellers(port: &mut Port) -> Vec<Value> {
    let mut declared = Vec::new();
    for (person, name) in (1..).zip(["declare 1", "declare 2", "declare 3", "declare 4"]) {
        declared.push(port.declares(name, person).await);
    }
    let path = |n: usize| format!("/declarations/{}", text(&declared[n]["code"]));
    let changed = declaration(1, &port.flight, "31B");
    port.own("amend", 1, ("PUT", &path(0)), changed).await;
    port.own(
        "correct",
        2,
        ("POST", &format!("{}/corrections", path(1))),
        json!({"text": "My name is spelled otherwise"}),
    )
    .await;
    port.send("withdraw", Who::Proof(number(4)), ("DELETE", &path(3)), ("application/json", String::new())).await;
    declared
}

/// A lane clears, takes it back, clears again; another is referred.
async fn lane(port: &mut Port, declared: &[Value]) -> (String, String) {
    let scan = |n: u64, at: usize| json!({"scan_id": scan_id(n), "station": "T3D-L01", "code": declared[at]["code"]});
    let decide = |n: u64, what: &str| json!({"scan_id": scan_id(n), "decision": what, "reason": "As it is"});
    port.post("scan 1", "lane", "/checkpoint/scans", scan(1, 0)).await;
    port.post("clear", "lane", "/checkpoint/decisions", decide(1, "clear")).await;
    port.post("undo", "lane", "/checkpoint/undo", json!({"scan_id": scan_id(1), "station": "T3D-L01"})).await;
    port.post("scan 2", "lane", "/checkpoint/scans", scan(2, 0)).await;
    port.post("clear again", "lane", "/checkpoint/decisions", decide(2, "clear")).await;
    let seen = port.post("scan 3", "lane", "/checkpoint/scans", scan(3, 2)).await;
    let referred = port.post("refer", "lane", "/checkpoint/decisions", decide(3, "refer")).await;
    (text(&seen["journey"]), text(&referred["obligations"][0]))
}

/// The desk examines and orders, the booth takes, the laboratory reads and releases.
async fn sample(port: &mut Port, journey: &str, owed: &str, pass: &Value) {
    port.post("acknowledge", "doctor", &format!("/obligations/{owed}/acknowledge"), json!({})).await;
    let found = json!({"journey": journey, "station": "T3D-D01", "temperature_c": 37.6, "symptoms": ["dry_cough"]});
    port.post("examine", "doctor", "/examinations", found).await;
    port.post("order a sample", "doctor", "/samples", json!({"journey": journey})).await;
    let outcome = json!({"outcome": "sampled", "reason": "As it is"});
    port.post("answer", "doctor", &format!("/obligations/{owed}/answer"), outcome).await;
    let seat = json!({"scan_id": scan_id(9), "station": "T3D-B01", "pass": pass});
    port.post("scan at the booth", "booth", "/checkpoint/scans", seat).await;
    let asked = json!({"scan_id": scan_id(9), "consent": "1"});
    let label = text(&port.post("label", "booth", "/samples/labels", asked).await["label"]);
    let tube = label.trim_start_matches('#').to_owned();
    let taken = json!({"scan_id": scan_id(9), "specimen": "nasopharyngeal"});
    port.post("collect", "booth", &format!("/samples/{tube}/collect"), taken).await;
    port.post("send", "booth", "/samples/parcels", json!({"labels": [label], "parcel": "Box 1"})).await;
    port.post("receive", "bench", "/laboratory/receipts", json!({"labels": [label]})).await;
    let plate = port.post("lay a plate", "bench", "/laboratory/plates", json!({})).await;
    let run = format!("/laboratory/runs?plate={}&dry_run=false", text(&plate["id"]));
    port.send("import a run", Who::Staff("bench"), ("POST", &run), ("text/csv", negative(&plate))).await;
    port.post("release", "signs", &format!("/laboratory/results/{tube}/release"), json!({})).await;
}

/// A run in which nobody is positive.
fn negative(plate: &Value) -> String {
    let mut csv = String::from("well,sample,target,ct\n");
    for well in plate["wells"].as_array().unwrap() {
        let (cycles, sample) = match (well["control"].as_str(), well["label"].as_str()) {
            (Some("positive"), _) => (["25.0", "26.0", ""], ""),
            (Some(_), _) => (["", "", ""], ""),
            (None, label) => (["", "", "27.0"], label.unwrap()),
        };
        for (target, ct) in ["ORF1ab", "N", "RNase P"].iter().zip(cycles) {
            csv.push_str(&format!("{},{sample},{target},{ct}\n", well["well"].as_str().unwrap()));
        }
    }
    csv
}

/// Orders, departments, the flight itself.
async fn others(port: &mut Port, journey: &str) {
    let give = json!({"journey": journey, "measure": "central-isolation", "days": 14, "reason": "Contact of a case"});
    let order = text(&port.post("give an order", "doctor", "/orders", give).await["id"]);
    port.post("serve it", "lane", &format!("/orders/{order}/serve"), json!({"language": "en"})).await;
    let offer = json!({"journey": journey, "to": "hospital", "note": "As it is"});
    let handover = text(&port.post("hand over", "doctor", "/handovers", offer).await["id"]);
    port.post("accept", "hospital", &format!("/handovers/{handover}/accept"), json!({})).await;
    let flight = port.flight();
    let list = "surname,given,document,issuer,birth_date,seat\nOkafor,Ngozi,E00000001,NGA,1979-12-30,31A\n".to_owned();
    port.send("manifest", Who::Staff("airline"), ("PUT", &format!("{flight}/manifest")), ("text/csv", list)).await;
    let inspected = json!({"ill": [{"signs": ["fever"], "seat": "31A"}], "boarding": {"outcome": "free-pratique"}});
    port.post("inspect", "lane", &format!("{flight}/inspection"), inspected).await;
}

/// Everything again, in this order; the answers that differ.
async fn again(port: &Port, order: &[usize]) {
    let one = |at: usize| async move {
        let write = &port.made[at];
        let (status, bytes) = port.call(write).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!((status, &bytes), (write.answer.0, &write.answer.1), "{} is answered otherwise: {text}", write.name);
    };
    stream::iter(order.iter().copied()).for_each_concurrent(CALLERS, one).await;
}

/// The same keys with other bodies. A withdrawal has none.
async fn otherwise(port: &Port) {
    for write in port.made.iter().filter(|write| !write.body.is_empty()) {
        let body = match serde_json::from_str::<Value>(&write.body) {
            Ok(mut body) => {
                body["said"] = json!("otherwise");
                body.to_string()
            }
            Err(_) => format!("{}\n", write.body),
        };
        let (status, bytes) = port.call(&Write { body, ..write.clone() }).await;
        let told = String::from_utf8_lossy(&bytes).into_owned();
        assert!(status == 409 && told.contains("key-reused"), "{}: {status} {told}", write.name);
    }
}

/// Every write up to twenty times, shuffled.
fn shuffled(count: usize, rng: &Rng) -> Vec<usize> {
    let times = |at: usize| std::iter::repeat_n(at, usize::from(1 + rng.bytes::<1>()[0] % AGAIN_MAX));
    let mut order: Vec<(u32, usize)> =
        (0..count).flat_map(times).map(|at| (u32::from_le_bytes(rng.bytes()), at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

pub async fn a_replay_gets_the_first_answer(engine: Engine, folder: &Path) {
    let place = Place::open(engine, folder);
    let mut server = place.serve(None);
    server.ready(None).await;
    let setup = set_up(&place, folder, || ());
    let mut tokens = HashMap::from([("lane", setup.token.clone()), ("plans", setup.planner.clone())]);
    for (name, role, organisation) in STAFF {
        let mut args = vec!["user", "add", name, "--role", role, "--at", "CNPEK", "--token"];
        args.extend(organisation.iter().flat_map(|organisation| ["--for", organisation]));
        let added: Value = serde_json::from_str(place.run(&args).trim()).unwrap();
        tokens.insert(name, text(&added["token"]));
    }
    let rng = Rng::from_machine().unwrap();
    let flight = fly(&server, &setup, &rng).await.unwrap();
    let (client, address) = (Client::new(), server.address.clone());
    let mut port = Port { client, address, tokens, flight, made: Vec::new() };
    let declared = travellers(&mut port).await;
    let (journey, owed) = lane(&mut port, &declared).await;
    sample(&mut port, &journey, &owed, &declared[2]["pass"]).await;
    others(&mut port, &journey).await;

    let order = shuffled(port.made.len(), &rng);
    let part = order.len().div_ceil(KILLS + 1);
    for (n, part) in order.chunks(part).enumerate() {
        again(&port, part).await;
        if n < KILLS {
            server.kill();
            server = place.serve(None);
            server.ready(None).await;
            port.address = server.address.clone();
        }
    }
    otherwise(&port).await;
    again(&port, &(0..port.made.len()).collect::<Vec<_>>()).await;
    drop(server);
    place.run(&["audit", "verify"]);
    println!("{engine:?}: {} kinds of writes, {} replays over {KILLS} kills", port.made.len(), order.len());
}
