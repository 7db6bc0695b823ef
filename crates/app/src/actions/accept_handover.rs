//! A department takes what it is offered: from now on it is the department's.

use pratique_core::access::Act;
use pratique_core::journey::HandoverCommand;

use super::deed::Deed;
use super::handed::{command, done, find};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// Accepts.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`].
pub async fn accept(app: &App, who: &Caller, name: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let given = find(app, who, Act::SeeInbox, name).await?;
    let number = given.number;
    let deed = Deed {
        label: "accept-handover",
        act: Act::SeeInbox,
        journey: given.id,
        command: command(app, who, &given.journey.port, HandoverCommand::Accept { number })?,
        reason: None,
        detail: format!("{{\"handover\":{number}}}"),
    };
    done(app, who, &deed, Some(number), once).await
}
