//! Load on a running server: people who do not exist declare and are scanned, at a fixed rate or as fast as they can.
//!
//! At a fixed rate (an open model) a request has an intended start, whatever became of those before it, and its latency counts
//! from there: a server that stalls cannot hide it by holding up the one who measures ("coordinated omission").

mod crowd;
mod line;
mod pace;
mod tally;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

pub use crowd::Crowd;
pub use line::{Heard, Line, Target};
pub use pace::Pace;
pub use tally::{Figures, Tally};

use crate::clock::Clock;

/// What is to be done to the server.
#[derive(Debug)]
pub struct Plan {
    /// The server.
    pub target: Target,
    /// Who declares.
    pub crowd: Crowd,
    /// Declarations.
    pub declare: Option<Pace>,
    /// Scans, at this station.
    pub scan: Option<(Pace, String)>,
    /// Before what counts.
    pub warm: Duration,
    /// What counts.
    pub lasting: Duration,
    /// Who is declared before the scans begin, so that there is somebody to scan.
    pub prepared: u32,
}

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Seconds that were counted.
    pub for_s: f64,
    /// Declared before, to be scanned.
    pub prepared: u32,
    /// Declarations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declare: Option<Figures>,
    /// Scans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan: Option<Figures>,
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum LoadFault {
    /// The address.
    #[error("{0:?} is no address of a server: http://HOST:PORT or https://HOST is meant")]
    Address(String),
    /// Nobody there.
    #[error("nobody answers at {0}: {1}. Is the server running there?")]
    Nobody(String, String),
    /// It answers, but nobody could be declared.
    #[error("the server took no declaration to be scanned later: {0}{1}")]
    NoPeople(String, &'static str),
    /// TLS.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

impl Plan {
    /// Runs it to its end.
    ///
    /// # Errors
    /// [`LoadFault`], before anything is measured. What goes wrong afterwards is counted.
    pub async fn run(self) -> Result<Report, LoadFault> {
        self.target.is_there().await?;
        let Plan { target, crowd, declare, scan, warm, lasting, prepared } = self;
        let (target, crowd) = (Arc::new(target), Arc::new(crowd));
        let prepared = if scan.is_some() { crowd.gather(&target, prepared).await? } else { 0 };
        let window = pace::Window { clock: Clock::System.stopwatch(), warm, lasting };
        let declaring = async {
            let pace = declare?;
            let deed = pace::Deed::Declare;
            Some(pace::drive(pace, deed, &target, &crowd, window).await.figures(pace, lasting))
        };
        let scanning = async {
            let (pace, station) = scan?;
            let deed = pace::Deed::Scan(station.into());
            Some(pace::drive(pace, deed, &target, &crowd, window).await.figures(pace, lasting))
        };
        let (declare, scan) = tokio::join!(declaring, scanning);
        Ok(Report { for_s: lasting.as_secs_f64(), prepared, declare, scan })
    }
}

/// What to do about a code of an error that many meet.
#[must_use]
pub fn advice(code: &str) -> &'static str {
    match code.split_whitespace().next().unwrap_or_default() {
        "401" => " (scans need an officer's token: `pratique user add NAME --role officer --at PORT --token`)",
        "429" => {
            " (one address may declare only so often; a server that is measured, and never a public one, is started with \
             --per-address 0)"
        }
        "503" => " (more than the server takes at once: ask for less, or let it take more with --in-flight)",
        _ => "",
    }
}
