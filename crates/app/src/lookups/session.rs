//! Whose session it was that has run out.

use crate::actions::staff::{Session, User};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// The name of whoever a session belongs to, also when it was idle or open for too long; nobody for one that was signed out of,
/// or whose user was disabled.
///
/// # Errors
/// The store's.
pub async fn holder(app: &App, secret: &str) -> Result<Option<String>, Failure> {
    let Some(row) = app.store.row(ledger::session_row(secret)).await?.filter(|row| row.kind == ledger::SESSION) else {
        return Ok(None);
    };
    let session: Session = serde_json::from_str(&row.state)?;
    if session.ended_at.is_some() {
        return Ok(None);
    }
    let Some(row) = app.store.row(session.user).await?.filter(|row| row.kind == ledger::USER) else { return Ok(None) };
    let user: User = serde_json::from_str(&row.state)?;
    Ok(user.disabled_at.is_none().then_some(user.name))
}
