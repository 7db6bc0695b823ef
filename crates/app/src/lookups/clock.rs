//! What is on record of the machine's clock. Counted, never sorted by time: the time is what is in question.

use jiff::Timestamp;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// So many records are read; one is written for each jump, and one for its end.
const RECORDS_MAX: u32 = 1_000;

/// What servers and administrators said of the clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How many jumps have not ended.
    pub doubts: usize,
    /// When administrators said that it is right, each by the clock in question.
    pub confirmed: Vec<Timestamp>,
}

/// All that is on record.
///
/// # Errors
/// The store's.
pub async fn said(app: &App) -> Result<Said, Failure> {
    let records = app.store.audit_of(ledger::clock(), RECORDS_MAX).await?;
    let (mut begun, mut ended, mut confirmed) = (0_usize, 0, Vec::new());
    for link in records {
        match link.entry.action.as_str() {
            ledger::CLOCK_IN_DOUBT => begun += 1,
            ledger::CLOCK_BELIEVED => ended += 1,
            ledger::CLOCK_CONFIRMED => {
                confirmed.push(Timestamp::from_millisecond(link.entry.at_ms).unwrap_or(Timestamp::UNIX_EPOCH));
            }
            _ => {}
        }
    }
    Ok(Said { doubts: begun.saturating_sub(ended), confirmed })
}
