//! What somebody answered before their answers got better, unseen by anybody: for whoever asks which are true (journey.md 6.4,
//! duplicates). Both are kept, in an earlier version of the declaration or in one that it took the place of.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::{Event, Journey};
use serde_json::{Map, Value};

use super::elsewhere::{is_same_arrival, is_same_person};
use super::journey as journeys;
use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;

/// Answers as they were.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// When they were given.
    pub at: Timestamp,
    /// The form's version.
    pub questionnaire: String,
    /// The answers.
    pub answers: Map<String, Value>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Answers that differ from those of now, oldest first.
    pub answers: Vec<Earlier>,
    /// The other declarations that some of them stand in: whoever shows them looks at those too (`actions::look`).
    pub others: Vec<Id>,
}

/// The earlier answers of a journey's person, as long as it is a reason that they got better; else nothing.
///
/// # Errors
/// The store's.
pub async fn of(app: &App, id: Id, journey: &Journey) -> Result<Found, Failure> {
    let mut found = Found::default();
    if !journey.triage.standing().is_some_and(|standing| standing.input.says_changed()) {
        return Ok(found);
    }
    let mut own = said(app, id).await?;
    let Some((newest, now)) = own.pop() else { return Ok(found) };
    let people: Vec<&Traveller> = own.iter().map(|(_, d)| d).chain([&now]).map(|d| &d.content.traveller).collect();
    let mut elsewhere = Vec::new();
    for other in others(app, id, journey, &people).await? {
        let theirs = said(app, other).await?;
        let is_theirs = theirs.iter().any(|(_, d)| people.iter().any(|p| is_same_person(p, &d.content.traveller)));
        // One that took this one's place is no earlier one.
        let before: Vec<_> = theirs.into_iter().filter(|(at, _)| is_theirs && *at <= newest).collect();
        if before.iter().any(|(_, d)| d.content.answers != now.content.answers) {
            found.others.push(other);
            elsewhere.extend(before);
        }
    }
    let mut all = own;
    all.extend(elsewhere);
    all.sort_by_key(|(at, _)| *at);
    for (at, Dossier { content, .. }) in all {
        let is_told =
            content.answers == now.content.answers || found.answers.iter().any(|e| e.answers == content.answers);
        if !is_told {
            found.answers.push(Earlier { at, questionnaire: content.questionnaire, answers: content.answers });
        }
    }
    Ok(found)
}

/// Other declarations of the same documents for the same arrival.
async fn others(app: &App, id: Id, journey: &Journey, people: &[&Traveller]) -> Result<Vec<Id>, Failure> {
    let mut numbers: Vec<&str> = people.iter().filter_map(|p| p.document.as_ref()).map(|d| d.number.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut others = Vec::new();
    for number in numbers {
        journeys::each_of_document(app, number, |other| {
            let is_here = other.journey.as_ref().is_some_and(|j| is_same_arrival(&j.flight, &journey.flight));
            if is_here && other.id != id && !others.contains(&other.id) {
                others.push(other.id);
            }
        })
        .await?;
    }
    Ok(others)
}

/// Every version of a declaration, each with the time at which it was given; of an erased person nothing.
async fn said(app: &App, id: Id) -> Result<Vec<(Timestamp, Dossier)>, Failure> {
    let versions = match journeys::versions(app, id).await {
        Err(Failure::Sealed(_)) => return Ok(Vec::new()),
        other => other?,
    };
    let events = app.store.events(id).await?;
    let mut said = Vec::new();
    for (part, dossier) in versions {
        let Some(event) = events.iter().find(|event| event.seq == part) else { continue };
        let first = events.first().filter(|_| said.is_empty());
        let on_paper = match first.map(|first| serde_json::from_str(&first.body)).transpose()? {
            Some(Event::Declared { made_at, .. }) => made_at,
            _ => None,
        };
        let at = Timestamp::from_millisecond(event.at_ms).map_err(Failure::bug)?;
        said.push((on_paper.unwrap_or(at), dossier));
    }
    Ok(said)
}
