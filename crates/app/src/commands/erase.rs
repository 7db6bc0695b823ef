//! `erase`: a person goes before their time is over, because they asked for it or somebody must.

use pratique_core::code::ShortCode;
use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place};
use super::output::Out;
use crate::actions::erase::{self, Ground};
use crate::caller::Caller;
use crate::lookups::journey;

/// Erase one person: their key, the indexes by which they could be found, the airline's entry of them.
///
/// It cannot be undone, also not from a backup whose FILE.keys is older than seven days. What stays, counts and the log, names
/// nobody. Refused while somebody owes something for the person, and until the law lets them go (`[retention]` in the port's
/// file); the answer says until when. A person who asks is told beforehand: their pass and their own page are gone with it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique erase 7Q2K-9MXT-4BF --reason request")]
pub struct Erase {
    /// The short code of the declaration, as it stands on the pass
    code: String,
    /// Why; it stays in the log
    #[arg(long, value_enum)]
    reason: Reason,
    #[command(flatten)]
    place: Place,
}

/// Why somebody is erased before their time.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Reason {
    /// The person asked for it
    Request,
    /// A court or an authority ordered it
    Order,
    /// It should never have been kept
    Mistake,
}

impl Erase {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let app = self.place.open(Absent::Refuse).await?;
        let nobody =
            || CommandFault::Nothing("there is no declaration with this code; it may be erased already".to_owned());
        let code: ShortCode = self.code.parse().map_err(|_| nobody())?;
        let id = journey::by_code(&app, &code).await?.ok_or_else(nobody)?;
        let ground = match self.reason {
            Reason::Request => Ground::Request,
            Reason::Order => Ground::Order,
            Reason::Mistake => Ground::Mistake,
        };
        let erased = erase::erase(&app, &Caller::System("command line"), id, ground).await?;
        crate::erased::export(&app).await?;
        out.json(&json!({"erased": erased.journey, "purpose": erased.purpose, "listed": erased.listed}))
    }
}
