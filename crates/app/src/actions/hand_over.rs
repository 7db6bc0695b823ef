//! An officer or a doctor offers a person to a department. It stays theirs until the department accepts.

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::HandoverCommand;
use serde::{Deserialize, Serialize};

use super::deed::Deed;
use super::handed::{command, done, said};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::once::{Once, Reply};

/// An offer as somebody sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverRequest {
    /// Whose journey.
    pub journey: String,
    /// The department, as the port's file names it.
    pub to: String,
    /// Words for whoever receives it; sealed.
    pub note: Option<String>,
}

/// Offers.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`].
pub async fn hand_over(
    app: &App,
    who: &Caller,
    request: &HandOverRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let journey: Id = request.journey.parse().map_err(|_| Failure::field("/journey", "not-a-journey"))?;
    let note = said(request.note.as_deref(), "/note")?;
    let at = lookups::journey::load(app, journey).await?.existing()?.port.clone();
    who.may(Act::HandOver, &at)?;
    let port = app.house.port(&at).ok_or(Failure::NotFound)?;
    if port.department(&request.to).is_none() {
        let known = port.departments.iter().map(|d| d.code.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Failure::Invalid(vec![FieldError::new("/to", "not-a-department").with("known", known)]));
    }
    let deed = Deed {
        label: "hand-over",
        act: Act::HandOver,
        journey,
        command: command(app, who, &at, HandoverCommand::Offer { to: request.to.clone() })?,
        reason: note.as_deref(),
        detail: format!("{{\"to\":\"{}\"}}", request.to),
    };
    done(app, who, &deed, None, once).await
}
