//! Departments' subscribers hear at once.

use std::sync::Arc;
use std::time::Duration;

use super::OUTBOX_DUE;
use crate::actions::deliver::deliver as take;
use crate::app::App;
use crate::failure::Failure;
use crate::webhook::target;

/// One count of an index, mostly of nothing.
const EVERY: Duration = Duration::from_millis(500);

pub(super) async fn deliver(app: Arc<App>) {
    let client = match target::client(&app.config.webhook_hosts) {
        Ok(client) => client,
        Err(failure) => {
            tracing::error!(%failure, "webhooks are not delivered: departments read their feeds");
            return;
        }
    };
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(failure) = drain(&app, &client).await {
            tracing::warn!(%failure, "webhooks wait for the next try");
        }
    }
}

async fn drain(app: &Arc<App>, client: &reqwest::Client) -> Result<(), Failure> {
    loop {
        let due = app.store.outbox_due(app.now().as_millisecond()).await?;
        metrics::gauge!(OUTBOX_DUE).set(f64::from(u32::try_from(due).unwrap_or(u32::MAX)));
        if due == 0 || take(app, client).await? == 0 {
            return Ok(());
        }
    }
}
