//! `clock confirm`: an administrator has looked at a clock that jumped.

use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place, known_port};
use super::output::Out;
use crate::actions;
use crate::caller::Caller;

/// The machine's clock.
#[derive(Debug, clap::Subcommand)]
pub enum Clock {
    /// Say that this machine's clock is right as it is now: a server that stopped issuing passes when it jumped follows it
    #[command(
        after_help = "Compare the time with another source first.\n\nExample:\n  pratique clock confirm --at CNPEK"
    )]
    Confirm {
        /// The port
        #[arg(long, value_name = "PORT")]
        at: String,
        #[command(flatten)]
        place: Place,
    },
}

impl Clock {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let Clock::Confirm { at, place } = self;
        let app = place.open(Absent::Refuse).await?;
        let port = known_port(&app, at)?;
        let confirmed = actions::clock::confirm(&app, &Caller::System("command line"), &port).await?;
        out.json(&json!({ "confirmed": confirmed }))
    }
}
