//! Why something did not go, in words that stand beside the same form; what nobody at the screen can mend has a page of its own.

use axum::response::Response;

use super::Console;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::words::Words;

/// The words, if whoever sent the form can do something about it.
///
/// # Errors
/// The page for everything else.
pub fn refused(console: &Console, failure: Failure) -> Result<String, Response> {
    match (said(&failure, console.words), &failure) {
        (Some(words), _) => Ok(words),
        (None, Failure::Plate(_)) => Ok(Problem::new(failure, console.words).detail()),
        (None, _) => Err(console.trouble(failure)),
    }
}

/// The same for a page that is shown again under the failure's own status; none for what has a page of its own.
#[must_use]
pub fn said(failure: &Failure, words: Words) -> Option<String> {
    match failure {
        Failure::Refused(refusal) => Some(reasons::refusal(refusal, words)),
        Failure::Invalid(faults) => {
            let mut said: Vec<String> = faults.iter().map(|fault| words.fault(fault)).collect();
            said.dedup();
            Some(said.join(" "))
        }
        Failure::Busy => Some(words.t("verdict-busy")),
        _ => None,
    }
}
