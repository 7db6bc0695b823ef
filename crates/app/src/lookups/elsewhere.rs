//! The other journeys of the same document: which of them speak against going on with this one. A number is looked up by its
//! blind index; two states may give the same number to two people, so that what would speak against somebody is first held
//! against the issuing state, as far as both are known.

use jiff::Timestamp;
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::elsewhere::{self, Elsewhere};
use pratique_core::journey::{Disposition, Journey, Triage};
use pratique_core::rules::Tier;
use pratique_store::Order;

use super::journey::{self as journeys, Loaded};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// Two arrivals so many days apart at most are the same journey told twice: a codeshare's number, the date of departure taken
/// for that of arrival, a later flight after a missed one.
const SAME_ARRIVAL_DAYS: i32 = 1;
/// So many declarations that name one document for one flight are looked at: two are too many, and more say nothing else.
const NAMING_MAX: u32 = 50;

/// A document by which to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number, in normal form.
    pub number: String,
    /// Who issued it, if that is known.
    pub state: Option<String>,
}

impl Named {
    /// The document that somebody declared.
    #[must_use]
    pub fn declared(traveller: &Traveller) -> Option<Self> {
        let document = traveller.document.as_ref()?;
        Some(Named { number: document.number.clone(), state: Some(document.issuer.clone()) })
    }

    /// The document of a journey's newest dossier; none for somebody without one, and for an erased person.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(app: &App, journey: Id) -> Result<Option<Self>, Failure> {
        match journeys::dossier(app, journey).await {
            Ok(dossier) => Ok(Named::declared(&dossier.content.traveller)),
            Err(Failure::Sealed(_) | Failure::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Can this be the document of that journey? One that has another number by now had this one before, and its state then is
    /// not known: the number alone speaks.
    async fn may_be(&self, app: &App, journey: Id) -> Result<bool, Failure> {
        let Some(state) = &self.state else { return Ok(true) };
        let other = Named::of(app, journey).await?;
        Ok(other.is_none_or(|o| o.number != self.number || o.state.is_none_or(|other| other == *state)))
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Against {
    /// The weightiest.
    pub worst: Option<Elsewhere>,
    /// The journeys that speak against it.
    pub speaking: Vec<Id>,
    /// Another declaration names this one's document with another birth date, and nobody has read the document's own.
    pub contested: bool,
    /// The journeys of the document that could begin to speak at any moment, as they were read: whoever decides guards them.
    pub watched: Vec<Loaded>,
}

/// Looks at the other journeys of these documents at this port, and at those that a scan found (`known`).
///
/// # Errors
/// The store's.
pub async fn against(
    app: &App,
    port: &str,
    here: Option<&Loaded>,
    documents: &[Named],
    known: &[Id],
    now: Timestamp,
) -> Result<Against, Failure> {
    let id = here.map(|l| l.id);
    let mut against = Against::default();
    for document in documents {
        let mut others = Vec::new();
        let is_shown = |j: &Journey| !matches!(j.triage, Triage::Unknown | Triage::Proposed(_));
        journeys::each_of_document(app, &document.number, |other| {
            // Of what was never shown at a station, an officer knows nothing.
            let concerns = |j: &Journey| j.port == port && is_shown(j);
            if Some(other.id) != id && other.journey.as_ref().is_some_and(concerns) {
                others.push(other);
            }
        })
        .await?;
        for other in others {
            weigh(app, &mut against, here, other, Some(document), now).await?;
        }
    }
    for known in known {
        let other = journeys::load(app, *known).await?;
        weigh(app, &mut against, here, other, None, now).await?;
    }
    Ok(against)
}

async fn weigh(
    app: &App,
    against: &mut Against,
    here: Option<&Loaded>,
    other: Loaded,
    document: Option<&Named>,
    now: Timestamp,
) -> Result<(), Failure> {
    let Some(journey) = &other.journey else { return Ok(()) };
    if against.watched.iter().any(|w| w.id == other.id) {
        return Ok(());
    }
    let found = elsewhere::elsewhere(here.and_then(|l| l.journey.as_ref()), journey, now);
    let is_theirs = match document {
        Some(document) if found.is_some() => document.may_be(app, other.id).await?,
        _ => true,
    };
    if let Some(found) = found.filter(|_| is_theirs) {
        against.worst = against.worst.max(Some(found));
        against.speaking.push(other.id);
    }
    if is_theirs && (found.is_some() || elsewhere::is_recent(journey, now)) {
        against.watched.push(other);
    }
    Ok(())
}

/// Does another living declaration name this document for the same flight? It then has another birth date, since there is one of
/// each person. One that the duty lead ended says nothing any more.
///
/// # Errors
/// The store's.
pub async fn is_contested(app: &App, here: &Loaded, declared: &Named) -> Result<bool, Failure> {
    let (Some(journey), Some(state)) = (&here.journey, &declared.state) else { return Ok(false) };
    let arrival = ledger::hex(&app.indexes.arrival(&declared.number, state, &journey.flight));
    let mut others = naming(app, &arrival).await?;
    others.retain(|other| *other != here.id);
    let others = journeys::loaded(app, &others).await?;
    Ok(others.iter().any(|other| other.journey.as_ref().is_some_and(|j| !is_void(j))))
}

/// The living declarations that name one document for one arrival, oldest first.
///
/// # Errors
/// The store's.
pub async fn naming(app: &App, arrival: &str) -> Result<Vec<Id>, Failure> {
    let listed = app.store.entries(&ledger::naming(arrival), 0..1, None, NAMING_MAX, Order::Ascending).await?;
    Ok(listed.iter().map(|entry| entry.id).collect())
}

/// Was it said to be no entry of its own?
#[must_use]
pub fn is_void(journey: &Journey) -> bool {
    journey.disposition == Some(Disposition::Void)
}

/// The weightiest tier that this person declared before for the same arrival and that nobody has seen, whether that declaration
/// was replaced or withdrawn, or lives on under another flight's number.
///
/// # Errors
/// The store's.
pub async fn unseen_before(
    app: &App,
    flight: &FlightId,
    traveller: &Traveller,
    except: Option<Id>,
) -> Result<Option<Tier>, Failure> {
    let Some(document) = Named::declared(traveller) else { return Ok(None) };
    let mut unseen = Vec::new();
    journeys::each_of_document(app, &document.number, |other| {
        if let Some(Journey { triage: Triage::Proposed(standing), flight: theirs, .. }) = &other.journey
            && Some(other.id) != except
            && standing.tier > Tier::Green
            && is_same_arrival(theirs, flight)
        {
            unseen.push((standing.tier, other.id));
        }
    })
    .await?;
    // The weightiest first: most often one dossier is opened, and mostly none.
    unseen.sort_by_key(|(tier, _)| std::cmp::Reverse(*tier));
    for (tier, id) in unseen {
        if was_ever(app, id, traveller).await? {
            return Ok(Some(tier));
        }
    }
    Ok(None)
}

/// Did that declaration, as it is or as it was before it was changed, name this document and birth date? What a stranger says under
/// a number that they know is not held against its holder; and whoever changes the birth date on the way shakes nothing off. An
/// erased person's speaks: nobody can say any more whose it was.
async fn was_ever(app: &App, journey: Id, traveller: &Traveller) -> Result<bool, Failure> {
    match journeys::dossiers(app, journey).await {
        Ok(said) => Ok(said.iter().any(|said| is_same_person(&said.content.traveller, traveller))),
        Err(Failure::Sealed(_)) => Ok(true),
        Err(other) => Err(other),
    }
}

/// Do both name the same document, by number and issuing state, and the same birth date?
#[must_use]
pub fn is_same_person(one: &Traveller, other: &Traveller) -> bool {
    Named::declared(one) == Named::declared(other) && one.birth_date == other.birth_date
}

/// Are these two the same journey, told twice perhaps?
#[must_use]
pub fn is_same_arrival(one: &FlightId, other: &FlightId) -> bool {
    let apart = one.date.since(other.date).map(|span| span.get_days().abs());
    one.port == other.port && apart.is_ok_and(|days| days <= SAME_ARRIVAL_DAYS)
}
