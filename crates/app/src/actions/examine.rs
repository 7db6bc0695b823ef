//! Somebody is examined at a desk: what was found is sealed, and the rules run again on it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::field::{FieldError, named};
use pratique_core::id::Id;
use pratique_core::journey::{Command, DeskCommand, Journey};
use pratique_core::port::{Port, StationKind};
use pratique_store::Body;
use serde::{Deserialize, Serialize};

use super::decide::{owed, words};
use super::deed::{Decided, Deed, decided_on};
use super::person::Found;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::findings::{Device, Findings, Site, Temperature};
use crate::house::InForce;
use crate::ledger;
use crate::lookups::whom::{self, Whom};
use crate::lookups::{self, journey, reasons};
use crate::once::{self, Once, Reply, Sealer};
use crate::reasons::triage;
use crate::setting::Setting;
use crate::verdict::{JudgedBy, ReasonAnswer};

/// An examination as a desk sends it (contract.md, `POST /examinations`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExaminationRequest {
    /// Whom.
    #[serde(flatten)]
    pub whom: Whom,
    /// The desk's code.
    pub station: String,
    /// What was measured: a number, or a list of numbers and of readings in full.
    pub temperature_c: Option<Measured>,
    /// Codes of the pack's symptoms.
    pub symptoms: Vec<String>,
    /// In the doctor's words; sealed.
    #[serde(rename = "note")]
    pub reason: Option<String>,
}

/// One reading or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Measured {
    /// One, in degrees Celsius.
    One(f64),
    /// Several, in the order in which they were taken.
    Several(Vec<Reading>),
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reading {
    /// In degrees Celsius.
    Value(f64),
    /// In full.
    Full {
        /// In degrees Celsius.
        value: f64,
        /// `forehead`, `ear`, `armpit`, `mouth`, `wrist`.
        #[serde(default)]
        site: Option<String>,
        /// `camera`, `infrared`, `contact`.
        #[serde(default)]
        device: Option<String>,
        /// When.
        #[serde(default)]
        at: Option<Timestamp>,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// The journey.
    pub journey: Id,
    /// The tier now.
    pub tier: String,
    /// Every rule that hit.
    #[serde(default)]
    pub reasons: Vec<ReasonAnswer>,
    /// By what they were judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<JudgedBy>,
    /// What is still owed: ids for `/obligations/{id}`.
    pub still_open: Vec<String>,
}

/// The temperatures that a living body can have, with room for a thermometer that is a little off; what lies outside is a slip.
const TEMPERATURE_C: std::ops::RangeInclusive<f64> = 30.0..=45.0;
/// More readings than anybody takes of one person.
const READINGS_MAX: usize = 10;

/// Takes an examination; reasons come in the caller's language.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] by field, [`Failure::Refused`].
pub async fn examine(
    app: &App,
    who: &Caller,
    request: &ExaminationRequest,
    language: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let id = whom::find(app, &request.whom).await?;
    app.settle(once, || prepare(app, who, id, (request, language), once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    id: Id,
    (request, language): (&ExaminationRequest, &str),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let loaded = journey::load(app, id).await?;
    let before = loaded.existing()?;
    who.may(Act::Examine, &before.port)?;
    let setting = Setting::of(app, &before.port, before.flight.clone(), now).await?;
    let (findings, note) = checked(&setting, request)?;
    let was = before.triage.standing().map(|standing| &standing.input);
    let triage = triage(app, &assessed(app, &setting, before, id, &findings).await?, was);
    let command = DeskCommand::Examine { station: request.station.clone(), triage };
    let command = Command::Desk { command, by: who.name(), deadlines: setting.port.deadlines };
    let detail = format!("{{\"station\":\"{}\"}}", request.station);
    let deed = Deed { label: "examine", act: Act::Examine, journey: id, command, reason: note.as_deref(), detail };
    let Decided { mut change, before, state } = decided_on(app, who, &deed, &loaded).await?;
    let (owner, part) = (ledger::findings_of(id), before.seq + 1);
    let key = app.person_key(id).await?;
    let sealed = key.seal(&format!("findings/{part}"), &serde_json::to_vec(&findings)?, &app.rng)?;
    change.bodies.push(Body { owner, part, person: Some(id), sealed });
    let reply = Reply::new(
        201,
        &Examined {
            journey: id,
            tier: state.triage.tier().as_str().to_owned(),
            reasons: reasons::rules(app, &state, language),
            judged_by: reasons::judged_by(&state),
            still_open: owed(&state, id),
        },
    )?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// The rules' verdict on what was declared and what was found.
async fn assessed(
    app: &App,
    setting: &Setting<'_>,
    journey: &Journey,
    id: Id,
    findings: &Findings,
) -> Result<pratique_core::rules::Assessment, Failure> {
    let dossier = lookups::journey::dossier(app, id).await?;
    let found = Found { temperature_c: findings.temperature_c(), symptoms: findings.symptoms.clone() };
    let channel = journey.declaration.made().channel;
    Ok(setting.assess_found(&dossier.content.traveller, &dossier.content.answers, channel, &found))
}

/// All that is wrong with a request, at once.
fn checked(setting: &Setting<'_>, request: &ExaminationRequest) -> Result<(Findings, Option<String>), Failure> {
    let mut errors = Vec::new();
    if !is_desk(setting.port, &request.station) {
        errors.push(FieldError::new("/station", "not-a-station"));
    }
    let temperatures = temperatures(request.temperature_c.as_ref(), &mut errors);
    let symptoms = symptoms(setting.in_force, &request.symptoms, &mut errors);
    let note = match words(request.reason.as_deref()) {
        Ok(note) => note,
        Err(Failure::Invalid(mut wrong)) => {
            wrong.iter_mut().for_each(|error| "/note".clone_into(&mut error.pointer));
            errors.extend(wrong);
            None
        }
        Err(other) => return Err(other),
    };
    if errors.is_empty() && temperatures.is_empty() && symptoms.is_empty() && note.is_none() {
        errors.push(FieldError::new("/temperature_c", "nothing-found"));
    }
    match errors.is_empty() {
        true => Ok((Findings { temperatures, symptoms, pack: setting.in_force.name() }, note)),
        false => Err(Failure::Invalid(errors)),
    }
}

fn is_desk(port: &Port, station: &str) -> bool {
    port.station(station).is_some_and(|s| s.kind == StationKind::Desk)
}

fn temperatures(measured: Option<&Measured>, errors: &mut Vec<FieldError>) -> Vec<Temperature> {
    let readings = match measured {
        None => return Vec::new(),
        Some(Measured::One(value)) => return temperature(&Reading::Value(*value), "/temperature_c", errors),
        Some(Measured::Several(readings)) => readings,
    };
    if readings.len() > READINGS_MAX {
        errors.push(FieldError::new("/temperature_c", "too-many").with("max", READINGS_MAX));
        return Vec::new();
    }
    let each = readings.iter().enumerate();
    each.flat_map(|(at, reading)| temperature(reading, &format!("/temperature_c/{at}"), errors)).collect()
}

fn temperature(reading: &Reading, pointer: &str, errors: &mut Vec<FieldError>) -> Vec<Temperature> {
    let before = errors.len();
    let mut taken = match reading {
        Reading::Value(value) => Temperature { value_c: *value, site: None, device: None, at: None },
        Reading::Full { value, site, device, at } => Temperature {
            value_c: *value,
            site: named(site.as_deref(), (Site::parse, Site::ALL.map(Site::name)), &format!("{pointer}/site"), errors),
            device: named(
                device.as_deref(),
                (Device::parse, Device::ALL.map(Device::name)),
                &format!("{pointer}/device"),
                errors,
            ),
            at: *at,
        },
    };
    if taken.value_c < *TEMPERATURE_C.start() {
        errors.push(FieldError::new(pointer, "too-small").with("min", TEMPERATURE_C.start()));
    } else if !TEMPERATURE_C.contains(&taken.value_c) {
        errors.push(FieldError::new(pointer, "too-large").with("max", TEMPERATURE_C.end()));
    }
    // No thermometer tells hundredths.
    taken.value_c = (taken.value_c * 10.0).round() / 10.0;
    if errors.len() == before { vec![taken] } else { Vec::new() }
}

fn symptoms(in_force: &InForce, given: &[String], errors: &mut Vec<FieldError>) -> Vec<String> {
    let known = in_force.symptoms();
    for (at, code) in given.iter().enumerate() {
        if !known.iter().any(|choice| choice.code == *code) {
            let options = known.iter().map(|choice| choice.code.as_str());
            errors.push(FieldError::not_an_option(format!("/symptoms/{at}"), options));
        }
    }
    given.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
