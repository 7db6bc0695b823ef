//! Another process, or another server, turned a key or disabled a user: this one learns it within a second (contract.md).

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

/// One read of one row; three tries a second leave room for a slow one.
const EVERY: Duration = Duration::from_millis(300);

pub(super) async fn watch(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        tick.tick().await;
        match app.refresh().await {
            Ok(changed) => {
                if changed || failing {
                    tracing::info!(generation = app.generation(), "keys and users read anew");
                }
                failing = false;
            }
            // Said once, not three times a second.
            Err(failure) if !failing => {
                tracing::error!(%failure, "keys and users cannot be read anew; the ones known so far are in use");
                failing = true;
            }
            Err(_) => {}
        }
    }
}
