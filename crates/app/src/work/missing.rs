//! A tube that was to be in the laboratory by now is missing, and somebody looks for it (journey.md 6.1).

use std::sync::Arc;
use std::time::Duration;

use crate::actions::give_up_sample::miss_overdue;
use crate::app::App;

/// Deadlines are minutes; half of one is soon enough.
const EVERY: Duration = Duration::from_secs(30);

pub(super) async fn watch(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match miss_overdue(&app).await {
            Ok(0) => {}
            Ok(missed) => tracing::warn!(missed, "tubes did not arrive in time"),
            Err(failure) => tracing::error!(%failure, "tubes that are late were not looked for; the next try will"),
        }
    }
}
