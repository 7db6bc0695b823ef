//! What just happened at this station: the last scans, without a name in them.

use jiff::tz::TimeZone;
use pratique_core::port::{Port, Station};

use super::picture::Band;
use crate::app::App;
use crate::failure::Failure;
use crate::lookups::scan;
use crate::words::Words;

/// How many are shown.
const SHOWN: u32 = 10;

/// One scan.
#[derive(Debug, Clone)]
pub struct Recent {
    /// Its page.
    pub address: String,
    /// The port's clock: `14:05:09`.
    pub time: String,
    /// As machines read it.
    pub instant: String,
    /// The verdict.
    pub band: Band,
    /// The pass, in words.
    pub pass: String,
    /// What was decided; nothing yet.
    pub decided: Option<String>,
    /// Who scanned.
    pub by: String,
}

/// The last scans of a station, newest first.
///
/// # Errors
/// The store's.
pub async fn at(app: &App, words: Words, port: &Port, station: &Station) -> Result<Vec<Recent>, Failure> {
    let zone: TimeZone = port.zone();
    let listed = scan::last(app, &port.code, &station.code, SHOWN).await?;
    let line = |(id, record): (pratique_core::id::Id, crate::verdict::ScanRecord)| Recent {
        address: format!("/checkpoint/scans/{id}"),
        time: record.at.to_zoned_datetime(zone.clone()).strftime("%H:%M:%S").to_string(),
        instant: format!("{:.0}", record.at),
        band: Band::of(record.advice),
        pass: words.t(&format!("pass-verdict-{}", record.pass_said())),
        decided: record.decided.map(|d| words.t(&format!("decided-{}", d.name()))),
        by: record.by,
    };
    Ok(listed.into_iter().map(line).collect())
}
