//! Tubes on their way, many at once: handed to the courier in a parcel, and taken in at the laboratory. What is wrong with one
//! tube does not hold up the others; each is answered for.

use pratique_core::access::Act;
use pratique_core::identity::name::clean;
use pratique_core::journey::Command;
use pratique_core::journey::sample::SampleCommand;
use pratique_core::port::Port;
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::many::Many;
use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::lookups::sample::{self, Place};
use crate::once::{self, Once, Reply, Sealer};
use crate::words::Words;

/// Most tubes of one act: a courier's box.
const TUBES_MAX: usize = 400;
/// The longest name of a parcel, characters.
const PARCEL_CHARS_MAX: usize = 60;

/// Tubes as scanned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TubesRequest {
    /// Their labels.
    pub labels: Vec<String>,
    /// The bag or box, for tubes that are sent.
    pub parcel: Option<String>,
}

/// What became of one tube.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The label, as it was sent if it is none.
    pub label: String,
    /// Where it is now; nothing for a tube that nobody knows.
    pub state: Option<String>,
    /// It was taken.
    pub ok: bool,
    /// Why not: a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why not, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What became of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllMoved {
    /// How many were taken.
    pub taken: usize,
    /// How many were not.
    pub refused: usize,
    /// Each, in the order in which they came.
    pub tubes: Vec<Moved>,
}

/// Hands a parcel of tubes to the courier.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] without tubes or a parcel.
pub async fn send_samples(
    app: &App,
    who: &Caller,
    port: &str,
    (request, words): (&TubesRequest, Words),
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Collect, port)?;
    let parcel = clean(request.parcel.as_deref().unwrap_or_default(), PARCEL_CHARS_MAX);
    let parcel = parcel.map_err(|_| Failure::field("/parcel", "not-text"))?;
    if parcel.is_empty() {
        return Err(Failure::field("/parcel", "required"));
    }
    let send = move |number| SampleCommand::Send { number, parcel: parcel.clone() };
    all(app, who, port, ("send-samples", &send), (&request.labels, words), once).await
}

/// Takes tubes in at the laboratory. From then on each waits for a plate.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::Invalid`] without tubes.
pub async fn receive_samples(
    app: &App,
    who: &Caller,
    port: &str,
    (request, words): (&TubesRequest, Words),
    once: Option<Once>,
) -> Result<Reply, Failure> {
    who.may(Act::Receive, port)?;
    let receive = |number| SampleCommand::Receive { number };
    all(app, who, port, ("receive-samples", &receive), (&request.labels, words), once).await
}

async fn all(
    app: &App,
    who: &Caller,
    port: &str,
    act: (&'static str, &(impl Fn(u32) -> SampleCommand + Sync)),
    (labels, words): (&[String], Words),
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    if labels.is_empty() {
        return Err(Failure::field("/labels", "required"));
    }
    if labels.len() > TUBES_MAX {
        return Err(Failure::field("/labels", "too-many-tubes"));
    }
    app.settle(once, || prepare(app, who, port, act, (labels, words), once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    port: &Port,
    (label, command): (&'static str, &(impl Fn(u32) -> SampleCommand + Sync)),
    (labels, words): (&[String], Words),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let places = sample::places(app, labels).await?;
    let mut many = Many::open(app, places.iter().flatten().map(|place| place.journey)).await?;
    let mut tubes: Vec<Moved> = Vec::new();
    for (text, place) in labels.iter().zip(&places) {
        let moved = one(&mut many, who, port, command, (text, place.as_ref()), words);
        // A tube scanned twice is one tube.
        if !tubes.iter().any(|before| before.label == moved.label) {
            tubes.push(moved);
        }
    }
    let taken = tubes.iter().filter(|tube| tube.ok).count();
    let reply = Reply::new(200, &AllMoved { taken, refused: tubes.len() - taken, tubes })?;
    let mut change = Change { label, ..Change::default() };
    many.write(&mut change, who, "{}")?;
    change.audit.push(audit(who, label, None, &format!("{{\"tubes\":{taken}}}"), app.now()));
    change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
    Ok(Prepared { change, reply })
}

fn one(
    many: &mut Many,
    who: &Caller,
    port: &Port,
    command: &impl Fn(u32) -> SampleCommand,
    (text, place): (&str, Option<&Place>),
    words: Words,
) -> Moved {
    let unknown = |code: &str| {
        let message = Some(words.error(code, &Default::default()));
        Moved { label: text.trim().to_owned(), state: None, ok: false, code: Some(code.to_owned()), message }
    };
    let Some(place) = place else { return unknown("unknown-label") };
    let is_here = many.journey(place.journey).is_ok_and(|j| j.port == port.code && place.of(j).is_some());
    if !is_here {
        return unknown("unknown-label");
    }
    let command = Command::Sample { command: command(place.number), by: who.name(), deadlines: port.deadlines };
    let refusal = many.does(place.journey, &command).err();
    let state = many.journey(place.journey).ok().and_then(|j| place.of(j)).map(|s| s.state_name().to_owned());
    Moved {
        label: place.label.clone(),
        state,
        ok: refusal.is_none(),
        code: refusal.as_ref().map(|r| r.code().to_owned()),
        message: refusal.as_ref().map(|r| reasons::refusal(r, words)),
    }
}
