//! What the clients know: every request that was acknowledged, with its answer, in a file that outlives them too.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    Declare,
    Amend,
    Scan,
    Clear,
}

/// A request that can be made again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deed {
    pub kind: Kind,
    /// The person, by number.
    pub person: u64,
    pub key: String,
    pub method: String,
    pub path: String,
    pub proof: Option<String>,
    pub body: Value,
}

/// A request and its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Acknowledged {
    pub deed: Deed,
    pub status: u16,
    pub answer: String,
}

/// What the rig keeps between its runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setup {
    pub token: String,
    pub planner: String,
}

#[derive(Debug, Default)]
struct Kept {
    all: Vec<Acknowledged>,
    doubtful: Vec<Deed>,
    people: u64,
}

/// The ledger.
#[derive(Debug)]
pub struct Ledger {
    file: Mutex<File>,
    kept: Mutex<Kept>,
}

impl Ledger {
    pub fn open(folder: &Path) -> Self {
        let path = folder.join("ledger.jsonl");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let all: Vec<Acknowledged> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        // The numbers of people whom only a cut-off run knew are skipped.
        let people = all.iter().map(|one| one.deed.person).max().map_or(0, |last| last + 1_000);
        let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        Ledger { file: Mutex::new(file), kept: Mutex::new(Kept { all, doubtful: Vec::new(), people }) }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    /// The number of somebody whom nobody has met.
    pub fn next_person(&self) -> u64 {
        let mut kept = self.kept();
        kept.people += 1;
        kept.people
    }

    pub fn acknowledge(&self, one: Acknowledged) {
        let line = serde_json::to_string(&one).unwrap();
        writeln!(self.file.lock().unwrap(), "{line}").unwrap();
        self.kept().all.push(one);
    }

    /// A request whose answer never came.
    pub fn doubt(&self, deed: Deed) {
        self.kept().doubtful.push(deed);
    }

    pub fn take_doubts(&self) -> Vec<Deed> {
        std::mem::take(&mut self.kept().doubtful)
    }

    pub fn count(&self) -> usize {
        self.kept().all.len()
    }

    /// What was acknowledged from the `from`th on.
    pub fn since(&self, from: usize) -> Vec<Acknowledged> {
        self.kept().all[from..].to_vec()
    }

    /// Some of all, spread over the whole time.
    pub fn sample(&self, count: usize) -> Vec<Acknowledged> {
        let kept = self.kept();
        let step = (kept.all.len() / count.max(1)).max(1);
        kept.all.iter().step_by(step).cloned().collect()
    }

    /// Everybody who declared.
    pub fn people(&self) -> HashMap<u64, Person> {
        let mut people = HashMap::new();
        for one in &self.kept().all {
            match one.deed.kind {
                Kind::Declare => {
                    let answer: Value = serde_json::from_str(&one.answer).unwrap();
                    let text = |value: &Value| value.as_str().unwrap().to_owned();
                    let trip = &one.deed.body["trip"];
                    let flight = format!("{}-{}-CNPEK", text(&trip["flight"]), text(&trip["date"]));
                    people.insert(one.deed.person, Person { code: text(&answer["code"]), flight, is_cleared: false });
                }
                Kind::Clear => people.get_mut(&one.deed.person).unwrap().is_cleared = true,
                Kind::Amend | Kind::Scan => {}
            }
        }
        people
    }
}

/// Somebody who was told that they declared.
#[derive(Debug)]
pub struct Person {
    pub code: String,
    pub flight: String,
    pub is_cleared: bool,
}
