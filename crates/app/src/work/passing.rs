//! Drafts that nobody sent and sessions that have ended go when their time is over, row and body.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::purge;
use crate::app::App;

const EVERY: Duration = Duration::from_secs(600);

pub(super) async fn purge(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        for (what, purged) in [("drafts", purge::drafts(&app).await), ("sessions", purge::sessions(&app).await)] {
            match purged {
                Ok(0) => {}
                Ok(count) => tracing::info!(what, count, "their time is over: they are gone"),
                Err(failure) => tracing::warn!(what, %failure, "those whose time is over stay until the next try"),
            }
        }
    }
}
