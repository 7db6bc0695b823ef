//! What is held about one person, for that person: all that was declared, all that was found and done, the airline's entry, until
//! when it is kept, and who looked. The one place that says what "everything" is; the page and the API show it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pratique_core::access::Grant;
use pratique_core::flight::manifest::Listed;
use pratique_core::id::Id;
use pratique_core::journey::{Event, ObligationKind};
use pratique_core::retention::{self, Purpose};
use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::Opened;
use super::findings::{self, Examination};
use super::inquiry::{self, Investigation};
use super::{journey, manifest, shared};
use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::ledger;

/// The newest records of the log that one person is shown; nobody's entry has so many.
const LOOKS_MAX: u32 = 1_000;

/// For what, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// For what.
    pub purpose: Purpose,
    /// Until when; `None` while something is owed for the person.
    pub until: Option<Timestamp>,
    /// From when on the law lets it go, if the person asks.
    pub may_go_from: Timestamp,
}

/// Somebody who looked, or did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// What: the action's name in the log.
    pub did: String,
    /// The purpose that they named, where they only looked.
    pub why: Option<String>,
    /// Where, if at a station.
    pub station: Option<String>,
}

/// Who it was: a role and an organisation, and never an officer's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The person themself.
    Own,
    /// The program, by itself or by whoever runs it.
    System,
    /// Somebody with this role; `None` if they are not known any more.
    Staff(Option<Grant>),
}

/// Everything.
#[derive(Debug)]
pub struct Held {
    /// For what and until when.
    pub kept: Kept,
    /// What was declared, oldest first.
    pub said: Vec<Dossier>,
    /// What happened with the entry.
    pub events: Vec<Event>,
    /// What the desk found.
    pub examinations: Vec<Examination>,
    /// What was answered to the desk.
    pub investigations: Vec<Investigation>,
    /// The person's own wishes, in their words, with when they were sent.
    pub asked: Vec<(Timestamp, String)>,
    /// How many times officers wrote words beside an act. They may name others, so they are read at the port.
    pub notes: usize,
    /// What the airline handed in.
    pub listed: Vec<Listed>,
    /// Who looked, newest first.
    pub looks: Vec<Look>,
}

/// Gathers it. It must be on record that the person looks (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn of(app: &App, opened: &Opened<'_>) -> Result<Held, Failure> {
    let id = opened.id;
    let rows = app.store.events(id).await?;
    let mut asked = Vec::new();
    let mut events = Vec::new();
    for row in &rows {
        let event: Event = serde_json::from_str(&row.body)?;
        if let Event::ObligationOpened { kind: ObligationKind::CorrectRecord, at, .. } = &event
            && let Some(words) = super::note::of_event(app, id, row.seq).await?
        {
            asked.push((*at, words));
        }
        events.push(event);
    }
    let said = journey::dossiers(app, id).await?;
    let notes = app.store.bodies(ledger::notes_of(id)).await?.len() - asked.len();
    Ok(Held {
        kept: kept(opened),
        listed: listed(app, opened, &said).await?,
        said,
        events,
        examinations: findings::all(app, id).await?,
        investigations: inquiry::all(app, id).await?,
        asked,
        notes,
        looks: looks(app, id).await?,
    })
}

fn kept(opened: &Opened<'_>) -> Kept {
    let journey = &opened.journey;
    let purpose = retention::purpose(journey);
    let term = opened.port.retention.term(purpose);
    Kept {
        purpose,
        until: retention::since(journey).map(|_| retention::after(journey, term.days)),
        may_go_from: retention::after(journey, term.law_days),
    }
}

async fn listed(app: &App, opened: &Opened<'_>, said: &[Dossier]) -> Result<Vec<Listed>, Failure> {
    let people = said.iter().map(|dossier| &dossier.content.traveller);
    let ids = manifest::of_person(app, (opened.id, &opened.journey.flight), people).await?;
    let mut listed = Vec::new();
    for id in ids {
        listed.extend(manifest::entry(app, id).await?);
    }
    Ok(listed)
}

#[derive(Deserialize)]
struct At {
    station: Option<String>,
}

async fn looks(app: &App, id: Id) -> Result<Vec<Look>, Failure> {
    let mut known: BTreeMap<String, Who> = BTreeMap::new();
    let mut looks = Vec::new();
    for link in app.store.audit_of(id, LOOKS_MAX).await? {
        let entry = link.entry;
        if !known.contains_key(&entry.actor) {
            known.insert(entry.actor.clone(), who(app, &entry.actor).await?);
        }
        let only_looked = entry.action == "look";
        let at: Option<At> = serde_json::from_str(&entry.detail).ok().filter(|_| !only_looked);
        looks.push(Look {
            at: Timestamp::from_millisecond(entry.at_ms).map_err(Failure::bug)?,
            who: known.get(&entry.actor).cloned().unwrap_or(Who::System),
            did: entry.action,
            why: only_looked.then_some(entry.detail),
            station: at.and_then(|at| at.station),
        });
    }
    Ok(looks)
}

#[derive(Deserialize)]
struct Granted {
    grant: Grant,
}

async fn who(app: &App, actor: &str) -> Result<Who, Failure> {
    if actor == "traveller" {
        return Ok(Who::Own);
    }
    if actor.starts_with("system:") {
        return Ok(Who::System);
    }
    let Some(held) = app.store.claim(&ledger::user_claim(actor)).await? else { return Ok(Who::Staff(None)) };
    let row = app.store.row(held.holder).await?.filter(|row| row.kind == ledger::USER);
    let granted = row.map(|row| serde_json::from_str::<Granted>(&row.state)).transpose()?;
    Ok(Who::Staff(granted.map(|granted| granted.grant)))
}

/// As the API answers it, and as it is downloaded.
#[must_use]
pub fn view(app: &App, opened: &Opened<'_>, held: &Held) -> Value {
    let journey = &opened.journey;
    let given = journey.handovers.iter();
    json!({
        "code": opened.dossier.code,
        "port": journey.port,
        "flight": journey.flight,
        "state": opened.shown(app.now()).name(),
        "notice": opened.dossier.content.notice,
        "kept": {
            "purpose": held.kept.purpose.name(),
            "until": held.kept.until,
            "may_go_from": held.kept.may_go_from,
        },
        "declarations": held.said.iter().map(|dossier| json!(dossier.content)).collect::<Vec<_>>(),
        "checks": held.events.iter().filter_map(check).collect::<Vec<_>>(),
        "examinations": held.examinations.iter().map(|one| json!({
            "at": one.at, "station": one.station, "temperatures": one.findings.temperatures, "symptoms": one.findings.symptoms,
        })).collect::<Vec<_>>(),
        "investigations": held.investigations.iter().map(|one| json!({
            "at": one.at, "questionnaire": one.inquiry.questionnaire, "answers": one.inquiry.answers,
        })).collect::<Vec<_>>(),
        "samples": journey.samples.iter().map(|sample| json!({
            "sample": sample.number, "state": sample.state_name(), "label": sample.label(), "consent": sample.taken().map(|taken| &taken.tube.consent),
        })).collect::<Vec<_>>(),
        "results": shared::results(journey),
        "orders": shared::orders(journey),
        "handovers": given.map(|one| json!({"to": one.to, "at": one.at, "state": one.state_name()})).collect::<Vec<_>>(),
        "disposition": journey.disposition.map(|how| how.name()),
        "requests": held.asked.iter().map(|(at, text)| json!({"at": at, "text": text})).collect::<Vec<_>>(),
        "officers_notes": held.notes,
        "airline": held.listed,
        "looks": held.looks.iter().map(look).collect::<Vec<_>>(),
    })
}

fn check(event: &Event) -> Option<Value> {
    match event {
        Event::Scanned { at, station, .. } => Some(json!({"at": at, "station": station, "decision": null})),
        Event::Decided { at, decision, .. } => Some(json!({"at": at, "station": null, "decision": decision.name()})),
        Event::DecisionUndone { at, .. } => Some(json!({"at": at, "station": null, "decision": "taken-back"})),
        _ => None,
    }
}

fn look(look: &Look) -> Value {
    let (who, grant) = match &look.who {
        Who::Own => ("you", None),
        Who::System => ("system", None),
        Who::Staff(grant) => ("staff", grant.as_ref()),
    };
    json!({
        "at": look.at,
        "who": who,
        "role": grant.map(|grant| grant.role.name()),
        "organisation": grant.and_then(|grant| grant.organisation.clone()),
        "did": look.did,
        "why": look.why,
        "station": look.station,
    })
}
