//! A named medical officer gives an order (I3). It binds the person once they are served with it.

use pratique_core::access::Act;
use pratique_core::journey::{Measure, OrderCommand};
use serde::{Deserialize, Serialize};

use super::decide::words;
use super::order_deed::{self, Until};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::whom::{self, Whom};
use crate::once::{Once, Reply};

/// An order as a desk sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GiveOrderRequest {
    /// Whom.
    #[serde(flatten)]
    pub whom: Whom,
    /// `home-observation`, `central-isolation`, `hospital` or `crew-rest`.
    pub measure: String,
    /// An instant, or the last day on the port's calendar.
    pub until: Option<String>,
    /// So many days after today.
    pub days: Option<u16>,
    /// The number of a proposal of this journey that it follows.
    pub proposal: Option<u32>,
    /// Why, in words; sealed.
    pub reason: Option<String>,
}

/// Gives it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] by field, [`Failure::Refused`] (another one holds).
pub async fn give(app: &App, who: &Caller, request: &GiveOrderRequest, once: Option<Once>) -> Result<Reply, Failure> {
    let journey = whom::find(app, &request.whom).await?;
    let measure = Measure::parse(&request.measure).ok_or_else(|| Failure::field("/measure", "not-a-measure"))?;
    let reason = words(request.reason.as_deref())?;
    let until = Until { until: request.until.clone(), days: request.days };
    let act =
        order_deed::Act { label: "give-order", act: Act::GiveOrder, journey, number: None, reason: reason.as_deref() };
    let command =
        |port: &_, now| Ok(OrderCommand::Issue { number: request.proposal, measure, until: until.instant(port, now)? });
    order_deed::done(app, who, &act, command, once).await
}
