//! The laboratory's day: one plate of the tubes that came first, run, its negatives released; a positive told a moment ago, and one
//! result left for whoever tries the second person's page.

use jiff::Timestamp;
use pratique_core::access::Role;
use pratique_core::laboratory::plate::{Content, Control};
use serde_json::Value;

use super::life::mins;
use super::{PORT, staff};
use crate::actions::build_plate::{PlateRequest, build_plate};
use crate::actions::import_run::{RunRequest, import_run};
use crate::actions::release_result::{release_negatives, release_result};
use crate::app::App;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::lookups::plate;
use crate::lookups::sample::{self, Which};
use crate::words::Words;

/// Tubes taken longer ago than this are on the plate.
const TAKEN_MIN: i64 = 110;
const TUBES_MAX: usize = 93;

/// One plate's work, at its own instants.
pub(super) async fn work(app: &App, now: Timestamp) -> Result<(), Failure> {
    let (technician, releaser) = (staff::of(Role::Technician, PORT), staff::of(Role::Releaser, PORT));
    let (queued, _) = sample::listed(app, PORT, Which::Test("queued"), None, 1000).await?;
    let early = queued.iter().filter(|t| t.sample.taken().is_some_and(|taken| taken.at < now - mins(TAKEN_MIN)));
    let labels: Vec<String> = early.take(TUBES_MAX).map(|tube| tube.label().to_owned()).collect();
    if labels.is_empty() {
        return Ok(());
    }
    let positive = labels.get(1).cloned();
    let request = PlateRequest { assay: None, labels: Some(labels) };
    let built = Clock::at(now - mins(80), build_plate(app, &technician, PORT, &request, None)).await?;
    let id = built.read::<Value>()?["id"].as_str().unwrap_or_default().to_owned();
    let csv = file(&plate::load(app, PORT, &id).await?.plate);
    let request = RunRequest { plate: id.clone(), format: None, dry_run: false };
    let words = Words::of("en");
    let run = import_run(app, &technician, PORT, (&request, csv.as_bytes()), words, None);
    Clock::at(now - mins(30), run).await?;
    Clock::at(now - mins(12), release_negatives(app, &releaser, PORT, &id, None)).await?;
    if let Some(label) = positive {
        Clock::at(now - mins(6), release_result(app, &releaser, &label, None)).await?;
    }
    Ok(())
}

/// What the instrument read: the second tube is positive, the third says neither yes nor no.
fn file(plate: &pratique_core::laboratory::Plate) -> String {
    let mut csv = String::from("well,sample,target,ct\n");
    for (at, (well, content)) in plate.wells.iter().enumerate() {
        let (sample, cycles) = match content {
            Content::Control(Control::Positive) => ("", ["25.1", "25.8", ""]),
            Content::Control(_) => ("", ["", "", ""]),
            Content::Tube(label) => match at {
                1 => (label.as_str(), ["24.3", "23.9", "27.5"]),
                2 => (label.as_str(), ["37.2", "", "28.4"]),
                _ => (label.as_str(), ["", "", "27.9"]),
            },
        };
        for (channel, ct) in plate.assay.channels().zip(cycles) {
            csv.push_str(&format!("{well},{sample},{channel},{ct}\n"));
        }
    }
    csv
}
