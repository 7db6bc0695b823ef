//! The crash rig (faults.md, F1 and F11): the real binary under load over HTTP, killed at random moments and at named points, and
//! PostgreSQL killed beneath it; whatever was acknowledged is there afterwards, once.
//!
//! `make soak N=500` goes on for so many kills, and where it stopped the last time (docs/FAULTS.md).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]
#![expect(clippy::disallowed_methods, reason = "a rig beside a real server lives by the machine's clock")]

mod ledger;
mod load;
mod place;
mod rig;

use std::path::{Path, PathBuf};

use pratique_store::testing::Folder;

use place::Engine;

/// Kills of one engine in a plain run of the tests.
const KILLS: u32 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_nothing_acknowledged_is_lost_or_doubled_by_sixty_kills_on_sqlite() {
    let folder = Folder::new();
    rig::run(Engine::Sqlite, folder.root(), KILLS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_f11_nothing_acknowledged_is_lost_or_doubled_by_sixty_kills_on_postgres() {
    let folder = Folder::new();
    rig::run(Engine::Postgres, folder.root(), KILLS).await;
}

/// As long as one is told, in a folder that stays: the next run goes on with its store and its ledger.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "make soak"]
async fn soak() {
    let setting = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: use make soak"));
    let kills: u32 = setting("PRATIQUE_SOAK_KILLS").parse().unwrap();
    let root = PathBuf::from(setting("PRATIQUE_SOAK_FOLDER"));
    for (engine, name) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
        let folder: &Path = &root.join(name);
        rig::run(engine, folder, kills).await;
    }
}
