//! A person is told of an order, in a language that they understand: from then on it is in force.

use pratique_core::access::Act;
use pratique_core::journey::OrderCommand;
use pratique_core::language::tag;
use serde::{Deserialize, Serialize};

use super::order_deed::{self, parse_name};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// The telling, as somebody sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServeOrderRequest {
    /// The language in which the person was told: a BCP 47 tag.
    pub language: String,
}

/// Serves it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`] (no language), [`Failure::Refused`].
pub async fn serve(
    app: &App,
    who: &Caller,
    name: &str,
    request: &ServeOrderRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let (journey, number) = parse_name(name)?;
    let language = match request.language.trim() {
        "" => return Err(Failure::field("/language", "required")),
        text => tag(text).ok_or_else(|| Failure::field("/language", "not-a-language"))?,
    };
    let act =
        order_deed::Act { label: "serve-order", act: Act::ServeOrder, journey, number: Some(number), reason: None };
    let command = |_: &_, _| Ok(OrderCommand::Serve { number, language: language.clone() });
    order_deed::done(app, who, &act, command, once).await
}
