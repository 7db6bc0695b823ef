//! An order ends at another time: longer or shorter.

use pratique_core::access::Act;
use pratique_core::journey::OrderCommand;
use serde::{Deserialize, Serialize};

use super::decide::words;
use super::order_deed::{self, Until, parse_name};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// The change, as a desk sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeOrderRequest {
    /// An instant, or the last day on the port's calendar.
    pub until: Option<String>,
    /// So many days after today.
    pub days: Option<u16>,
    /// Why, in words; sealed.
    pub reason: Option<String>,
}

/// Changes it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] by field, [`Failure::Refused`].
pub async fn change(
    app: &App,
    who: &Caller,
    name: &str,
    request: &ChangeOrderRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let (journey, number) = parse_name(name)?;
    let reason = words(request.reason.as_deref())?;
    let until = Until { until: request.until.clone(), days: request.days };
    let act = order_deed::Act {
        label: "change-order",
        act: Act::GiveOrder,
        journey,
        number: Some(number),
        reason: reason.as_deref(),
    };
    let command = |port: &_, now| Ok(OrderCommand::Change { number, until: until.instant(port, now)? });
    order_deed::done(app, who, &act, command, once).await
}
