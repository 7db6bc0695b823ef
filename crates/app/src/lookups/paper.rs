//! Numbered paper forms: which were printed, and which were keyed in, when and by whom. Nothing here names who filled one in.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::paper::Serial;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// One printed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its number.
    pub serial: Serial,
    /// When it was printed.
    pub printed_at: Timestamp,
    /// By whom.
    pub printed_by: String,
    /// The language that it is in.
    pub language: String,
    /// The version of the questions on it.
    pub form: String,
    /// The version of the privacy notice on it.
    pub notice: String,
    /// What became of it, once it was keyed in: it is used once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyed: Option<Keyed>,
}

/// A form that was keyed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed {
    /// The journey that it began.
    pub journey: Id,
    /// When it was keyed in.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// When it was filled in, as it says itself: the time that counts.
    pub filled_at: Timestamp,
}

/// What a port has printed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The highest number there is.
    pub last: u32,
    /// The newest printings, newest first.
    pub lately: Vec<Printing>,
}

/// Forms that were printed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printing {
    /// The first number.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// In which language.
    pub language: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// One form with the version of its row; `None` for a number that was never printed.
///
/// # Errors
/// The store's.
pub async fn read(app: &App, serial: &Serial) -> Result<Option<(Sheet, i64)>, Failure> {
    match app.store.row(ledger::paper_row(serial)).await? {
        Some(row) if row.kind == ledger::PAPER => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
        _ => Ok(None),
    }
}

/// What the port has printed, with the version of the row that counts it.
///
/// # Errors
/// The store's.
pub async fn printed(app: &App, port: &str) -> Result<(Printed, i64), Failure> {
    match app.store.row(ledger::papers_row(port)).await? {
        Some(row) if row.kind == ledger::PAPERS => Ok((serde_json::from_str(&row.state)?, row.version)),
        _ => Ok((Printed::default(), 0)),
    }
}

/// Forms in the order of their numbers, those that there are.
///
/// # Errors
/// The store's.
pub async fn sheets(app: &App, port: &str, first: u32, count: u32) -> Result<Vec<Sheet>, Failure> {
    let serials = (first..first.saturating_add(count)).map(|number| Serial { port: port.to_owned(), number });
    let ids: Vec<Id> = serials.map(|serial| ledger::paper_row(&serial)).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten().filter(|row| row.kind == ledger::PAPER);
    rows.map(|row| Ok(serde_json::from_str(&row.state)?)).collect()
}
