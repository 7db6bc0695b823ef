//! Why something did not go, in words that stand beside the same form; what nobody at the screen can mend has a page of its own.

use axum::response::Response;

use super::Console;
use crate::channels::web::Problem;
use crate::failure::Failure;

/// The words, if whoever sent the form can do something about it.
///
/// # Errors
/// The page for everything else.
pub fn refused(console: &Console, failure: Failure) -> Result<String, Response> {
    let words = console.words;
    match &failure {
        Failure::Invalid(faults) => {
            let mut said: Vec<String> = faults.iter().map(|fault| words.fault(fault)).collect();
            said.dedup();
            Ok(said.join(" "))
        }
        Failure::Busy => Ok(words.t("verdict-busy")),
        Failure::Refused(_) | Failure::Plate(_) => Ok(Problem::new(failure, words).detail()),
        _ => Err(console.trouble(failure)),
    }
}
