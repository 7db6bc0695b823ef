//! Paper forms are numbered before they are printed: a number is known from then on, and used once.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::paper::{Serial, Untimely};
use pratique_core::port::Port;
use pratique_store::{Change, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::paper::{self, Printing, Sheet};
use crate::once::{self, Once, Reply, Sealer};
use crate::words::Words;

/// So many at once: what one printer takes from its tray.
pub const COUNT_MAX: u32 = 50;
/// So many printings are remembered for printing again.
const LATELY_MAX: usize = 10;

/// Forms to be printed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FormsRequest {
    /// How many.
    pub count: u32,
    /// The language of the people who will fill them in.
    pub language: String,
    /// The version of the privacy notice that they show.
    pub notice: String,
}

/// What is to be printed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// The first number.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// Numbers forms of the pack in force.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] for none, too many, or a language without texts.
pub async fn print_forms(
    app: &App,
    who: &Caller,
    port: &str,
    request: &FormsRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::PrintForms, port)?;
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    if request.count == 0 {
        return Err(Failure::Invalid(vec![FieldError::new("/count", "too-small").with("min", 1)]));
    }
    if request.count > COUNT_MAX {
        return Err(Failure::Invalid(vec![FieldError::new("/count", "too-large").with("max", COUNT_MAX)]));
    }
    let words = Words::named(&request.language).ok_or_else(|| no_language("/language"))?;
    app.settle(once, || numbered(app, who, port, (request, words), once)).await
}

fn no_language(pointer: &str) -> Failure {
    let tags = Words::languages().into_iter().map(|(tag, _)| tag);
    Failure::Invalid(vec![FieldError::not_an_option(pointer, tags)])
}

async fn numbered(
    app: &App,
    who: &Caller,
    port: &Port,
    (request, words): (&FormsRequest, Words),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    let (mut printed, version) = paper::printed(app, &port.code).await?;
    let forms = Forms { first: printed.last + 1, count: request.count };
    let sheet = |number| Sheet {
        serial: Serial { port: port.code.clone(), number },
        printed_at: now,
        printed_by: who.name(),
        language: words.language().to_owned(),
        form: in_force.form_version(),
        notice: request.notice.clone(),
        keyed: None,
    };
    let mut rows = Vec::new();
    for number in forms.first..forms.first + forms.count {
        let sheet = sheet(number);
        rows.push(row(&sheet, 0)?);
    }
    printed.last += forms.count;
    let language = words.language().to_owned();
    printed.lately.insert(0, Printing { first: forms.first, count: forms.count, language, at: now, by: who.name() });
    printed.lately.truncate(LATELY_MAX);
    let state = serde_json::to_string(&printed)?;
    rows.push(RowWrite { kind: ledger::PAPERS, id: ledger::papers_row(&port.code), expected: version, state });
    let reply = Reply::new(201, &forms)?;
    let detail = serde_json::to_string(&forms)?;
    let change = Change {
        label: "print-forms",
        rows,
        audit: vec![audit(who, "print-forms", None, &detail, now)],
        answer: once::stored(app, once, &reply, &Sealer::Server, now)?,
        ..Change::default()
    };
    Ok(Prepared { change, reply })
}

/// A form's row as it is written.
///
/// # Errors
/// If it cannot be written as JSON, which all of it can.
pub fn row(sheet: &Sheet, expected: i64) -> Result<RowWrite, Failure> {
    let (id, state) = (ledger::paper_row(&sheet.serial), serde_json::to_string(sheet)?);
    Ok(RowWrite { kind: ledger::PAPER, id, expected, state })
}

/// The printed form that a paper names, with the version of its row, if it can be keyed in now.
///
/// # Errors
/// [`Failure::Invalid`], saying which number or which time is wrong; of a form that was keyed in already, when and by whom.
pub async fn to_be_keyed(
    app: &App,
    port: &Port,
    paper: &pratique_core::paper::Paper,
    now: Timestamp,
) -> Result<(Sheet, i64), Failure> {
    let mut faults = Vec::new();
    match paper.timely(now, port.paper_h_max) {
        Ok(()) => {}
        Err(Untimely::Future) => faults.push(FieldError::new("/paper/at", "paper-in-future")),
        Err(Untimely::Old) => {
            faults.push(FieldError::new("/paper/at", "paper-too-old").with("hours", port.paper_h_max));
        }
    }
    let found = match paper.serial.port == port.code {
        true => paper::read(app, &paper.serial).await?,
        false => None,
    };
    match (&found, found.as_ref().and_then(|(sheet, _)| used(sheet, port))) {
        (None, _) => faults.push(FieldError::new("/paper/serial", "serial-unknown")),
        (_, Some(used)) => faults.push(used),
        _ => {}
    }
    found.filter(|_| faults.is_empty()).ok_or(Failure::Invalid(faults))
}

/// That a form was keyed in before: when, on the port's clock, and by whom.
#[must_use]
pub fn used(sheet: &Sheet, port: &Port) -> Option<FieldError> {
    let keyed = sheet.keyed.as_ref()?;
    let when = keyed.at.to_zoned_datetime(port.zone()).strftime("%Y-%m-%d %H:%M").to_string();
    Some(FieldError::new("/paper/serial", "serial-used").with("when", when).with("by", &keyed.by))
}
