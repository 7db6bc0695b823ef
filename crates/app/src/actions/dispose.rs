//! The duty lead ends an entry with evidence: departed, diverted, not on board, deceased, declared twice (journey.md 6.2, rows
//! 24 and 28).

use pratique_core::access::Act;
use pratique_core::journey::{Command, DeskCommand, Disposition};
use serde::{Deserialize, Serialize};

use super::decide::words;
use super::deed::{self, Deed};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::journey;
use crate::once::{Once, Reply};

/// The end, as somebody sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DispositionRequest {
    /// `departed`, `onward-transfer`, `crew-rest`, `diverted`, `no-show`, `deceased` or `void`.
    pub disposition: String,
    /// The evidence, in words; sealed.
    pub reason: Option<String>,
}

/// Ends it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`] (no reason; something blocks it).
pub async fn dispose(
    app: &App,
    who: &Caller,
    id: &str,
    request: &DispositionRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let disposition = Disposition::parse(&request.disposition);
    let disposition = disposition.ok_or_else(|| Failure::field("/disposition", "not-a-disposition"))?;
    let reason = words(request.reason.as_deref())?;
    let deadlines = journey::deadlines(app, id).await?;
    let command = DeskCommand::Dispose { disposition, reasoned: reason.is_some() };
    let command = Command::Desk { command, by: who.name(), deadlines };
    let detail = format!("{{\"disposition\":\"{}\"}}", disposition.name());
    let deed = Deed { label: "dispose", act: Act::EndEntry, journey: id, command, reason: reason.as_deref(), detail };
    deed::done(app, who, &deed, once).await
}
