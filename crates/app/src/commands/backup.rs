//! `backup`: one portable file for both engines, and the keys of persons in another one.

use std::path::PathBuf;

use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place};
use super::output::Out;

/// Write a consistent copy of the store, also beside a running server.
///
/// Two files are written: FILE, and FILE.keys with the keys that open personal data. Keep them apart, and FILE.keys for seven
/// days at most: then a person who was erased stays erased. The root key (DIR/root.key) is in neither; keep your own copy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique backup /backups/2026-11-24.pratique")]
pub struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let app = self.place.open(Absent::Refuse).await?;
        app.store.backup(&self.file, app.now().as_millisecond(), "command line").await?;
        let keys = format!("{}.keys", self.file.display());
        out.json(&json!({"file": self.file.display().to_string(), "keys": keys}))
    }
}
