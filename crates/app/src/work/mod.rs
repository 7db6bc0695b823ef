//! What happens without being asked, as long as a server runs. Each job is one file, and may stop at any await: what it writes
//! is one change, all of it or nothing.

mod answers;
pub mod clock;
mod deliver;
mod escalate;
mod figures;
mod generation;
mod missing;
mod passing;
mod retention;
pub mod room;
mod tell;

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::app::App;

/// How many messages, for departments and for persons, are due and not delivered.
pub const OUTBOX_DUE: &str = "pratique_outbox_due";

/// Starts every job; they end when the set is dropped.
#[must_use]
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(generation::watch(Arc::clone(app)));
    jobs.spawn(clock::watch(Arc::clone(app)));
    jobs.spawn(room::watch(Arc::clone(app)));
    jobs.spawn(answers::purge(Arc::clone(app)));
    jobs.spawn(missing::watch(Arc::clone(app)));
    jobs.spawn(passing::purge(Arc::clone(app)));
    jobs.spawn(retention::erase(Arc::clone(app)));
    jobs.spawn(figures::tidy());
    jobs.spawn(deliver::deliver(Arc::clone(app)));
    jobs.spawn(tell::tell(Arc::clone(app)));
    jobs.spawn(escalate::climb(Arc::clone(app)));
    jobs
}
