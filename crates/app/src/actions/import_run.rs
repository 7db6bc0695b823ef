//! An instrument's file is read into a plate: a dry run says what would happen, row by row; the import does it, once. The controls
//! decide: what an accepted plate's wells say waits for the second person, what a rejected one says is forgotten.

use std::collections::BTreeMap;

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::Command;
use pratique_core::journey::test::TestCommand;
use pratique_core::laboratory::plate::Run;
use pratique_core::laboratory::run::{self, RowFault};
use pratique_core::laboratory::{Plate, call};
use pratique_core::port::Port;
use pratique_formats::instrument::{BadRun, Format, RunWhy};
use pratique_store::{Change, Claim};
use serde::{Deserialize, Serialize};

use super::many::Many;
use super::plate_row::{self, is_on};
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::plate::{self, Found};
use crate::lookups::sample;
use crate::once::{self, Once, Reply, Sealer};
use crate::words::Words;

/// Most faults that are told; a file of another plate has nothing else.
const FAULTS_MAX: usize = 200;

/// Whose run, and how to read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RunRequest {
    /// The plate.
    pub plate: String,
    /// The format's name; recognised if left out.
    pub format: Option<String>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// One thing in the file that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultLine {
    /// The line; nothing for what is missing.
    pub line: Option<u64>,
    /// The column; nothing for a whole row.
    pub column: Option<u64>,
    /// The well.
    pub well: Option<String>,
    /// A stable code.
    pub code: String,
    /// In words.
    pub message: String,
}

/// What one well says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallLine {
    /// The well.
    pub well: String,
    /// The tube.
    pub label: String,
    /// What it says.
    pub result: String,
}

/// What is wrong with a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlLine {
    /// Which.
    pub control: String,
    /// The channel.
    pub channel: String,
    /// A stable code.
    pub why: String,
}

/// What a file says, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunAnswer {
    /// The plate.
    pub plate: Id,
    /// Its name.
    pub name: String,
    /// The format that it was read as.
    pub format: String,
    /// It was written: false for a dry run, and for a file that was imported before.
    pub applied: bool,
    /// What became of the plate, or would.
    pub state: String,
    /// What does not fit; then nothing is taken.
    pub faults: Vec<FaultLine>,
    /// What is wrong with the controls.
    pub controls: Vec<ControlLine>,
    /// What each well says.
    pub calls: Vec<CallLine>,
    /// How many wells say what.
    pub counts: BTreeMap<String, usize>,
}

/// Imports a run, or says what it would do.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`]; [`Failure::Invalid`] with every row that does not fit (not for a dry run);
/// [`Failure::Plate`] if the plate has another run.
pub async fn import_run(
    app: &App,
    who: &Caller,
    port: &str,
    (request, bytes): (&RunRequest, &[u8]),
    words: Words,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Read, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    let format = match request.format.as_deref() {
        Some(name) => Format::named(name).ok_or_else(|| Failure::field("/format", "not-a-format"))?,
        None => Format::recognised(bytes),
    };
    if request.dry_run {
        let found = plate::load(app, &port.code, &request.plate).await?;
        return Reply::new(200, &judged(app, who, &found, format, bytes, words).0);
    }
    app.settle(once, || prepare(app, who, port, (&request.plate, format, bytes), words, once)).await
}

/// What a file says of a plate, and the run if it fits.
fn judged(
    app: &App,
    who: &Caller,
    found: &Found,
    format: Format,
    bytes: &[u8],
    words: Words,
) -> (RunAnswer, Option<Run>) {
    let mut answer = RunAnswer {
        plate: found.id,
        name: Plate::name(found.id),
        format: format.name.to_owned(),
        applied: false,
        state: found.plate.state_name().to_owned(),
        faults: Vec::new(),
        controls: Vec::new(),
        calls: Vec::new(),
        counts: BTreeMap::new(),
    };
    let cycles = match format.read(bytes) {
        Err(bad) => Err(vec![unreadable(&bad, words)]),
        Ok(file) => run::fit(&found.plate, found.id, &file)
            .map_err(|faults| faults.iter().take(FAULTS_MAX).map(|fault| misfit(fault, words)).collect()),
    };
    let cycles = match cycles {
        Ok(cycles) => cycles,
        Err(faults) => {
            answer.faults = faults;
            return (answer, None);
        }
    };
    let run = Run { hash: hash(bytes), instrument: format.name.to_owned(), by: who.name(), at: app.now(), cycles };
    says(&mut answer, &found.plate, &run);
    (answer, Some(run))
}

/// What a run that fits says of the wells.
fn says(answer: &mut RunAnswer, plate: &Plate, run: &Run) {
    let faults = plate.control_faults(run);
    let line = |f: &call::ControlFault| ControlLine {
        control: f.control.name().to_owned(),
        channel: f.channel.clone(),
        why: f.why.name().to_owned(),
    };
    answer.controls = faults.iter().map(line).collect();
    answer.state = if faults.is_empty() { "accepted" } else { "rejected" }.to_owned();
    for call in plate.calls_of(run) {
        let (well, result) = (call.well.to_string(), call.result.name().to_owned());
        *answer.counts.entry(result.clone()).or_default() += 1;
        answer.calls.push(CallLine { well, label: call.label, result });
    }
}

fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    ledger::hex(&Sha256::digest(bytes))
}

fn unreadable(bad: &BadRun, words: Words) -> FaultLine {
    let column = match &bad.why {
        RunWhy::NoColumn(name) => name,
        _ => "",
    };
    // shows: run-{not-utf8, too-large, no-results, no-column, empty, cell-too-long, extra-cell, not-a-well, not-a-cycle}
    let message = words.with(&format!("run-{}", bad.why.code()), &[("name", column)]);
    let some = |n: u64| Some(n).filter(|n| *n > 0);
    FaultLine { line: some(bad.line), column: some(bad.column), well: None, code: bad.why.code().to_owned(), message }
}

fn misfit(fault: &RowFault, words: Words) -> FaultLine {
    let well = fault.well.map(|well| well.to_string());
    let figures = [("well", well.as_deref().unwrap_or_default()), ("what", fault.what.as_str())];
    // shows: run-{other-plate, empty-well, unknown-label, other-label, unknown-target, twice, missing}
    let message = words.with(&format!("run-{}", fault.why.name()), &figures);
    FaultLine { line: fault.line, column: None, well, code: fault.why.name().to_owned(), message }
}

/// A fault as an error of the request: pointing at the line where there is one, at the well where not.
fn as_error(fault: &FaultLine) -> FieldError {
    let pointer = match (fault.line, &fault.well) {
        (Some(line), _) => format!("/lines/{line}"),
        (None, Some(well)) => format!("/wells/{well}"),
        (None, None) => String::new(),
    };
    FieldError::new(pointer, "run-row").with("message", &fault.message)
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    (id, format, bytes): (&str, Format, &[u8]),
    words: Words,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let found = plate::load(app, &port.code, id).await?;
    let (mut answer, run) = judged(app, who, &found, format, bytes, words);
    let run = run.ok_or_else(|| Failure::Invalid(answer.faults.iter().map(as_error).collect()))?;
    let mut change = Change { label: "import-run", ..Change::default() };
    let detail = format!("{{\"plate\":\"{}\",\"sha256\":\"{}\"}}", found.id, run.hash);
    change.audit.push(audit(who, "import-run", None, &detail, app.now()));
    if found.plate.ran().is_some_and(|before| before.hash == run.hash) {
        found.plate.state_name().clone_into(&mut answer.state);
    } else {
        // One file is one plate's, and no other's.
        let key = ledger::run_claim(&run.hash);
        if app.store.claim(&key).await?.is_some() {
            return Err(Failure::field("", "run-of-another-plate"));
        }
        change.claims.push(Claim { key, holder: found.id, detail: String::new() });
        let after = found.plate.run(run)?;
        results(app, who, port, (&found, &after), &mut change).await?;
        plate_row::write(&mut change, &found, &after)?;
        answer.applied = true;
        after.state_name().clone_into(&mut answer.state);
    }
    let reply = Reply::new(200, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}

/// Each tube's test is read, or waits again.
async fn results(
    app: &App,
    who: &Caller,
    port: &Port,
    (found, after): (&Found, &Plate),
    change: &mut Change,
) -> Result<(), Failure> {
    let calls = after.calls();
    if calls.is_empty() {
        return plate_row::requeue(app, who, port, found, change).await;
    }
    let labels: Vec<String> = calls.iter().map(|call| call.label.clone()).collect();
    let places = sample::places(app, &labels).await?;
    let mut many = Many::open(app, places.iter().flatten().map(|place| place.journey)).await?;
    for (place, call) in places.iter().zip(&calls) {
        let Some(place) = place else { continue };
        // A tube that was rejected or taken off in the meantime has no result here.
        if !many.journey(place.journey).is_ok_and(|j| place.of(j).is_some_and(|s| is_on(s, found.id))) {
            continue;
        }
        let plate = Some((found.id, call.well.to_string()));
        let command = TestCommand::Read { sample: place.number, result: call.result, plate };
        many.does(place.journey, &Command::Test { command, by: who.name(), deadlines: port.deadlines })?;
    }
    many.write(change, who, &format!("{{\"plate\":\"{}\"}}", found.id))
}
