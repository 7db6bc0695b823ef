//! Somebody does not enter: they fly on, or they are crew; or they do enter after all.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::journey::{Class, Command, DeskCommand};
use serde::{Deserialize, Serialize};

use super::deed::{self, Deed};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::journey;
use crate::once::{Once, Reply};

/// The class, as somebody sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClassRequest {
    /// `entering`, `transit` or `crew`.
    pub class: String,
    /// When they fly on, for a transit or a crew.
    pub departs: Option<Timestamp>,
}

/// Sets it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`] (no time of departure).
pub async fn classify(
    app: &App,
    who: &Caller,
    id: &str,
    request: &ClassRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let class = Class::parse(&request.class).ok_or_else(|| Failure::field("/class", "not-a-class"))?;
    let deadlines = journey::deadlines(app, id).await?;
    let command = DeskCommand::Classify { class, departs: request.departs };
    let command = Command::Desk { command, by: who.name(), deadlines };
    let detail = format!("{{\"class\":\"{}\"}}", class.name());
    let deed = Deed { label: "classify", act: Act::Classify, journey: id, command, reason: None, detail };
    deed::done(app, who, &deed, once).await
}
