//! `manifest`: a passenger and crew list read.

use std::io::Read;

use clap::ValueEnum;
use jiff::tz::TimeZone;
use pratique_formats::{manifest_csv, paxlst};
use serde_json::json;

use super::CommandFault;
use super::lines::LineFault;
use super::output::Out;
use crate::clock::Clock;

/// The largest list read: a full A380 is below a fiftieth of it.
const MANIFEST_BYTES_MAX: u64 = 64 << 20;

/// Read a manifest: one whole list in, one JSON object out.
///
/// What could not be understood is under `parked`, each piece with its place and a reason; it never stops the rest. Counts that
/// do not fit are under `warnings`. Only what is no list at all is an error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  pratique manifest --as edifact < CA938.paxlst | jq '.people | length'
  pratique manifest --as csv < CA938.csv")]
pub struct Manifest {
    /// What the list is written in: PAXLST in UN/EDIFACT, or CSV with a header line.
    #[arg(long = "as", value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Edifact,
    Csv,
}

impl Manifest {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(MANIFEST_BYTES_MAX + 1).read_to_end(&mut bytes)?;
        match self.read(&bytes) {
            Ok(manifest) => out.json(&manifest),
            Err(fault) => out.json(&json!({"error": fault.json()})),
        }
    }

    fn read(&self, bytes: &[u8]) -> Result<pratique_core::flight::Manifest, LineFault> {
        if bytes.len() as u64 > MANIFEST_BYTES_MAX {
            return Err(LineFault::new("too-long", format!("a list has at most {MANIFEST_BYTES_MAX} bytes")));
        }
        let today = Clock::System.now().to_zoned_datetime(TimeZone::UTC).date();
        match self.format {
            Format::Edifact => paxlst::read(bytes, today).map_err(|e| LineFault::new("not-a-paxlst", e)),
            Format::Csv => manifest_csv::read(bytes, today).map_err(|e| LineFault::new("not-a-manifest", e)),
        }
    }
}
