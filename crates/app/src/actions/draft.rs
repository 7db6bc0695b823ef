//! A traveller's draft: what was typed so far, sealed, found by a secret that the browser alone holds. Every step saves, so
//! that nothing typed is lost to a closed page or a lost link. Submitting or dropping it takes it away, with its key; so does
//! `actions::purge`, some weeks after it was last saved.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use pratique_core::code::ResumeCode;
use pratique_core::id::Id;
use pratique_store::{Body, Change, Claim, Entry, Outcome, RowGone, RowWrite};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::keys::PersonKey;
use crate::ledger;
use crate::once::Reply;

/// What the store keeps of a draft beside its sealed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    saved_at: Timestamp,
    /// The code by which it may be gone on with elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resume: Option<Resume>,
}

/// A code to go on with: which claim it holds, and the draft's secret, which the code gives to another browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Resume {
    /// The claim's key, base64url.
    claim: String,
    /// The secret, sealed under the draft's key, base64url.
    secret: String,
}

impl Draft {
    fn claim(&self) -> Option<Vec<u8>> {
        BASE64_URL_SAFE_NO_PAD.decode(&self.resume.as_ref()?.claim).ok()
    }
}

/// The claim that goes with a draft's row.
pub(super) fn claim_of(state: &str) -> Option<Vec<u8>> {
    serde_json::from_str::<Draft>(state).ok()?.claim()
}

/// A draft in hand: its text is the contract's JSON of `POST /declarations`, as far as it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDraft {
    id: Id,
    version: i64,
    kept: Draft,
    /// What was typed so far.
    pub body: Value,
}

/// The place of a sealed secret.
const RESUME: &str = "draft/resume";

/// How the secrets of a kiosk's drafts begin. Whoever holds one sees what stands in the draft, and nothing once it is gone: not
/// even what was declared with it.
const AT_KIOSK: &str = "k.";

/// Whether a secret is that of a kiosk's draft.
#[must_use]
pub fn is_kiosks(secret: &str) -> bool {
    secret.starts_with(AT_KIOSK)
}

/// How the secrets of drafts begin that an officer makes at a lane, for the person who stands there. They stay on the screen that
/// they were begun at, and lead back to the lane.
const ON_THE_SPOT: &str = "s.";

/// Whether a secret is that of a draft made on the spot.
#[must_use]
pub fn is_on_the_spot(secret: &str) -> bool {
    secret.starts_with(ON_THE_SPOT)
}

/// Whether a draft stays at a machine that is not its person's.
fn stays(secret: &str) -> bool {
    is_kiosks(secret) || is_on_the_spot(secret)
}

/// Starts a draft: answers the secret by which it is found again.
///
/// # Errors
/// The store's.
pub async fn start(app: &App, body: &Value) -> Result<String, Failure> {
    begin(app, "", body, None).await
}

/// The same at a kiosk: it goes when the person goes, and within the hour if nobody says so.
///
/// # Errors
/// The store's.
pub async fn start_at_kiosk(app: &App, body: &Value) -> Result<String, Failure> {
    begin(app, AT_KIOSK, body, None).await
}

/// The same at a lane: it goes with the person, and within the hour if nobody says so.
///
/// # Errors
/// The store's.
pub async fn start_on_the_spot(app: &App, body: &Value) -> Result<String, Failure> {
    begin(app, ON_THE_SPOT, body, None).await
}

/// The same for a draft that changes this journey's declaration: it holds all of it, and goes when the person goes.
///
/// # Errors
/// The store's.
pub async fn start_from(app: &App, body: &Value, journey: Id) -> Result<String, Failure> {
    begin(app, "", body, Some(journey)).await
}

async fn begin(app: &App, prefix: &str, body: &Value, journey: Option<Id>) -> Result<String, Failure> {
    let secret = format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(app.rng.bytes::<32>()));
    let id = ledger::draft_row(&secret);
    let key = PersonKey::new(id, &app.rng);
    let mut change = saved(app, &key, (id, list_of(&secret)), None, body)?;
    change.person_keys.push((id, key.wrapped(&app.root, &app.rng)?));
    let sort = app.now().as_millisecond();
    change.put.extend(journey.map(|journey| Entry { list: ledger::drafts_of(journey), sort, id }));
    match app.store.apply(change).await? {
        Outcome::Applied => Ok(secret),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}

/// Opens a draft.
///
/// # Errors
/// [`Failure::NotFound`] if there is none, or there is none any more.
pub async fn open(app: &App, secret: &str) -> Result<OpenDraft, Failure> {
    let id = ledger::draft_row(secret);
    let row = app.store.row(id).await?.filter(|row| row.kind == ledger::DRAFT).ok_or(Failure::NotFound)?;
    let draft: Draft = serde_json::from_str(&row.state)?;
    let body = app.store.latest_body(id).await?.ok_or(Failure::NotFound)?;
    let key = app.person_key(id).await?;
    let plain = key.open(&format!("draft/{}", body.part), &body.sealed)?;
    Ok(OpenDraft { id, version: row.version, kept: draft, body: serde_json::from_slice(&plain)? })
}

/// Saves what was typed. Two tabs of one browser: the later save wins, both are kept.
///
/// # Errors
/// [`Failure::NotFound`] if it was submitted meanwhile.
pub async fn save(app: &App, secret: &str, body: &Value) -> Result<(), Failure> {
    let settled = app.settle(None, || async move {
        let draft = open(app, secret).await?;
        let key = app.person_key(draft.id).await?;
        let change = saved(app, &key, (draft.id, list_of(secret)), Some(&draft), body)?;
        Ok(Prepared { change, reply: Reply::new(200, &())? })
    });
    settled.await.map(drop)
}

/// Makes a code by which the draft is gone on with elsewhere, and forgets the one before it. Never of a kiosk's or a lane's, which
/// stays where it is.
///
/// # Errors
/// [`Failure::NotFound`] if it was submitted meanwhile, or is a kiosk's or a lane's.
pub async fn code(app: &App, secret: &str) -> Result<ResumeCode, Failure> {
    if stays(secret) {
        return Err(Failure::NotFound);
    }
    let code = ResumeCode::from_random(u128::from_be_bytes(app.rng.bytes()));
    let claim = ledger::resume_claim(&app.indexes.resume(&code));
    let settled = app.settle(None, || {
        let claim = claim.clone();
        async move {
            let mut draft = open(app, secret).await?;
            let key = app.person_key(draft.id).await?;
            let old = draft.kept.claim();
            let sealed = key.seal(RESUME, secret.as_bytes(), &app.rng)?;
            draft.kept.resume = Some(Resume {
                claim: BASE64_URL_SAFE_NO_PAD.encode(&claim),
                secret: BASE64_URL_SAFE_NO_PAD.encode(sealed),
            });
            let mut change = saved(app, &key, (draft.id, list_of(secret)), Some(&draft), &draft.body)?;
            change.claims.push(Claim { key: claim, holder: draft.id, detail: "{}".to_owned() });
            change.release.extend(old);
            Ok(Prepared { change, reply: Reply::new(200, &())? })
        }
    });
    settled.await.map(|_| code)
}

/// The secret of the draft that a code belongs to.
///
/// # Errors
/// [`Failure::NotFound`] for a code that is nobody's, or of a draft that was sent or dropped.
pub async fn resume(app: &App, code: &ResumeCode) -> Result<String, Failure> {
    let claim = ledger::resume_claim(&app.indexes.resume(code));
    let held = app.store.claim(&claim).await?.ok_or(Failure::NotFound)?;
    let row = app.store.row(held.holder).await?.filter(|row| row.kind == ledger::DRAFT).ok_or(Failure::NotFound)?;
    let draft: Draft = serde_json::from_str(&row.state)?;
    let kept = draft.resume.ok_or(Failure::NotFound)?;
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(kept.secret).map_err(Failure::bug)?;
    let plain = app.person_key(held.holder).await?.open(RESUME, &sealed)?;
    String::from_utf8(plain).map_err(Failure::bug)
}

/// Drops a draft and destroys its key. Dropping what is gone is no error.
///
/// # Errors
/// [`Failure::Busy`] while it is saved again and again; the store's.
pub async fn drop_draft(app: &App, secret: &str) -> Result<(), Failure> {
    // One that is saved in the same moment is read again: what was saved goes too.
    let settled = app.settle(None, || async move {
        let draft = open(app, secret).await?;
        let change = Change {
            label: "drop-draft",
            gone: vec![RowGone { id: draft.id, expected: draft.version }],
            remove: vec![listed(list_of(secret), draft.id, draft.kept.saved_at)],
            release: draft.kept.claim().into_iter().collect(),
            audit: vec![audit(&Caller::Traveller, "drop-draft", Some(draft.id), "", app.now())],
            shred: vec![draft.id],
            ..Change::default()
        };
        Ok(Prepared { change, reply: Reply::new(200, &())? })
    });
    match settled.await {
        Err(Failure::NotFound | Failure::Sealed(_)) => Ok(()),
        other => other.map(drop),
    }
}

fn list_of(secret: &str) -> &'static str {
    if stays(secret) { ledger::KIOSK_DRAFTS } else { ledger::DRAFTS }
}

fn listed(list: &str, id: Id, saved_at: Timestamp) -> Entry {
    Entry { list: list.to_owned(), sort: saved_at.as_millisecond(), id }
}

fn saved(
    app: &App,
    key: &PersonKey,
    (id, list): (Id, &str),
    before: Option<&OpenDraft>,
    body: &Value,
) -> Result<Change, Failure> {
    let now = app.now();
    let version = before.map_or(0, |draft| draft.version);
    let part = version + 1;
    let sealed = key.seal(&format!("draft/{part}"), &serde_json::to_vec(body)?, &app.rng)?;
    let resume = before.and_then(|draft| draft.kept.resume.clone());
    let state = serde_json::to_string(&Draft { saved_at: now, resume })?;
    Ok(Change {
        label: "save-draft",
        yields: true,
        rows: vec![RowWrite { kind: ledger::DRAFT, id, expected: version, state }],
        bodies: vec![Body { owner: id, part, person: Some(id), sealed }],
        remove: before.map(|draft| listed(list, id, draft.kept.saved_at)).into_iter().collect(),
        put: vec![listed(list, id, now)],
        audit: vec![audit(&Caller::Traveller, "save-draft", Some(id), "", now)],
        ..Change::default()
    })
}
