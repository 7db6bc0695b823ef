//! A day's schedule comes as one file: every line is checked, the good ones are taken, each bad one is told with its line and
//! field. Handing the same file in again changes nothing.

use std::collections::{HashMap, HashSet};

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::flight::{Flight, FlightForm, FlightId, FlightRow};
use pratique_core::port::Port;
use pratique_formats::schedule_csv::{self, Line, ScheduleCsvError};
use pratique_store::{Change, RowWrite};
use serde::{Deserialize, Serialize};

use super::listed;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};
use crate::words::Words;

/// The most flights in one change: a day's schedule of a large port fits, and no batch waits long behind it.
const FLIGHTS_PER_CHANGE: usize = 500;
/// The most faulty lines that are told; a file of another kind has nothing else.
const FAULTY_MAX: usize = 200;

/// The answer to a schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Flights that were not known before.
    pub made: usize,
    /// Flights that were changed.
    pub moved: usize,
    /// Flights that stood so already.
    pub unchanged: usize,
    /// Lines that were not taken.
    pub refused: usize,
    /// Those lines, at most 200.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<RefusedLine>,
}

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    /// Its number in the file, from 1; the header is line 1.
    pub line: u64,
    /// What is wrong with it.
    pub errors: Vec<LineError>,
}

/// One wrong field of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineError {
    /// The column, as a pointer.
    pub pointer: String,
    /// The stable code.
    pub code: String,
    /// In words.
    pub message: String,
}

/// A line that can be taken.
struct Named {
    line: u64,
    id: FlightId,
    form: FlightForm,
}

/// Takes a schedule.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] for a file that is no schedule at all. Single bad lines are no error.
pub async fn import_schedule(
    app: &App,
    who: &Caller,
    port: &str,
    file: &[u8],
    words: Words,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::MoveFlight, port)?;
    let port = app.house.port(port).ok_or_else(|| Failure::field("/port", "not-a-port"))?;
    // A repeat must not write again what others have moved since.
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let mut imported = Imported::default();
    let named = read(who, port, file, words, &mut imported)?;
    let mut chunks = named.chunks(FLIGHTS_PER_CHANGE).peekable();
    while let Some(chunk) = chunks.next() {
        let key = once.filter(|_| chunks.peek().is_none());
        let so_far = (&imported, words);
        let reply = app.settle(key, || prepare(app, who, port, chunk, so_far, key)).await?;
        imported = reply.read()?;
    }
    Reply::new(200, &imported)
}

/// Every line by itself; what cannot be taken is added to the report.
fn read(who: &Caller, port: &Port, file: &[u8], words: Words, imported: &mut Imported) -> Result<Vec<Named>, Failure> {
    let (mut named, mut seen) = (Vec::new(), HashSet::new());
    for Line { number: line, row } in schedule_csv::read(file).map_err(no_schedule)? {
        match row.map_err(|fault| vec![fault]).and_then(|row| name(who, port, row)) {
            Ok((id, _)) if !seen.insert(id.clone()) => {
                imported.refuse(line, &[FieldError::new("/flight", "flight-twice")], words);
            }
            Ok((id, form)) => named.push(Named { line, id, form }),
            Err(faults) => imported.refuse(line, &faults, words),
        }
    }
    Ok(named)
}

/// A file that is no schedule at all.
fn no_schedule(why: ScheduleCsvError) -> Failure {
    Failure::Invalid(match why {
        ScheduleCsvError::NotASchedule => vec![FieldError::new("", "not-a-schedule")],
        ScheduleCsvError::Lacking(columns) => {
            columns.into_iter().map(|column| FieldError::new(format!("/{column}"), "column-missing")).collect()
        }
        ScheduleCsvError::TooManyLines => {
            vec![FieldError::new("", "too-many-lines").with("max", schedule_csv::LINES_MAX)]
        }
    })
}

/// Which flight a line is about, if it is one that this caller may hand in.
fn name(who: &Caller, port: &Port, line: FlightRow) -> Result<(FlightId, FlightForm), Vec<FieldError>> {
    let designator = line.designator()?;
    if who.may_for(Act::MoveFlight, &port.code, designator.carrier()).is_err() {
        return Err(vec![FieldError::new("/flight", "not-your-flight")]);
    }
    Ok((line.id(&port.code, &port.zone())?, line.form))
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    chunk: &[Named],
    (so_far, words): (&Imported, Words),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let known = known(app, chunk).await?;
    let mut imported = so_far.clone();
    let mut change = Change { label: "import-schedule", yields: true, ..Change::default() };
    for Named { line, id, form } in chunk {
        let before = known.get(id);
        match form.check(id.clone(), &port.zone(), before.is_some(), app.now()) {
            Err(faults) => imported.refuse(*line, &faults, words),
            Ok(flight) => match before {
                Some((same, _)) if *same == flight => imported.unchanged += 1,
                before => {
                    let count = if before.is_some() { &mut imported.moved } else { &mut imported.made };
                    *count += 1;
                    let state = put(&mut change, before, &flight)?;
                    change.audit.push(audit(who, "move-flight", Some(ledger::flight_row(id)), &state, now));
                }
            },
        }
    }
    imported.lines.sort_by_key(|line| line.line);
    let detail = format!("{{\"port\":\"{}\",\"flights\":{}}}", port.code, change.rows.len());
    change.audit.push(audit(who, "import-schedule", None, &detail, now));
    let reply = Reply::new(200, &imported)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

async fn known(app: &App, chunk: &[Named]) -> Result<HashMap<FlightId, (Flight, i64)>, Failure> {
    let ids: Vec<FlightId> = chunk.iter().map(|named| named.id.clone()).collect();
    lookups::flight::read_many(app, &ids).await
}

fn put(change: &mut Change, before: Option<&(Flight, i64)>, flight: &Flight) -> Result<String, Failure> {
    let row = ledger::flight_row(&flight.id);
    let expected = before.map_or(0, |(_, version)| *version);
    let state = serde_json::to_string(flight)?;
    change.rows.push(RowWrite { kind: ledger::FLIGHT, id: row, expected, state: state.clone() });
    change.remove.extend(before.iter().flat_map(|(flight, _)| listed::of_flight(flight)));
    change.put.extend(listed::of_flight(flight));
    Ok(state)
}

impl Imported {
    fn refuse(&mut self, line: u64, faults: &[FieldError], words: Words) {
        self.refused += 1;
        if self.lines.len() < FAULTY_MAX {
            let error = |f: &FieldError| LineError {
                pointer: f.pointer.clone(),
                code: f.code.clone(),
                message: words.error(&f.code, &f.params),
            };
            self.lines.push(RefusedLine { line, errors: faults.iter().map(error).collect() });
        }
    }
}
