//! What a decision on a scan stands on: the scan, its journey as it is now, and the other journeys of the same document.

use jiff::{SignedDuration, Timestamp};
use pratique_core::id::Id;
use pratique_core::journey::checkpoint::DecisionInput;
use pratique_core::journey::{self, Command, Decision, DocumentCheck, Refusal, ScanFacts};
use pratique_core::port::Port;

use super::elsewhere::{self, Against, Named};
use super::journey::Loaded;
use crate::app::App;
use crate::failure::Failure;
use crate::verdict::ScanRecord;

/// A scan with the journey that it led to.
#[derive(Debug, Clone, Copy)]
pub struct Scanned<'a> {
    /// The scan.
    pub id: Id,
    /// What was found.
    pub record: &'a ScanRecord,
    /// The journey, as it was read.
    pub loaded: &'a Loaded,
}

impl Scanned<'_> {
    /// What other journeys of the same document say now.
    ///
    /// # Errors
    /// The store's.
    pub async fn against(&self, app: &App, port: &Port, now: Timestamp) -> Result<Against, Failure> {
        let documents: Vec<Named> = Named::of(app, self.loaded.id).await?.into_iter().collect();
        let known = &self.record.elsewhere;
        let mut against = elsewhere::against(app, &port.code, Some(self.loaded), &documents, known, now).await?;
        if let Some(declared) = documents.first().filter(|_| self.record.document != DocumentCheck::Match) {
            against.contested = elsewhere::is_contested(app, self.loaded, declared).await?;
        }
        Ok(against)
    }

    /// The decision as the core takes it.
    #[must_use]
    pub fn input(
        &self,
        port: &Port,
        (decision, reasoned): (Decision, bool),
        against: &Against,
        by: &str,
        now: Timestamp,
    ) -> DecisionInput {
        let record = self.record;
        let due_min = match decision {
            Decision::Hold => port.deadlines.resolve_hold_min,
            Decision::Refer | Decision::Clear => port.deadlines.examine_min,
        };
        DecisionInput {
            scan: ScanFacts { scan: self.id, station: record.station.clone(), document: record.document },
            verdict: record.verdict,
            scanned_at: record.at,
            elsewhere: against.worst,
            contested: against.contested,
            stage: record.stage.clone(),
            stages: port.stages.clone(),
            decision,
            reasoned,
            by_itself: false,
            by: by.to_owned(),
            due: now + SignedDuration::from_mins(due_min),
        }
    }
}

/// What a clearance would need now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clearance {
    /// Nothing more.
    Free,
    /// A reason in words.
    WithReason,
    /// It is refused, whatever is typed.
    Refused(Refusal),
}

/// Tries a clearance without writing it, so that a page offers none that would be refused. The same core decides in the end.
///
/// # Errors
/// The store's.
pub async fn clearance(app: &App, port: &Port, scanned: Scanned<'_>, by: &str) -> Result<Clearance, Failure> {
    let now = app.now();
    let against = scanned.against(app, port, now).await?;
    let journey = scanned.loaded.existing()?;
    let tried = |reasoned| {
        let input = scanned.input(port, (Decision::Clear, reasoned), &against, by, now);
        journey::decide(Some(journey), &Command::Decide(input), now)
    };
    Ok(match (tried(false), tried(true)) {
        (Ok(_), _) => Clearance::Free,
        (Err(_), Ok(_)) => Clearance::WithReason,
        (_, Err(refusal)) => Clearance::Refused(refusal),
    })
}
