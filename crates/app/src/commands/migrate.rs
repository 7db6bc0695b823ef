//! `migrate`: the schema as this program needs it.

use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place, migrate};
use super::output::Out;
use crate::clock::Clock;

/// Make the store, or bring an older one up to this version.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique migrate --database postgres://pratique@localhost/pratique\n  \
                        {\"from\":0,\"to\":1}")]
pub struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let location = self.place.there(Absent::Make)?;
        let (from, to) = migrate(&location, Clock::System.now()).await?;
        out.json(&json!({"from": from, "to": to}))
    }
}
