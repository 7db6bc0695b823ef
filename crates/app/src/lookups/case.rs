//! Cases of a port, and who on their flight counts as a contact: what the department that traces works from.

use pratique_core::access::{Act, Denied};
use pratique_core::department::{Department, Purpose};
use pratique_core::flight::manifest::Part;
use pratique_core::id::Id;
use pratique_core::journey::test::State as Tested;
use pratique_core::journey::{Class, Journey, Obligation, ObligationKind};
use pratique_core::port::Port;
use pratique_core::tracing::{Aboard, Traced, trace};
use pratique_store::{Cursor, Order};

use super::journey::{self, Loaded};
use super::{verdict, who_declared};
use crate::app::App;
use crate::caller::Caller;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::ledger;
use crate::manifest::Line;

/// People of one flight that are read at once.
const AT_ONCE: u32 = 500;

/// Does this department find contacts?
#[must_use]
pub fn is_for(department: &Department) -> bool {
    department.purpose == Purpose::Tracing
}

/// The caller's department, if it traces at this port.
///
/// # Errors
/// [`Denied`].
pub fn tracer<'a>(who: &Caller, port: &'a Port) -> Result<&'a Department, Denied> {
    who.may(Act::Trace, &port.code)?;
    let own = port.department(who.department()?);
    own.filter(|department| is_for(department)).ok_or(Denied::Organisation)
}

/// A case without the person.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its journey's id.
    pub id: Id,
    /// Its journey.
    pub journey: Journey,
}

impl Case {
    /// What is owed on it: that its contacts are found.
    #[must_use]
    pub fn owed(&self) -> Option<&Obligation> {
        self.journey.open().find(|o| o.kind == ObligationKind::TraceContacts)
    }

    /// When its newest positive result was released.
    #[must_use]
    pub fn since(&self) -> Option<jiff::Timestamp> {
        let released = |sample: &pratique_core::journey::Sample| match sample.tests.last()?.state {
            Tested::Released { at, .. } => Some(at),
            _ => None,
        };
        self.journey.samples.iter().filter_map(released).max()
    }
}

/// Cases of a port, newest first.
///
/// # Errors
/// The store's.
pub async fn listed(
    app: &App,
    port: &str,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Case>, Option<Cursor>), Failure> {
    let list = ledger::cases(port);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, after, limit, Order::Descending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let mut cases: Vec<Case> = Vec::new();
    for row in app.store.rows(&ids).await?.into_iter().flatten() {
        // Two samples of one person are one case.
        if cases.iter().all(|case| case.id != row.id) {
            cases.push(Case { id: row.id, journey: serde_json::from_str(&row.state)? });
        }
    }
    let next = if listed.len() == limit as usize { listed.last().copied() } else { None };
    Ok((cases, next))
}

/// One case of a port: somebody whose contacts are, or were, to be found.
///
/// # Errors
/// [`Failure::NotFound`], also for who is no case.
pub async fn one(app: &App, port: &str, id: Id) -> Result<Case, Failure> {
    let journey = journey::load(app, id).await?.journey.filter(|j| j.port == port).ok_or(Failure::NotFound)?;
    let traced = journey.obligations.iter().any(|o| o.kind == ObligationKind::TraceContacts);
    traced.then_some(Case { id, journey }).ok_or(Failure::NotFound)
}

/// Who declared for the case's flight and was not replaced or withdrawn, the case among them.
///
/// # Errors
/// The store's.
pub async fn aboard(app: &App, case: &Case) -> Result<Vec<(Id, Journey)>, Failure> {
    let list = ledger::journeys_of(&case.journey.flight);
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let listed = app.store.entries(&list, i64::MIN..i64::MAX, after, AT_ONCE, Order::Ascending).await?;
        let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
        for row in app.store.rows(&ids).await?.into_iter().flatten() {
            let journey: Journey = serde_json::from_str(&row.state)?;
            let loaded = Loaded { id: row.id, version: row.version, journey: Some(journey) };
            // Whoever changed to another flight is that one's.
            let here = |j: &Journey| journey::is_living(j) && j.flight == case.journey.flight;
            all.extend(loaded.journey.filter(here).map(|journey| (loaded.id, journey)));
        }
        after = listed.last().copied();
        if listed.len() < AT_ONCE as usize {
            return Ok(all);
        }
    }
}

/// Somebody on board, with their dossier.
#[derive(Debug)]
pub struct Person {
    /// Their journey's id.
    pub id: Id,
    /// Their journey.
    pub journey: Journey,
    /// What is known of them; nothing, where they were erased.
    pub dossier: Option<Dossier>,
    /// Their line of the manifest, where there is one.
    pub listed: Option<Line>,
}

impl Person {
    /// The seat, where it is known: as they said, else as the airline did.
    #[must_use]
    pub fn seat(&self) -> Option<&str> {
        let said = self.dossier.as_ref().and_then(|dossier| dossier.content.trip.seat.as_deref());
        said.or_else(|| self.listed.as_ref()?.seat.as_deref())
    }

    fn class(&self) -> Class {
        match &self.listed {
            Some(line) if line.role == Part::Crew => Class::Crew,
            _ => self.journey.class,
        }
    }
}

/// Opens the dossiers. It must be on record that somebody looks at all of them (`actions::look`).
///
/// # Errors
/// The store's.
pub async fn people(app: &App, case: &Case, aboard: Vec<(Id, Journey)>) -> Result<Vec<Person>, Failure> {
    let mut people = Vec::new();
    let mut places = who_declared::places(app, &case.journey.flight).await?;
    for (id, journey) in aboard {
        let dossier = verdict::person(app, id).await?;
        people.push(Person { id, journey, dossier, listed: places.remove(&id) });
    }
    Ok(people)
}

/// What the rules find, within the rows of the port's pack.
#[must_use]
pub fn traced(app: &App, port: &Port, case: Id, people: &[Person]) -> Traced {
    let place = |person: &Person| Aboard {
        journey: person.id,
        party: person.journey.party.unwrap_or(person.id),
        seat: person.seat().map(str::to_owned),
        class: person.class(),
    };
    let aboard: Vec<Aboard> = people.iter().map(place).collect();
    let rows = app.house.in_force(port).map_or(0, |in_force| in_force.pack.contact_rows);
    aboard.iter().find(|a| a.journey == case).map(|own| trace(own, &aboard, rows)).unwrap_or_default()
}
