//! What is put on record of the machine's clock: that it jumped, that it is believed again, that an administrator says it is right.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_store::Change;
use serde_json::json;

use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::clock::Doubt;
use crate::failure::Failure;
use crate::ledger;

/// Puts on record what a server found out about its clock.
///
/// # Errors
/// The store's.
pub async fn record(app: &App, doubt: Option<Doubt>) -> Result<(), Failure> {
    let (action, detail) = match doubt {
        Some(doubt) => (ledger::CLOCK_IN_DOUBT, json!({"off_s": doubt.off_s})),
        None => (ledger::CLOCK_BELIEVED, json!({})),
    };
    write(app, &Caller::System("server"), action, &detail.to_string(), app.now()).await
}

/// Says that this machine's clock is right as it is now. A server whose clock says the same follows it within seconds.
///
/// # Errors
/// [`Failure::Denied`] for anybody but an administrator; the store's.
pub async fn confirm(app: &App, who: &Caller, port: &str) -> Result<Timestamp, Failure> {
    who.may(Act::Administer, port)?;
    let now = app.now();
    write(app, who, ledger::CLOCK_CONFIRMED, "{}", now).await?;
    Ok(now)
}

async fn write(app: &App, who: &Caller, action: &str, detail: &str, now: Timestamp) -> Result<(), Failure> {
    let audit = vec![audit(who, action, Some(ledger::clock()), detail, now)];
    app.store.apply(Change { label: "clock", audit, ..Change::default() }).await?;
    Ok(())
}
