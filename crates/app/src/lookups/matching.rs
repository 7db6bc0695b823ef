//! Who on a manifest a declaration is: by the same document (number and issuing state) without opening anybody, by a person's
//! word, and what a person should look at.
//!
//! All of it is asked at the time of looking. A declaration costs nothing more for there being a manifest, and it does not
//! matter which came first.

use pratique_core::id::Id;
use pratique_core::identity::matching::{self, Identity, Match, Verdict};
use pratique_core::identity::{BirthDate, Traveller};
use pratique_core::journey::Pass;

use super::journey::{self as journeys, Loaded};
use super::manifest::{SAME_BIRTHDAY_MAX, entry, ids, line, record};
use super::{before, elsewhere};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;
use crate::manifest::{Line, Record};

/// Two records that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The declaration.
    pub journey: Id,
    /// The person of the manifest.
    pub listed: Id,
    /// How like they are, and why.
    pub found: Match,
}

/// The declaration of somebody on a manifest: as a person said, else by the same document.
///
/// # Errors
/// The store's.
pub(super) async fn declared(app: &App, (id, line): (Id, &Line)) -> Result<Option<Id>, Failure> {
    if let Some(journey) = line.tie.as_ref().and_then(|tie| tie.journey)
        && journeys::load(app, journey)
            .await?
            .journey
            .is_some_and(|j| journeys::is_living(&j) && j.flight == line.flight)
    {
        return Ok(Some(journey));
    }
    for arrival in &line.arrivals {
        match elsewhere::naming(app, arrival).await?.as_slice() {
            [] => {}
            [one] => return Ok(Some(*one)),
            several => return of_several(app, (id, line), several).await,
        }
    }
    Ok(None)
}

/// Of several declarations that name a line's document the one that has its birth date, else one that an officer has seen, else
/// the first: so nobody counts twice, and nobody is lost.
async fn of_several(app: &App, (id, line): (Id, &Line), several: &[Id]) -> Result<Option<Id>, Failure> {
    if let Some(own) = of_birth_date(app, (id, line)).await? {
        return Ok(Some(own));
    }
    let mut all = journeys::loaded(app, several).await?;
    all.sort_by_key(|one| {
        one.journey.as_ref().map(|j| (elsewhere::is_void(j), !matches!(j.pass, Pass::Presented { .. })))
    });
    Ok(all.first().map(|first| first.id))
}

/// The declaration that has a line's document and its birth date.
async fn of_birth_date(app: &App, (id, line): (Id, &Line)) -> Result<Option<Id>, Failure> {
    let Some(listed) = entry(app, id).await? else { return Ok(None) };
    let Some(born) = listed.birth_date.map(|born| born.to_string()) else { return Ok(None) };
    for (number, issuer) in listed.papers() {
        let claim = ledger::arrival_claim(&app.indexes.entrant(&number, &issuer, &born, &line.flight));
        if let Some(held) = app.store.claim(&claim).await? {
            return Ok(Some(held.holder));
        }
    }
    Ok(None)
}

/// People of the manifest who may be this declaration's, under another number: of the same birthday, or of one with day and
/// month exchanged, or with the same number under another state.
///
/// # Errors
/// The store's.
pub(super) async fn candidates(app: &App, record: &Record, journey: Id) -> Result<Vec<Candidate>, Failure> {
    let traveller = match journeys::dossier(app, journey).await {
        Err(Failure::Sealed(_)) => return Ok(Vec::new()),
        other => other?.content.traveller,
    };
    let mut near = Vec::new();
    for date in birthdays(traveller.birth_date) {
        let index = app.indexes.birth(&date, &record.flight);
        near.extend(
            ids(app, &ledger::listed_by_birth(&record.flight, record.edition, &index), SAME_BIRTHDAY_MAX).await?,
        );
    }
    if let Some(document) = &traveller.document {
        let index = app.indexes.document(&document.number);
        near.extend(
            ids(app, &ledger::listed_by_document(&record.flight, record.edition, &index), SAME_BIRTHDAY_MAX).await?,
        );
    }
    near.sort();
    near.dedup();
    let own = identity(&traveller);
    let mut found = Vec::new();
    for id in near {
        let (line, _) = line(app, id).await?;
        let is_refused = line.refused.iter().any(|mark| mark.journey == Some(journey));
        if is_refused || declared(app, (id, &line)).await?.is_some() {
            continue;
        }
        let Some(listed) = entry(app, id).await? else { continue };
        let like = matching::compare(&own, &listed.identity());
        if like.verdict != Verdict::Different {
            found.push(Candidate { journey, listed: id, found: like });
        }
    }
    found.sort_by(|a, b| b.found.score.total_cmp(&a.found.score));
    Ok(found)
}

/// The birthday, and the one with day and month exchanged.
fn birthdays(born: BirthDate) -> Vec<String> {
    let mut dates = vec![born.to_string()];
    if let Some(day) = born.full()
        && day.day() <= 12
        && day.day() != day.month()
    {
        dates.push(format!("{:04}-{:02}-{:02}", day.year(), day.day(), day.month()));
    }
    dates
}

fn identity(traveller: &Traveller) -> Identity {
    Identity {
        name: traveller.name.clone(),
        birth_date: Some(traveller.birth_date),
        nationality: Some(traveller.nationality.clone()),
        sex: Some(traveller.sex),
        documents: traveller.document.iter().map(|d| (d.number.clone(), Some(d.issuer.clone()))).collect(),
        flight: None,
        seat: None,
    }
}

/// How a scanned journey stands to its flight's manifest: `matched`, `review`, `absent`, or `unknown` where there is no manifest
/// or the person was erased (contract.md, `POST /checkpoint/scans`). Of several that name one document, and none was read
/// (`contested`), the one whose line it is not is `review`.
///
/// # Errors
/// The store's.
pub async fn standing(app: &App, journey: Option<&Loaded>, contested: bool) -> Result<&'static str, Failure> {
    let Some((id, flight)) = journey.and_then(|l| Some((l.id, &l.journey.as_ref()?.flight))) else {
        return Ok("unknown");
    };
    let Some((record, _)) = record(app, flight).await? else { return Ok("unknown") };
    for listed in ids(app, &ledger::tied(id), SAME_BIRTHDAY_MAX).await? {
        let (line, _) = line(app, listed).await?;
        if line.edition == record.edition && line.tie.is_some_and(|tie| tie.journey == Some(id)) {
            return Ok("matched");
        }
    }
    let traveller = match journeys::dossier(app, id).await {
        Err(Failure::Sealed(_)) => return Ok("unknown"),
        other => other?.content.traveller,
    };
    if let (Some(document), Some(own)) = (&traveller.document, before::arrival(app, &traveller, flight)) {
        let index = app.indexes.document(&document.number);
        for listed in ids(app, &ledger::listed_by_document(flight, record.edition, &index), SAME_BIRTHDAY_MAX).await? {
            let (line, _) = line(app, listed).await?;
            if line.arrivals.contains(&own) {
                let is_theirs = !contested || declared(app, (listed, &line)).await? == Some(id);
                return Ok(if is_theirs { "matched" } else { "review" });
            }
        }
    }
    Ok(if candidates(app, &record, id).await?.is_empty() { "absent" } else { "review" })
}
