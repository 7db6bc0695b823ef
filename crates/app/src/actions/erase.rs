//! A person goes (security.md 2.6): their key is destroyed, and with it every sealed body that names them, wherever a copy of it
//! lies; the blind indexes by which they could be found are deleted; an airline's entries and begun drafts of theirs go with them.
//! What stays, the journey's events, the counts and the log, names nobody.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::{self, Command, Event, Journey};
use pratique_core::retention::{self, Purpose};
use pratique_store::{Change, Cursor, Entry, Order, RowGone};
use serde::{Deserialize, Serialize};

use super::draft;
use super::forget_manifest::{Known, cover_line};
use super::person::named;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::lookups::journey::Loaded;
use crate::once::Reply;

/// How many people were erased, by what their data were kept for.
pub const ERASED: &str = "pratique_erased_total";
/// Entries of one document are walked so many at a time.
const PAGE: u32 = 500;

/// Why somebody is erased. A code and no words: it stays in the log when the person does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The time that the notice promises is over.
    Time,
    /// The person asked for it.
    Request,
    /// A court or an authority ordered it.
    Order,
    /// It should never have been kept.
    Mistake,
}

impl Ground {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Ground::Time => "time",
            Ground::Request => "request",
            Ground::Order => "order",
            Ground::Mistake => "mistake",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The journey, which names nobody from now on.
    pub journey: Id,
    /// What the data were kept for.
    pub purpose: Purpose,
    /// Entries of airlines' lists that went with them.
    pub listed: usize,
}

/// Erases a person.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::NotFound`]; `Refused(StillOwed)` and `Refused(KeptUntil)`; the store's.
pub async fn erase(app: &App, who: &Caller, id: Id, ground: Ground) -> Result<Erased, Failure> {
    let reply = app.settle(None, || prepare(app, who, id, ground)).await?;
    let erased: Erased = reply.read()?;
    metrics::counter!(ERASED, "purpose" => erased.purpose.name(), "ground" => ground.name()).increment(1);
    Ok(erased)
}

async fn prepare(app: &App, who: &Caller, id: Id, ground: Ground) -> Result<Prepared, Failure> {
    let now = app.now();
    let loaded = lookups::journey::load(app, id).await?;
    let journey = loaded.existing()?.clone();
    who.may(Act::Erase, &journey.port)?;
    let purpose = retention::purpose(&journey);
    let kept_until = kept_until(app, &journey, ground)?;
    let events = journey::decide(Some(&journey), &Command::Erase { by: who.name(), kept_until }, now)?;
    let mut change = Change { label: "erase", ..Change::default() };
    let mut listed = 0;
    if events.iter().any(|event| matches!(event, Event::Erased { .. })) {
        follow(&mut change, &loaded, &events, now)?;
        listed = cover(app, &mut change, &loaded, &journey, now).await?;
    }
    let detail = format!("{{\"purpose\":\"{}\",\"ground\":\"{}\"}}", purpose.name(), ground.name());
    change.audit.push(audit(who, "erase", Some(id), &detail, now));
    Ok(Prepared { change, reply: Reply::new(200, &Erased { journey: id, purpose, listed })? })
}

/// Until when it may not be: by itself only when the whole time is over, otherwise as soon as the law lets it go.
fn kept_until(app: &App, journey: &Journey, ground: Ground) -> Result<Timestamp, Failure> {
    let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
    let term = port.retention.term(retention::purpose(journey));
    let days = if ground == Ground::Time { term.days } else { term.law_days };
    Ok(retention::after(journey, days))
}

/// Everything that names the person, or by which they could be found.
async fn cover(
    app: &App,
    change: &mut Change,
    loaded: &Loaded,
    journey: &Journey,
    now: Timestamp,
) -> Result<usize, Failure> {
    let id = loaded.id;
    change.shred.push(id);
    let owners = [id, ledger::notes_of(id), ledger::findings_of(id), ledger::inquiries_of(id)];
    change.bodies_gone.extend(owners);
    passes(app, change, id).await?;
    drafts(app, change, id).await?;
    // Whom somebody restored without the keys' file nobody can look up any more; their key is gone all the same.
    let said = match lookups::journey::dossiers(app, id).await {
        Err(Failure::Sealed(_)) => Vec::new(),
        other => other?,
    };
    let mut people: Vec<&Traveller> = Vec::new();
    for Dossier { content, code, .. } in &said {
        if let Ok(code) = code.parse() {
            release(change, ledger::code_claim(&app.indexes.code(&code)));
        }
        if !people.contains(&&content.traveller) {
            people.push(&content.traveller);
        }
    }
    for traveller in &people {
        documents(app, change, (id, &journey.flight), traveller).await?;
    }
    let count = lines(app, change, (id, &journey.flight), &people, now).await?;
    // Written apart from here (`erased`), so that no backup of before brings them back.
    let gone =
        change.shred.iter().map(|id| Entry { list: ledger::ERASED.to_owned(), sort: now.as_millisecond(), id: *id });
    change.put.extend(gone);
    Ok(count)
}

/// Erases all of these again whom a backup has brought back; answers how many there were, and why others could not be. One that
/// cannot be erased keeps no other.
pub async fn again_all(app: &App, people: impl IntoIterator<Item = Id>) -> (usize, Vec<Failure>) {
    let (mut done, mut failed) = (0, Vec::new());
    for person in people {
        match again(app, person).await {
            Ok(was_back) => done += usize::from(was_back),
            Err(failure) => failed.push(failure),
        }
    }
    (done, failed)
}

/// Erases again whom a backup of before has brought back, whatever it says of them; answers whether there was anything to do.
///
/// # Errors
/// The store's.
pub async fn again(app: &App, person: Id) -> Result<bool, Failure> {
    if app.store.person_key(person).await?.is_none() {
        return Ok(false);
    }
    app.settle(None, || async move {
        let (now, who) = (app.now(), Caller::System("restore"));
        let loaded = lookups::journey::load(app, person).await?;
        let mut change = Change { label: "erase", ..Change::default() };
        match &loaded.journey {
            Some(journey) => {
                let command = Command::Erase { by: who.name(), kept_until: Timestamp::MIN };
                // What was owed then was done since, or fell away with them: the key goes in any case.
                if let Ok(events) = journey::decide(Some(journey), &command, now) {
                    follow(&mut change, &loaded, &events, now)?;
                }
                cover(app, &mut change, &loaded, journey, now).await?;
            }
            // An airline's entry, or a draft.
            None => {
                change.shred.push(person);
                change.bodies_gone.push(person);
            }
        }
        let detail = "{\"ground\":\"erased-before\"}";
        change.audit.push(audit(&who, "erase", Some(person), detail, now));
        Ok(Prepared { change, reply: Reply::new(200, &true)? })
    })
    .await?;
    Ok(true)
}

fn release(change: &mut Change, key: Vec<u8>) {
    if !change.release.contains(&key) {
        change.release.push(key);
    }
}

/// The claims of every pass that was ever signed for them.
async fn passes(app: &App, change: &mut Change, id: Id) -> Result<(), Failure> {
    for row in app.store.events(id).await?.iter().filter(|row| row.kind == "pass_issued") {
        let Event::PassIssued { pass } = serde_json::from_str(&row.body)? else { continue };
        if let Some(cti) = ledger::padded_cti(&pass.cti) {
            release(change, ledger::cti_claim(&ledger::cti_of(cti)));
        }
    }
    Ok(())
}

/// Drafts that were begun from their declaration hold all of it.
async fn drafts(app: &App, change: &mut Change, id: Id) -> Result<(), Failure> {
    let list = ledger::drafts_of(id);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, PAGE, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    for row in app.store.rows(&ids).await?.into_iter().flatten().filter(|row| row.kind == ledger::DRAFT) {
        change.gone.push(RowGone { id: row.id, expected: row.version });
        change.shred.push(row.id);
        change.release.extend(draft::claim_of(&row.state));
    }
    change.remove.extend(listed.into_iter().map(|at| Entry { list: list.clone(), sort: at.sort, id: at.id }));
    Ok(())
}

/// The document's claim on the arrival, if it is still theirs, and their entries under its number.
async fn documents(
    app: &App,
    change: &mut Change,
    (id, flight): (Id, &FlightId),
    traveller: &Traveller,
) -> Result<(), Failure> {
    change.remove.extend(named(app, id, traveller, flight));
    if let Some(key) = lookups::before::claim(app, traveller, flight)
        && app.store.claim(&key).await?.is_some_and(|held| held.holder == id)
    {
        release(change, key);
    }
    let Some(document) = &traveller.document else { return Ok(()) };
    let list = ledger::document(&app.indexes.document(&document.number));
    let mut after: Option<Cursor> = None;
    loop {
        let page = app.store.entries(&list, i64::MIN..i64::MAX, after, PAGE, Order::Ascending).await?;
        let own = page.iter().filter(|entry| entry.id == id);
        change.remove.extend(own.map(|at| Entry { list: list.clone(), sort: at.sort, id }));
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(*last),
            _ => return Ok(()),
        }
    }
}

/// The airline's entries of them, in every edition of the flight's list.
async fn lines(
    app: &App,
    change: &mut Change,
    (id, flight): (Id, &FlightId),
    people: &[&Traveller],
    now: Timestamp,
) -> Result<usize, Failure> {
    let found = lookups::manifest::of_person(app, (id, flight), people.iter().copied()).await?;
    let count = found.len();
    for line in found {
        cover_line(app, change, line, Known::Declared(id), now).await?;
    }
    Ok(count)
}
