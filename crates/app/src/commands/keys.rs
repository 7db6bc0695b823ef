//! `keys`: signing and sealing keys of a port. A running server sees a change within a second.

use jiff::Timestamp;
use pratique_formats::pass::Algorithm;
use pratique_formats::trust::TrustFile;
use serde_json::{Value, json};

use super::CommandFault;
use super::opening::{Absent, Place, known_port};
use super::output::{Format, Out};
use crate::actions::turn_key;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::keys::{KeyRecord, KeyUse};
use crate::lookups;

const SELF: Caller = Caller::System("command line");

/// Signing and sealing keys.
#[derive(Debug, clap::Subcommand)]
pub enum Keys {
    /// List all keys, never their secrets
    #[command(after_help = "Example:\n  pratique keys list --at CNPEK --format table")]
    List {
        /// Only this port's
        #[arg(long, value_name = "PORT")]
        at: Option<String>,
        /// How answers are shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        place: Place,
    },
    /// Make a new signing and a new sealing key; passes of the old ones stay good
    #[command(after_help = "Example:\n  pratique keys rotate --at CNPEK")]
    Rotate {
        /// The port
        #[arg(long, value_name = "PORT")]
        at: String,
        /// How the new key signs
        #[arg(long, value_enum, default_value_t)]
        algorithm: Signs,
        #[command(flatten)]
        place: Place,
    },
    /// Revoke a signing key: passes that it signed from an instant on are not good any more
    #[command(after_help = "Example:\n  pratique keys revoke 3q2-7w --at CNPEK --from 2026-11-24T08:00:00Z")]
    Revoke {
        /// The key's `kid`, as `keys list` shows it
        #[arg(allow_hyphen_values = true)]
        kid: String,
        /// The port
        #[arg(long, value_name = "PORT")]
        at: String,
        /// From when on (RFC 3339); now if left out
        #[arg(long, value_name = "INSTANT")]
        from: Option<Timestamp>,
        #[command(flatten)]
        place: Place,
    },
    /// Print the trust file that `pass verify --trust` takes
    #[command(after_help = "Example:\n  pratique keys export > trust.json")]
    Export {
        /// Add the opening keys: a secret, for checkpoints only
        #[arg(long)]
        checkpoint: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// Algorithms by their names on the command line.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum Signs {
    /// ECDSA on P-256
    #[default]
    Es256,
    /// Ed25519
    Eddsa,
}

impl Keys {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        match self {
            Keys::List { at, format, place } => {
                let app = place.open(Absent::Refuse).await?;
                let at = at.as_ref().map(|typed| known_port(&app, typed)).transpose()?;
                let all = app.keys().await?;
                let wanted = all.iter().filter(|key| at.as_ref().is_none_or(|port| key.port == *port));
                let rows: Vec<Value> = wanted.map(row).collect();
                out.rows(*format, &["port", "use", "name", "algorithm", "made_at", "revoked_from"], &rows)
            }
            Keys::Rotate { at, algorithm, place } => {
                let app = place.open(Absent::Make).await?;
                let algorithm = match algorithm {
                    Signs::Es256 => Algorithm::Es256,
                    Signs::Eddsa => Algorithm::EdDsa,
                };
                let made = turn_key::rotate(&app, &SELF, &known_port(&app, at)?, algorithm).await?;
                made.iter().try_for_each(|key| out.json(&row(key)))
            }
            Keys::Revoke { kid, at, from, place } => {
                let app = place.open(Absent::Refuse).await?;
                let (from, at) = (from.unwrap_or_else(|| app.now()), known_port(&app, at)?);
                let revoked = turn_key::revoke(&app, &SELF, &at, kid, from).await;
                match revoked {
                    Err(Failure::NotFound) => Err(CommandFault::Nothing(format!(
                        "{at} has no signing key {kid:?}; `pratique keys list --at {at}` shows them"
                    ))),
                    other => out.json(&row(&other?)),
                }
            }
            Keys::Export { checkpoint, place } => {
                let app = place.open(Absent::Refuse).await?;
                let opening = app.ring().file(*checkpoint).opening;
                out.json(&TrustFile { opening, ..lookups::trust::file(&app).await? })
            }
        }
    }
}

fn row(key: &KeyRecord) -> Value {
    let usage = match key.usage {
        KeyUse::Sign => "sign",
        KeyUse::Seal => "seal",
    };
    json!({
        "port": key.port,
        "use": usage,
        "name": key.name,
        "algorithm": key.algorithm,
        "made_at": key.made_at,
        "revoked_from": key.revoked_from,
    })
}
