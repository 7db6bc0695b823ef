//! `mrz`: machine-readable zones read.

use jiff::tz::TimeZone;
use pratique_formats::mrz;
use serde_json::Value;

use super::CommandFault;
use super::lines::{LineFault, filter, instant, text};
use super::output::Out;
use crate::clock::Clock;

/// Read machine-readable zones (ICAO Doc 9303): JSON Lines in, one answer a line out.
///
/// A check digit that does not fit is reported by field under `checks`, with `valid` false; only what has not the shape of a
/// zone is an error. `at` is the day that settles two-digit years: today in UTC if left out.
#[derive(Debug, clap::Args)]
#[command(after_help = r#"Example:
  echo '{"mrz":"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"}' | pratique mrz"#)]
pub struct Mrz {}

impl Mrz {
    #[expect(clippy::unused_self, reason = "every command has the same shape")]
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let now = Clock::System.now();
        filter(out, |line| read(line, now))
    }
}

fn read(line: &Value, now: jiff::Timestamp) -> Result<Value, LineFault> {
    let zone = text(line, "mrz")?;
    let today = instant(line, now)?.to_zoned_datetime(TimeZone::UTC).date();
    let read = mrz::read(zone, today).map_err(|e| LineFault::new("not-an-mrz", e))?;
    serde_json::to_value(&read).map_err(|e| LineFault::new("bug", e))
}
