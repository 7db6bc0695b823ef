//! The sender takes a handover back.

use pratique_core::access::Act;
use pratique_core::journey::HandoverCommand;

use super::deed::Deed;
use super::handed::{command, done, find};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// Takes it back.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`].
pub async fn withdraw(app: &App, who: &Caller, name: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let given = find(app, who, Act::HandOver, name).await?;
    let number = given.number;
    let deed = Deed {
        label: "withdraw-handover",
        act: Act::HandOver,
        journey: given.id,
        command: command(app, who, &given.journey.port, HandoverCommand::Withdraw { number })?,
        reason: None,
        detail: format!("{{\"handover\":{number}}}"),
    };
    done(app, who, &deed, Some(number), once).await
}
