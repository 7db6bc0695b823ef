//! A journey closes by itself; whoever asks for it is told that it is closed, or what stands against it (journey.md I9).

use pratique_core::access::Act;
use pratique_core::journey::{Command, DeskCommand};

use super::deed::{self, Deed};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::journey;
use crate::once::{Once, Reply};

/// Asks for it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`] with what is open.
pub async fn close(app: &App, who: &Caller, id: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let deadlines = journey::deadlines(app, id).await?;
    let command = Command::Desk { command: DeskCommand::Close, by: who.name(), deadlines };
    let deed = Deed { label: "close", act: Act::EndEntry, journey: id, command, reason: None, detail: "{}".to_owned() };
    deed::done(app, who, &deed, once).await
}
