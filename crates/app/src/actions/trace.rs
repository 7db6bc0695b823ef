//! The department that traces sees who was near a case, and ties those whom it takes for contacts: one by one, or all. The rules
//! find; a named person ties (product.md, rule 5).

use jiff::Timestamp;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command, ContactOf, DeskCommand, Journey, Obligation, ObligationKind};
use pratique_core::port::Port;
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::look::look;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::case::{self, Case, Person};
use crate::lookups::{self, obligation};
use crate::once::{self, Once, Reply, Sealer};

/// The purpose that the log names for this look.
const WHY: &str = "trace";
/// The rule of who had no seat on record, and was asked.
const ASKED: &str = "asked";

/// Somebody who was near a case, or could have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Near {
    /// Their journey.
    pub journey: Id,
    /// Why they count: `same-party`, `seat`, `crew`; none for who has no seat on record, and is to be asked.
    pub rule: Option<String>,
    /// Rows between the two.
    pub rows: Option<u32>,
    /// Their seat.
    pub seat: Option<String>,
    /// Tied to this case.
    pub tied: bool,
    /// The obligation to reach them, while it is open.
    pub obligation: Option<String>,
    /// By when.
    pub due: Option<Timestamp>,
    /// Their name: of who is to be reached alone.
    pub name: Option<String>,
    /// Their telephone number, likewise.
    pub phone: Option<String>,
    /// Their address, likewise.
    pub address: Option<String>,
}

/// A case with those who were near.
#[derive(Debug)]
pub struct Seen {
    /// The case.
    pub case: Case,
    /// Contacts by the rules, and who is tied already; the strongest evidence first.
    pub contacts: Vec<Near>,
    /// Who has no seat on record.
    pub unknown: Vec<Near>,
}

/// Who was near a case. Everybody on board is looked at, which is on record before anything is shown.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`]; the store's.
pub async fn near(app: &App, who: &Caller, port: &Port, case: Id) -> Result<Seen, Failure> {
    let own = case::tracer(who, port)?.code.clone();
    let case = case::one(app, &port.code, case).await?;
    let aboard = case::aboard(app, &case).await?;
    let ids: Vec<Id> = aboard.iter().map(|(id, _)| *id).collect();
    look(app, who, &ids, WHY).await?;
    let people = case::people(app, &case, aboard).await?;
    let traced = case::traced(app, port, case.id, &people);
    let find = |id: Id| people.iter().find(|p| p.id == id);
    let mut contacts: Vec<Near> = traced
        .contacts
        .iter()
        .filter_map(|c| Some(line(find(c.journey)?, &own, case.id, Some(c.rule.name()), c.rule.rows())))
        .collect();
    let mut unknown: Vec<Near> =
        traced.unknown.iter().filter_map(|id| Some(line(find(*id)?, &own, case.id, None, None))).collect();
    // Who was asked and tied is a contact like the others.
    contacts.extend(unknown.extract_if(.., |near| near.tied));
    Ok(Seen { case, contacts, unknown })
}

fn line(person: &Person, own: &str, case: Id, rule: Option<&str>, rows: Option<u32>) -> Near {
    let tie = person.journey.contact_of.iter().position(|c| c.case == case);
    let owed = tie.and_then(|at| reach(&person.journey, at, own));
    let known = person.dossier.as_ref().filter(|_| owed.is_some()).map(|d| &d.content);
    let tied = tie.and_then(|at| person.journey.contact_of.get(at));
    Near {
        journey: person.id,
        rule: tied.map(|t| t.rule.clone()).or(rule.map(str::to_owned)),
        rows: tied.map_or(rows, |t| t.rows),
        seat: person.seat().map(str::to_owned),
        tied: tie.is_some(),
        obligation: owed.map(|o| obligation::name(person.id, o.number)),
        due: owed.map(|o| o.due),
        name: known.map(|c| c.traveller.name.line()),
        phone: known.and_then(|c| c.contact.phone.clone()),
        address: known.and_then(|c| c.contact.address.clone()),
    }
}

/// The open obligation to reach this contact, if it is this department's.
fn reach<'a>(journey: &'a Journey, at: usize, own: &str) -> Option<&'a Obligation> {
    let about = u32::try_from(at + 1).ok();
    let mine = |o: &&Obligation| o.department.as_deref().is_none_or(|d| d == own);
    journey.open().filter(mine).find(|o| o.kind == ObligationKind::ReachContact && o.about == about)
}

/// Whom the department takes for contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TieRequest {
    /// Their journeys. Who has no seat on record is tied by having been asked.
    pub contacts: Vec<String>,
    /// All whom the rules found.
    pub all: bool,
}

/// What tying answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tied {
    /// The case.
    pub case: Id,
    /// The contacts tied by this request, who are to be reached.
    pub contacts: Vec<Id>,
}

/// Ties contacts to a case: each is to be reached, and a journey that was closed is open again.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] for who was not on board.
pub async fn tie(
    app: &App,
    who: &Caller,
    port: &Port,
    case: Id,
    request: &TieRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    if let Some(first) = once::answered(app, once).await? {
        return Ok(first);
    }
    let own = case::tracer(who, port)?.code.clone();
    let seen = near(app, who, port, case).await?;
    let chosen = chosen(&seen, request)?;
    let (chosen, own) = (&chosen, own.as_str());
    app.settle(once, || async move {
        let now = app.now();
        let mut change = Change { label: "trace", ..Change::default() };
        for near in chosen {
            let contact = ContactOf {
                case,
                rule: near.rule.clone().unwrap_or_else(|| ASKED.to_owned()),
                rows: near.rows,
                by: who.name(),
                at: now,
            };
            let command = DeskCommand::TieToCase { contact, tracing: Some(own.to_owned()) };
            let command = Command::Desk { command, by: who.name(), deadlines: port.deadlines };
            let loaded = lookups::journey::load(app, near.journey).await?;
            let events = journey::decide(Some(loaded.existing()?), &command, now)?;
            if !events.is_empty() {
                follow(&mut change, &loaded, &events, now)?;
            }
            change.audit.push(audit(who, "trace", Some(near.journey), &format!("{{\"case\":\"{case}\"}}"), now));
        }
        let reply = Reply::new(200, &Tied { case, contacts: chosen.iter().map(|near| near.journey).collect() })?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
        if chosen.is_empty() {
            change.audit.push(audit(who, "trace", Some(case), "{}", now));
        }
        Ok(Prepared { change, reply })
    })
    .await
}

/// Those whom the request names, or all by the rules, who are not tied yet.
fn chosen(seen: &Seen, request: &TieRequest) -> Result<Vec<Near>, Failure> {
    if request.contacts.is_empty() && !request.all {
        return Err(Failure::field("/contacts", "required"));
    }
    let mut chosen: Vec<Near> = Vec::new();
    if request.all {
        chosen.extend(seen.contacts.iter().filter(|near| !near.tied).cloned());
    }
    let mut faults = Vec::new();
    for (at, id) in request.contacts.iter().enumerate() {
        let found = seen.contacts.iter().chain(&seen.unknown).find(|near| near.journey.to_string() == *id);
        match found {
            None => faults.push(FieldError::new(format!("/contacts/{at}"), "not-on-board")),
            Some(near) if near.tied || chosen.iter().any(|c| c.journey == near.journey) => {}
            Some(near) => chosen.push(near.clone()),
        }
    }
    if faults.is_empty() { Ok(chosen) } else { Err(Failure::Invalid(faults)) }
}
