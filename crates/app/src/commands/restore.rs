//! `restore`: a backup taken into an empty store of either engine.

use std::path::PathBuf;

use pratique_core::id::Id;
use pratique_store::{AuditEntry, Change, Opening, Store};
use serde_json::json;

use super::CommandFault;
use super::opening::{Absent, Place, migrate};
use super::output::Out;
use crate::actions::erase;
use crate::clock::Clock;
use crate::erased;
use crate::rng::Rng;

/// Take a backup into an empty store, whichever engine made it.
///
/// FILE.keys beside it is taken in too if it is there. Put the root key of the old installation into DIR/root.key first:
/// without it nothing personal opens. Put its DIR/erased there too: whoever was erased since the backup is erased again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique restore /backups/2026-11-24.pratique --data /var/lib/pratique")]
pub struct Restore {
    /// The file that `pratique backup` wrote
    file: PathBuf,
    /// The list of who was erased since, as the old installation kept it; DIR/erased if left out
    #[arg(long, value_name = "FILE")]
    erased: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        if !self.file.is_file() {
            let why = if self.file.is_dir() { "it is a folder" } else { "there is no such file" };
            return Err(CommandFault::file(&self.file, format!("{why}; name one that `pratique backup` wrote")));
        }
        // Before anything is taken in: whoever was erased must not be back because their list could not be read.
        let gone = self.gone()?;
        let keys = PathBuf::from(format!("{}.keys", self.file.display())).is_file();
        let location = self.place.there(Absent::Make)?;
        let now = Clock::System.now();
        let writer = Rng::from_machine()?.id(now);
        migrate(&location, now).await?;
        let opened = Store::open(&location, Opening { writer, opened_by: "command line".to_owned() }).await;
        let store = opened.map_err(|error| CommandFault::unopened(&location, error))?;
        store.restore(&self.file, now.as_millisecond(), "command line").await?;
        let root_key = self.place.data.join("root.key").is_file();
        if !gone.is_empty() && !root_key {
            shred(&store, &gone, now.as_millisecond()).await?;
        }
        store.close().await?;
        let (mut again, mut failed) = (0, Vec::new());
        if !gone.is_empty() && root_key {
            let app = self.place.open(Absent::Refuse).await?;
            (again, failed) = erase::again_all(&app, gone).await;
            for failure in &failed {
                eprintln!("pratique: somebody who was erased is back and could not be erased again: {failure}");
            }
        }
        if !root_key {
            let place = self.place.data.join("root.key");
            eprintln!("pratique: put the old installation's root key into {} before you serve", place.display());
        }
        out.json(&json!({
            "restored": self.file.display().to_string(),
            "person_keys": keys,
            "root_key": root_key,
            "erased_again": again,
        }))?;
        // A server tries those again when it starts.
        if failed.is_empty() { Ok(()) } else { Err(CommandFault::Told) }
    }

    /// Who was erased, as the file kept apart says.
    fn gone(&self) -> Result<Vec<Id>, CommandFault> {
        let own = erased::place(&self.place.data);
        let path = match &self.erased {
            Some(named) => named,
            None if own.is_file() => &own,
            None => return Ok(Vec::new()),
        };
        let lines = erased::read(path)
            .map_err(|e| CommandFault::unread(path, &e, "the list DIR/erased of the old installation"))?;
        Ok(lines.into_iter().map(|(_, id)| id).collect())
    }
}

/// Without the root key nobody's indexes can be worked out: their keys go all the same, and nothing of them opens any more.
async fn shred(store: &Store, gone: &[Id], at_ms: i64) -> Result<(), CommandFault> {
    for some in gone.chunks(100) {
        let (actor, action) = ("system:restore".to_owned(), "erase".to_owned());
        let detail = format!("{{\"ground\":\"erased-before\",\"people\":{}}}", some.len());
        let audit = vec![AuditEntry { at_ms, actor, action, subject: None, detail }];
        let change = Change { label: "erase", shred: some.to_vec(), audit, ..Change::default() };
        store.apply(change).await?;
    }
    Ok(())
}
