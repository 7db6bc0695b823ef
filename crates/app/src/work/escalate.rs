//! What is overdue climbs the ladder without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::escalate::escalate;
use crate::app::App;

/// Deadlines are minutes; half a minute late is on time.
const EVERY: Duration = Duration::from_secs(30);

pub(super) async fn climb(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match escalate(&app).await {
            Ok(0) => {}
            Ok(climbed) => tracing::info!(climbed, "what is overdue was carried up"),
            Err(failure) => tracing::warn!(%failure, "what is overdue is carried up at the next try"),
        }
    }
}
