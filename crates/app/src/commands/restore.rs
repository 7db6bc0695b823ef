//! `restore`: a backup taken into an empty store of either engine.

use std::path::PathBuf;

use pratique_store::{Opening, Store};
use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place};
use super::output::Out;
use crate::clock::Clock;
use crate::rng::Rng;

/// Take a backup into an empty store, whichever engine made it.
///
/// FILE.keys beside it is taken in too if it is there. Put the root key of the old installation into DIR/root.key first:
/// without it nothing personal opens.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique restore /backups/2026-11-24.pratique --data /var/lib/pratique")]
pub struct Restore {
    /// The file that `pratique backup` wrote
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        if !self.file.is_file() {
            return Err(CommandFault::file(&self.file, "there is no such file; name one that `pratique backup` wrote"));
        }
        let keys = PathBuf::from(format!("{}.keys", self.file.display())).is_file();
        let location = self.place.there(Absent::Make)?;
        let now = Clock::System.now();
        let writer = Rng::from_machine()?.id(now);
        Store::migrate(&location, now.as_millisecond()).await?;
        let store = Store::open(&location, Opening { writer, opened_by: "command line".to_owned() }).await?;
        store.restore(&self.file, now.as_millisecond(), "command line").await?;
        store.close().await?;
        let root_key = self.place.data.join("root.key").is_file();
        if !root_key {
            let place = self.place.data.join("root.key");
            eprintln!("pratique: put the old installation's root key into {} before you serve", place.display());
        }
        out.json(&json!({"restored": self.file.display().to_string(), "person_keys": keys, "root_key": root_key}))
    }
}
