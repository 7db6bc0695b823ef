//! An order is over: its time was, it is lifted before, or it should not have been.

use pratique_core::access::Act;
use pratique_core::journey::OrderCommand;
use pratique_core::journey::order::Ending;
use serde::{Deserialize, Serialize};

use super::decide::words;
use super::order_deed::{self, parse_name};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// The end, as a desk sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndOrderRequest {
    /// `completed`, `lifted` or `annulled`.
    pub ending: String,
    /// Why, in words; sealed.
    pub reason: Option<String>,
}

/// Ends it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] by field, [`Failure::Refused`] (its time is not over).
pub async fn end(
    app: &App,
    who: &Caller,
    name: &str,
    request: &EndOrderRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let (journey, number) = parse_name(name)?;
    let ending = Ending::parse(&request.ending).ok_or_else(|| Failure::field("/ending", "not-an-ending"))?;
    let reason = words(request.reason.as_deref())?;
    let act = order_deed::Act {
        label: "end-order",
        act: Act::GiveOrder,
        journey,
        number: Some(number),
        reason: reason.as_deref(),
    };
    order_deed::done(app, who, &act, |_, _| Ok(OrderCommand::End { number, ending }), once).await
}
