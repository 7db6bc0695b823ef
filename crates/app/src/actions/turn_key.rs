//! Keys are made, rotated and revoked. Servers see it within a second by the store's generation.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_formats::pass::Algorithm;
use pratique_store::{Change, Entry, Order, Outcome, RowWrite};

use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::keys::ring::{new_sealing, new_signing};
use crate::keys::{KeyRecord, KeyUse};
use crate::ledger;

/// Makes a new signing and a new sealing key for a port. The old ones go on verifying and opening (F26).
///
/// # Errors
/// An unknown port; the store's.
pub async fn rotate(app: &App, who: &Caller, port: &str, algorithm: Algorithm) -> Result<Vec<KeyRecord>, Failure> {
    who.may(Act::Administer, port)?;
    app.house.port(port).ok_or_else(|| Failure::field("/port", "not-a-port"))?;
    let now = app.now();
    let known = app.keys().await?;
    let made =
        [new_signing(port, algorithm, &app.root, &app.rng, now)?, new_sealing(port, &known, &app.root, &app.rng, now)?];
    let mut change = Change { label: "rotate-keys", generation: true, ..Change::default() };
    for (id, record) in &made {
        change.rows.push(RowWrite { kind: ledger::KEY, id: *id, expected: 0, state: serde_json::to_string(record)? });
        change.put.push(Entry { list: ledger::KEYS.to_owned(), sort: now.as_millisecond(), id: *id });
        let detail = format!("{{\"port\":\"{port}\",\"use\":\"{:?}\",\"name\":\"{}\"}}", record.usage, record.name);
        change.audit.push(audit(who, "make-key", Some(*id), &detail, now));
    }
    write(app, change).await?;
    Ok(made.into_iter().map(|(_, record)| record).collect())
}

/// Makes keys for every port that has none yet.
///
/// # Errors
/// As [`rotate`].
pub async fn provide(app: &App, who: &Caller) -> Result<(), Failure> {
    let ports: Vec<String> = app.house.ports().map(|p| p.code.clone()).collect();
    for port in ports {
        if app.ring().port(&port).is_err() {
            rotate(app, who, &port, Algorithm::Es256).await?;
        }
    }
    Ok(())
}

/// Revokes a signing key from an instant on: passes that it signed before stay valid (F27).
///
/// # Errors
/// [`Failure::NotFound`] for an unknown name.
pub async fn revoke(app: &App, who: &Caller, port: &str, name: &str, from: Timestamp) -> Result<KeyRecord, Failure> {
    who.may(Act::Administer, port)?;
    let now = app.now();
    for (id, version, record) in rows(app).await? {
        if record.port == port && record.name == name && record.usage == KeyUse::Sign {
            let revoked = KeyRecord { revoked_from: Some(from), ..record };
            let state = serde_json::to_string(&revoked)?;
            let detail = format!("{{\"port\":\"{port}\",\"name\":\"{name}\",\"from\":\"{from}\"}}");
            write(
                app,
                Change {
                    label: "revoke-key",
                    rows: vec![RowWrite { kind: ledger::KEY, id, expected: version, state }],
                    audit: vec![audit(who, "revoke-key", Some(id), &detail, now)],
                    generation: true,
                    ..Change::default()
                },
            )
            .await?;
            return Ok(revoked);
        }
    }
    Err(Failure::NotFound)
}

async fn rows(app: &App) -> Result<Vec<(Id, i64, KeyRecord)>, Failure> {
    let listed = app.store.entries(ledger::KEYS, i64::MIN..i64::MAX, None, 10_000, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let found = app.store.rows(&ids).await?.into_iter().flatten();
    found.map(|row| Ok((row.id, row.version, serde_json::from_str(&row.state)?))).collect()
}

async fn write(app: &App, change: Change) -> Result<(), Failure> {
    match app.store.apply(change).await? {
        Outcome::Applied => app.refresh().await.map(drop),
        Outcome::Conflict { .. } => Err(Failure::Busy),
        other => Err(Failure::bug(format!("{other:?}"))),
    }
}
