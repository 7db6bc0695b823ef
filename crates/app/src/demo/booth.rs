//! At the booth: what the desk ordered is taken, sent and received as far as the day has come.

use jiff::Timestamp;
use pratique_core::access::Role;
use pratique_core::journey::sample::Specimen;
use rand::RngExt;

use super::life::{Life, mins};
use super::staff;
use crate::actions::collect_sample::{CollectRequest, collect_sample};
use crate::actions::label_sample::{LabelRequest, Labelled, label_sample};
use crate::actions::move_samples::{TubesRequest, receive_samples, send_samples};
use crate::actions::scan::scan;
use crate::app::App;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::verdict::{ScanRequest, Scanned};
use crate::words::Words;

/// Somebody comes to the booth at this instant.
pub(super) async fn sampled(life: &mut Life, app: &App, person: usize, at: Timestamp) -> Result<(), Failure> {
    let label = taken(life, app, person, at).await?;
    moved(life, app, label, at).await
}

/// Scanned in the chair, labelled, taken, the tube scanned back.
async fn taken(life: &mut Life, app: &App, person: usize, at: Timestamp) -> Result<String, Failure> {
    let port = life.flight.id.port.clone();
    let sampler = staff::of(Role::Sampler, &port);
    let request = ScanRequest {
        scan_id: app.rng.id(at).to_string(),
        station: format!("T3D-B{:02}", life.rng.random_range(1..=26)),
        pass: Some(life.held[person].1.clone()),
        mrz: Some(life.party.people[person].mrz.clone()),
        ..ScanRequest::default()
    };
    let seen: Scanned = Clock::at(at, scan(app, &sampler, &port, &request, "en", None)).await?.read()?;
    let scan_id = seen.scan_id.to_string();
    let consent = app.house.port(&port).and_then(|p| app.house.in_force(p)?.pack.consent.clone());
    let consent = consent.map(|consent| consent.version).unwrap_or_default();
    let request = LabelRequest { scan_id: scan_id.clone(), consent };
    let labelled: Labelled =
        Clock::at(at + mins(1), label_sample(app, &sampler, &port, &request, None)).await?.read()?;
    let specimen = Some(Specimen::Nasopharyngeal.name().to_owned());
    let request = CollectRequest { scan_id, specimen };
    Clock::at(at + mins(3), collect_sample(app, &sampler, &port, &labelled.label, &request, None)).await?;
    Ok(labelled.label)
}

/// Sent and received, as far as the day has come.
async fn moved(life: &Life, app: &App, label: String, at: Timestamp) -> Result<(), Failure> {
    let port = &life.flight.id.port;
    let (sampler, technician) = (staff::of(Role::Sampler, port), staff::of(Role::Technician, port));
    let words = Words::of("en");
    let hour = at.to_string().get(11..13).unwrap_or_default().to_owned();
    let mut tubes = TubesRequest { labels: vec![label], parcel: Some(format!("Box {hour}")) };
    if at + mins(20) > life.now {
        return Ok(());
    }
    Clock::at(at + mins(20), send_samples(app, &sampler, port, (&tubes, words), None)).await?;
    tubes.parcel = None;
    if at + mins(35) > life.now {
        return Ok(());
    }
    Clock::at(at + mins(35), receive_samples(app, &technician, port, (&tubes, words), None)).await.map(drop)
}
