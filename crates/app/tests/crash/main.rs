//! The crash rig (faults.md, F1 and F11): the real binary under load over HTTP, killed at random moments and at named points, and
//! PostgreSQL killed beneath it; whatever was acknowledged is there afterwards, once.
//!
//! `make soak N=500` goes on for so many kills, and where it stopped the last time (docs/FAULTS.md).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its own functions too")]
#![expect(clippy::disallowed_methods, reason = "a rig beside a real server lives by the machine's clock")]

mod browser;
#[path = "../support/crowd.rs"]
mod crowd;
mod failing;
mod full;
mod layer;
mod ledger;
mod load;
mod moved;
mod place;
mod power;
mod replay;
mod rig;
mod torn;

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f2_nothing_acknowledged_is_lost_when_the_power_is_cut() {
    let folder = Folder::new();
    power::nothing_is_lost(folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f2_the_rig_sees_a_log_that_is_not_synced() {
    let folder = Folder::new();
    power::a_lost_sync_is_seen(folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f3_a_torn_log_opens_and_its_audit_is_whole() {
    let folder = Folder::new();
    torn::a_torn_log_opens(folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f5_a_full_disk_is_said_and_heals_on_sqlite() {
    let folder = Folder::new();
    full::is_said_and_heals(Engine::Sqlite, folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f5_a_full_disk_is_said_and_heals_on_postgres() {
    let folder = Folder::new();
    full::is_said_and_heals(Engine::Postgres, folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f5_the_reserve_keeps_the_lanes_going() {
    let folder = Folder::new();
    full::the_reserve_keeps_the_lanes_going(folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f6_nothing_is_acknowledged_after_a_sync_that_failed() {
    let folder = Folder::new();
    failing::nothing_is_acknowledged_after_a_failed_sync(folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_a_clock_that_jumps_holds_up_passes_alone() {
    moved::a_jump_holds_up_passes_alone().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_a_clock_is_followed_once_an_administrator_says_that_it_is_right() {
    moved::an_administrator_says_that_it_is_right().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f15_a_replay_of_any_write_gets_the_first_answer_on_sqlite() {
    let folder = Folder::new();
    replay::a_replay_gets_the_first_answer(Engine::Sqlite, folder.root()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f15_a_replay_of_any_write_gets_the_first_answer_on_postgres() {
    let folder = Folder::new();
    replay::a_replay_gets_the_first_answer(Engine::Postgres, folder.root()).await;
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
