//! A verdict shown again: what a scan found, with the journey as it stands now. Pages show a scan after a redirect, so that
//! going back or reloading never scans twice.

use pratique_core::flight::Flight;
use pratique_core::id::Id;
use pratique_core::journey::Journey;

use super::scan::rule_reasons;
use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::verdict::{ReasonAnswer, ScanRecord};
use crate::words::Words;

/// A scan with all that its page shows.
#[derive(Debug)]
pub struct Reopened {
    /// What was found.
    pub record: ScanRecord,
    /// Every reason, weightiest first.
    pub reasons: Vec<ReasonAnswer>,
    /// The journey as it stands now.
    pub journey: Option<Journey>,
    /// Its flight, if the schedule has it.
    pub flight: Option<Flight>,
}

/// Opens a scan of this port; reasons come in the officer's language.
///
/// # Errors
/// [`Failure::NotFound`], also for another port's.
pub async fn reopen(app: &App, port: &str, scan: Id, language: &str) -> Result<Reopened, Failure> {
    let found = super::scan::read(app, scan).await?.map(|(record, _)| record);
    let record = found.filter(|record| record.port == port).ok_or(Failure::NotFound)?;
    let journey = match record.journey {
        Some(id) => super::journey::load(app, id).await?.journey,
        None => None,
    };
    let flight = match &journey {
        Some(journey) => super::flight::read(app, &journey.flight).await?.map(|(flight, _)| flight),
        None => None,
    };
    let reasons = reasons(app, &record, journey.as_ref(), language);
    Ok(Reopened { record, reasons, journey, flight })
}

fn reasons(app: &App, record: &ScanRecord, journey: Option<&Journey>, language: &str) -> Vec<ReasonAnswer> {
    let words = Words::of(language);
    // The tier speaks through its rules.
    let notices = record.notices.iter().filter(|n| n.code != "tier");
    let mut reasons: Vec<ReasonAnswer> = notices
        .map(|n| ReasonAnswer {
            kind: "notice".to_owned(),
            code: n.code.clone(),
            advice: n.advice,
            text: words.t(&format!("notice-{}", n.code)),
        })
        .collect();
    reasons.extend(journey.map(|j| rule_reasons(app, j, language)).unwrap_or_default());
    reasons.sort_by_key(|r| std::cmp::Reverse(r.advice));
    reasons
}

/// The person behind a journey; nobody, where they were erased. It must be on record that somebody looks (`actions::look`).
///
/// # Errors
/// The store's.
pub async fn person(app: &App, journey: Id) -> Result<Option<Dossier>, Failure> {
    match super::journey::dossier(app, journey).await {
        Ok(dossier) => Ok(Some(dossier)),
        Err(Failure::Sealed(_) | Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
