//! Doing a thing once: a repeat of the same request gets the first answer's bytes back (contract.md: 72 hours, by route, caller
//! and key, with a hash of the body).

use jiff::{SignedDuration, Timestamp};
use pratique_store::StoredAnswer;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::failure::Failure;
use crate::keys::PersonKey;
use pratique_core::id::Id;

/// Hours for which an answer is kept.
const KEPT_H: i64 = 72;

/// The identity of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    /// Keyed hash of route, caller and key.
    pub key: [u8; 32],
    /// Keyed hash of the body.
    pub body_hash: [u8; 32],
}

impl Once {
    /// Of a request that brought a key.
    #[must_use]
    pub fn of(app: &App, route: &str, caller: &str, key: &str, body: &[u8]) -> Self {
        let indexes = &app.indexes;
        let parts = [route.as_bytes(), caller.as_bytes(), key.as_bytes()];
        Once { key: indexes.once(&parts), body_hash: indexes.once(&[b"body", body]) }
    }
}

/// An action's answer: a status and JSON bytes. The API sends the bytes as they are; pages read what they need from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP's number for it; the one trait of HTTP that actions know, because it is stored with the answer.
    pub status: u16,
    /// JSON.
    pub body: Vec<u8>,
    /// It was answered before.
    pub repeated: bool,
}

impl Reply {
    /// A first answer.
    ///
    /// # Errors
    /// If the value cannot be written as JSON.
    pub fn new(status: u16, value: &impl Serialize) -> Result<Self, Failure> {
        Ok(Reply { status, body: serde_json::to_vec(value)?, repeated: false })
    }

    /// The answer as a value.
    ///
    /// # Errors
    /// If the bytes are another action's.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// Who can open a stored answer: the person it names, or the server alone.
pub enum Sealer<'a> {
    /// Sealed under the person's key: erased with them.
    Person(&'a PersonKey, Id),
    /// Names nobody; sealed under the server's own key.
    Server,
}

/// The place that a sealed answer is bound to.
fn place(key: &[u8; 32]) -> String {
    format!("answer/{}", crate::ledger::hex(key))
}

/// The answer as the store keeps it.
pub fn stored(
    app: &App,
    once: Option<Once>,
    reply: &Reply,
    sealer: &Sealer<'_>,
    now: Timestamp,
) -> Result<Option<StoredAnswer>, Failure> {
    let Some(once) = once else { return Ok(None) };
    let (bytes, person) = match sealer {
        Sealer::Person(key, person) => (key.seal(&place(&once.key), &reply.body, &app.rng)?, Some(*person)),
        Sealer::Server => {
            (crate::keys::seal::seal(&app.answer_key, place(&once.key).as_bytes(), &reply.body, &app.rng)?, None)
        }
    };
    let expires_ms = (now + SignedDuration::from_hours(KEPT_H)).as_millisecond();
    Ok(Some(StoredAnswer { key: once.key, body_hash: once.body_hash, status: reply.status, bytes, person, expires_ms }))
}

/// Opens a stored answer.
pub async fn opened(app: &App, once: Once, status: u16, bytes: &[u8], person: Option<Id>) -> Result<Reply, Failure> {
    let place = place(&once.key);
    let body = match person {
        Some(person) => app.person_key(person).await?.open(&place, bytes)?,
        None => crate::keys::seal::open(&app.answer_key, place.as_bytes(), bytes)?,
    };
    Ok(Reply { status, body, repeated: true })
}

/// The first answer to this request, if there was one. Looked up before anything is decided: what has been used up since,
/// or moved on, must not turn a repeat into a refusal.
pub async fn answered(app: &App, once: Option<Once>) -> Result<Option<Reply>, Failure> {
    let Some(once) = once else { return Ok(None) };
    match app.store.answer(once.key).await? {
        None => Ok(None),
        Some(answer) if answer.body_hash != once.body_hash => Err(Failure::KeyReused),
        Some(answer) => opened(app, once, answer.status, &answer.bytes, answer.person).await.map(Some),
    }
}
