//! `openapi`: the API's description.

use super::CommandFault;
use super::output::Out;

/// Print the description of the HTTP API (OpenAPI 3.1).
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique openapi > openapi.json")]
pub struct Openapi {}

impl Openapi {
    #[expect(clippy::unused_self, reason = "every command has the same shape")]
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        out.line(&crate::channels::api::openapi::openapi_json())
    }
}
