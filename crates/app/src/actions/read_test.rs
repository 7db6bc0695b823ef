//! A test is read by hand: for what an instrument does not read, and for a call that a person sees otherwise.

use pratique_core::access::Act;
use pratique_core::journey::test::TestCommand;
use pratique_core::journey::{Command, TestResult};
use pratique_core::port::{Deadlines, Port};

use super::release_result::one_test;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// Reads a test.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`].
pub async fn read_test(
    app: &App,
    who: &Caller,
    label: &str,
    result: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let result = result_named(result)?;
    let read = move |sample, _: &Port| TestCommand::Read { sample, result, plate: None };
    one_test(app, who, label, ("read-test", Act::Read, &read), once).await
}

/// A result by its name.
///
/// # Errors
/// [`Failure::Invalid`] at `/result`.
pub fn result_named(text: &str) -> Result<TestResult, Failure> {
    TestResult::parse(text).ok_or_else(|| Failure::field("/result", "not-a-result"))
}

/// One command for a test, of a port whose deadlines are known.
#[must_use]
pub(super) fn command(of: TestCommand, who: &Caller, deadlines: Deadlines) -> Command {
    Command::Test { command: of, by: who.name(), deadlines }
}
