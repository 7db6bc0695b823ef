//! A person is told of an order, in a language that they understand: from then on it is in force.

use pratique_core::access::Act;
use pratique_core::field::FieldError;
use pratique_core::journey::OrderCommand;
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

/// The longest tag that BCP 47 asks everybody to take (RFC 5646, 4.4.1).
const TAG_CHARS_MAX: usize = 35;

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
    let language = tag(&request.language)?;
    let act =
        order_deed::Act { label: "serve-order", act: Act::ServeOrder, journey, number: Some(number), reason: None };
    let command = |_: &_, _: &_, _| Ok(OrderCommand::Serve { number, language: language.clone() });
    order_deed::done(app, who, &act, command, once).await
}

/// A language's tag: words of two to eight letters and digits, the first of letters (RFC 5646, 2.1).
fn tag(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::Invalid(vec![FieldError::new("/language", "required")]));
    }
    let fits = |word: &str| (1..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = text.split('-').next().unwrap_or_default();
    let is_tag = (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && text.len() <= TAG_CHARS_MAX
        && text.split('-').all(fits);
    match is_tag {
        true => Ok(text.to_owned()),
        false => Err(Failure::field("/language", "not-a-language")),
    }
}
