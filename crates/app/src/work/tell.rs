//! People hear of their results without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::tell::tell as take;
use crate::app::App;

/// A read of an index, mostly of nothing.
const EVERY: Duration = Duration::from_millis(500);

pub(super) async fn tell(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(failure) = drain(&app).await {
            tracing::warn!(%failure, "messages to persons wait for the next try");
        }
    }
}

async fn drain(app: &Arc<App>) -> Result<(), crate::failure::Failure> {
    while app.store.outbox_due(app.now().as_millisecond()).await? > 0 {
        if take(app).await? == 0 {
            break;
        }
    }
    Ok(())
}
