//! The clients: people who declare, change it, and are scanned and cleared; each request can be made again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

pub use super::crowd::{declaration, number};
use super::ledger::{Acknowledged, Deed, Kind, Ledger};

/// Where and as whom the clients work.
#[derive(Debug, Clone)]
pub struct Door {
    pub client: Client,
    pub address: String,
    pub token: String,
    /// Flight number and date.
    pub flight: (String, String),
}

/// What came of one request.
#[derive(Debug)]
pub enum Heard {
    /// It is done.
    Done(Acknowledged),
    /// Nothing, or an answer that promises nothing: it may have been done.
    Nothing,
}

/// There was no room: come again in so many seconds.
struct Away(u64);

impl Door {
    pub fn new(address: &str, token: &str, flight: (String, String)) -> Self {
        let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Door { client, address: address.to_owned(), token: token.to_owned(), flight }
    }

    /// Makes a request, for the first time or again.
    pub async fn make(&self, deed: &Deed) -> Heard {
        // Who is sent away for want of room was told that nothing was stored: they come again.
        loop {
            match self.asked(deed).await {
                Ok(heard) => return heard,
                Err(Away(wait_s)) => tokio::time::sleep(Duration::from_secs(wait_s)).await,
            }
        }
    }

    async fn asked(&self, deed: &Deed) -> Result<Heard, Away> {
        let url = format!("{}/api/v1{}", self.address, deed.path);
        let mut request = self.client.request(deed.method.parse().unwrap(), url).header("idempotency-key", &deed.key);
        request = match &deed.proof {
            Some(proof) => request.header("pratique-proof", proof),
            None if deed.kind == Kind::Declare => request,
            None => request.bearer_auth(&self.token),
        };
        let Ok(answer) = request.json(&deed.body).send().await else { return Ok(Heard::Nothing) };
        let status = answer.status().as_u16();
        let wait_s = answer.headers().get("retry-after").and_then(|s| s.to_str().ok()?.parse().ok());
        // What was cut off was not heard, whatever its status was.
        let Ok(text) = answer.text().await else { return Ok(Heard::Nothing) };
        match status {
            200 | 201 => Ok(Heard::Done(Acknowledged { deed: deed.clone(), status, answer: text })),
            503 if text.contains("/problems/overloaded") => Err(Away(wait_s.unwrap())),
            500..=599 => Ok(Heard::Nothing),
            _ => panic!("{deed:?} gave {status}: {text}"),
        }
    }
}

/// One person after another, until told to stop or nobody answers any more.
pub async fn client(door: Door, ledger: Arc<Ledger>, stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        let person = ledger.next_person();
        if visit(&door, &ledger, person).await.is_none() {
            // A database that is away answers at once, and not to everybody's fastest calling.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A person's whole way; `None` where somebody did not answer.
async fn visit(door: &Door, ledger: &Ledger, person: u64) -> Option<()> {
    let deed = |kind, method: &str, path: String, proof, body| {
        let key = format!("{kind:?}-{person}");
        Deed { kind, person, key, method: method.to_owned(), path, proof, body }
    };
    let declare = deed(Kind::Declare, "POST", "/declarations".into(), None, declaration(person, &door.flight, "31A"));
    let declared = done(door, ledger, declare).await?;
    let code = declared["code"].as_str().unwrap();
    if person.is_multiple_of(3) {
        let path = format!("/declarations/{code}");
        let body = declaration(person, &door.flight, "31B");
        done(door, ledger, deed(Kind::Amend, "PUT", path, Some(number(person)), body)).await?;
    }
    if person.is_multiple_of(2) {
        let scan_id = format!("01930000-0000-7000-8000-{person:012x}");
        let body = json!({"scan_id": scan_id, "station": "T3D-L01", "code": code});
        done(door, ledger, deed(Kind::Scan, "POST", "/checkpoint/scans".into(), None, body)).await?;
        let body = json!({"scan_id": scan_id, "decision": "clear"});
        done(door, ledger, deed(Kind::Clear, "POST", "/checkpoint/decisions".into(), None, body)).await?;
    }
    Some(())
}

async fn done(door: &Door, ledger: &Ledger, deed: Deed) -> Option<Value> {
    match door.make(&deed).await {
        Heard::Done(one) => {
            let answer = serde_json::from_str(&one.answer).unwrap();
            ledger.acknowledge(one);
            Some(answer)
        }
        Heard::Nothing => {
            ledger.doubt(deed);
            None
        }
    }
}
