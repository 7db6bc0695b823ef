//! Somebody is asked where they were and whom they met, by the pack's investigation form; the answers are sealed.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{Command, DeskCommand};
use pratique_core::questionnaire::{self, Questionnaire};
use pratique_store::Body;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::decide::{owed, words};
use super::deed::{Decided, Deed, decided_on};
use super::person::placed;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::house::local_date;
use crate::inquiry::Inquiry;
use crate::ledger;
use crate::lookups::journey;
use crate::lookups::whom::{self, Whom};
use crate::once::{self, Once, Reply, Sealer};

/// An investigation as a desk sends it (contract.md, `POST /investigations`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvestigationRequest {
    /// Whom.
    #[serde(flatten)]
    pub whom: Whom,
    /// The form that was asked: its version, its url, or both; the one in force, if left out.
    pub questionnaire: Option<String>,
    /// The answers, by linkId.
    pub answers: Map<String, Value>,
    /// In the doctor's words; sealed.
    #[serde(rename = "note")]
    pub reason: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investigated {
    /// The journey.
    pub journey: Id,
    /// The form's version.
    pub questionnaire: String,
    /// What is still owed: ids for `/obligations/{id}`.
    pub still_open: Vec<String>,
}

/// Takes an investigation.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] by question, [`Failure::Refused`].
pub async fn investigate(
    app: &App,
    who: &Caller,
    request: &InvestigationRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let id = whom::find(app, &request.whom).await?;
    app.settle(once, || prepare(app, who, id, request, once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    id: Id,
    request: &InvestigationRequest,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let loaded = journey::load(app, id).await?;
    let before = loaded.existing()?;
    who.may(Act::Examine, &before.port)?;
    let port = app.house.port(&before.port).ok_or(Failure::NotFound)?;
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    let form = in_force.investigation.as_ref().ok_or(Failure::NotFound)?;
    if request.questionnaire.as_deref().is_some_and(|named| !is_form(form, named)) {
        return Err(Failure::field("/questionnaire", "other-questionnaire"));
    }
    let checked = questionnaire::check(form, &request.answers, local_date(port, now));
    let answers = checked
        .map_err(|errors| Failure::Invalid(errors.into_iter().map(|error| placed(error, "/answers")).collect()))?;
    let inquiry =
        Inquiry { pack: in_force.name(), questionnaire: form.version.clone(), answers: answers.as_map().clone() };
    let note = words(request.reason.as_deref())?;
    let command = DeskCommand::Investigate { questionnaire: form.version.clone() };
    let command = Command::Desk { command, by: who.name(), deadlines: port.deadlines };
    let detail = format!("{{\"questionnaire\":\"{}\"}}", form.version);
    let deed = Deed { label: "investigate", act: Act::Examine, journey: id, command, reason: note.as_deref(), detail };
    let Decided { mut change, before, state } = decided_on(app, who, &deed, &loaded).await?;
    let (owner, part) = (ledger::inquiries_of(id), before.seq + 1);
    let key = app.person_key(id).await?;
    let sealed = key.seal(&format!("inquiry/{part}"), &serde_json::to_vec(&inquiry)?, &app.rng)?;
    change.bodies.push(Body { owner, part, person: Some(id), sealed });
    let answer = Investigated { journey: id, questionnaire: inquiry.questionnaire, still_open: owed(&state, id) };
    let reply = Reply::new(201, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// Does the sender's name for the form mean this one: its version, its url, or both as FHIR writes canonicals?
fn is_form(form: &Questionnaire, named: &str) -> bool {
    named == form.version || named == form.url || named == format!("{}|{}", form.url, form.version)
}
