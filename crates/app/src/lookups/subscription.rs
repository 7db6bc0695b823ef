//! Subscriptions of departments: where their webhooks go. Address and secret are sealed, since an address may hold a password.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_store::Order;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::failure::Failure;
use crate::keys::seal;
use crate::ledger;

/// Subscriptions that one department may have.
pub const EACH_MAX: usize = 5;
/// Of those that ended, so many are read past.
const READ_MAX: u32 = 500;

/// A subscription as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The port.
    pub port: String,
    /// The department.
    pub department: String,
    /// Who subscribed.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The target, sealed, base64.
    pub sealed: String,
}

/// Where to, and with which secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The address.
    pub url: String,
    /// The secret, `whsec_…`.
    pub secret: String,
}

fn place(id: Id) -> String {
    format!("subscription/{id}")
}

impl Target {
    /// Sealed for the row of this subscription.
    ///
    /// # Errors
    /// If the library has no memory.
    pub fn sealed(&self, app: &App, id: Id) -> Result<String, Failure> {
        let key = app.root.derive("webhooks");
        let sealed = seal::seal(&key, place(id).as_bytes(), &serde_json::to_vec(self)?, &app.rng)?;
        Ok(BASE64_STANDARD.encode(sealed))
    }

    /// Of a subscription.
    ///
    /// # Errors
    /// [`Failure::Sealed`] if it was altered or moved.
    pub fn of(app: &App, id: Id, subscription: &Subscription) -> Result<Self, Failure> {
        let sealed = BASE64_STANDARD.decode(&subscription.sealed).map_err(Failure::bug)?;
        let plain = seal::open(&app.root.derive("webhooks"), place(id).as_bytes(), &sealed)?;
        Ok(serde_json::from_slice(&plain)?)
    }
}

/// A subscription with the version of its row.
///
/// # Errors
/// The store's.
pub async fn read(app: &App, id: Id) -> Result<Option<(Subscription, i64)>, Failure> {
    match app.store.row(id).await? {
        Some(row) if row.kind == ledger::SUBSCRIPTION => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
        _ => Ok(None),
    }
}

/// Those of a department that have not ended, oldest first.
///
/// # Errors
/// The store's.
pub async fn of(app: &App, port: &str, department: &str) -> Result<Vec<(Id, Subscription)>, Failure> {
    let list = ledger::subscriptions(port, department);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, READ_MAX, Order::Ascending).await?;
    let mut found = Vec::new();
    for entry in listed {
        let read = read(app, entry.id).await?.map(|(subscription, _)| subscription);
        found.extend(read.filter(|s| s.ended_at.is_none()).map(|s| (entry.id, s)));
    }
    Ok(found)
}
