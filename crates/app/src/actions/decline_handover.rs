//! A department does not take what it is offered, and says why: the sender finds another.

use pratique_core::access::Act;
use pratique_core::journey::HandoverCommand;
use serde::{Deserialize, Serialize};

use super::deed::Deed;
use super::handed::{command, done, find, said};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// A refusal as the department sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeclineRequest {
    /// Why; sealed.
    pub reason: Option<String>,
}

/// Declines.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`].
pub async fn decline(
    app: &App,
    who: &Caller,
    name: &str,
    request: &DeclineRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let reason = said(request.reason.as_deref(), "/reason")?;
    if reason.is_none() {
        return Err(Failure::field("/reason", "required"));
    }
    let given = find(app, who, Act::SeeInbox, name).await?;
    let number = given.number;
    let declined = HandoverCommand::Decline { number, reasoned: reason.is_some() };
    let deed = Deed {
        label: "decline-handover",
        act: Act::SeeInbox,
        journey: given.id,
        command: command(app, who, &given.journey.port, declined)?,
        reason: reason.as_deref(),
        detail: format!("{{\"handover\":{number}}}"),
    };
    done(app, who, &deed, Some(number), once).await
}
