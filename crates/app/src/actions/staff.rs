//! Users, machines and sessions. Passwords are argon2id hashes, tokens and sessions are random 256-bit values of which the store
//! knows a hash alone; a disabled user's sessions and tokens stop within a second, on every server (contract.md).

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use pratique_core::access::{Act, Grant, Role};
use pratique_core::field::FieldError;
use pratique_core::flight::is_carrier;
use pratique_core::id::Id;
use pratique_core::identity::name::clean;
use pratique_core::port::Port;
use pratique_store::{Change, Claim, Entry, Order, Outcome, RowWrite};
use serde::{Deserialize, Serialize};

use super::password::{hash, verify};
use super::write::audit;
use crate::app::App;
use crate::caller::{Caller, Staff};
use crate::failure::Failure;
use crate::ledger;

/// A session ends after so many hours, whatever happens (security.md 2.3).
pub const SESSION_H_MAX: i64 = 12;
/// A session ends after so many idle minutes.
pub const SESSION_IDLE_MIN: i64 = 60;
/// A session that stands at a lane ends after so many idle minutes: people pass there, and nobody sits behind a door
/// (security.md 2.3).
pub const GATE_IDLE_MIN: i64 = 2;
/// From so many remembered sessions on, those that must have ended are dropped from memory.
const LAST_SEEN_MAX: usize = 10_000;
/// A password that a person chooses has at least so many characters (security.md 2.3).
pub const PASSWORD_CHARS_MIN: usize = 15;

/// A user or a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name to sign in with.
    pub name: String,
    /// Role and port.
    pub grant: Grant,
    /// Argon2id hash, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// When it was added.
    pub added_at: Timestamp,
    /// Set once it is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Timestamp>,
}

/// What the store keeps of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The user's row.
    pub user: Id,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended, by signing out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

/// Adds a user who signs in with a password.
///
/// # Errors
/// A name that is taken or empty, a password that is too short, an unknown port.
pub async fn add(app: &App, who: &Caller, name: &str, grant: Grant, password: &str) -> Result<(), Failure> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(Failure::Invalid(vec![FieldError::new("/password", "too-short").with("min", PASSWORD_CHARS_MIN)]));
    }
    let hash = hash(password.to_owned()).await?;
    insert(app, who, name, grant, Some(hash), None).await
}

/// Adds a machine, or a person who works with a program: answers the token, which is shown this once.
///
/// # Errors
/// As [`add`].
pub async fn add_with_token(app: &App, who: &Caller, name: &str, grant: Grant) -> Result<String, Failure> {
    let token = new_token(app);
    insert(app, who, name, grant, None, Some(&token)).await?;
    Ok(token)
}

/// A password good enough to be printed once and typed once: 25 characters, 125 bits.
#[must_use]
pub fn new_password(app: &App) -> String {
    let code = || app.rng.code().as_str()[..5].to_ascii_lowercase();
    [code(), code(), code(), code(), code()].join("-")
}

fn new_token(app: &App) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(app.rng.bytes::<32>())
}

async fn insert(
    app: &App,
    who: &Caller,
    name: &str,
    grant: Grant,
    password: Option<String>,
    token: Option<&str>,
) -> Result<(), Failure> {
    who.may(Act::Administer, &grant.port)?;
    let port = app.house.port(&grant.port).ok_or_else(|| Failure::field("/port", "not-a-port"))?;
    belongs(&grant, port)?;
    // Said aloud and typed every morning: there is something in it that can be.
    let speaks = |name: &String| name.chars().any(char::is_alphanumeric);
    let name = clean(name, 60).ok().filter(speaks).ok_or_else(|| Failure::field("/name", "not-a-user-name"))?;
    let now = app.now();
    let id = app.rng.id(now);
    let detail = serde_json::to_string(&grant)?;
    let user = User { name: name.clone(), grant, password, added_at: now, disabled_at: None };
    let claim = |key| Claim { key, holder: id, detail: String::new() };
    let claims = std::iter::once(ledger::user_claim(&name)).chain(token.map(ledger::token_claim)).map(claim).collect();
    let change = Change {
        label: "add-user",
        rows: vec![RowWrite { kind: ledger::USER, id, expected: 0, state: serde_json::to_string(&user)? }],
        claims,
        put: vec![Entry { list: ledger::USERS.to_owned(), sort: now.as_millisecond(), id }],
        audit: vec![audit(who, "add-user", Some(id), &detail, now)],
        generation: true,
        ..Change::default()
    };
    match app.store.apply(change).await? {
        Outcome::Applied => Ok(()),
        Outcome::Taken { .. } => Err(Failure::field("/name", "taken")),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}

/// Is there such an organisation? Airlines are whichever fly, by their code; departments are those that the port's file names.
fn belongs(grant: &Grant, port: &Port) -> Result<(), Failure> {
    let named = grant.organisation.as_deref().unwrap_or_default();
    match grant.role {
        Role::Airline if !is_carrier(named) => Err(Failure::field("/for", "not-a-carrier")),
        Role::Department if port.department(named).is_none() => {
            let known = port.departments.iter().map(|d| d.code.as_str()).collect::<Vec<_>>().join(", ");
            Err(Failure::Invalid(vec![FieldError::new("/for", "not-a-department").with("known", known)]))
        }
        Role::Airline | Role::Department => Ok(()),
        // Taken silently, it would look as if it narrowed what they see.
        _ if grant.organisation.is_some() => {
            let takes = [Role::Airline, Role::Department].map(Role::name).join(", ");
            Err(Failure::Invalid(vec![FieldError::new("/for", "of-no-organisation").with("known", takes)]))
        }
        _ => Ok(()),
    }
}

/// Disables a user: no session and no token of theirs works any more.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn disable(app: &App, who: &Caller, name: &str) -> Result<(), Failure> {
    let held = app.store.claim(&ledger::user_claim(name)).await?.ok_or(Failure::NotFound)?;
    let (user, version) = read(app, held.holder).await?.ok_or(Failure::NotFound)?;
    who.may(Act::Administer, &user.grant.port)?;
    let now = app.now();
    let state = serde_json::to_string(&User { disabled_at: Some(now), ..user })?;
    let change = Change {
        label: "disable-user",
        rows: vec![RowWrite { kind: ledger::USER, id: held.holder, expected: version, state }],
        audit: vec![audit(who, "disable-user", Some(held.holder), "", now)],
        generation: true,
        ..Change::default()
    };
    match app.store.apply(change).await? {
        Outcome::Applied => Ok(()),
        Outcome::Conflict { .. } => Err(Failure::Busy),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}

/// All users, in the order in which they were added.
///
/// # Errors
/// The store's.
pub async fn all(app: &App) -> Result<Vec<User>, Failure> {
    let listed = app.store.entries(ledger::USERS, i64::MIN..i64::MAX, None, 10_000, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    rows.map(|row| Ok(serde_json::from_str(&row.state)?)).collect()
}

async fn read(app: &App, id: Id) -> Result<Option<(User, i64)>, Failure> {
    match app.store.row(id).await? {
        Some(row) if row.kind == ledger::USER => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
        _ => Ok(None),
    }
}

/// Signs a person in: answers the session's secret, for the cookie.
///
/// # Errors
/// [`Failure::SignedOut`], alike and after the same time for an unknown name and a wrong password (ASVS V6.3.8).
pub async fn sign_in(app: &App, name: &str, password: &str) -> Result<String, Failure> {
    let held = app.store.claim(&ledger::user_claim(name.trim())).await?;
    // Of nobody a row is looked for too.
    let row = held.map_or_else(|| app.rng.id(app.now()), |held| held.holder);
    let user = read(app, row).await?.map(|(user, _)| (row, user));
    let hash = user.as_ref().and_then(|(_, u)| u.password.clone());
    let fits = verify(password.to_owned(), hash).await?;
    let Some((id, user)) = user.filter(|(_, u)| fits && u.disabled_at.is_none()) else {
        return Err(Failure::SignedOut);
    };
    let now = app.now();
    let secret = new_token(app);
    let session = Session { user: id, began_at: now, ended_at: None };
    let row = ledger::session_row(&secret);
    let change = Change {
        label: "sign-in",
        rows: vec![RowWrite { kind: ledger::SESSION, id: row, expected: 0, state: serde_json::to_string(&session)? }],
        put: vec![Entry { list: ledger::SESSIONS.to_owned(), sort: now.as_millisecond(), id: row }],
        audit: vec![audit(&Caller::Staff(Staff { name: user.name, grant: user.grant }), "sign-in", Some(id), "", now)],
        ..Change::default()
    };
    match app.store.apply(change).await? {
        Outcome::Applied => Ok(secret),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}

/// Ends a session.
///
/// # Errors
/// The store's.
pub async fn sign_out(app: &App, secret: &str) -> Result<(), Failure> {
    let id = ledger::session_row(secret);
    let Some(row) = app.store.row(id).await?.filter(|row| row.kind == ledger::SESSION) else { return Ok(()) };
    let now = app.now();
    let session: Session = serde_json::from_str(&row.state)?;
    let audit = audit(&Caller::System("session"), "sign-out", Some(session.user), "", now);
    let ended = Session { ended_at: Some(now), ..session };
    let change = Change {
        label: "sign-out",
        rows: vec![RowWrite {
            kind: ledger::SESSION,
            id,
            expected: row.version,
            state: serde_json::to_string(&ended)?,
        }],
        audit: vec![audit],
        generation: true,
        ..Change::default()
    };
    match app.store.apply(change).await? {
        Outcome::Applied | Outcome::Conflict { .. } => Ok(()),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}

/// The name of whoever a session belongs to, also when it was idle or open for too long; nobody for one that was signed out of,
/// or whose user was disabled.
///
/// # Errors
/// The store's.
pub async fn holder(app: &App, secret: &str) -> Result<Option<String>, Failure> {
    let row = app.store.row(ledger::session_row(secret)).await?.filter(|row| row.kind == ledger::SESSION);
    let Some(session) = row.map(|row| serde_json::from_str::<Session>(&row.state)).transpose()? else {
        return Ok(None);
    };
    match living(app, session.user).await {
        Ok(staff) => Ok(session.ended_at.is_none().then_some(staff.name)),
        Err(Failure::SignedOut) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Who is behind a session or a token, remembered between requests until keys or users change anywhere.
#[derive(Debug, Default)]
pub struct Roll {
    known: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    generation: i64,
    tokens: HashMap<Id, Staff>,
    sessions: HashMap<Id, (Staff, Session)>,
    /// When each session was last used. It outlives a change of generation, or an idle session would come to life again.
    last_seen: HashMap<Id, Timestamp>,
    /// Those that stand at a lane.
    gates: HashSet<Id>,
}

impl Roll {
    /// Who holds this bearer token.
    ///
    /// # Errors
    /// [`Failure::SignedOut`].
    pub async fn by_token(&self, app: &App, token: &str) -> Result<Staff, Failure> {
        let (id, generation) = (ledger::session_row(token), app.generation());
        if let Some(staff) = self.open(generation).tokens.get(&id) {
            return Ok(staff.clone());
        }
        let held = app.store.claim(&ledger::token_claim(token)).await?.ok_or(Failure::SignedOut)?;
        let staff = living(app, held.holder).await?;
        // What was read under an older generation may be out of date already: it serves this request alone.
        let mut known = self.open(app.generation());
        if known.generation == generation {
            known.tokens.insert(id, staff.clone());
        }
        Ok(staff)
    }

    /// Who holds this session.
    ///
    /// # Errors
    /// [`Failure::SignedOut`], also when it was idle or open for too long.
    pub async fn by_session(&self, app: &App, secret: &str) -> Result<Staff, Failure> {
        self.session(app, secret, true).await
    }

    /// Who holds this session, asked by a page that goes on by itself: that is no use of it, or a screen left alone would stay
    /// signed in.
    ///
    /// # Errors
    /// As [`Roll::by_session`].
    pub async fn still_by_session(&self, app: &App, secret: &str) -> Result<Staff, Failure> {
        self.session(app, secret, false).await
    }

    async fn session(&self, app: &App, secret: &str, used: bool) -> Result<Staff, Failure> {
        let (id, generation, now) = (ledger::session_row(secret), app.generation(), app.now());
        let cached = self.open(generation).sessions.get(&id).cloned();
        let (staff, session) = match cached {
            Some(known) => known,
            None => {
                let row =
                    app.store.row(id).await?.filter(|row| row.kind == ledger::SESSION).ok_or(Failure::SignedOut)?;
                let session: Session = serde_json::from_str(&row.state)?;
                if session.ended_at.is_some() {
                    return Err(Failure::SignedOut);
                }
                (living(app, session.user).await?, session)
            }
        };
        let mut known = self.open(app.generation());
        // After a restart nobody knows when it was last used: the long limit alone holds then.
        let last_seen = known.last_seen.get(&id).copied().unwrap_or(now);
        if !in_time(&session, last_seen, known.idle_min(&id), now) {
            return Err(Failure::SignedOut);
        }
        known.drop_ended(now);
        if used || !known.last_seen.contains_key(&id) {
            known.last_seen.insert(id, now);
        }
        if known.generation == generation {
            known.sessions.insert(id, (staff.clone(), session));
        }
        Ok(staff)
    }

    /// This session stands at a lane from now on: it is locked soon once nobody is there.
    pub fn stands_at_gate(&self, secret: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.gates.insert(ledger::session_row(secret));
    }

    /// Does it stand at a lane?
    #[must_use]
    pub fn is_at_gate(&self, secret: &str) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.gates.contains(&ledger::session_row(secret))
    }

    /// Seconds without any key after which its screen locks; none for one that stands at no lane.
    #[must_use]
    pub fn lock_s(&self, secret: &str) -> Option<i64> {
        self.is_at_gate(secret).then_some(GATE_IDLE_MIN * 60)
    }

    /// Seconds until it is locked, if nobody does anything.
    #[must_use]
    pub fn left_s(&self, app: &App, secret: &str) -> i64 {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let id = ledger::session_row(secret);
        let idle_s = known.last_seen.get(&id).map_or(0, |at| app.now().duration_since(*at).as_secs());
        (known.idle_min(&id) * 60 - idle_s).max(0)
    }

    /// Forgets a session at once: this server need not wait for the next look at the generation.
    pub fn forget(&self, secret: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.sessions.remove(&ledger::session_row(secret));
    }

    fn open(&self, generation: i64) -> MutexGuard<'_, Remembered> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation {
            known.generation = generation;
            known.tokens.clear();
            known.sessions.clear();
        }
        known
    }
}

impl Remembered {
    fn idle_min(&self, id: &Id) -> i64 {
        if self.gates.contains(id) { GATE_IDLE_MIN } else { SESSION_IDLE_MIN }
    }

    fn drop_ended(&mut self, now: Timestamp) {
        if self.last_seen.len() > LAST_SEEN_MAX {
            self.last_seen.retain(|_, at| now < *at + SignedDuration::from_hours(SESSION_H_MAX));
            let (gates, last_seen) = (&mut self.gates, &self.last_seen);
            gates.retain(|id| last_seen.contains_key(id));
        }
    }
}

async fn living(app: &App, user: Id) -> Result<Staff, Failure> {
    match read(app, user).await? {
        Some((user, _)) if user.disabled_at.is_none() => Ok(Staff { name: user.name, grant: user.grant }),
        _ => Err(Failure::SignedOut),
    }
}

fn in_time(session: &Session, last_seen: Timestamp, idle_min: i64, now: Timestamp) -> bool {
    now < session.began_at + SignedDuration::from_hours(SESSION_H_MAX)
        && now < last_seen + SignedDuration::from_mins(idle_min)
}
