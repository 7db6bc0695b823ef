//! Our own table, for instruments without a reader of their own: CSV (RFC 4180) with a header, `well,sample,target,ct`. `sample`
//! may be left out; an empty `ct` or `Undetermined` means that no signal stood out.

use pratique_core::laboratory::run::RunFile;

use super::BadRun;
use super::columns::{self, Names};

const NAMES: Names = Names { well: &["well"], sample: &["sample"], target: &["target"], ct: &["ct", "cq"] };

pub(super) fn read(text: &str) -> Result<RunFile, BadRun> {
    Ok(RunFile { plate: None, rows: columns::rows(text, b',', 1, &NAMES)? })
}
