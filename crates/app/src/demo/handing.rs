//! What the desk of the demo hands over to departments, and what these do with it: some of it waits, some was taken, some was
//! declined and offered again, some is answered.

use jiff::Timestamp;
use rand::RngExt;

use super::life::{Life, mins};
use super::staff;
use crate::actions::accept_handover::accept;
use crate::actions::answer_handover::{ReportRequest, answer};
use crate::actions::decline_handover::{DeclineRequest, decline};
use crate::actions::hand_over::{HandOverRequest, hand_over};
use crate::actions::handed::Handed;
use crate::app::App;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::lookups::obligation;

/// Minutes until a department looks into its inbox.
const LOOKS_MIN: i64 = 14;
/// Minutes after which somebody of an earlier flight may be reported on.
const REPORTS_MIN: i64 = 180;

/// Hands over whoever was sent somewhere, at this instant.
pub(super) async fn over(life: &mut Life, app: &App, owed: &str, outcome: &str, at: Timestamp) -> Result<(), Failure> {
    let (to, note) = match outcome {
        "hospital" => ("hospital", "Fever for two days; walks by themself"),
        "central-isolation" => ("on-site-quarantine", "No symptoms; a window would be kind"),
        "home-observation" => ("joint-prevention", "Goes home by car, alone"),
        _ => return Ok(()),
    };
    if at > life.now {
        return Ok(());
    }
    let (journey, _) = obligation::parse_name(owed)?;
    let request = HandOverRequest { journey: journey.to_string(), to: to.to_owned(), note: Some(note.to_owned()) };
    let medical = staff::medical(&life.flight.id.port);
    let given: Handed = Clock::at(at, hand_over(app, &medical, &request, None)).await?.read()?;
    let looked = at + mins(LOOKS_MIN);
    let Some(department) = staff::department(to, &life.flight.id.port).filter(|_| looked <= life.now) else {
        return Ok(());
    };
    match life.rng.random_range(0..6) {
        // Nobody has looked yet: overdue, sooner or later.
        0 => Ok(()),
        1 => {
            let reason = DeclineRequest { reason: Some("No bed free before tomorrow".to_owned()) };
            Clock::at(looked, decline(app, &department, &given.id, &reason, None)).await.map(drop)
        }
        _ => {
            Clock::at(looked, accept(app, &department, &given.id, None)).await?;
            reported(life, app, &given.id, to, at + mins(REPORTS_MIN)).await
        }
    }
}

async fn reported(life: &mut Life, app: &App, id: &str, to: &str, at: Timestamp) -> Result<(), Failure> {
    let report = match to {
        "hospital" => "discharged",
        _ => "passed-on",
    };
    let department = staff::department(to, &life.flight.id.port);
    let Some(department) = department.filter(|_| at <= life.now && life.rng.random_ratio(1, 2)) else { return Ok(()) };
    let request = ReportRequest { report: report.to_owned(), note: Some("Nothing serious".to_owned()) };
    Clock::at(at, answer(app, &department, id, &request, None)).await.map(drop)
}
